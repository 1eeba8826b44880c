import { createHash } from "node:crypto";
import { copyFile, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { NewUnit } from "../../src/storage/memory-store.ts";
import { openApplication, STORE_FILE } from "../../src/workflow/application.ts";
import type { Application } from "../../src/workflow/application.ts";
import { openMemorySearch } from "../../src/workflow/memory-search.ts";
import { createProject } from "../../src/workflow/projects.ts";

const AT = "2026-03-01T08:00:00.000Z";
const signed = { author: "林岚", at: AT };
const COUNT = 1200;

let folder: string;
let application: Application;
let projectId: string;
let memoryId: string;

async function open(): Promise<void> {
  const outcome = await openApplication({ dataFolder: folder });
  if (outcome.kind === "failed") throw new Error(outcome.code);
  application = outcome.application;
}

async function reopen(between: () => Promise<void> | void = () => undefined): Promise<void> {
  await application.close();
  await between();
  await open();
}

const sourceOf = (number: number) => `第${number}号文件已经印发${number % 97}个市、${(number * 7) % 31}个县执行。`;

const unitOf = (number: number, source = sourceOf(number)): NewUnit => ({
  originKey: String(number),
  source,
  target: `translation of ${source}`,
  sourceLanguage: "zh",
  targetLanguage: "en",
  state: "final",
});

const save = (...units: NewUnit[]) => application.stores.memories.saveUnits({ memoryId, units, ...signed });

/** The texts, in the store, of the best hits for a text. */
async function find(text: string, limit = 1): Promise<(string | undefined)[]> {
  const memory = await openMemorySearch(application, projectId);
  const hits = memory.search(text, { threshold: 90, limit });
  const units = await application.stores.memories.findUnits(hits.map((hit) => hit.unitId));
  return hits.map((hit) => units.get(hit.unitId)?.source);
}

const nameOf = () => `${createHash("sha256").update(projectId).digest("hex").slice(0, 32)}.index`;
const fileOf = () => join(folder, "memory-index", nameOf());

/** Writes to the store behind everybody's back: only an index that was not read from it answers as before. */
function changeBehind(number: number): void {
  const store = new DatabaseSync(join(folder, STORE_FILE));
  store.prepare("UPDATE translation_unit SET source = '私下改过的句子。' WHERE origin_key = ?").run(String(number));
  store.close();
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "dingyi-saved-"));
  await open();
  projectId = (await createProject(application, { name: "../云溪/省" })).id;
  const memory = { projectId, name: "一", priority: 0, penalty: 0, readOnly: false, createdAt: AT };
  memoryId = (await application.stores.memories.create(memory)).id;
  await save(...Array.from({ length: COUNT }, (_, number) => unitOf(number)));
});

afterEach(async () => {
  await application.close();
  await rm(folder, { recursive: true, force: true });
});

describe("the index of a project", () => {
  it("is opened as it was saved, without reading the units, and follows what happened since", async () => {
    await find("x");
    await save(unitOf(7, "换过的第七句话，与别的都不一样。"), unitOf(5000, "存盘以后新加的一句话。"));
    await application.stores.memories.removeUnits({ memoryId, originKeys: ["8"], ...signed });
    await reopen(() => changeBehind(500));
    // The index still has the old text of 500, and leads to the unit.
    expect(await find(sourceOf(500))).toEqual(["私下改过的句子。"]);
    expect(await find("换过的第七句话，与别的都不一样。")).toEqual(["换过的第七句话，与别的都不一样。"]);
    expect(await find("存盘以后新加的一句话。")).toEqual(["存盘以后新加的一句话。"]);
    expect(await find(sourceOf(8))).not.toEqual([sourceOf(8)]);
    expect((await openMemorySearch(application, projectId)).size).toBe(COUNT);
    // Saved when it was new, so this came from the store's history and not from the file; and again from an older file.
    await application.stores.memories.removeUnits({ memoryId, originKeys: ["9"], ...signed });
    await reopen();
    expect(await find(sourceOf(9))).not.toEqual([sourceOf(9)]);
    expect(await find(sourceOf(500))).toEqual(["私下改过的句子。"]);
    expect(await readdir(join(folder, "memory-index"))).toEqual([nameOf()]);
  });

  it("is made anew, without a word, when its file is missing, damaged, unfinished or of another store", async () => {
    await find("x");
    await reopen();
    const whole = await readFile(fileOf());
    const damage: readonly (() => Promise<void>)[] = [
      () => rm(fileOf()),
      () => writeFile(fileOf(), whole.subarray(0, whole.length - 1)),
      () => writeFile(fileOf(), Buffer.from(whole).fill(0x55, 5000, 5001)),
      () => writeFile(fileOf(), ""),
      async () => {
        await rm(fileOf());
        await writeFile(`${fileOf()}.77-0.unfinished`, whole.subarray(0, 9000));
      },
      async () => {
        // Another file with the same contents, as when a backup is put in place.
        await copyFile(join(folder, STORE_FILE), join(folder, "copy"));
        await rm(join(folder, STORE_FILE));
        await copyFile(join(folder, "copy"), join(folder, STORE_FILE));
      },
    ];
    for (const [at, spoil] of damage.entries()) {
      await reopen(async () => {
        await writeFile(fileOf(), whole);
        changeBehind(500);
        await spoil();
      });
      expect([at, await find(sourceOf(500))]).not.toEqual([at, ["私下改过的句子。"]]);
      expect(await find(sourceOf(600))).toEqual([sourceOf(600)]);
    }
    await application.close();
    expect((await stat(fileOf())).size).toBeGreaterThan(10_000);
    expect(await readdir(join(folder, "memory-index"))).toEqual([nameOf()]);
  });

  it("is made anew when the store was put back to an older state and went on from there", async () => {
    await reopen(() => copyFile(join(folder, STORE_FILE), join(folder, "older")));
    await save(unitOf(2001, "后来丢失的一句话，谁也不该找到。"));
    expect(await find("后来丢失的一句话，谁也不该找到。")).toHaveLength(1);
    // The same file, as `cp` leaves it; the same counters and number of units.
    await reopen(() => copyFile(join(folder, "older"), join(folder, STORE_FILE)));
    await save(unitOf(2002, "恢复以后另写的一句话。"));
    expect(await find("后来丢失的一句话，谁也不该找到。")).toEqual([]);
    expect(await find("恢复以后另写的一句话。")).toEqual(["恢复以后另写的一句话。"]);
  });

  it("forgets a memory that goes to the trash, and takes it back", async () => {
    await find("x");
    await application.stores.memories.moveToTrash(memoryId, AT);
    expect(await find(sourceOf(3))).toEqual([]);
    await application.stores.memories.takeFromTrash(memoryId);
    expect(await find(sourceOf(3))).toEqual([sourceOf(3)]);
    await reopen();
    expect(await find(sourceOf(3))).toEqual([sourceOf(3)]);
  });
});
