import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer } from "./server-setup.ts";
import type { TestServer } from "./server-setup.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

async function page(path: string, headers: Record<string, string> = {}): Promise<string> {
  return (await server.send(path, { headers: { Accept: "text/html", ...headers } })).text();
}

describe("the language of a page", () => {
  it.each([
    ["en", "en"],
    ["zh-CN,zh;q=0.9,en;q=0.5", "zh-Hans"],
    ["zh-TW", "zh-Hans"],
    ["zh", "zh-Hans"],
    ["fr, zh;q=0.3", "zh-Hans"],
    ["en-GB, zh;q=0.3", "en"],
    ["de", "en"],
    ["*", "en"],
    ["<script>", "en"],
  ])("follows Accept-Language %j", async (accepted, language) => {
    expect(await page("/help", { "Accept-Language": accepted })).toContain(`<html lang="${language}"`);
  });

  it("is the one that was chosen, whatever the browser says", async () => {
    const html = await page("/help", { "Accept-Language": "en", Cookie: "language=zh-CN" });
    expect(html).toContain('<html lang="zh-Hans"');
    expect(html).toContain("文库");
  });

  it("is kept by the switch, which comes back to the page", async () => {
    const body = new URLSearchParams({ language: "zh-CN", back: "/help" });
    const response = await server.send("/preferences", { method: "POST", body });
    expect(response.headers.get("Location")).toBe("/help");
    expect(response.headers.get("Set-Cookie")).toMatch(/^language=zh-CN;.*SameSite=Lax/);
  });

  it("is the language of errors too, on pages and in JSON", async () => {
    expect(await page("/nothing", { "Accept-Language": "zh" })).toContain("此处没有内容");
    const json = await server.send("/api/jobs/nothing", { headers: { "Accept-Language": "zh" } });
    expect(await json.json()).toMatchObject({ error: { message: "服务器上没有这个任务。" } });
  });
});

describe("the shell", () => {
  it("renders the theme of the cookie, so that nothing flashes", async () => {
    expect(await page("/help", { Cookie: "theme=dark" })).toContain('data-theme="dark"');
    expect(await page("/help", { Cookie: "theme=%22onload" })).not.toContain("data-theme=");
  });

  it("leads from / to the library of the project that was used last", async () => {
    const made = await server.postJson("/api/projects", { name: "汛期 文件" });
    const { project } = (await made.json()) as { project: { id: string } };
    expect(project.id).toBe("汛期-文件");
    await page(`/p/${encodeURIComponent(project.id)}/library`);
    expect((await server.send("/")).headers.get("Location")).toBe(`/p/${encodeURIComponent("汛期-文件")}/library`);
    await page(`/p/${server.projectId}/library`);
    expect((await server.send("/")).headers.get("Location")).toBe(`/p/${server.projectId}/library`);
  });

  it("gives projects of the same name different addresses", async () => {
    const addresses = await Promise.all(
      ["Twice", "Twice"].map(
        async (name) => ((await (await server.postJson("/api/projects", { name })).json()) as { address: string }).address,
      ),
    );
    expect(new Set(addresses)).toEqual(new Set(["/p/twice/library", "/p/twice-2/library"]));
  });

  it("refuses a project without a name", async () => {
    const response = await server.postJson("/api/projects", { name: "  " });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: "bad-request" } });
  });

  it("answers 404 for a project that is not there, as page and as JSON", async () => {
    expect((await server.send("/p/nobody/library", { headers: { Accept: "text/html" } })).status).toBe(404);
    const json = await server.send("/api/p/nobody/jobs");
    expect(await json.json()).toMatchObject({ error: { code: "project-not-found" } });
  });

  it("escapes the name of a project everywhere", async () => {
    await server.postJson("/api/projects", { name: '"><img src=x onerror=alert(1)>' });
    expect(await page("/help")).not.toContain("<img");
  });

  it("lets assets be kept for ever and pages never", async () => {
    const html = await page("/help");
    const script = /<script type="module" src="([^"]+)"/.exec(html)?.[1] ?? "";
    const asset = await server.send(script);
    expect(asset.status).toBe(200);
    expect(asset.headers.get("Cache-Control")).toContain("immutable");
    expect((await server.send("/help")).headers.get("Cache-Control")).toBe("no-store");
  });
});
