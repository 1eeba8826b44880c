/** Glossary files in a real browser: a table that has to be explained, and every format on the way out. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestServer } from "../server/server-setup.ts";
import { startTestServer } from "../server/server-setup.ts";
import { checkAccessibility, newPage, openBrowser, overflowsSideways, takeShot } from "./browser-setup.ts";

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  server = await startTestServer();
  browser = await openBrowser();
});
afterAll(() => server.close());

/** 序号 甲 乙 in GB18030: nobody can tell what the columns are. */
const UNNAMED = Buffer.concat([
  Buffer.from("n1,n2,n3,n4\r\n"),
  Buffer.from([0x31, 0x2c, 0xb7, 0xc0, 0xd1, 0xb4, 0x2c]),
  Buffer.from("flood control,x\r\n"),
  Buffer.from([0x32, 0x2c, 0xbf, 0xb9, 0xba, 0xb5, 0x2c]),
  Buffer.from("drought relief,y\r\n"),
]);

async function findTexts(): Promise<readonly string[]> {
  const { concepts } = await server.application.stores.concepts.loadGlossary(server.projectId);
  return concepts.flatMap(({ terms }) => terms.map(({ text }) => text));
}

describe("a glossary file that does not explain itself", () => {
  it("is read as a person says: encoding, columns; only then anything is stored", async () => {
    const page = await newPage(browser, server);
    await page.open(`/p/${server.projectId}/glossary`);
    await page.setInputFiles("[data-files]", { name: "terms.csv", mimeType: "text/csv", buffer: UNNAMED });
    await page.waitForURL(/glossary-imports/);
    await page.waitForSelector("[data-reading][open]");
    await expect.poll(() => page.isDisabled("[data-accept]")).toBe(true);
    await takeShot(page, "glossary-reading-1440-en-light");
    expect(await checkAccessibility(page)).toEqual([]);
    await page.selectOption('[name="encoding"]', "gb18030");
    await expect.poll(() => page.textContent(".reading-columns"), { timeout: 20_000 }).toContain("防汛");
    await page.check(".reading .check input");
    await expect.poll(() => page.textContent(".reading-columns tbody th"), { timeout: 20_000 }).toContain("n1");
    await page.selectOption('[data-column="2"]', "zh");
    await expect.poll(() => page.inputValue('[data-column="2"]'), { timeout: 20_000 }).toBe("zh");
    await page.selectOption('[data-column="3"]', "en");
    await page.waitForSelector(".import-table .gloss-word");
    await takeShot(page, "glossary-columns-1440-en-light");
    await page.reload();
    await page.waitForSelector(".import-table .gloss-word");
    expect(await findTexts()).toEqual([]);
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => page.textContent("[data-content]"), { timeout: 20_000 }).toContain("2 entries added");
    expect([...(await findTexts())].sort()).toEqual(["drought relief", "flood control", "抗旱", "防汛"]);
    expect(page.problems).toEqual([]);
  });
});

describe("every format of a glossary", () => {
  it.each([
    ["en", "light", 1440],
    ["zh-CN", "dark", 390],
  ] as const)("says what it would lose before it is downloaded (%s, %s, %i)", async (language, theme, width) => {
    const page = await newPage(browser, server, { language, theme, width });
    await page.open(`/p/${server.projectId}/glossary-export`);
    expect(await page.locator(".export-card").count()).toBe(12);
    await takeShot(page, `glossary-export-${String(width)}-${language}-${theme}`);
    expect(await checkAccessibility(page)).toEqual([]);
    expect(await overflowsSideways(page)).toBe(false);
    const [download] = await Promise.all([page.waitForEvent("download"), page.click('[data-format="xlsx"] a')]);
    expect(download.suggestedFilename()).toMatch(/\.glossary\.xlsx$/);
    expect(page.problems).toEqual([]);
  });
});
