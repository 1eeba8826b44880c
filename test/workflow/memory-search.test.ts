import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { NewUnit } from "../../src/storage/memory-store.ts";
import { openUnitTexts } from "../../src/storage/unit-texts.ts";
import { openApplication, STORE_FILE } from "../../src/workflow/application.ts";
import type { Application } from "../../src/workflow/application.ts";
import { openMemorySearch, searchMemories } from "../../src/workflow/memory-search.ts";
import { createProject } from "../../src/workflow/projects.ts";
import { scan } from "../memory/scan.ts";

const AT = "2026-03-01T08:00:00.000Z";
const signed = { author: "林岚", at: AT };

let folder: string;
let application: Application;
let projectId: string;

async function open(): Promise<void> {
  const outcome = await openApplication({ dataFolder: folder });
  if (outcome.kind === "failed") throw new Error(outcome.code);
  application = outcome.application;
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "dingyi-search-"));
  await open();
  projectId = (await createProject(application, { name: "云溪" })).id;
});

afterEach(async () => {
  await application.close();
  await rm(folder, { recursive: true, force: true });
});

const unitOf = (originKey: string, source: string): NewUnit => ({
  originKey,
  source,
  target: `translation of ${source}`,
  sourceLanguage: "zh",
  targetLanguage: "en",
  state: "final",
});

const addMemory = (name: string, more: { priority?: number; penalty?: number } = {}) =>
  application.stores.memories.create({ projectId, name, priority: 0, penalty: 0, readOnly: false, createdAt: AT, ...more });

const save = (memoryId: string, ...units: NewUnit[]) => application.stores.memories.saveUnits({ memoryId, units, ...signed });

describe("searching the memories of a project", () => {
  it("finds units in all memories, and in those that were named", async () => {
    const [one, two] = [await addMemory("一", { priority: 1 }), await addMemory("二")];
    await save(one.id, unitOf("1", "做好防汛工作。"), unitOf("2", "与此无关的一句话。"));
    await save(two.id, unitOf("1", "做好防疫工作。"));
    const text = "做好防汛工作。";
    const all = await searchMemories(application, { projectId, text });
    expect(all.map((hit) => [hit.memoryId, Math.round(hit.similarity)])).toEqual([
      [one.id, 100],
      [two.id, 86],
    ]);
    expect(await searchMemories(application, { projectId, text, memoryIds: [two.id] })).toEqual(all.slice(1));
    expect(await searchMemories(application, { projectId, text, memoryIds: [] })).toEqual([]);
    expect(await searchMemories(application, { projectId, text, memoryIds: ["nowhere"] })).toEqual([]);
    const memory = await openMemorySearch(application, projectId);
    expect([memory.size, [...memory.memories.keys()]]).toEqual([3, [one.id, two.id]]);
    // Switched off it gives no matches, and is still found by who names it.
    await application.stores.memories.change({ ...one, isUsed: false });
    expect((await searchMemories(application, { projectId, text })).map(({ memoryId }) => memoryId)).toEqual([two.id]);
    expect(await searchMemories(application, { projectId, text, memoryIds: [one.id] })).toHaveLength(1);
  });

  it("finds what the store has after any saves, removals, undone steps, trips to the trash and restarts", async () => {
    let seed = 20;
    const random = (below: number) => (seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff) % below;
    const words = ["防汛", "抗旱", "工作", "责任", "落实"];
    const textOf = () => Array.from({ length: 2 + random(4) }, () => words[random(words.length)] ?? "").join("");
    const ids = [(await addMemory("一", { penalty: 4 })).id, (await addMemory("二", { priority: 2 })).id];
    const steps: string[] = [];
    const removeSome = async () => {
      const { memories, memorySteps } = application.stores;
      const { id: stepId } = await memorySteps.start({ projectId, kind: "delete", detail: {}, ...signed });
      const unitIds = (await memories.loadUnits(projectId)).filter(() => random(5) === 0).map((unit) => unit.id);
      await memories.changeUnits({ projectId, unitIds, change: () => "remove", stepId, ...signed });
      await memorySteps.finish(stepId, AT);
      steps.push(stepId);
    };
    const actions: readonly (() => Promise<unknown>)[] = [
      () => save(ids[random(2)] ?? "", ...Array.from({ length: 1 + random(20) }, () => unitOf(String(random(80)), textOf()))),
      () => application.stores.memories.removeUnits({ memoryId: ids[random(2)] ?? "", originKeys: ["3", "5", "8"], ...signed }),
      removeSome,
      async () =>
        steps.length > 0 && application.stores.memorySteps.undo({ stepId: steps[random(steps.length)] ?? "", ...signed }),
      () => application.stores.memories.moveToTrash(ids[0] ?? "", AT),
      () => application.stores.memories.takeFromTrash(ids[0] ?? ""),
      async () => {
        await application.close();
        await open();
      },
    ];
    // From a thousand units on the index is saved when the server stops.
    await save(ids[1] ?? "", ...Array.from({ length: 1100 }, (_, number) => unitOf(`old ${number}`, `第${number}号文件`)));
    for (let turn = 0; turn < 40; turn++) {
      await actions[random(actions.length)]?.();
      const text = textOf();
      const memory = await openMemorySearch(application, projectId);
      const found = memory.search(text, { threshold: 60, limit: 2000 });
      const units = await application.stores.memories.loadUnits(projectId);
      const penalties = [...memory.memories.values()].map(({ id, penalty }) => [id, penalty] as const);
      const groups = penalties.map(([, penalty], rank) => ({ penalty, rank }));
      const scanned = units.map(({ source, memoryId }) => ({ source, group: penalties.findIndex(([id]) => id === memoryId) }));
      const expected = scan(scanned, text, { threshold: 60, limit: 2000, groups });
      const describeHit = (id: string | undefined, similarity: number) => `${id} ${similarity}`;
      expect([turn, found.map((hit) => describeHit(hit.unitId, hit.similarity)).sort()]).toEqual([
        turn,
        expected.map((hit) => describeHit(units[hit.unit]?.id, hit.similarity)).sort(),
      ]);
      expect(found.map((hit) => hit.score)).toEqual(found.map((hit) => hit.score).sort((one, other) => other - one));
      expect(memory.size).toBe(units.length);
    }
  });

  it("finds what the store has when so many units are read that they come through a connection of their own", async () => {
    const memory = await addMemory("一");
    const units = Array.from({ length: 10_500 }, (_, at) => unitOf(String(at), `第${at}号文件要求做好防汛工作`));
    await save(memory.id, ...units);
    const { memories } = application.stores;
    await memories.removeUnits({ memoryId: memory.id, originKeys: ["0", "1000", "1001", "5000", "10499"], ...signed });
    const texts = openUnitTexts(join(folder, STORE_FILE));
    for (const after of [0, 7, 10_400, 20_000]) {
      const wanted: unknown[] = [];
      for await (const piece of memories.readUnits(memory.id, after)) {
        for (const unit of piece) wanted.push([unit.position, unit.target, unit.document ?? null, unit.state, unit.source]);
      }
      const columns = ["target", "document", "state", "source"] as const;
      expect([...texts.readColumns(columns, { memoryId: memory.id, after })].flat()).toEqual(wanted);
    }
    texts.close();
    expect((await openMemorySearch(application, projectId)).size).toBe(10_495);
    for (const [at, found] of [
      [999, 1],
      [1000, 0],
      [10_498, 1],
    ] as const) {
      const text = units[at]?.source ?? "";
      expect((await searchMemories(application, { projectId, text, threshold: 100 })).length).toBe(found);
    }
  });

  it("compares words instead of characters as soon as the source language of the project is one that has words", async () => {
    const memory = await addMemory("一");
    await save(memory.id, unitOf("1", "strengthen flood control now"));
    const search = () => searchMemories(application, { projectId, text: "strengthen flood contral now", threshold: 50 });
    expect((await search()).map((hit) => Math.round(hit.similarity))).toEqual([96]);
    const project = await application.stores.projects.find(projectId);
    await application.stores.projects.change({
      id: projectId,
      name: project?.name ?? "",
      sourceLanguage: "en",
      targetLanguage: "zh",
    });
    expect((await search()).map((hit) => Math.round(hit.similarity))).toEqual([75]);
  });
});
