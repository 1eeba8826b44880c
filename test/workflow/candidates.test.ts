/** Extraction of a project, decisions and their undoing, and what a new run has, on real stores. */
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Application } from "../../src/workflow/application.ts";
import { decideCandidate, findStanding, undoCandidate } from "../../src/workflow/candidate-decisions.ts";
import { compareWithLibrary, loadCandidateList, loadDecisions, loadListChanges } from "../../src/workflow/candidate-list.ts";
import { startExtraction } from "../../src/workflow/candidates.ts";
import { PHRASE, TEXTS, author, openCandidateProject } from "./candidate-setup.ts";
import type { CandidateProject } from "./candidate-setup.ts";

let project: CandidateProject;
let application: Application;
let projectId: string;
let documentIds: CandidateProject["documentIds"];
let addDocument: CandidateProject["addDocument"];
let start: CandidateProject["start"];
let extract: CandidateProject["extract"];
let conceptsOf: CandidateProject["conceptsOf"];
beforeEach(async () => {
  project = await openCandidateProject();
  ({ application, projectId, documentIds, addDocument, start, extract, conceptsOf } = project);
});
afterEach(() => project.close());

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
