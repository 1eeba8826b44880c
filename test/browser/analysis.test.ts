/** Analysis in a real browser: choosing, counting, what is shown again after a reload, and how it looks. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { fillMemories } from "../server/memory-samples.ts";
import { startTestServer } from "../server/server-setup.ts";
import type { TestServer } from "../server/server-setup.ts";
import { checkLook, checkLooks, newPage, openBrowser } from "./browser-setup.ts";

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  server = await startTestServer();
  browser = await openBrowser();
  await fillMemories(server);
  await server.importTexts({
    "one.txt": "云溪省通知一\n\n要把防汛工作作为头等大事来抓。各村要立即修复受损道路。各村要立即修复受损道路。\n",
    "two.txt": "云溪省通知二\n\n各村要立即修复受损道路。各村要尽快修复受损道路。\n",
  });
});
afterAll(() => server.close());

const address = () => `/p/${server.projectId}/analysis`;

it("counts the chosen documents by key, and shows the counts again after a reload", async () => {
  const page = await newPage(browser, server);
  await page.open(address());
  await checkLook(page, "analysis-start");
  await page.locator("[data-none]").click();
  expect(await page.locator("[data-start]").isDisabled()).toBe(true);
  await page.locator("[data-document]").first().check();
  await page.keyboard.press("r");
  await page.locator(".analysis-table").waitFor();
  expect(await page.locator(".analysis-table").count()).toBe(1);
  await page.locator("[data-all]").click();
  await page.locator("[data-start]").click();
  await page.locator(".analysis-table").nth(2).waitFor();
  expect(await page.locator(".analysis-sum").first().innerText()).toMatch(/^Total\s+7\s/);
  await page.open(address());
  expect(await page.locator(".analysis-table").count()).toBe(3);
  expect(await page.locator("[data-downloads]").isVisible()).toBe(true);
  expect(page.problems).toEqual([]);
  await checkLooks({ browser, server, name: "analysis" }, async (look) => {
    await look.open(address());
    await look.locator(".analysis-table").nth(2).waitFor({ state: "attached" });
  });
});
