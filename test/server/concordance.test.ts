/** The concordance over real HTTP. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fillMemories } from "./memory-samples.ts";
import { startTestServer } from "./server-setup.ts";
import type { TestServer } from "./server-setup.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await fillMemories(server);
});
afterAll(() => server.close());

type Answer = {
  readonly kind: string;
  readonly total: number;
  readonly rows: readonly { readonly source: { readonly text: string }; readonly address?: string; readonly memory: string }[];
  readonly error: { readonly code: string; readonly message: string };
};

async function ask(query: string): Promise<{ readonly status: number; readonly answer: Answer }> {
  const response = await server.send(`/api/p/${server.projectId}/concordance?${query}`, {
    headers: { Accept: "application/json" },
  });
  return { status: response.status, answer: (await response.json()) as Answer };
}

describe("the concordance over HTTP", () => {
  it("answers a part of the list, filtered and in the order asked for", async () => {
    const { answer } = await ask(`find=${encodeURIComponent("防汛")}&side=source&limit=2&order=place`);
    expect(answer).toMatchObject({ kind: "found", total: 43 });
    expect(answer.rows).toHaveLength(2);
    expect(answer.rows[0]).toMatchObject({
      memory: "云溪公文",
      address: expect.stringContaining("/translate?document=") as string,
    });
    expect((await ask("find=FLOOD&case=true")).answer.total).toBe(0);
    expect((await ask("find=flood&from=2026-02-01&to=2026-02-03&author=Lin&author=Zhao")).answer.total).toBe(3);
    expect((await ask("find=flood&from=nonsense&state=final")).answer.total).toBe(1);
  });

  it("refuses in words what it cannot look for", async () => {
    expect(await ask("find=(&manner=pattern")).toMatchObject({
      status: 422,
      answer: { error: { code: "concordance-bad-pattern" } },
    });
    expect(await ask("find=ab&manner=near")).toMatchObject({ status: 422, answer: { error: { code: "concordance-too-short" } } });
    expect((await ask(`find=${"a".repeat(2001)}`)).status).toBe(400);
  });

  it("is a page of its own", async () => {
    const page = await server.send(`/p/${server.projectId}/concordance`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain("data-find");
  });
});
