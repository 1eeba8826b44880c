/** Several people at one alignment over real connections: presence, word of steps, leaving, coming back. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer } from "./server-setup.ts";
import type { TestServer } from "./server-setup.ts";

type People = readonly { readonly client: string; readonly name: string; readonly row?: string; readonly isEditing: boolean }[];
type Visitor = {
  readonly client: string;
  /** Who is there, as this visitor was told last. */
  readonly people: () => People;
  readonly revisions: number[];
  readonly leave: () => void;
};

let server: TestServer;
let address: string;
let group: string;

beforeAll(async () => {
  server = await startTestServer();
  const [source = "", target = ""] = await server.importTexts({
    "a.zh.txt": "各地要落实责任。\n\n切实保障群众安全。\n",
    "a.en.txt": "All localities must assign responsibility.\n\nThe safety of the public must be ensured.\n",
  });
  const { job } = (await (await server.postJson(`/api/p/${server.projectId}/alignments`, { source, target })).json()) as {
    job: string;
  };
  const id = (await server.application.jobs.waitFor(job))?.result ?? "";
  address = `/api/p/${server.projectId}/alignments/${id}`;
  group = (await server.application.stores.alignments.find(id))?.state.groups[0]?.id ?? "";
}, 120_000);
afterAll(() => server.close());

async function enter(client: string = randomUUID()): Promise<Visitor> {
  const ended = new AbortController();
  const answer = await server.send(`${address}/events?client=${client}`, { signal: ended.signal });
  expect(answer.headers.get("content-type")).toContain("text/event-stream");
  let people: People = [];
  const revisions: number[] = [];
  void (async () => {
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    let waiting = "";
    for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
      waiting += read.value;
      const events = waiting.split("\n\n");
      waiting = events.pop() ?? "";
      for (const event of events) {
        const data = /^data: (.*)$/m.exec(event)?.[1];
        if (data === undefined) continue;
        if (event.includes("event: people")) people = (JSON.parse(data) as { people: People }).people;
        else revisions.push((JSON.parse(data) as { revision: number }).revision);
      }
    }
  })().catch(() => undefined);
  return { client, people: () => people, revisions, leave: () => ended.abort() };
}

describe("people at one alignment", () => {
  it("see each other, the row each is at, and leave when their page is closed", async () => {
    const one = await enter();
    const other = await enter();
    await expect.poll(() => one.people().map(({ client }) => client)).toEqual([one.client, other.client]);
    expect(one.people()[0]?.name).toBe("Zhao Ning");
    const here = await server.postJson(`${address}/here`, { client: other.client, row: group, isEditing: true });
    expect(here.status).toBe(204);
    await expect.poll(() => one.people()[1]).toMatchObject({ row: group, isEditing: true });
    const again = await enter(other.client);
    await expect.poll(() => one.people()).toHaveLength(2);
    other.leave();
    again.leave();
    await expect.poll(() => one.people()).toHaveLength(1);
    expect((await server.postJson(`${address}/here`, { client: other.client, isEditing: false })).status).toBe(404);
    one.leave();
  });

  it("hear of every step at once, whoever takes it", async () => {
    const one = await enter();
    const step = { baseRevision: 0, operation: { kind: "confirm", group } };
    const { revision } = (await (await server.send(address)).json()) as { revision: number };
    const saved = (await (await server.postJson(`${address}/steps`, { ...step, baseRevision: revision })).json()) as {
      revision: number;
    };
    await expect.poll(() => one.revisions).toEqual([saved.revision]);
    await server.postJson(`${address}/undo`, { baseRevision: saved.revision });
    await expect.poll(() => one.revisions).toHaveLength(2);
    one.leave();
  });

  it("are not let in without a proper name of their page, nor to what is not there", async () => {
    expect((await server.send(`${address}/events?client=me`)).status).toBe(400);
    expect((await server.send(`${address}x/events?client=${randomUUID()}`)).status).toBe(404);
    expect((await server.postJson(`${address}/here`, { client: randomUUID(), row: "x".repeat(300) })).status).toBe(400);
  });
});
