/** Deciding, taking back, finding uses: on a real store. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApplication } from "../../src/workflow/application.ts";
import type { Application } from "../../src/workflow/application.ts";
import {
  addEntry,
  addRendering,
  citeTerm,
  decideTerm,
  editConcept,
  editTerm,
  findConcept,
  recordCitation,
} from "../../src/workflow/glossary.ts";
import { countGlossary, listGlossary } from "../../src/workflow/glossary.ts";
import { findUndoable, undoDecision } from "../../src/workflow/glossary-undo.ts";
import { relateEntries, unrelateEntries } from "../../src/workflow/glossary-relations.ts";
import { changeVettingRules } from "../../src/workflow/vetting-rules.ts";
import { findUses } from "../../src/workflow/glossary-uses.ts";
import {
  acceptGlossary,
  findPendingGlossary,
  openGlossaryPreview,
  receiveGlossary,
} from "../../src/workflow/glossary-previews.ts";
import { exportProject } from "../../src/workflow/export-files.ts";
import { createProject } from "../../src/workflow/projects.ts";

let folder: string;
let application: Application;
let projectId: string;
let tick = 0;
const author = "Zhao Ning";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dingyi-glossary-"));
  // Every step at an instant of its own, as when a person takes them.
  const outcome = await openApplication({
    dataFolder: folder,
    clock: () => new Date(1_750_000_000_000 + 1000 * tick++).toISOString(),
  });
  if (outcome.kind !== "opened") throw new Error(outcome.code);
  application = outcome.application;
  projectId = (await createProject(application, { name: "Yunxi" })).id;
});
afterAll(async () => {
  await application.close();
  await rm(folder, { recursive: true, force: true });
});

async function newEntry(text: string, rendering = "guard the dykes"): Promise<string> {
  const outcome = await addEntry(application, {
    projectId,
    author,
    kind: "phrase",
    text,
    rendering: { text: rendering, status: "proposed" },
  });
  if (outcome.kind !== "saved") throw new Error(outcome.kind);
  return outcome.concept.id;
}

async function load(conceptId: string) {
  const concept = await findConcept(application, { projectId, conceptId });
  const term = concept?.terms[1];
  if (!concept || !term) throw new Error("nothing stored");
  return { concept, term };
}

/** What an undo must bring back: everything but revisions and times. */
async function say(conceptId: string): Promise<unknown> {
  const { concept } = await load(conceptId);
  const { kind, class: name, domain, note, terms } = concept;
  return { kind, name, domain, note, terms: terms.map((term) => ({ ...term, revision: undefined })) };
}

describe("taking back", () => {
  it("brings back what was before each kind of step, in the opposite order", async () => {
    const id = await newEntry("严防死守");
    const states = [await say(id)];
    const steps = [
      async () => editTerm(application, { ...(await place(id)), content: { ...(await content(id)), text: "hold the dykes" } }),
      async () => editTerm(application, { ...(await place(id)), content: { ...(await content(id)), note: "spoken" } }),
      async () => citeTerm(application, { ...(await place(id)), attestation: { source: "house", place: "¶ 3" } }),
      async () => decideTerm(application, { ...(await place(id)), status: "approved", citation: "house", reason: "short" }),
      async () => decideTerm(application, { ...(await place(id)), status: "deprecated", reason: "too short" }),
      async () =>
        editConcept(application, {
          ...(await place(id)),
          conceptId: id,
          baseRevision: (await load(id)).concept.revision,
          content: { kind: "term", note: "a call" },
        }),
    ];
    for (const step of steps) {
      expect((await step()).kind).toBe("saved");
      states.push(await say(id));
    }
    for (let at = steps.length - 1; at >= 0; at -= 1) {
      expect((await undoDecision(application, { projectId, conceptId: id, author })).kind).toBe("undone");
      expect(await say(id)).toEqual(states[at]);
    }
    expect(await undoDecision(application, { projectId, conceptId: id, author })).toEqual({
      kind: "refused",
      code: "nothing-to-undo",
    });
  });

  it("takes an approval and the citation that came with it back in one step", async () => {
    const id = await newEntry("堤防");
    const before = await say(id);
    await decideTerm(application, { ...(await place(id)), status: "approved", citation: "house", reason: "ours" });
    expect((await load(id)).term.attestations).toEqual([{ source: "house" }]);
    await undoDecision(application, { projectId, conceptId: id, author });
    expect(await say(id)).toEqual(before);
  });

  it("turns an added rendering down, since nothing is deleted, and goes on to the step before", async () => {
    const id = await newEntry("抢险");
    await decideTerm(application, { ...(await place(id)), status: "admitted", reason: "met as well" });
    await addRendering(application, {
      projectId,
      conceptId: id,
      author,
      rendering: { language: "en", text: "rescue work", status: "proposed" },
    });
    await undoDecision(application, { projectId, conceptId: id, author });
    expect((await load(id)).concept.terms.map(({ status }) => status)).toEqual(["proposed", "admitted", "rejected"]);
    await undoDecision(application, { projectId, conceptId: id, author });
    expect((await load(id)).concept.terms.map(({ status }) => status)).toEqual(["proposed", "proposed", "rejected"]);
  });

  it("brings back relations with their notes, a settled entry, a successor and a first approval", async () => {
    const id = await newEntry("安全转移");
    const other = await newEntry("应急转移", "evacuate in an emergency");
    await addRendering(application, {
      projectId,
      conceptId: id,
      author,
      rendering: { language: "en", text: "evacuate", status: "proposed" },
    });
    const relate = (type: "contrast" | "broader", note: string) =>
      relateEntries(application, { projectId, author, conceptId: id, otherId: other, type, note });
    const tell = async () => {
      const { concept } = await load(id);
      const { relations, paraphrased, terms } = concept;
      return {
        relations,
        paraphrased,
        terms: terms.map(({ status, supersededBy, waitingApproval }) => [status, supersededBy, waitingApproval?.author]),
      };
    };
    const grounds = { citation: "house", reason: "ours" };
    const successorId = (await load(id)).concept.terms[2]?.id ?? "";
    const steps = [
      () => relate("contrast", "one"),
      () => relate("contrast", "two"),
      () => unrelateEntries(application, { projectId, author, conceptId: id, otherId: other, type: "contrast" }),
      () => relate("broader", ""),
      async () =>
        editConcept(application, {
          projectId,
          author,
          conceptId: id,
          baseRevision: 1,
          content: { kind: "phrase", paraphrased: true },
          reason: "always another",
        }),
      async () => decideTerm(application, { ...(await place(id)), status: "superseded", reason: "older", successorId }),
      async () => decideTerm(application, { ...(await place(id)), status: "proposed", reason: "after all" }),
      async () => {
        await changeVettingRules(application, { projectId, author, fourEyes: true });
        return decideTerm(application, { ...(await place(id)), status: "approved", ...grounds });
      },
    ];
    const states = [await tell()];
    for (const step of steps) {
      expect((await step()).kind).toBe("saved");
      states.push(await tell());
    }
    expect(states.at(-1)?.terms[1]).toEqual(["proposed", undefined, author]);
    for (let at = steps.length - 1; at >= 0; at -= 1) {
      expect((await undoDecision(application, { projectId, conceptId: id, author })).kind).toBe("undone");
      expect([at, await tell()]).toEqual([at, states[at]]);
    }
    await changeVettingRules(application, { projectId, author, fourEyes: false });
    const undone = (await application.stores.concepts.history(id)).filter(({ undoes }) => undoes !== undefined);
    expect(undone.length).toBeGreaterThanOrEqual(steps.length);
  });

  it("finds nothing to take back in an entry as it began", async () => {
    const id = await newEntry("值守");
    expect(findUndoable(await application.stores.concepts.history(id))).toBeUndefined();
  });
});

describe("deciding", () => {
  it("refuses an approval without grounds and a rejection without a reason", async () => {
    const id = await newEntry("转移避险");
    const base = await place(id);
    expect(await decideTerm(application, { ...base, status: "approved", reason: "good" })).toMatchObject({
      code: "approval-without-citation",
    });
    expect(await decideTerm(application, { ...base, status: "approved", citation: "house" })).toMatchObject({
      code: "approval-without-reason",
    });
    expect(await decideTerm(application, { ...base, status: "rejected" })).toMatchObject({ code: "rejection-without-reason" });
  });

  it("answers a stale edit with all three states", async () => {
    const id = await newEntry("预警");
    const base = await place(id);
    const mine = { ...(await content(id)), text: "mine" };
    await editTerm(application, { ...base, content: { ...mine, text: "theirs" } });
    expect(await editTerm(application, { ...base, content: mine })).toMatchObject({
      kind: "stale",
      mine: { text: "mine" },
      theirs: { text: "theirs" },
      base: { text: "guard the dykes" },
    });
  });

  it("says that a wording is there already instead of storing it twice", async () => {
    const id = await newEntry("山洪");
    const rendering = { language: "en", text: "guard the dykes", status: "proposed" as const };
    expect((await addRendering(application, { projectId, conceptId: id, author, rendering })).kind).toBe("exists");
    expect((await addEntry(application, { projectId, author, kind: "term", text: "山洪" })).kind).toBe("exists");
  });

  it("leaves the entries of other projects alone", async () => {
    const other = (await createProject(application, { name: "Other" })).id;
    const id = await newEntry("蓄滞洪区");
    expect(await findConcept(application, { projectId: other, conceptId: id })).toBeUndefined();
    const { term } = await load(id);
    const outcome = await decideTerm(application, {
      projectId: other,
      termId: term.id,
      author,
      baseRevision: 1,
      status: "admitted",
    });
    expect(outcome).toEqual({ kind: "refused", code: "not-found" });
  });

  it("keeps a new source under a name that can be read without the list, once", async () => {
    const source = { kind: "new", body: "Yunxi Press Office", title: "Bulletin 3", date: "2024-06" } as const;
    const id = await recordCitation(application, projectId, source);
    expect(id).toBe("Yunxi Press Office, Bulletin 3, 2024-06");
    expect(await recordCitation(application, projectId, source)).toBe(id);
    expect(await application.stores.concepts.listSources(projectId)).toHaveLength(1);
  });
});

describe("the list", () => {
  it("counts what each filter would show", async () => {
    const counts = await countGlossary(application, { projectId });
    for (const [status, count] of Object.entries(counts.statuses)) {
      const { total } = await listGlossary(application, { projectId, status: status as keyof typeof counts.statuses });
      expect([status, total]).toEqual([status, count]);
    }
    expect((await listGlossary(application, { projectId, unsettled: true })).total).toBe(counts.unsettled);
    expect((await listGlossary(application, { projectId, search: "洪" })).total).toBe(2);
  });
});

describe("where an entry is used", () => {
  it("counts places by document as a search of the text does, longest wording first, without excluded paragraphs", async () => {
    const id = await newEntry("会商研判");
    await addRendering(application, {
      projectId,
      conceptId: id,
      author,
      rendering: { language: "zh", text: "会商研判机制", status: "proposed" },
    });
    const texts = ["健全会商研判机制，加强会商研判。", "点击观看会商研判", "没有。"];
    await application.stores.documents.add(
      {
        projectId,
        ordinal: 0,
        title: "通知",
        date: "2024-06-17",
        language: "zh",
        side: "source",
        paragraphs: texts.map((text, line) => ({
          text,
          role: "body",
          line: line + 1,
          ...(line === 1 ? { exclusion: "video-prompt" as const } : {}),
          segments: [{ kind: "segment", source: text }],
        })),
      },
      { author, at: application.clock() },
    );
    const uses = await findUses(application, { projectId, conceptId: id });
    expect(uses).toMatchObject({ count: 2, read: 1 });
    expect(uses?.documents[0]).toMatchObject({
      title: "通知",
      count: 2,
      line: { before: "健全", found: "会商研判机制", after: "，加强会商研判。", paragraph: 1 },
    });
  });
});

describe("a glossary file", () => {
  it("stores nothing before it is accepted, and once only", async () => {
    const path = join(folder, "given.csv");
    await writeFile(path, "zh,en,status,source\n守土尽责,on guard,proposed,house\n山洪,flash flood,proposed,\n");
    const pending = await receiveGlossary(application, { projectId, author, file: { name: "given.csv", path } });
    const before = (await listGlossary(application, { projectId })).total;
    const preview = await openGlossaryPreview(application, pending);
    expect(preview?.counts).toMatchObject({ new: 1, changed: 1 });
    expect((await listGlossary(application, { projectId })).total).toBe(before);
    const request = { ...pending, acceptErrors: false, statuses: "keep" } as const;
    const outcome = await acceptGlossary(application, request);
    expect(outcome).toMatchObject({ kind: "accepted", summary: { added: 1, changed: 1, left: [] } });
    expect(await acceptGlossary(application, request)).toEqual(outcome);
    expect((await listGlossary(application, { projectId })).total).toBe(before + 1);
    expect((await findPendingGlossary(application, pending))?.accepted?.added).toBe(1);
    expect(await openGlossaryPreview(application, pending)).toBeUndefined();
  });

  it("comes back unchanged after an export, approvals of the page included", async () => {
    const id = await newEntry("靠前指挥", "command from the front");
    await decideTerm(application, { ...(await place(id)), status: "approved", citation: "house", reason: "ours" });
    const exported = await exportProject(application.stores, { projectId, format: "glossary-csv", toolVersion: "test" });
    const path = join(folder, "back.csv");
    await writeFile(path, exported?.text ?? "");
    const pending = await receiveGlossary(application, { projectId, author, file: { name: "back.csv", path } });
    const preview = await openGlossaryPreview(application, pending);
    expect(preview?.diagnostics).toEqual([]);
    expect(preview?.counts).toMatchObject({ new: 0, changed: 0, conflicting: 0 });
  });
});

async function place(conceptId: string) {
  const { term } = await load(conceptId);
  return { projectId, author, termId: term.id, baseRevision: term.revision };
}

async function content(conceptId: string) {
  const { term } = await load(conceptId);
  const { text, termType, matching, note } = term;
  return { text, termType, matching, ...(note === undefined ? {} : { note }) };
}
