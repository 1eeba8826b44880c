/** Files that come back, over real HTTP: plan, taking over, conflicts, undo, broken files, memories. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ShownTranslation } from "../../src/server/view-models/returns.ts";
import { fillProject, translate } from "./checks-samples.ts";
import { startTestServer } from "./server-setup.ts";
import type { TestServer } from "./server-setup.ts";

let server: TestServer;
let document: string;
beforeAll(async () => {
  server = await startTestServer();
  document = await fillProject(server);
});
afterAll(() => server.close());

type Sent = { address?: string; refused?: string; diagnostics?: { code: string; line?: number; column?: number }[] };

async function send(name: string, text: string | Uint8Array<ArrayBuffer>): Promise<Sent> {
  const form = new FormData();
  form.append("files", new Blob([text]), name);
  const response = await server.send(`/api/p/${server.projectId}/returns`, { method: "POST", body: form });
  expect(response.status).toBeLessThan(300);
  return (await response.json()) as Sent;
}

async function exported(format = "xliff20"): Promise<string> {
  return (await server.send(`/p/${server.projectId}/export/file?format=${format}&document=${document}`)).text();
}

async function receive(text: string): Promise<string> {
  const { address = "" } = await send("关于防汛.xlf", text);
  expect((await server.send(address)).status).toBe(200);
  return `/api${address}`;
}

async function plan(api: string): Promise<ShownTranslation> {
  return (await (await server.send(api)).json()) as ShownTranslation;
}

async function rowOf(source: string) {
  const rows = await server.application.stores.segments.list({ documentId: document });
  const row = rows.find((one) => one.source === source);
  if (!row) throw new Error(`no row ${source}`);
  return row;
}

type Taken = { result: { taken: number; stale: number }; stale: { mine: string; theirs: { target: string } }[] };

async function take(api: string, changes: ShownTranslation["changes"], confirmDrafts = false): Promise<Taken> {
  const rows = changes.map(({ at, stored }) => ({ at, revision: stored?.revision ?? 0 }));
  const response = await server.postJson(`${api}/take`, { rows, confirmDrafts });
  expect(response.status).toBe(200);
  return (await response.json()) as Taken;
}

const SOURCE = "关于做好防汛工作的通知";
/** Fills the empty target of the title in XLIFF 2.0. */
const withTitle = (text: string, target: string, state = "translated") =>
  text.replace(
    new RegExp(`(<segment id="[^"]+") state="initial">(\\s*)<source>${SOURCE}</source>`),
    `$1 state="${state}">$2<source>${SOURCE}</source><target>${target}</target>`,
  );

describe("a translated file that comes back", () => {
  it("is shown as a plan, taken over with a revision and a memory unit, and undone", async () => {
    const api = await receive(withTitle(await exported(), "Notice on Flood Control"));
    const before = await plan(api);
    expect(before.counts).toMatchObject({ changed: 1, conflict: 0, unknown: 0 });
    expect(before.changes).toMatchObject([
      { kind: "changed", target: "Notice on Flood Control", stored: { document, target: "" } },
    ]);
    expect((await rowOf(SOURCE)).target).toBeUndefined();

    expect(await take(api, before.changes)).toMatchObject({ result: { taken: 1, stale: 0 }, stale: [] });
    expect(await rowOf(SOURCE)).toMatchObject({ target: "Notice on Flood Control", state: "translated", origin: "import" });
    const units = await server.application.stores.memories.loadUnits(server.projectId);
    expect(units.map(({ target }) => target)).toContain("Notice on Flood Control");
    expect((await plan(api)).changes).toEqual([]);

    const undone = await server.postJson(`${api}/undo`, {});
    expect(await undone.json()).toMatchObject({ result: { undone: { rows: 1, left: 0 } } });
    expect((await rowOf(SOURCE)).target ?? "").toBe("");
    expect(await server.application.stores.memories.loadUnits(server.projectId)).toEqual([]);
    expect((await server.application.stores.segments.history((await rowOf(SOURCE)).id)).length).toBe(2);
    expect((await server.postJson(`${api}/undo`, {})).status).toBe(404);
  });

  it("does not overwrite a row that somebody saved after the plan was shown", async () => {
    const api = await receive(withTitle(await exported(), "From the tool"));
    const { changes } = await plan(api);
    await translate(server, document, { [SOURCE]: "Typed meanwhile" });
    const outcome = await take(api, changes);
    expect(outcome).toMatchObject({ result: { taken: 0, stale: 1 } });
    expect(outcome.stale).toMatchObject([{ mine: "From the tool", theirs: { target: "Typed meanwhile" } }]);
    expect((await rowOf(SOURCE)).target).toBe("Typed meanwhile");
    expect((await plan(api)).changes).toMatchObject([{ kind: "conflict" }]);
  });

  it("leaves rows alone that were edited after the import when it is undone", async () => {
    const text = (await exported()).replace("Counties should adopt targeted measures and never slacken.", "Counties must act.");
    const api = await receive(text);
    const { changes } = await plan(api);
    expect(changes).toMatchObject([{ kind: "conflict", target: "Counties must act." }]);
    await take(api, changes);
    await translate(server, document, { "各县要精准施策，不得放松。": "Edited after." });
    expect(await (await server.postJson(`${api}/undo`, {})).json()).toMatchObject({ result: { undone: { rows: 0, left: 1 } } });
    expect((await rowOf("各县要精准施策，不得放松。")).target).toBe("Edited after.");
  });

  it("takes drafts over as translated when asked to, and copies of the source not at all", async () => {
    await server.importTexts({ "second.txt": "第二份通知\n\n抓好落实。\n" });
    const [second] = (await server.application.stores.documents.list({ projectId: server.projectId })).filter(
      ({ title }) => title === "第二份通知",
    );
    const path = `/p/${server.projectId}/export/file?format=xliff12&profile=omegat&document=${second?.id ?? ""}`;
    const text = await (await server.send(path)).text();
    const api = await receive(text.replace(/(<target[^>]*>(?:<mrk[^>]*>)?)抓好落实。/, "$1Implement."));
    const { changes, counts } = await plan(api);
    expect(counts).toMatchObject({ changed: 1 });
    expect(changes).toMatchObject([{ target: "Implement.", state: "initial" }]);
    await take(api, changes, true);
    const rows = await server.application.stores.segments.list({ documentId: second?.id ?? "" });
    expect(rows.find(({ source }) => source === "抓好落实。")).toMatchObject({ target: "Implement.", state: "translated" });
  });

  it("is refused with line and column when it is broken, and nothing is kept", async () => {
    const before = await server.send(`/p/${server.projectId}/export`);
    const cut = (await exported()).slice(0, 900);
    const sent = await send("broken.xlf", cut);
    expect(sent.refused).toBe("unreadable");
    expect(sent.diagnostics?.[0]?.line).toBeGreaterThan(1);
    expect(sent.diagnostics?.[0]?.column).toBeGreaterThan(0);
    expect(await send("notes.txt", "只是文字")).toMatchObject({ refused: "format" });
    expect(await send("page.xlf", "<html><body>x</body></html>")).toMatchObject({
      refused: "unreadable",
      diagnostics: [{ code: "not-xliff", line: 1 }],
    });
    const count = async (response: Response) => (await response.text()).split("/returns/").length;
    expect(await count(await server.send(`/p/${server.projectId}/export`))).toBe(await count(before));
  });

  it("is not found under another project or a made-up id, and can be discarded", async () => {
    const api = await receive(await exported());
    expect((await server.send(`/api/p/${server.projectId}/returns/..%2f..%2fx`)).status).toBe(404);
    expect((await server.send(`/api/p/${server.projectId}/returns/00000000-0000-0000-0000-000000000000`)).status).toBe(404);
    expect((await server.postJson(`${api}/discard`, {})).status).toBe(204);
    expect((await server.send(api)).status).toBe(404);
  });
});

const tmx = (units: string) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n<header creationtool="Old" creationtoolversion="2" srclang="zh-CN" segtype="sentence" o-tmf="x" adminlang="en" datatype="plaintext"/>\n<body>\n${units}</body>\n</tmx>\n`;
const tu = (zh: string, en: string, language = "en-US") =>
  `<tu><tuv xml:lang="zh-CN"><seg>${zh}</seg></tuv><tuv xml:lang="${language}"><seg>${en}</seg></tuv></tu>\n`;

type Memory = {
  description?: { units: number; languages: { target: string; count: number }[]; tool: string; diagnostics: { code: string }[] };
  result?: { added: number; unchanged: number; undone?: { units: number } };
  job?: string;
};

async function receiveMemory(text: string): Promise<{ api: string; memory: Memory }> {
  const { address = "" } = await send("old.tmx", text);
  const api = `/api${address}`;
  const { job = "" } = (await (await server.send(api)).json()) as Memory;
  await server.application.jobs.waitFor(job);
  expect((await server.send(address)).status).toBe(200);
  return { api, memory: (await (await server.send(api)).json()) as Memory };
}

async function importInto(api: string, wish: object): Promise<Memory> {
  const response = await server.postJson(`${api}/memory`, wish);
  const { job } = (await response.json()) as { job: string };
  expect(await server.application.jobs.waitFor(job)).toMatchObject({ state: "done" });
  return (await (await server.send(api)).json()) as Memory;
}

describe("a memory that comes in", () => {
  it("is described before anything is stored, imported once, and taken out again as a whole", async () => {
    const text = tmx(tu("抓好落实。", "Implement.") + tu("加强领导。", "Renforcer", "fr") + tu("防汛", "flood control"));
    const { api, memory } = await receiveMemory(text);
    expect(memory.description).toMatchObject({ units: 2, tool: "Old 2" });
    expect(memory.description?.languages.map(({ target, count }) => [target, count])).toEqual([
      ["en-US", 2],
      ["fr", 1],
    ]);
    const { memories } = server.application.stores;
    const names = async () => (await memories.list(server.projectId)).map(({ name }) => name);
    expect(await names()).not.toContain("Ministry 2019");

    expect((await importInto(api, { name: "Ministry 2019", penalty: 3 })).result).toMatchObject({ added: 2, unchanged: 0 });
    const stored = (await memories.list(server.projectId)).find(({ name }) => name === "Ministry 2019");
    expect(stored).toMatchObject({ unitCount: 2, penalty: 3 });
    expect((await importInto(api, { memoryId: stored?.id })).result).toMatchObject({ added: 0, unchanged: 2 });

    const undo = (await (await server.postJson(`${api}/undo`, {})).json()) as { job: string };
    await server.application.jobs.waitFor(undo.job);
    expect(((await (await server.send(api)).json()) as Memory).result?.undone).toMatchObject({ units: 2 });
    expect(await memories.countUnits(stored?.id ?? "")).toBe(0);
  });

  it("tells what is there when the import was cut off, and goes on with it", async () => {
    const text = tmx(tu("抢险救灾。", "Rescue.") + tu("灾后重建。", "Rebuild."));
    const { api } = await receiveMemory(text);
    await importInto(api, { name: "Cut off", penalty: 0 });
    // What a process that was killed leaves: the record knows the step, and nobody wrote a result.
    const { application, projectId } = server;
    const path = join(application.dataFolder, "returns", projectId, api.split("/").at(-1) ?? "", "return.json");
    const record = JSON.parse(await readFile(path, "utf8")) as Record<string, unknown>;
    await writeFile(path, JSON.stringify({ ...record, result: undefined }));
    const cut = (await (await server.send(api)).json()) as Memory;
    expect(cut.result).toMatchObject({ added: 2, isPartial: true, name: "Cut off" });
    const again = await importInto(api, { name: "Cut off", penalty: 0 });
    expect(again.result).toMatchObject({ added: 0, unchanged: 2 });
    expect(again.result).not.toHaveProperty("isPartial");
    // Taken out and brought back on the page of the memories: this page tells the same.
    const { memorySteps } = application.stores;
    const [step] = (await memorySteps.list(projectId)).items;
    const undoing = { stepId: step?.id ?? "", author: "林岚", at: "2026-03-02T08:00:00.000Z" };
    await memorySteps.undo(undoing);
    expect(((await (await server.send(api)).json()) as Memory).result?.undone).toMatchObject({ units: 2 });
    await memorySteps.undo(undoing);
    expect(((await (await server.send(api)).json()) as Memory).result?.undone).toBeUndefined();
    const undo = (await (await server.postJson(`${api}/undo`, {})).json()) as { job: string };
    await application.jobs.waitFor(undo.job);
    expect(((await (await server.send(api)).json()) as Memory).result?.undone).toMatchObject({ units: 2 });
  });

  it("says where a broken memory breaks and offers what stood before", async () => {
    const { memory } = await receiveMemory(tmx(tu("一。", "One.")).replace("</body>", "<tu><tuv>"));
    expect(memory.description).toMatchObject({ units: 1 });
    expect(memory.description?.diagnostics.some(({ code }) => code.startsWith("xml-"))).toBe(true);
  });

  it("is not imported under the name of a memory that the project fills by itself", async () => {
    const { api } = await receiveMemory(tmx(tu("一。", "One.")));
    const response = await server.postJson(`${api}/memory`, { name: "translations", penalty: 0 });
    expect(await response.json()).toEqual({ refused: "name-missing" });
    expect((await server.postJson(`${api}/memory`, { name: "", penalty: 0 })).status).toBe(400);
  });
});
