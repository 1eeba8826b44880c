/** Alignments as files in a real browser: one from elsewhere is taken over, told what a format loses, exported and brought back. */
import { readFile, writeFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Browser } from "playwright-core";
import { startTestServer } from "../server/server-setup.ts";
import type { TestServer } from "../server/server-setup.ts";
import { checkLook, checkLooks, newPage, openBrowser } from "./browser-setup.ts";

const LINES = {
  "notice.zh.txt": "云溪省防汛工作通知\n各地要落实责任。\n做到措施到位。\n切实保障群众安全。\n",
  "notice.en.txt":
    "Notice on flood control in Yunxi\nAll localities must assign responsibility and take their measures.\nThis notice takes effect today.\n",
  "notice.align": "[0]:[0]\n[1,2]:[1]\n[3]:[]\n[]:[2]\n",
};

let server: TestServer;
let browser: Browser;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "dingyi-test-"));
  server = await startTestServer();
  browser = await openBrowser();
  for (const [name, text] of Object.entries(LINES)) await writeFile(join(folder, name), text);
}, 120_000);
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

it("takes over two texts with their links, says what each format loses, and reads its own export back", async () => {
  const page = await newPage(browser, server, {});
  await page.open(`/p/${server.projectId}/align`);
  await page.setInputFiles(
    "[data-files]",
    Object.keys(LINES).map((name) => join(folder, name)),
  );
  await page.waitForSelector("[data-accept]");
  expect(await page.textContent("[data-accept]")).toMatch(/4 rows[^]*2 pairs · 1 without a translation · 1 without a source/);
  const address = new URL(page.url()).pathname;
  await checkLooks({ browser, server, name: "align-import" }, async (one) => one.open(address));
  await page.check('[name="confirmAll"]');
  await page.click("[data-submit]");
  await page.waitForSelector(".row.is-active");
  await expect
    .poll(() => page.textContent("#row-2"))
    .toMatch(/各地要落实责任。[^]*做到措施到位。[^]*All localities[^]*Confirmed/);
  expect(await page.textContent("#row-3")).toContain("切实保障群众安全。");

  await page.click('[data-open="align-export"]');
  await checkLook(page, "align-export");
  const told = () => page.textContent("[data-export-told]");
  await expect.poll(told).toMatch(/2 rows[^]*2 texts without a counterpart/);
  await page.check('[name="format"][value="docx"]');
  await expect.poll(told).toMatch(/4 rows[^]*Nothing is lost/);
  await page.check('[name="format"][value="intertext"]');
  await expect.poll(told).toMatch(/4 rows[^]*The paragraphs/);
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("#align-export .btn-primary")]);
  const parts = unzipSync(await readFile(await download.path()));
  expect(Object.keys(parts)).toHaveLength(3);

  const paths = await Promise.all(
    Object.entries(parts).map(async ([name, bytes]) => {
      const path = join(folder, name);
      await writeFile(path, bytes);
      return path;
    }),
  );
  await page.open(`/p/${server.projectId}/align`);
  await page.setInputFiles("[data-files]", paths);
  await page.waitForSelector("[data-accept]");
  expect(await page.textContent("[data-accept]")).toMatch(/4 rows[^]*2 pairs[^]*2 confirmed in the file/);
  await page.click("[data-submit]");
  await page.waitForSelector(".row.is-active");

  const stored = await server.application.stores.alignments.list(server.projectId);
  const shapes = await Promise.all(
    stored.map(async ({ id }) =>
      (await server.application.stores.alignments.find(id))?.state.groups.map(({ source, target, status }) => [
        source.length,
        target.length,
        status,
      ]),
    ),
  );
  expect(shapes).toHaveLength(2);
  expect(shapes[0]).toEqual(shapes[1]);

  // Right after it came in, the import is one step that can be taken back, and done again.
  const titles = () => page.locator("[data-alignments] .doc-title a").allTextContents();
  await page.click("[data-import-notice] [data-undo-import]");
  await page.waitForSelector("[data-undone]");
  expect(await titles()).toHaveLength(1);
  await page.keyboard.press("Control+z");
  await expect.poll(titles).toHaveLength(2);
  expect(await page.locator("[data-undone]").count()).toBe(0);
  // From the list by the keyboard; once somebody has changed a row, the menu says why not.
  await page.keyboard.press("j");
  const menu = page.locator(".is-row.is-active .row-menu");
  await menu.locator("summary").focus();
  await page.keyboard.press("Enter");
  await menu.locator("[data-undo-import]").click();
  await page.waitForSelector("[data-undone]");
  await checkLook(page, "align-list-undone");
  await page.click("[data-redo-import]");
  await expect.poll(titles).toHaveLength(2);
  await page.locator(".is-row .doc-title a").first().click();
  await page.waitForSelector("[data-import-notice]");
  await page.keyboard.press("b");
  await expect.poll(() => page.locator("[data-import-notice]").count()).toBe(0);
  await page.open(`/p/${server.projectId}/align`);
  const changed = page.locator(".is-row").first().locator(".row-menu");
  await changed.locator("summary").click();
  expect(await changed.locator("[data-undo-import]").isDisabled()).toBe(true);
  expect(await changed.textContent()).toContain("Somebody has changed rows");
});

it("changes nothing when the files are no alignment, and says where they break", async () => {
  const page = await newPage(browser, server, { language: "zh-CN" });
  const before = await server.application.stores.documents.list({ projectId: server.projectId });
  await writeFile(join(folder, "broken.align"), "[0]:[0]\n[9]:[1]\n");
  await page.open(`/p/${server.projectId}/align`);
  await page.setInputFiles(
    "[data-files]",
    ["notice.zh.txt", "notice.en.txt", "broken.align"].map((name) => join(folder, name)),
  );
  await page.waitForSelector('[role="alert"]');
  expect(await page.textContent('[role="alert"]')).toMatch(/broken\.align:2[^]*第 10 句/);
  await page.click("[data-discard]");
  await page.waitForSelector("#align-import");
  expect(await server.application.stores.documents.list({ projectId: server.projectId })).toEqual(before);
});
