import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer } from "./server-setup.ts";
import type { TestServer } from "./server-setup.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ allowedHosts: ["glossary.example"] });
});
afterAll(() => server.close());

/** fetch does not let a caller set Host. */
function statusForHost(host: string): Promise<{ readonly status: number; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(`${server.url}/api/p/x/jobs`, { headers: { Host: host } }, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (piece: string) => (body += piece));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
    });
    sent.on("error", reject);
    sent.end();
  });
}

describe("safety of the server", () => {
  it.each(["localhost", "127.0.0.1:4180", "[::1]:80", "glossary.example", "GLOSSARY.example:8080"])(
    "answers under the name %s",
    async (host) => {
      expect((await statusForHost(host)).status).toBe(404);
    },
  );

  it.each(["evil.example", "localhost.evil.example", "127.0.0.1.nip.io:4180", "localhost@evil.example", "localhost/x"])(
    "refuses the name %j without showing what there is",
    async (host) => {
      const answer = await statusForHost(host);
      expect(answer.status).toBe(421);
      expect(answer.body).not.toContain("Yunxi");
    },
  );

  it("does not list the projects to a page that came by a strange name", async () => {
    const body = await new Promise<string>((resolve, reject) => {
      const sent = request(server.url, { headers: { Host: "evil.example", Accept: "text/html" } }, (response) => {
        let text = "";
        response.on("data", (piece: Buffer) => (text += piece.toString()));
        response.on("end", () => resolve(text));
      });
      sent.on("error", reject);
      sent.end();
    });
    expect(body).not.toContain("Yunxi");
  });

  it.each([
    ["another site", { "Sec-Fetch-Site": "cross-site" }],
    ["a sibling site", { "Sec-Fetch-Site": "same-site" }],
    ["an old browser on another site", { "Sec-Fetch-Site": "", Origin: "http://evil.example" }],
    ["a page without an origin", { "Sec-Fetch-Site": "", Origin: "null" }],
  ])("refuses a change asked for by %s", async (_who, headers) => {
    const sent: Record<string, string> = { "Content-Type": "application/json", ...headers };
    if (sent["Sec-Fetch-Site"] === "") delete sent["Sec-Fetch-Site"];
    const response = await fetch(`${server.url}/api/projects`, { method: "POST", headers: sent, body: '{"name":"Planted"}' });
    expect(response.status).toBe(403);
    expect(await server.application.stores.projects.findByName("Planted")).toBeUndefined();
  });

  it.each([
    ["our own page", { "Sec-Fetch-Site": "same-origin" }],
    ["our own page in an old browser", { Origin: "own" }],
    ["a program", {}],
  ])("accepts a change asked for by %s", async (who, headers) => {
    const sent: Record<string, string> = { "Content-Type": "application/json", ...headers };
    if (sent["Origin"] === "own") sent["Origin"] = server.url;
    // Node's fetch would add Sec-Fetch-Mode only; what counts is what is sent here.
    const response = await fetch(`${server.url}/api/projects`, {
      method: "POST",
      headers: sent,
      body: JSON.stringify({ name: who }),
    });
    expect(response.status).toBe(201);
  });

  it("sends a policy that allows no inline script, on pages, errors and assets", async () => {
    for (const path of [`/p/${server.projectId}/library`, "/nothing", "/assets/nothing.js", "/api/jobs/1"]) {
      const policy = (await server.send(path)).headers.get("Content-Security-Policy") ?? "";
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain("unsafe");
    }
  });

  it("renders no inline script, style or event handler", async () => {
    for (const path of ["/welcome", "/help", "/nothing", `/p/${server.projectId}/library`, `/p/${server.projectId}/jobs`]) {
      const html = await (await server.send(path, { headers: { Accept: "text/html" } })).text();
      expect(html).not.toMatch(/<script(?![^>]*\ssrc=)/);
      expect(html).not.toMatch(/\s(?:style|on[a-z]+)=/);
    }
  });

  it("sends people back only to its own pages", async () => {
    for (const back of ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]) {
      const body = new URLSearchParams({ theme: "dark", back });
      const response = await server.send("/preferences", { method: "POST", body });
      expect(response.status).toBe(303);
      expect(response.headers.get("Location")).toBe("/");
    }
  });

  it("does not leave its folders for an address with dots", async () => {
    for (const path of [
      "/assets/..%2f..%2fpackage.json",
      "/assets/%2e%2e/package.json",
      "/locales/en/..%2fcommon.json",
      "/locales/__proto__/common.json",
    ]) {
      expect((await server.send(path)).status).toBe(404);
    }
    const preview = await server.send(`/api/p/${server.projectId}/imports/..%2f..%2fx`);
    expect(preview.status).toBe(404);
  });

  it("answers a bug with words and without a stack", async () => {
    const response = await server.send("/api/projects", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: "{ broken",
    });
    expect(response.status).toBe(400);
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ error: { code: "bad-json" } });
    expect(text).not.toMatch(/node_modules|\.ts:|SyntaxError/);
  });

  it("refuses a body that is too large", async () => {
    const response = await server.postJson("/api/projects", { name: "x".repeat(9 * 1024 * 1024) });
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ error: { code: "body-too-large" } });
  });
});
