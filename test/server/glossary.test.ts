/** The glossary over HTTP: pages, changes with their refusals in words, stale saves, files. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer } from "./server-setup.ts";
import type { TestServer } from "./server-setup.ts";

const EVIL = "<img src=x onerror=alert(1)>";
let server: TestServer;
let base: string;
let api: string;
beforeAll(async () => {
  server = await startTestServer();
  base = `/p/${server.projectId}`;
  api = `/api${base}`;
});
afterAll(() => server.close());

async function sendJson(method: string, path: string, body: unknown, language = "en") {
  const headers = { "Content-Type": "application/json", "Accept-Language": language };
  const response = await server.send(path, { method, headers, body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as Answer };
}
type Answer = {
  readonly concept: string;
  readonly error: { readonly code: string; readonly message: string; readonly details: Record<string, unknown> };
};

async function newEntry(text: string): Promise<string> {
  const rendering = { text: "hold the line", status: "proposed" };
  return (await sendJson("POST", `${api}/glossary`, { text, kind: "phrase", rendering })).body.concept;
}

async function renderingOf(id: string) {
  const term = (await server.application.stores.concepts.find(id))?.terms[1];
  if (!term) throw new Error("no rendering");
  return term;
}

describe("the list", () => {
  it("finds by one character of either script, and tells the total", async () => {
    await newEntry("坚守岗位");
    for (const find of ["岗", "LINE"]) {
      const found = (await (await server.send(`${api}/glossary?find=${encodeURIComponent(find)}`)).json()) as {
        total: number;
        rows: { headword: string }[];
      };
      expect([found.total, found.rows[0]?.headword]).toEqual([1, "坚守岗位"]);
    }
  });

  it("shows the list for an address with filters it does not know", async () => {
    expect((await server.send(`${base}/glossary?status=excellent&offset=-3`)).status).toBe(200);
    expect((await server.send(`${api}/glossary?status=excellent`)).status).toBe(400);
  });

  it("shows wordings of mark-up as text", async () => {
    const id = await newEntry(EVIL);
    for (const path of ["glossary", `glossary/${id}`]) {
      const html = await (await server.send(`${base}/${path}`)).text();
      expect(html).not.toContain("<img");
    }
  });

  it("answers 404 for entries of nobody and of other projects", async () => {
    expect((await server.send(`${base}/glossary/none`)).status).toBe(404);
    const id = await newEntry("别处");
    await server.application.stores.projects.create({
      id: "other",
      name: "Other",
      sourceLanguage: "zh",
      targetLanguage: "en",
      createdAt: "2026-01-01T00:00:00.000Z",
    });
    expect((await server.send(`/p/other/glossary/${id}`)).status).toBe(404);
    expect((await server.send(`/api/p/other/glossary/${id}/uses`)).status).toBe(404);
  });
});

describe("decisions", () => {
  it("are refused in the words of the reader", async () => {
    const term = await renderingOf(await newEntry("昼夜值守"));
    const path = `${api}/terms/${term.id}/status`;
    const wish = { baseRevision: term.revision, status: "approved", reason: "ours" };
    const english = await sendJson("POST", path, wish);
    expect([english.status, english.body.error.details["code"]]).toEqual([422, "approval-without-citation"]);
    expect(english.body.error.message).toContain("citation");
    const chinese = await sendJson("POST", path, wish, "zh-CN");
    expect(chinese.body.error.message).toContain("出处");
    expect((await renderingOf(term.conceptId)).status).toBe("proposed");
  });

  it("are stored with citation and reason, and stand in the trail by body and document", async () => {
    const id = await newEntry("巡堤查险");
    const term = await renderingOf(id);
    const citation = {
      kind: "new",
      body: "Yunxi Press Office",
      title: "Bulletin 3",
      date: "2024-06-17",
      locator: "javascript:alert(1)",
    };
    const wish = { baseRevision: term.revision, status: "approved", reason: "Reads as English.", citation };
    expect((await sendJson("POST", `${api}/terms/${term.id}/status`, wish)).status).toBe(200);
    const html = await (await server.send(`${base}/glossary/${id}`)).text();
    expect(html).toContain("Yunxi Press Office");
    expect(html).toContain("Reads as English.");
    expect(html).not.toContain('href="javascript');
  });

  it("that meet a later save get both states and its author", async () => {
    const id = await newEntry("排查隐患");
    const term = await renderingOf(id);
    const edit = { baseRevision: term.revision, text: "theirs", termType: "fullForm", matching: "inflecting" };
    expect((await sendJson("PUT", `${api}/terms/${term.id}`, edit)).status).toBe(200);
    const stale = await sendJson("PUT", `${api}/terms/${term.id}`, { ...edit, text: "mine" });
    expect(stale.status).toBe(409);
    expect(stale.body.error.details).toMatchObject({
      mine: { text: "mine" },
      theirs: { text: "theirs", revision: term.revision + 1 },
      base: { text: "hold the line" },
      author: "Zhao Ning",
    });
  });

  it("can be taken back over HTTP until only the beginning is left", async () => {
    const id = await newEntry("群策群力");
    const { status, body } = await sendJson("POST", `${api}/glossary/${id}/undo`, {});
    expect([status, body.error.details["code"]]).toEqual([422, "nothing-to-undo"]);
  });

  it("name the field that cannot be read", async () => {
    const term = await renderingOf(await newEntry("严阵以待"));
    const wish = { baseRevision: term.revision, status: "splendid" };
    expect((await sendJson("POST", `${api}/terms/${term.id}/status`, wish)).body.error.message).toContain("status");
  });
});

describe("files", () => {
  it("are exported as they are, and for spreadsheets with formulas made harmless", async () => {
    await newEntry("=SUM(A1)");
    const plain = await server.send(`${base}/glossary.csv`);
    expect(plain.headers.get("content-disposition")).toContain("attachment");
    expect(await plain.text()).toContain(",=SUM(A1),");
    const forSheets = Buffer.from(await (await server.send(`${base}/glossary.csv?for=spreadsheets`)).arrayBuffer());
    expect([...forSheets.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(forSheets.toString()).toContain("'=SUM(A1)");
  });

  async function upload(text: string): Promise<string> {
    const form = new FormData();
    form.append("files", new Blob([text]), "given.csv");
    const response = await server.send(`${api}/glossary-imports`, { method: "POST", body: form });
    return ((await response.json()) as { address: string }).address;
  }

  it("are previewed with what is wrong by line, and refused until the faulty rows are let go", async () => {
    const address = await upload("concept,language,term,status,source\nn1,zh,新词,proposed,\nn1,en,new word,splendid,house\n");
    const preview = (await (await server.send(`/api${address}`)).json()) as {
      counts: Record<string, number>;
      diagnostics: { line: number; code: string }[];
    };
    expect(preview.counts).toMatchObject({ new: 1 });
    expect(preview.diagnostics).toMatchObject([{ line: 3, code: "glossary-bad-value" }]);
    expect((await sendJson("POST", `/api${address}/accept`, { acceptErrors: false, statuses: "keep" })).status).toBe(409);
    expect(await server.application.stores.concepts.find("n1")).toBeUndefined();
    expect((await sendJson("POST", `/api${address}/accept`, { acceptErrors: true, statuses: "keep" })).status).toBe(200);
    expect((await server.application.stores.concepts.find("n1"))?.terms).toHaveLength(1);
    expect((await server.send(address)).status).toBe(200);
  });

  it("that are broken, empty or discarded change nothing", async () => {
    for (const text of ["", '"never closed', "\u0000\u0001binary"]) {
      const address = await upload(text);
      const preview = (await (await server.send(`/api${address}`)).json()) as { rows: unknown[]; diagnostics: unknown[] };
      expect(preview.rows).toEqual([]);
      expect(preview.diagnostics).not.toEqual([]);
    }
    const address = await upload("zh,en\n弃置,discarded\n");
    expect((await server.send(`/api${address}/discard`, { method: "POST" })).status).toBe(204);
    expect((await server.send(address)).status).toBe(404);
  });
});
