/** Analysis over real HTTP: chosen documents as a job, the counts, the reports. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "papaparse";
import { fillMemories } from "./memory-samples.ts";
import { startDocumentAnalysis } from "../../src/workflow/analyse-documents.ts";
import { startTestServer } from "./server-setup.ts";
import type { TestServer } from "./server-setup.ts";

let server: TestServer;
let documents: readonly string[];
beforeAll(async () => {
  server = await startTestServer();
  await fillMemories(server);
  documents = await server.importTexts({
    "one.txt": "云溪省通知一\n\n要把防汛工作作为头等大事来抓。各村要立即修复受损道路。各村要立即修复受损道路。\n",
    "two.txt": "云溪省通知二\n\n各村要立即修复受损道路。各村要尽快修复受损道路。\n",
  });
});
afterAll(() => server.close());

const api = () => `/api/p/${server.projectId}/analysis`;
type Answer = {
  readonly state: string;
  readonly analysis: { readonly total: { readonly bands: Readonly<Record<string, { readonly segments: number }>> } };
};

async function analyse(body: object): Promise<Answer> {
  const response = await server.postJson(api(), body);
  expect(response.status).toBe(202);
  const { job } = (await response.json()) as { job: string };
  expect(await server.application.jobs.waitFor(job)).toMatchObject({ state: "done", kind: "analyse" });
  return (await (await server.send(api())).json()) as Answer;
}

const bandsOf = ({ analysis }: Answer) =>
  Object.fromEntries(
    Object.entries(analysis.total.bands).flatMap(([band, { segments }]) => (segments > 0 ? [[band, segments]] : [])),
  );

describe("analysis over HTTP", () => {
  it("says that there is none, then counts the chosen documents in the order given", async () => {
    expect(await (await server.send(api())).json()).toEqual({ state: "none" });
    expect((await server.send(`/p/${server.projectId}/analysis/report?format=csv`)).status).toBe(404);
    const both = bandsOf(await analyse({ documents, internal: true }));
    expect(both).toEqual({ exact: 1, repetition: 1, "cross-file-repetition": 1, "internal-75": 2, new: 2 });
    expect(bandsOf(await analyse({ documents: [documents[1]], internal: false }))).toEqual({ new: 3 });
    expect(bandsOf(await analyse({ documents: [documents[0]], internal: false, memories: [] }))).toEqual({
      repetition: 1,
      new: 3,
    });
    expect((await server.postJson(api(), { documents: ["nothing"], internal: true })).status).toBe(404);
    expect((await server.postJson(api(), { documents: [], internal: true })).status).toBe(400);
  });

  it("does not count a document's own confirmed rows as matches of it", async () => {
    const { stores } = server.application;
    const [memory] = await stores.memories.list(server.projectId);
    const unit = {
      source: "各村要尽快修复受损道路。",
      target: "Repair the roads.",
      sourceLanguage: "zh",
      targetLanguage: "en",
    } as const;
    await stores.memories.saveUnits({
      memoryId: memory?.id ?? "",
      units: [{ ...unit, state: "translated", originKey: "segment:x", link: { documentId: documents[1] ?? "", segmentId: "x" } }],
      author: "Lin",
      at: "2026-03-01T08:00:00.000Z",
    });
    expect(bandsOf(await analyse({ documents: [documents[1]], internal: false }))).not.toHaveProperty("exact");
    expect(bandsOf(await analyse({ documents: [documents[0]], internal: false }))).toMatchObject({
      "fuzzy-75": 1,
      repetition: 1,
    });
  });

  it("can be cancelled, and then keeps what was counted before", async () => {
    await analyse({ documents: [documents[1]], internal: false });
    const before = await (await server.send(api())).json();
    // Without a request between: so small an analysis would be done before the server heard of it.
    const { application, projectId } = server;
    const asked = { projectId, documentIds: documents, isInternalCounted: true, label: "" };
    const job = await startDocumentAnalysis(application, asked);
    await application.jobs.cancel(job?.id ?? "");
    expect(await application.jobs.waitFor(job?.id ?? "")).toMatchObject({ state: "cancelled" });
    expect(await (await server.send(api())).json()).toEqual(before);
  });

  it("gives the counts as CSV and JSON", async () => {
    await analyse({ documents, internal: true });
    const csv = await server.send(`/p/${server.projectId}/analysis/report?format=csv`);
    expect(csv.headers.get("content-disposition")).toContain("attachment");
    const { data } = parse<Record<string, string>>((await csv.text()).replace("\ufeff", ""), {
      header: true,
      skipEmptyLines: true,
    });
    expect(data.map((row) => [row["Repetitions Segments"], row["Total Segments"]])).toEqual([
      ["1", "4"],
      ["0", "3"],
      ["1", "7"],
    ]);
    const json = (await (await server.send(`/p/${server.projectId}/analysis/report?format=json`)).json()) as { files: unknown[] };
    expect(json.files).toHaveLength(2);
    expect(await (await server.send(`/p/${server.projectId}/analysis`)).text()).toContain("data-start");
  });
});
