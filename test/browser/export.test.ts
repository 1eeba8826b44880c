/** Export and bringing back in a real browser: losses, downloads, the preview of a returned file, a memory. */
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser } from "playwright-core";
import { fillProject, translate } from "../server/checks-samples.ts";
import { startTestServer } from "../server/server-setup.ts";
import type { TestServer } from "../server/server-setup.ts";
import { checkAccessibility, checkLooks, newPage, openBrowser, overflowsSideways, takeShot } from "./browser-setup.ts";
import type { TestPage } from "./browser-setup.ts";

let server: TestServer;
let browser: Browser;
let document: string;
beforeAll(async () => {
  server = await startTestServer();
  document = await fillProject(server);
  browser = await openBrowser();
});
afterAll(() => server.close());

const path = () => `/p/${server.projectId}/export`;
const TITLE = "关于做好防汛工作的通知";

async function openExport(page: TestPage, query = ""): Promise<void> {
  await page.open(path() + query);
  await page.waitForSelector('[data-format="xliff12"] [data-losses] :is(ul, .is-good)');
}

/** An XLIFF of the document with the title translated, one confirmed row changed and one source that is another. */
async function returned(): Promise<string> {
  const text = await (await server.send(`${path()}/file?format=xliff20&document=${document}`)).text();
  return text
    .replace(
      new RegExp(`(<segment id="[^"]+") state="initial">(\\s*)<source>${TITLE}</source>`),
      `$1 state="reviewed">$2<source>${TITLE}</source><target>Notice on Flood Control</target>`,
    )
    .replace("All localities should adopt targeted measures", "Localities must adopt targeted measures")
    .replace("<source>云溪省人民政府办公厅</source>", "<source>云溪省人民政府</source>");
}

async function bringBack(page: TestPage, name: string, text: string): Promise<void> {
  await page.setInputFiles("[data-files]", { name, mimeType: "application/xml", buffer: Buffer.from(text) });
}

async function openReturn(page: TestPage): Promise<void> {
  await openExport(page);
  await bringBack(page, "译文.xlf", await returned());
  await page.waitForURL(/\/returns\//);
  await page.waitForSelector(".return-row");
}

describe("the export page", () => {
  it("says what each format loses and downloads the chosen document", async () => {
    const page = await newPage(browser, server);
    await openExport(page, `?document=${document}`);
    expect(await page.textContent("[data-chosen]")).toBe("1 document chosen");
    expect(await page.textContent('[data-format="xliff20"] [data-losses]')).toContain("Everything survives");
    expect(await page.textContent('[data-format="xliff-json"] [data-losses]')).toContain("states of translation");
    const [download] = await Promise.all([page.waitForEvent("download"), page.click('[data-format="xliff20"] [data-download]')]);
    expect(download.suggestedFilename()).toBe(`${TITLE}.2.0.xlf`);
    expect(await readFile(await download.path(), "utf8")).toContain(TITLE);
    expect(page.problems).toEqual([]);
  });

  it("follows the choice of tool and spreadsheet in its links, and offers nothing when nothing is chosen", async () => {
    const page = await newPage(browser, server);
    await openExport(page);
    await page.selectOption("#export-tool", "omegat");
    expect(await page.textContent("[data-advice]")).toContain("OmegaT passes over units that have none");
    expect(await page.getAttribute('[data-format="xliff12"] [data-download]', "href")).toContain("profile=omegat");
    await page.uncheck('[data-format="csv"] [data-spreadsheet]');
    expect(await page.getAttribute('[data-format="csv"] [data-download]', "href")).not.toContain("spreadsheet");
    await page.check('[value="chosen"]');
    expect(await page.getAttribute('[data-format="csv"] [data-download]', "aria-disabled")).toBe("true");
    await page.click("[data-all]");
    expect(await page.getAttribute('[data-format="csv"] [data-download]', "href")).toContain(document);
  });

  it("says in words, with line and column, why a file cannot be read", async () => {
    const page = await newPage(browser, server);
    await openExport(page);
    await bringBack(page, "broken.xlf", (await returned()).slice(0, 900));
    await page.waitForSelector("[data-refusal] .notice");
    expect(await page.textContent("[data-refusal]")).toMatch(/broken\.xlf could not be read.*Line \d+, column \d+/s);
  });

  it("is accessible and never scrolls sideways", async () => {
    await checkLooks({ browser, server, name: "export" }, (page) => openExport(page, `?document=${document}`));
  });
});

describe("a translation that comes back", () => {
  it("shows both texts with their differences, takes what is chosen, and undoes it after a reload", async () => {
    const page = await newPage(browser, server);
    await openReturn(page);
    expect(await page.locator(".return-row").count()).toBe(3);
    expect(await page.textContent("[data-summary]")).toContain("3 rows to decide");
    expect(await page.locator("ins.diff").first().textContent()).toBe("Localities");
    expect(await page.locator("[data-box]:checked").count()).toBe(1);
    expect(await page.locator("[data-box]:disabled").count()).toBe(1);
    await page.click('.facet:has-text("Both changed")');
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    expect(await page.textContent("[data-take]")).toContain("Take over 2 rows");
    await page.reload();
    await page.waitForSelector(".return-row");
    expect(await page.textContent("[data-take]")).toContain("Take over 2 rows");
    await page.keyboard.press("Control+Enter");
    await page.waitForSelector(".notice.is-good");
    expect(await page.textContent(".return-notes")).toContain("2 rows were taken over");
    const rows = await server.application.stores.segments.list({ documentId: document });
    expect(rows.map(({ target }) => target)).toContain("Notice on Flood Control");
    await page.reload();
    await page.waitForSelector("[data-undo]");
    await page.keyboard.press("Control+z");
    await page.waitForSelector('.return-notes:has-text("Undone: 2 rows")');
    const after = await server.application.stores.segments.list({ documentId: document });
    expect(after.map(({ target }) => target)).not.toContain("Notice on Flood Control");
    expect(page.problems).toEqual([]);
  });

  it("says so when a row was changed in the meantime and leaves it as it is", async () => {
    const page = await newPage(browser, server);
    await openReturn(page);
    await translate(server, document, { [TITLE]: "Typed meanwhile" });
    await page.click("[data-take]");
    await page.waitForSelector(".notice.is-warn");
    expect(await page.textContent(".return-notes")).toContain("1 row was changed by someone while you were looking");
    expect(await page.textContent(".return-row")).toContain("Typed meanwhile");
  });

  it("is accessible and never scrolls sideways", async () => {
    await checkLooks({ browser, server, name: "return" }, async (page) => {
      await openReturn(page);
      await page.keyboard.press("j");
    });
  });
});

describe("a memory that comes in", () => {
  const unit = (number: number) =>
    `<tu><tuv xml:lang="zh-CN"><seg>第${String(number)}条。</seg></tuv><tuv xml:lang="en-US"><seg>Article ${String(number)}.</seg></tuv></tu>`;
  const tmx = (count: number) =>
    `<?xml version="1.0"?><tmx version="1.4"><header creationtool="Old" creationtoolversion="1" srclang="zh-CN" segtype="sentence" o-tmf="x" adminlang="en" datatype="plaintext"/><body>${Array.from({ length: count }, (_, at) => unit(at + 1)).join("\n")}</body></tmx>`;

  it.each([
    [1440, "en", "light"],
    [390, "zh-CN", "dark"],
  ] as const)("is described, imported with progress, and taken out again (%i px, %s, %s)", async (width, language, theme) => {
    const page = await newPage(browser, server, { width, language, theme });
    await openExport(page);
    await bringBack(page, `memory-${language}.tmx`, tmx(3000 + width));
    await page.waitForURL(/\/returns\//);
    await page.waitForSelector("[data-form]:not([hidden])");
    await takeShot(page, `memory-${width}-${language}-${theme}`);
    expect(await page.inputValue("#memory-name")).toBe(`memory-${language}`);
    expect(await checkAccessibility(page)).toEqual([]);
    expect(await overflowsSideways(page)).toBe(false);
    await page.click("[data-import]");
    await page.waitForSelector("[data-result] .is-good");
    const find = async () =>
      (await server.application.stores.memories.list(server.projectId)).find(({ name }) => name === `memory-${language}`);
    expect((await find())?.unitCount).toBe(3000 + width);
    await page.click("[data-undo]");
    await page.waitForSelector("[data-result] .notice:not(.is-good)");
    expect((await find())?.unitCount).toBe(0);
    expect(page.problems).toEqual([]);
  });
});
