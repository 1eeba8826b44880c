import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AlignmentGroup } from "../../src/model/alignment.ts";
import type { StoredAlignment } from "../../src/storage/alignment-store.ts";
import { editStoredAlignment, undoStep } from "../../src/workflow/alignment-steps.ts";
import { createAlignment, resumeAlignmentUnits } from "../../src/workflow/alignment-units.ts";
import { openApplication } from "../../src/workflow/application.ts";
import type { Application } from "../../src/workflow/application.ts";
import { addEntry } from "../../src/workflow/glossary.ts";
import { openOwnMemory } from "../../src/workflow/project-memories.ts";
import { createProject } from "../../src/workflow/projects.ts";
import { findEvidence } from "../../src/workflow/rendering-evidence.ts";

const AT = "2026-03-01T08:00:00.000Z";
const author = "林岚";
const ROWS = [
  ["要落实防汛责任制。", "Flood control duties must be fulfilled."],
  ["要加强值班。", "Duty shifts must be strengthened."],
  ["要保障粮食安全。", "Food security must be ensured."],
] as const;

let folder: string;
let application: Application;
let projectId: string;
let alignment: StoredAlignment;

async function addDocument(side: "source" | "target", texts: readonly string[]) {
  const { stores } = application;
  const paragraphs = texts.map((text, at) => ({
    ...{ text, role: "body" as const, line: at + 1 },
    segments: [{ kind: "segment" as const, source: text }],
  }));
  const language = side === "source" ? "zh" : "en";
  const document = { projectId, ordinal: 0, title: "云溪", language, side, paragraphs };
  const { id } = await stores.documents.add(document, { author, at: AT });
  return { id, segments: (await stores.segments.list({ documentId: id })).map((segment) => segment.id) };
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "dingyi-units-"));
  const outcome = await openApplication({ dataFolder: folder });
  if (outcome.kind === "failed") throw new Error(outcome.code);
  application = outcome.application;
  projectId = (await createProject(application, { name: "云溪" })).id;
  const source = await addDocument(
    "source",
    ROWS.map(([text]) => text),
  );
  const target = await addDocument(
    "target",
    ROWS.map(([, text]) => text),
  );
  const groups = ROWS.map((_, at): AlignmentGroup => ({
    id: `g${at + 1}`,
    source: source.segments.slice(at, at + 1),
    target: target.segments.slice(at, at + 1),
    confidence: 0.9,
    anchors: [],
    status: "automatic",
  }));
  const ids = { projectId, sourceDocumentId: source.id, targetDocumentId: target.id };
  alignment = await createAlignment(application, { ...ids, state: { groups }, author, at: AT });
});

afterEach(async () => {
  await application.close();
  await rm(folder, { recursive: true, force: true });
});

/** What each memory holds: the source texts, in order. */
async function showMemories() {
  const shown: Record<string, readonly string[]> = {};
  for (const name of ["unconfirmed", "alignments"] as const) {
    const memory = await openOwnMemory(application, projectId, name);
    const sources: string[] = [];
    for await (const units of application.stores.memories.readUnits(memory.id))
      sources.push(...units.map(({ source }) => source));
    shown[name] = sources.sort();
  }
  return shown;
}

async function current(): Promise<StoredAlignment> {
  return (await application.stores.alignments.find(alignment.id)) ?? alignment;
}

const [first, second, third] = ROWS.map(([text]) => text) as [string, string, string];
const sorted = (...texts: readonly string[]) => [...texts].sort();

describe("the units of an alignment", () => {
  it("are made up for after a crash that came between a step and its units, also in the middle of a move", async () => {
    expect(await showMemories()).toEqual({ unconfirmed: sorted(first, second, third), alignments: [] });
    const { alignments, memories } = application.stores;
    const save = async (groups: readonly AlignmentGroup[]) => {
      const { revision } = await current();
      const step = { alignmentId: alignment.id, baseRevision: revision, name: "test", author, at: AT };
      expect((await alignments.save({ ...step, state: { groups } })).kind).toBe("saved");
    };
    const [one, two, three] = alignment.state.groups as [AlignmentGroup, AlignmentGroup, AlignmentGroup];
    // The step is saved, and the process ends: nothing of the units is done; one row is gone, one confirmed.
    await save([{ ...one, source: [...one.source, ...two.source], target: [...one.target, ...two.target] }, three]);
    await save([
      { ...one, source: [...one.source, ...two.source], target: [...one.target, ...two.target] },
      { ...three, status: "confirmed" },
    ]);
    await resumeAlignmentUnits(application);
    expect(await showMemories()).toEqual({ unconfirmed: [first + second], alignments: [third] });

    // In the middle of a move back: the row is in both memories.
    await save([{ ...one, source: [...one.source, ...two.source], target: [...one.target, ...two.target] }, three]);
    const unconfirmed = await openOwnMemory(application, projectId, "unconfirmed");
    const pair = { source: third, target: ROWS[2][1], sourceLanguage: "zh", targetLanguage: "en", state: "initial" } as const;
    await memories.saveUnits({ memoryId: unconfirmed.id, units: [{ ...pair, originKey: "group:g3" }], author, at: AT });
    await resumeAlignmentUnits(application);
    expect(await showMemories()).toEqual({ unconfirmed: sorted(first + second, third), alignments: [] });
    await resumeAlignmentUnits(application);
    expect(await showMemories()).toEqual({ unconfirmed: sorted(first + second, third), alignments: [] });
  });

  it("are those of the last step when several come at once", async () => {
    const step = async (kind: "confirm" | "undo", revision: number) => {
      const request = { alignmentId: alignment.id, baseRevision: revision, author };
      return kind === "undo"
        ? undoStep(application, request)
        : editStoredAlignment(application, { ...request, operation: { kind, group: "g1" } });
    };
    let revision = 1;
    const running: Promise<unknown>[] = [];
    for (const kind of ["confirm", "undo", "confirm", "undo", "confirm"] as const) {
      // The next one is sent as soon as the step is stored, before its units are.
      running.push(step(kind, revision++));
      while ((await current()).revision < revision) await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(running);
    expect(await showMemories()).toEqual({ unconfirmed: sorted(second, third), alignments: [first] });
  });

  it("are evidence of a formulation as soon as they are confirmed, and none once that is undone", async () => {
    const made = await addEntry(application, { projectId, author, kind: "phrase", text: "防汛责任制" });
    if (made.kind !== "saved") throw new Error(made.kind);
    const fresh = async () => {
      const evidence = await findEvidence(application, { projectId, conceptId: made.concept.id });
      return evidence?.fresh.map(({ unit, sourceSpan }) => [unit.groupId, unit.source.slice(sourceSpan.start, sourceSpan.end)]);
    };
    expect(await fresh()).toEqual([]);
    const request = { alignmentId: alignment.id, author };
    await editStoredAlignment(application, { ...request, baseRevision: 1, operation: { kind: "confirm-up-to", group: "g3" } });
    expect(await fresh()).toEqual([["g1", "防汛责任制"]]);
    await undoStep(application, { ...request, baseRevision: 2 });
    expect(await fresh()).toEqual([]);
  });

  it("are shown the newest first, however many there are", async () => {
    const { memories } = application.stores;
    const made = await addEntry(application, { projectId, author, kind: "phrase", text: "防汛责任制" });
    if (made.kind !== "saved") throw new Error(made.kind);
    const memory = await openOwnMemory(application, projectId, "translations");
    const texts = Array.from({ length: 900 }, (_, at) => `第${at}县落实防汛责任制。`);
    const units = texts.map((source, at) => ({
      ...{ originKey: `row:${at}`, source, target: `County ${at}.`, sourceLanguage: "zh", targetLanguage: "en" },
      ...{ state: "reviewed" as const, createdAt: new Date(Date.UTC(2026, 0, 1, 0, at)).toISOString() },
    }));
    await memories.saveUnits({ memoryId: memory.id, units, author, at: AT });
    const evidence = await findEvidence(application, { projectId, conceptId: made.concept.id });
    const shown = evidence?.fresh.map(({ unit }) => unit.source) ?? [];
    expect(shown).toHaveLength(40);
    expect(shown).toEqual(texts.slice(-40).reverse());
  });

  it("of alignments that were made before their units were followed are left as they are", async () => {
    const { settings, memories } = application.stores;
    const memory = await openOwnMemory(application, projectId, "unconfirmed");
    await settings.remove(`alignment-units/${alignment.id}`);
    await memories.removeUnits({ memoryId: memory.id, originKeys: ["group:g2"], author, at: AT });
    await resumeAlignmentUnits(application);
    expect((await showMemories())["unconfirmed"]).toEqual(sorted(first, third));
    const request = { alignmentId: alignment.id, baseRevision: 1, author };
    await editStoredAlignment(application, { ...request, operation: { kind: "confirm", group: "g1" } });
    expect(await showMemories()).toEqual({ unconfirmed: [third], alignments: [first] });
  });
});
