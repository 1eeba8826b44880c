import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CandidateAction, ExtractionRun } from "../../src/storage/extraction-store.ts";
import { openStores } from "../../src/storage/stores.ts";
import type { Stores } from "../../src/storage/stores.ts";
import { addProject, AT, lin, makeFormulation, wu } from "./samples.ts";

let stores: Stores;
let projectId: string;
let run: ExtractionRun;

const frame = { pattern: "把{X}作为{Y}来抓", count: 4, documents: 2, fillers: ["防汛"], occurrences: [] };
const formulations = [
  makeFormulation("落实责任", { count: 9, class: "set-phrase" }),
  makeFormulation("云溪省", { count: 20, class: "institution", documents: 5 }),
  makeFormulation("防汛抗旱", { count: 4, firstDate: "2025-12-01", children: ["防汛"] }),
  makeFormulation("指出", { count: 30, class: "reporting-verb" }),
];

function saveRun(): Promise<ExtractionRun> {
  return stores.extraction.saveRun({
    projectId,
    documentIds: ["d"],
    parameters: { limit: 4, kept: null },
    createdAt: AT,
    result: { formulations, frames: [frame] },
  });
}

beforeEach(async () => {
  stores = await openStores(":memory:");
  projectId = await addProject(stores);
  run = await saveRun();
});

afterEach(() => stores.close());

const list = async (filter: object = {}) =>
  (await stores.extraction.listCandidates({ runId: run.id, ...filter })).items.map((candidate) => candidate.formulation.text);
const decide = (text: string, action: CandidateAction, signed = lin) =>
  stores.extraction.decide({ projectId, text, action, ...signed });

describe("a run", () => {
  it("comes back with its candidates and frames", async () => {
    expect(await stores.extraction.findRun(run.id)).toEqual(run);
    expect(run).toMatchObject({ documentIds: ["d"], parameters: { limit: 4, kept: null }, candidateCount: 4, frameCount: 1 });
    const found = await stores.extraction.findCandidate(run.id, "防汛抗旱");
    expect(found).toEqual({ rank: 2, formulation: formulations[2], action: "undecided" });
    expect(await stores.extraction.findCandidate(run.id, "别的")).toBeUndefined();
    expect(await stores.extraction.listFrames(run.id)).toEqual([frame]);
    const [first] = (await stores.extraction.listCandidates({ runId: run.id })).items;
    expect(first?.formulation).not.toHaveProperty("occurrences");
    const newer = await saveRun();
    expect((await stores.extraction.findLatestRun(projectId))?.id).toBe(newer.id);
    expect((await stores.extraction.listRuns(projectId)).map((one) => one.id)).toEqual([newer.id, run.id]);
  });

  it("is filtered, sorted and paged", async () => {
    expect(await list()).toEqual(["落实责任", "云溪省", "防汛抗旱", "指出"]);
    expect(await list({ search: "省" })).toEqual(["云溪省"]);
    expect(await list({ classes: ["reporting-verb", "institution"] })).toEqual(["云溪省", "指出"]);
    expect(await list({ sort: "count", descending: true })).toEqual(["指出", "云溪省", "落实责任", "防汛抗旱"]);
    expect(await list({ sort: "firstDate", limit: 1 })).toEqual(["防汛抗旱"]);
    expect(await stores.extraction.listCandidates({ runId: run.id, offset: 3, limit: 3 })).toMatchObject({
      total: 4,
      items: [{ rank: 3 }],
    });
  });
});

describe("decisions about candidates", () => {
  it("stand in every later run, and are counted", async () => {
    await stores.extraction.decide({ projectId, text: "指出", action: "drop", reason: "everyday word", ...lin });
    await decide("落实责任", "later");
    await decide("落实责任", "accept", wu);
    run = await saveRun();
    expect(await list({ actions: ["undecided"] })).toEqual(["云溪省", "防汛抗旱"]);
    expect(await list({ actions: ["accept", "drop"] })).toEqual(["落实责任", "指出"]);
    expect(await stores.extraction.countProgress(run.id)).toMatchObject({ total: 4, accept: 1, drop: 1, later: 0, undecided: 2 });
    const found = await stores.extraction.findCandidate(run.id, "指出");
    expect(found).toMatchObject({ action: "drop", decision: { reason: "everyday word", author: "林岚" } });
    expect((await stores.extraction.listDecisions(projectId)).map((one) => [one.text, one.action])).toEqual([
      ["指出", "drop"],
      ["落实责任", "accept"],
    ]);
  });

  it("are taken back one after the other, by further lines", async () => {
    await decide("落实责任", "drop");
    await decide("落实责任", "later");
    await decide("落实责任", "accept");
    const undo = () => stores.extraction.undoDecision({ projectId, text: "落实责任", ...wu });
    const standing = async () => (await stores.extraction.findCandidate(run.id, "落实责任"))?.action;
    expect(await undo()).toMatchObject({ action: "later" });
    expect(await standing()).toBe("later");
    await undo();
    expect(await standing()).toBe("drop");
    await decide("落实责任", "accept");
    await undo();
    expect(await standing()).toBe("drop");
    expect(await undo()).toMatchObject({ action: "undecided" });
    expect(await standing()).toBe("undecided");
    expect(await undo()).toEqual({ kind: "refused", code: "nothing-to-undo" });
    const history = await stores.extraction.decisionHistory(projectId, "落实责任");
    expect(history.map((one) => one.action)).toEqual(["drop", "later", "accept", "later", "drop", "accept", "drop", "undecided"]);
    expect(history[3]?.undoes).toBe(history[2]?.id);
  });

  it("are taken back by a person in the order in which that person made them", async () => {
    await decide("落实责任", "accept", lin);
    await decide("云溪省", "drop", wu);
    await decide("指出", "drop", lin);
    const undo = () => stores.extraction.undoDecision({ projectId, ...lin });
    expect(await undo()).toMatchObject({ text: "指出", action: "undecided" });
    expect(await undo()).toMatchObject({ text: "落实责任", action: "undecided" });
    expect(await undo()).toMatchObject({ code: "nothing-to-undo" });
    expect(await list({ actions: ["drop"] })).toEqual(["云溪省"]);
  });
});

describe("contrast pairs", () => {
  const pair = (text: string, partner: string, signed = lin) =>
    stores.extraction.decide({ projectId, text, action: "contrast", partner, ...signed });
  const pairs = async (text?: string) =>
    (await stores.extraction.listPairs(projectId, text)).map((one) => `${one.text}/${String(one.partner)}`);

  it("stand beside what is decided about either half, once whichever half is named first", async () => {
    await decide("群防群治", "accept");
    await pair("群防群治", "群防群控");
    await pair("群防群控", "群防群治", wu);
    await pair("病死率", "病亡率");
    expect(await pairs()).toEqual(["群防群治/群防群控", "病死率/病亡率"]);
    expect(await pairs("群防群控")).toEqual(["群防群治/群防群控"]);
    expect((await stores.extraction.listDecisions(projectId)).map(({ action }) => action)).toEqual(["accept"]);
  });

  it("are taken back in the order of all that a person did, or by name", async () => {
    await decide("群防群治", "accept");
    await pair("群防群治", "群防群控");
    await decide("群防群控", "drop");
    const undo = (what: object = {}) => stores.extraction.undoDecision({ projectId, ...what, ...lin });
    expect(await undo()).toMatchObject({ text: "群防群控" });
    expect(await undo()).toMatchObject({ text: "群防群治", partner: "群防群控" });
    expect(await pairs()).toEqual([]);
    await pair("病死率", "病亡率", wu);
    expect(await undo({ text: "病亡率", partner: "病死率" })).toMatchObject({ text: "病死率", partner: "病亡率" });
    expect(await undo()).toMatchObject({ text: "群防群治", action: "undecided" });
    expect(await undo()).toMatchObject({ code: "nothing-to-undo" });
  });
});

describe("what happened since", () => {
  it("names each text once with what stands now, and says whether a pair changed", async () => {
    const { sequence } = await stores.extraction.listChanges(projectId, undefined);
    await decide("落实责任", "drop");
    await decide("落实责任", "accept");
    await stores.extraction.decide({ projectId, text: "云溪省", action: "merge", partner: "云溪", conceptId: "c", ...wu });
    const first = await stores.extraction.listChanges(projectId, sequence);
    expect(first.texts.map(({ text, standing }) => [text, standing?.action, standing?.partner])).toEqual([
      ["落实责任", "accept", undefined],
      ["云溪省", "merge", "云溪"],
    ]);
    expect(first.pairsChanged).toBe(false);
    await stores.extraction.decide({ projectId, text: "甲", action: "contrast", partner: "乙", ...lin });
    await stores.extraction.undoDecision({ projectId, ...wu });
    const second = await stores.extraction.listChanges(projectId, first.sequence);
    expect(second).toMatchObject({ texts: [{ text: "云溪省", standing: undefined }], pairsChanged: true });
    expect(await stores.extraction.listChanges(projectId, second.sequence)).toMatchObject({ texts: [], pairsChanged: false });
  });
});

describe("where candidates occur", () => {
  it("is kept with the run, as numbers of its documents", async () => {
    const occurrence = (document: string) => ({ document, paragraph: 0, start: 0, end: 2 });
    const held = { ...makeFormulation("防汛"), occurrences: ["b", "a", "b"].map(occurrence) };
    const { id } = await stores.extraction.saveRun({
      projectId,
      documentIds: ["a", "b"],
      parameters: {},
      createdAt: AT,
      result: { formulations: [held, makeFormulation("抗旱")], frames: [] },
    });
    const read = await stores.extraction.readCandidates(id);
    expect(read.map(({ formulation, documents }) => [formulation.text, documents])).toEqual([
      ["防汛", [0, 1]],
      ["抗旱", []],
    ]);
  });
});

describe("findings that are ignored", () => {
  it("are listed until somebody stops ignoring them, the newest decision counting", async () => {
    const finding = { projectId, rule: "number", pair: "p1", subject: "三千", textsHash: "h1", reason: "rounded" };
    await stores.findings.ignore({ ...finding, ...lin });
    const second = await stores.findings.ignore({ ...finding, textsHash: "h2", reason: "still rounded", ...wu });
    await stores.findings.ignore({ ...finding, pair: "p2", ...lin });
    expect((await stores.findings.listIgnored(projectId)).map((one) => [one.pair, one.textsHash])).toEqual([
      ["p1", "h2"],
      ["p2", "h1"],
    ]);
    expect((await stores.findings.listIgnored(projectId))[0]).toEqual(second);
    const place = { projectId, rule: "number", pair: "p1", subject: "三千", ...lin };
    expect(await stores.findings.stopIgnoring(place)).toBe(true);
    expect(await stores.findings.stopIgnoring(place)).toBe(false);
    expect((await stores.findings.listIgnored(projectId)).map((one) => one.pair)).toEqual(["p2"]);
  });
});
