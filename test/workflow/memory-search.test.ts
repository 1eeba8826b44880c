import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { NewUnit } from "../../src/storage/memory-store.ts";
import { openApplication } from "../../src/workflow/application.ts";
import type { Application } from "../../src/workflow/application.ts";
import { openMemorySearch, searchMemories, searchMemory } from "../../src/workflow/memory-search.ts";
import { createProject } from "../../src/workflow/projects.ts";

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
  it("finds units in all memories, in those that were named, and in one whose project need not be known", async () => {
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
    expect(await searchMemory(application, { memoryId: one.id, text })).toEqual(all.slice(0, 1));
    expect(await searchMemory(application, { memoryId: "nowhere", text })).toBeUndefined();
    const memory = await openMemorySearch(application, projectId);
    expect([memory.size, [...memory.memories.keys()]]).toEqual([3, [one.id, two.id]]);
    // Switched off it gives no matches, and is still found by who names it.
    await application.stores.memories.change({ ...one, isUsed: false });
    expect((await searchMemories(application, { projectId, text })).map(({ memoryId }) => memoryId)).toEqual([two.id]);
    expect(await searchMemory(application, { memoryId: one.id, text })).toHaveLength(1);
  });
});
