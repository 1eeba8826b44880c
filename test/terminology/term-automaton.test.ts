import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MatchingRule, Term } from "../../src/model/concept.ts";
import { createTermAutomaton } from "../../src/terminology/term-automaton.ts";
import { matchKey, matchKeyWithOffsets, toOriginalSpan } from "../../src/text/match-key.ts";

const makeTerm = (text: string, matching: MatchingRule = "inflecting"): Term => ({
  id: `${text}/${matching}`,
  language: "zh",
  text,
  status: "approved",
  termType: "phrase",
  matching,
  attestations: [],
});

const automatonOf = (texts: readonly string[], matching?: MatchingRule) =>
  createTermAutomaton(texts.map((text, at) => ({ term: makeTerm(text, matching), conceptId: `c${at}` })));

/** The slow twin: looks for every term at every place, and for what contains it. */
function slowRecognize(terms: readonly string[], text: string) {
  const folded = matchKeyWithOffsets(text);
  const key = folded.key.toLowerCase();
  const isWord = (character: string | undefined) => /^[\p{Script=Latin}\p{Nd}]$/u.test(character ?? "");
  const found = terms.flatMap((term, at) => {
    const wanted = matchKey(term).toLowerCase();
    const hits: { start: number; end: number; concept: string }[] = [];
    for (let start = 0; wanted !== "" && start + wanted.length <= key.length; start++) {
      const end = start + wanted.length;
      if (key.slice(start, end) !== wanted) continue;
      if (isWord(key[start]) && isWord(key[start - 1])) continue;
      if (isWord(key[end - 1]) && isWord(key[end])) continue;
      hits.push({ ...toOriginalSpan(folded, { start, end }), concept: `c${at}` });
    }
    return hits;
  });
  const depthOf = (hit: { start: number; end: number }): number =>
    Math.max(
      0,
      ...found
        .filter((outer) => outer.start <= hit.start && hit.end <= outer.end && outer.end - outer.start > hit.end - hit.start)
        .map((outer) => depthOf(outer) + 1),
    );
  return found
    .map((hit) => ({ ...hit, depth: depthOf(hit) }))
    .sort(
      (one, other) =>
        one.start - other.start || other.end - one.end || Number(one.concept.slice(1)) - Number(other.concept.slice(1)),
    );
}

describe("recognizeTerms", () => {
  it("keeps nested and overlapping terms, the longest first", () => {
    const automaton = automatonOf(["公共卫生", "突发公共卫生事件", "公共卫生事件", "卫生事件", "事件"]);
    const text = "应对突发公共卫生事件。";
    expect(automaton.recognizeTerms(text).map((hit) => [text.slice(hit.start, hit.end), hit.depth])).toEqual([
      ["突发公共卫生事件", 0],
      ["公共卫生事件", 1],
      ["公共卫生", 2],
      ["卫生事件", 2],
      ["事件", 3],
    ]);
  });

  it("finds a term through width, quotation marks and spaces, and gives the original's span", () => {
    const automaton = automatonOf(["“放管服”改革", "5G网络"]);
    const text = "深化「放 管 服」改革，建设５ｇ网络。";
    expect(automaton.recognizeTerms(text).map((hit) => text.slice(hit.start, hit.end))).toEqual(["「放 管 服」改革", "５ｇ网络"]);
  });

  it("takes Latin letters and digits only as whole words", () => {
    const automaton = automatonOf(["AI", "5G"]);
    expect(automaton.recognizeTerms("MAIL 15G 发展AI和5G")).toHaveLength(2);
  });

  it("keeps capitals apart only for terms that are found as written", () => {
    expect(automatonOf(["GDP"], "exact").recognizeTerms("gdp与GDP")).toMatchObject([{ start: 4, end: 7 }]);
    expect(automatonOf(["GDP"]).recognizeTerms("gdp与GDP")).toHaveLength(2);
  });

  it("finds a term by its stem up to the mark", () => {
    expect(automatonOf(["modern|isation"], "stem").recognizeTerms("Modernised, modernity, postmodern")).toMatchObject([
      { start: 0, end: 6 },
      { start: 12, end: 18 },
    ]);
  });

  it("keeps the terms of two concepts with one wording", () => {
    expect(
      automatonOf(["防汛", "防 汛"])
        .recognizeTerms("防汛")
        .map((hit) => [hit.conceptId, hit.depth]),
    ).toEqual([
      ["c0", 0],
      ["c1", 0],
    ]);
  });

  it("finds every term of a large glossary, whatever the size of its tables", () => {
    // Every term adds new states, so that each number of states is the last before a table grows for some term.
    const texts = Array.from({ length: 3000 }, (_, at) => `${String.fromCodePoint(0x4e00 + at)}防汛`);
    const automaton = automatonOf(texts, "exact");
    for (const text of texts) expect(automaton.recognizeTerms(text), text).toMatchObject([{ start: 0, end: 3, term: { text } }]);
  });

  it("finds nothing with no terms, in no text", () => {
    expect(automatonOf([]).recognizeTerms("防汛")).toEqual([]);
    expect(automatonOf(["防汛", "", "|"]).recognizeTerms("")).toEqual([]);
  });

  it("equals naive search on any glossary and text", () => {
    const pieces = fc.constantFrom("防", "汛", "抗", "，", " ", "a", "Ｂ", "1", "𠮷", "“", "é");
    const words = fc.array(pieces, { maxLength: 5 }).map((characters) => characters.join(""));
    fc.assert(
      fc.property(fc.array(words, { maxLength: 25 }), fc.array(pieces, { maxLength: 40 }), (terms, characters) => {
        const text = characters.join("");
        const found = automatonOf(terms).recognizeTerms(text);
        expect(found.map(({ start, end, conceptId, depth }) => ({ start, end, concept: conceptId, depth }))).toEqual(
          slowRecognize(terms, text),
        );
      }),
      { numRuns: 1000 },
    );
  });
});
