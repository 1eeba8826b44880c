/** The alignment page in a real browser: starting, keys and mouse, saving, undo over a reload, others' changes, 10,000 rows. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Browser } from "playwright-core";
import { startTestServer } from "../server/server-setup.ts";
import type { TestServer } from "../server/server-setup.ts";
import { CHINESE, ENGLISH, storeAlignment } from "./align-sample.ts";
import { checkAccessibility, checkLooks, newPage, openBrowser, takeShot } from "./browser-setup.ts";
import type { TestPage } from "./browser-setup.ts";

let server: TestServer;
let browser: Browser;
let path: string;
let alignmentId: string;
beforeAll(async () => {
  server = await startTestServer();
  browser = await openBrowser();
  await server.importTexts({ "notice.zh.txt": CHINESE, "notice.en.txt": ENGLISH });
}, 120_000);
afterEach(async () => {
  const { alignments } = server.application.stores;
  const signed = { author: "Zhao Ning", at: server.application.clock() };
  for (let one = await alignments.find(alignmentId); one?.undo !== undefined; one = await alignments.find(alignmentId)) {
    await alignments.undo({ alignmentId, baseRevision: one.revision, ...signed });
  }
});
afterAll(async () => {
  await server.close();
});

async function openEditor(options: Parameters<typeof newPage>[2] = {}, { isAlone = false } = {}): Promise<TestPage> {
  const page = await newPage(browser, server, options);
  if (isAlone) await page.route(/\/events\?/, (route) => route.abort());
  await page.open(path);
  await page.waitForSelector(".row.is-active");
  return page;
}

const activeRow = (page: TestPage) => page.getAttribute(".row.is-active", "id");
const ratios = (page: TestPage) => page.locator(".bead-ratio").allTextContents();
const said = (page: TestPage) => page.locator("[data-reason]").textContent();
const stored = async () => (await server.application.stores.alignments.find(alignmentId))?.state.groups ?? [];

describe("starting an alignment", () => {
  it("suggests the pair with its reasons, aligns it as a job and opens the editor", async () => {
    const page = await newPage(browser, server);
    await page.open(`/p/${server.projectId}/align`);
    expect(await page.textContent("[data-why]")).toContain("the same file name");
    await takeShot(page, "align-start");
    expect(await checkAccessibility(page)).toEqual([]);
    await page.click("[data-submit]");
    await page.waitForURL(/\/align\/[\w-]+$/, { timeout: 170_000 });
    await page.waitForSelector(".row.is-active");
    path = new URL(page.url()).pathname;
    alignmentId = path.split("/").at(-1) ?? "";
    expect((await ratios(page)).slice(0, 3)).toEqual(["1 : 1", "2 : 1", "1 : 1"]);
    expect(page.problems).toEqual([]);
  }, 180_000);

  it("opens the alignment of a document that the library asked for, and says how to import a translation when there is none", async () => {
    const page = await newPage(browser, server);
    const [source] = await server.application.stores.documents.list({ projectId: server.projectId, side: "source" });
    await page.open(`/p/${server.projectId}/align?source=${source?.id ?? ""}`);
    expect(await page.inputValue("#align-target")).not.toBe("");
    expect(await page.textContent("[data-why]")).toContain("aligned already");
    await page.click("[data-submit]");
    await page.waitForURL(`**${path}`);
    const other = await server.application.stores.projects.create({
      id: "empty",
      name: "Empty",
      sourceLanguage: "zh",
      targetLanguage: "en",
      createdAt: server.application.clock(),
    });
    expect(other.kind).not.toBe("taken");
    await page.open("/p/empty/align");
    expect(await page.textContent(".align-start .empty")).toContain("Import");
  });
});

describe("the editor", () => {
  beforeAll(async () => {
    alignmentId = await storeAlignment(server);
    path = `/p/${server.projectId}/align/${alignmentId}`;
  });

  it("shows equal things with one tint on both sides, letters in the active row, and numbers that have no counterpart", async () => {
    const page = await openEditor();
    await page.keyboard.press("ArrowDown");
    expect(await activeRow(page)).toBe("row-2");
    const row = page.locator("#row-2");
    const sides = await Promise.all(
      ["source", "target"].map((side) =>
        row
          .locator(`[data-side=${side}] [data-letter]`)
          .evaluateAll((list) => list.map((one) => (one as HTMLElement).dataset["letter"]).sort()),
      ),
    );
    expect(sides[0]?.length).toBeGreaterThan(0);
    expect(sides[0]).toEqual(sides[1]);
    expect(await row.locator(".is-lost").allTextContents()).toContain("4.6万");
    expect(await said(page)).toContain("4.6万 is not found in the translation");
  });

  it("is worked by keys: confirm and go on, take back, undo and redo with names that survive a reload", async () => {
    const page = await openEditor();
    await page.keyboard.press("a");
    await expect.poll(() => activeRow(page)).toBe("row-2");
    expect((await stored())[0]?.status).toBe("confirmed");
    expect(await page.textContent("[data-saved]")).toContain("Saved");
    expect(await page.textContent("[data-filter=confirmed] [data-count]")).toBe("1");
    await page.reload();
    await page.waitForSelector(".row.is-active");
    expect(await page.getAttribute("[data-action=undo]", "title")).toContain("Undo: Confirm row 1");
    await page.keyboard.press("Control+z");
    await expect.poll(async () => (await stored())[0]?.status).toBe("automatic");
    await expect.poll(() => activeRow(page)).toBe("row-1");
    await expect.poll(() => said(page)).toContain("Undone: Confirm row 1");
    await page.keyboard.press("Control+Shift+Z");
    await expect.poll(async () => (await stored())[0]?.status).toBe("confirmed");
  });

  it("merges twice when m is pressed twice, each step on what the one before left", async () => {
    const page = await openEditor();
    await page.keyboard.press("m");
    await page.keyboard.press("m");
    await expect.poll(() => ratios(page)).toEqual(["4 : 3", "2 : 2", "1 : 1", "1 : 1", "1 : 1"]);
    expect(await page.textContent("#row-1 .row-state")).toBe("By hand");
  });

  it("splits at the sentence that was clicked, and moves it by the buttons", async () => {
    const page = await openEditor();
    await page.click("#row-4 [data-side=source] [data-sentence='1']");
    expect(await activeRow(page)).toBe("row-4");
    expect(await page.locator("#row-4 .sent.is-chosen").count()).toBe(1);
    await page.click("[data-action=split]");
    await expect.poll(() => ratios(page)).toEqual(["1 : 1", "2 : 1", "1 : 1", "1 : 1", "1 : 1", "1 : 1", "1 : 1", "1 : 1"]);
    expect(await page.textContent("#row-5 [data-side=target]")).toContain("A named person");
    await page.click("#row-5 [data-side=target]");
    await page.click("[data-action=move-first-up]");
    await expect.poll(() => ratios(page)).toEqual(["1 : 1", "2 : 1", "1 : 1", "1 : 2", "1 : 0", "1 : 1", "1 : 1", "1 : 1"]);
    await page.keyboard.press("x");
    await expect.poll(() => page.textContent("#row-5 .row-state")).toBe("Omitted");
    expect(await said(page)).toContain("left out");
  });

  it("shifts a whole side down and up, and says in words why it may not", async () => {
    const page = await openEditor();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect.poll(() => ratios(page)).toEqual(["1 : 1", "2 : 0", "1 : 1", "2 : 1", "1 : 2", "1 : 1", "1 : 1", "0 : 1"]);
    await page.keyboard.press("Control+z");
    await page.keyboard.press("End");
    await page.keyboard.press("a");
    await expect.poll(async () => (await stored()).at(-1)?.status).toBe("confirmed");
    await page.keyboard.press("Home");
    await page.keyboard.press("Enter");
    await expect.poll(() => said(page)).toContain("confirmed row further down");
    await page.keyboard.press("x");
    await expect.poll(() => said(page)).toContain("Both sides have text");
  });

  it("presses the button that has the focus on Enter and Space, and lets an input method have its keys", async () => {
    const page = await openEditor();
    await page.focus("[data-filter=odd]");
    await page.keyboard.press("Enter");
    expect(await page.locator(".row").count()).toBe(2);
    await page.focus("[data-filter=all]");
    await page.keyboard.press("Space");
    await page.evaluate(() => {
      const init = { key: "Enter", keyCode: 229, isComposing: true, bubbles: true };
      document.querySelector("[data-grid]")?.dispatchEvent(new KeyboardEvent("keydown", init));
    });
    expect(await page.locator(".row").count()).toBe(7);
    expect(await page.isDisabled("[data-action=undo]")).toBe(true);
  });

  it("filters, keeps a row that no longer fits until another filter is chosen, and says when nothing fits", async () => {
    const page = await openEditor();
    await page.click("[data-filter=odd]");
    expect(await page.locator(".row").evaluateAll((rows) => rows.map(({ id }) => id))).toEqual(["row-2", "row-4"]);
    await page.focus("[data-filter=all]");
    await page.keyboard.press("f");
    await page.keyboard.press("e");
    expect(await page.textContent("[data-nothing]")).toContain("“Empty”");
    await page.click("[data-show-all]");
    expect(await page.locator(".row").count()).toBe(7);
  });

  it("inserts an empty row, takes it away again, locks and bookmarks", async () => {
    const page = await openEditor();
    await page.keyboard.press("i");
    await expect.poll(() => ratios(page).then((list) => list[1])).toBe("0 : 0");
    await page.keyboard.press("ArrowDown");
    await page.focus("[data-more] summary");
    await page.keyboard.press("Enter");
    expect(await page.textContent("[data-action=remove]")).toContain("Remove the empty row");
    await page.click("[data-action=remove]");
    await expect.poll(() => page.locator(".row").count()).toBe(7);
    await page.keyboard.press("l");
    await expect.poll(() => page.locator(".row-state").allTextContents()).toContain("Locked");
    await page.keyboard.press("m");
    await expect.poll(() => said(page)).toContain("locked");
    await page.keyboard.press("b");
    await expect.poll(() => page.locator(".row-no .icon").count()).toBe(1);
  });

  it("re-aligns what nobody confirmed, with the number of new rows, as one step to undo", async () => {
    const page = await openEditor();
    await page.keyboard.press("a");
    await expect.poll(() => activeRow(page)).toBe("row-2");
    await page.keyboard.press("m");
    await expect.poll(() => ratios(page).then((list) => list.length)).toBe(6);
    await page.keyboard.press("Alt+r");
    await expect.poll(() => said(page), { timeout: 170_000 }).toContain("Re-aligned");
    expect((await ratios(page)).slice(0, 3)).toEqual(["1 : 1", "2 : 1", "1 : 1"]);
    expect(await page.getAttribute("[data-action=undo]", "title")).toContain("Re-align the rest");
  }, 180_000);

  it("takes in what somebody else did and does the step too when its rows are as they were", async () => {
    const [mine, theirs] = [await openEditor(), await openEditor()];
    await theirs.keyboard.press("End");
    await theirs.keyboard.press("b");
    await expect.poll(async () => (await stored()).at(-1)?.bookmark).toBe(true);
    await mine.keyboard.press("a");
    await expect.poll(async () => (await stored())[0]?.status).toBe("confirmed");
    expect((await stored()).at(-1)?.bookmark).toBe(true);
    await expect.poll(() => mine.locator(".row-no .icon").count()).toBe(1);
    expect(mine.problems.filter((line) => !line.includes("409"))).toEqual([]);
  });

  it("asks when the row itself was changed by somebody else, and loses neither", async () => {
    // This page hears of others' steps only by asking.
    const mine = await openEditor({}, { isAlone: true });
    const theirs = await openEditor();
    await theirs.keyboard.press("m");
    await expect.poll(async () => (await stored()).length).toBe(6);
    await mine.keyboard.press("l");
    await mine.waitForSelector("dialog[open] .conflict");
    const text = await mine.textContent("dialog[open] .conflict");
    expect(text).toContain("Lock the row");
    expect(text).toContain("Merge rows 1 and 2");
    expect(await checkAccessibility(mine)).toEqual([]);
    await takeShot(mine, "align-conflict");
    await mine.keyboard.press("1");
    await expect.poll(async () => (await stored())[0]?.status).toBe("locked");
    expect(await stored()).toHaveLength(6);
  });

  it("is accessible and stays inside the window in both languages, themes and widths", async () => {
    await checkLooks({ browser, server, name: "align" }, async (page) => {
      await page.open(path);
      await page.waitForSelector(".row.is-active");
      await page.keyboard.press("ArrowDown");
    });
  });
});
