/** The alignment page: text edited, cut and restored, notes, pins, marked rows, search, the mouse, and input methods in every field. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Browser } from "playwright-core";
import { startTestServer } from "../server/server-setup.ts";
import type { TestServer } from "../server/server-setup.ts";
import { CHINESE, ENGLISH, storeAlignment } from "./align-sample.ts";
import { checkAccessibility, newPage, openBrowser, takeShot } from "./browser-setup.ts";
import type { TestPage } from "./browser-setup.ts";

let server: TestServer;
let browser: Browser;
let path: string;
let alignmentId: string;
let crossedPath: string;
beforeAll(async () => {
  server = await startTestServer();
  browser = await openBrowser();
  await server.importTexts({ "notice.zh.txt": CHINESE, "notice.en.txt": ENGLISH });
  alignmentId = await storeAlignment(server);
  path = `/p/${server.projectId}/align/${alignmentId}`;
  crossedPath = `/p/${server.projectId}/align/${await storeAlignment(server, { isCrossed: true })}`;
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

async function openEditor(hash = ""): Promise<TestPage> {
  const page = await newPage(browser, server);
  await page.open(path + hash);
  await page.waitForSelector(".row.is-active");
  return page;
}

const FIELD = "[data-dock-form] textarea";
const ratios = (page: TestPage) => page.locator(".bead-ratio").allTextContents();
const rows = (page: TestPage) => page.locator(".row").evaluateAll((list) => list.map(({ id }) => id));
const said = (page: TestPage) => page.locator("[data-reason]").textContent();
const stored = async () => (await server.application.stores.alignments.find(alignmentId))?.state.groups ?? [];
const revision = async () => (await server.application.stores.alignments.find(alignmentId))?.revision;

/** Enter as it comes while an input method composes, in both ways that browsers say so. */
function composeEnter(page: TestPage, selector: string): Promise<void> {
  return page.evaluate((place) => {
    const field = document.querySelector(place);
    field?.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
    for (const init of [
      { key: "Enter", isComposing: true },
      { key: "Process", keyCode: 229 },
      { key: "Enter", keyCode: 229 },
    ]) {
      field?.dispatchEvent(new KeyboardEvent("keydown", { ...init, bubbles: true, cancelable: true }));
    }
  }, selector);
}

describe("the text of a sentence", () => {
  it("is edited in the dock with a mark that keeps the original, cut at the cursor, restored and undone", async () => {
    const page = await openEditor("#row-2");
    const before = await revision();
    await page.keyboard.press("e");
    await page.waitForSelector(FIELD);
    expect(await page.inputValue(FIELD)).toContain("截至6月3日8时");
    await page.keyboard.type("amx");
    await composeEnter(page, FIELD);
    expect(await revision()).toBe(before);
    expect(await checkAccessibility(page)).toEqual([]);
    await takeShot(page, "align-form");
    // What was typed outlives a crash of the page.
    await page.reload();
    await page.waitForSelector(".row.is-active");
    await page.keyboard.press("e");
    expect(await page.inputValue(FIELD)).toMatch(/amx$/);
    await page.keyboard.press("Enter");
    await page.waitForSelector("#row-2 .sent.is-text");
    expect(await page.getAttribute("#row-2 .sent-changed", "title")).toContain("截至6月3日8时，全省共有37条河流超警戒水位。");
    expect(await page.locator(FIELD).count()).toBe(0);
    expect(await page.getAttribute("[data-action=undo]", "title")).toContain("Edit text in row 2");

    // What Esc drops can be had back.
    await page.keyboard.press("e");
    await page.keyboard.type("云溪");
    await page.keyboard.press("Escape");
    await page.click(".toast button");
    expect(await page.inputValue(FIELD)).toMatch(/云溪$/);
    await page.keyboard.press("Escape");
    await page.keyboard.press("e");
    expect(await page.inputValue(FIELD)).toMatch(/amx$/);
    await page.locator(FIELD).evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(9, 9));
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => ratios(page).then((list) => list[1])).toBe("3 : 1");
    expect(await page.textContent("#row-2 [data-sentence='0']")).toContain("截至6月3日8时，");
    await page.keyboard.press("j");
    await expect.poll(() => ratios(page).then((list) => list[1])).toBe("2 : 1");
    await page.keyboard.press("e");
    await page.click("[data-form=restore]");
    await expect.poll(() => page.locator("#row-2 .is-changed").count()).toBe(0);
    await page.keyboard.press("Control+z");
    await page.waitForSelector("#row-2 .sent.is-text");
    expect(await said(page)).toContain("Undone: Restore text in row 2");
    expect(page.problems).toEqual([]);
  });
});

describe("notes and finding", () => {
  it("keeps a note with its author through a reload, and finds rows by their words, filters and letters", async () => {
    const page = await openEditor();
    await page.keyboard.press("c");
    await page.waitForSelector(FIELD);
    await page.keyboard.type("Ask the office");
    await composeEnter(page, FIELD);
    expect(await page.locator(".row-notes").count()).toBe(0);
    await page.keyboard.press("Enter");
    await expect.poll(() => page.textContent("#row-1 .row-notes")).toContain("Zhao Ning");
    // Edited, it keeps how it read before.
    await page.keyboard.press("c");
    await page.click('[data-note="edit-note"]');
    await page.keyboard.type(" of the county");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.textContent("#row-1 .row-notes")).toMatch(/edited by Zhao Ning[^]*Ask the office of the county/);
    expect(await page.getAttribute("#row-1 .row-note", "title")).toBe("Zhao Ning: Ask the office");
    await page.keyboard.press("f");
    await page.keyboard.press("n");
    await expect.poll(() => rows(page)).toEqual(["row-1"]);
    await expect.poll(() => page.url()).toContain("rows=notes");
    await page.reload();
    await page.waitForSelector(".row.is-active");
    expect(await rows(page)).toEqual(["row-1"]);
    expect(await page.textContent("[data-other-filters]")).toContain("With notes");
    await page.keyboard.press("f");
    await page.keyboard.press("a");

    await page.keyboard.press("/");
    await page.evaluate(() => {
      const field = document.querySelector<HTMLInputElement>("[data-find]");
      if (!field) return;
      field.value = "fang";
      field.dispatchEvent(new InputEvent("input", { isComposing: true, bubbles: true }));
    });
    await composeEnter(page, "[data-find]");
    expect(await page.locator(".row").count()).toBe(7);
    await page.fill("[data-find]", "EARLY warning");
    const sought = () => page.locator(".is-sought").allTextContents();
    await expect.poll(async () => (await sought())[0]?.toLowerCase()).toBe("early warning");
    await expect.poll(() => rows(page)).toEqual(["row-4"]);
    expect(await page.textContent("[data-found]")).toBe("1 row");
    await page.keyboard.press("Enter");
    await page.keyboard.press("r");
    await expect.poll(async () => (await stored())[3]?.doubtful).toBe(true);
    await expect.poll(() => page.textContent("[data-filter=doubtful] [data-count]")).toBe("1");
    expect(await page.textContent("[data-filter=mine] [data-count]")).toBe("2");
    await page.fill("[data-find]", "没有的词");
    await expect.poll(() => page.textContent("[data-nothing]")).toContain("没有的词");
    await page.click("[data-show-all]");
    expect(await page.locator(".row").count()).toBe(7);
  });
});

describe("the mouse, pins and marked rows", () => {
  it("moves sentences by buttons and by dragging, re-aligns marked rows only, and pins two sentences", async () => {
    const page = await openEditor("#row-4");
    await page.click("#row-4 [data-side=target] [data-move=move-first-up]");
    await expect.poll(() => ratios(page).then((list) => list.slice(2, 4))).toEqual(["1 : 2", "2 : 1"]);
    await page.dragAndDrop("#row-4 [data-side=source] [data-sentence='0'] .sent-no", "#row-3 [data-side=source]");
    await expect.poll(() => ratios(page).then((list) => list.slice(2, 4))).toEqual(["2 : 2", "1 : 1"]);
    await page.dragAndDrop("#row-3 [data-side=source] [data-sentence='0'] .sent-no", "#row-6 [data-side=source]");
    await expect.poll(() => said(page)).toContain("above or below only");

    await page.click("#row-3 .row-state");
    await page.click("#row-4 .row-state", { modifiers: ["Shift"] });
    expect(await page.textContent("[data-action=realign]")).toContain("Re-align 2 rows");
    await page.click("[data-action=realign]");
    await expect.poll(() => said(page), { timeout: 170_000 }).toContain("Re-aligned");
    expect(await page.getAttribute("[data-action=undo]", "title")).toContain("Re-align rows 3 to 4");
    expect((await ratios(page)).slice(0, 2)).toEqual(["1 : 1", "2 : 1"]);

    await page.click("#row-2 [data-side=source] [data-sentence='1']");
    await page.keyboard.press("Space");
    expect(await said(page)).toContain("press Space again");
    expect(await page.locator(".sent.is-pin").count()).toBe(1);
    await page.keyboard.press("Escape");
    expect(await page.locator(".sent.is-pin").count()).toBe(0);
    await page.keyboard.press("Space");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Space");
    await expect.poll(async () => (await stored()).findIndex((group) => group.pinned), { timeout: 170_000 }).toBe(2);
    await expect.poll(() => page.getAttribute("[data-action=undo]", "title")).toContain("Pin row 2");
    await page.keyboard.press("Escape");
    await page.click("#row-3 .row-state");
    await page.keyboard.press("Space");
    await expect.poll(async () => (await stored()).some((group) => group.pinned)).toBe(false);
    expect(page.problems).toEqual([]);
  }, 180_000);
});

describe("a passage that stands elsewhere in the other text", () => {
  it("is announced, named at its rows with the way to its other half, and can be shown alone", async () => {
    const page = await newPage(browser, server);
    await page.open(crossedPath);
    await page.waitForSelector(".row.is-active");
    expect(await page.textContent("[data-moved-notice]")).toContain("1 passage stands elsewhere");
    expect(await checkAccessibility(page)).toEqual([]);
    await page.click("[data-show-moved]");
    expect(await rows(page)).toEqual(["row-5", "row-8"]);
    expect(await page.textContent("#row-5 .row-state")).toBe("Elsewhere");
    expect(await said(page)).toContain("translation of this passage seems to stand elsewhere: row 8");
    await takeShot(page, "align-moved");
    await page.keyboard.press("o");
    await expect.poll(() => page.getAttribute(".row.is-active", "id")).toBe("row-8");
    await page.click("[data-action=partner]");
    await expect.poll(() => page.getAttribute(".row.is-active", "id")).toBe("row-5");
    await page.click("[data-hide-moved]");
    expect(await page.isHidden("[data-moved-notice]")).toBe(true);
  });
});
