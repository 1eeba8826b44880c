/** The checks page over real HTTP: a run as a job, findings with places, ignoring, reports. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ShownChecks } from "../../src/server/view-models/checks.ts";
import { addTerm, fillProject, SIGNED, translate } from "./checks-samples.ts";
import { startTestServer } from "./server-setup.ts";
import type { TestServer } from "./server-setup.ts";

let server: TestServer;
let document: string;
beforeAll(async () => {
  server = await startTestServer();
  document = await fillProject(server);
});
afterAll(() => server.close());

const api = () => `/api/p/${server.projectId}/checks`;

async function run(again = false): Promise<ShownChecks> {
  const response = await server.postJson(`${api()}/runs`, { again });
  expect(response.status).toBe(202);
  const { job } = (await response.json()) as { job?: string };
  if (job !== undefined) expect(await server.application.jobs.waitFor(job)).toMatchObject({ state: "done", kind: "check" });
  return (await (await server.send(api())).json()) as ShownChecks;
}

describe("checks over HTTP", () => {
  it("say that nothing has been checked yet, then what a run found, with the row of each finding", async () => {
    expect(await (await server.send(api())).json()).toEqual({ state: "none" });
    const checks = await run();
    expect(checks).toMatchObject({ state: "ready", pairs: 4, alignedPairs: 0, unsurePairs: 0 });
    expect(checks.documents).toEqual([{ id: document, title: "关于做好防汛工作的通知" }]);
    expect(checks.uses).toEqual([{ subject: "精准施策", places: 4, asApproved: 2 }]);
    const found = checks.findings.map(({ rule, message }) => `${rule}.${message}`).sort();
    expect(found).toEqual(["numbers.changed", "rendering-forbidden.superseded", "rendering-missing.none"]);
    const missing = checks.findings.find(({ rule }) => rule === "rendering-missing");
    const pair = checks.texts[missing?.pair ?? ""];
    expect(pair?.source.slice(missing?.sourceSpan?.start, missing?.sourceSpan?.end)).toBe("精准施策");
    expect(pair?.address).toBe(
      `/p/${encodeURIComponent(server.projectId)}/translate?document=${document}&row=${missing?.pair ?? ""}`,
    );
  });

  it("do not run again while nothing has changed, unless asked to", async () => {
    await run();
    const start = async (again: boolean) =>
      (await (await server.postJson(`${api()}/runs`, { again })).json()) as { state: string };
    expect(await start(false)).toEqual({ state: "current" });
    expect(await start(true)).toMatchObject({ state: "started" });
  });

  it("ignore a finding with a reason, show it as ignored, and show it again", async () => {
    const { findings } = await run();
    const finding = findings.find(({ rule }) => rule === "numbers");
    const place = { rule: finding?.rule, pair: finding?.pair, subject: finding?.subject };
    expect((await server.postJson(`${api()}/ignored`, { ...place, reason: "  " })).status).toBe(400);
    expect((await server.postJson(`${api()}/ignored`, { ...place, reason: "The figure was corrected." })).status).toBe(200);
    const after = await run();
    expect(after.findings.filter(({ ignored }) => ignored)).toMatchObject([
      { rule: "numbers", ignored: { reason: "The figure was corrected.", author: "Zhao Ning" } },
    ]);
    expect((await server.postJson(`${api()}/shown`, place)).status).toBe(204);
    expect((await run()).findings.filter(({ ignored }) => ignored)).toEqual([]);
  });

  it("bring an ignored finding back when the text changes", async () => {
    const { findings } = await run();
    const finding = findings.find(({ rule }) => rule === "numbers");
    const place = { rule: finding?.rule, pair: finding?.pair, subject: finding?.subject };
    await server.postJson(`${api()}/ignored`, { ...place, reason: "known" });
    await translate(server, document, {
      "要因地制宜、精准施策，全省投入3400人。": "Adopt precise policies; 3,500 people were deployed.",
    });
    const after = await run();
    expect(after.findings.filter(({ ignored }) => ignored)).toEqual([]);
    expect(after.findings.some(({ rule }) => rule === "numbers")).toBe(true);
  });

  it.each([
    ["html", "text/html; charset=utf-8", "<!doctype html>"],
    ["csv", "text/csv; charset=utf-8", "\ufeff"],
    ["json", "application/json; charset=utf-8", '{\n  "findings"'],
    ["sarif", "application/sarif+json; charset=utf-8", '{\n  "$schema"'],
  ])("give a report as %s that is saved and not shown", async (format, type, start) => {
    const response = await server.send(`/p/${server.projectId}/checks/report?format=${format}`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe(type);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("content-disposition")).toMatch(/^attachment; filename=.*filename\*=UTF-8''/);
    const text = Buffer.from(await response.arrayBuffer()).toString("utf8");
    expect(text.startsWith(start)).toBe(true);
    const title = "关于做好防汛工作的通知";
    expect(text).toContain(format === "sarif" ? encodeURI(title) : title);
    if (format === "html") expect(text).not.toContain("<img src=x");
  });

  it("give a report of what the filters let through, in the language of the interface", async () => {
    const path = `/p/${server.projectId}/checks/report?format=json&rule=numbers`;
    const response = await server.send(path, { headers: { "Accept-Language": "zh-CN" } });
    const { findings } = (await response.json()) as { findings: { rule: string; file: string; message: string }[] };
    expect(findings.map(({ rule }) => rule)).toEqual(["numbers"]);
    expect(findings[0]?.message).toMatch(/\p{Script=Han}/u);
    const none = await server.send(`${path}&severity=information`);
    expect(((await none.json()) as { findings: unknown[] }).findings).toEqual([]);
  });

  it("refuse a format that there is not", async () => {
    expect((await server.send(`/p/${server.projectId}/checks/report?format=exe`)).status).toBe(400);
  });
});

describe("checks of aligned texts", () => {
  it("hold confirmed and sure rows to the glossary, count the others, and lead to the alignment", async () => {
    const own = await startTestServer();
    try {
      await addTerm(own, "精准施策", [["targeted measures", "approved"]]);
      const { stores } = own.application;
      const [source = "", target = ""] = await own.importTexts({
        "zh.txt": "各地要精准施策。\n\n各县要精准施策。\n\n各乡要精准施策。\n",
        "en.txt":
          "All localities should act wisely.\n\nCounties should adopt targeted measures.\n\nTownships should act wisely.\n",
      });
      const [zh, en] = [await stores.segments.list({ documentId: source }), await stores.segments.list({ documentId: target })];
      const group = (at: number, confidence: number, status: "automatic" | "confirmed") => ({
        id: `g${String(at)}`,
        source: [zh[at]?.id ?? ""],
        target: [en[at]?.id ?? ""],
        ...{ confidence, status, anchors: [] },
      });
      const alignment = await stores.alignments.create({
        ...SIGNED,
        projectId: own.projectId,
        sourceDocumentId: source,
        targetDocumentId: target,
        state: { groups: [group(0, 0.2, "confirmed"), group(1, 0.99, "automatic"), group(2, 0.5, "automatic")] },
      });
      const response = await own.postJson(`/api/p/${own.projectId}/checks/runs`, {});
      await own.application.jobs.waitFor(((await response.json()) as { job: string }).job);
      const checks = (await (await own.send(`/api/p/${own.projectId}/checks`)).json()) as ShownChecks;
      expect(checks).toMatchObject({ pairs: 2, alignedPairs: 2, unsurePairs: 1 });
      const missing = checks.findings.filter(({ rule }) => rule === "rendering-missing");
      expect(missing).toHaveLength(1);
      const [finding] = missing;
      expect(checks.texts[finding?.pair ?? ""]?.address).toBe(
        `/p/${encodeURIComponent(own.projectId)}/align/${alignment.id}#row-1`,
      );
      const place = { rule: "rendering-missing", pair: finding?.pair, subject: finding?.subject, reason: "published like this" };
      expect((await own.postJson(`/api/p/${own.projectId}/checks/ignored`, place)).status).toBe(200);
      const after = (await (await own.send(`/api/p/${own.projectId}/checks`)).json()) as ShownChecks;
      expect(after.findings.filter(({ ignored }) => ignored)).toHaveLength(1);
    } finally {
      await own.close();
    }
  });
});
