import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMemoryIndex, finishNow } from "../../src/memory/memory-index.ts";
import { PiecePlan } from "../../src/memory/pieces.ts";
import { scan } from "./scan.ts";
import type { ScannedUnit } from "./scan.ts";

const createRandom = (seed: number) => (below: number) => {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
  return (seed >>> 8) % below;
};

const options = fc.record({
  threshold: fc.integer({ min: 0, max: 100 }),
  limit: fc.constantFrom(1, 3, 10, 100),
});

/** Repeats of one character, of two, and of a few with others among them: every piece of a query is in every text. */
const monotonous = fc.oneof(
  fc.nat(120).map((length) => "一".repeat(length)),
  fc.nat(60).map((length) => "一二".repeat(length)),
  fc
    .tuple(fc.nat(90), fc.array(fc.tuple(fc.nat(90), fc.constantFrom("一", "二", "𠮷", "\ud842", "")), { maxLength: 6 }))
    .map(([length, changes]) => {
      const characters = Array.from({ length }, () => "一");
      for (const [at, other] of changes) characters.splice(at % (length + 1), 1, other);
      return characters.join("");
    }),
);

describe("search equals the scan on hard input", () => {
  it("when all texts repeat the same characters", () => {
    fc.assert(
      fc.property(fc.array(monotonous, { maxLength: 30 }), monotonous, options, (texts, query, wanted) => {
        const units = texts.map((source) => ({ source }));
        expect(createMemoryIndex(units).search(query, wanted)).toEqual(scan(units, query, wanted));
      }),
      { numRuns: 250 },
    );
  });

  it("when all texts have one length and many are equal, over several parts, with changes in between", () => {
    const random = createRandom(11);
    const textOf = () => Array.from({ length: 12 }, () => "防汛抗旱工作责任"[random(8)] ?? "").join("");
    const units: ScannedUnit[] = Array.from({ length: 900 }, () => ({ source: textOf() }));
    const index = createMemoryIndex(units.map((unit) => ({ source: unit?.source ?? "" })));
    for (let step = 0; step < 1100; step++) {
      const at = random(units.length);
      const kind = random(4);
      const source = random(3) === 0 ? (units[random(units.length)]?.source ?? textOf()) : textOf();
      if (kind < 2) {
        index.add(source);
        units.push({ source });
      } else if (kind === 2) {
        index.remove(at);
        units[at] = undefined;
      } else {
        index.change(at, source);
        units[at] = { source };
      }
      if (step === 350) finishNow(index.compact());
    }
    expect(index.partCount).toBeGreaterThan(1);
    for (const threshold of [1, 42, 58, 70, 75, 100]) {
      const query = units.find((unit, at) => unit && at > random(800))?.source ?? "";
      const wanted = { threshold, limit: 7 };
      expect(index.search(query, wanted)).toEqual(scan(units, query, wanted));
      expect(index.search(`${query.slice(0, 9)}𠮷`, wanted)).toEqual(scan(units, `${query.slice(0, 9)}𠮷`, wanted));
    }
  });

  it("for every length of query around the words of the meter and the tables of the plan, at every threshold", () => {
    const random = createRandom(5);
    const letters = Array.from({ length: 60 }, (_, at) => String.fromCharCode(0x4e00 + at * 7));
    const base = Array.from({ length: 1000 }, () => letters[Math.min(random(60), random(60))] ?? "");
    const lengths = [1, 2, 3, 5, 8, 16, 31, 32, 33, 63, 64, 65, 96, 97, 128, 160, 161];
    const disturb = (characters: readonly string[], edits: number) => {
      const copy = [...characters];
      for (let edit = 0; edit < edits; edit++)
        copy.splice(random(copy.length + 1), random(2), ...(random(2) ? [letters[random(60)] ?? ""] : []));
      return copy.join("");
    };
    const units: { source: string }[] = [];
    for (const length of lengths) {
      for (let copies = 0; copies < 7; copies++) {
        const start = random(1000 - length);
        units.push({ source: disturb(base.slice(start % 20, (start % 20) + length), random(1 + Math.ceil(length / 3))) });
      }
    }
    const index = createMemoryIndex(units);
    for (const [at, length] of lengths.entries()) {
      const query = disturb(base.slice(7, 7 + length), random(4));
      for (const threshold of [1 + at, 70, 90 + (at % 3) * 5]) {
        const wanted = { threshold, limit: 1 + random(9) };
        expect([length, threshold, index.search(query, wanted)]).toEqual([length, threshold, scan(units, query, wanted)]);
      }
    }
    const long = base.join("");
    const wanted = { threshold: 60, limit: 3 };
    const longUnits = [
      ...units,
      { source: disturb(base, 200) },
      { source: disturb(base, 30) },
      { source: disturb(base.slice(300), 3) },
    ];
    expect(createMemoryIndex(longUnits).search(long, wanted)).toEqual(scan(longUnits, long, wanted));
  });
});

describe("the pieces of a query", () => {
  it("do not overlap, are as many as asked for, and the cheapest where the query is short", () => {
    const cost = fc.nat(50);
    fc.assert(
      fc.property(fc.array(fc.tuple(cost, cost), { maxLength: 12 }), fc.nat(8), fc.boolean(), (places, count, isLong) => {
        // A long query takes the quick way; filler places are dear.
        const all = isLong ? [...places, ...Array.from({ length: 900 }, (): [number, number] => [1000, 1000])] : places;
        const plan = new PiecePlan();
        plan.start(all.length);
        for (const [at, [single, pair]] of all.entries()) {
          plan.lists[at] = at + 1;
          plan.costs[at] = single;
          plan.pairLists[at] = at;
          plan.pairCosts[at] = pair;
        }
        plan.plan(isLong ? 20 : count);
        if (count > all.length) {
          expect(plan.costOfPieces(count)).toBe(Infinity);
          return;
        }
        plan.choosePieces(count);
        const lists = [...plan.pieceLists.subarray(0, plan.pieceCount)];
        const taken = lists.flatMap((list) => (list < 0 ? [~list, ~list + 1] : [list - 1]));
        expect(lists).toHaveLength(count);
        expect(new Set(taken).size).toBe(taken.length);
        expect(Math.max(-1, ...taken)).toBeLessThan(all.length);
        const sum = lists.reduce((total, list) => total + ((list < 0 ? all[~list]?.[1] : all[list - 1]?.[0]) ?? 0), 0);
        expect(sum).toBe(plan.costOfPieces(count));
        if (!isLong) expect(sum).toBe(cheapest(places, count));
      }),
      { numRuns: 400 },
    );
  });

  /** The slow twin: every way to take pieces. */
  function cheapest(places: readonly (readonly [number, number])[], count: number, from = 0): number {
    if (count === 0) return 0;
    if (from >= places.length) return Infinity;
    const [single, pair] = places[from] ?? [0, 0];
    const skipped = cheapest(places, count, from + 1);
    const one = single + cheapest(places, count - 1, from + 1);
    return Math.min(skipped, one, from + 1 < places.length ? pair + cheapest(places, count - 1, from + 2) : Infinity);
  }
});

describe("texts of a megabyte", () => {
  it("are found when they are equal or differ in few places, and hold nobody up", () => {
    const random = createRandom(3);
    const longOf = (length: number) => Array.from({ length }, () => String.fromCharCode(0x4e00 + random(3000))).join("");
    const long = longOf(400_000);
    const changed = `新${long.slice(0, 1000)}${long.slice(1001, 300_000)}字${long.slice(300_000)}`;
    const other = longOf(400_000);
    const units = [
      long,
      other,
      changed,
      "做好防汛工作。",
      "一".repeat(400_000),
      "",
      `${other.slice(200_000)}${other.slice(0, 200_000)}`,
    ];
    const index = createMemoryIndex(units.map((source) => ({ source })));
    const positions = (query: string, threshold = 70) => index.search(query, { threshold, limit: 5 }).map(({ unit }) => unit);
    const start = process.cpuUsage();
    expect(positions(long)).toEqual([0, 2]);
    expect(positions(changed)).toEqual([2, 0]);
    expect(positions("做好防汛工作")).toEqual([3]);
    expect(positions("一".repeat(399_990))).toEqual([4]);
    expect(positions("一二".repeat(200_000))).toEqual([]);
    index.add(long.slice(5));
    expect(positions(long.slice(3))).toEqual([7, 0, 2]);
    const { user, system } = process.cpuUsage(start);
    console.log(`eight searches among texts of 400,000 characters: ${((user + system) / 1000).toFixed(0)} ms of processor time`);
  });
});
