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
