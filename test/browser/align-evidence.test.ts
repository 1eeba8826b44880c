/** The pure parts of the alignment page: where equal things stand, what has no counterpart, and where to part a row. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyChange, createAlignment, proportionalCut, sentencesOf, stateOf } from "../../src/browser/align/alignment.ts";
import type { Group, PairedTerm } from "../../src/browser/align/alignment.ts";

type Sentence = { readonly text: string; readonly terms?: readonly PairedTerm[] };
import { findEvidence } from "../../src/browser/align/evidence.ts";
import type { Anchor } from "../../src/model/alignment.ts";

function evidence(source: string | readonly string[], target: string | readonly string[], anchors: readonly Anchor[] = []) {
  const list = (texts: string | readonly string[]) => (typeof texts === "string" ? [texts] : texts).map((text) => ({ text }));
  return findEvidence({ source: list(source), target: list(target), sourceLanguage: "zh", targetLanguage: "en", anchors });
}

it("tells rows as they were imported from those that a person made, as long as neither is measured", () => {
  const group = { id: "g", source: 1, target: 1, confidence: 0, anchors: [], status: "automatic" } as const;
  expect(stateOf(group)).toBe("imported");
  expect(stateOf({ ...group, touchedBy: ["Li Min"] })).toBe("by-hand");
  expect(stateOf({ ...group, confidence: 0.9 })).toBe("automatic");
});

describe("the evidence of a row", () => {
  it("marks an anchor at its place in the sentence that has it, with one letter on both sides", () => {
    const { source, target } = evidence(
      ["会议召开。", "防汛要早。"],
      ["It met.", "Flood control must be early."],
      [{ kind: "term", source: "防汛", target: "Flood control" }],
    );
    expect(source).toEqual([[], [{ start: 0, end: 2, letter: 0, isNumber: false }]]);
    expect(target).toEqual([[], [{ start: 0, end: 13, letter: 0, isNumber: false }]]);
  });

  it("marks the second of two equal words for the second anchor, and none that is on one side only", () => {
    const anchor: Anchor = { kind: "number", source: "37", target: "37" };
    const { source, target } = evidence("37条河、37座库", "37 rivers, 37 reservoirs", [anchor, anchor, anchor]);
    expect(source[0]?.map(({ letter }) => letter)).toEqual([0, 1]);
    expect(target[0]?.map(({ letter }) => letter)).toEqual([0, 1]);
  });

  it("tells numbers and dates that the other side does not have from those it has in another form", () => {
    for (const [source, target, lost] of [
      ["安置群众4.6万人", "46,000 people were moved", []],
      ["安置群众4.6万人", "many people were moved", ["4.6万"]],
      ["投入1.2万人次", "12,500 people were deployed", ["1.2万", "12,500"]],
      ["增长25%", "grew by a quarter", []],
      ["6月3日召开", "was held on 3 June", []],
      ["6月3日召开", "was held on 4 June", ["6月3日", "4 June"]],
      ["2024年6月3日", "3 June", []],
      ["一个问题，两件事", "a problem and some matters", []],
      ["第三次会议", "the meeting", []],
    ] as const) {
      const found = evidence(source, target).lost.map(({ text }) => text);
      expect([source, target, found]).toEqual([source, target, lost]);
    }
  });

  it("tints numbers that say the same without any anchor, as rows set by hand have none, each once", () => {
    const { source, target, lost } = evidence("投入4.6万人、4.6万元", "46,000 people and 46,000 yuan on one day");
    expect(source[0]?.map(({ letter }) => letter)).toEqual([0, 1]);
    expect(target[0]?.map(({ letter }) => letter)).toEqual([0, 1]);
    expect(lost).toEqual([]);
  });

  it("tints approved pairs of the glossary and underlines those without their partner; a single English word proves nothing", () => {
    const sentence = (text: string, ...terms: readonly PairedTerm[]) => [{ text, terms }];
    const pair = (source: Sentence[], target: Sentence[]) =>
      findEvidence({ source, target, sourceLanguage: "zh", targetLanguage: "en", anchors: [] });
    const both = pair(sentence("防汛要早", ["c1", 0, 2]), sentence("Flood control early", ["c1", 0, 13]));
    expect([both.source[0], both.target[0]]).toEqual([
      [{ start: 0, end: 2, letter: 0, isNumber: false }],
      [{ start: 0, end: 13, letter: 0, isNumber: false }],
    ]);
    const lost = pair(sentence("防汛要早", ["c1", 0, 2]), sentence("Rural roads and people", ["c2", 0, 11], ["c3", 16, 22])).lost;
    expect(lost.map(({ text, kind }) => `${kind} ${text}`)).toEqual(["term 防汛", "term Rural roads"]);
    // One wording of two entries: either of them on the other side is enough.
    expect(pair(sentence("防汛", ["c1", 0, 2], ["c4", 0, 2]), sentence("Flood control", ["c4", 0, 13])).lost).toEqual([]);
  });

  it("marks whole words only, but any place in Han text", () => {
    const anchor: Anchor = { kind: "dictionary", source: "民族", target: "nation" };
    const { target } = evidence("中华民族复兴", "the rejuvenation of the nation", [anchor]);
    expect(target[0]).toEqual([{ start: 24, end: 30, letter: 0, isNumber: false }]);
  });

  it("says nothing is lost when a side is empty", () => {
    expect(evidence("安置群众4.6万人", []).lost).toEqual([]);
  });

  it("gives marks in order that do not overlap and stay inside their sentence, whatever the texts", () => {
    const text = fc.string({ unit: fc.constantFrom("3", "万", "月", "日", "1", "2", " ", "a", "防", "汛", ","), maxLength: 24 });
    const anchor = fc.record({ kind: fc.constantFrom("number" as const, "term" as const), source: text, target: text });
    fc.assert(
      fc.property(fc.array(text), fc.array(text), fc.array(anchor, { maxLength: 6 }), (source, target, anchors) => {
        const found = evidence(source, target, anchors);
        for (const [texts, side] of [
          [source, found.source],
          [target, found.target],
        ] as const) {
          side.forEach((marks, sentence) => {
            let from = 0;
            for (const { start, end } of marks) {
              expect(start).toBeGreaterThanOrEqual(from);
              expect(end).toBeGreaterThan(start);
              from = end;
            }
            expect(from).toBeLessThanOrEqual(texts[sentence]?.length ?? 0);
          });
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("the alignment in the page", () => {
  const group = (id: string, source: number, target: number): Group => ({
    id,
    source,
    target,
    confidence: 1,
    anchors: [],
    status: "automatic",
  });
  const side = (texts: readonly string[]) => ({
    title: "",
    language: "en",
    sentences: texts.map((text) => ({ text, paragraph: 0 })),
    hasChanges: false,
  });
  const textsOf = (...given: Parameters<typeof sentencesOf>) => sentencesOf(...given).map(({ text }) => text);

  it("finds the sentences of each row again after a change above it", () => {
    const before = createAlignment({
      groups: [group("a", 1, 1), group("b", 1, 0), group("c", 1, 1)],
      source: side(["1", "2", "3"]),
      target: side(["A", "C"]),
    });
    const after = applyChange(before, { start: 0, removed: 2, inserted: [group("a", 2, 1)] });
    expect(after.groups.map(({ id }) => id)).toEqual(["a", "c"]);
    expect(textsOf(after, 0, "source")).toEqual(["1", "2"]);
    expect(textsOf(after, 1, "target")).toEqual(["C"]);
    expect(after.placeOf.get("c")).toBe(1);
  });

  it("puts edited sentences in their place, and keeps each row's own", () => {
    const before = createAlignment({
      groups: [group("a", 1, 1), group("b", 1, 1)],
      source: side(["1", "2"]),
      target: side(["A", "B"]),
    });
    const inserted = [
      { text: "2a", paragraph: 0 },
      { text: "2b", paragraph: 0 },
    ];
    const sentences = { source: { start: 1, removed: 1, inserted } };
    const after = applyChange(before, { start: 1, removed: 1, inserted: [group("b", 2, 1)], sentences });
    expect([textsOf(after, 0, "source"), textsOf(after, 1, "source"), textsOf(after, 1, "target")]).toEqual([
      ["1"],
      ["2a", "2b"],
      ["B"],
    ]);
  });

  it("parts the other side at the nearest border to the same share of its length", () => {
    expect(proportionalCut(["aaaa", "bbbb"], 0.5)).toBe(1);
    expect(proportionalCut(["aaaaaaaa"], 0.6)).toBe(1);
    expect(proportionalCut(["aaaaaaaa"], 0.3)).toBe(0);
    expect(proportionalCut([], 0.5)).toBe(0);
  });
});
