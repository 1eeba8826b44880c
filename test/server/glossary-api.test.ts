/** The HTTP API of the glossary: every documented operation is called on a real server, and its answer held to its schema. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { z } from "zod";
import { GLOSSARY_API } from "../../src/server/api/glossary-file-operations.ts";
import { errorAnswer } from "../../src/server/api/glossary-answers.ts";
import { openOwnMemory } from "../../src/workflow/project-memories.ts";
import { startTestServer } from "./server-setup.ts";
import type { TestServer } from "./server-setup.ts";

let server: TestServer;
const called = new Set<string>();
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

type Call = {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly file?: { readonly name: string; readonly content: string };
  readonly expected?: number;
};

/** Calls an operation by its id; what it answers must be exactly what its schema says. */
async function call<Answer = Record<string, unknown>>(
  id: string,
  { path = {}, query = {}, body, file, expected }: Call = {},
): Promise<Answer> {
  const operation = GLOSSARY_API.find((one) => one.id === id);
  if (!operation) throw new Error(id);
  called.add(id);
  const values: Readonly<Record<string, string>> = { project: server.projectId, ...path };
  const address = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ""));
  const search = new URLSearchParams(query).toString();
  const response = await server.send(`${address}${search && `?${search}`}`, {
    method: operation.method.toUpperCase(),
    ...(file === undefined ? {} : { body: formOf(file) }),
    ...(body === undefined ? {} : { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }),
  });
  const { answer } = operation;
  expect([id, response.status]).toEqual([id, expected ?? answer.status]);
  if (expected === undefined && !("schema" in answer)) return (await response.text()) as Answer;
  const value = (await response.json()) as Answer;
  const schema: z.ZodType = expected === undefined && "schema" in answer ? answer.schema : errorAnswer;
  // Nothing may be left out of the document: what the schema does not know is lost in parsing.
  expect(schema.parse(value)).toEqual(value);
  return value;
}

function formOf({ name, content }: NonNullable<Call["file"]>): FormData {
  const form = new FormData();
  form.append("files", new Blob([content]), name);
  return form;
}

type Saved = { readonly term: { readonly id: string; readonly revision: number } };
type Refusal = {
  readonly error: { readonly details: { readonly code: string; readonly decision?: { readonly reason: string } } };
};

async function newEntry(text: string): Promise<Readonly<Record<string, string>>> {
  const rendering = {
    text: `in English: ${text}`,
    status: "proposed",
    attestation: { citation: { kind: "house" }, link: "https://yunxi.example/1" },
  };
  const { concept } = await call<{ concept: string }>("create-entry", { body: { text, kind: "phrase", rendering } });
  return { concept };
}

describe("the glossary API", () => {
  it("goes through the whole life of an entry", async () => {
    const place = await newEntry("防汛");
    const other = await newEntry("防旱");
    const { concept } = await call<{ concept: { id: string; terms: Saved["term"][] } }>("get-entry", { path: place });
    const term = concept.terms[1]?.id ?? "";
    await call("change-entry", {
      path: place,
      body: { baseRevision: 1, kind: "term", note: "n", paraphrased: true, reason: "none is fixed" },
    });
    await call("change-wording", {
      path: { term },
      body: { baseRevision: 1, text: "flood control", termType: "fullForm", matching: "inflecting", usage: "running" },
    });
    const cited = await call<Saved>("cite", {
      path: { term },
      body: {
        citation: { kind: "new", body: "Yunxi", title: "Notice" },
        place: "¶ 2",
        sourceQuotation: "防汛",
        targetQuotation: "flood control",
      },
    });
    const approval = { baseRevision: cited.term.revision, status: "approved", reason: "seen", citation: { kind: "house" } };
    await call("decide", { path: { term }, body: approval });
    expect(await call<Refusal>("decide", { path: { term }, body: approval, expected: 409 })).toMatchObject({
      error: { code: "stale" },
    });

    const added = { language: "en", text: "flood fighting", status: "proposed", termType: "variant", matching: "exact" };
    const { term: second } = await call<Saved>("add-wording", { path: place, body: added });
    const rejection = { baseRevision: second.revision, status: "rejected", reason: "not said here" };
    await call("decide", { path: { term: second.id }, body: rejection });
    const again = await call<Refusal>("add-wording", { path: place, body: { ...added, text: "Flood Fighting" }, expected: 422 });
    expect(again.error.details).toMatchObject({ code: "rejected-before", decision: { reason: "not said here" } });
    await call("undo", { path: place });

    const relation = { type: "contrast", other: other["concept"] };
    const related = await call<{ relations: unknown[] }>("relate", { path: place, body: { ...relation, note: "n" } });
    expect(related.relations).toMatchObject([{ type: "contrast", side: "from", text: "防旱", note: "n" }]);
    expect((await call<{ relations: unknown[] }>("list-relations", { path: other })).relations).toHaveLength(1);
    await call("end-relation", { path: other, body: { ...relation, other: place["concept"], reason: "alike" } });

    const said = await call<{ threads: { opening: { id: string } }[] }>("add-comment", {
      path: place,
      body: { text: "Headline?", term },
    });
    const thread = said.threads[0]?.opening.id ?? "";
    await call("add-comment", { path: place, body: { text: "None.", thread } });
    const settled = { path: { ...place, thread } };
    expect(await call("settle-thread", { ...settled, body: { kind: "resolve" } })).toMatchObject({
      threads: [{ resolved: { author: "Zhao Ning" } }],
    });
    await call("settle-thread", { ...settled, body: { kind: "resolve" }, expected: 422 });
    await call("list-comments", { path: place });

    expect((await call<{ decisions: unknown[] }>("list-decisions", { path: place })).decisions.length).toBeGreaterThan(8);
    expect(await call("explain-entry", { path: place })).toMatchObject({
      rendering: { text: "flood control", citations: [{}, {}] },
    });
    expect(await call("find-wording", { query: { text: "FLOOD control", language: "en" } })).toMatchObject({
      concepts: [{ id: place["concept"] }],
    });
    expect(await call("list-entries", { query: { status: "paraphrased" } })).toMatchObject({ total: 1 });
    expect(await call("count-entries", { query: { find: "防" } })).toMatchObject({ all: 2, paraphrased: 1, waiting: 0 });
    const exported = await call<{ concepts: unknown[]; sources: unknown[] }>("export-entries");
    expect([exported.concepts.length, exported.sources.length]).toEqual([2, 1]);
    expect(await call<string>("export-csv")).toContain("flood control");
  });

  it("tells what others changed since one last looked", async () => {
    const { stores, clock } = server.application;
    expect(await call("list-news")).toEqual({ items: [], total: 0 });
    await call("mark-seen", { body: {} });
    const place = await newEntry("值守");
    expect(await call("list-news")).toMatchObject({ total: 0 });
    const conceptId = place["concept"] ?? "";
    await stores.vetting.addComment({ conceptId, text: "Why?", author: "Chen Yu", at: clock() });
    expect(await call("list-news")).toMatchObject({
      total: 1,
      items: [{ conceptId, comments: 1, decisions: 0, lastAuthor: "Chen Yu" }],
    });
    expect(await call("list-entries", { query: { status: "news" } })).toMatchObject({ total: 1 });
    await call("mark-seen", { body: { concept: conceptId } });
    expect(await call("list-news")).toMatchObject({ total: 0 });
  });

  it("keeps how a project decides, with who said so", async () => {
    expect(await call("get-rules")).toMatchObject({ fourEyes: false });
    const authorities = [{ id: "province", name: "The province", bodies: ["Yunxi"], kinds: [] }];
    expect(await call("set-rules", { body: { fourEyes: true, authorities } })).toMatchObject({
      fourEyes: true,
      setBy: { author: "Zhao Ning" },
    });
    await call("set-rules", { body: { authorities: [...authorities, ...authorities] }, expected: 400 });
    const place = await newEntry("转移");
    const { concept } = await call<{ concept: { terms: Saved["term"][] } }>("get-entry", { path: place });
    const body = { baseRevision: 1, status: "approved", reason: "ours", citation: { kind: "house" } };
    const waiting = await call("decide", { path: { term: concept.terms[1]?.id ?? "" }, body });
    expect(waiting).toMatchObject({
      term: { status: "proposed", waitingApproval: { author: "Zhao Ning" } },
      decision: { action: "endorse" },
    });
    expect(await call("count-entries")).toMatchObject({ waiting: 1 });
    await call("set-rules", { body: { fourEyes: false } });
    await call("list-transitions");
  });

  it("takes a glossary file in, but only when it is accepted, and gives it out in other formats", async () => {
    const file = { name: "own.csv", content: 'zh;en\n巡堤;levee patrol\n值班;"duty\n' };
    const sent = await call<{ id: string }>("send-glossary", { file });
    const path = { import: sent.id };
    await call("read-otherwise", { path, body: { delimiter: ";" } });
    expect(await call("preview-import", { path })).toMatchObject({
      counts: { new: 1 },
      hasErrors: true,
      diagnostics: [{ code: "csv-quote-unclosed", line: 3 }],
    });
    expect(await call("find-wording", { query: { text: "巡堤" } })).toEqual({ concepts: [] });
    await call("accept-import", { path, body: { acceptErrors: false, statuses: "keep" }, expected: 409 });
    expect(await call("accept-import", { path, body: { acceptErrors: true, statuses: "keep" } })).toMatchObject({ added: 1 });
    const other = await call<{ id: string }>("send-glossary", { file });
    await call("discard-import", { path: { import: other.id } });
    await call("preview-import", { path: { import: other.id }, expected: 404 });
    expect(await call<string>("export-file", { query: { format: "omegat" } })).toContain("巡堤\tlevee patrol");
  });

  it("finds renderings beside an entry and makes one of them a proposal", async () => {
    const { application, projectId } = server;
    const place = await newEntry("山洪灾害防御");
    expect(await call("list-evidence", { path: place })).toMatchObject({ state: "none", lines: [] });
    const sentences = ["加强", "做好", "部署"].map((verb, index) => ({
      source: `${verb}山洪灾害防御工作。`,
      target: `Step ${index + 1}: flash flood defence was taken up.`,
    }));
    const { id: memoryId } = await openOwnMemory(application, projectId, "translations");
    const units = sentences.map((pair, index) => ({
      ...{
        ...pair,
        originKey: `import:file:${index + 1}`,
        sourceLanguage: "zh",
        targetLanguage: "en",
        state: "reviewed" as const,
      },
    }));
    await application.stores.memories.saveUnits({ memoryId, units, author: "Li Min", at: application.clock() });
    const { job } = await call<{ job: string }>("look-for-renderings");
    await application.jobs.waitFor(job);
    const { lines } = await call<{ lines: { term: string; text: string; sightings: { unit: { id: string } }[] }[] }>(
      "list-evidence",
      { path: place },
    );
    const [line] = lines;
    const taken = { term: line?.term, text: line?.text, unit: line?.sightings[0]?.unit.id };
    expect(await call("take-evidence", { path: place, body: taken })).toMatchObject({ kind: "saved" });
    expect(await call("get-entry", { path: place })).toMatchObject({
      concept: { terms: [{}, {}, { attestations: [{ place: expect.stringMatching(/^tu [123]$/) as string }] }] },
    });
  });

  it("is described in OpenAPI 3.1: every operation once, none that was not called above", async () => {
    expect([...called].sort()).toEqual(GLOSSARY_API.map(({ id }) => id).sort());
    const document = (await (await server.send("/api/openapi.json")).json()) as {
      readonly openapi: string;
      readonly paths: Readonly<
        Record<string, Readonly<Record<string, { operationId: string; parameters: { name: string; in: string }[] }>>>
      >;
      readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
    };
    expect(document.openapi).toBe("3.1.0");
    const ids: string[] = [];
    for (const [path, methods] of Object.entries(document.paths)) {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const { operationId, parameters } of Object.values(methods)) {
        ids.push(operationId);
        expect(parameters.filter((one) => one.in === "path").map(({ name }) => name)).toEqual(names);
      }
    }
    expect(ids).toEqual(expect.arrayContaining([...called]));
    expect(new Set(ids).size).toBe(ids.length);
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
      ([, name]) => name ?? "",
    );
    for (const name of references) expect(document.components.schemas).toHaveProperty(name);
    const chinese = await (await server.send("/api/openapi.json", { headers: { "Accept-Language": "zh" } })).text();
    expect(chinese).toContain("列出和查找条目");
  });

  it("shows the sheet of an entry as a page and as a file, in both languages, and none of nobody", async () => {
    const { concept = "" } = await newEntry("<i>严阵以待</i>");
    const page = await (await server.send(`/p/${server.projectId}/glossary/${concept}/why`)).text();
    expect(page).toContain("&lt;i&gt;严阵以待");
    expect(page).toContain("Why this rendering");
    const file = await server.send(`/p/${server.projectId}/glossary/${concept}/why.html`, {
      headers: { "Accept-Language": "zh" },
    });
    expect(file.headers.get("content-disposition")).toContain("attachment");
    expect(await file.text()).toContain("为什么这样译");
    expect((await server.send(`/p/${server.projectId}/glossary/none/why`)).status).toBe(404);
  });
});
