/** S7 in a real browser: groups, filters, keys, ignoring with undo, empty states, both languages and themes. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser } from "playwright-core";
import { fillProject } from "../server/checks-samples.ts";
import { startTestServer } from "../server/server-setup.ts";
import type { TestServer } from "../server/server-setup.ts";
import { checkAccessibility, checkLooks, newPage, openBrowser, takeShot } from "./browser-setup.ts";
import type { TestPage } from "./browser-setup.ts";

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  server = await startTestServer();
  await fillProject(server);
  browser = await openBrowser();
});
afterAll(() => server.close());

const path = () => `/p/${server.projectId}/checks`;

async function openChecks(page: TestPage): Promise<void> {
  await page.open(path());
  await page.waitForSelector("[data-list]:not([hidden]) .finding, .empty:not([aria-busy])");
  await page.waitForSelector("[data-again]:not([disabled])");
}

describe("the checks page", () => {
  it("runs when it is opened and shows findings by wording with their marks", async () => {
    const page = await newPage(browser, server);
    await openChecks(page);
    const group = page.locator('[data-group="精准施策"]');
    expect(await group.textContent()).toContain("targeted measures");
    expect(await group.textContent()).toContain("2 as approved, precise policies 1, 1 missing (¶ 4)");
    expect(await page.locator('.finding .found[class="found"]').first().textContent()).toBe("精准施策");
    expect(await page.locator(".flag.is-bad").first().textContent()).toBe("precise policies");
    expect(await page.locator("main img").count()).toBe(0);
    expect(await page.textContent("[data-summary]")).toContain("4 translated rows and 0 aligned rows");
    expect(page.problems).toEqual([]);
  });

  it("goes through all findings by j and k, opening groups, and to the row by Enter", async () => {
    const page = await newPage(browser, server);
    await openChecks(page);
    const seen = new Set<string>();
    for (let step = 0; step < 3; step += 1) {
      await page.keyboard.press("j");
      seen.add((await page.locator(".finding.is-active .finding-say").first().textContent()) ?? "");
    }
    expect(seen.size).toBe(3);
    await page.keyboard.press("k");
    const address = await page.locator(".finding.is-active a").first().getAttribute("href");
    expect(address).toMatch(/\/translate\?document=.+&row=.+/);
    await page.locator(".finding.is-active a").first().focus();
    const [request] = await Promise.all([
      page.waitForRequest((one) => one.url().includes("/translate?")),
      page.keyboard.press("Enter"),
    ]);
    expect(request.url()).toContain(address ?? "");
    // A context that is closed in the middle of a navigation may hang.
    await page.waitForLoadState();
  });

  it("filters by rule, says when nothing matches and how to get out", async () => {
    const page = await newPage(browser, server);
    await openChecks(page);
    await page.click('.facet:has-text("Numbers, dates and percentages")');
    expect(await page.locator(".finding").count()).toBe(1);
    expect(await page.textContent("[data-dock]")).toContain("1 of 3 findings");
    expect(await page.getAttribute('[data-report="csv"]', "href")).toContain("rule=numbers");
    await page.click('.facet:has-text("Numbers, dates and percentages")');
    expect(await page.textContent("[data-dock]")).toBe("3 findings");
  });

  it("asks for a reason, ignores, undoes by Ctrl+Z, and keeps what is ignored in a list of its own", async () => {
    const page = await newPage(browser, server);
    await openChecks(page);
    await page.keyboard.press("j");
    await page.keyboard.press("i");
    await page.click("dialog[open] .btn-primary");
    expect(await page.locator("dialog[open]").count()).toBe(1);
    expect(await page.getAttribute("#ignore-reason", "aria-invalid")).toBe("true");
    await page.fill("#ignore-reason", "Agreed with the ministry.");
    await page.keyboard.press("Control+Enter");
    await page.waitForSelector(".toast");
    expect(await page.textContent("[data-dock]")).toBe("2 findings");
    await page.click('.facet:has-text("Ignored with a reason")');
    expect(await page.textContent(".finding")).toContain("Agreed with the ministry.");
    await page.keyboard.press("Control+z");
    await page.waitForSelector(".empty");
    expect(await page.textContent(".empty")).toContain("Nothing is ignored");
    await page.click('.facet:has-text("Ignored with a reason")');
    expect(await page.textContent("[data-dock]")).toBe("3 findings");
    expect(page.problems).toEqual([]);
  });

  it("says in words when there is nothing to check", async () => {
    const own = await startTestServer();
    try {
      const page = await newPage(browser, own);
      await page.open(`/p/${own.projectId}/checks`);
      await page.waitForSelector(".empty:not([aria-busy])");
      expect(await page.textContent(".empty")).toContain("Nothing to check yet");
      await takeShot(page, "checks-empty");
      expect(await checkAccessibility(page)).toEqual([]);
    } finally {
      await own.close();
    }
  });

  it("is accessible and never scrolls sideways", async () => {
    await checkLooks({ browser, server, name: "checks" }, async (page) => {
      await openChecks(page);
      await page.keyboard.press("j");
    });
  });
});
