/** Repeats, similar paragraphs, pieces and pre-translation of the Translate page over real HTTP. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createProject } from "../../src/workflow/projects.ts";
import { startTestServer } from "./server-setup.ts";
import type { TestServer } from "./server-setup.ts";

const FIRST = "关于做好防汛工作的通知\n\n各地要落实防汛责任制。\n\n各级要加强值守。\n\n各地要落实防汛责任制。\n";
const SECOND = "补充通知\n\n各地要落实防汛责任制。\n";
const TARGET = "All localities shall fulfil their duties.";

let server: TestServer;
let first: string;
let second: string;
beforeAll(async () => {
  server = await startTestServer({ author: "Zhao Ning" });
  [first = ""] = await server.importTexts({ "通知.txt": FIRST });
  [second = ""] = await server.importTexts({ "补充.txt": SECOND });
});
afterAll(() => server.close());

const send = async (method: string, path: string, body?: unknown, project = server.projectId) => {
  const response = await server.send(`/api/p/${project}/${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }),
  });
  return { status: response.status, json: (await response.json()) as Record<string, unknown> };
};

type RowAnswer = { id: string; target?: string; state: string; origin?: string; revision: number };

async function rowOf(document: string, at: number): Promise<RowAnswer> {
  const { json } = await send("GET", `documents/${document}/rows`);
  const row = (json["rows"] as RowAnswer[])[at];
  if (!row) throw new Error(`no row ${at}`);
  return row;
}

describe("repeats over HTTP", () => {
  it("are listed, proposed to, left out and taken back", async () => {
    const row = await rowOf(first, 1);
    const save = { target: TARGET, state: "translated", origin: "typed", baseRevision: row.revision };
    expect((await send("PUT", `segments/${row.id}`, save)).status).toBe(200);
    expect((await send("GET", `segments/${row.id}/repeats`)).json).toMatchObject({
      repeats: [
        { document: first, kind: "equal", standing: "open", proposal: TARGET },
        { document: second, kind: "equal", standing: "open" },
      ],
    });
    const elsewhere = await rowOf(second, 1);
    expect((await send("PUT", `segments/${elsewhere.id}/exception`, { reason: "a quotation" })).status).toBe(200);
    const { json } = await send("POST", `segments/${row.id}/repeats`, {});
    const written = json["rows"] as { row: RowAnswer; document: string }[];
    expect(written).toMatchObject([{ document: first, row: { target: TARGET, state: "initial", origin: "memory" } }]);
    expect((await send("GET", `segments/${row.id}/repeats`)).json).toMatchObject({
      repeats: [{ standing: "same" }, { standing: "excepted", reason: "a quotation" }],
    });
    const rows = written.map(({ row: { id, revision } }) => ({ id, revision }));
    // Rows that do not repeat this one cannot be emptied from here, whatever a request says.
    const stranger = await rowOf(first, 2);
    const all = { rows: [...rows, { id: stranger.id, revision: stranger.revision }] };
    expect((await send("POST", `segments/${row.id}/repeats/withdraw`, all)).json["rows"]).toHaveLength(1);
    expect((await rowOf(first, 3)).target).toBeUndefined();
    await send("PUT", `segments/${elsewhere.id}/exception`, {});
    expect((await send("POST", `segments/${row.id}/repeats`, { rows: [elsewhere.id] })).json["rows"]).toHaveLength(1);
    expect((await rowOf(first, 3)).target).toBeUndefined();
  });

  it("are refused to another project, and nonsense is refused", async () => {
    const row = await rowOf(first, 1);
    const other = await createProject(server.application, { name: "another" });
    for (const path of ["repeats", "similar-paragraphs"]) {
      expect((await send("GET", `segments/${row.id}/${path}`, undefined, other.id)).status).toBe(404);
    }
    expect((await send("POST", `segments/${row.id}/repeats`, {}, other.id)).status).toBe(404);
    expect((await send("PUT", `segments/${row.id}/exception`, { reason: "x" }, other.id)).status).toBe(404);
    expect((await send("POST", `documents/${first}/pretranslation`, { threshold: 75, isTrial: true }, other.id)).status).toBe(
      404,
    );
    expect((await send("POST", `segments/${row.id}/repeats`, { rows: "all" })).status).toBe(400);
    expect((await send("PUT", `segments/${row.id}/exception`, { reason: 7 })).status).toBe(400);
    expect((await send("POST", `documents/${first}/pretranslation`, { threshold: 3, isTrial: true })).status).toBe(400);
  });
});

describe("the memory for a paragraph and a text", () => {
  it("shows similar paragraphs with their translation, and pre-translates as a job that is taken back", async () => {
    const row = await rowOf(first, 3);
    const { json } = await send("GET", `segments/${row.id}/similar-paragraphs`);
    expect(json).toMatchObject({
      paragraphs: [
        { similarity: 100, translation: { text: TARGET, isConfirmed: true } },
        { document: "补充通知", similarity: 100 },
      ],
    });
    const run = async (isTrial: boolean) => {
      const started = await send("POST", `documents/${first}/pretranslation`, { threshold: 100, isTrial });
      expect(started.status).toBe(202);
      const job = await server.application.jobs.waitFor(String(started.json["job"]));
      return JSON.parse(job?.result ?? "{}") as unknown;
    };
    expect(await run(true)).toMatchObject({ rows: 3, exact: 1, nothing: 2, written: 0 });
    expect(await run(false)).toMatchObject({ exact: 1, written: 1 });
    expect((await rowOf(first, 3)).target).toBe(TARGET);
    expect((await send("GET", `documents/${first}/pretranslation`)).json).toEqual({ rows: 1 });
    expect((await send("POST", `documents/${first}/pretranslation/undo`)).json["rows"]).toHaveLength(1);
    expect((await rowOf(first, 3)).target).toBeUndefined();
    expect((await send("POST", `documents/${first}/pretranslation/undo`)).json["rows"]).toEqual([]);
  });
});
