import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boostTrees } from "../../bench/boosted-trees.ts";
import type { Example } from "../../bench/rendering-examples.ts";
import { FEATURES } from "../../src/renderings/candidate-features.ts";
import { rankRows, readModel, scoreRow, shippedModel } from "../../src/renderings/ranking-model.ts";
import type { Tree } from "../../src/renderings/ranking-model.ts";

const PLAIN = { offset: 0, slope: 1 };

/** The obvious way: down from the root, by recursion. */
function scoreSlowly({ features, values, higher }: Tree, row: Float32Array, node = 0): number {
  const name = features[node] ?? -1;
  if (name < 0) return Math.fround(values[node] ?? 0);
  const isLow = (row[name] ?? 0) < Math.fround(values[node] ?? 0);
  return scoreSlowly({ features, values, higher }, row, isLow ? node + 1 : (higher[node] ?? 0));
}

/** Terms whose right candidate is the one with the largest first feature, among noise. */
function inventExamples(count: number): readonly Example[] {
  return Array.from({ length: count }, (_, term): Example => {
    const rows = Float32Array.from({ length: 6 * FEATURES.length }, (_value, at) => ((at * 7919 + term * 104729) % 1000) / 1000);
    const first = Array.from({ length: 6 }, (_value, row) => rows[row * FEATURES.length] ?? 0);
    const right = Uint8Array.from(first, (value) => Number(value === Math.max(...first)));
    return { set: "invented", term: String(term), termUnits: 2, heldBy: 2, rows, right, texts: [] };
  });
}

describe("the ranking model", () => {
  const examples = inventExamples(200);
  const trees = boostTrees(examples, { trees: 40, rate: 0.2, leaves: 6, seed: 1 });
  const model = readModel({ featureNames: FEATURES, trees, once: PLAIN, repeated: PLAIN });

  it("learns what tells right candidates from others", () => {
    const hits = examples.filter(({ rows, right }) => {
      const shares = rankRows(rows, 2, model);
      return right[shares.indexOf(Math.max(...shares))] === 1;
    });
    expect(hits.length / examples.length).toBeGreaterThan(0.9);
  });

  it("scores as a walk down each tree does", () => {
    fc.assert(
      fc.property(fc.array(fc.float({ noNaN: true }), { minLength: FEATURES.length, maxLength: FEATURES.length }), (values) => {
        const row = Float32Array.from(values);
        const slow = trees.reduce((sum, tree) => sum + scoreSlowly(tree, row), 0);
        expect(scoreRow(model, row, 0)).toBeCloseTo(slow, 9);
      }),
    );
  });

  it("is shipped with trees whose branches lead forward to a leaf", () => {
    const { roots, features, higher } = shippedModel;
    expect(roots.length).toBeGreaterThan(100);
    features.forEach((name, node) => {
      if (name < 0) return;
      expect(name).toBeLessThan(FEATURES.length);
      expect(higher[node]).toBeGreaterThan(node);
    });
  });

  it("gives nothing for no candidates", () => {
    expect([...rankRows(new Float32Array(), 1)]).toEqual([]);
  });
});
