/** The concordance in a real browser: typing, marks, filters, similar wordings, keys, and how it looks. */
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
});
afterAll(() => server.close());

const address = () => `/p/${server.projectId}/concordance`;

it("shows hits while a person types, filters them, and opens one where it comes from", async () => {
  const page = await newPage(browser, server);
  await page.open(address());
  await page.keyboard.type("flood");
  await page.locator(".conc-row").nth(2).waitFor();
  expect(await page.locator("[data-summary]").textContent()).toContain("3 of 43 units");
  expect(await page.locator(".conc-found").allTextContents()).toEqual(["flood", "flood", "flood"]);
  await page.locator('[data-facets] button:has-text("Lin")').click();
  await page.waitForFunction(() => document.querySelectorAll(".conc-row").length === 1);
  expect(page.url()).toContain("author=Lin");
  await page.locator('[data-facets] button:has-text("Lin")').click();
  await page.waitForFunction(() => document.querySelectorAll(".conc-row").length === 3);

  await page.locator("[data-find]").fill("精准施策");
  await page.locator(".conc-hint").waitFor();
  expect(await page.locator(".conc-hint").textContent()).toBe("targeted measures");
  expect(await page.locator("[data-hints]").textContent()).toContain("targeted measure");

  await page.locator("[data-find]").fill("外防输入、内防扩散");
  await page.locator("[data-similar]").click();
  await page.locator(".conc-found.is-near").waitFor();
  expect(await page.locator(".conc-found del").allTextContents()).toEqual(["扩散"]);
  expect(await page.locator(".conc-found ins").allTextContents()).toEqual(["反弹"]);

  await page.open(`${address()}?find=${encodeURIComponent("防汛")}&side=source&order=place`);
  await page.locator(".conc-row").first().waitFor();
  await page.locator("[data-find]").press("Enter");
  await page.keyboard.press("j");
  expect(await page.locator(".conc-row.is-active").getAttribute("data-index")).toBe("1");
  await page.keyboard.press("Enter");
  await page.waitForURL(/translate\?document=d&row=1/);
  expect(page.problems.filter((problem) => !problem.includes("404"))).toEqual([]);
});

it("removes ticked units with a preview, and brings them back", async () => {
  const page = await newPage(browser, server);
  await page.open(`${address()}?find=${encodeURIComponent("第39条")}`);
  await page.locator(".conc-row").first().waitFor();
  await page.locator("[data-find]").press("Enter");
  await page.keyboard.press("x");
  await page.locator("[data-bulk] summary").click();
  await page.locator("[data-bulk] select").first().selectOption("remove");
  await page.locator("[data-bulk] .memory-edit > button").click();
  await checkLook(page, "concordance-remove");
  await page.locator("dialog .btn-danger").click();
  await page.getByText("No unit has it").waitFor();
  await page.keyboard.press("Control+z");
  await page.locator(".conc-row").first().waitFor();
});

it("asks nothing while an input method composes, and says what a pattern may not do", async () => {
  const page = await newPage(browser, server);
  await page.open(address());
  const asked: string[] = [];
  page.on(
    "request",
    (request) => void (request.url().includes("/api/p/") && request.url().includes("find=") && asked.push(request.url())),
  );
  await page.locator("[data-find]").evaluate((field: HTMLInputElement) => {
    field.dispatchEvent(new CompositionEvent("compositionstart"));
    field.value = "fang";
    field.dispatchEvent(new InputEvent("input", { isComposing: true }));
  });
  await page.waitForTimeout(300);
  expect(asked).toEqual([]);
  await page.locator("[data-find]").evaluate((field: HTMLInputElement) => {
    field.value = "防";
    field.dispatchEvent(new CompositionEvent("compositionend"));
  });
  await page.locator(".conc-row").first().waitFor();
  await page.locator('[data-manner="pattern"]').click();
  await page.locator("[data-find]").fill("第(");
  await page.getByText("The pattern has a mistake").waitFor();
  await page.locator("[data-find]").fill("第\\d+条");
  await page.locator(".conc-found").first().waitFor();
  expect(await page.locator("[data-summary]").textContent()).toContain("40 of 43");
  await page.locator("[data-find]").fill("没有的话");
  await page.getByText("No unit has it").waitFor();
  await checkLook(page, "concordance-nothing");
});

it("looks right in both languages, themes and widths", async () => {
  await checkLooks({ browser, server, name: "concordance" }, async (page) => {
    await page.open(`${address()}?find=${encodeURIComponent("做好防汛救灾工作")}&manner=near`);
    await page.locator(".conc-row").first().waitFor();
  });
  const page = await newPage(browser, server);
  await page.open(`${address()}?find=${encodeURIComponent("防汛")}`);
  await page.locator(".conc-row").first().waitFor();
  await checkLook(page, "concordance-many");
});
