import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AlignedUnit } from "../../src/model/rendering.ts";
import { proposeRenderings } from "../../src/renderings/propose-renderings.ts";
import { buildRenderingIndex } from "../../src/renderings/rendering-index.ts";
import { foldForm } from "../../src/renderings/english-side.ts";
import { findWords } from "../../src/text/english.ts";
import { buildLexicon } from "../../src/alignment/build-lexicon.ts";

const UNITS: readonly AlignedUnit[] = [
  ["云溪省委召开会议，部署防汛救灾工作。", "The CPC Yunxi Provincial Committee met to plan flood control and disaster relief."],
  ["要压实防汛责任，确保江堤安全。", "Responsibility for flood control must be assigned, and the river dikes kept safe."],
  ["各级领导干部要深入防汛一线。", "Leading officials at all levels should go to the front line of flood control."],
  [
    "会议指出，要坚持以人民为中心的发展思想。",
    "The meeting noted the need to pursue a people-centered philosophy of development.",
  ],
  ["以人民为中心的发展思想必须落到实处。", "The people-centered philosophy of development must be put into practice."],
  ["加强基层治理，完善社会保障体系。", "We will strengthen primary-level governance and improve the social security system."],
  ["社会保障体系覆盖 城乡。", "The social security system covers urban and rural areas."],
  ["国家防汛抗旱总指挥部（防总）发布通知。", "The State Flood Control and Drought Relief Headquarters (SFDH) issued a notice."],
  ["国家防汛抗旱总指挥部启动应急响应。", "The SFDH launched an emergency response."],
  ["国家防汛抗旱总指挥部派出工作组。", "The SFDH sent out working groups."],
].map(([source = "", target = ""], at) => ({ id: `unit ${at}`, source, target }));

const lexicon = buildLexicon([
  { headword: "防汛", senses: ["flood control", "anti-flood (precautions)"] },
  { headword: "社会", senses: ["society"] },
  { headword: "保障", senses: ["to ensure", "to guarantee", "security"] },
  { headword: "体系", senses: ["system", "setup"] },
  { headword: "人民", senses: ["the people"] },
  { headword: "中心", senses: ["center", "heart", "core"] },
  { headword: "发展", senses: ["development", "growth"] },
  { headword: "思想", senses: ["thought", "thinking", "idea", "philosophy"] },
  { headword: "会议", senses: ["meeting", "conference"] },
  { headword: "责任", senses: ["responsibility"] },
]);
const index = buildRenderingIndex(UNITS, { lexicon });

describe("proposals of renderings", () => {
  it.each([
    ["防汛", "flood control", 6],
    ["社会保障体系", "social security system", 2],
    ["以人民为中心的发展思想", "people-centered philosophy of development", 2],
    ["以人民為中心的發展思想", "people-centered philosophy of development", 2],
  ])("finds that %s became %s", (term, rendering, units) => {
    const { proposals, units: found } = proposeRenderings(index, term);
    expect({ first: proposals[0]?.text.toLowerCase(), found }).toEqual({ first: rendering, found: units });
  });

  it("proposes nothing for a term that no unit holds, for an empty term and from no units", () => {
    for (const term of ["乡村振兴", "", " ", "\ud800"]) {
      expect(proposeRenderings(index, term)).toEqual({ term, units: 0, proposals: [] });
    }
    expect(proposeRenderings(buildRenderingIndex([]), "防汛")).toEqual({ term: "防汛", units: 0, proposals: [] });
  });

  it("gives the same proposals each time, and confidences that are shares", () => {
    const again = buildRenderingIndex(UNITS, { lexicon });
    for (const term of ["防汛", "社会保障体系", "会议"]) {
      const { proposals } = proposeRenderings(index, term, { limit: 80 });
      expect(proposeRenderings(again, term, { limit: 80 }).proposals).toEqual(proposals);
      expect(proposals.reduce((sum, { confidence }) => sum + confidence, 0)).toBeLessThanOrEqual(1 + 1e-9);
      expect(proposals.map(({ confidence }) => confidence)).toEqual(
        proposals.map(({ confidence }) => confidence).sort((one, other) => other - one),
      );
    }
  });

  it("puts a proposal that contains a better one, or lies inside it, under that one", () => {
    const { proposals } = proposeRenderings(index, "社会保障体系");
    const texts = proposals.map(({ text }) => text);
    const inner = proposals.find(({ text }) => text === "social security");
    expect(inner?.under).toBe("social security system");
    for (const { under } of proposals) if (under !== undefined) expect(texts).toContain(under);
  });
});

/** The obvious way: all runs of words, unit by unit. */
function countSlowly(term: string, wording: string): number {
  const fold = (text: string): string =>
    ` ${findWords(text)
      .map((word) => foldForm(word.text))
      .join(" ")} `;
  return UNITS.filter(({ source, target }) => source.replaceAll(" ", "").includes(term) && fold(target).includes(fold(wording)))
    .length;
}

describe("sightings", () => {
  it("counts the units as a plain scan does", () => {
    for (const term of ["防汛", "社会保障体系", "会议", "发展", "云溪省"]) {
      for (const { text, count } of proposeRenderings(index, term, { limit: 80 }).proposals) {
        expect({ term, text, count }).toEqual({ term, text, count: countSlowly(term, text) });
      }
    }
  });

  it("lie in the original texts and say what is proposed, whatever the texts are", () => {
    const word = fc.constantFrom(
      "防汛",
      "發展",
      "会议 ",
      "２０２４年",
      "GDP",
      "𠮷",
      "。",
      "\u200b",
      "é",
      "flood control",
      " (FC)",
      "development, ",
    );
    const text = fc
      .array(fc.oneof(word, fc.string({ unit: "binary", maxLength: 4 })), { maxLength: 8 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(text, text), { maxLength: 5 }),
        fc.constantFrom("防汛", "发展", "会议", "GDP", "𠮷"),
        (pairs, term) => {
          const units = pairs.map(([source, target], at) => ({ id: `${at}`, source, target }));
          const { proposals } = proposeRenderings(buildRenderingIndex(units, { lexicon }), term);
          for (const { text: wording, forms, sightings, count } of proposals) {
            expect(sightings).toHaveLength(count);
            for (const { unit, sourceSpan, targetSpan } of sightings) {
              const { source = "", target = "" } = units[Number(unit)] ?? {};
              expect(sourceSpan.start).toBeLessThan(sourceSpan.end);
              expect(sourceSpan.end).toBeLessThanOrEqual(source.length);
              const seen = target.slice(targetSpan.start, targetSpan.end).replace(/\s+/gu, " ");
              expect([wording, ...forms]).toContain(seen);
            }
          }
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe("an acronym in brackets", () => {
  it("is shown under the long form it follows, or the long form under it", () => {
    const { proposals } = proposeRenderings(index, "国家防汛抗旱总指挥部", { limit: 80 });
    const texts = new Set(["State Flood Control and Drought Relief Headquarters", "SFDH"]);
    const both = proposals.filter(({ text }) => texts.has(text));
    expect(both.map(({ text }) => text)).toEqual(expect.arrayContaining([...texts]));
    expect(both[1]?.under).toBeDefined();
  });
});

describe("approved pairs", () => {
  it("raise the confidence in what was approved for the term", () => {
    const approvedPairs = [{ source: "防汛", target: "flood control" }];
    const first = (taught: boolean) => {
      const read = buildRenderingIndex(UNITS, { lexicon, ...(taught ? { approvedPairs } : {}) });
      return proposeRenderings(read, "防汛").proposals.find(({ text }) => text === "flood control")?.confidence ?? 0;
    };
    expect(first(true)).toBeGreaterThan(first(false));
  });
});
