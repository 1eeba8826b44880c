import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Application } from "../../src/workflow/application.ts";
import type { NewDocument } from "../../src/storage/document-store.ts";
import { findPretranslation, startPretranslation, undoPretranslation } from "../../src/workflow/pretranslate.ts";
import { fragmentsFor } from "../../src/workflow/fragment-help.ts";
import { helpForRow } from "../../src/workflow/translation-help.ts";
import { similarParagraphs } from "../../src/workflow/similar-paragraphs.ts";
import { saveRow } from "../../src/workflow/translations.ts";
import { addTextDocument, openTestApplication } from "./application-setup.ts";
import type { TestApplication } from "./application-setup.ts";

const AT = "2026-03-01T08:00:00.000Z";
const author = "林岚";

let opened: TestApplication;
let application: Application;
let projectId: string;

beforeEach(async () => {
  opened = await openTestApplication();
  ({ application, projectId } = opened);
});

afterEach(() => opened.close());

const addDocument = (
  title: string,
  sentences: readonly string[],
  side: Pick<NewDocument, "language" | "side"> = { language: "zh", side: "source" },
) => addTextDocument(application, { projectId, title, sentences, author, ...side });

async function addMemory(pairs: readonly (readonly [string, string])[]): Promise<void> {
  const { memories } = application.stores;
  const memory = await memories.create({ projectId, name: "甲", priority: 0, penalty: 0, readOnly: false, createdAt: AT });
  const units = pairs.map(([source, target], at) => ({
    originKey: String(at),
    source,
    target,
    sourceLanguage: "zh",
    targetLanguage: "en",
    state: "final" as const,
  }));
  await memories.saveUnits({ memoryId: memory.id, units, author, at: AT });
}

async function addTerm(text: string, rendering: string): Promise<string> {
  const parts = { status: "approved", termType: "phrase", matching: "exact", attestations: [{ source: "house" }] } as const;
  const terms = [
    { ...parts, language: "zh", text },
    { ...parts, language: "en", text: rendering },
  ];
  const signed = { author, at: AT, reason: "decided", citation: "house" };
  const outcome = await application.stores.concepts.create({ kind: "phrase", terms }, { projectId, ...signed });
  if (outcome.kind !== "saved") throw new Error(outcome.kind);
  return outcome.concept.id;
}

const rowsOf = (documentId: string) => application.stores.segments.list({ documentId });

async function rowAt(documentId: string, at: number) {
  const row = (await rowsOf(documentId))[at];
  if (!row) throw new Error(`no row ${at}`);
  return row;
}

async function run(documentId: string, isTrial: boolean, threshold = 75) {
  const request = { projectId, documentId, threshold, isTrial, author };
  const job = await application.jobs.waitFor((await startPretranslation(application, request, "通知")).id);
  expect(job).toMatchObject({ state: "done", kind: "pretranslate" });
  return JSON.parse(job?.result ?? "{}") as Record<string, number>;
}

describe("pre-translation", () => {
  it("counts first, writes proposals with adapted numbers, leaves look-alikes and people’s texts, and is undone as one", async () => {
    await addMemory([
      ["转移群众3400人。", "3,400 people were moved."],
      ["坚持外防输出。", "Guard against outbound cases."],
      ["各地要高度重视。", "All localities must attach great importance to this."],
    ]);
    await addTerm("外防输入", "guard against inbound cases");
    const id = await addDocument("通知", [
      "转移群众2700人。",
      "坚持外防输入。",
      "各地要高度重视。",
      "各地要高度重视。",
      "没有的话。",
    ]);
    const mine = await rowAt(id, 3);
    const save = { segmentId: mine.id, target: "Mine.", state: "initial", origin: "typed", baseRevision: mine.revision } as const;
    await saveRow(application, { ...save, projectId, author });
    const counts = { rows: 4, exact: 1, fuzzy: 1, adapted: 1, doubtful: 0, cautioned: 1, nothing: 1, inContext: 0 };
    expect(await run(id, true)).toEqual({ ...counts, written: 0 });
    expect((await rowsOf(id)).map(({ target }) => target)).toEqual([undefined, undefined, undefined, "Mine.", undefined]);
    expect(await run(id, false)).toEqual({ ...counts, written: 2 });
    expect((await rowsOf(id)).map(({ target, state, origin }) => [target, state, origin])).toEqual([
      ["2,700 people were moved.", "initial", "memory"],
      [undefined, "initial", undefined],
      ["All localities must attach great importance to this.", "initial", "memory"],
      ["Mine.", "initial", "typed"],
      [undefined, "initial", undefined],
    ]);
    expect(await findPretranslation(application, { projectId, documentId: id })).toBe(2);
    const changed = await rowAt(id, 0);
    await saveRow(application, {
      ...{ ...save, segmentId: changed.id, target: "Changed.", baseRevision: changed.revision },
      ...{ projectId, author },
    });
    expect((await undoPretranslation(application, { projectId, documentId: id, author })).length).toBe(1);
    expect((await rowsOf(id)).map(({ target }) => target || undefined)).toEqual([
      "Changed.",
      undefined,
      undefined,
      "Mine.",
      undefined,
    ]);
    expect(await findPretranslation(application, { projectId, documentId: id })).toBe(0);
    expect(await run(id, true, 100)).toMatchObject({ exact: 1, fuzzy: 0 });
  });

  it("is undone run by run in every text, the last one first, as far as nobody has worked on its rows", async () => {
    await addMemory([["各地要高度重视。", "All localities must attach great importance to this."]]);
    const texts = ["各地要高度重视。", "各地要加强值守。", "各地要高度重视。"];
    const ids = [await addDocument("一", texts), await addDocument("二", texts)] as const;
    for (const id of ids) await run(id, false);
    await addMemory([["各地要加强值守。", "All localities must strengthen duty."]]);
    await run(ids[0], false);
    const find = (documentId: string) => findPretranslation(application, { projectId, documentId });
    const undo = async (documentId: string) =>
      (await undoPretranslation(application, { projectId, documentId, author })).map(({ position }) => position);
    expect(await Promise.all(ids.map(find))).toEqual([1, 2]);
    const mine = await rowAt(ids[0], 0);
    const save = { segmentId: mine.id, target: "Mine.", state: "initial", origin: "typed", baseRevision: mine.revision } as const;
    await saveRow(application, { ...save, projectId, author });
    expect([await undo(ids[0]), await find(ids[0])]).toEqual([[(await rowAt(ids[0], 1)).position], 1]);
    expect([await undo(ids[0]), await find(ids[0])]).toEqual([[(await rowAt(ids[0], 2)).position], 0]);
    expect([await undo(ids[0]), (await rowAt(ids[0], 0)).target]).toEqual([[], "Mine."]);
    expect([(await undo(ids[1])).length, await find(ids[1])]).toEqual([2, 0]);
  });

  it("can be taken back as far as it came when it was cancelled", async () => {
    await addMemory([["各地要高度重视。", "All localities must attach great importance to this."]]);
    const id = await addDocument(
      "通知",
      Array.from({ length: 900 }, () => "各地要高度重视。"),
    );
    const request = { projectId, documentId: id, threshold: 75, isTrial: false, author };
    const job = await startPretranslation(application, request, "通知");
    const countWritten = async () => (await rowsOf(id)).filter(({ target }) => target).length;
    while ((await countWritten()) === 0) await new Promise((resolve) => setImmediate(resolve));
    await application.jobs.cancel(job.id);
    await application.jobs.waitFor(job.id);
    // Cancelled in the midst of it or just done: what is written is what can be taken back.
    const written = await countWritten();
    expect(await findPretranslation(application, { projectId, documentId: id })).toBe(written);
    expect((await undoPretranslation(application, { projectId, documentId: id, author })).length).toBe(written);
    expect(await countWritten()).toBe(0);
  });
});

describe("help for a row", () => {
  it("names a contrast pair, and shows known pieces of a sentence that no unit resembles", async () => {
    await addMemory([
      ["群防群治", "mass prevention and treatment"],
      ["加强群防群治。", "Strengthen mass prevention and treatment."],
      ["保障群众生活", "ensure people’s livelihood"],
    ]);
    const one = await addTerm("群防群控", "mass prevention and control");
    const other = await addTerm("群防群治", "mass prevention and treatment");
    await application.stores.concepts.relate({ author, at: AT, conceptId: one, otherId: other, type: "contrast" });
    const id = await addDocument("通知", ["加强群防群控。", "要落实群防群治，切实保障群众生活，有序恢复交通运输。"]);
    const first = await helpForRow(application, { projectId, segment: await rowAt(id, 0) });
    expect(first.matches[0]?.penalties.map(({ code }) => code)).toContain("contrast");
    const second = await helpForRow(application, { projectId, segment: await rowAt(id, 1) });
    expect(second.matches).toEqual([]);
    expect(second.fragments.map(({ text, known }) => [text, known?.kind])).toEqual([
      ["要落实", undefined],
      ["群防群治", "term"],
      ["，切实", undefined],
      ["保障群众生活", "unit"],
      ["，有序恢复交通运输。", undefined],
    ]);
    const request = { projectId, source: "无关的一句话。", terms: [], targetLanguage: "en" };
    expect(await fragmentsFor(application, request)).toEqual([]);
  });
});

describe("similar paragraphs", () => {
  it("are those of other texts, with what was translated there, and follow what is imported and removed", async () => {
    const text = "各地要落实防汛责任制，加强值班值守，及时报送情况。";
    const first = await addDocument("甲", [text, "短句。"]);
    const segment = await rowAt(first, 0);
    expect(await similarParagraphs(application, { projectId, segment })).toEqual([]);
    const second = await addDocument("乙", ["别的一段话，说的是另外一件事情。", text.replace("及时", "按时")]);
    const row = await rowAt(second, 1);
    const save = {
      segmentId: row.id,
      target: "Report in time.",
      state: "translated",
      origin: "typed",
      baseRevision: row.revision,
    } as const;
    await saveRow(application, { ...save, projectId, author });
    const found = await similarParagraphs(application, { projectId, segment });
    expect(found).toMatchObject([
      {
        document: { title: "乙" },
        paragraph: 1,
        translation: { text: "Report in time.", kind: "translated", isConfirmed: true },
      },
    ]);
    await application.stores.documents.remove(second, { author, at: AT });
    expect(await similarParagraphs(application, { projectId, segment })).toEqual([]);
  });

  it("have their translation from an alignment, say whether a person confirmed it, and name its first row", async () => {
    const text = "各地要落实防汛责任制，加强值班值守，及时报送情况。";
    const segment = await rowAt(await addDocument("甲", [text]), 0);
    const aligned = await addDocument("乙", ["关于防汛工作的通知。", text.replace("及时", "按时")]);
    const english = ["Notice on Flood Control.", "All localities shall keep watch.", "They shall report on schedule."];
    const translation = await addDocument("B", english, { language: "en", side: "target" });
    const idsOf = async (id: string) => (await rowsOf(id)).map((row) => row.id);
    const [heading = "", paragraph = ""] = await idsOf(aligned);
    const [first = "", ...others] = await idsOf(translation);
    for (const status of ["automatic", "confirmed"] as const) {
      const groups = [
        { id: "one", source: [heading], target: [first], status, confidence: 0.9, anchors: [] },
        { id: "two", source: [paragraph], target: others, status, confidence: 0.9, anchors: [] },
      ];
      const pair = { projectId, sourceDocumentId: aligned, targetDocumentId: translation };
      const at = status === "automatic" ? AT : "2026-03-02T08:00:00.000Z";
      const { id } = await application.stores.alignments.create({ ...pair, state: { groups }, author, at });
      const [found] = await similarParagraphs(application, { projectId, segment });
      expect(found).toMatchObject({ document: { title: "乙" }, paragraph: 1 });
      expect(found?.translation).toEqual({
        text: english.slice(1).join(" "),
        kind: "aligned",
        isConfirmed: status === "confirmed",
        alignmentId: id,
        groupId: "two",
      });
    }
  });
});
