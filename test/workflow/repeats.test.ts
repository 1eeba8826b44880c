import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Application } from "../../src/workflow/application.ts";
import { exceptRow, findRepeats, propagateRow, withdrawProposals } from "../../src/workflow/repeats.ts";
import { saveRow } from "../../src/workflow/translations.ts";
import { addTextDocument, openTestApplication } from "./application-setup.ts";
import type { TestApplication } from "./application-setup.ts";

const AT = "2026-03-01T08:00:00.000Z";
const author = "林岚";
const SENTENCE = "要落实防汛责任制。";
const TARGET = "We must fulfil flood control duties.";

let opened: TestApplication;
let application: Application;
let projectId: string;

beforeEach(async () => {
  opened = await openTestApplication();
  ({ application, projectId } = opened);
});

afterEach(() => opened.close());

const addDocument = (title: string, sentences: readonly string[]) =>
  addTextDocument(application, { projectId, title, sentences, author });

async function addTerm(text: string, rendering: string): Promise<void> {
  const parts = { status: "approved", termType: "phrase", matching: "exact", attestations: [{ source: "house" }] } as const;
  const terms = [
    { ...parts, language: "zh", text },
    { ...parts, language: "en", text: rendering },
  ];
  const signed = { author, at: AT, reason: "decided", citation: "house" };
  await application.stores.concepts.create({ kind: "phrase", terms }, { projectId, ...signed });
}

const rowsOf = (documentId: string) => application.stores.segments.list({ documentId });

async function rowAt(documentId: string, at: number) {
  const row = (await rowsOf(documentId))[at];
  if (!row) throw new Error(`no row ${at}`);
  return row;
}

async function write(documentId: string, at: number, target: string, state: "initial" | "translated" = "translated") {
  const row = await rowAt(documentId, at);
  const save = { projectId, segmentId: row.id, target, state, origin: "typed", baseRevision: row.revision, author } as const;
  await saveRow(application, save);
}

const request = async (documentId: string, at: number) => ({ projectId, segment: await rowAt(documentId, at) });

describe("repeats of a row", () => {
  it("are found in this text and others, with what stands there", async () => {
    const first = await addDocument("甲", [SENTENCE, "别的话。", SENTENCE, `会议强调，${SENTENCE}`, `厅长要求，${SENTENCE}`]);
    const second = await addDocument("乙", ["【防汛】要落实防汛责任制", SENTENCE, SENTENCE]);
    await addTerm("会议强调", "the meeting stressed that");
    await write(first, 0, TARGET);
    await write(second, 1, TARGET);
    await write(second, 2, "Something else.", "initial");
    const repeats = await findRepeats(application, await request(first, 0));
    expect(
      repeats.map(({ document, kind, standing, proposal }) => [document.title, kind, standing, proposal?.text, proposal?.isToDo]),
    ).toEqual([
      ["甲", "equal", "open", TARGET, false],
      ["甲", "twin", "open", "The meeting stressed that we must fulfil flood control duties.", false],
      ["甲", "twin", "open", TARGET, true],
      ["乙", "twin", "open", TARGET, false],
      ["乙", "equal", "same", TARGET, false],
      ["乙", "equal", "differs", TARGET, false],
    ]);
  });

  it("get proposals where nobody has written, never a person’s text, and lose them in one step", async () => {
    const first = await addDocument("甲", [SENTENCE, SENTENCE, SENTENCE, `厅长要求，${SENTENCE}`, SENTENCE]);
    await write(first, 0, TARGET);
    await write(first, 2, "Mine.", "initial");
    await exceptRow(application, { projectId, segmentId: (await rowAt(first, 4)).id, reason: "a heading", author });
    const proposed = await propagateRow(application, { ...(await request(first, 0)), author });
    expect(proposed.map(({ segment }) => segment.position)).toEqual([1]);
    expect((await rowsOf(first)).map(({ target, state, origin }) => [target, state, origin])).toEqual([
      [TARGET, "translated", "typed"],
      [TARGET, "initial", "memory"],
      ["Mine.", "initial", "typed"],
      [undefined, "initial", undefined],
      [undefined, "initial", undefined],
    ]);
    const excepted = (await findRepeats(application, await request(first, 0))).find(({ standing }) => standing === "excepted");
    expect(excepted?.exception).toMatchObject({ reason: "a heading", author });

    // A twin whose attribution is still to do is proposed to when a person chooses it.
    const rows = [(await rowAt(first, 3)).id];
    const [chosen] = await propagateRow(application, { ...(await request(first, 0)), rows, author });
    expect([chosen?.isToDo, chosen?.segment.target]).toEqual([true, TARGET]);

    // Somebody goes on in one of the two: only the other is emptied.
    const written = [...proposed, ...(chosen ? [chosen] : [])].map(({ segment: { id, revision } }) => ({ id, revision }));
    await write(first, 3, "The head required this.", "initial");
    await withdrawProposals(application, { rows: written, author });
    expect((await rowsOf(first)).map(({ target }) => target || undefined)).toEqual([
      TARGET,
      undefined,
      "Mine.",
      "The head required this.",
      undefined,
    ]);
    await exceptRow(application, { projectId, segmentId: (await rowAt(first, 4)).id, reason: undefined, author });
    expect((await propagateRow(application, { ...(await request(first, 0)), author })).length).toBe(2);
  });

  it("are found in texts that came later, and not in removed ones", async () => {
    const first = await addDocument("甲", [SENTENCE]);
    await write(first, 0, TARGET);
    expect(await findRepeats(application, await request(first, 0))).toEqual([]);
    const second = await addDocument("乙", [SENTENCE]);
    expect((await findRepeats(application, await request(first, 0))).length).toBe(1);
    await application.stores.documents.remove(second, { author, at: AT });
    expect(await findRepeats(application, await request(first, 0))).toEqual([]);
  });
});
