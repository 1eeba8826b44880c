import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readGlossaryCsv } from "../../src/formats/glossary-csv.ts";
import { readTmx } from "../../src/formats/tmx.ts";
import { readXliff } from "../../src/formats/xliff.ts";
import { openApplication } from "../../src/workflow/application.ts";
import type { Application } from "../../src/workflow/application.ts";
import type { TargetFormat } from "../../src/workflow/convert-formats.ts";
import { exportProject } from "../../src/workflow/export-files.ts";
import { applyTranslations, planTranslations } from "../../src/workflow/import-translations.ts";
import { saveRow } from "../../src/workflow/translations.ts";

const projectId = "yunxi";
const signed = { author: "林岚", at: "2026-03-01T08:00:00.000Z" };
let folder: string;
let application: Application;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "dingyi-test-"));
  const outcome = await openApplication({ dataFolder: folder });
  if (outcome.kind === "failed") throw new Error(outcome.code);
  application = outcome.application;
  const { stores } = application;
  await stores.projects.create({ id: projectId, name: "云溪", sourceLanguage: "zh", targetLanguage: "en", createdAt: signed.at });
  await stores.documents.add(
    {
      ...{ projectId, ordinal: 0, title: "关于防汛的通知", language: "zh", side: "source" },
      paragraphs: [
        { text: "关于防汛的通知", role: "heading", line: 1, segments: [{ kind: "segment", source: "关于防汛的通知" }] },
        {
          ...{ text: "落实责任。 加强巡查。", role: "body", line: 3 },
          segments: [
            { kind: "segment", source: "落实责任。" },
            { kind: "ignorable", source: " " },
            { kind: "segment", source: "加强巡查。" },
          ],
        },
      ],
    },
    signed,
  );
  const attestations = [{ source: "house" }];
  const common = { status: "approved", termType: "fullForm", matching: "exact", attestations } as const;
  await stores.concepts.create(
    {
      kind: "term",
      terms: [
        { ...common, language: "zh", text: "巡查" },
        { ...common, language: "en", text: "patrols" },
      ],
    },
    { ...signed, projectId, reason: "agreed", citation: "house" },
  );
});

afterEach(async () => {
  await application.close();
  await rm(folder, { recursive: true, force: true });
});

async function exported(format: TargetFormat): Promise<string> {
  return (await exportProject(application.stores, { projectId, format, toolVersion: "1" }))?.text ?? "";
}

async function rows() {
  const [document] = await application.stores.documents.list({ projectId });
  return application.stores.segments.list({ documentId: document?.id ?? "" });
}

async function translate(place: number, target: string): Promise<void> {
  const segment = (await rows())[place];
  if (!segment) throw new Error("no such row");
  const { id: segmentId, revision: baseRevision } = segment;
  await saveRow(application, {
    projectId,
    segmentId,
    target,
    state: "translated",
    origin: "typed",
    baseRevision,
    author: "林岚",
  });
}

describe("exporting a project", () => {
  it("gives XLIFF by paragraph and sentence with terms, white space and the ids of the store", async () => {
    await translate(1, "Assign responsibility.");
    const file = await exportProject(application.stores, { projectId, format: "xliff20", toolVersion: "1" });
    expect(file).toMatchObject({ name: "关于防汛的通知.2.0.xlf", count: 2, losses: [] });
    const [read] = readXliff(file?.text ?? "").value ?? [];
    expect(read).toMatchObject({ sourceLanguage: "zh-CN", targetLanguage: "en-US" });
    expect(read?.units[1]?.segments).toMatchObject([
      { id: (await rows())[1]?.id, target: "Assign responsibility.", state: "translated", after: " " },
      { source: "加强巡查。", state: "initial", terms: [{ source: "巡查", targets: ["patrols"] }] },
    ]);
  });

  it("gives what is translated as TMX and the glossary as CSV", async () => {
    await translate(1, "Assign responsibility.");
    expect(readTmx(await exported("tmx")).value).toMatchObject([
      { source: "落实责任。", target: "Assign responsibility.", next: "加强巡查。" },
    ]);
    expect(readGlossaryCsv(await exported("glossary-csv")).value?.[0]?.terms.map((term) => term.text)).toEqual([
      "patrols",
      "巡查",
    ]);
    expect(await exported("csv")).toContain("落实责任。,Assign responsibility.,translated\n");
  });
});

describe("taking a translated file back", () => {
  async function plan(text: string) {
    const { value: files, diagnostics } = readXliff(new TextEncoder().encode(text));
    const read = { units: files?.flatMap((file) => file.units) ?? [], diagnostics };
    return planTranslations(application, { projectId, read });
  }

  it.each(["xliff12", "xliff20"] as const)("proposes what was translated in %s and saves what is accepted", async (format) => {
    const text = (await exported(format))
      .replace(
        /<target[^>]*><mrk mtype="seg" mid="([^"]+)"><\/mrk>/u,
        '<target state="final"><mrk mtype="seg" mid="$1">Assign responsibility.</mrk>',
      )
      .replace(
        /state="initial">\s*<source>落实责任。<\/source>/u,
        'state="reviewed"><source>落实责任。</source><target>Assign responsibility.</target>',
      );
    const { changes, diagnostics } = await plan(text);
    expect(diagnostics).toEqual([]);
    expect(changes.map((change) => change.kind)).toEqual(["unchanged", "changed", "unchanged"]);
    const outcomes = await applyTranslations(application, { projectId, accepted: changes, author: "吴桐" });
    expect(outcomes).toMatchObject([
      { kind: "saved", segment: { target: "Assign responsibility.", state: "reviewed", origin: "import" } },
    ]);
    expect((await rows())[1]).toMatchObject({ target: "Assign responsibility.", author: "吴桐" });
    expect(await application.stores.memories.loadUnits(projectId)).toMatchObject([{ target: "Assign responsibility." }]);
  });

  it("calls a confirmed text that differs a conflict, and one that was replaced here older", async () => {
    await translate(1, "First.");
    const old = await exported("xliff20");
    await translate(1, "Second.");
    expect((await plan(old)).changes[1]).toMatchObject({ kind: "older", target: "First.", stored: { target: "Second." } });
    expect((await plan(old.replace("First.", "Theirs."))).changes[1]).toMatchObject({ kind: "conflict", target: "Theirs." });
  });

  it("never overwrites what changed after the plan was made", async () => {
    const text = (await exported("xliff20")).replace(
      /<source>加强巡查。<\/source>|<source><mrk[^>]*>加强巡查。<\/mrk><\/source>/u,
      "$&<target>Step up patrols.</target>",
    );
    const { changes } = await plan(text);
    await translate(2, "Mine.");
    const outcomes = await applyTranslations(application, { projectId, accepted: changes, author: "吴桐" });
    expect(outcomes).toMatchObject([{ kind: "stale", mine: "Step up patrols.", theirs: { target: "Mine." } }]);
    expect((await rows())[2]?.target).toBe("Mine.");
  });

  it("says which segments it does not know and whose source is another, and takes neither", async () => {
    const text = (await exported("xliff20"))
      .replace("落实责任。", "压实责任。")
      .replace(/<source>关于防汛的通知/u, "<source>关于抗旱的公告")
      .replace(/(<unit id=")[^"]+(">\s*<segment id=")[^"]+/u, "$1x$2y");
    const { changes } = await plan(text);
    expect(changes.map((change) => change.kind)).toEqual(["unknown", "source-differs", "unchanged"]);
    expect(await applyTranslations(application, { projectId, accepted: changes, author: "吴桐" })).toEqual([]);
  });

  it("refuses a damaged file with its place", async () => {
    expect((await plan("<xliff>\n<file>")).diagnostics.at(-1)).toMatchObject({
      code: "xml-unclosed-tag",
      severity: "error",
      line: 2,
    });
  });
});
