import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import {
  acceptAlignment,
  discardAlignmentImport,
  openAlignmentImport,
  receiveAlignment,
} from "../../src/workflow/alignment-import.ts";
import {
  describeImportUndo,
  listUndoneImports,
  redoAlignmentImport,
  undoAlignmentImport,
} from "../../src/workflow/alignment-removal.ts";
import { editStoredAlignment, undoStep } from "../../src/workflow/alignment-steps.ts";
import { resumeAlignmentUnits } from "../../src/workflow/alignment-units.ts";
import { openApplication } from "../../src/workflow/application.ts";
import type { Application } from "../../src/workflow/application.ts";
import { createProject } from "../../src/workflow/projects.ts";

const author = "林岚";
const FILES = {
  "notice.zh.txt": "要落实防汛责任制。\n要加强值班。\n\n云溪省各地要服从调度。\n",
  "notice.en.txt": "Flood control duties must be fulfilled. Shifts must be kept.\nAll of Yunxi follows orders.\n",
  "links.txt": "[0,1]:[0]\n[3]:[1]\n",
};

let folder: string;
let application: Application;
let projectId: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "dingyi-align-import-"));
  const outcome = await openApplication({ dataFolder: folder });
  if (outcome.kind === "failed") throw new Error(outcome.code);
  application = outcome.application;
  projectId = (await createProject(application, { name: "云溪" })).id;
});

afterEach(async () => {
  await application.close();
  await rm(folder, { recursive: true, force: true });
});

async function receive() {
  const files = await Promise.all(
    Object.entries(FILES).map(async ([name, text]) => {
      const path = join(folder, name);
      await writeFile(path, text);
      return { name, mediaType: "text/plain", path };
    }),
  );
  return (await receiveAlignment(application, { projectId, author, files })).id;
}

const request = (id: string) => ({ projectId, id, author, titles: { source: "通知", target: "" }, confirmAll: true });

async function countStored() {
  const { stores } = application;
  const memory = (await stores.memories.list(projectId)).find(({ name }) => name === "alignments");
  return {
    documents: (await stores.documents.list({ projectId })).length,
    alignments: (await stores.alignments.list(projectId)).length,
    units: memory?.unitCount ?? 0,
  };
}

it("stores an alignment that was made elsewhere once, however often it is accepted", async () => {
  const id = await receive();
  expect(await countStored()).toEqual({ documents: 0, alignments: 0, units: 0 });
  const open = await openAlignmentImport(application, { projectId, id });
  expect(open?.reading.diagnostics).toEqual([]);
  const [outcome, second] = await Promise.all([
    acceptAlignment(application, request(id)),
    acceptAlignment(application, request(id)),
  ]);
  if (outcome.kind !== "accepted") throw new Error(outcome.kind);
  expect(second).toEqual(outcome);
  expect(await countStored()).toEqual({ documents: 2, alignments: 1, units: 2 });
  expect(await acceptAlignment(application, request(id))).toEqual({ kind: "not-found" });
  const { stores } = application;
  const alignment = await stores.alignments.find(outcome.alignmentId);
  const texts = async (ids: readonly string[]) => (await stores.segments.findAll(ids)).map(({ source }) => source);
  const rows = await Promise.all(
    (alignment?.state.groups ?? []).map(async (group) => [await texts(group.source), await texts(group.target), group.status]),
  );
  expect(rows).toEqual([
    [["要落实防汛责任制。", "要加强值班。"], ["Flood control duties must be fulfilled. Shifts must be kept."], "confirmed"],
    [["云溪省各地要服从调度。"], ["All of Yunxi follows orders."], "confirmed"],
  ]);
});

it("finds no import outside of its folder, and stores nothing of one that was discarded", async () => {
  const id = await receive();
  for (const other of ["../x", `${id}/..`, "..", `..%2f${id}`, ""]) {
    expect(await acceptAlignment(application, request(other))).toEqual({ kind: "not-found" });
    await discardAlignmentImport(application, { projectId, id: other });
  }
  expect(await openAlignmentImport(application, { projectId: "other", id })).toBeUndefined();
  await discardAlignmentImport(application, { projectId, id });
  expect(await acceptAlignment(application, request(id))).toEqual({ kind: "not-found" });
  expect(await countStored()).toEqual({ documents: 0, alignments: 0, units: 0 });
});

async function accept(): Promise<string> {
  const outcome = await acceptAlignment(application, request(await receive()));
  if (outcome.kind !== "accepted") throw new Error(outcome.kind);
  return outcome.alignmentId;
}

it("takes an import back as one step, and brings it again, however often", async () => {
  const alignmentId = await accept();
  const step = { projectId, alignmentId, author };
  const whole = { documents: 2, alignments: 1, units: 2 };
  for (let round = 0; round < 2; round++) {
    expect(await describeImportUndo(application, step)).toEqual({ kind: "possible", kept: [] });
    const both = await Promise.all([undoAlignmentImport(application, step), undoAlignmentImport(application, step)]);
    expect(both[0]).toEqual({ kind: "possible", kept: [] });
    expect(await countStored()).toEqual({ documents: 0, alignments: 0, units: 0 });
    expect(await undoAlignmentImport(application, step)).toEqual({ kind: "not-found" });
    const edit = { alignmentId, baseRevision: 1, author, operation: { kind: "confirm", group: "" } } as const;
    expect(await editStoredAlignment(application, edit)).toEqual({ kind: "refused", code: "not-found" });
    expect((await listUndoneImports(application, projectId)).map(({ undoneBy, source }) => [undoneBy, source?.title])).toEqual([
      [author, "通知"],
    ]);
    expect(await redoAlignmentImport(application, { ...step, projectId: "other" })).toBe("not-found");
    await Promise.all([redoAlignmentImport(application, step), redoAlignmentImport(application, step)]);
    expect(await countStored()).toEqual(whole);
    expect(await listUndoneImports(application, projectId)).toEqual([]);
  }
  const history = await application.stores.alignments.history(alignmentId);
  expect(history.map(({ action, documentIds }) => [action, documentIds.length])).toEqual([
    ["remove", 2],
    ["restore", 2],
    ["remove", 2],
    ["restore", 2],
  ]);

  // Once somebody worked in it, also when the work was taken back, it stays.
  const group = (await application.stores.alignments.find(alignmentId))?.state.groups[0]?.id ?? "";
  const edited = { alignmentId, author, baseRevision: 1 };
  await editStoredAlignment(application, { ...edited, operation: { kind: "bookmark", group } });
  await undoStep(application, { ...edited, baseRevision: 2 });
  expect(await undoAlignmentImport(application, step)).toEqual({ kind: "changed" });
  expect(await countStored()).toEqual(whole);
});

it("keeps a document that something else uses, and says what", async () => {
  const alignmentId = await accept();
  const { stores } = application;
  const alignment = await stores.alignments.find(alignmentId);
  const ids = { projectId, sourceDocumentId: alignment?.sourceDocumentId ?? "" };
  const signed = { author, at: application.clock() };
  const other = { projectId, ordinal: 0, title: "Other", language: "en", side: "target", paragraphs: [] } as const;
  const target = await stores.documents.add(other, signed);
  const second = await stores.alignments.create({ ...ids, targetDocumentId: target.id, state: { groups: [] }, ...signed });
  const outcome = await undoAlignmentImport(application, { projectId, alignmentId, author });
  expect(outcome).toMatchObject({ kind: "possible", kept: [{ document: { id: ids.sourceDocumentId } }] });
  expect(outcome.kind === "possible" && outcome.kept[0]?.uses).toEqual({
    ...{ alignments: [second.id], versions: 0, readings: 0, translated: 0 },
  });
  expect(await countStored()).toEqual({ documents: 2, alignments: 1, units: 0 });
  await redoAlignmentImport(application, { projectId, alignmentId, author });
  expect(await countStored()).toEqual({ documents: 3, alignments: 2, units: 2 });
  expect(await describeImportUndo(application, { projectId, alignmentId: second.id })).toEqual({ kind: "not-imported" });
});

it("makes up for a crash between taking an import out, or bringing it back, and its units", async () => {
  const alignmentId = await accept();
  const { stores } = application;
  const documentIds = (await stores.documents.list({ projectId })).map(({ id }) => id);
  const signed = { alignmentId, author, at: application.clock() };
  // The process ends here: the units are still those of before.
  await stores.alignments.remove({ ...signed, documentIds });
  expect(await countStored()).toEqual({ documents: 0, alignments: 0, units: 2 });
  await resumeAlignmentUnits(application);
  expect(await countStored()).toEqual({ documents: 0, alignments: 0, units: 0 });
  await stores.alignments.restore(signed);
  expect(await countStored()).toEqual({ documents: 2, alignments: 1, units: 0 });
  await resumeAlignmentUnits(application);
  await resumeAlignmentUnits(application);
  expect(await countStored()).toEqual({ documents: 2, alignments: 1, units: 2 });
});
