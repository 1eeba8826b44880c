import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arrangeHits } from "../../src/memory/arrange-hits.ts";
import type { HitListRequest } from "../../src/memory/arrange-hits.ts";
import { Concordance } from "../../src/memory/concordance.ts";
import type { AskedSide, ConcordanceUnit, Hits } from "../../src/memory/concordance.ts";
import { findSpans, toSearchUnits } from "../../src/memory/find-spans.ts";
import type { Likeness } from "../../src/memory/find-spans.ts";
import { finishNow } from "../../src/memory/memory-index.ts";
import { NearSearch, nearnessOf } from "../../src/memory/near-search.ts";
import { matchKey } from "../../src/text/match-key.ts";

const everything: HitListRequest = { filter: {}, order: "place", memoryOrder: ["m", "n"] };

function unit(source: string, target = "", more: Partial<ConcordanceUnit> = {}): ConcordanceUnit {
  return { source, target, memoryId: "m", position: 0, state: "translated", ...more };
}

function open(units: readonly ConcordanceUnit[]): Concordance {
  const concordance = new Concordance();
  for (const [position, one] of units.entries()) concordance.add({ ...one, position: one.position || position + 1 });
  return concordance;
}

function search(concordance: Concordance, asked: string, side: AskedSide = "both"): Hits {
  const hits = { sides: new Uint8Array(concordance.count) };
  for (const step = concordance.search(asked, side, hits); !step.next().done;);
  return hits;
}

function searchNear(concordance: Concordance, asked: string, side: AskedSide = "both"): Required<Hits> {
  const hits = { sides: new Uint8Array(concordance.count), distances: new Uint8Array(concordance.count) };
  for (const step = concordance.searchNear(asked, side, hits); !step.next().done;);
  return hits;
}

const numbersOf = (concordance: Concordance, hits: Hits, request: HitListRequest = everything) => [
  ...finishNow(arrangeHits(concordance, hits, request)).numbers,
];

const spansOf = (text: string, asked: string, likeness: Likeness = {}) =>
  findSpans(text, toSearchUnits(asked, likeness), likeness).map(({ start, end }) => text.slice(start, end));

describe("Concordance", () => {
  const flood = open([
    unit("做好防 汛工作。", "Do a good job in flood prevention.", { document: "一", changedAt: "2026-03-01T10:00:00Z" }),
    unit("“防汛”与抗旱", "Flood prevention and drought relief: FLOOD", {
      author: "Zhao",
      changedAt: "2026-05-01",
      state: "final",
    }),
    unit("", ""),
    unit("防汛", "naïve – flood", { memoryId: "n", document: "一" }),
  ]);

  it("finds one character, through spaces and width and capitals, on the side that was asked", () => {
    expect([...search(flood, "旱").sides]).toEqual([0, 1, 0, 0]);
    expect([...search(flood, "防汛").sides]).toEqual([1, 1, 0, 1]);
    expect([...search(flood, "ＦＬＯＯＤ").sides]).toEqual([2, 2, 0, 2]);
    expect([...search(flood, "flood", "source").sides]).toEqual([0, 0, 0, 0]);
    expect([...search(flood, " ").sides]).toEqual([0, 0, 0, 0]);
    expect([...search(flood, "。“").sides]).toEqual([0, 0, 0, 0]);
  });

  it("marks what was found in the original, exactly when asked to", () => {
    expect(spansOf("做好防 汛工作，防汛", "防汛")).toEqual(["防 汛", "防汛"]);
    expect(spansOf("做好防 汛工作，防汛", "防汛", { isWidthExact: true })).toEqual(["防汛"]);
    expect(spansOf("Flood FLOOD", "flood", { isCaseExact: true })).toEqual([]);
    expect(spansOf("“Flood” flood", '"flood"')).toEqual(["“Flood”"]);
    expect(spansOf("“Flood” flood", '"flood"', { isWidthExact: true })).toEqual([]);
  });

  it("orders by place, by how much else the unit says, and by day; later additions go to their place", () => {
    const hits = search(flood, "防汛");
    expect(numbersOf(flood, hits)).toEqual([0, 1, 3]);
    expect(numbersOf(flood, hits, { ...everything, memoryOrder: ["n", "m"] })).toEqual([3, 0, 1]);
    expect(numbersOf(flood, hits, { ...everything, order: "relevance" })).toEqual([3, 0, 1]);
    expect(numbersOf(flood, hits, { ...everything, order: "date" })).toEqual([1, 0, 3]);
    const late = open([
      unit("乙", "", { position: 70_000 }),
      unit("乙", "", { position: 3 }),
      unit("乙", "", { memoryId: "n", position: 1 }),
    ]);
    late.add(unit("乙", "", { position: 4 }));
    late.remove(0);
    late.remove(0);
    expect(numbersOf(late, search(late, "乙"))).toEqual([1, 3, 2]);
    expect(late.size).toBe(3);
  });

  it("filters by everything, and counts each kind as if only its own filter were not there", () => {
    const hits = search(flood, "防汛");
    const list = (filter: HitListRequest["filter"]) => finishNow(arrangeHits(flood, hits, { ...everything, filter }));
    expect([...list({ from: "2026-03-01", to: "2026-03-01" }).numbers]).toEqual([0]);
    expect([...list({ to: "2026-04-30" }).numbers]).toEqual([0]);
    expect([...list({ states: ["final"] }).numbers]).toEqual([1]);
    expect([...list({ authors: [""] }).numbers]).toEqual([0, 3]);
    expect([...list({ documents: ["nowhere"] }).numbers]).toEqual([]);
    const { numbers, counts } = list({ memories: ["n"] });
    expect([...numbers]).toEqual([3]);
    expect(counts.memories).toEqual([
      { value: "m", count: 2 },
      { value: "n", count: 1 },
    ]);
    expect(counts.documents).toEqual([{ value: "一", count: 1 }]);
  });

  const pieces = fc.constantFrom("防", "汛", " ", "a", "A", "ｂ", "é", "。", "\n", "𠮷", "ﬁ", "“");
  const text = fc.array(pieces, { maxLength: 8 }).map((list) => list.join(""));

  it("finds what a look at every unit finds", () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 20 }), text, (sources, asked) => {
        const key = matchKey(asked).toLowerCase();
        const expected = sources.flatMap((source, at) =>
          key !== "" && matchKey(source).toLowerCase().includes(key) ? [at] : [],
        );
        const concordance = open(sources.map((source) => unit(source)));
        const found = numbersOf(concordance, search(concordance, asked));
        expect(found).toEqual(expected);
        for (const at of found) {
          const spans = spansOf(sources[at] ?? "", asked);
          expect(spans.length).toBeGreaterThan(0);
          for (const span of spans) expect(matchKey(span).toLowerCase()).toBe(key);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("finds near wordings as measuring every stretch of every unit does", () => {
    const letters = fc.array(fc.constantFrom("外", "防", "内", "输", "a", "、"), { minLength: 1, maxLength: 14 });
    fc.assert(
      fc.property(fc.array(letters, { maxLength: 8 }), letters, (sources, letters) => {
        const asked = letters.join("");
        const texts = sources.map((source) => source.join(""));
        const concordance = open(texts.map((source) => unit(source)));
        const { distances } = searchNear(concordance, asked);
        const most = nearnessOf(asked);
        const expected = texts.map((source) => {
          const least = leastDistance(asked, source);
          return most > 0 && least <= most ? least + 1 : 0;
        });
        expect([...distances]).toEqual(expected);
        for (const [at, source] of texts.entries()) {
          const stretch = expected[at] ? new NearSearch(asked, most).find(source, 0, source.length) : undefined;
          if (stretch) expect(distance(asked, source.slice(stretch.start, stretch.end))).toBe(stretch.distance);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("finds among as many units as make several pieces, also those removed and changed", () => {
    const many = open(
      Array.from({ length: 9000 }, (_, at) => unit(`第${String(at)}号文件关于防汛工作的通知`, `Notice ${String(at)} on floods`)),
    );
    expect(numbersOf(many, search(many, "第8999号"))).toEqual([8999]);
    expect(numbersOf(many, search(many, "notice 77 on", "target"))).toEqual([77]);
    expect(numbersOf(many, search(many, "防汛")).length).toBe(9000);
    many.remove(77);
    many.add(unit("防旱", "Notice 77 on drought", { position: 78 }));
    expect(numbersOf(many, search(many, "notice 77 on"))).toEqual([9000]);
    expect(numbersOf(many, search(many, "on")).slice(76, 79)).toEqual([76, 9000, 78]);
  });
});

/** The twins: a plain table, and every stretch. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (const [at, letter] of [...one].entries()) {
    const next = [at + 1];
    for (let column = 1; column <= other.length; column++) {
      const cost = other[column - 1] === letter ? 0 : 1;
      next[column] = Math.min((row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1, (row[column - 1] ?? 0) + cost);
    }
    row = next;
  }
  return row[other.length] ?? 0;
}

function leastDistance(asked: string, text: string): number {
  let least = asked.length;
  for (let start = 0; start <= text.length; start++) {
    for (let end = start; end <= text.length; end++) least = Math.min(least, distance(asked, text.slice(start, end)));
  }
  return least;
}
