/** The document of the HTTP API against the routes of the server, and answers of the memories against their schemas. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { errorAnswer } from "../../src/server/api/glossary-answers.ts";
import { GLOSSARY_LIST_OPERATIONS } from "../../src/server/api/glossary-list-operations.ts";
import { MEMORY_OPERATIONS } from "../../src/server/api/memory-operations.ts";
import { API_OPERATIONS } from "../../src/server/api/operations.ts";
import { addEntry } from "../../src/workflow/glossary.ts";
import { createApp } from "../../src/server/app.ts";
import { fillMemories } from "./memory-samples.ts";
import { startTestServer } from "./server-setup.ts";
import type { TestServer } from "./server-setup.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await fillMemories(server);
});
afterAll(() => server.close());

/** What only the pages of this server ask for: another version of them may ask otherwise. */
const OF_PAGES = [
  ...["candidates", "checks", "comparison", "documents", "export", "imports", "jobs", "returns", "segments"].map(
    (area) => `/api/p/{project}/${area}`,
  ),
  ...["/api/jobs", "/api/projects", "/api/openapi.json"],
  // As another tool made it (docs/live-lookup.md).
  "/api/v1",
  // Events, not JSON.
  "/api/p/{project}/alignments/{alignment}/events",
];

type Layer = {
  readonly route?: {
    readonly path: string | readonly string[];
    readonly stack: readonly { readonly method?: string }[];
  };
  readonly handle?: { readonly stack?: readonly Layer[] };
};

function listRoutes(layers: readonly Layer[]): readonly string[] {
  return layers.flatMap(({ route, handle }) => {
    if (!route) return listRoutes(handle?.stack ?? []);
    const methods = new Set(route.stack.map(({ method }) => method ?? ""));
    const paths = [route.path].flat().map((path) => path.replaceAll(/:(\w+)/g, "{$1}"));
    return [...methods].flatMap((method) => paths.map((path) => `${method} ${path}`));
  });
}

type Call = {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
};

const called = new Set<string>();

/** Calls an operation by its id; what it answers must be exactly what its schema says. A job is waited for. */
async function call<Answer = Record<string, unknown>>(id: string, { path = {}, query = {}, body }: Call = {}): Promise<Answer> {
  const operation = API_OPERATIONS.find((one) => one.id === id);
  if (!operation) throw new Error(id);
  called.add(id);
  const values: Readonly<Record<string, string>> = { project: server.projectId, ...path };
  const address = operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ""));
  const search = new URLSearchParams(query).toString();
  const response = await server.send(`${address}${search && `?${search}`}`, {
    method: operation.method.toUpperCase(),
    ...(body === undefined ? {} : { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }),
  });
  const { answer } = operation;
  expect([id, response.status]).toEqual([id, answer.status]);
  if (!("schema" in answer)) return (await response.text()) as Answer;
  const value = (await response.json()) as Answer;
  // Nothing may be left out of the document: what the schema does not know is lost in parsing.
  expect([id, answer.schema.parse(value)]).toEqual([id, value]);
  const { job } = value as { readonly job?: string };
  if (job !== undefined) expect(await server.application.jobs.waitFor(job)).toMatchObject({ state: "done" });
  return value;
}

describe("the document of the HTTP API", () => {
  it("has every JSON route that programs may call, and none that is not there", async () => {
    const app = (await createApp({ application: server.application })) as unknown as {
      readonly router: { readonly stack: Layer[] };
    };
    const routes = listRoutes(app.router.stack);
    const described = API_OPERATIONS.map(({ method, path }) => `${method} ${path}`);
    const isOfPages = (route: string) => OF_PAGES.some((start) => `${route.replace(/^\w+ /, "")}/`.startsWith(`${start}/`));
    const missing = routes.filter((route) => / \/api\//.test(route) && !isOfPages(route) && !described.includes(route));
    expect(missing).toEqual([]);
    expect(described.filter((route) => !routes.includes(route))).toEqual([]);
    for (const start of OF_PAGES)
      expect(
        routes.some((route) => route.includes(` ${start}`)),
        start,
      ).toBe(true);
  });

  it("gives every parameter of an address a type that can stand in one", async () => {
    const document = (await (await server.send("/api/openapi.json")).json()) as {
      readonly paths: Readonly<
        Record<string, Readonly<Record<string, { parameters: { name: string; in: string; schema: { type?: string } }[] }>>>
      >;
    };
    const find = (path: string, name: string) =>
      document.paths[path]?.["get"]?.parameters.find((one) => one.name === name)?.schema;
    expect(find("/api/p/{project}/units", "limit")).toMatchObject({ type: "integer" });
    expect(find("/api/p/{project}/units", "state")).toMatchObject({ enum: ["initial", "translated", "reviewed", "final"] });
    expect(find("/api/p/{project}/concordance", "memory")).toMatchObject({ anyOf: [{ type: "string" }, { type: "array" }] });
    expect(find("/api/p/{project}/concordance", "find")).toMatchObject({ type: "string" });
  });
});

type Memories = { readonly memories: readonly { readonly id: string; readonly name: string }[] };
type Units = { readonly units: readonly { readonly id: string }[] };

describe("the interface of memories and of the glossary's list", () => {
  it("answers every operation as the document says", async () => {
    const { memories } = await call<Memories>("list-memories");
    const memory = memories.find(({ name }) => name === "Yunxi imports")?.id ?? "";
    const made = await call<{ memory: { id: string } }>("create-memory", { body: { name: "新库" } });
    const path = { memory: made.memory.id };
    expect(await call("create-memory", { body: { name: "新库" } })).toEqual({ refused: "name-taken" });
    await call("change-memory", { path, body: { penalty: 3 } });
    await call("remove-memory", { path });
    await call("list-memories");
    await call("restore-memory", { path });
    await call("measure-memory", { path: { memory: "all" } });
    expect(await call("export-memory", { path: { memory } })).toContain("<tmx");
    const { id: projectId } = await server.application.stores.projects
      .create({ id: "other", name: "other", sourceLanguage: "zh", targetLanguage: "en", createdAt: "2026-01-01T00:00:00.000Z" })
      .then(({ project }) => project);
    const lent = { projectId, name: "lent", priority: 0, penalty: 0, readOnly: false, createdAt: "2026-01-01T00:00:00.000Z" };
    const { id: lentId } = await server.application.stores.memories.create(lent);
    await call("lend-memory", { body: { memory: lentId } });
    await call("list-memories");

    const { units } = await call<Units>("list-units", { query: { memory, limit: "3" } });
    await call("count-units", { query: { text: "水情" } });
    await call("list-unit-facets");
    const selection = { unitIds: units.map(({ id }) => id) };
    const edit = { kind: "replace", side: "target", find: "daily", replacement: "every day", matchCase: true };
    expect(await call("preview-edit", { body: { selection, edit } })).toMatchObject({ changed: 3 });
    await call("edit-units", { body: { selection, edit } });
    await call("list-unit-history", { path: { unit: units[0]?.id ?? "" } });
    expect(await call("list-duplicates")).toEqual({ state: "none" });
    await call("look-for-duplicates", { body: { threshold: 60 } });
    expect(await call("list-duplicates")).toMatchObject({ state: "found" });
    await call("merge-duplicates", { body: { groups: [{ position: 0 }] } });
    const { items } = await call<{ items: { id: string }[] }>("list-memory-steps");
    const step = { step: items[0]?.id ?? "" };
    await call("list-changes", { path: step });
    await call("undo-memory-step", { path: step, body: {} });
    await call("list-memory-steps");

    let found = await call<{ kind: string }>("search-concordance", { query: { find: "防汛" } });
    while (found.kind === "reading") found = await call("search-concordance", { query: { find: "防汛" } });
    await call("search-concordance", { query: { find: "防汛救灾工作", manner: "near" } });
    const [document = ""] = await server.importTexts({
      "通知.txt": "关于做好防汛工作的通知\n\n要把防汛工作作为头等大事来抓。\n",
    });
    expect(await call("get-analysis")).toEqual({ state: "none" });
    await call("analyse", { body: { documents: [document], internal: true } });
    expect(await call("get-analysis")).toMatchObject({ state: "ready" });
    await call("pretranslate", { path: { document }, body: { threshold: 70, isTrial: false } });
    await call("get-pretranslation", { path: { document } });
    await call("undo-pretranslation", { path: { document } });

    await call("count-traits");
    const { ids } = await call<{ ids: string[] }>("list-entry-ids");
    await call("list-uses", { path: { concept: ids[0] ?? "" } });
    const frame = { projectId: server.projectId, author: "Lin", kind: "frame", text: "把{X}作为头等大事" } as const;
    const rendering = { text: "treat {X} as the top priority", status: "proposed" } as const;
    const added = await addEntry(server.application, { ...frame, rendering });
    const concept = added.kind === "saved" ? added.concept.id : "";
    await call("fill-frame", { path: { concept }, query: { text: "把防汛作为头等大事" } });
    const bulk = await call<{ at: string }>("change-entries", {
      body: { concepts: ids, action: { kind: "domain", value: "水利" } },
    });
    await call("undo-entries", { body: { concepts: ids, at: bulk.at } });
    await server.application.stores.concepts.saveSource({ id: "s", body: "云溪省", title: "通知" }, server.projectId);
    await call("list-sources");
    const fields = { date: "2026-01", locator: "", kind: "" };
    await call("change-source", { path: { source: "s" }, body: { ...fields, base: { ...fields, date: "" } } });
    const refused = await server.send(`/api/p/${server.projectId}/glossary-sources/none`, {
      ...{ method: "PUT", headers: { "Content-Type": "application/json" } },
      body: JSON.stringify({ ...fields, base: fields }),
    });
    expect(refused.status).toBe(404);
    expect(errorAnswer.safeParse(await refused.json()).success).toBe(true);
    const all = [...MEMORY_OPERATIONS, ...GLOSSARY_LIST_OPERATIONS].map(({ id }) => id);
    expect([...called].sort()).toEqual(all.sort());
  });
});
