/** Candidates that belong to others: merged into an entry, told apart, made a frame; and the undoing of it. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Application } from "../../src/workflow/application.ts";
import { decideCandidate, pairCandidates, undoCandidate } from "../../src/workflow/candidate-decisions.ts";
import { listEntryChoices } from "../../src/workflow/candidate-partners.ts";
import { LONGER, PHRASE, author, openCandidateProject } from "./candidate-setup.ts";
import type { CandidateProject } from "./candidate-setup.ts";

let project: CandidateProject;
let application: Application;
let projectId: string;
let extract: CandidateProject["extract"];
let conceptsOf: CandidateProject["conceptsOf"];
beforeEach(async () => {
  project = await openCandidateProject();
  ({ application, projectId, extract, conceptsOf } = project);
});
afterEach(() => project.close());

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
