/** Extraction of a project, decisions and their undoing, and the lines of a candidate, on real stores. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openApplication } from "../../src/workflow/application.ts";
import type { Application } from "../../src/workflow/application.ts";
import { loadCandidateDetail } from "../../src/workflow/candidate-detail.ts";
import { listLines } from "../../src/workflow/candidate-lines.ts";
import {
  compareWithLibrary,
  loadCandidateList,
  loadDecisions,
  loadListChanges,
  mergeByShare,
} from "../../src/workflow/candidate-list.ts";
import { listEntryChoices } from "../../src/workflow/candidate-partners.ts";
import { decideCandidate, findStanding, pairCandidates, undoCandidate } from "../../src/workflow/candidate-decisions.ts";
import { startExtraction } from "../../src/workflow/candidates.ts";
import { createProject } from "../../src/workflow/projects.ts";

const PHRASE = "早预警、早转移、早处置";
const LONGER = `坚持${PHRASE}`;
const TEXTS = [
  [`各地要${LONGER}，确保群众安全。`, "各级负责人要靠前指挥，落实防汛责任制。", "要把责任落实作为头等大事来抓。"],
  [`云溪省要求做到${PHRASE}，切实减轻损失。`, "要把巡堤查险作为重要任务来抓。", "各县要落实防汛责任制，加强值守。"],
  [`基层干部${LONGER}，守住底线。`, "要把物资储备作为基础工作来抓。", `会议指出，${PHRASE}是多年经验的总结。`],
];

let folder: string;
let application: Application;
let projectId: string;
let documentIds: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "dingyi-test-"));
  const outcome = await openApplication({ dataFolder: folder });
  if (outcome.kind === "failed") throw new Error(outcome.code);
  application = outcome.application;
  projectId = (await createProject(application, { name: "Yunxi" })).id;
  documentIds = [];
  for (const [at, paragraphs] of TEXTS.entries())
    documentIds.push(await addDocument(`文件${at}`, paragraphs, `2024-0${at + 4}-11`));
});
afterEach(async () => {
  await application.close();
  await rm(folder, { recursive: true, force: true });
});

const author = "Zhao Ning";

async function addDocument(title: string, paragraphs: readonly string[], date: string): Promise<string> {
  const document = await application.stores.documents.add(
    {
      projectId,
      ordinal: 0,
      title,
      date,
      language: "zh",
      side: "source",
      paragraphs: paragraphs.map((text, at) => ({
        text,
        role: "body",
        line: at + 1,
        segments: [{ kind: "segment", source: text }],
      })),
    },
    { author, at: application.clock() },
  );
  return document.id;
}

async function start(): Promise<string> {
  const started = await startExtraction(application, { projectId, author });
  return started.kind === "started" ? started.job.id : started.kind;
}

async function extract(): Promise<string> {
  const ended = await application.jobs.waitFor(await start());
  expect(ended?.state).toBe("done");
  return ended?.result ?? "";
}

const conceptsOf = async (text: string) =>
  (await application.stores.concepts.findByTerm({ projectId, text })).map(({ kind, terms }) => ({
    kind,
    status: terms[0]?.status,
  }));

describe("extraction", () => {
  it("stores the list of a run and remembers what it has read", async () => {
    const runId = await extract();
    const list = await loadCandidateList(application, { projectId, runId });
    expect(list?.candidates.map(({ text }) => text)).toContain(PHRASE);
    if (!list) return;
    expect(await compareWithLibrary(application, list.run)).toEqual({ added: 0, removed: 0, changed: 0 });
    await application.stores.documents.remove(documentIds[0] ?? "", { author, at: application.clock() });
    await addDocument("新文件", ["要加强值守。"], "2024-07-01");
    expect(await compareWithLibrary(application, list.run)).toEqual({ added: 1, removed: 1, changed: 0 });
  });

  it("answers the job that is under way instead of starting another", async () => {
    const [first, second] = await Promise.all([start(), start()]);
    expect(second).toBe(first);
    await application.jobs.waitFor(first);
  });

  it("starts no job for more text than one run can hold, and says how much there is", async () => {
    const characters = TEXTS.flat().reduce((sum, { length }) => sum + length + 1, 0);
    const most = characters - 1;
    expect(await startExtraction(application, { projectId, author, most })).toEqual({ kind: "too-large", characters, most });
    expect(await application.jobs.list(projectId)).toEqual([]);
    expect(await startExtraction(application, { projectId, author, most: characters })).toMatchObject({ kind: "started" });
  });

  it("shows a run to its own project only", async () => {
    const runId = await extract();
    expect(await loadCandidateList(application, { projectId: "other", runId })).toBeUndefined();
  });
});

describe("a decision", () => {
  it("makes a concept with a proposed term when it accepts, of the kind that the class says", async () => {
    await extract();
    const outcome = await decideCandidate(application, { projectId, author, text: PHRASE, action: "accept" });
    expect(outcome.kind).toBe("decided");
    expect(await conceptsOf(PHRASE)).toEqual([{ kind: "phrase", status: "proposed" }]);
    await decideCandidate(application, { projectId, author, text: "把{X}作为{Y}来抓", action: "accept", class: "frame" });
    expect(await conceptsOf("把{X}作为{Y}来抓")).toEqual([{ kind: "frame", status: "proposed" }]);
  });

  it("that no longer accepts takes the entry out of the lists, and accepting once more proposes the same term", async () => {
    const accept = { projectId, author, text: PHRASE, action: "accept" } as const;
    const first = await decideCandidate(application, accept);
    const dropped = await decideCandidate(application, { ...accept, action: "drop", withdrawal: "dropped" });
    expect(dropped).toMatchObject({ kind: "decided", withdrawn: "gone" });
    expect(await conceptsOf(PHRASE)).toEqual([]);
    expect((await application.stores.concepts.list({ projectId })).total).toBe(0);
    expect(await decideCandidate(application, accept)).toMatchObject({ conceptId: first.kind === "decided" && first.conceptId });
    expect(await conceptsOf(PHRASE)).toEqual([{ kind: "phrase", status: "proposed" }]);
    const history = await application.stores.concepts.history((first.kind === "decided" && first.conceptId) || "");
    expect(history.map(({ action, reason }) => [action, reason])).toEqual([
      ["create", undefined],
      ["reject", "dropped"],
      ["reopen", "accept"],
    ]);
  });

  it("is undone step by step, the entry with it", async () => {
    const decide = (action: "accept" | "drop") => decideCandidate(application, { projectId, author, text: PHRASE, action });
    const undo = () => undoCandidate(application, { projectId, author, reason: "taken back" });
    await decide("accept");
    await decide("drop");
    expect(await undo()).toMatchObject({ kind: "undone", text: PHRASE, standing: { action: "accept" } });
    expect(await conceptsOf(PHRASE)).toEqual([{ kind: "phrase", status: "proposed" }]);
    expect(await undo()).toMatchObject({ kind: "undone", standing: undefined, withdrawn: "gone" });
    expect(await conceptsOf(PHRASE)).toEqual([]);
    expect(await undo()).toEqual({ kind: "refused", code: "nothing-to-undo" });
    expect((await loadDecisions(application, projectId)).size).toBe(0);
  });

  it("leaves an entry alone that was there before it, or that somebody has worked on", async () => {
    const { concepts } = application.stores;
    const term = {
      language: "zh",
      text: PHRASE,
      status: "proposed",
      termType: "phrase",
      matching: "exact",
      attestations: [],
    } as const;
    await concepts.create({ kind: "phrase", terms: [term] }, { author, at: "2024-01-01T00:00:00.000Z", projectId });
    await decideCandidate(application, { projectId, author, text: PHRASE, action: "accept" });
    await undoCandidate(application, { projectId, author, reason: "taken back" });
    expect(await conceptsOf(PHRASE)).toEqual([{ kind: "phrase", status: "proposed" }]);

    const outcome = await decideCandidate(application, { projectId, author, text: "防汛责任制", action: "accept" });
    const conceptId = outcome.kind === "decided" ? (outcome.conceptId ?? "") : "";
    const rendering = { ...term, language: "en", text: "flood control responsibility system" };
    await concepts.addTerm({ conceptId, term: rendering, author, at: application.clock() });
    expect(await undoCandidate(application, { projectId, author, reason: "taken back" })).toMatchObject({ withdrawn: "kept" });
    expect(await conceptsOf("防汛责任制")).toEqual([{ kind: "phrase", status: "proposed" }]);
  });

  it("is refused when somebody else decided meanwhile, also when both come at once", async () => {
    const request = { projectId, text: PHRASE, action: "accept", base: {} } as const;
    const [first, second] = await Promise.all([
      decideCandidate(application, { ...request, author: "Li Min" }),
      decideCandidate(application, { ...request, author, action: "drop" }),
    ]);
    expect(first.kind).toBe("decided");
    expect(second).toMatchObject({ kind: "stale", theirs: { author: "Li Min", action: "accept" }, base: undefined });
    const theirs = second.kind === "stale" ? second.theirs : undefined;
    const base = { decisionId: theirs?.id ?? "" };
    expect((await decideCandidate(application, { ...request, author, action: "drop", base })).kind).toBe("decided");
  });

  it("holds in the next run", async () => {
    await extract();
    await decideCandidate(application, { projectId, author, text: PHRASE, action: "drop", reason: "too general" });
    const { items } = await application.stores.extraction.listCandidates({ runId: await extract(), search: PHRASE });
    expect(items.find(({ formulation }) => formulation.text === PHRASE)).toMatchObject({
      action: "drop",
      decision: { reason: "too general" },
    });
  });

  it("stands as the store says, after any decisions and undoings", async () => {
    const steps = fc.array(fc.constantFrom("accept", "drop", "later", "undo"), { maxLength: 8 });
    let number = 0;
    await fc.assert(
      fc.asyncProperty(steps, async (actions) => {
        const text = `提法${String(number++)}`;
        const { extraction } = application.stores;
        for (const action of actions) {
          const signed = { author, at: application.clock(), projectId, text };
          if (action === "undo") await extraction.undoDecision(signed);
          else await extraction.decide({ ...signed, action });
        }
        const standing = (await loadDecisions(application, projectId)).get(text);
        expect(findStanding(await extraction.decisionHistory(projectId, text))?.id).toBe(standing?.id);
      }),
      { numRuns: 30 },
    );
  });
});

describe("merging", () => {
  const undo = () => undoCandidate(application, { projectId, author, reason: "taken back" });
  const termsOf = async (conceptId: string) =>
    ((await application.stores.concepts.find(conceptId))?.terms ?? []).map(({ text, status, termType }) => [
      text,
      status,
      termType,
    ]);
  const accept = async (text: string) => {
    const outcome = await decideCandidate(application, { projectId, author, text, action: "accept" });
    return (outcome.kind === "decided" && outcome.conceptId) || "";
  };

  it("adds the wording to the entry, names its head, and takes it back with the decision", async () => {
    const conceptId = await accept(PHRASE);
    const merge = { projectId, author, text: LONGER, action: "merge", conceptId, termType: "shortForm" } as const;
    expect(await decideCandidate(application, merge)).toMatchObject({ decision: { partner: PHRASE, conceptId } });
    expect(await termsOf(conceptId)).toEqual([
      [PHRASE, "proposed", "phrase"],
      [LONGER, "proposed", "shortForm"],
    ]);
    expect(await undo()).toMatchObject({ text: LONGER, standing: undefined, withdrawn: "gone" });
    expect((await termsOf(conceptId))[1]).toEqual([LONGER, "rejected", "shortForm"]);
    // Its own entry now, not the one that turned it down.
    const own = await accept(LONGER);
    expect(own).not.toBe(conceptId);
    expect(await termsOf(own)).toEqual([[LONGER, "proposed", "phrase"]]);
    // And from an entry of its own into the other one again: the own one goes.
    expect(await decideCandidate(application, merge)).toMatchObject({ kind: "decided", withdrawn: "gone" });
    expect((await application.stores.concepts.list({ projectId })).total).toBe(1);
    expect(await undo()).toMatchObject({ standing: { action: "accept", conceptId: own } });
    expect(await conceptsOf(LONGER)).toEqual([
      { kind: "phrase", status: "proposed" },
      { kind: "phrase", status: "proposed" },
    ]);
    expect((await termsOf(conceptId))[1]).toEqual([LONGER, "rejected", "shortForm"]);
    // All taken back: nothing is left in the lists of what was only tried.
    expect(await undo()).toMatchObject({ text: LONGER, standing: undefined, withdrawn: "gone" });
    expect(await undo()).toMatchObject({ text: PHRASE, standing: undefined, withdrawn: "gone" });
    expect((await application.stores.concepts.list({ projectId })).total).toBe(0);
    expect(await accept(PHRASE)).toBe(conceptId);
  });

  it("is refused into nothing, into another project's entry and into what must not be confused", async () => {
    const into = (conceptId: string) =>
      decideCandidate(application, { projectId, author, text: "群防群控", action: "merge", conceptId });
    expect(await into("none")).toEqual({ kind: "impossible", code: "no-entry" });
    const conceptId = await accept("群防群治");
    await pairCandidates(application, { projectId, author, text: "群防群控", partner: "群防群治" });
    expect(await into(conceptId)).toEqual({ kind: "impossible", code: "contrast" });
    await undo();
    expect((await into(conceptId)).kind).toBe("decided");
    const again = await pairCandidates(application, { projectId, author, text: "群防群治", partner: "群防群控" });
    expect(again).toEqual({ kind: "impossible", code: "same-entry" });
  });

  it("offers the entries of related wordings, and those that are searched for, never its own", async () => {
    const runId = await extract();
    const conceptId = await accept(PHRASE);
    const choices = async (text: string, find: string) =>
      (await listEntryChoices(application, { projectId, runId, text, find })).map(({ head }) => head);
    expect(await choices(PHRASE, "早预警")).toEqual([]);
    expect(await choices("别的", "早预警")).toEqual([PHRASE]);
    await decideCandidate(application, { projectId, author, text: LONGER, action: "merge", conceptId });
    const [choice] = await listEntryChoices(application, { projectId, runId, text: "别的", find: "坚持早" });
    expect(choice).toMatchObject({ head: PHRASE, wordings: [LONGER] });
  });
});

describe("a contrast pair", () => {
  it("relates the entries as soon as both wordings have one, and no longer when it is taken back", async () => {
    const request = { projectId, author };
    const decide = (text: string, action: "accept" | "drop") => decideCandidate(application, { ...request, text, action });
    const related = async (text: string) => {
      const found = await application.stores.concepts.findByTerm({ projectId, text });
      return found.flatMap(({ relations = [] }) => relations.map(({ type, note }) => [type, note]));
    };
    await decide("群防群治", "accept");
    await pairCandidates(application, { ...request, text: "群防群治", partner: "群防群控", reason: "other acts" });
    expect(await related("群防群治")).toEqual([]);
    await decide("群防群控", "accept");
    expect(await related("群防群治")).toEqual([["contrast", "other acts"]]);
    expect(await related("群防群控")).toEqual([["contrast", "other acts"]]);
    expect(await decide("群防群控", "drop")).toMatchObject({ withdrawn: "gone" });
    expect(await related("群防群治")).toEqual([]);
    await undoCandidate(application, { ...request, reason: "taken back" });
    expect(await related("群防群治")).toEqual([["contrast", "other acts"]]);
    const pair = { text: "群防群控", partner: "群防群治" };
    expect(await undoCandidate(application, { ...request, ...pair, reason: "taken back" })).toMatchObject({ kind: "unpaired" });
    expect(await related("群防群控")).toEqual([]);
  });
});

describe("a frame", () => {
  it("is made of a wording, with the pattern as the term of its entry, and goes again", async () => {
    const make = (pattern: string) =>
      decideCandidate(application, { projectId, author, text: "落实防汛责任制", action: "frame", pattern });
    for (const pattern of ["落实责任制", "{X}", "落实{}责任制", "落实{X责任制"]) {
      expect(await make(pattern)).toEqual({ kind: "impossible", code: "no-slot" });
    }
    expect(await make(" 落实{X}责任制 ")).toMatchObject({ decision: { action: "frame", partner: "落实{X}责任制" } });
    expect(await conceptsOf("落实{X}责任制")).toEqual([{ kind: "frame", status: "proposed" }]);
    await undoCandidate(application, { projectId, author, reason: "taken back" });
    expect(await conceptsOf("落实{X}责任制")).toEqual([]);
  });
});

describe("what a new run has", () => {
  it("is told against the run before: new, with another count, gone", async () => {
    const first = await loadCandidateList(application, { projectId, runId: await extract() });
    expect(first && (await loadListChanges(application, first))).toBeUndefined();
    await application.stores.documents.remove(documentIds[0] ?? "", { author, at: application.clock() });
    const text = [`各部门要强化“四早四快”机制，做到${PHRASE}。`];
    const added = [await addDocument("新文件1", text, "2024-08-01"), await addDocument("新文件2", text, "2024-08-02")];
    const list = await loadCandidateList(application, { projectId, runId: await extract() });
    const changes = list && (await loadListChanges(application, list));
    if (!first || !list || !changes) throw new Error("no list");
    const texts = new Set(list.candidates.map(({ text }) => text));
    const before = new Set(first.candidates.map(({ text }) => text));
    expect([...changes.added].sort()).toEqual([...texts].filter((text) => !before.has(text)).sort());
    expect(changes.gone.map(({ text }) => text).sort()).toEqual([...before].filter((text) => !texts.has(text)).sort());
    expect(changes.added.size).toBeGreaterThan(0);
    for (const [text, count] of changes.changed) {
      expect(first.candidates[first.places.get(text) ?? -1]?.distinctCount).toBe(count);
      expect(list.candidates[list.places.get(text) ?? -1]?.distinctCount).not.toBe(count);
    }
    const places = list.candidates.find(({ text }) => text === PHRASE)?.places ?? [];
    // Copies are among them: whoever asks for a document wants to see what is in it.
    expect(places.map((number) => list.run.documentIds[number]).sort()).toEqual([...documentIds.slice(1), ...added].sort());
  });
});

describe("the detail", () => {
  it("has a line for each distinct use, with what belongs to a longer formulation, copies folded", async () => {
    await addDocument("文件0的转载", TEXTS[0] ?? [], "2024-04-12");
    const runId = await extract();
    const list = await loadCandidateList(application, { projectId, runId });
    const detail = list && (await loadCandidateDetail(application, list, PHRASE));
    expect(detail).toBeDefined();
    if (!detail) return;
    expect(detail.lines.length).toBe(detail.candidate.distinctCount);
    expect(detail.lines.reduce((sum, { copies }) => sum + 1 + copies, 0)).toBe(detail.candidate.count);
    for (const line of detail.lines) {
      const text = detail.documents.get(line.document)?.paragraphs[line.paragraph] ?? "";
      expect(text).toContain(line.left + line.key + line.right);
      expect(line.key).toBe(PHRASE);
    }
    expect(detail.lines.filter(({ alone }) => alone).length).toBe(detail.candidate.independentCount);
  });

  it("counts the uses whose document has gone instead of showing something else", async () => {
    const runId = await extract();
    await application.stores.documents.remove(documentIds[2] ?? "", { author, at: application.clock() });
    const list = await loadCandidateList(application, { projectId, runId });
    const detail = list && (await loadCandidateDetail(application, list, PHRASE));
    expect(detail?.lost).toBe(2);
    expect(detail?.lines.every(({ document }) => document !== documentIds[2])).toBe(true);
  });
});

describe("lines", () => {
  const paragraph = `会议强调，要坚定“${PHRASE}”的方针，坚持 ${PHRASE}。`;
  const documents = new Map([["a", { id: "a", title: "甲", paragraphs: [paragraph] }]]);
  const occurrences = [paragraph.indexOf(PHRASE), paragraph.lastIndexOf(PHRASE)].map((start) => ({
    document: "a",
    paragraph: 0,
    start,
    end: start + PHRASE.length,
  }));

  it("marks the part of a longer formulation in the original characters, whatever width or space they have", () => {
    const { lines } = listLines({ occurrences, documents, copies: undefined, text: PHRASE, parents: [LONGER] });
    expect(lines.map(({ alone }) => alone)).toEqual([true, false]);
    const [, second] = lines;
    expect(second && second.left.slice(second.left.length - second.before)).toBe("坚持 ");
  });

  it("never cuts a character in two", () => {
    const text = `${"𠮷".repeat(80)}${PHRASE}${"𠮷".repeat(80)}`;
    const start = text.indexOf(PHRASE);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 }), (shift) => {
        const shifted = "一".repeat(shift) + text + "二".repeat(shift);
        const { lines } = listLines({
          occurrences: [{ document: "b", paragraph: 0, start: start + shift, end: start + shift + PHRASE.length }],
          documents: new Map([["b", { id: "b", title: "乙", paragraphs: [shifted] }]]),
          copies: undefined,
          text: PHRASE,
          parents: [],
        });
        const [line] = lines;
        expect(line?.left.isWellFormed() && line.right.isWellFormed()).toBe(true);
        expect(shifted).toContain(`${line?.left ?? ""}${PHRASE}${line?.right ?? ""}`);
      }),
    );
  });
});

describe("the order of formulations and frames", () => {
  it("keeps both lists in their order and loses nothing", () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(20), (many, few) => {
        const first = Array.from({ length: many }, (_, at) => `f${String(at)}`);
        const second = Array.from({ length: few }, (_, at) => `x${String(at)}`);
        const merged = mergeByShare(first, second);
        expect(merged.filter((item) => item.startsWith("f"))).toEqual(first);
        expect(merged.filter((item) => item.startsWith("x"))).toEqual(second);
      }),
    );
  });
});
