import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer } from "./server-setup.ts";
import type { TestServer } from "./server-setup.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

describe("requests that mean harm", () => {
  it.each([
    ["JSON that is cut off", { body: '{"a":', type: "application/json" }, 400],
    ["JSON nested deep", { body: "[".repeat(1_000_000), type: "application/json" }, 400],
    ["a body too large", { body: `"${"a".repeat(9_000_000)}"`, type: "application/json" }, 413],
    ["a form without its boundary", { body: "x", type: "multipart/form-data" }, 400],
    [
      "a form that is cut off",
      {
        body: '--b\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\nx',
        type: "multipart/form-data; boundary=b",
      },
      400,
    ],
    ["an unknown encoding of the body", { body: "{}", type: "application/json; charset=klingon" }, 400],
  ])("answers %s in words", async (_, { body, type }, status) => {
    const response = await server.send(`/api/p/${server.projectId}/imports`, {
      method: "POST",
      headers: { "Content-Type": type, Accept: "application/json" },
      body,
    });
    const text = await response.text();
    expect(text).not.toMatch(/\bat .*\.[jt]s:\d+|node_modules|errors:/);
    expect(response.status).toBe(status);
  });

  it.each([
    "/%",
    "/%00",
    "/p/%E0%A4%A",
    "/p/..%2f..%2fetc",
    "/assets/../package.json",
    "/assets/%2e%2e%2fpackage.json",
    "/locales/en/__proto__.json",
    "/p/__proto__",
  ])("answers the address %s without a fault", async (path) => {
    const response = await server.send(path, { headers: { Accept: "application/json" } });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
  });
});
