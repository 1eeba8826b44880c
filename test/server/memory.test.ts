/** The memory page and its interface, over real HTTP. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readTmx } from "../../src/formats/tmx.ts";
import { startTestServer } from "./server-setup.ts";
import type { TestServer } from "./server-setup.ts";

const AT = "2026-03-01T08:00:00.000Z";
let server: TestServer;
let api: string;
let memoryId: string;

beforeAll(async () => {
  server = await startTestServer({ author: "林岚" });
  api = `/api/p/${server.projectId}`;
  const made = await post<{ memory: { id: string } }>(`${api}/memories`, { name: "水利 <b>" });
  memoryId = made.memory.id;
  const { stores } = server.application;
  const step = {
    projectId: server.projectId,
    memoryId,
    kind: "import",
    detail: { name: "旧.tmx" },
    author: "林岚",
    at: AT,
  } as const;
  const { id: importId } = await stores.memorySteps.start(step);
  const units = Array.from({ length: 30 }, (_, number) => ({
    ...{ originKey: `import:a:${number}`, sourceLanguage: "zh", targetLanguage: "en", state: "translated" as const },
    source: `第${Math.floor(number / 2)}条：压实责任。`,
    target: `Article ${Math.floor(number / 2)}: Fulfil responsibilities.`,
    ...(number % 3 === 0 ? { document: "通知", author: "吴桐" } : {}),
    createdAt: AT,
  }));
  await stores.memories.saveUnits({ memoryId, units, importId, author: "林岚", at: AT });
  await stores.memorySteps.finish(importId, AT);
});
afterAll(() => server.close());

async function get<Result>(path: string): Promise<Result> {
  const response = await server.send(path);
  expect(response.status, path).toBe(200);
  return (await response.json()) as Result;
}

async function post<Result>(path: string, body: unknown = {}): Promise<Result> {
  const response = await server.postJson(path, body);
  expect(response.status, path).toBeLessThan(300);
  return (await response.json()) as Result;
}

async function run(path: string, body: unknown = {}): Promise<string> {
  const { job } = await post<{ job: string }>(path, body);
  const ended = await server.application.jobs.waitFor(job);
  expect(ended).toMatchObject({ state: "done" });
  return ended?.result ?? "";
}

type Units = { readonly units: readonly { readonly id: string; readonly target: string }[] };

describe("the interface of memories", () => {
  it("shows the page with what a person wrote as text", async () => {
    const page = await (await server.send(`/p/${server.projectId}/memory`)).text();
    expect(page).not.toContain("水利 <b>");
    expect(page).toContain("水利 &lt;b&gt;");
  });

  it("lists units by filter, page by page, counts them and says what there is to filter by", async () => {
    const first = await get<Units>(`${api}/units?document=${encodeURIComponent("通知")}&limit=4`);
    expect(first.units).toHaveLength(4);
    const rest = await get<Units>(`${api}/units?document=${encodeURIComponent("通知")}&after=${first.units.at(-1)?.id ?? ""}`);
    expect(rest.units).toHaveLength(6);
    expect(await get(`${api}/units/count?author=&text=article`)).toEqual({ count: 20 });
    expect(await get(`${api}/units/count?memory=none`)).toEqual({ count: 0 });
    expect(await get(`${api}/units/facets`)).toMatchObject({
      documents: [
        { value: "", count: 20 },
        { value: "通知", count: 10 },
      ],
    });
    expect((await server.send(`${api}/units?from=yesterday`)).status).toBe(400);
  });

  it("previews an edit, does it, shows the history, and takes it back", async () => {
    const edit = { kind: "replace", side: "target", find: "Fulfil", replacement: "Assume", matchCase: true };
    const body = { selection: { filter: { author: "吴桐" } }, edit };
    type Preview = { readonly changed: number; readonly first: readonly { readonly after: { readonly target: string } }[] };
    const preview = await post<Preview>(`${api}/units/preview`, body);
    expect(preview.changed).toBe(10);
    expect(preview.first[0]?.after.target).toBe("Article 0: Assume responsibilities.");
    const step = await run(`${api}/units/edit`, body);
    const [unit] = (await get<Units>(`${api}/units?author=${encodeURIComponent("吴桐")}`)).units;
    expect(unit?.target).toBe("Article 0: Assume responsibilities.");
    const history = await get<{ revisions: unknown[] }>(`${api}/units/${unit?.id ?? ""}/history`);
    expect(history.revisions).toMatchObject([{ action: "replace", author: "林岚", stepId: step }]);
    await run(`${api}/memory-steps/${step}/undo`);
    expect(await get(`${api}/memory-steps?limit=1`)).toMatchObject({ total: 2, items: [{ id: step, isUndone: true }] });
    expect(await get(`${api}/units/count?text=assume`)).toEqual({ count: 0 });
    expect((await server.postJson(`${api}/memory-steps/none/undo`, {})).status).toBe(404);
    expect((await server.postJson(`${api}/units/preview`, { ...body, edit: { ...edit, find: "" } })).status).toBe(400);
  });

  it("finds duplicates, merges them and counts figures", async () => {
    expect(await get(`${api}/duplicates`)).toEqual({ state: "none" });
    await run(`${api}/duplicates/search`);
    expect(await get(`${api}/duplicates?kind=equal`)).toMatchObject({ state: "found", total: 15, isStale: false });
    const step = await run(`${api}/duplicates/merge`, { kind: "equal" });
    const { changes } = await get<{ changes: { isMerged: boolean; before: object; now: object }[] }>(
      `${api}/memory-steps/${step}/changes`,
    );
    expect(changes.filter(({ isMerged }) => isMerged)).toHaveLength(15);
    expect(changes[0]?.now).toMatchObject({ source: "第0条：压实责任。" });
    expect(await get(`${api}/memories/all/statistics`)).toMatchObject({ units: 15, repeated: 0 });
    await run(`${api}/memory-steps/${step}/undo`);
    expect(await get(`${api}/memories/${memoryId}/statistics`)).toMatchObject({ units: 30, repeated: 15 });
    expect((await server.send(`${api}/memories/none/statistics`)).status).toBe(404);
  });

  it("exports one memory as TMX that reads back", async () => {
    const response = await server.send(`/p/${server.projectId}/memories/${memoryId}/tmx`);
    expect(response.headers.get("content-disposition")).toContain("attachment");
    const units = readTmx(await response.text(), { sourceLanguage: "zh", targetLanguage: "en" });
    expect(JSON.stringify(units)).toContain("Article 14: Fulfil responsibilities.");
  });

  it("keeps settings, refuses names that are taken, moves to the trash and back", async () => {
    expect(await post(`${api}/memories/${memoryId}`, { penalty: 7, readOnly: true })).toMatchObject({
      memory: { penalty: 7, readOnly: true },
    });
    expect(await post(`${api}/memories`, { name: "水利 <b>" })).toEqual({ refused: "name-taken" });
    expect((await server.postJson(`${api}/memories/${memoryId}`, { penalty: 101 })).status).toBe(400);
    await post(`${api}/memories/${memoryId}/remove`);
    expect(await get(`${api}/memories`)).toMatchObject({ memories: [], trash: [{ id: memoryId, unitCount: 30 }] });
    await post(`${api}/memories/${memoryId}/restore`);
    expect(await get(`${api}/memories`)).toMatchObject({ memories: [{ id: memoryId }], trash: [] });
    expect((await server.postJson(`${api}/memories/none/remove`, {})).status).toBe(404);
  });
});
