/** The decision machine on a real store: the table of steps, four eyes, relations, discussions, what a person has seen. */
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RelationType, TermStatus } from "../../src/model/concept.ts";
import { TRANSITIONS, findTransition, listTransitions } from "../../src/model/vetting.ts";
import type { NewConcept, StoredConcept, StoredTerm } from "../../src/storage/concept-store.ts";
import { openStores } from "../../src/storage/stores.ts";
import type { Stores } from "../../src/storage/stores.ts";
import { addProject, AT, lin, makeTerm, wu } from "./samples.ts";

const STATUSES: readonly TermStatus[] = [
  ...(["candidate", "proposed", "approved", "admitted", "rejected", "deprecated", "superseded", "forbidden"] as const),
];
const GROUNDS = { reason: "as they say", citation: "house" };
let stores: Stores;
let projectId: string;

beforeEach(async () => {
  stores = await openStores(":memory:");
  projectId = await addProject(stores);
});
afterEach(() => stores.close());

async function create(concept: NewConcept, more = {}): Promise<StoredConcept> {
  const outcome = await stores.concepts.create(concept, { projectId, ...lin, ...more });
  if (outcome.kind !== "saved") throw new Error(outcome.code);
  return outcome.concept;
}

/** An entry whose second term stands as wanted, and a third that could take its place. */
async function createWith(status: TermStatus): Promise<{ readonly term: StoredTerm; readonly successor: StoredTerm }> {
  const terms = [makeTerm("防汛"), makeTerm("flood control", { status }), makeTerm("flood defence")];
  const [, term, successor] = (await create({ kind: "term", terms }, GROUNDS)).terms;
  if (!term || !successor) throw new Error("no term");
  return { term, successor };
}

describe("the table of steps", () => {
  it("has each step once, from everywhere a way back to a proposal, and grounds for every approval", () => {
    expect(new Set(TRANSITIONS.map(({ from, to }) => `${from} ${to}`)).size).toBe(TRANSITIONS.length);
    for (const from of STATUSES) {
      expect([from, from === "proposed" || findTransition(from, "proposed") !== undefined]).toEqual([from, true]);
      for (const { to, needs } of listTransitions(from)) {
        if (to === "approved") expect(needs).toEqual(["reason", "citation"]);
        if (to === "superseded") expect(needs).toContain("successor");
        if (to === "rejected") expect(needs).toContain("reason");
      }
    }
  });

  it("is what the store does, for every pair of standings and every grounds", async () => {
    for (const from of STATUSES) {
      for (const status of STATUSES) {
        const step = findTransition(from, status);
        for (const given of [[], ["reason"], ["reason", "citation", "successor"]] as const) {
          const has = (need: string) => (given as readonly string[]).includes(need);
          const { term, successor } = await createWith(from);
          const outcome = await stores.concepts.changeStatus({
            ...{ termId: term.id, baseRevision: 1, status, ...wu },
            ...(has("reason") ? { reason: "why" } : {}),
            ...(has("citation") ? { citation: "house" } : {}),
            ...(has("successor") ? { successorId: successor.id } : {}),
          });
          const isAllowed = step?.needs.every(has) ?? false;
          expect([from, status, given, outcome.kind]).toEqual([from, status, given, isAllowed ? "saved" : "refused"]);
          if (outcome.kind !== "saved") continue;
          expect(outcome.term).toMatchObject({ status, revision: 2 });
          expect(outcome.term.supersededBy).toBe(status === "superseded" ? successor.id : undefined);
          expect(outcome.decision).toMatchObject({ action: step?.action, before: from, after: status, author: wu.author });
        }
      }
    }
  });

  it("does not hold for what was decided elsewhere; grounds do", async () => {
    const { term } = await createWith("candidate");
    const change = { termId: term.id, baseRevision: 1, status: "approved", imported: true, ...lin } as const;
    expect(await stores.concepts.changeStatus({ ...change, reason: "file" })).toMatchObject({
      code: "approval-without-citation",
    });
    expect(await stores.concepts.changeStatus({ ...change, ...GROUNDS })).toMatchObject({ kind: "saved" });
  });

  it("refuses successors of another language or standing, and circles of them", async () => {
    const { term, successor } = await createWith("approved");
    const supersede = (termId: string, successorId: string, baseRevision = 1) =>
      stores.concepts.changeStatus({ ...{ termId, successorId, baseRevision }, status: "superseded", reason: "r", ...lin });
    const other = await create({ kind: "term", terms: [makeTerm("抗旱"), makeTerm("drought", { status: "forbidden" })] });
    const [chinese, forbidden] = other.terms;
    expect(await supersede(term.id, chinese?.id ?? "")).toMatchObject({ code: "successor-not-usable" });
    expect(await supersede(term.id, forbidden?.id ?? "")).toMatchObject({ code: "successor-not-usable" });
    expect(await supersede(term.id, term.id)).toMatchObject({ code: "successor-in-circle" });
    expect(await supersede(term.id, successor.id)).toMatchObject({ kind: "saved" });
    expect(await supersede(successor.id, term.id)).toMatchObject({ code: "successor-in-circle" });
  });
});

describe("decisions of several people", () => {
  it("taken at once: one is stored, the other is told what stands", async () => {
    const { term } = await createWith("proposed");
    const change = { termId: term.id, baseRevision: 1, status: "approved", ...GROUNDS } as const;
    const outcomes = await Promise.all([
      stores.concepts.changeStatus({ ...change, ...lin }),
      stores.concepts.changeStatus({ ...change, ...wu }),
    ]);
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual(["saved", "stale"]);
    expect(outcomes.find(({ kind }) => kind === "stale")).toMatchObject({ theirs: { status: "approved", revision: 2 } });
    expect((await stores.concepts.history(term.conceptId)).filter(({ action }) => action === "approve")).toHaveLength(1);
  });

  it("are two for an approval under four eyes, whatever way the wording came", async () => {
    await stores.vetting.saveRules({ fourEyes: true, authorities: [] }, { projectId, ...lin });
    const terms = [makeTerm("防汛"), makeTerm("flood control"), makeTerm("flood work", { status: "approved" })];
    const { id, terms: stored } = await create({ kind: "term", terms }, GROUNDS);
    expect(stored[2]).toMatchObject({ status: "proposed", waitingApproval: { author: lin.author, citation: "house" } });
    const termId = stored[1]?.id ?? "";
    const approve = (baseRevision: number, more: object) =>
      stores.concepts.changeStatus({ termId, baseRevision, status: "approved", ...lin, ...more });
    expect(await approve(1, GROUNDS)).toMatchObject({ kind: "saved", term: { status: "proposed", waitingApproval: GROUNDS } });
    expect((await stores.concepts.list({ projectId, waiting: true })).total).toBe(1);
    expect(await approve(2, GROUNDS)).toMatchObject({ code: "second-person-needed" });
    // Another wording is another proposal, and the approval that waited was not for it.
    const content = { ...makeTerm("control of floods") };
    await stores.concepts.changeTerm({ termId, baseRevision: 2, content, ...wu });
    expect((await stores.concepts.findTerm(termId))?.waitingApproval).toBeUndefined();
    expect(await approve(3, { ...GROUNDS, ...wu })).toMatchObject({
      term: { status: "proposed", waitingApproval: { author: wu.author } },
    });
    expect(await approve(4, {})).toMatchObject({ term: { status: "approved" }, decision: { action: "approve", ...GROUNDS } });
    const edited = { termId, baseRevision: 5, content: { ...content, text: "other" }, ...GROUNDS, ...wu };
    expect(await stores.concepts.changeTerm(edited)).toMatchObject({ code: "approved-text-needs-proposal" });
    expect((await stores.concepts.history(id)).map(({ action }) => action).slice(-4)).toEqual([
      "endorse",
      "change",
      "endorse",
      "approve",
    ]);
  });

  it("turn a wording down once: the same proposal is answered with that decision until it is reopened", async () => {
    const { id } = await create({ kind: "term", terms: [makeTerm("防汛"), makeTerm("Flood Fight")] });
    const { terms } = (await stores.concepts.find(id)) as StoredConcept;
    const change = { termId: terms[1]?.id ?? "", ...wu };
    await stores.concepts.changeStatus({ ...change, baseRevision: 1, status: "rejected", reason: "too warlike" });
    const add = (more = {}) => stores.concepts.addTerm({ conceptId: id, term: makeTerm("flood fight", more), ...lin });
    for (const more of [{}, { usage: "headline" }]) {
      expect(await add(more)).toMatchObject({ code: "rejected-before", decision: { reason: "too warlike", author: wu.author } });
    }
    expect(await add({ status: "forbidden" })).toMatchObject({ kind: "saved" });
    const reopen = { ...change, baseRevision: 2, status: "proposed" } as const;
    expect(await stores.concepts.changeStatus(reopen)).toMatchObject({ code: "decision-without-reason" });
    expect(await stores.concepts.changeStatus({ ...reopen, reason: "now seen" })).toMatchObject({
      decision: { action: "reopen" },
    });
  });

  it("cannot pass for taking back: what is named must be the step that is reversed", async () => {
    const { term } = await createWith("proposed");
    const [created, added] = await stores.concepts.history(term.conceptId);
    const change = { termId: term.id, baseRevision: 1, status: "approved", ...lin } as const;
    for (const undoes of [created?.id ?? "", added?.id ?? "", "none"]) {
      expect(await stores.concepts.changeStatus({ ...change, undoes })).toMatchObject({ code: "nothing-to-undo" });
    }
  });

  it("settle an entry without a fixed rendering, with a reason", async () => {
    const { id } = await create({ kind: "phrase", terms: [makeTerm("防汛"), makeTerm("flood control")] });
    const change = { conceptId: id, baseRevision: 1, content: { kind: "phrase", paraphrased: true }, ...lin } as const;
    expect(await stores.concepts.changeConcept(change)).toMatchObject({ code: "paraphrase-without-reason" });
    expect((await stores.concepts.list({ projectId, withoutApproved: "en" })).total).toBe(1);
    await stores.concepts.changeConcept({ ...change, reason: "always another" });
    expect(await stores.concepts.find(id)).toMatchObject({ paraphrased: true });
    expect((await stores.concepts.list({ projectId, withoutApproved: "en" })).total).toBe(0);
    expect((await stores.concepts.list({ projectId, paraphrased: true })).total).toBe(1);
  });
});

describe("relations", () => {
  const make = async (count: number) => {
    const ids: string[] = [];
    for (let at = 0; at < count; at++) ids.push((await create({ kind: "term", terms: [makeTerm(`词${String(at)}`)] })).id);
    return ids;
  };

  it("are shown from both sides, with their notes, in the histories of both", async () => {
    const [one = "", other = ""] = await make(2);
    await stores.concepts.relate({ conceptId: one, type: "superseded-by", otherId: other, note: "2026", ...lin });
    await stores.concepts.relate({ conceptId: other, type: "contrast", otherId: one, ...lin });
    expect(await stores.concepts.find(one)).toMatchObject({
      relations: [
        { type: "superseded-by", conceptId: other, note: "2026" },
        { type: "contrast", conceptId: other },
      ],
    });
    expect(await stores.concepts.find(other)).toMatchObject({
      relations: [{ type: "contrast", conceptId: one }],
      relatedFrom: [{ type: "superseded-by", conceptId: one }],
    });
    for (const id of [one, other]) {
      const related = (await stores.concepts.history(id)).filter(({ action }) => action === "relate");
      expect(related).toMatchObject([{ after: "superseded-by", reason: "2026", author: lin.author }, { after: "contrast" }]);
    }
    // A contrast may be ended from either side; the same again is no new line.
    expect(await stores.concepts.unrelate({ conceptId: one, type: "contrast", otherId: other, ...wu })).toMatchObject({
      kind: "saved",
    });
    expect((await stores.concepts.find(other))?.relations).toBeUndefined();
    const again = { conceptId: one, type: "superseded-by", otherId: other, note: "2026", ...wu } as const;
    await stores.concepts.relate(again);
    expect((await stores.concepts.history(one)).filter(({ action }) => action === "relate")).toHaveLength(2);
    expect(await stores.concepts.unrelate({ ...again, type: "broader" })).toMatchObject({ code: "relation-unknown" });
    expect(await stores.concepts.relate({ ...again, otherId: one })).toMatchObject({ code: "relation-to-itself" });
    const { concepts } = await stores.concepts.loadGlossary(projectId);
    expect(concepts.find(({ id }) => id === one)).toEqual(await stores.concepts.find(one));
  });

  it("never lead round in a circle, as a search of all paths says", async () => {
    const ids = await make(5);
    const types: readonly RelationType[] = ["broader", "part-of"];
    const held = new Map<RelationType, Set<string>>(types.map((type) => [type, new Set()]));
    const leads = (type: RelationType, from: string, to: string, seen = new Set<string>()): boolean =>
      from === to ||
      ids.some((next) => {
        if (seen.has(next) || !held.get(type)?.has(`${from} ${next}`)) return false;
        return leads(type, next, to, new Set([...seen, next]));
      });
    const end = fc.nat(4).map((at) => ids[at] ?? "");
    const steps = fc.array(fc.tuple(end, end, fc.constantFrom(...types), fc.boolean()), { minLength: 40, maxLength: 40 });
    for (const [conceptId, otherId, type, ends] of fc.sample(steps, { numRuns: 2, seed: 7 }).flat()) {
      const key = `${conceptId} ${otherId}`;
      if (ends) {
        const outcome = await stores.concepts.unrelate({ conceptId, type, otherId, ...lin });
        expect(outcome.kind).toBe(held.get(type)?.delete(key) ? "saved" : "refused");
        continue;
      }
      const isCircle = leads(type, otherId, conceptId);
      const outcome = await stores.concepts.relate({ conceptId, type, otherId, ...lin });
      expect([key, outcome.kind]).toEqual([key, isCircle ? "refused" : "saved"]);
      if (!isCircle) held.get(type)?.add(key);
    }
  });

  it("stay inside a project, and come from a file one by one", async () => {
    const [one = "", other = ""] = await make(2);
    await addProject(stores, "other");
    const stranger = await stores.concepts.create({ kind: "term", terms: [] }, { projectId: "other", ...lin });
    const far = stranger.kind === "saved" ? stranger.concept.id : "";
    const outcomes = await stores.concepts.relateAll(
      [
        { conceptId: one, type: "part-of", otherId: far },
        { conceptId: one, type: "part-of", otherId: other },
        { conceptId: other, type: "part-of", otherId: one },
      ],
      lin,
    );
    expect(outcomes.map((outcome) => (outcome.kind === "saved" ? "saved" : outcome.code))).toEqual([
      "not-found",
      "saved",
      "relation-in-circle",
    ]);
  });
});

describe("a discussion, and what a person has seen", () => {
  it("is closed and opened by lines of its own", async () => {
    const { id, terms } = await create({ kind: "term", terms: [makeTerm("防汛")] });
    const { vetting } = stores;
    const said = await vetting.addComment({ conceptId: id, termId: terms[0]?.id ?? "", text: " why? ", ...lin });
    if (said.kind !== "saved") throw new Error(said.code);
    const threadId = said.comment.id;
    await vetting.addComment({ conceptId: id, threadId, text: "because", ...wu });
    expect(await vetting.addComment({ conceptId: id, text: " ", ...wu })).toMatchObject({ code: "comment-empty" });
    expect(await vetting.addComment({ conceptId: id, threadId: "none", text: "x", ...wu })).toMatchObject({ code: "not-found" });
    expect(await vetting.countOpenThreads(projectId)).toEqual(new Map([[id, 1]]));
    expect(await vetting.settleThread({ threadId, kind: "reopen", ...wu })).toMatchObject({ code: "nothing-to-reopen" });
    await vetting.settleThread({ threadId, kind: "resolve", ...wu });
    expect((await vetting.countOpenThreads(projectId)).size).toBe(0);
    await vetting.settleThread({ threadId, kind: "reopen", text: "not yet", ...lin });
    expect((await vetting.countOpenThreads(projectId)).get(id)).toBe(1);
    expect((await vetting.listComments(id)).map(({ kind, text }) => [kind, text])).toEqual([
      ["comment", "why?"],
      ["comment", "because"],
      ["resolve", ""],
      ["reopen", "not yet"],
    ]);
  });

  it("news are the steps of others since then, by entry, both ends of a relation among them", async () => {
    const { vetting, concepts } = stores;
    const one = await create({ kind: "term", terms: [makeTerm("防汛")] });
    const other = await create({ kind: "term", terms: [makeTerm("防旱")] });
    const person = wu.author;
    const news = async () => (await vetting.findNews({ projectId, person })).items.map(({ conceptId }) => conceptId).sort();
    expect(await vetting.findNews({ projectId, person })).toEqual({ items: [], total: 0 });
    await vetting.markSeen({ projectId, person, at: AT });
    await concepts.addTerm({ conceptId: one.id, term: makeTerm("flood control"), ...wu });
    expect(await news()).toEqual([]);
    await concepts.relate({ conceptId: one.id, type: "contrast", otherId: other.id, ...lin });
    expect(await news()).toEqual([one.id, other.id].sort());
    expect((await concepts.list({ projectId, unseenBy: person })).total).toBe(2);
    await vetting.markSeen({ projectId, person, conceptId: one.id, at: AT });
    expect(await news()).toEqual([other.id]);
    await vetting.addComment({ conceptId: one.id, text: "?", ...lin });
    expect(await news()).toEqual([one.id, other.id].sort());
    expect(await vetting.findNews({ projectId, person: lin.author })).toMatchObject({ total: 0 });
    await vetting.markSeen({ projectId, person, at: AT });
    expect(await news()).toEqual([]);
  });
});
