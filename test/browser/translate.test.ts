/** Translating row by row in a real browser: writing, confirming, input methods, terms, matches. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestServer } from "../server/server-setup.ts";
import { takeShot } from "./browser-setup.ts";
import { activeNumber, listDrafts, openTranslation, saved, SENTENCES, stateOf } from "./translate-setup.ts";
import type { Translation } from "./translate-setup.ts";

const ENGLISH = "All localities shall put the people and their lives first and fulfil flood control duties.";

let translation: Translation;
let server: TestServer;
let addDocument: Translation["addDocument"];
let openText: Translation["openText"];
let rowsOf: Translation["rowsOf"];
beforeAll(async () => {
  translation = await openTranslation();
  ({ server, addDocument, openText, rowsOf } = translation);
});
afterAll(() => translation.server.close());

describe("writing and confirming", () => {
  it("confirms by Ctrl+Enter, goes on, and offers the sentence at once where it is repeated", async () => {
    const document = await addDocument();
    const page = await openText(document, "&row=2");
    await page.waitForSelector(".hit");
    await page.keyboard.type(ENGLISH);
    await page.keyboard.press("Control+Enter");
    expect(await activeNumber(page)).toBe("3");
    await saved(page);
    expect(await stateOf(page, 2)).toBe("Confirmed");
    expect((await rowsOf(document))[1]).toMatchObject({ target: ENGLISH, state: "translated", origin: "typed" });
    expect(await page.textContent("[data-progress-words]")).toContain("1 of 7");
    // The repeated sentence has a full match without a reload.
    await page.click('a[href="#row-5"]');
    await page.waitForSelector(".match .score");
    expect(await page.textContent(".match .score")).toContain("100");
    await page.keyboard.press("Control+Alt+1");
    expect(await page.inputValue(".row.is-active textarea")).toBe(ENGLISH);
    await takeShot(page, "translate-match");
    await page.keyboard.press("Control+Enter");
    await expect
      .poll(async () => (await rowsOf(document))[4])
      .toMatchObject({ target: ENGLISH, state: "translated", origin: "memory" });
    expect(page.problems).toEqual([]);
  });

  it("makes a line break by Enter and confirms nothing", async () => {
    const document = await addDocument();
    const page = await openText(document, "&row=2");
    await page.keyboard.type("One");
    await page.keyboard.press("Enter");
    await page.keyboard.type("Two");
    expect(await page.inputValue(".row.is-active textarea")).toBe("One\nTwo");
    await saved(page);
    expect(await activeNumber(page)).toBe("2");
    expect((await rowsOf(document))[1]).toMatchObject({ target: "One\nTwo", state: "initial", origin: "typed" });
  });

  it("refuses to confirm an empty row, in words", async () => {
    const document = await addDocument();
    const page = await openText(document, "&row=2");
    await page.keyboard.press("Control+Enter");
    expect(await page.textContent("[data-finding]")).toContain("nothing to confirm");
    expect(await activeNumber(page)).toBe("2");
  });

  it("opens a confirmed row again by Ctrl+Shift+Enter and takes it out of the memory", async () => {
    const document = await addDocument(["云溪省要办好这一件独有的事。", "云溪省要办好这一件独有的事。"]);
    const page = await openText(document, "&row=1");
    await page.keyboard.type("Only here.");
    await page.click('[data-act="confirm"]');
    await saved(page);
    await page.keyboard.press("Alt+ArrowUp");
    await page.click('[data-act="unconfirm"]');
    await expect.poll(async () => (await rowsOf(document))[0]?.state).toBe("initial");
    const help = await server.send(`/api/p/${server.projectId}/segments/${(await rowsOf(document))[1]?.id ?? ""}/help`);
    expect(await help.json()).toMatchObject({ matches: [] });
  });

  it("says what is wrong with the row and marks the place", async () => {
    const document = await addDocument();
    const page = await openText(document, "&row=3");
    await page.keyboard.type("All localities shall report by February 7.");
    await page.waitForSelector("[data-finding] .status.is-bad, [data-finding] .status.is-warn");
    expect(await page.textContent("[data-finding]")).toContain("Numbers");
    expect(await page.locator(".editor-marks .flag").count()).toBeGreaterThan(0);
  });
});

describe("an input method", () => {
  it("keeps Enter and every shortcut for itself while it composes", async () => {
    const document = await addDocument();
    const page = await openText(document, "&row=2");
    const client = await page.context().newCDPSession(page);
    const compose = (text: string) =>
      client.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    await compose("queren");
    // The key that ends a composition: keyCode 229, which Chromium also reports as composing.
    for (const type of ["rawKeyDown", "keyUp"] as const) {
      await client.send("Input.dispatchKeyEvent", {
        type,
        key: "Process",
        code: "Enter",
        windowsVirtualKeyCode: 229,
        modifiers: 2,
      });
    }
    const pressed = await page.evaluate(() => {
      const area = window.document.activeElement;
      const keys: KeyboardEventInit[] = [
        { key: "Enter", code: "Enter", ctrlKey: true, isComposing: true },
        { key: "Enter", code: "Enter", ctrlKey: true, keyCode: 229 },
        { key: "1", code: "Digit1", altKey: true, isComposing: true },
        { key: "F9", code: "F9", isComposing: true },
      ];
      return keys.map((key) => area?.dispatchEvent(new KeyboardEvent("keydown", { ...key, bubbles: true, cancelable: true })));
    });
    expect(pressed).toEqual([true, true, true, true]);
    expect(await activeNumber(page)).toBe("2");
    // Half-typed pinyin is no draft.
    await expect.poll(() => page.evaluate(listDrafts)).toEqual([]);
    await client.send("Input.insertText", { text: "确认" });
    expect(await page.inputValue(".row.is-active textarea")).toBe("确认");
    await saved(page);
    expect((await rowsOf(document))[1]).toMatchObject({ target: "确认", state: "initial" });
    expect((await rowsOf(document)).filter(({ state }) => state !== "initial")).toEqual([]);
  });
});

describe("terms", () => {
  it("are underlined nested, listed longest first and inserted by Alt and their number", async () => {
    const document = await addDocument();
    const page = await openText(document, "&row=2");
    await page.waitForSelector(".row.is-active .term.lv2 .term.lv1");
    expect(await page.locator(".row.is-active .row-source").textContent()).toBe(SENTENCES[1]);
    await page.waitForSelector(".hit");
    expect(await page.locator(".hit-zh").allTextContents()).toEqual(["人民至上、生命至上", "生命至上", "防汛责任制"]);
    await page.keyboard.type("We");
    await page.keyboard.press("Alt+1");
    await page.keyboard.press("Alt+2");
    expect(await page.inputValue(".row.is-active textarea")).toBe("We put the people and their lives first put life first");
    await page.click(".row.is-active .term.lv1 >> nth=0");
    expect(await page.locator(".hit.is-focus .hit-zh").allTextContents()).toContain("生命至上");
  });
});

describe("matches", () => {
  it("show the difference and the adapted numbers, and explain the percentage", async () => {
    const document = await addDocument();
    const page = await openText(document, "&row=3");
    await page.keyboard.type("All localities shall strengthen duty shifts and report by February 3.");
    await page.keyboard.press("Control+Enter");
    await saved(page);
    await page.click('a[href="#row-6"]');
    await page.waitForSelector(".match .adapted");
    expect(await page.locator(".match del.diff").first().textContent()).toContain("2");
    expect(await page.textContent(".match")).toContain("one number differs: 3月5日 instead of 2月3日 (2 off)");
    await page.keyboard.press("Control+Alt+1");
    expect(await page.inputValue(".row.is-active textarea")).toContain("March 5");
    expect(await page.textContent(".row.is-active .origin")).toMatch(/^\d\d/);
    await expect.poll(async () => (await rowsOf(document))[5]).toMatchObject({ state: "initial", origin: "memory" });
  });
});
