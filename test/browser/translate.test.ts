/** Translating row by row in a real browser: writing, confirming, matches, terms, drafts, conflicts, undo, input methods. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser } from "playwright-core";
import { startTestServer } from "../server/server-setup.ts";
import type { TestServer } from "../server/server-setup.ts";
import { checkLook, checkLooks, newPage, openBrowser, takeShot } from "./browser-setup.ts";
import type { PageOptions, TestPage } from "./browser-setup.ts";

const EVIL = "<img src=x onerror=alert(1)>";
const SENTENCES = [
  "关于做好云溪省防汛工作的通知",
  "各地要坚持人民至上、生命至上，落实防汛责任制。",
  "各地要加强值班值守，2月3日前报送情况。",
  `要注意${EVIL}这样的文字。`,
  "各地要坚持人民至上、生命至上，落实防汛责任制。",
  "各地要加强值班值守，3月5日前报送情况。",
  "各级负责人要靠前指挥。",
];
const ENGLISH = "All localities shall put the people and their lives first and fulfil flood control duties.";

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  server = await startTestServer();
  browser = await openBrowser();
  await addTerm("人民至上、生命至上", "put the people and their lives first");
  await addTerm("生命至上", "put life first");
  await addTerm("防汛责任制", "flood control responsibility system");
});
afterAll(async () => {
  await server.close();
});

async function addTerm(text: string, rendering: string): Promise<void> {
  const { stores, clock } = server.application;
  const parts = { status: "approved", termType: "phrase", attestations: [{ source: "house" }] } as const;
  await stores.concepts.create(
    {
      kind: "phrase",
      terms: [
        { ...parts, language: "zh", text, matching: "exact" },
        { ...parts, language: "en", text: rendering, matching: "inflecting" },
      ],
    },
    { projectId: server.projectId, author: "Zhao Ning", at: clock(), reason: "decided", citation: "house" },
  );
}

/** A document of its own for each test. */
async function addDocument(sentences: readonly string[] = SENTENCES): Promise<string> {
  const { stores, clock } = server.application;
  const document = await stores.documents.add(
    {
      projectId: server.projectId,
      ordinal: 0,
      title: sentences[0] ?? "空白",
      language: "zh",
      side: "source",
      paragraphs: sentences.map((text, at) => ({
        text,
        role: "body",
        line: at + 1,
        segments: [{ kind: "segment", source: text }],
      })),
    },
    { author: "Zhao Ning", at: clock() },
  );
  return document.id;
}

const address = (document: string, rest = "") => `/p/${server.projectId}/translate?document=${document}${rest}`;

async function openText(document: string, rest = "", options: PageOptions = {}): Promise<TestPage> {
  const page = await newPage(browser, server, options);
  await page.open(address(document, rest));
  await page.waitForSelector(".row.is-active textarea");
  return page;
}

const rowsOf = (document: string) => server.application.stores.segments.list({ documentId: document });
const activeNumber = (page: TestPage) => page.locator(".row.is-active .row-no a").textContent();
const stateOf = (page: TestPage, row: number) =>
  page.locator(`.row:has(a[href="#row-${row}"]) .row-state .status`).getAttribute("title");
const saved = (page: TestPage) => page.waitForSelector("[data-saved][data-kind=saved]:has-text('Saved')");

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

/** Runs in the page: what it keeps on this computer. */
const listDrafts = () => Object.keys(localStorage).filter((key) => key.startsWith("dingyi-draft"));

describe("what is not saved yet", () => {
  it("stays on this computer while the server is away, and is found again after a reload", async () => {
    const document = await addDocument();
    const page = await openText(document, "&row=2");
    await page.route("**/api/p/*/segments/*", (route) => (route.request().method() === "PUT" ? route.abort() : route.continue()));
    await page.keyboard.type("Kept here.");
    await page.waitForSelector("[data-saved][data-kind=offline]");
    expect(await page.textContent("[data-saved]")).toContain("draft kept on this computer");
    expect(await stateOf(page, 2)).toContain("Kept on this computer");
    expect((await rowsOf(document))[1]?.target).toBeUndefined();
    await page.reload();
    await page.waitForSelector(".row.is-active textarea");
    expect(await page.inputValue(".row.is-active textarea")).toBe("Kept here.");
    expect(await page.textContent("[data-notice]")).toContain("1 draft was found");
    await page.unroute("**/api/p/*/segments/*");
    await expect.poll(async () => (await rowsOf(document))[1]?.target, { timeout: 15_000 }).toBe("Kept here.");
    await expect.poll(() => page.evaluate(listDrafts)).toEqual([]);
  });

  it("keeps a confirmation that did not get through, too", async () => {
    const document = await addDocument();
    const page = await openText(document, "&row=7");
    await page.route("**/api/p/*/segments/*", (route) => (route.request().method() === "PUT" ? route.abort() : route.continue()));
    await page.keyboard.type("Leaders shall take command on the ground.");
    await page.keyboard.press("Control+Enter");
    await page.waitForSelector("[data-saved][data-kind=offline]");
    await page.unroute("**/api/p/*/segments/*");
    await expect.poll(async () => (await rowsOf(document))[6]?.state, { timeout: 15_000 }).toBe("translated");
  });

  it("asks when somebody else has saved the row meanwhile, with all three texts", async () => {
    const document = await addDocument();
    const page = await openText(document, "&row=2");
    const [, row] = await rowsOf(document);
    await server.application.stores.segments.saveTarget({
      segmentId: row?.id ?? "",
      target: "Theirs.",
      state: "initial",
      origin: "typed",
      baseRevision: row?.revision ?? 0,
      author: "Li Min",
      at: server.application.clock(),
    });
    await page.keyboard.type("Mine.");
    await page.waitForSelector("dialog[open] .conflict");
    const words = await page.textContent("dialog[open] .conflict");
    for (const part of ["Mine.", "Theirs.", "Li Min"]) expect(words).toContain(part);
    expect((await rowsOf(document))[1]?.target).toBe("Theirs.");
    await page.keyboard.press("1");
    await expect.poll(async () => (await rowsOf(document))[1]?.target).toBe("Mine.");
    const history = await server.application.stores.segments.history(row?.id ?? "");
    expect(history.map(({ target }) => target)).toEqual(["Theirs.", "Mine."]);
  });
});

describe("undo", () => {
  it("takes steps back one by one, also after a reload, and brings them again", async () => {
    const document = await addDocument();
    const page = await openText(document, "&row=7");
    await page.keyboard.type("Take command.");
    await page.keyboard.press("Control+Enter");
    await saved(page);
    await page.reload();
    await page.waitForSelector(".row.is-active textarea");
    expect(await page.getAttribute("[data-undo]", "aria-label")).toBe("Undo: Confirming row 7");
    await page.click("[data-undo]");
    await expect.poll(async () => (await rowsOf(document))[6]).toMatchObject({ target: "Take command.", state: "initial" });
    await page.click("[data-undo]");
    await expect.poll(async () => (await rowsOf(document))[6]).toMatchObject({ target: "", state: "initial" });
    expect(await page.isDisabled("[data-undo]")).toBe(true);
    await page.click("[data-redo]");
    await expect.poll(async () => (await rowsOf(document))[6]).toMatchObject({ target: "Take command.", state: "initial" });
    await page.click("[data-redo]");
    await expect.poll(async () => (await rowsOf(document))[6]).toMatchObject({ target: "Take command.", state: "translated" });
  });

  it("lists every revision and takes an earlier text again", async () => {
    const document = await addDocument();
    const page = await openText(document, "&row=7");
    await page.keyboard.type("First.");
    await saved(page);
    await page.fill(".row.is-active textarea", "Second.");
    await expect.poll(async () => (await rowsOf(document))[6]?.target).toBe("Second.");
    await page.click("#tab-history");
    await page.waitForSelector("[data-restore]");
    await page.click("[data-restore]");
    await expect.poll(async () => (await rowsOf(document))[6]?.target).toBe("First.");
  });
});

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
