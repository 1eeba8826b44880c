import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { startDuplicateSearch } from "../../src/memory/duplicates.ts";
import type { ComparedUnit, DuplicateGroup } from "../../src/memory/duplicates.ts";
import { matchKey } from "../../src/text/match-key.ts";
import { measureSimilarity } from "../../src/text/edit-distance.ts";

function find(units: readonly ComparedUnit[], threshold = 90): readonly DuplicateGroup[] {
  const search = startDuplicateSearch({ threshold });
  for (const unit of units) search.add(unit);
  const steps = search.finish();
  let step = steps.next();
  while (!step.done) {
    expect(step.value).toBeGreaterThanOrEqual(0);
    expect(step.value).toBeLessThanOrEqual(1);
    step = steps.next();
  }
  return step.value;
}

const long = "云溪省各级各部门要压实防汛责任、加强巡查值守、及时转移群众，确保安全度汛";

describe("a search for duplicates", () => {
  it.each<[string, ComparedUnit[], readonly unknown[]]>([
    [
      "the same pair twice",
      [
        { source: "通知", target: "Notice" },
        { source: "通知", target: "Notice" },
      ],
      [{ kind: "equal", units: [0, 1] }],
    ],
    [
      "the same pair in two places of a text",
      [
        { source: "通知", target: "Notice", previous: "一" },
        { source: "通知", target: "Notice", previous: "二" },
        { source: "通知", target: "Notice" },
      ],
      [
        { kind: "equal", units: [0, 2] },
        { kind: "context", units: [0, 1, 2] },
      ],
    ],
    [
      "other width, quotation marks, capitals, punctuation",
      [
        { source: "“云溪”ＡＢ。", target: "The Notice." },
        { source: '"云溪"AB', target: "the notice" },
      ],
      [{ kind: "form", units: [0, 1] }],
    ],
    [
      "one source, two targets",
      [
        { source: "通知", target: "Notice" },
        { source: "通知。", target: "Circular" },
      ],
      [{ kind: "targets", units: [0, 1] }],
    ],
    [
      "other numbers",
      [
        { source: "第3号通知", target: "Notice No. 3" },
        { source: "第4号通知", target: "Notice No. 4" },
        { source: "第十号通知", target: "Notice No. 10" },
      ],
      [{ kind: "numbers", units: [0, 1, 2] }],
    ],
    [
      "3.5 and 35",
      [
        { source: "增长3.5个点", target: "up 3.5 points" },
        { source: "增长35个点", target: "up 35 points" },
      ],
      [{ kind: "numbers", units: [0, 1] }],
    ],
    [
      "a similar source with the same target",
      [
        { source: long, target: "All levels shall act." },
        { source: `${long}了`, target: "All levels shall act" },
        { source: "另一件事", target: "All levels shall act." },
      ],
      [{ kind: "similar", units: [0, 1] }],
    ],
    [
      "nothing alike",
      [
        { source: "一", target: "One" },
        { source: "……", target: "…" },
        { source: "？", target: "?" },
      ],
      [],
    ],
  ])("finds %s", (_name, units, expected) => {
    expect(find(units)).toMatchObject(expected);
    expect(find(units)).toHaveLength(expected.length);
  });

  it("joins similar sources as comparing every two does, with few of a target and with many", () => {
    const source = fc.string({ unit: fc.constantFrom("压", "实", "责", "任", "防"), minLength: 4, maxLength: 9 });
    fc.assert(
      fc.property(fc.uniqueArray(source, { minLength: 2, maxLength: 60 }), (sources) => {
        const groups = find(
          sources.map((text) => ({ source: text, target: "the same" })),
          75,
        );
        const parents = sources.map((_, at) => at);
        const rootOf = (at: number): number => (parents[at] === at ? at : rootOf(parents[at] ?? at));
        for (const [one, text] of sources.entries()) {
          for (const [other, text2] of sources.entries()) {
            if (other > one && measureSimilarity(matchKey(text), matchKey(text2)) >= 75) {
              const [low = 0, high = 0] = [rootOf(one), rootOf(other)].toSorted((first, second) => first - second);
              parents[high] = low;
            }
          }
        }
        const twin = [...Map.groupBy(sources.keys(), rootOf).values()].filter((units) => units.length > 1);
        expect(groups.filter(({ kind }) => kind === "similar").map(({ units }) => units)).toEqual(twin);
      }),
      { numRuns: 60 },
    );
  });
});
