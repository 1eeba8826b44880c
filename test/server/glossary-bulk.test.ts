/** The list of the glossary over HTTP: search by letters and pinyin, counts of filters, one step on many entries. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer } from "./server-setup.ts";
import type { TestServer } from "./server-setup.ts";

let server: TestServer;
const WORDS = ["联防联控", "靠前指挥", "5G应用", "防汛"];
const ids = new Map<string, string>();

beforeAll(async () => {
  server = await startTestServer();
  for (const [at, text] of WORDS.entries()) {
    const rendering = { text: `rendering ${String(at)}`, status: at === 3 ? "candidate" : "proposed" };
    const entry = { text, kind: at === 3 ? "term" : "phrase", ...(at < 2 ? { domain: "flood control" } : {}), rendering };
    const made = await server.postJson(`/api/p/${server.projectId}/glossary`, entry);
    ids.set(text, ((await made.json()) as { concept: string }).concept);
  }
});
afterAll(() => server.close());

const id = (text: string) => ids.get(text) ?? "";
async function get<Answer>(path: string): Promise<Answer> {
  return (await (await server.send(`/api/p/${server.projectId}/${path}`)).json()) as Answer;
}
async function find(query: string): Promise<readonly string[]> {
  const { rows } = await get<{ rows: readonly { headword: string }[] }>(`glossary?${query}`);
  return rows.map(({ headword }) => headword);
}
type Outcome = {
  done: readonly string[];
  waiting: number;
  refused: readonly { conceptId: string; reason: string }[];
  at: string;
};
async function step(path: string, body: object): Promise<Outcome> {
  return (await (await server.postJson(`/api/p/${server.projectId}/${path}`, body)).json()) as Outcome;
}

describe("the search", () => {
  it.each([
    ["lflk", ["联防联控"]],
    ["LFLK", ["联防联控"]],
    ["fanglian", ["联防联控"]],
    ["f", ["防汛"]],
    ["5gyy", ["5G应用"]],
    ["anglian", []],
    ["rendering 1", ["靠前指挥"]],
    ["控", ["联防联控"]],
  ])("%s finds %j", async (words, found) => {
    expect(await find(`find=${encodeURIComponent(words)}`)).toEqual(found);
  });

  it("orders by pinyin and counts each filter with the others as they are", async () => {
    expect(await find("sort=pinyin")).toEqual(["5G应用", "防汛", "靠前指挥", "联防联控"]);
    const facets = await get<Record<string, Record<string, number>>>("glossary-facets?kind=phrase");
    expect(facets).toMatchObject({
      all: 3,
      kind: { phrase: 3, term: 1 },
      domain: { "flood control": 2, "": 1 },
      status: { proposed: 3, unsettled: 3 },
    });
    expect(await find("domain=-&kind=phrase")).toEqual(["5G应用"]);
  });
});

describe("one step on many entries", () => {
  it("does what is allowed, says why the rest is refused, and is taken back as one", async () => {
    const concepts = [...WORDS.map(id), "nobody"];
    const domain = await step("glossary-bulk", { concepts, action: { kind: "domain", value: "flood control" } });
    expect(domain.done).toEqual([id("5G应用"), id("防汛")]);
    expect(domain.refused.map(({ conceptId }) => conceptId)).toEqual([id("联防联控"), id("靠前指挥"), "nobody"]);
    expect(await find(`domain=${encodeURIComponent("flood control")}`)).toHaveLength(4);

    const unfounded = await step("glossary-bulk", { concepts: [id("联防联控")], action: { kind: "approve", reason: "Ours." } });
    expect(unfounded.done).toEqual([]);
    expect(unfounded.refused[0]?.reason).toContain("citation");
    const action = { kind: "approve", reason: "Ours.", citation: { kind: "house" } };
    const approved = await step("glossary-bulk", { concepts: WORDS.map(id), action });
    expect(approved.done).toHaveLength(3);
    expect(await find("status=unsettled")).toEqual(["防汛"]);
    // Changed again since then: that entry stays as it is now.
    await step("glossary-bulk", { concepts: [id("联防联控")], action: { kind: "domain", value: "other" } });
    const undone = await step("glossary-bulk/undo", { concepts: approved.done, at: approved.at });
    expect(undone.done).toEqual([id("靠前指挥"), id("5G应用")]);
    expect(undone.refused.map(({ conceptId }) => conceptId)).toEqual([id("联防联控")]);
    expect(await find("status=unsettled")).toHaveLength(3);
  });

  it("writes the chosen entries alone as a file, and refuses a source that was changed meanwhile", async () => {
    const body = new URLSearchParams({ format: "csv", concepts: id("防汛") });
    const file = await server.send(`/p/${server.projectId}/glossary-file`, { method: "POST", body });
    const text = await file.text();
    expect(text).toContain("防汛");
    expect(text).not.toContain("联防联控");
    const source = { id: "b", body: "Yunxi Press Office", title: "Bulletin" };
    await server.application.stores.concepts.saveSource(source, server.projectId);
    const base = { date: "", locator: "", kind: "" };
    const send = (change: object) =>
      server.send(`/api/p/${server.projectId}/glossary-sources/b`, {
        method: "PUT",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ ...base, ...change, base }),
      });
    expect((await send({ kind: "bulletin" })).status).toBe(200);
    expect((await send({ date: "2025" })).status).toBe(409);
  });
});
