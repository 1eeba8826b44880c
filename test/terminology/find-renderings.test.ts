import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { MatchingRule } from "../../src/model/concept.ts";
import { findRenderings } from "../../src/terminology/find-renderings.ts";

const rows = readFileSync(new URL("../fixtures/terminology/renderings.tsv", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line !== "" && !line.startsWith("#"))
  .map((line) => line.split("\t"));

describe("findRenderings", () => {
  it.each(rows)("%s “%s” in “%s”", (matching, term, marked = "") => {
    const text = marked.replaceAll(/[[\]]/g, "");
    const spans = findRenderings(text, { text: term ?? "", matching: matching as MatchingRule, language: "en" });
    let shown = "";
    let at = 0;
    for (const { start, end } of spans) {
      shown += `${text.slice(at, start)}[${text.slice(start, end)}]`;
      at = end;
    }
    // An article before a term is part of no match; the table may mark it either way.
    expect((shown + text.slice(at)).replaceAll("[the ", "the [")).toBe(marked.replaceAll("[the ", "the ["));
  });

  it("says how a rendering was recognised", () => {
    const term = { text: "flood prevention", matching: "inflecting", language: "en" } as const;
    const manners = findRenderings("flood prevention; floods preventing; flood and drought prevention", term);
    expect(manners.map((rendering) => rendering.manner)).toEqual(["exact", "inflected", "gap"]);
  });

  it("searches Chinese targets by match key", () => {
    const term = { text: "防汛", matching: "inflecting", language: "zh" } as const;
    expect(findRenderings("做好防 汛工作，防汛", term)).toMatchObject([
      { start: 2, end: 5 },
      { start: 8, end: 10 },
    ]);
  });

  it("gives spans in order that do not overlap, for any text and term", () => {
    const words = fc.array(
      fc.constantFrom("flood", "floods", "the", "prevention", "-", ".", "防汛", "’s", "NGO", "|", "\ud842"),
      { maxLength: 14 },
    );
    const matching = fc.constantFrom<MatchingRule>("exact", "inflecting", "stem");
    fc.assert(
      fc.property(words, words, matching, fc.constantFrom("en", "zh", "fr"), (term, text, rule, language) => {
        const target = text.join(" ");
        let last = 0;
        for (const { start, end } of findRenderings(target, { text: term.join(" "), matching: rule, language })) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(target.length);
          last = end;
        }
      }),
      { numRuns: 500 },
    );
  });
});
