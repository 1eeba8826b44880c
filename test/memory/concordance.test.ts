import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Concordance, searchConcordance } from "../../src/memory/concordance.ts";
import { matchKey } from "../../src/text/match-key.ts";

const units = [
  { source: "做好防 汛工作。", target: "Do a good job in flood prevention." },
  { source: "“防汛”与抗旱", target: "Flood prevention and drought relief: FLOOD" },
  { source: "", target: "" },
];

describe("searchConcordance", () => {
  it("finds one character", () => {
    expect(searchConcordance(units, "旱", { side: "source" })).toEqual({
      total: 1,
      hits: [{ unit: 1, spans: [{ start: 6, end: 7 }] }],
    });
  });

  it("finds through spaces and width, with the spans of the original", () => {
    const { hits } = searchConcordance(units, "防汛", { side: "source" });
    expect(hits).toEqual([
      { unit: 0, spans: [{ start: 2, end: 5 }] },
      { unit: 1, spans: [{ start: 1, end: 3 }] },
    ]);
  });

  it("does not mind capitals, and counts beyond the limit", () => {
    const concordance = new Concordance(units);
    expect(concordance.search("flood", { side: "target", limit: 1 })).toMatchObject({ total: 2, hits: [{ unit: 0 }] });
    expect(concordance.search("Flood", { side: "target" }).hits[1]?.spans).toHaveLength(2);
  });

  it("finds nothing for an empty text or across two units", () => {
    expect(searchConcordance(units, " ", { side: "source" }).total).toBe(0);
    expect(searchConcordance(units, "。“", { side: "source" }).total).toBe(0);
  });

  it("equals a look at every unit", () => {
    const text = fc
      .array(fc.constantFrom("防", "汛", " ", "a", "A", "ｂ", "。", "\n", "𠮷"), { maxLength: 8 })
      .map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 20 }), text, (sources, wanted) => {
        const key = matchKey(wanted).toLowerCase();
        const expected = sources.flatMap((source, unit) =>
          key !== "" && matchKey(source).toLowerCase().includes(key) ? [unit] : [],
        );
        const found = searchConcordance(
          sources.map((source) => ({ source, target: "" })),
          wanted,
          { side: "source" },
        );
        expect(found.hits.map((hit) => hit.unit)).toEqual(expected);
        expect(found.total).toBe(expected.length);
        for (const { unit, spans } of found.hits) {
          for (const { start, end } of spans) expect(matchKey(sources[unit]?.slice(start, end) ?? "").toLowerCase()).toBe(key);
        }
      }),
      { numRuns: 500 },
    );
  });
});
