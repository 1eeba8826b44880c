/** The routes of the Translate page over real HTTP. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createProject } from "../../src/workflow/projects.ts";
import { startTestServer } from "./server-setup.ts";
import type { TestServer } from "./server-setup.ts";

const TEXT = "关于做好防汛工作的通知\n\n各地要落实责任制。\n各级要加强值守。\n各地要落实责任制。\n";

let server: TestServer;
let documentId: string;
beforeAll(async () => {
  server = await startTestServer({ author: "Zhao Ning" });
  [documentId = ""] = await server.importTexts({ "通知.txt": TEXT });
});
afterAll(() => server.close());

type RowAnswer = { id: string; source: string; target?: string; state: string; revision: number; author?: string };

const api = (path: string) => `/api/p/${server.projectId}/${path}`;

async function getRows(): Promise<readonly RowAnswer[]> {
  const response = await server.send(api(`documents/${documentId}/rows`));
  return ((await response.json()) as { rows: RowAnswer[] }).rows;
}

async function getRow(index: number): Promise<RowAnswer> {
  const row = (await getRows())[index];
  if (!row) throw new Error(`no row ${index}`);
  return row;
}

const put = (segment: string, body: unknown, project = server.projectId) =>
  server.send(`/api/p/${project}/segments/${segment}`, {
    method: "PUT",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });

describe("the list of texts", () => {
  it("names every source text with its progress and leads to it", async () => {
    const html = await (await server.send(`/p/${server.projectId}/translate`)).text();
    expect(html).toContain("关于做好防汛工作的通知");
    expect(html).toContain(`translate?document=${documentId}`);
  });
});

describe("the grid", () => {
  it("answers 404 for a document that is not there or of another project", async () => {
    const other = await createProject(server.application, { name: "another" });
    expect((await server.send(`/p/${server.projectId}/translate?document=nothing`)).status).toBe(404);
    expect((await server.send(`/p/${other.id}/translate?document=${documentId}`)).status).toBe(404);
    expect((await server.send(`/api/p/${other.id}/documents/${documentId}/rows`)).status).toBe(404);
    const row = await getRow(1);
    expect((await server.send(`/api/p/${other.id}/segments/${row.id}/help`)).status).toBe(404);
    const save = { target: "x", state: "initial", origin: "typed", baseRevision: row.revision };
    expect((await put(row.id, save, other.id)).status).toBe(404);
    expect((await getRow(1)).target).toBeUndefined();
  });
});

describe("saving a row", () => {
  it("answers the row with its new revision, and puts a confirmed one into the memory", async () => {
    const row = await getRow(1);
    const target = "All localities shall fulfil their duties.";
    const response = await put(row.id, { target, state: "translated", origin: "typed", baseRevision: row.revision });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      row: { target, state: "translated", revision: row.revision + 1, author: "Zhao Ning" },
    });
    const help = await (await server.send(api(`segments/${(await getRow(3)).id}/help`))).json();
    expect(help).toMatchObject({ matches: [{ kind: "exact", score: 100, target, memory: "translations", ownMemory: true }] });
    const history = await (await server.send(api(`segments/${row.id}/history`))).json();
    expect(history).toMatchObject({ revisions: [{ target, state: "translated", author: "Zhao Ning" }] });
  });

  it("refuses an old revision with mine, theirs and base, and changes nothing", async () => {
    const row = await getRow(2);
    const save = { state: "initial", origin: "typed", baseRevision: row.revision };
    expect((await put(row.id, { ...save, target: "theirs" })).status).toBe(200);
    const response = await put(row.id, { ...save, target: "mine" });
    expect(response.status).toBe(409);
    expect(await response.json()).toMatchObject({
      error: { code: "stale", details: { mine: "mine", theirs: { target: "theirs", revision: row.revision + 1 }, base: "" } },
    });
    expect((await getRow(2)).target).toBe("theirs");
  });

  it("does not confirm an empty row, and refuses what is no save", async () => {
    const row = await getRow(0);
    const save = { state: "translated", origin: "typed", baseRevision: row.revision };
    expect((await put(row.id, { ...save, target: "  " })).status).toBe(400);
    expect((await put(row.id, { ...save, target: 7 })).status).toBe(400);
    expect((await put(row.id, { ...save, target: "x", state: "perfect" })).status).toBe(400);
    expect((await put("nothing", { ...save, target: "x" })).status).toBe(404);
    expect((await getRow(0)).revision).toBe(row.revision);
  });
});

describe("many rows", () => {
  it("are marked and scored in pieces of limited size", async () => {
    const marks = await server.send(api(`documents/${documentId}/marks?from=0&count=200`));
    expect(await marks.json()).toMatchObject({ rows: [] });
    const scores = (await (await server.send(api(`documents/${documentId}/scores?from=0&count=100`))).json()) as {
      scores: [string, number][];
    };
    expect(scores.scores).toEqual([[(await getRow(3)).id, 100]]);
    expect((await server.send(api(`documents/${documentId}/marks?from=0&count=100000`))).status).toBe(400);
    expect((await server.send(api(`documents/${documentId}/scores?from=-1&count=10`))).status).toBe(400);
  });
});
