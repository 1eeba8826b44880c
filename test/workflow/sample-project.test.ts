import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApplication } from "../../src/workflow/application.ts";
import type { Application } from "../../src/workflow/application.ts";
import { checkTexts, ignoreFinding, saveCheckProfile, stopIgnoringFinding } from "../../src/workflow/check-texts.ts";
import { importGlossary, previewGlossaryImport } from "../../src/workflow/glossary-import.ts";
import { ensureSampleProject, SAMPLE_PROJECT } from "../../src/workflow/sample-project.ts";
import { createProject } from "../../src/workflow/projects.ts";
import { CACHE_FOLDER } from "../caches.ts";

const folder = mkdtempSync(join(tmpdir(), "dingyi-sample-"));
const author = "林";
const projectId = SAMPLE_PROJECT.id;
let application: Application;

beforeAll(async () => {
  const outcome = await openApplication({ dataFolder: folder, cacheFolder: CACHE_FOLDER });
  if (outcome.kind !== "opened") throw new Error(outcome.code);
  application = outcome.application;
});

afterAll(async () => {
  await application.close();
  rmSync(folder, { recursive: true });
});

const csv = (text: string) => ({ name: "g.csv", bytes: new TextEncoder().encode(text) });

describe("the sample project", () => {
  it("is made in an empty store, with texts, glossary, memory and an alignment", async () => {
    const { stores } = application;
    expect((await ensureSampleProject(application, { author }))?.id).toBe(projectId);
    for (const job of await application.jobs.list(projectId)) await application.jobs.waitFor(job.id);
    const documents = await stores.documents.list({ projectId });
    expect(documents.map(({ language, side }) => `${language}:${side}`).toSorted()).toEqual([
      "en:target",
      "zh:source",
      "zh:source",
      "zh:source",
      "zh:source",
    ]);
    expect(documents.map(({ date }) => date?.slice(0, 4))).toEqual(["2024", "2024", "2024", "2024", "2024"]);
    expect((await stores.concepts.loadGlossary(projectId)).concepts.length).toBeGreaterThanOrEqual(60);
    expect((await stores.concepts.listSources(projectId)).length).toBeGreaterThan(20);
    expect((await stores.memories.loadUnits(projectId)).length).toBeGreaterThan(40);
    for (const { id } of await application.jobs.list(projectId)) await application.jobs.waitFor(id);
    const [alignment] = await stores.alignments.list(projectId);
    expect(alignment?.groupCount).toBeGreaterThan(20);
  }, 120_000);

  it("heads each concept with its Chinese wording", async () => {
    const { concepts } = await application.stores.concepts.loadGlossary(projectId);
    for (const { terms } of concepts) expect(terms[0]?.language).toBe("zh");
  });

  it("is not made again when there are projects", async () => {
    expect(await ensureSampleProject(application, { author })).toBeUndefined();
    expect((await application.stores.projects.list()).length).toBe(1);
  });
});

describe("checking stored translations", () => {
  async function translate(position: number, target: string) {
    const { stores, clock } = application;
    const document = (await stores.documents.list({ projectId })).find(({ title }) => title.includes("农村公路"));
    const rows = await stores.segments.list({ documentId: document?.id ?? "" });
    const row = rows[position];
    if (!row) throw new Error("no row");
    await stores.segments.saveTarget({
      segmentId: row.id,
      target,
      state: "translated",
      origin: "typed",
      baseRevision: row.revision,
      author,
      at: clock(),
    });
    return row;
  }

  it("leads from a finding to its row, and ignores it with a reason until a text changes", async () => {
    const rows = await application.stores.segments.list({
      documentId:
        (await application.stores.documents.list({ projectId })).find(({ title }) => title.includes("农村公路"))?.id ?? "",
    });
    const position = rows.findIndex(({ source }) => source.includes("9000万元"));
    const row = await translate(position, "A fund of 9 million yuan has been set aside.");
    const first = await checkTexts(application, { projectId });
    const finding = first?.findings.find(({ rule }) => rule === "numbers");
    expect(finding).toMatchObject({ segmentId: row.id, severity: "error", paragraph: row.paragraph + 1 });
    expect(first?.groups.flatMap(({ findings }) => findings).length).toBe(first?.findings.length);

    const about = { projectId, author, rule: "numbers", segmentId: row.id, subject: finding?.subject ?? "" };
    expect(await ignoreFinding(application, { ...about, reason: " " })).toEqual({ kind: "refused", code: "reason-missing" });
    expect((await ignoreFinding(application, { ...about, reason: "quoted so" })).kind).toBe("ignored");
    const second = await checkTexts(application, { projectId });
    expect(second?.findings.some(({ rule, subject }) => rule === "numbers" && subject === about.subject)).toBe(false);
    expect(second?.ignored.map(({ ignore }) => ignore.reason)).toEqual(["quoted so"]);

    await translate(position, "A fund of 9 million yuan was set aside.");
    const third = await checkTexts(application, { projectId });
    expect(third?.findings.some(({ rule, subject }) => rule === "numbers" && subject === about.subject)).toBe(true);
    await ignoreFinding(application, { ...about, reason: "again" });
    expect(await stopIgnoringFinding(application, about)).toBe(true);
    expect((await checkTexts(application, { projectId }))?.ignored).toEqual([]);
  });

  it("keeps to the profile of the project", async () => {
    await saveCheckProfile(application, projectId, { rules: { numbers: "off" } });
    expect((await checkTexts(application, { projectId }))?.findings.some(({ rule }) => rule === "numbers")).toBe(false);
    expect(await checkTexts(application, { projectId: "none" })).toBeUndefined();
  });
});

describe("importing a glossary", () => {
  it("says what is new, changed, unchanged and conflicting, and stores nothing before it is asked", async () => {
    const project = await createProject(application, { name: "Import" });
    const request = { projectId: project.id, author };
    const first = csv(
      "concept,language,term,status,source\na,zh,防汛,approved,house\na,en,flood control,approved,house\nb,zh,河长,approved,house\n",
    );
    expect((await previewGlossaryImport(application, { ...request, file: first })).counts).toMatchObject({ new: 2 });
    expect((await application.stores.concepts.loadGlossary(project.id)).concepts).toEqual([]);
    expect(await importGlossary(application, { ...request, file: first })).toMatchObject({
      kind: "imported",
      added: 2,
      left: [],
    });

    const second = csv(
      "concept,language,term,status,source\na,zh,防汛,approved,house\na,en,flood control,deprecated,house\nb,zh,河长,approved,house\nb,en,river chief,approved,house\n,zh,水库,approved,house\n",
    );
    const preview = await previewGlossaryImport(application, { ...request, file: second });
    expect(preview.counts).toEqual({ new: 1, changed: 1, unchanged: 0, conflicting: 1 });
    expect(await importGlossary(application, { ...request, file: second })).toMatchObject({
      added: 1,
      changed: 1,
      left: [{ code: "status-kept" }],
    });
    expect(await importGlossary(application, { ...request, file: second, statuses: "take" })).toMatchObject({
      added: 0,
      changed: 1,
    });
    expect((await previewGlossaryImport(application, { ...request, file: second })).counts).toEqual({
      new: 0,
      changed: 0,
      unchanged: 3,
      conflicting: 0,
    });
  });

  it("matches a list without ids by its Chinese wording", async () => {
    const project = await createProject(application, { name: "List" });
    const request = { projectId: project.id, author };
    const list = csv("zh,en\n防汛,flood control\n河长,river chief\n");
    expect(await importGlossary(application, { ...request, file: list })).toMatchObject({ kind: "imported", added: 2 });
    expect((await previewGlossaryImport(application, { ...request, file: list })).counts.unchanged).toBe(2);
    const more = csv("zh,en\n防汛,flood prevention\n");
    expect(await importGlossary(application, { ...request, file: more })).toMatchObject({ added: 0, changed: 1 });
    const [concept] = await application.stores.concepts.findByTerm({ projectId: project.id, text: "防汛" });
    expect(concept?.terms.map(({ text }) => text)).toEqual(["防汛", "flood control", "flood prevention"]);
  });

  it("stores nothing while rows are faulty, and names their lines", async () => {
    const project = await createProject(application, { name: "Faulty" });
    const request = { projectId: project.id, author };
    const file = csv("language,term,status,source\nzh,防汛,loved,house\nzh,河长,approved,\nzh,水库,approved,house\n");
    const refused = await importGlossary(application, { ...request, file });
    expect(refused.kind).toBe("refused");
    expect(refused.preview.diagnostics.map(({ code, line }) => [code, line])).toEqual([
      ["glossary-bad-value", 2],
      ["glossary-approved-without-source", 3],
    ]);
    expect((await application.stores.concepts.loadGlossary(project.id)).concepts).toEqual([]);
    expect(await importGlossary(application, { ...request, file, acceptErrors: true })).toMatchObject({
      kind: "imported",
      added: 2,
    });
    const [concept] = await application.stores.concepts.findByTerm({ projectId: project.id, text: "河长" });
    expect(concept?.terms[0]?.status).toBe("proposed");
  });

  it("gives a concept another id when another project has it", async () => {
    const project = await createProject(application, { name: "Twice" });
    const file = csv("concept,language,term,status,source\na,zh,堤防,approved,house\n");
    expect(await importGlossary(application, { projectId: project.id, author, file })).toMatchObject({ added: 1, left: [] });
  });
});
