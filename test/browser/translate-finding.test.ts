/** Finding the way in a text that is translated, in a real browser: filters, addresses, many rows, looks. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser } from "playwright-core";
import type { TestServer } from "../server/server-setup.ts";
import { checkLook, checkLooks, newPage } from "./browser-setup.ts";
import { activeNumber, openTranslation, saved, SENTENCES } from "./translate-setup.ts";
import type { Translation } from "./translate-setup.ts";

let translation: Translation;
let server: TestServer;
let browser: Browser;
let address: Translation["address"];
let addDocument: Translation["addDocument"];
let openText: Translation["openText"];
let rowsOf: Translation["rowsOf"];
beforeAll(async () => {
  translation = await openTranslation();
  ({ server, browser, address, addDocument, openText, rowsOf } = translation);
});
afterAll(() => translation.server.close());

describe("finding the way", () => {
  it("filters by state and repetition, searches, and keeps row and filter in the address", async () => {
    const document = await addDocument();
    const page = await openText(document);
    const shown = () => page.locator(".row .row-no a").allTextContents();
    await page.click('[data-filter="repeated"]');
    expect(await shown()).toEqual(["2", "5"]);
    expect(await page.textContent('[data-filter="repeated"] [data-count]')).toBe("2");
    await page.keyboard.press("Alt+ArrowDown");
    expect(new URL(page.url()).search).toContain("row=5");
    await page.reload();
    await page.waitForSelector(".row.is-active textarea");
    expect(await shown()).toEqual(["2", "5"]);
    expect(await activeNumber(page)).toBe("5");
    await page.keyboard.press("Escape");
    await page.keyboard.press("/");
    await page.keyboard.type("没有这样的字");
    await page.waitForSelector("[data-nothing]:not([hidden])");
    expect(await page.textContent("[data-nothing]")).toContain("Repeated");
    await page.click("[data-clear]");
    expect(await shown()).toHaveLength(SENTENCES.length);
  });

  it("opens the row that another page names by its id", async () => {
    const document = await addDocument();
    const page = await openText(document, `&row=${(await rowsOf(document))[5]?.id ?? ""}`);
    expect(await activeNumber(page)).toBe("6");
  });

  it("shows mark-up in a text as text", async () => {
    const document = await addDocument();
    const page = await openText(document, "&row=4");
    expect(await page.textContent(".row.is-active .row-source")).toBe(SENTENCES[3]);
    await page.keyboard.press("Control+Insert");
    expect(await page.inputValue(".row.is-active textarea")).toBe(SENTENCES[3]);
    await saved(page);
    expect(await page.locator("img").count()).toBe(0);
    expect(page.problems).toEqual([]);
  });

  it("keeps few of many rows in the page and goes to any of them", async () => {
    const many = Array.from({ length: 3000 }, (_, at) => `第${at + 1}条：各地要落实防汛责任制，加强值班值守。`);
    const document = await addDocument(many);
    const page = await openText(document, "&row=2500");
    expect(await activeNumber(page)).toBe("2500");
    expect(await page.locator(".row").count()).toBeLessThan(60);
    await page.waitForSelector(".row.is-active .term");
    for (let step = 0; step < 30; step += 1) await page.keyboard.press("Alt+ArrowDown");
    expect(await activeNumber(page)).toBe("2530");
    expect(await page.evaluate(() => window.document.activeElement?.closest(".row")?.querySelector("a")?.textContent)).toBe(
      "2530",
    );
  });

  it("says so when there is nothing to translate", async () => {
    const document = await addDocument([]);
    const page = await newPage(browser, server);
    await page.open(address(document));
    await page.waitForSelector("[data-nothing]:not([hidden])");
    expect(await page.textContent("[data-nothing-text]")).toContain("no rows");
    expect(page.problems).toEqual([]);
  });
});

describe("everybody", () => {
  it("can use the pages in both languages, themes and widths", async () => {
    await checkLooks(
      { browser, server, name: "translate" },
      async (page) => {
        const document = await addDocument();
        await page.open(`/p/${server.projectId}/translate?document=${document}&row=2`);
        await page.waitForSelector(".hit", { state: "attached" });
      },
      async (page, { name, width }) => {
        if (width > 1000) return;
        await page.click('.pane-switch [data-pane="tools"]');
        await checkLook(page, `${name}-tools`);
        // What is inserted brings the text back into view.
        await page.click(".hit-en >> nth=0");
        expect(await page.inputValue(".row.is-active textarea")).toBe("put the people and their lives first");
        expect(await page.isVisible(".row.is-active textarea")).toBe(true);
      },
    );
    await checkLooks({ browser, server, name: "translate-list" }, (page) => page.open(`/p/${server.projectId}/translate`));
  });
});
