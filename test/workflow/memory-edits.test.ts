/** Bulk edits, duplicates, statistics and the care of memories, on a real store. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Job } from "../../src/model/job.ts";
import type { NewUnit } from "../../src/storage/memory-store.ts";
import { openApplication } from "../../src/workflow/application.ts";
import type { Application } from "../../src/workflow/application.ts";
import {
  changeMemory,
  createMemory,
  lendMemory,
  listMemories,
  removeMemory,
  restoreMemory,
} from "../../src/workflow/memory-care.ts";
import { listDuplicates, startDuplicateSearch, startMerge } from "../../src/workflow/memory-duplicates.ts";
import { previewEdit, replaceText, startEdit } from "../../src/workflow/memory-edits.ts";
import type { UnitEdit } from "../../src/workflow/memory-edits.ts";
import { findStatistics } from "../../src/workflow/memory-statistics.ts";
import { listSteps, startStepUndo } from "../../src/workflow/memory-steps.ts";

const AT = "2026-03-01T08:00:00.000Z";
const projectId = "yunxi";
const author = "林岚";
let folder: string;
let application: Application;
let memoryId: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "dingyi-edits-"));
  const outcome = await openApplication({ dataFolder: folder, clock: () => AT });
  if (outcome.kind === "failed") throw new Error(outcome.code);
  application = outcome.application;
  for (const [id, name] of [
    [projectId, "云溪"],
    ["linjiang", "临江"],
  ] as const) {
    await application.stores.projects.create({ id, name, sourceLanguage: "zh", targetLanguage: "en", createdAt: AT });
  }
  const made = await createMemory(application, { projectId, name: " 水利 " });
  if (made.kind !== "done") throw new Error(made.code);
  memoryId = made.memory.id;
});

afterEach(async () => {
  await application.close();
  await rm(folder, { recursive: true, force: true });
});

const unit = (number: number, more: Partial<NewUnit> = {}): NewUnit => ({
  originKey: `import:a:${number}`,
  source: `第${number}条：压实责任。`,
  target: `Article ${number}: Fulfil responsibilities.`,
  sourceLanguage: "zh",
  targetLanguage: "en",
  state: "translated",
  ...more,
});
const save = (units: readonly NewUnit[]) => application.stores.memories.saveUnits({ memoryId, units, author, at: AT });
const load = () => application.stores.memories.loadUnits(projectId);
const targets = async () => (await load()).map(({ target }) => target);

async function done(job: Job | undefined): Promise<Job> {
  const ended = await application.jobs.waitFor(job?.id ?? "");
  expect(ended).toMatchObject({ state: "done" });
  if (!ended) throw new Error("no job");
  return ended;
}

const replace = (find: string, replacement: string, more = {}): UnitEdit => ({
  ...{ kind: "replace", side: "target", find, replacement, matchCase: true },
  ...more,
});

describe("an edit of many units", () => {
  it("does what its preview says, as one step that is undone and done again whole", async () => {
    await save(Array.from({ length: 1200 }, (_, number) => unit(number, number % 3 === 0 ? { author: "吴桐" } : {})));
    const before = await targets();
    const given = { projectId, author, selection: { filter: { author: "吴桐" } }, edit: replace("Fulfil", "Assume") };
    const preview = await previewEdit(application, given);
    expect(preview).toMatchObject({ changed: 400, isComplete: true, readOnly: 0 });
    expect(preview.first[0]?.after?.target).toBe("Article 0: Assume responsibilities.");
    expect(await targets()).toEqual(before);
    const job = await done(await startEdit(application, given));
    const after = await targets();
    expect(after).toEqual(before.map((text, at) => (at % 3 === 0 ? text.replace("Fulfil", "Assume") : text)));
    const [step] = (await listSteps(application, projectId)).items;
    expect(step).toMatchObject({ id: job.result, kind: "edit", replaced: 400, detail: { edit: "replace", find: "Fulfil" } });
    await done(await startStepUndo(application, { projectId, stepId: job.result ?? "", author }));
    expect(await targets()).toEqual(before);
    await done(await startStepUndo(application, { projectId, stepId: job.result ?? "", author }));
    expect(await targets()).toEqual(after);
    expect(await startStepUndo(application, { projectId: "linjiang", stepId: job.result ?? "", author })).toBeUndefined();
  });

  it("sets states, documents, authors and notes, removes, and leaves read-only memories and what is so already", async () => {
    await save([unit(1), unit(2, { state: "final", notes: ["旧"] })]);
    const unitIds = (await load()).map(({ id }) => id);
    const run = async (edit: UnitEdit) => done(await startEdit(application, { projectId, author, selection: { unitIds }, edit }));
    await run({ kind: "state", state: "final" });
    await run({ kind: "document", value: "通知" });
    await run({ kind: "author", value: "吴桐" });
    await run({ kind: "note", note: "已核" });
    expect(await load()).toMatchObject([
      { state: "final", document: "通知", author: "吴桐", notes: ["已核"] },
      { state: "final", document: "通知", author: "吴桐", notes: ["旧", "已核"] },
    ]);
    expect((await listSteps(application, projectId)).items.map(({ replaced }) => replaced)).toEqual([2, 2, 2, 1]);
    // A text must not become empty.
    const emptied = replace("Article 1: Fulfil responsibilities.", "");
    expect(await previewEdit(application, { projectId, selection: { filter: {} }, edit: emptied })).toMatchObject({ changed: 0 });
    await changeMemory(application, { projectId, id: memoryId, author, readOnly: true });
    const edit = { kind: "remove" } as const;
    expect(await previewEdit(application, { projectId, selection: { filter: {} }, edit })).toMatchObject({
      changed: 0,
      readOnly: 2,
    });
    await run(edit);
    expect(await load()).toHaveLength(2);
    await changeMemory(application, { projectId, id: memoryId, author, readOnly: false });
    await run(edit);
    expect(await load()).toHaveLength(0);
  });

  it("moves inline codes with the text they stand in", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b", "A", "İ", "压"), maxLength: 12 });
    fc.assert(
      fc.property(letters, letters, letters, fc.boolean(), (text, find, replacement, matchCase) => {
        const codes = Array.from({ length: text.length + 1 }, (_, at) => ({ at, xml: String(at) }));
        const changed = replaceText(text, { find, replacement, matchCase, codes });
        if (matchCase) expect(changed?.text ?? text).toBe(find === "" ? text : text.replaceAll(find, () => replacement));
        if (!changed) return;
        const places = changed.codes.map(({ at }) => at);
        expect(places).toEqual(places.toSorted((one, other) => one - other));
        expect(places.at(0)).toBe(0);
        expect(places.at(-1)).toBe(changed.text.length);
      }),
    );
    const codes = [{ at: 4, xml: "<b>" }];
    expect(replaceText("one two", { find: "ONE", replacement: "three", matchCase: false, codes })).toEqual({
      text: "three two",
      codes: [{ at: 6, xml: "<b>" }],
    });
  });
});

describe("duplicates", () => {
  it("are found by a job, merged with what they know, kept in the history, and come back by undo", async () => {
    await save([
      unit(1, { notes: ["一"], changedAt: "2020-01-01T00:00:00.000Z" }),
      unit(2, { ...unit(1), originKey: "import:a:2", state: "final", notes: ["二"], properties: [{ type: "x", value: "y" }] }),
      unit(3, { source: unit(1).source, target: "Clause 1." }),
      unit(4),
    ]);
    const before = await load();
    expect(await listDuplicates(application, { projectId })).toBeUndefined();
    await done(await startDuplicateSearch(application, { projectId }));
    const found = await listDuplicates(application, { projectId });
    expect(found).toMatchObject({
      isStale: false,
      total: 3,
      run: { unitCount: 4, groups: { equal: 1, targets: 1, numbers: 1 } },
    });
    const [equal] = found?.groups ?? [];
    expect(equal).toMatchObject({ kind: "equal", keep: before[1]?.id });
    const job = await done(await startMerge(application, { projectId, author, kind: "equal" }));
    const [kept] = await load();
    expect(await load()).toHaveLength(3);
    expect(kept).toMatchObject({ id: before[1]?.id, notes: ["二", "一"], properties: [{ type: "x", value: "y" }] });
    const history = await application.stores.memories.unitHistory(memoryId, "import:a:1");
    expect(history).toMatchObject([{ action: "remove", mergedInto: kept?.id, author, stepId: job.result }]);
    expect(await listDuplicates(application, { projectId, kind: "equal" })).toMatchObject({ isStale: true, total: 0 });
    const [targetsGroup] = (await listDuplicates(application, { projectId, kind: "targets" }))?.groups ?? [];
    const wish = { position: targetsGroup?.position ?? -1, keep: before[2]?.id };
    await done(await startMerge(application, { projectId, author, groups: [wish] }));
    expect(await targets()).toEqual(["Clause 1.", unit(4).target]);
    for (const step of (await listSteps(application, projectId)).items) {
      await done(await startStepUndo(application, { projectId, stepId: step.id, author }));
    }
    expect(await load()).toEqual(before);
  });
});

describe("the memories of a project", () => {
  it("are named once, weighed, put in the trash and brought back; those it fills itself stay", async () => {
    expect(await createMemory(application, { projectId, name: "水利" })).toEqual({ kind: "refused", code: "name-taken" });
    expect(await createMemory(application, { projectId, name: " " })).toEqual({ kind: "refused", code: "name-missing" });
    expect(await createMemory(application, { projectId, name: "alignments" })).toMatchObject({ code: "name-taken" });
    const change = { projectId, id: memoryId, author };
    expect(await changeMemory(application, { ...change, name: "防汛", penalty: 5 })).toMatchObject({ memory: { penalty: 5 } });
    expect(await removeMemory(application, { projectId, id: memoryId })).toMatchObject({ kind: "done" });
    expect(await createMemory(application, { projectId, name: "防汛" })).toMatchObject({ kind: "done" });
    expect(await restoreMemory(application, { projectId, id: memoryId })).toEqual({ kind: "refused", code: "name-taken" });
    const own = { projectId, name: "translations", priority: 1, penalty: 0, readOnly: false, createdAt: AT };
    const { id } = await application.stores.memories.open(own);
    expect(await removeMemory(application, { projectId, id })).toEqual({ kind: "refused", code: "own-memory" });
    expect(await changeMemory(application, { projectId, id, author, name: "x" })).toMatchObject({ code: "own-memory" });
    const overview = await listMemories(application, "linjiang");
    expect(overview.attachable.map(({ name, projectName }) => [name, projectName])).toContainEqual(["translations", "云溪"]);
    await lendMemory(application, { projectId: "linjiang", memoryId: id, author, penalty: 3 });
    // A lent memory of that name is not taken for the project's own.
    expect((await application.stores.memories.open({ ...own, projectId: "linjiang" })).id).not.toBe(id);
    const changed = await changeMemory(application, {
      projectId: "linjiang",
      id,
      author,
      penalty: 9,
      name: "mine",
      readOnly: false,
    });
    expect(changed).toMatchObject({ memory: { penalty: 9, name: "translations", readOnly: true } });
    await removeMemory(application, { projectId: "linjiang", id });
    expect((await listMemories(application, projectId)).memories.map((memory) => memory.name)).toContain("translations");
  });

  it("are counted, and counted again when something has changed", async () => {
    await save([
      unit(1, { document: "通知", createdAt: "2019-05-01T00:00:00.000Z" }),
      unit(2, { ...unit(1), originKey: "import:a:2", author: "吴桐" }),
      unit(3, { source: "防汛ABC 3", target: "It’s flood-control work.", state: "final", changedAt: AT }),
    ]);
    const statistics = await findStatistics(application, { projectId, memoryId });
    expect(statistics).toMatchObject({
      units: 3,
      repeated: 1,
      source: { characters: 9 + 9 + 6, words: 7 + 7 + 4, longest: 9, average: 8 },
      target: { words: 4 + 4 + 3 },
      documents: [
        { value: "", count: 2 },
        { value: "通知", count: 1 },
      ],
      states: [
        { value: "translated", count: 2 },
        { value: "final", count: 1 },
      ],
    });
    expect(statistics?.years.map(({ value }) => value)).toEqual(["2026", "2019", ""]);
    expect(await findStatistics(application, { projectId })).toEqual(statistics);
    await save([unit(4)]);
    expect(await findStatistics(application, { projectId, memoryId })).toMatchObject({ units: 4 });
    expect(await findStatistics(application, { projectId, memoryId: "none" })).toBeUndefined();
  });
});
