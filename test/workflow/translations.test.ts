import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { StoredSegment } from "../../src/storage/segment-store.ts";
import type { Application } from "../../src/workflow/application.ts";
import { checkRow, helpForRow, markRows, scoreRows } from "../../src/workflow/translation-help.ts";
import { loadTranslation, saveRow } from "../../src/workflow/translations.ts";
import { addTextDocument, openTestApplication } from "./application-setup.ts";
import type { TestApplication } from "./application-setup.ts";

const AUTHOR = "林岚";
const SENTENCES = [
  "关于做好云溪省防汛工作的通知",
  "各地要落实防汛责任制。",
  "各地要加强值班值守。",
  "各级负责人要靠前指挥。",
  "各地要加强值班值守。",
  "各单位要及时报送险情。",
];

let opened: TestApplication;
let application: Application;
let projectId: string;
let documentId: string;

beforeEach(async () => {
  opened = await openTestApplication();
  ({ application, projectId } = opened);
  const text = { projectId, title: SENTENCES[0] ?? "", sentences: SENTENCES, author: AUTHOR };
  documentId = await addTextDocument(application, text);
});

afterEach(() => opened.close());

const rows = async () => (await loadTranslation(application, documentId))?.rows ?? [];

async function rowAt(index: number): Promise<StoredSegment> {
  const row = (await rows())[index];
  if (!row) throw new Error(`no row ${index}`);
  return row;
}

async function save(row: StoredSegment, target: string, more: Partial<Parameters<typeof saveRow>[1]> = {}) {
  return saveRow(application, {
    projectId,
    segmentId: row.id,
    target,
    state: "translated",
    origin: "typed",
    baseRevision: row.revision,
    author: AUTHOR,
    ...more,
  });
}

const help = async (index: number, threshold?: number) =>
  helpForRow(application, { projectId, segment: await rowAt(index), threshold });

async function addTerm(text: string, renderings: readonly [string, "approved" | "forbidden"][]) {
  const outcome = await application.stores.concepts.create(
    {
      kind: "term",
      terms: [
        {
          language: "zh",
          text,
          status: "approved",
          termType: "fullForm",
          matching: "exact",
          attestations: [{ source: "house" }],
        },
        ...renderings.map(([rendering, status]) => ({
          language: "en",
          text: rendering,
          status,
          termType: "fullForm" as const,
          matching: "inflecting" as const,
          attestations: [{ source: "house" }],
        })),
      ],
    },
    { projectId, author: AUTHOR, at: application.clock(), reason: "decided", citation: "house" },
  );
  if (outcome.kind !== "saved") throw new Error(outcome.code);
}

describe("a confirmed row", () => {
  it("is a full match for the same sentence further down, at once, and none for itself", async () => {
    await save(await rowAt(2), "All localities shall strengthen duty shifts.");
    const { matches } = await help(4);
    expect(matches.map(({ kind, score, unit }) => [kind, score, unit.target])).toEqual([
      ["exact", 100, "All localities shall strengthen duty shifts."],
    ]);
    expect((await help(2)).matches).toEqual([]);
  });

  it("leaves the memory when it is opened again, and draft text never enters it", async () => {
    const row = await rowAt(2);
    await save(row, "Draft", { state: "initial" });
    expect((await help(4)).matches).toEqual([]);
    await save(await rowAt(2), "Confirmed");
    expect((await help(4)).matches).toHaveLength(1);
    await save(await rowAt(2), "Confirmed", { state: "initial" });
    expect((await help(4)).matches).toEqual([]);
  });

  it("keeps its neighbours in the memory", async () => {
    const [before, row, after] = [await rowAt(2), await rowAt(3), await rowAt(4)];
    await save(row, "Leaders at all levels shall take command on the ground.");
    const units = await application.stores.memories.loadUnits(projectId);
    expect(units.map(({ previous, next }) => [previous, next])).toEqual([[before.source, after.source]]);
  });

  it("changes nothing on a stale revision and answers with both texts and the base", async () => {
    const row = await rowAt(1);
    await save(row, "first");
    const outcome = await save(row, "second", { author: "Zhao Ning" });
    expect(outcome).toMatchObject({ kind: "stale", mine: "second", theirs: { target: "first", author: AUTHOR }, base: "" });
    expect((await application.stores.memories.loadUnits(projectId)).map(({ target }) => target)).toEqual(["first"]);
  });

  it("ends in the memory as it stands when many saves of it follow each other without waiting", async () => {
    const row = await rowAt(1);
    const saves = Array.from({ length: 8 }, (_, at) => save(row, `text ${at}`, { baseRevision: row.revision + at }));
    await Promise.all(saves);
    const standing = await rowAt(1);
    const units = await application.stores.memories.loadUnits(projectId);
    expect(units.map(({ target }) => target)).toEqual([standing.target]);
  });
});

describe("the neighbours of a row", () => {
  it("are those of the list", async () => {
    const list = await rows();
    expect(list.length).toBeGreaterThan(4);
    for (const [at, row] of list.entries()) {
      const found = await application.stores.segments.findNeighbours(row);
      expect(found).toEqual({ previous: list[at - 1]?.source, next: list[at + 1]?.source });
    }
  });
});

describe("help for a row", () => {
  it("has one entry for each concept and finds what is wrong with the translation", async () => {
    await addTerm("防汛责任制", [["flood control responsibility system", "approved"]]);
    await addTerm("防汛", [
      ["flood control", "approved"],
      ["flood prevention", "forbidden"],
    ]);
    const { terms } = await help(1);
    expect(terms.map(({ matches }) => matches.map(({ term, depth }) => [term.text, depth]))).toEqual([
      [["防汛责任制", 0]],
      [["防汛", 1]],
    ]);
    await save(await rowAt(1), "Put the responsibility system in place.", { state: "initial" });
    const findings = await checkRow(application, { projectId, segment: await rowAt(1) });
    expect(findings.map(({ rule, subject }) => [rule, subject])).toContainEqual(["rendering-missing", "防汛责任制"]);
    expect((await help(1)).findings).toEqual(findings);
  });

  it("lowers the threshold when weaker matches are asked for", async () => {
    await save(await rowAt(1), "All localities shall implement the flood control responsibility system.");
    expect((await help(2)).matches).toEqual([]);
    expect((await help(2, 30)).matches).toHaveLength(1);
  });

  it("has no findings for a row without text", async () => {
    await addTerm("防汛责任制", [["flood control responsibility system", "approved"]]);
    expect((await help(1)).findings).toEqual([]);
  });
});

describe("many rows at once", () => {
  it("are marked and scored piece by piece as one by one", async () => {
    await addTerm("各地", [["all localities", "approved"]]);
    await save(await rowAt(2), "All localities shall strengthen duty shifts.");
    const list = await rows();
    for (const size of [1, 2, list.length]) {
      const marked: string[] = [];
      const scored = new Map<string, number>();
      for (let offset = 0; offset < list.length; offset += size) {
        const range = { projectId, documentId, offset, limit: size };
        for (const { id, matches } of (await markRows(application, range)).rows) if (matches.length > 0) marked.push(id);
        for (const [id, score] of await scoreRows(application, range)) scored.set(id, score);
      }
      expect(marked).toEqual(list.filter(({ source }) => source.includes("各地")).map(({ id }) => id));
      const twin = new Map<string, number>();
      for (const [at, row] of list.entries()) {
        const [best] = (await help(at)).matches;
        if (row.state === "initial" && best) twin.set(row.id, best.score);
      }
      expect(scored).toEqual(twin);
      expect(scored.size).toBeGreaterThan(0);
    }
  });
});
