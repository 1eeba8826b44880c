/** Two people at one alignment in real browsers: presence, a warning at a row somebody writes in, news at once, both texts in a conflict. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Browser } from "playwright-core";
import { startTestServer } from "../server/server-setup.ts";
import type { TestServer } from "../server/server-setup.ts";
import { checkLook, newPage, openBrowser } from "./browser-setup.ts";
import type { TestPage } from "./browser-setup.ts";

let server: TestServer;
let browser: Browser;
let path: string;
beforeAll(async () => {
  server = await startTestServer();
  browser = await openBrowser();
  const [source = "", target = ""] = await server.importTexts({
    "a.zh.txt": "各地要落实责任。\n\n切实保障群众安全。\n\n及时报送险情灾情。\n",
    "a.en.txt":
      "All localities must assign responsibility.\n\nThe safety of the public must be ensured.\n\nReport dangers in time.\n",
  });
  const { job } = (await (await server.postJson(`/api/p/${server.projectId}/alignments`, { source, target })).json()) as {
    job: string;
  };
  path = `/p/${server.projectId}/align/${(await server.application.jobs.waitFor(job))?.result ?? ""}`;
}, 120_000);
afterAll(async () => {
  await server.close();
});

async function openEditor(row: number): Promise<TestPage> {
  const page = await newPage(browser, server, {});
  await page.open(`${path}#row-${String(row)}`);
  await page.waitForSelector(`#row-${String(row)}.is-active`);
  return page;
}

it("shows each where the other is, brings steps at once, warns before a step at a row that is written in, and keeps both texts", async () => {
  const one = await openEditor(1);
  const other = await openEditor(2);
  await expect.poll(() => one.getAttribute("[data-people] .avatar", "title")).toBe("Zhao Ning is at row 2");
  await expect.poll(() => other.textContent("#row-1 .row-person")).toContain("Zhao Ning is at row 1");

  await other.keyboard.press("a");
  await expect.poll(() => one.textContent("#row-2 .row-state")).toContain("Confirmed");
  await other.keyboard.press("Control+z");
  await expect.poll(() => one.textContent("#row-2 .row-state")).not.toContain("Confirmed");

  // Somebody writes in row 3; the other, who comes there, is asked first.
  for (const page of [one, other]) {
    await page.keyboard.press("End");
    await page.waitForSelector("#row-3.is-active");
  }
  await one.keyboard.press("e");
  await one.waitForSelector("[data-dock-form] textarea");
  await expect.poll(() => other.textContent("#row-3 .row-person")).toContain("is writing in row 3");
  await checkLook(other, "align-people");
  await other.keyboard.press("e");
  await other.fill("[data-dock-form] textarea", "及时报告险情灾情。");
  await other.keyboard.press("Enter");
  await other.waitForSelector("dialog[open]");
  expect(await other.textContent("dialog[open]")).toContain("Zhao Ning is writing in this row");
  await other.click("dialog[open] .btn-primary");
  await expect.poll(() => other.textContent("#row-3")).toContain("及时报告险情灾情。");

  // The first one saves on top of it: all three texts are there, and nothing is overwritten before a decision.
  await expect.poll(() => one.textContent("#row-3")).toContain("及时报告险情灾情。");
  await one.fill("[data-dock-form] textarea", "按时报送险情灾情。");
  await one.keyboard.press("Enter");
  await one.waitForSelector("dialog[open] .conflict");
  for (const text of ["按时报送险情灾情。", "及时报告险情灾情。", "及时报送险情灾情。"]) {
    expect(await one.textContent("dialog[open] .conflict")).toContain(text);
  }
  await one.keyboard.press("1");
  await expect.poll(() => one.textContent("#row-3")).toContain("按时报送险情灾情。");
  await expect.poll(() => other.textContent("#row-3")).toContain("按时报送险情灾情。");

  await one.context().close();
  await expect.poll(() => other.isHidden("[data-people]")).toBe(true);
});
