import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HISTORY_TABLES } from "../../src/storage/append-only.ts";
import { openDatabase } from "../../src/storage/database.ts";
import { migrations } from "../../src/storage/migrations/all.ts";
import { openStores } from "../../src/storage/stores.ts";
import { addProject, lin, makeDocument, makeFormulation, makeGroup, makeTerm, makeUnit, wu } from "./samples.ts";

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "dingyi-store-"));
  path = join(folder, "store.sqlite");
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** One row in every history table. */
async function fillHistories(file: string): Promise<void> {
  const stores = await openStores(file);
  const projectId = await addProject(stores);
  const document = await stores.documents.add(makeDocument(projectId), lin);
  const [segment] = await stores.segments.list({ documentId: document.id });
  await stores.segments.saveTarget({
    segmentId: segment?.id ?? "",
    target: "Notice",
    state: "translated",
    origin: "typed",
    baseRevision: 1,
    ...lin,
  });
  await stores.concepts.create({ id: "c1", kind: "phrase", terms: [makeTerm("落实责任")] }, { projectId, ...lin });
  await stores.concepts.create({ id: "c2", kind: "phrase", terms: [makeTerm("压实责任")] }, { projectId, ...lin });
  await stores.concepts.relate({ conceptId: "c1", type: "contrast", otherId: "c2", ...lin });
  await stores.vetting.addComment({ conceptId: "c1", text: "两者有别", ...lin });
  await stores.vetting.saveRules({ fourEyes: true, authorities: [] }, { projectId, ...lin });
  await stores.extraction.saveRun({
    projectId,
    documentIds: [document.id],
    parameters: {},
    createdAt: lin.at,
    result: { formulations: [makeFormulation("落实责任")], frames: [] },
  });
  await stores.extraction.decide({ projectId, text: "落实责任", action: "accept", ...lin });
  const ids = { projectId, sourceDocumentId: document.id, targetDocumentId: document.id };
  const alignment = await stores.alignments.create({ ...ids, state: { groups: [] }, ...lin });
  await stores.alignments.save({
    alignmentId: alignment.id,
    baseRevision: 1,
    name: "align",
    state: { groups: [makeGroup("1")] },
    sentences: [{ id: "1a", text: "汛情", parts: [{ segment: segment?.id ?? "", start: 0, end: 2 }], ...lin }],
    ...lin,
  });
  const other = await stores.alignments.create({ ...ids, state: { groups: [] }, ...lin });
  await stores.alignments.remove({ alignmentId: other.id, documentIds: [], ...lin });
  const memory = await stores.memories.create({
    projectId,
    name: "M",
    priority: 0,
    penalty: 0,
    readOnly: false,
    createdAt: lin.at,
  });
  for (const target of ["one", "two"])
    await stores.memories.saveUnits({ memoryId: memory.id, units: [makeUnit(1, { target })], ...wu });
  const finding = { projectId, rule: "empty", pair: "x", subject: "", textsHash: "h", reason: "title" };
  await stores.findings.ignore({ ...finding, ...lin });
  const versions = { projectId, baseDocument: document.id, otherDocument: document.id };
  await stores.readings.decide({ ...versions, place: "1|1", reading: "base", ...lin });
  await stores.close();
}

describe("a store", () => {
  it("keeps what is committed: write-ahead log, full synchronisation, foreign keys, a wait when busy", async () => {
    const { db, close } = await openDatabase(path);
    const pragma = async (name: string) =>
      Object.values((await sql<object>`pragma ${sql.raw(name)}`.execute(db)).rows[0] ?? {})[0];
    expect(await pragma("journal_mode")).toBe("wal");
    expect(await pragma("synchronous")).toBe(2);
    expect(await pragma("foreign_keys")).toBe(1);
    expect(await pragma("busy_timeout")).toBe(5000);
    await close();
  });

  it("is brought up to date once, and opened again with all that was in it", async () => {
    await fillHistories(path);
    for (let time = 0; time < 2; time++) {
      const stores = await openStores(path);
      expect((await stores.projects.list()).map((project) => project.id)).toEqual(["yunxi"]);
      await stores.close();
    }
    const { db, close } = await openDatabase(path);
    const done = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
    expect(done.rows.map((row) => row.name)).toEqual(Object.keys(migrations));
    await close();
  });

  it("that a later version wrote is refused and left alone", async () => {
    const { db, close } = await openDatabase(path);
    await sql`insert into kysely_migration (name, timestamp) values ('0999-later', '2030-01-01')`.execute(db);
    await close();
    await expect(openStores(path)).rejects.toMatchObject({ code: "newer" });
  });

  it("that is no database is refused as damaged", async () => {
    await writeFile(path, "云溪省 ".repeat(1000));
    await expect(openStores(path)).rejects.toMatchObject({ code: "damaged" });
    expect((await readFile(path, "utf8")).startsWith("云溪省")).toBe(true);
  });

  it("refuses to change or delete a line of any history, whoever asks", async () => {
    await fillHistories(path);
    const { db, close } = await openDatabase(path);
    for (const table of HISTORY_TABLES) {
      const count = async () => (await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(db)).rows[0]?.n;
      const before = await count();
      expect(before, table).toBeGreaterThan(0);
      await expect(sql`update ${sql.table(table)} set at = 'x'`.execute(db), table).rejects.toThrow("append-only");
      await expect(sql`delete from ${sql.table(table)}`.execute(db), table).rejects.toThrow("append-only");
      const replaced = sql`replace into ${sql.table(table)} select * from ${sql.table(table)}`;
      await expect(replaced.execute(db), table).rejects.toThrow("append-only");
      expect(await count()).toBe(before);
    }
    await close();
  });

  it("has no history table that is not protected", async () => {
    const { db, close } = await openDatabase(":memory:");
    const tables = await sql<{
      name: string;
    }>`select name from sqlite_master where type = 'table' and name like '%history'`.execute(db);
    for (const { name } of tables.rows) expect(HISTORY_TABLES).toContain(name);
    await close();
  });
});

describe("a store whose process is killed", () => {
  it("has every edit that was confirmed before", { timeout: 120_000 }, async () => {
    const stores = await openStores(path);
    const projectId = await addProject(stores);
    const document = await stores.documents.add(makeDocument(projectId), lin);
    const [segment] = await stores.segments.list({ documentId: document.id });
    const segmentId = segment?.id ?? "";
    await stores.close();
    const script = `
      import { openStores } from ${JSON.stringify(new URL("../../src/storage/stores.ts", import.meta.url).href)};
      const stores = await openStores(process.argv[1]);
      let { revision } = await stores.segments.find(process.argv[2]);
      for (;;) {
        const saved = await stores.segments.saveTarget({ segmentId: process.argv[2], target: "text " + (revision + 1),
          state: "translated", origin: "typed", baseRevision: revision, author: "a", at: "2026-03-01T08:00:00.000Z" });
        revision = saved.segment.revision;
        process.stdout.write(revision + "\\n");
      }`;
    let confirmedInAll = 0;
    for (let round = 0; round < 10; round++) {
      const child = spawn(process.execPath, ["--input-type=module", "-e", script, path, segmentId], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      let confirmed = 0;
      const lines = createInterface({ input: child.stdout });
      lines.on("line", (line) => {
        confirmed = Number(line);
      });
      await once(lines, "line");
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 150));
      child.kill("SIGKILL");
      await Promise.all([once(child, "exit"), once(lines, "close")]);
      const after = await openStores(path);
      const stored = await after.segments.find(segmentId);
      // The kill may fall between the commit and the line that confirms it: one more is right, one less would be a loss.
      expect(stored?.revision).toBeGreaterThanOrEqual(confirmed);
      expect(stored?.revision).toBeLessThanOrEqual(confirmed + 1);
      expect(stored?.target).toBe(`text ${stored?.revision}`);
      expect(await after.segments.history(segmentId)).toHaveLength((stored?.revision ?? 0) - 1);
      confirmedInAll = confirmed;
      await after.close();
    }
    console.log(`10 kills, ${confirmedInAll} confirmed revisions, none lost`);
    const { db, close } = await openDatabase(path);
    expect((await sql<{ integrity_check: string }>`pragma integrity_check`.execute(db)).rows[0]?.integrity_check).toBe("ok");
    await close();
  });
});
