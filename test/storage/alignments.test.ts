import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AlignmentGroup, AlignmentState } from "../../src/model/alignment.ts";
import type { StoredAlignment } from "../../src/storage/alignment-store.ts";
import { applyDifference, findDifference, reverseDifference } from "../../src/storage/sql/alignment-difference.ts";
import { openStores } from "../../src/storage/stores.ts";
import type { Stores } from "../../src/storage/stores.ts";
import { addProject, lin, makeDocument, makeGroup, wu } from "./samples.ts";

let folder: string;
let stores: Stores;
let alignment: StoredAlignment;

const state = (...ids: string[]): AlignmentState => ({ groups: ids.map((id) => makeGroup(id)) });
const ids = (one: { readonly state: AlignmentState } | undefined) => one?.state.groups.map((group) => group.id).join("");

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "dingyi-store-"));
  stores = await openStores(join(folder, "store.sqlite"));
  const projectId = await addProject(stores);
  const source = await stores.documents.add(makeDocument(projectId), lin);
  const target = await stores.documents.add(makeDocument(projectId, { side: "target", language: "en" }), lin);
  const documents = { sourceDocumentId: source.id, targetDocumentId: target.id };
  alignment = await stores.alignments.create({ projectId, ...documents, state: state("a", "b", "c"), ...lin });
});

afterEach(async () => {
  await stores.close();
  await rm(folder, { recursive: true, force: true });
});

async function step(kind: "save" | "undo" | "redo", next?: AlignmentState): Promise<StoredAlignment> {
  const based = { alignmentId: alignment.id, baseRevision: alignment.revision, ...lin };
  const outcome =
    kind === "save"
      ? await stores.alignments.save({ ...based, name: `to-${next?.groups.length}`, state: next ?? { groups: [] } })
      : await stores.alignments[kind](based);
  if (outcome.kind === "saved") alignment = outcome.alignment;
  return alignment;
}

describe("an alignment", () => {
  it("is found by its documents and listed with counts", async () => {
    await step("save", { groups: [makeGroup("a", { status: "confirmed" }), makeGroup("b", { status: "locked" })] });
    expect(await stores.alignments.findByDocuments(alignment.sourceDocumentId, alignment.targetDocumentId)).toEqual(alignment);
    expect(await stores.alignments.find(alignment.id)).toEqual(alignment);
    expect(await stores.alignments.list(alignment.projectId)).toMatchObject([{ groupCount: 2, confirmedCount: 2, revision: 2 }]);
  });

  it("keeps edited sentences with the step that names them, also after undo and a restart; a stale step leaves none", async () => {
    const sentence = { id: "a1", text: "汛情", parts: [{ segment: "a", start: 0, end: 2 }], ...lin };
    const save = {
      alignmentId: alignment.id,
      baseRevision: alignment.revision,
      name: "split-sentence",
      state: state("a"),
      ...lin,
    };
    await stores.alignments.save({ ...save, sentences: [sentence] });
    const stale = await stores.alignments.save({ ...save, sentences: [{ ...sentence, id: "a2" }] });
    expect(stale.kind).toBe("stale");
    await stores.alignments.undo({ alignmentId: alignment.id, baseRevision: alignment.revision + 1, ...lin });
    await stores.close();
    stores = await openStores(join(folder, "store.sqlite"));
    expect(await stores.alignments.listSentences(alignment.id)).toEqual([sentence]);
  });

  it("undoes and redoes, also after a restart; a new step hides what was undone", async () => {
    await step("save", state("a", "b"));
    await step("save", state("a"));
    expect(alignment).toMatchObject({ undo: "to-1", revision: 3 });
    await stores.close();
    stores = await openStores(join(folder, "store.sqlite"));
    expect(ids(await step("undo"))).toBe("ab");
    expect(alignment).toMatchObject({ undo: "to-2", redo: "to-1" });
    expect(ids(await step("undo"))).toBe("abc");
    expect(alignment.undo).toBeUndefined();
    expect(ids(await step("redo"))).toBe("ab");
    expect(ids(await step("redo"))).toBe("a");
    expect(alignment.redo).toBeUndefined();
    await step("undo");
    expect(ids(await step("save", state("x", "b")))).toBe("xb");
    expect(alignment.redo).toBeUndefined();
    expect(ids(await step("undo"))).toBe("ab");
    expect((await stores.alignments.listSteps(alignment.id)).map((one) => one.kind).join(" ")).toBe(
      "edit edit undo undo redo redo undo edit undo",
    );
  });

  it("answers a stale step with both states and the base", async () => {
    await step("save", state("a", "b"));
    await step("undo");
    await step("save", state("a", "y"));
    const mine = { alignmentId: alignment.id, baseRevision: 2, name: "mine", state: state("z"), ...wu };
    const stale = await stores.alignments.save(mine);
    expect(stale.kind === "stale" && [stale.mine, stale.theirs.state, stale.base]).toEqual([
      state("z"),
      state("a", "y"),
      state("a", "b"),
    ]);
    expect(await stores.alignments.undo({ ...mine, baseRevision: 1 })).toMatchObject({
      kind: "stale",
      base: state("a", "b", "c"),
    });
    expect(await stores.alignments.undo({ ...mine, alignmentId: "none" })).toEqual({ kind: "refused", code: "not-found" });
  });

  it("behaves like a list of states with a pointer, whatever is done", async () => {
    const command = fc.oneof(
      fc.array(fc.constantFrom("a", "b", "c", "d", "e"), { maxLength: 5 }).map((names) => state(...new Set(names))),
      fc.constantFrom("undo" as const, "redo" as const),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(command, { maxLength: 20 }), async (commands) => {
        const start = state("a", "b", "c");
        const { projectId, sourceDocumentId, targetDocumentId } = alignment;
        alignment = await stores.alignments.create({ projectId, sourceDocumentId, targetDocumentId, state: start, ...lin });
        let past: AlignmentState[] = [start];
        let future: AlignmentState[] = [];
        for (const next of commands) {
          const now = past.at(-1) ?? start;
          if (next === "undo" && past.length > 1) {
            past = past.slice(0, -1);
            future = [now, ...future];
          } else if (next === "redo" && future[0]) {
            past = [...past, future[0]];
            future = future.slice(1);
          } else if (typeof next === "object") {
            past = [...past, next];
            future = [];
          }
          await (typeof next === "string" ? step(next) : step("save", next));
          expect(alignment.state).toEqual(past.at(-1));
          expect([alignment.undo !== undefined, alignment.redo !== undefined]).toEqual([past.length > 1, future.length > 0]);
        }
        expect((await stores.alignments.find(alignment.id))?.state).toEqual(past.at(-1));
      }),
      { numRuns: 25 },
    );
  });

  it("of ten thousand groups takes a step without a long pause", async () => {
    const groups = Array.from({ length: 10_000 }, (_, at) =>
      makeGroup(`00000000-0000-4000-8000-${at}`, { anchors: [{ kind: "number", source: "3400", target: "3,400" }] }),
    );
    await step("save", { groups });
    const start = performance.now();
    await step("save", { groups: groups.with(5000, makeGroup("merged")) });
    const saved = performance.now();
    await step("undo");
    console.log(`10,000 groups: step ${(saved - start).toFixed(0)} ms, undo ${(performance.now() - saved).toFixed(0)} ms`);
    expect(alignment.state.groups).toEqual(groups);
  });
});

describe("the difference of two states", () => {
  it("sees a change in any property of a group, at any depth", () => {
    const group = makeGroup("a", { anchors: [{ kind: "number", source: "3400", target: "3,400" }] });
    const changes: Partial<AlignmentGroup>[] = [
      { source: ["sa", "sb"] },
      { confidence: 0.5 },
      { status: "locked" },
      { omission: "added" },
      { bookmark: true },
      { anchors: [] },
      { anchors: [{ kind: "number", source: "3400", target: "3.400" }] },
    ];
    for (const change of changes) {
      const changed = { ...group, ...change };
      expect(findDifference([group], [changed])).toEqual({ start: 0, removed: [group], inserted: [changed] });
      expect(findDifference([changed], [group])).toEqual({ start: 0, removed: [changed], inserted: [group] });
    }
    expect(findDifference([group], [structuredClone(group)])).toEqual({ start: 1, removed: [], inserted: [] });
  });

  it("leads from one to the other and back, and is no longer than it must be at its ends", () => {
    const groups = fc
      .array(fc.tuple(fc.constantFrom("a", "b", "c"), fc.constantFrom<AlignmentGroup["status"]>("automatic", "confirmed")))
      .map((list) => list.map(([id, status]) => makeGroup(id, { status })));
    fc.assert(
      fc.property(groups, groups, (before, after) => {
        const difference = findDifference(before, after);
        expect(applyDifference(before, difference)).toEqual(after);
        expect(applyDifference(after, reverseDifference(difference))).toEqual(before);
        const { removed, inserted } = difference;
        if (removed.length > 0 && inserted.length > 0) {
          expect(removed[0]).not.toEqual(inserted[0]);
          expect(removed.at(-1)).not.toEqual(inserted.at(-1));
        }
      }),
    );
  });
});
