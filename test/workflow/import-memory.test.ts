/** Memories that come in as TMX: the stream against the reader at once, cancelling, and many rows kept at once. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readTmx } from "../../src/formats/tmx.ts";
import { writeTmx } from "../../src/formats/tmx-write.ts";
import { openApplication } from "../../src/workflow/application.ts";
import type { Application } from "../../src/workflow/application.ts";
import { exportMemories } from "../../src/workflow/export-memory.ts";
import { describeMemory } from "../../src/workflow/received-files-task.ts";
import { importMemoryFile } from "../../src/workflow/import-memory.ts";

const project = { id: "yunxi", name: "云溪", sourceLanguage: "zh", targetLanguage: "en", createdAt: "2026-03-01T08:00:00.000Z" };
const signed = { author: "林岚", at: project.createdAt };
let folder: string;
let application: Application;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "dingyi-test-"));
  const outcome = await openApplication({ dataFolder: folder, clock: () => signed.at });
  if (outcome.kind === "failed") throw new Error(outcome.code);
  application = outcome.application;
  await application.stores.projects.create(project);
});

afterEach(async () => {
  await application.close();
  await rm(folder, { recursive: true, force: true });
});

/** Long enough that characters of three bytes stand across the edges of chunks. */
const UNITS = Array.from({ length: 9000 }, (_, at) => ({
  ...{ id: String(at), sourceLanguage: "zh", targetLanguage: "en", state: "reviewed" as const },
  source: `第${String(at)}条：各地要压实责任、加强值守，${"确保群众生命安全。".repeat(at % 7)}`,
  target: `Article ${String(at)} & <more>`,
  notes: [`备注${String(at)}`],
  previous: `前文${String(at)}`,
  ...(at % 3 === 0
    ? { sourceCodes: [{ at: 1, xml: '<ph x="1">{0}</ph>' }], properties: [{ type: "x-tmx-usagecount", value: "3" }] }
    : {}),
}));

async function openFile() {
  const path = join(folder, "memory.tmx");
  const { text } = writeTmx(UNITS, { sourceLanguage: "zh", toolVersion: "1" });
  await writeFile(path, text);
  const { stores } = application;
  const place = { projectId: project.id, name: "old", priority: 1, penalty: 0, readOnly: false, createdAt: signed.at };
  return { text, file: { path, sha256: "abc", total: UNITS.length, project, memory: await stores.memories.create(place) } };
}

describe("a memory that is imported", () => {
  it("holds what the reader gives at once, in order, and stays as it is when imported again", async () => {
    const { text, file } = await openFile();
    const { signal } = new AbortController();
    const progress: number[] = [];
    const given = {
      ...file,
      author: signed.author,
      signal,
      report: ({ done }: { readonly done: number }) => progress.push(done),
    };
    expect(await importMemoryFile(application, given)).toEqual({ added: 9000, replaced: 0, unchanged: 0 });
    expect(progress).toEqual([4000, 8000, 9000]);
    const expected = readTmx(text, project).value ?? [];
    const stored = await application.stores.memories.loadUnits(project.id);
    expect(stored.length).toBe(expected.length);
    // Units get ids of their own.
    for (const [at, unit] of expected.entries()) expect(stored[at]).toMatchObject({ ...unit, id: stored[at]?.id });
    expect(await importMemoryFile(application, given)).toEqual({ added: 0, replaced: 0, unchanged: 9000 });
  });

  it("comes out again as it came in, and the same file when that is imported elsewhere", async () => {
    const { text, file } = await openFile();
    const { stores } = application;
    const { signal } = new AbortController();
    const given = { ...file, author: signed.author, signal, report: () => undefined };
    await importMemoryFile(application, given);
    const write = async (from: typeof project) => {
      const written = exportMemories(stores, from, { toolVersion: "1" });
      const pieces: string[] = [];
      for await (const piece of written.pieces) pieces.push(piece);
      expect([written.count(), written.losses()]).toEqual([UNITS.length, []]);
      return pieces.join("");
    };
    const exported = await write(project);
    expect(readTmx(exported).value).toEqual(readTmx(text).value);

    const other = { ...project, id: "other", name: "另一" };
    await stores.projects.create(other);
    const path = join(folder, "again.tmx");
    await writeFile(path, exported);
    const place = { projectId: other.id, name: "again", priority: 1, penalty: 0, readOnly: false, createdAt: signed.at };
    const memory = await stores.memories.create(place);
    await importMemoryFile(application, { ...given, path, sha256: "def", project: other, memory });
    expect(await write(other)).toBe(exported);
  });

  it("leaves out what has no text on one side", async () => {
    const { file } = await openFile();
    const unit = (source: string, target: string) =>
      `<tu><tuv xml:lang="zh"><seg>${source}</seg></tuv><tuv xml:lang="en"><seg>${target}</seg></tuv></tu>`;
    const body = unit("一。", "One.") + unit("二。", " ") + unit("", "Three.") + unit("四。", "Four.");
    await writeFile(file.path, `<tmx version="1.4"><header srclang="zh"/><body>${body}</body></tmx>`);
    const { signal } = new AbortController();
    const counts = await importMemoryFile(application, { ...file, author: "林岚", signal, report: () => undefined });
    expect(counts).toEqual({ added: 2, replaced: 0, unchanged: 0 });
    const described = await describeMemory({ path: file.path, sourceLanguage: "zh", targetLanguage: "en" }, () => undefined);
    expect(described).toMatchObject({ units: 2, withoutText: 2, languages: [{ source: "zh", target: "en", count: 4 }] });
  });

  it("keeps whole transactions when it is cancelled, and says how much that was", async () => {
    const { file } = await openFile();
    const controller = new AbortController();
    let stored = 0;
    const given = {
      ...file,
      author: signed.author,
      signal: controller.signal,
      report: () => controller.abort(new Error("enough")),
    };
    const onStored = ({ added }: { readonly added: number }) => (stored = added);
    await expect(importMemoryFile(application, { ...given, onStored })).rejects.toThrow("enough");
    expect(stored).toBe(4000);
    expect(await application.stores.memories.countUnits(file.memory.id)).toBe(4000);
  });
});
