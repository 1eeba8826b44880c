import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { editAlignment } from "../../src/alignment/edit.ts";
import type { EditOperation } from "../../src/alignment/edit.ts";
import { stampTouched } from "../../src/alignment/group-marks.ts";
import type { AlignmentGroup, AlignmentState, RowNote } from "../../src/model/alignment.ts";

type Shape = { source: number; target: number; status: AlignmentGroup["status"]; bookmark: boolean };

/** A state with segment ids s0, s1, … and t0, t1, … dealt out in order. */
function makeState(shapes: readonly Shape[]): AlignmentState {
  let source = 0;
  let target = 0;
  return {
    groups: shapes.map((shape, at) => ({
      id: `g${at}`,
      source: Array.from({ length: shape.source }, () => `s${source++}`),
      target: Array.from({ length: shape.target }, () => `t${target++}`),
      confidence: 0.9,
      anchors: [{ kind: "number", source: "7", target: "seven" }],
      status: shape.status,
      ...(shape.bookmark ? { bookmark: true } : {}),
    })),
  };
}

const makeNote = (id: string): RowNote => ({ id, text: "查", author: "林岚", at: "2026-03-01T08:00:00.000Z" });

const shapes = (...rows: readonly string[]): AlignmentState =>
  makeState(
    rows.map((row) => ({
      source: Number(row[0]),
      target: Number(row[1]),
      status: row.endsWith("L") ? "locked" : row.endsWith("C") ? "confirmed" : "automatic",
      bookmark: false,
    })),
  );

const show = (state: AlignmentState): string =>
  state.groups.map((group) => `${group.source.join("+")}:${group.target.join("+")}`).join(" ");

const readSide = (state: AlignmentState, side: "source" | "target"): readonly string[] =>
  state.groups.flatMap((group) => group[side]);

const countNotes = (state: AlignmentState): number => state.groups.reduce((sum, { notes = [] }) => sum + notes.length, 0);

const operation = (ids: readonly string[]): fc.Arbitrary<EditOperation> => {
  const group = fc.constantFrom("unknown", ...ids);
  const side = fc.constantFrom("source" as const, "target" as const);
  const at = fc.integer({ min: -1, max: 4 });
  return fc.oneof(
    fc.record({ kind: fc.constantFrom("merge-previous" as const, "merge-next" as const), group }),
    fc.record({ kind: fc.constant("split" as const), group, sourceAt: at, targetAt: at }),
    fc.record({ kind: fc.constantFrom("move-first-up" as const, "move-last-down" as const), group, side }),
    fc.record({ kind: fc.constantFrom("shift-down" as const, "shift-up" as const), group, side }),
    fc.record({
      kind: fc.constantFrom(
        "insert-empty-above" as const,
        "insert-empty-below" as const,
        "remove-empty" as const,
        "mark-omitted" as const,
        "mark-added" as const,
        "unmark" as const,
        "confirm" as const,
        "confirm-up-to" as const,
        "unconfirm" as const,
        "lock" as const,
        "unlock" as const,
        "bookmark" as const,
        "unbookmark" as const,
        "mark-doubtful" as const,
        "unmark-doubtful" as const,
        "unpin" as const,
      ),
      group,
    }),
    fc.record({ kind: fc.constant("add-note" as const), group, note: fc.nat().map((number) => makeNote(`n${number}`)) }),
  );
};

const shape = fc.record({
  source: fc.integer({ min: 0, max: 3 }),
  target: fc.integer({ min: 0, max: 3 }),
  status: fc.constantFrom("automatic" as const, "automatic" as const, "confirmed" as const, "locked" as const),
  bookmark: fc.boolean(),
});

describe("editAlignment", () => {
  it("never loses, doubles or reorders a segment, nor changes a locked group, in any series of operations", () => {
    fc.assert(
      fc.property(fc.array(shape, { maxLength: 8 }), fc.infiniteStream(fc.nat()), (rows, choices) => {
        let state = makeState(rows);
        const source = readSide(state, "source");
        const target = readSide(state, "target");
        for (let round = 0; round < 25; round++) {
          const ids = state.groups.map((group) => group.id);
          const [next] = fc.sample(operation(ids), { numRuns: 1, seed: choices.next().value ?? 0 });
          if (!next) continue;
          const before = state;
          const result = editAlignment(state, next);
          if (!result.ok) continue;
          state = result.state;
          expect(readSide(state, "source")).toEqual(source);
          expect(readSide(state, "target")).toEqual(target);
          expect(new Set(state.groups.map((group) => group.id)).size).toBe(state.groups.length);
          expect(result.step.code).toBe(next.kind);
          // A note leaves only with an empty row that a person takes away.
          const notes = countNotes(before) + (next.kind === "add-note" ? 1 : 0);
          if (next.kind !== "remove-empty") expect(countNotes(state)).toBe(notes);
          for (const group of before.groups) {
            if (group.status !== "locked" || next.group === group.id) continue;
            expect(state.groups).toContain(group);
          }
        }
      }),
      { numRuns: 400 },
    );
  });

  it.each<[string, AlignmentState, EditOperation, string]>([
    ["merges with the next", shapes("11", "12"), { kind: "merge-next", group: "g0" }, "s0+s1:t0+t1+t2"],
    ["merges with the previous", shapes("11", "12"), { kind: "merge-previous", group: "g1" }, "s0+s1:t0+t1+t2"],
    ["splits", shapes("22"), { kind: "split", group: "g0", sourceAt: 1, targetAt: 1 }, "s0:t0 s1:t1"],
    ["parts the two sides", shapes("11"), { kind: "split", group: "g0", sourceAt: 0, targetAt: 1 }, ":t0 s0:"],
    ["moves up", shapes("11", "12"), { kind: "move-first-up", group: "g1", side: "target" }, "s0:t0+t1 s1:t2"],
    ["moves down", shapes("12", "11"), { kind: "move-last-down", group: "g0", side: "target" }, "s0:t0 s1:t1+t2"],
    ["drops a row moved empty", shapes("11", "01"), { kind: "move-first-up", group: "g1", side: "target" }, "s0:t0+t1"],
    ["shifts down", shapes("11", "11"), { kind: "shift-down", group: "g0", side: "target" }, "s0: s1:t0 :t1"],
    ["shifts down into a gap", shapes("11", "10"), { kind: "shift-down", group: "g0", side: "target" }, "s0: s1:t0"],
    ["shifts up", shapes("10", "11", "11"), { kind: "shift-up", group: "g1", side: "target" }, "s0:t0 s1:t1 s2:"],
    ["inserts an empty row", shapes("11", "11"), { kind: "insert-empty-below", group: "g0" }, "s0:t0 : s1:t1"],
  ])("%s", (_name, state, wanted, expected) => {
    const result = editAlignment(state, wanted);
    expect(result.ok && show(result.state)).toBe(expected);
  });

  it.each<[string, AlignmentState, EditOperation]>([
    ["unknown-group", shapes("11"), { kind: "confirm", group: "x" }],
    ["locked-group", shapes("11", "11L"), { kind: "merge-next", group: "g0" }],
    ["locked-group", shapes("11", "11L"), { kind: "shift-down", group: "g0", side: "source" }],
    ["confirmed-group", shapes("11", "11C"), { kind: "shift-down", group: "g0", side: "source" }],
    ["no-neighbour", shapes("11"), { kind: "merge-next", group: "g0" }],
    ["no-neighbour", shapes("11"), { kind: "shift-up", group: "g0", side: "source" }],
    ["nothing-to-move", shapes("11", "01"), { kind: "move-first-up", group: "g1", side: "source" }],
    ["nothing-to-split", shapes("11"), { kind: "split", group: "g0", sourceAt: 1, targetAt: 1 }],
    ["both-sides-present", shapes("11"), { kind: "mark-omitted", group: "g0" }],
    ["locked-group", shapes("11L"), { kind: "unconfirm", group: "g0" }],
    ["empty-group", shapes("00"), { kind: "confirm", group: "g0" }],
    ["not-empty", shapes("11"), { kind: "remove-empty", group: "g0" }],
    ["no-change", shapes("11C"), { kind: "confirm", group: "g0" }],
  ])("refuses with %s", (refusal, state, wanted) => {
    expect(editAlignment(state, wanted)).toEqual({ ok: false, refusal });
  });

  it("takes the automatic verdict away from rows that a person changed, and only from those", () => {
    const result = editAlignment(shapes("11", "11C", "11"), { kind: "merge-next", group: "g0" });
    expect(result.ok && result.state.groups.map((group) => [group.confidence, group.anchors.length, group.status])).toEqual([
      [0, 0, "automatic"],
      [0.9, 1, "automatic"],
    ]);
  });

  it("confirms everything above except empty rows, and leaves locked rows locked", () => {
    const result = editAlignment(shapes("11", "00", "11L", "11", "11"), { kind: "confirm-up-to", group: "g3" });
    expect(result.ok && result.state.groups.map((group) => group.status)).toEqual([
      "confirmed",
      "automatic",
      "locked",
      "confirmed",
      "automatic",
    ]);
  });

  it("marks an omission and an addition", () => {
    const omitted = editAlignment(shapes("10"), { kind: "mark-omitted", group: "g0" });
    expect(omitted.ok && omitted.state.groups[0]?.omission).toBe("omitted");
    const added = editAlignment(shapes("01"), { kind: "mark-added", group: "g0" });
    expect(added.ok && added.state.groups[0]?.omission).toBe("added");
  });

  it("puts other sentences in the place of some, wherever these stand, without touching what was said of their rows", () => {
    const state = shapes("21C", "11", "11");
    const change = { side: "source" as const, group: "g1" };
    const cut = editAlignment(state, { kind: "split-sentence", ...change, removed: ["s2"], inserted: ["x", "y"] });
    expect(cut.ok && show(cut.state)).toBe("s0+s1:t0 x+y:t1 s3:t2");
    const across = editAlignment(state, { kind: "restore-sentence", ...change, removed: ["s1", "s2", "s3"], inserted: ["z"] });
    expect(across.ok && show(across.state)).toBe("s0:t0 z:t1 :t2");
    const joined = editAlignment(state, {
      kind: "join-sentences",
      ...change,
      group: "g0",
      removed: ["s0", "s1"],
      inserted: ["z"],
    });
    expect(joined.ok && joined.state.groups[0]).toMatchObject({ status: "confirmed", confidence: 0.9, source: ["z"] });
    const odd = { kind: "restore-sentence" as const, ...change, inserted: ["z"] };
    for (const removed of [["s1", "s3"], ["t1"], [], ["s0"]]) {
      expect(editAlignment(state, { ...odd, removed })).toEqual({ ok: false, refusal: "unknown-sentence" });
    }
    expect(editAlignment(shapes("11L", "11"), { ...odd, removed: ["s0", "s1"] })).toEqual({ ok: false, refusal: "locked-group" });
  });

  it("keeps notes through a merge, confirms away a doubt, and passes doubtful rows over when it confirms all above", () => {
    const noted = editAlignment(shapes("11", "11"), { kind: "add-note", group: "g1", note: makeNote("n1") });
    const merged = noted.ok ? editAlignment(noted.state, { kind: "merge-previous", group: "g1" }) : noted;
    expect(merged.ok && merged.state.groups[0]?.notes?.map(({ id }) => id)).toEqual(["n1"]);
    const edit = (text: string) =>
      ({ kind: "edit-note", group: "g0", note: { ...makeNote("n1"), text, author: "Wu Han" } }) as const;
    const edited = merged.ok ? editAlignment(merged.state, edit("other words")) : merged;
    const again = edited.ok ? editAlignment(edited.state, edit("third words")) : edited;
    const [note] = (again.ok && again.state.groups[0]?.notes) || [];
    expect([note?.text, note?.author]).toEqual(["third words", "Wu Han"]);
    expect(note?.earlier?.map(({ text }) => text)).toEqual([makeNote("n1").text, "other words"]);
    expect(again.ok && editAlignment(again.state, edit("third words"))).toMatchObject({ refusal: "no-change" });
    const doubtful = editAlignment(shapes("11C", "11"), { kind: "mark-doubtful", group: "g0" });
    expect(doubtful.ok && doubtful.state.groups[0]).toMatchObject({ status: "automatic", doubtful: true });
    const above = doubtful.ok ? editAlignment(doubtful.state, { kind: "confirm-up-to", group: "g1" }) : doubtful;
    expect(above.ok && above.state.groups.map(({ status }) => status)).toEqual(["automatic", "confirmed"]);
    const settled = above.ok ? editAlignment(above.state, { kind: "confirm", group: "g0" }) : above;
    expect(settled.ok && settled.state.groups[0]).not.toHaveProperty("doubtful");
  });

  it("signs the rows that came out otherwise, and no others", () => {
    const before = shapes("11", "11", "11");
    const result = editAlignment(before, { kind: "merge-next", group: "g0" });
    const after = result.ok ? stampTouched(before.groups, result.state.groups, "林岚") : [];
    expect(after.map(({ touchedBy }) => touchedBy)).toEqual([["林岚"], undefined]);
    expect(stampTouched([], after, "吴桐")[0]?.touchedBy).toEqual(["林岚", "吴桐"]);
  });
});
