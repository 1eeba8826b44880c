import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Application } from "../../src/workflow/application.ts";
import { openApplication } from "../../src/workflow/application.ts";
import { openRowMemory } from "../../src/workflow/confirmed-rows.ts";
import { saveRow } from "../../src/workflow/translations.ts";

const AT = "2026-03-01T08:00:00.000Z";
const signed = { author: "林岚", at: AT };
let folder: string;
let application: Application;

async function open(): Promise<Application> {
  const opened = await openApplication({ dataFolder: folder });
  if (opened.kind !== "opened") throw new Error(opened.code);
  return opened.application;
}

/** A document of as many rows as there are sources; answers their ids. */
async function addRows(sources: readonly string[]): Promise<readonly string[]> {
  const { stores } = application;
  const document = await stores.documents.add(
    {
      ...{ projectId: "yunxi", ordinal: 0, title: "通知", language: "zh", side: "source" },
      paragraphs: sources.map((text, line) => ({ text, role: "body", line, segments: [{ kind: "segment", source: text }] })),
    },
    signed,
  );
  return (await stores.segments.list({ documentId: document.id })).map((segment) => segment.id);
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "dingyi-rows-"));
  application = await open();
  const project = { id: "yunxi", name: "云溪", sourceLanguage: "zh", targetLanguage: "en", createdAt: AT };
  await application.stores.projects.create(project);
});

afterEach(async () => {
  await application.close();
  await rm(folder, { recursive: true, force: true });
});

describe("a confirmed row", () => {
  it("is in the memory with its neighbours, alone or with many others, until it is opened again", async () => {
    const { stores } = application;
    const texts = Array.from({ length: 30 }, (_, number) => `第${number}条。`);
    const ids = await addRows(texts);
    const base = { projectId: "yunxi", state: "translated", origin: "typed", author: "林岚" } as const;
    await saveRow(application, { ...base, segmentId: ids[0] ?? "", target: "Article 0.", baseRevision: 1 });
    await saveRow(application, { ...base, segmentId: ids[1] ?? "", target: "draft", state: "initial", baseRevision: 1 });
    const saves = ids.slice(2).map((segmentId, at) => ({
      ...{ ...signed, segmentId, target: at === 0 ? "  " : `Article ${at + 2}.`, state: "reviewed" as const },
      ...{ origin: "import" as const, baseRevision: 1 },
    }));
    await stores.segments.saveTargets(saves, await openRowMemory(application, "yunxi"));
    const units = await stores.memories.loadUnits("yunxi");
    const kept = [0, ...[...ids.keys()].slice(3)];
    expect(units.map(({ source, target, previous, next }) => [source, target, previous, next])).toEqual(
      kept.map((at) => [texts[at], `Article ${at}.`, texts[at - 1], texts[at + 1]]),
    );
    expect(units[0]).toMatchObject({ document: "通知", link: { segmentId: ids[0] }, author: "林岚" });
    const again = { ...base, segmentId: ids[0] ?? "", author: "吴桐" };
    await saveRow(application, { ...again, target: "Clause 0.", baseRevision: 2 });
    const changed = await stores.memories.findUnit(units[0]?.id ?? "");
    expect(changed).toMatchObject({ target: "Clause 0.", author: "吴桐", createdAt: units[0]?.createdAt });
    await saveRow(application, { ...again, target: "Clause 0.", state: "initial", baseRevision: 3 });
    expect((await stores.memories.loadUnits("yunxi")).map((unit) => unit.source)).not.toContain(texts[0]);
  });

  it("and its unit survive a kill together, whenever it comes", { timeout: 120_000 }, async () => {
    const ids = await addRows(Array.from({ length: 12 }, (_, number) => `第${number}条。`));
    await application.close();
    const from = (path: string) => JSON.stringify(new URL(`../../src/workflow/${path}`, import.meta.url).href);
    const script = `
      import { openApplication } from ${from("application.ts")};
      import { saveRow } from ${from("translations.ts")};
      const [folder, ...ids] = process.argv.slice(1);
      const { application } = await openApplication({ dataFolder: folder });
      const rows = await application.stores.segments.findAll(ids);
      const revisions = rows.map((row) => row.revision);
      for (let count = 0; ; count++) {
        const at = count % ids.length;
        const state = count % 5 === 4 ? "initial" : "translated";
        const saved = await saveRow(application, { projectId: "yunxi", segmentId: ids[at], target: "text " + revisions[at],
          state, origin: "typed", baseRevision: revisions[at], author: "a" });
        revisions[at] = saved.segment.revision;
        process.stdout.write(at + " " + saved.segment.revision + "\\n");
      }`;
    let saves = 0;
    for (let round = 0; round < 6; round++) {
      const child = spawn(process.execPath, ["--input-type=module", "-e", script, folder, ...ids], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const confirmed = new Map<number, number>();
      const lines = createInterface({ input: child.stdout });
      lines.on("line", (line) => {
        const [at, revision] = line.split(" ").map(Number);
        confirmed.set(at ?? 0, revision ?? 0);
        saves++;
      });
      await once(lines, "line");
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 80));
      child.kill("SIGKILL");
      await Promise.all([once(child, "exit"), once(lines, "close")]);
      application = await open();
      const units = new Map((await application.stores.memories.loadUnits("yunxi")).map((unit) => [unit.link.segmentId, unit]));
      for (const [at, row] of (await application.stores.segments.findAll(ids)).entries()) {
        expect(row.revision).toBeGreaterThanOrEqual(confirmed.get(at) ?? 1);
        expect(units.get(row.id)?.target).toBe(row.state === "initial" ? undefined : row.target);
      }
      await application.close();
    }
    console.log(`6 kills during ${saves} saves: no row without its unit, no unit without its row`);
  });
});
