import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BEAD_SHAPES } from "../../src/alignment/bead-shapes.ts";
import { findBestBeads, scoreBeads } from "../../src/alignment/search.ts";
import { layOutSpace, widenWhereTight } from "../../src/alignment/search-space.ts";

type Found = { score: number; beads: string; total: number };

/** All series of beads, one by one: their best, and the summed weight of all and of those that contain a bead. */
function enumerate(n: number, m: number, score: (i0: number, i1: number, j0: number, j1: number) => number) {
  const series: { beads: string[]; score: number }[] = [];
  const go = (i: number, j: number, beads: string[], total: number): void => {
    if (i === n && j === m) series.push({ beads, score: total });
    for (const shape of BEAD_SHAPES) {
      const i1 = i + shape.first;
      const j1 = j + shape.second;
      if (i1 <= n && j1 <= m) go(i1, j1, [...beads, `${i}-${i1}:${j}-${j1}`], total + score(i, i1, j, j1));
    }
  };
  go(0, 0, [], 0);
  return series;
}

describe("findBestBeads", () => {
  it("finds what trying every series finds, with the right posterior", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 4 }),
        fc.integer({ min: 0, max: 4 }),
        fc.infiniteStream(fc.integer({ min: -40, max: 40 })),
        (n, m, numbers) => {
          if (n + m === 0) return;
          const table = new Map<string, number>();
          const score = (i0: number, i1: number, j0: number, j1: number): number => {
            const key = `${i0}-${i1}:${j0}-${j1}`;
            const known = table.get(key) ?? (numbers.next().value ?? 0) / 16;
            table.set(key, known);
            return known;
          };
          const series = enumerate(n, m, score);
          const best = Math.max(...series.map((one) => one.score));
          const space = layOutSpace({ firstCount: n, secondCount: m, anchors: [] });
          const found = findBestBeads(scoreBeads({ space, shapes: BEAD_SHAPES, score }));
          const names = found.map((bead) => `${bead.i0}-${bead.i1}:${bead.j0}-${bead.j1}`);
          const reached: Found = {
            score: names.reduce((sum, name) => sum + (table.get(name) ?? 0), 0),
            beads: names.join(" "),
            total: 0,
          };
          expect(reached.score).toBeCloseTo(best, 4);
          const all = series.reduce((sum, one) => sum + Math.exp(one.score), 0);
          names.forEach((name, at) => {
            const through = series.filter((one) => one.beads.includes(name)).reduce((sum, one) => sum + Math.exp(one.score), 0);
            expect(found[at]?.confidence).toBeCloseTo(through / all, 4);
          });
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("layOutSpace", () => {
  const anchorsOf = (n: number, m: number) =>
    fc.uniqueArray(fc.nat({ max: Math.max(0, n - 1) }), { maxLength: 6 }).chain((rows) =>
      fc.uniqueArray(fc.nat({ max: Math.max(0, m - 1) }), { minLength: rows.length, maxLength: rows.length }).map((columns) => {
        const sorted = [...columns].sort((one, other) => one - other);
        return [...rows].sort((one, other) => one - other).map((first, at) => ({ first, second: sorted[at] ?? 0, score: 1 }));
      }),
    );

  it("holds both corners and every anchor, and rows overlap, so that a way exists", () => {
    const sizes = fc.record({ n: fc.integer({ min: 8, max: 400 }), m: fc.integer({ min: 8, max: 400 }) });
    fc.assert(
      fc.property(
        sizes.chain(({ n, m }) => fc.record({ n: fc.constant(n), m: fc.constant(m), anchors: anchorsOf(n, m) })),
        ({ n, m, anchors }) => {
          const space = layOutSpace({ firstCount: n, secondCount: m, anchors });
          const holds = (i: number, j: number) => (space.low[i] ?? 1) <= j && j <= (space.high[i] ?? -1);
          expect(holds(0, 0) && holds(n, m)).toBe(true);
          for (const anchor of anchors)
            expect(holds(anchor.first, anchor.second) && holds(anchor.first + 1, anchor.second + 1)).toBe(true);
          for (let row = 1; row <= n; row++) {
            expect(space.low[row]).toBeGreaterThanOrEqual(space.low[row - 1] ?? 0);
            expect(space.high[row]).toBeGreaterThanOrEqual(space.high[row - 1] ?? 0);
            expect(space.low[row]).toBeLessThanOrEqual(space.high[row - 1] ?? 0);
          }
        },
      ),
    );
  });

  it("asks for more room only where the way runs along the edge", () => {
    const space = layOutSpace({ firstCount: 500, secondCount: 500, anchors: [] });
    expect(widenWhereTight(space, [{ first: 250, second: 250 }], 500)).toBeUndefined();
    const margins = widenWhereTight(space, [{ first: 250, second: space.high[250] ?? 0 }], 500);
    expect(margins?.[250]).toBeGreaterThan((space.high[250] ?? 0) - (space.low[250] ?? 0));
    expect(margins?.[0]).toBe(0);
  });
});
