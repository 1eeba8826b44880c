import { mkdtemp, rm } from "node:fs/promises";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { NewUnit } from "../../src/storage/memory-store.ts";
import { openApplication } from "../../src/workflow/application.ts";
import type { Application } from "../../src/workflow/application.ts";
import { findInMemories } from "../../src/workflow/concordance.ts";
import type { ConcordanceRequest, ConcordanceSideText } from "../../src/workflow/concordance.ts";
import { addEntry } from "../../src/workflow/glossary.ts";
import { createProject } from "../../src/workflow/projects.ts";

const AT = "2026-03-01T08:00:00.000Z";
const signed = { author: "林岚", at: AT };

let folder: string;
let application: Application;
let projectId: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dingyi-concordance-"));
  const outcome = await openApplication({ dataFolder: folder });
  if (outcome.kind === "failed") throw new Error(outcome.code);
  application = outcome.application;
});

afterAll(async () => {
  await application.close();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  projectId = (await createProject(application, { name: "云溪" })).id;
});

const unitOf = (originKey: string, source: string, target: string, more: Partial<NewUnit> = {}): NewUnit => ({
  originKey,
  source,
  target,
  sourceLanguage: "zh",
  targetLanguage: "en",
  state: "final",
  ...more,
});

const addMemory = (name: string, priority = 0) =>
  application.stores.memories.create({ projectId, name, priority, penalty: 0, readOnly: false, createdAt: AT });

const save = (memoryId: string, ...units: NewUnit[]) => application.stores.memories.saveUnits({ memoryId, units, ...signed });

/** Asks again until the search has ended, as the page does. */
async function ask(find: string, more: Partial<ConcordanceRequest> = {}) {
  const request = { projectId, find, side: "both", manner: "text", filter: {}, order: "place", offset: 0, limit: 50 } as const;
  for (;;) {
    const answer = await findInMemories(application, { ...request, ...more });
    if (answer.kind === "refused" || (answer.kind === "found" && answer.end)) return answer;
    await wait(20);
  }
}

async function found(find: string, more: Partial<ConcordanceRequest> = {}) {
  const answer = await ask(find, more);
  if (answer.kind !== "found") throw new Error(answer.kind);
  return answer;
}

const sourcesOf = async (find: string, more: Partial<ConcordanceRequest> = {}) =>
  (await found(find, more)).rows.map(({ source }) => source.text);

const marked = ({ text, marks }: ConcordanceSideText) => marks.map(({ start, end, kind }) => `${kind}:${text.slice(start, end)}`);

describe("findInMemories", () => {
  it("finds in both languages, memory by memory, and follows what is added, changed and removed", async () => {
    expect(await found("防")).toMatchObject({ units: 0, total: 0, rows: [] });
    const low = await addMemory("低");
    const high = await addMemory("高", 5);
    await save(
      low.id,
      unitOf("1", "做好防汛工作。", "Do a good job in flood prevention."),
      unitOf("2", "抗旱", "FLOOD of words"),
    );
    await save(high.id, unitOf("3", "防汛抗旱", "Flood prevention and drought relief"));
    expect(await sourcesOf("防汛")).toEqual(["防汛抗旱", "做好防汛工作。"]);
    const { rows, total } = await found("flood");
    expect(total).toBe(3);
    expect(rows.map((row) => [row.memory, ...marked(row.target)])).toEqual([
      ["高", "found:Flood"],
      ["低", "found:flood"],
      ["低", "found:FLOOD"],
    ]);
    expect(await sourcesOf("Flood", { isCaseExact: true })).toEqual(["防汛抗旱"]);
    await save(low.id, unitOf("2", "抗洪", "Fighting it"), unitOf("4", "防汛", "Flood work"));
    await application.stores.memories.removeUnits({ memoryId: low.id, originKeys: ["1"], ...signed });
    expect(await sourcesOf("flood")).toEqual(["防汛抗旱", "防汛"]);
    expect(await sourcesOf("防汛", { order: "relevance" })).toEqual(["防汛", "防汛抗旱"]);
    expect(await sourcesOf("", { offset: 0 })).toEqual([]);
    expect(await sourcesOf("防汛", { filter: { memories: [low.id] } })).toEqual(["防汛"]);
    expect(await sourcesOf("防汛", { offset: 1 })).toEqual(["防汛"]);
  });

  it("names what differs in a near hit, and refuses what is too short to be near anything", async () => {
    const { id } = await addMemory("一");
    await save(id, unitOf("1", "坚持外防输入、内防反弹不动摇。", "Guard against both."), unitOf("2", "别的", "Other"));
    const { rows } = await found("外防输入、内防扩散", { manner: "near", side: "source" });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ distance: 2 });
    expect(marked(rows[0]?.source ?? { text: "", marks: [] })).toEqual(["found:外防输入、内防反弹"]);
    expect(rows[0]?.source.changes).toEqual([
      { kind: "equal", text: "外防输入、内防" },
      { kind: "removed", text: "扩散" },
      { kind: "added", text: "反弹" },
    ]);
    expect(await ask("外防", { manner: "near" })).toEqual({ kind: "refused", code: "too-short" });
  });

  it("marks the rendering that the glossary knows, from either side", async () => {
    const { id } = await addMemory("一");
    await save(id, unitOf("1", "坚持精准施策。", "Take targeted measures everywhere."));
    const rendering = { text: "targeted measure", status: "proposed" } as const;
    await addEntry(application, { projectId, author: "林岚", kind: "phrase", text: "精准施策", rendering });
    const forward = await found("精准施策");
    expect(forward.hints.source).toMatchObject([{ term: "精准施策", text: "targeted measure", status: "proposed" }]);
    expect(marked(forward.rows[0]?.target ?? { text: "", marks: [] })).toEqual(["hint:targeted measures"]);
    const back = await found("targeted measures");
    expect(marked(back.rows[0]?.source ?? { text: "", marks: [] })).toEqual(["hint:精准施策"]);
  });

  it("runs patterns in a thread, says that one is wrong, and cuts off one that never ends", async () => {
    const { id } = await addMemory("一");
    await save(id, unitOf("1", "第12号文件", "Document no. 12"), unitOf("2", "第三号文件", `${"a".repeat(60)}!`));
    const { rows, searched } = await found("第\\d+号", { manner: "pattern" });
    expect(searched).toBe(2);
    expect(rows.map(({ source }) => marked(source))).toEqual([["found:第12号"]]);
    expect(await ask("第(", { manner: "pattern" })).toEqual({ kind: "refused", code: "bad-pattern" });
    expect(await found("(a|aa)+$", { manner: "pattern", patternLimit: 400 })).toMatchObject({ end: "running-out", total: 0 });
  });

  it("reads and searches many units without holding up other work", async () => {
    const { id } = await addMemory("一");
    const many = Array.from({ length: 12_000 }, (_, at) =>
      unitOf(
        String(at),
        `第${String(at)}号文件关于进一步做好防汛工作的通知`,
        `Notice no. ${String(at)} on further flood prevention work`,
      ),
    );
    await save(id, ...many);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    expect(await found("防汛", { limit: 3 })).toMatchObject({ total: 12_000, units: 12_000 });
    expect(await found("notice no. 77", { limit: 3 })).toMatchObject({ total: 111 });
    expect(await found("做好防讯工作", { manner: "near", limit: 3 })).toMatchObject({ total: 12_000 });
    delay.disable();
    // 50 ms is what a person would notice; the rest is for a busy machine.
    expect(delay.max / 1e6).toBeLessThan(500);
  });
});
