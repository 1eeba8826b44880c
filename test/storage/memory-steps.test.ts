import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Memory, NewUnit, StoredUnit } from "../../src/storage/memory-store.ts";
import { openStores } from "../../src/storage/stores.ts";
import type { Stores } from "../../src/storage/stores.ts";
import { addProject, AT, lin, makeUnit, wu } from "./samples.ts";

let stores: Stores;
let projectId: string;
let memory: Memory;

beforeEach(async () => {
  stores = await openStores(":memory:");
  projectId = await addProject(stores);
  memory = await stores.memories.create({ projectId, name: "云溪", priority: 1, penalty: 0, readOnly: false, createdAt: AT });
});

afterEach(() => stores.close());

const load = () => stores.memories.loadUnits(projectId);

async function importUnits(units: readonly NewUnit[], memoryId = memory.id): Promise<string> {
  const { id } = await stores.memorySteps.start({ projectId, memoryId, kind: "import", detail: { name: "a.tmx" }, ...lin });
  await stores.memories.saveUnits({ memoryId, units, importId: id, ...lin });
  await stores.memorySteps.finish(id, AT);
  return id;
}

async function change(kind: "edit" | "delete", chosen: (unit: StoredUnit) => boolean, text = "changed"): Promise<string> {
  const { id: stepId } = await stores.memorySteps.start({ projectId, kind, detail: {}, ...wu });
  const unitIds = (await load()).filter(chosen).map((unit) => unit.id);
  const to = (unit: StoredUnit) => (kind === "delete" ? ("remove" as const) : { target: `${text} ${unit.position}` });
  await stores.memories.changeUnits({ projectId, unitIds, change: to, stepId, ...wu });
  await stores.memorySteps.finish(stepId, AT);
  return stepId;
}

const undo = (stepId: string) => stores.memorySteps.undo({ stepId, ...lin });
const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => from + at);

describe("a step of a memory", () => {
  it("is undone once, however often it is asked for by those who saw it standing", async () => {
    await stores.memories.saveUnits({ memoryId: memory.id, units: [makeUnit(1)], ...lin });
    const before = await load();
    const stepId = await change("delete", () => true);
    const ask = (seen: string) => stores.memorySteps.undo({ stepId, seen, ...lin });
    const outcome = await ask(stepId);
    expect(outcome.kind).toBe("undone");
    expect(await ask(stepId)).toEqual({ kind: "refused", code: "transition-not-allowed" });
    expect(await load()).toEqual(before);
    const undoId = outcome.kind === "undone" ? outcome.undoId : "";
    expect((await ask(undoId)).kind).toBe("undone");
    expect(await load()).toEqual([]);
    expect(await ask(undoId)).toEqual({ kind: "refused", code: "transition-not-allowed" });
    expect(await load()).toEqual([]);
  });

  it("undone and done again gives the very units that were there before and after", async () => {
    const action = fc.record({
      kind: fc.constantFrom("import", "edit", "delete"),
      from: fc.nat(40),
      count: fc.integer({ min: 1, max: 20 }),
      text: fc.constantFrom("one", "two"),
      undos: fc.nat(4),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 6 }), async (actions) => {
        await stores.close();
        stores = await openStores(":memory:");
        await addProject(stores);
        memory = await stores.memories.create({ ...memory });
        await stores.memories.saveUnits({ memoryId: memory.id, units: numbers(0, 30).map((number) => makeUnit(number)), ...lin });
        for (const { kind, from, count, text, undos } of actions) {
          const before = await load();
          const chosen = (unit: StoredUnit) => unit.position > from && unit.position <= from + count;
          const units = numbers(from, from + count).map((number) => makeUnit(number, { target: text, tuid: `t${number}` }));
          const id =
            kind === "import" ? await importUnits(units) : await change(kind === "edit" ? "edit" : "delete", chosen, text);
          const after = await load();
          for (let time = 1; time <= undos; time++) {
            expect(await undo(id)).toMatchObject({ kind: "undone" });
            expect(await load()).toEqual(time % 2 === 1 ? before : after);
            const [listed] = (await stores.memorySteps.list(projectId)).items;
            expect(listed).toMatchObject({ id, isUndone: time % 2 === 1, isHalfUndone: false, last: { unchanged: 0 } });
          }
          expect(await stores.memories.countUnits(memory.id)).toBe((await load()).length);
        }
      }),
      { numRuns: 25 },
    );
  });

  it("leaves units that others changed since, and says how many", async () => {
    await importUnits(numbers(0, 10).map((number) => makeUnit(number)));
    const first = await change("edit", () => true, "first");
    await change("edit", (unit) => unit.position <= 3, "second");
    await undo(first);
    const [, undone] = (await stores.memorySteps.list(projectId)).items;
    expect(undone).toMatchObject({ id: first, isUndone: true, last: { replaced: 7, unchanged: 3 } });
    expect((await load()).map((unit) => unit.target.split(" ")[0])).toEqual([
      ...["second", "second", "second"],
      ...Array<string>(7).fill("Notice"),
    ]);
  });

  it("that was an import takes with it what was made of its units since, and gives it back", async () => {
    await stores.memories.saveUnits({ memoryId: memory.id, units: [makeUnit(1, { target: "mine" })], ...lin });
    const before = await load();
    const id = await importUnits(numbers(0, 5).map((number) => makeUnit(number)));
    await change("edit", () => true);
    const edited = await load();
    await undo(id);
    expect(await load()).toEqual(before);
    const key = "import:sample:0";
    expect((await stores.memories.unitHistory(memory.id, key)).map((line) => line.action)).toEqual(["replace", "remove"]);
    await undo(id);
    expect(await load()).toEqual(edited);
    expect((await stores.memories.unitHistory(memory.id, key)).at(-1)).toMatchObject({ action: "restore", author: "林岚" });
  });

  it("does not bring a unit back over one that came in its place", async () => {
    const id = await importUnits([makeUnit(1)]);
    await undo(id);
    await stores.memories.saveUnits({ memoryId: memory.id, units: [makeUnit(1, { target: "newer" })], ...wu });
    await undo(id);
    expect((await load()).map((unit) => unit.target)).toEqual(["newer"]);
    expect((await stores.memorySteps.list(projectId)).items[0]?.last).toMatchObject({ added: 0, unchanged: 1 });
  });

  it("whose undo was cut off is finished by undoing again", async () => {
    const units = numbers(0, 1700).map((number) => makeUnit(number));
    await stores.memories.saveUnits({ memoryId: memory.id, units: units.slice(0, 900), ...lin });
    const before = await load();
    const id = await importUnits(units.map((unit) => ({ ...unit, target: `new ${unit.originKey}` })));
    const controller = new AbortController();
    const onProgress = ({ done }: { readonly done: number }) => {
      if (done > 1000) controller.abort();
    };
    const cutOff = stores.memorySteps.undo({ stepId: id, onProgress, signal: controller.signal, ...lin });
    await expect(cutOff).rejects.toThrow();
    expect((await stores.memorySteps.list(projectId)).items[0]).toMatchObject({ isUndone: false, isHalfUndone: true });
    expect((await load()).length).toBeGreaterThan(900);
    await undo(id);
    expect(await load()).toEqual(before);
    expect((await stores.memorySteps.list(projectId)).items[0]).toMatchObject({ isUndone: true, isHalfUndone: false });
    await expect(undo("none")).resolves.toEqual({ kind: "refused", code: "not-found" });
  });
});

describe("a memory", () => {
  it("in the trash is not found, and comes back as it was", async () => {
    await importUnits([makeUnit(1)]);
    const before = await stores.memories.list(projectId);
    await stores.memories.moveToTrash(memory.id, AT);
    expect(await stores.memories.list(projectId)).toEqual([]);
    expect(await stores.memories.find(memory.id)).toBeUndefined();
    expect(await stores.memories.countFiltered(projectId, {})).toBe(0);
    expect(await stores.memories.saveUnits({ memoryId: memory.id, units: [], ...lin })).toMatchObject({ kind: "refused" });
    expect(await stores.memories.listTrash(projectId)).toEqual([{ id: memory.id, name: "云溪", unitCount: 1, removedAt: AT }]);
    await stores.memories.takeFromTrash(memory.id);
    expect(await stores.memories.list(projectId)).toEqual(before);
  });

  it("of another project is read and never written when it is lent", async () => {
    await importUnits([makeUnit(1)]);
    const other = { id: "other", name: "临江", sourceLanguage: "zh", targetLanguage: "en", createdAt: AT };
    await stores.projects.create(other);
    expect(await stores.memories.attach({ projectId, memoryId: memory.id, priority: 1, penalty: 0, ...lin })).toBe(false);
    const [offered] = await stores.memories.listAttachable("other");
    expect(offered).toMatchObject({ id: memory.id, unitCount: 1, projectId });
    const version = await stores.memories.memoryVersion("other");
    expect(await stores.memories.attach({ projectId: "other", memoryId: memory.id, priority: 7, penalty: 5, ...lin })).toBe(true);
    expect(await stores.memories.list("other")).toMatchObject([
      { id: memory.id, priority: 7, penalty: 5, readOnly: true, isLent: true, projectId },
    ]);
    expect(await stores.memories.listAttachable("other")).toEqual([]);
    expect(await stores.memories.memoryVersion("other")).toBeGreaterThan(version);
    const [unit] = await stores.memories.readFiltered("other", {}, { limit: 5 });
    const change = () => "remove" as const;
    const given = { projectId: "other", unitIds: [unit?.id ?? ""], change, ...lin };
    expect(await stores.memories.changeUnits(given)).toEqual({ replaced: 0, removed: 0, unchanged: 1 });
    const seen = await stores.memories.memoryVersion("other");
    await stores.memories.saveUnits({ memoryId: memory.id, units: [makeUnit(2)], ...lin });
    expect(await stores.memories.memoryVersion("other")).toBeGreaterThan(seen);
    expect(await stores.memories.detach({ projectId: "other", memoryId: memory.id })).toBe(true);
    expect(await stores.memories.list("other")).toEqual([]);
  });
});
