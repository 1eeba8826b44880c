import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BANDS, countBands, isCounted, judgeInside } from "../../src/memory/analyse-segments.ts";
import type { AnalysedText, Band } from "../../src/memory/analyse-segments.ts";
import { findBestMatch } from "../../src/memory/best-match.ts";
import type { ScoredUnit } from "../../src/memory/best-match.ts";
import { createMemoryIndex, finishNow } from "../../src/memory/memory-index.ts";
import { scoreMatch } from "../../src/memory/score-match.ts";
import { countWords } from "../../src/text/count-words.ts";

const zh = (name: string, ...segments: readonly string[]): AnalysedText => ({
  name,
  language: "zh",
  segments: segments.map((text) => ({ text })),
});
const unit = (source: string, more: Partial<ScoredUnit> = {}): ScoredUnit => ({ source, sourceLanguage: "zh", ...more });

function analyse(texts: readonly AnalysedText[], units: readonly ScoredUnit[] = [], isInternalCounted = true) {
  const index = createMemoryIndex(units);
  const matches = texts.map(({ segments }) =>
    segments.map((segment, at) => {
      const neighbours = { previous: segments[at - 1]?.text, next: segments[at + 1]?.text };
      return isCounted(segment)
        ? findBestMatch(segment.text, { ...neighbours, index, unitAt: (position) => units[position], threshold: 50 })
        : undefined;
    }),
  );
  return countBands(texts, { inside: finishNow(judgeInside(texts, { isInternalCounted })), matches });
}

/** Segments by band, those without any left out. */
const segmentsOf = (bands: Readonly<Record<Band, { readonly segments: number }>>) =>
  Object.fromEntries(BANDS.filter((band) => bands[band].segments > 0).map((band) => [band, bands[band].segments]));

describe("analysis", () => {
  it("counts each segment once, in the band that CAT tools put it in", () => {
    const memory = [
      unit("第一条，防汛工作由县级负责。", { previous: "题目一行字。", next: "第二条，新的规定。" }),
      unit("各地要做好防汛抗旱各项准备工作。"),
    ];
    const first = zh(
      "one",
      "题目一行字。",
      "第一条，防汛工作由县级负责。",
      "第二条，新的规定。",
      "各地要做好防汛抗旱各项准备工作。",
      "各地要做好防汛抗旱各项准备工作。",
      "各地要做好防汛抗旱各项工作准备。",
      "与上文毫无关系，写着别的事情！",
      "与上文毫无关系，写着别的事情！",
      "  ",
    );
    const second: AnalysedText = {
      name: "two",
      language: "zh",
      segments: [
        { text: "与上文毫无关系，写着别的事情！" },
        { text: "与上文毫无关系，写着别的事实！" },
        { text: "不译", isLocked: true },
      ],
    };
    const { texts, total } = analyse([first, second], memory);
    expect(texts.map(({ bands }) => segmentsOf(bands))).toEqual([
      { icm: 1, exact: 2, repetition: 1, "fuzzy-75": 1, new: 3 },
      { "cross-file-repetition": 1, "internal-85": 1, locked: 1 },
    ]);
    expect(total.total.segments).toBe(10);
    expect(segmentsOf(analyse([first, second], memory, false).total.bands)).toMatchObject({ new: 4 });
  });

  it("leaves a match of a memory with a penalty below the exact ones", () => {
    const { total } = analyse([zh("one", "做好防汛工作。")], [unit("做好防汛工作。", { memoryPenalty: 10 })]);
    expect(segmentsOf(total.bands)).toEqual({ "fuzzy-85": 1 });
  });

  it("equals measuring every pair", () => {
    const sentence = fc.array(fc.constantFrom("防汛", "工作", "各地", "1", "2", "，", "要", "做好"), {
      minLength: 1,
      maxLength: 7,
    });
    const sentences = fc.array(
      sentence.map((words) => words.join("")),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(sentences, sentences, sentences, (one, two, sources) => {
        const units = sources.map((source, at) =>
          unit(source, at % 2 ? { previous: sources[at - 1] ?? "", memoryPenalty: at % 3 } : {}),
        );
        const texts = [zh("one", ...one), zh("two", ...two)];
        const { total, texts: found } = analyse(texts, units);
        expect(segmentsOf(total.bands)).toEqual(slowly(texts, units));
        for (const { bands, total: sum } of found) {
          expect(BANDS.reduce((characters, band) => characters + bands[band].characters, 0)).toBe(sum.characters);
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** The twin: every unit and every earlier segment is scored. */
function slowly(texts: readonly AnalysedText[], units: readonly ScoredUnit[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  const earlier: { readonly text: string; readonly file: number }[] = [];
  const score = (text: string, of: ScoredUnit, context = {}) => {
    const whole = { ...of, id: "", target: "", targetLanguage: "en", state: "final" } as const;
    const match = scoreMatch(text, whole, { ...context, memoryPenalty: of.memoryPenalty });
    return match.similarity >= 50 ? match : { ...match, score: 0 };
  };
  const bandOf = (points: number) => [95, 85, 75, 50].find((least) => Math.floor(points) >= least) ?? 0;
  for (const [file, { segments }] of texts.entries()) {
    for (const [at, { text }] of segments.entries()) {
      const context = { previous: segments[at - 1]?.text, next: segments[at + 1]?.text };
      const inMemory = units.map((one) => score(text, one, context)).sort((one, other) => other.score - one.score)[0];
      const before = earlier.findLast((one) => one.text === text);
      const inside = Math.max(0, ...earlier.map((one) => bandOf(score(text, unit(one.text)).score)));
      earlier.push({ text, file });
      const fuzzy = bandOf(inMemory?.score ?? 0);
      let band = inside > fuzzy ? `internal-${String(inside)}` : fuzzy > 0 ? `fuzzy-${String(fuzzy)}` : "new";
      if (before) band = before.file === file ? "repetition" : "cross-file-repetition";
      if (inMemory && inMemory.score >= 100) band = inMemory.score > 100 ? "icm" : "exact";
      counts[band] = (counts[band] ?? 0) + 1;
    }
  }
  return Object.fromEntries(BANDS.filter((band) => (counts[band] ?? 0) > 0).map((band) => [band, counts[band] ?? 0]));
}

describe("countWords", () => {
  it.each([
    ["做好防汛工作。", { words: 7, characters: 7, asianCharacters: 7, otherWords: 0 }],
    ["Flood prevention – and relief.", { words: 5, characters: 26, asianCharacters: 0, otherWords: 5 }],
    ["2026年“十五五”GDP 增长5.2%左右", { words: 13, characters: 21, asianCharacters: 10, otherWords: 3 }],
    ["It’s “quoted” here…", { words: 3, characters: 17, asianCharacters: 0, otherWords: 3 }],
    ["ひらがな 한국어 문장", { words: 6, characters: 9, asianCharacters: 4, otherWords: 2 }],
    [" \u3000\n", { words: 0, characters: 0, asianCharacters: 0, otherWords: 0 }],
    ["𠮷——", { words: 3, characters: 3, asianCharacters: 3, otherWords: 0 }],
  ])("counts %s as Word does", (text, expected) => {
    expect(countWords(text)).toEqual(expected);
  });
});
