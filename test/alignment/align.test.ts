import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { alignTexts } from "../../src/alignment/align.ts";
import type { AlignmentText, Bead } from "../../src/model/alignment.ts";
import { alignByLength } from "./gale-church.ts";
import { LEXICON, PAIRS, formatBeads, toText } from "./samples.ts";

const zh = PAIRS.map(([source]) => source);
const en = PAIRS.map(([, target]) => target);
const oneToOne = PAIRS.map((_, at) => `${at}:${at}`).join(" ");

/** A long text out of the pairs; each round names its own numbers, so that no sentence repeats. */
function makeLong(rounds: number): { zh: string[]; en: string[] } {
  const long = { zh: [] as string[], en: [] as string[] };
  for (let round = 0; round < rounds; round++) {
    PAIRS.forEach(([source, target], at) => {
      long.zh.push(`${source.slice(0, -1)}（第${1000 + 37 * round + at}号）。`);
      long.en.push(`${target.slice(0, -1)} (No. ${1000 + 37 * round + at}).`);
    });
  }
  return long;
}

const expectCovered = (beads: readonly Bead[], source: AlignmentText, target: AlignmentText): void => {
  expect(beads.flatMap((bead) => bead.source)).toEqual([...source.segments.keys()]);
  expect(beads.flatMap((bead) => bead.target)).toEqual([...target.segments.keys()]);
  for (const bead of beads) {
    expect(bead.source.length + bead.target.length).toBeGreaterThan(0);
    expect(bead.confidence).toBeGreaterThanOrEqual(0);
    expect(bead.confidence).toBeLessThanOrEqual(1);
  }
};

const listBare = (beads: readonly Bead[]) => beads.map(({ source, target, confidence }) => ({ source, target, confidence }));
const mirror = (beads: readonly Bead[]) =>
  beads.map(({ source, target, confidence }) => ({ source: target, target: source, confidence }));

describe("alignTexts", () => {
  it("covers both sides once and in order, whatever the texts, languages and paragraphs", () => {
    const sentence = fc.oneof(
      fc.constantFrom(...zh, ...en),
      fc.string({ unit: fc.constantFrom("防", "汛", "。", "“", "”", " ", "7", "a", ".", "?"), maxLength: 20 }),
      fc.string({ unit: "grapheme", maxLength: 12 }),
    );
    const side = fc.array(fc.record({ text: sentence, step: fc.nat({ max: 1 }) }), { maxLength: 14 }).map((rows) => {
      let paragraph = 0;
      return rows.map(({ text, step }) => ({ text, paragraph: (paragraph += step) }));
    });
    const language = fc.constantFrom("zh", "en", "zh-Hant", "de", "ja");
    fc.assert(
      fc.property(side, side, language, language, fc.boolean(), (one, two, from, to, withLexicon) => {
        const source = { segments: one, language: from };
        const target = { segments: two, language: to };
        const lexicon = withLexicon ? LEXICON : undefined;
        const beads = alignTexts(source, target, { lexicon });
        expectCovered(beads, source, target);
        if (from.startsWith("zh") !== to.startsWith("zh"))
          expect(mirror(alignTexts(target, source, { lexicon }))).toEqual(listBare(beads));
      }),
      { numRuns: 150 },
    );
  });

  it("gives no beads for two empty texts, and null beads when one side is empty", () => {
    expect(alignTexts(toText([], "zh"), toText([], "en"))).toEqual([]);
    expect(formatBeads(alignTexts(toText(zh.slice(0, 2), "zh"), toText([], "en")))).toBe("0: 1:");
    expect(formatBeads(alignTexts(toText([], "zh"), toText(en.slice(0, 2), "en")))).toBe(":0 :1");
  });

  it("pairs sentence with sentence", () => {
    expect(formatBeads(alignTexts(toText(zh, "zh"), toText(en, "en"), { lexicon: LEXICON }))).toBe(oneToOne);
  });

  it("gives the mirror image when the sides change places", () => {
    const drop = en.filter((_, at) => at !== 4);
    const forth = alignTexts(toText(zh, "zh"), toText(drop, "en"), { lexicon: LEXICON });
    const back = alignTexts(toText(drop, "en"), toText(zh, "zh"), { lexicon: LEXICON });
    expect(mirror(back)).toEqual(listBare(forth));
  });

  // The first two sentences both speak of the meeting, and the small lexicon knows little else of them.
  it.each(PAIRS.map((_, at) => at).slice(2))("finds sentence %i omitted", (at) => {
    const beads = alignTexts(
      toText(zh, "zh"),
      toText(
        en.filter((_, index) => index !== at),
        "en",
      ),
      { lexicon: LEXICON },
    );
    expect(beads.find((bead) => bead.source.includes(at))?.target).toEqual([]);
  });

  it.each([1, 2, 3, 9, 11, 14])("finds two target sentences for source sentence %i", (at) => {
    const joined = [...zh.slice(0, at), `${(zh[at] ?? "").replace(/。$/u, "，")}${zh[at + 1] ?? ""}`, ...zh.slice(at + 2)];
    const beads = alignTexts(toText(joined, "zh"), toText(en, "en"), { lexicon: LEXICON });
    expect(beads.find((bead) => bead.source.includes(at))?.target).toEqual([at, at + 1]);
  });

  it("is not led astray by a hundred sentences left out", () => {
    const long = makeLong(20);
    const shorter = [...long.en.slice(0, 100), ...long.en.slice(200)];
    const beads = alignTexts(toText(long.zh, "zh"), toText(shorter, "en"), { lexicon: LEXICON });
    const right = beads.filter((bead) => {
      const [source] = bead.source;
      const [target] = bead.target;
      if (source === undefined || bead.source.length > 1 || bead.target.length > 1) return false;
      if (source >= 100 && source < 200) return target === undefined;
      return target === (source < 100 ? source : source - 100);
    });
    expect(right.length / long.zh.length).toBeGreaterThan(0.97);
  });

  it("keeps paragraphs together when both texts have them, though one paragraph was left out", () => {
    const inParagraphs = (sentences: readonly string[], language: string, dropped?: number): AlignmentText => ({
      language,
      segments: sentences
        .map((text, at) => ({ text, paragraph: Math.floor(at / 4) }))
        .filter((segment) => segment.paragraph !== dropped),
    });
    const plain = alignTexts(inParagraphs(zh, "zh"), inParagraphs(en, "en", 1));
    expect(plain.filter((bead) => bead.target.length === 0).flatMap((bead) => bead.source)).toEqual([4, 5, 6, 7]);
  });

  it("does without a lexicon by numbers, marks and lengths, and better than lengths alone", () => {
    const long = makeLong(6);
    const kept = long.en.filter((_, at) => at % 13 !== 5);
    const count = (beads: readonly { source: readonly number[]; target: readonly number[] }[]) =>
      beads.filter(
        (bead) =>
          bead.source.length === 1 && bead.target.length === 1 && long.en[bead.source[0] ?? 0] === kept[bead.target[0] ?? 0],
      ).length;
    const source = toText(long.zh, "zh");
    const target = toText(kept, "en");
    const own = count(alignTexts(source, target));
    expect(own).toBeGreaterThan(count(alignByLength(source, target)));
    expect(own / kept.length).toBeGreaterThan(0.9);
  });

  it("uses approved terms as evidence and names them as anchors", () => {
    const source = toText(["推进河长制。", "落实田长制。"], "zh");
    const target = toText(["Implement the field chief scheme.", "Advance the river chief scheme."], "en");
    const terms = [
      { source: "河长制", target: "river chief scheme" },
      { source: "田长制", target: "field chief scheme" },
    ];
    const [first] = alignTexts(toText(["推进河长制。"], "zh"), toText(["Advance the river chief scheme."], "en"), {
      terms,
      lexicon: LEXICON,
    });
    expect(first?.anchors[0]).toEqual({ kind: "term", source: "河长制", target: "river chief scheme" });
    // Monotone beads cannot cross, but the terms stop the false pairs from being sure.
    const sure = alignTexts(source, target, { terms, lexicon: LEXICON }).filter(
      (bead) => bead.confidence > 0.9 && bead.source.length === 1 && bead.target.length === 1,
    );
    expect(sure.filter((bead) => bead.source[0] === bead.target[0])).toEqual([]);
  });

  it("names the numbers, dates and words that decided, as they are written", () => {
    const beads = alignTexts(toText(zh, "zh"), toText(en, "en"), { lexicon: LEXICON });
    const anchors = beads[2]?.anchors ?? [];
    expect(anchors).toContainEqual({ kind: "date", source: "6月17日", target: "June 17" });
    expect(anchors.find((anchor) => anchor.kind === "number")?.target).toBe("3,400");
    expect(beads[3]?.anchors).toContainEqual({ kind: "dictionary", source: "水库", target: "reservoir" });
  });

  it("takes sentences that the memory knows for sure pairs", () => {
    const source = toText(["甲乙丙丁戊己。", "庚辛壬癸子丑。"], "zh");
    const target = toText(["Lorem ipsum dolor sit amet.", "Consectetur adipiscing elit sed."], "en");
    const memory = [{ source: "庚辛壬癸子丑。", target: "Consectetur adipiscing elit sed." }];
    expect(formatBeads(alignTexts(source, target, { memory, lexicon: LEXICON }))).toBe("0:0 1:1");
  });

  it("reports its progress and lets a cancel through", () => {
    const stages: string[] = [];
    alignTexts(toText(zh, "zh"), toText(en, "en"), { report: ({ stage }) => stages.push(stage) });
    expect(new Set(stages)).toEqual(new Set(["evidence", "search"]));
    const cancel = (): void => {
      throw new Error("cancelled");
    };
    expect(() => alignTexts(toText(zh, "zh"), toText(en, "en"), { report: cancel })).toThrow("cancelled");
  });
});
