import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AlignmentGroup } from "../../src/model/alignment.ts";
import { readGroups, RecentStates, writeState } from "../../src/storage/sql/alignment-state.ts";

const ids = fc.array(fc.string({ unit: "binary", maxLength: 6 }), { maxLength: 3 });
const group: fc.Arbitrary<AlignmentGroup> = fc.record({
  id: fc.string({ unit: fc.constantFrom("a", ",", "\n", '"', "]", "}", "段"), maxLength: 6 }),
  source: ids,
  target: ids,
  confidence: fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100),
  anchors: fc.constant([]),
  status: fc.constantFrom("automatic" as const, "confirmed" as const),
});

describe("the stored groups of an alignment", () => {
  it("are read as they were written, also when they were written in one line", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(group, { maxLength: 8 }), async (groups) => {
        const state = await writeState(groups);
        expect(JSON.parse(state)).toEqual({ groups });
        expect(await new RecentStates().read({ id: "one", revision: 1, state })).toEqual(groups);
        const before = JSON.stringify({ groups });
        expect(await new RecentStates().read({ id: "one", revision: 1, state: before })).toEqual(groups);
        expect(await readGroups(JSON.stringify(groups))).toEqual(groups);
      }),
    );
  });

  it("are those of the revision that is asked for, whatever was remembered", async () => {
    const states = new RecentStates();
    states.remember({ id: "one", revision: 2, groups: [] });
    expect(await states.read({ id: "one", revision: 2, state: "" })).toEqual([]);
    states.remember({ id: "one", revision: 1, groups: [] });
    const [other] = fc.sample(group, 1);
    const groups = other ? [other] : [];
    expect(await states.read({ id: "one", revision: 3, state: await writeState(groups) })).toEqual(groups);
    for (let number = 0; number < 20; number++) states.remember({ id: String(number), revision: 1, groups: [] });
    expect(await states.read({ id: "one", revision: 2, state: await writeState(groups) })).toEqual(groups);
  });
});
