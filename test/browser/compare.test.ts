/** Versions side by side in a real browser: from the library to a difference, a decision, a note, and back. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Browser } from "playwright-core";
import { startTestServer } from "../server/server-setup.ts";
import type { TestServer } from "../server/server-setup.ts";
import { checkLook, checkLooks, newPage, openBrowser } from "./browser-setup.ts";
import type { TestPage } from "./browser-setup.ts";

const PARAGRAPHS = Array.from(
  { length: 60 },
  (_, number) => `第${number}条，各地要落实第${number}号责任书，做好云溪河第${number}段的巡查，和群众一起守护堤防。`,
);
const changed = (text: string, number: number) =>
  number % 20 === 5 ? text.replace("和群众", "同群众") : text.replace("，做好", ",做好");

/** The 31st comes last. */
const moveOne = (texts: readonly string[]) => [...texts.slice(0, 30), ...texts.slice(31), ...texts.slice(30, 31)];

let server: TestServer;
let browser: Browser;
let address = "";
beforeAll(async () => {
  server = await startTestServer();
  browser = await openBrowser();
  const [base = "", other = ""] = await server.importTexts({
    "one.txt": `云溪省巡查办法\n\n${PARAGRAPHS.join("\n\n")}\n`,
    "two.txt": `云溪省巡查办法\n\n${moveOne(PARAGRAPHS.map(changed)).join("\n\n")}\n\n此件公开发布，由各市转发。\n`,
  });
  address = `/p/${server.projectId}/compare?base=${base}&other=${other}`;
});
afterAll(() => server.close());

async function openComparison(page: TestPage): Promise<void> {
  await page.open(address);
  await page.waitForSelector(".compare .is-row");
}

it("goes from difference to difference by key, keeps a reading and a note, and takes them back after a reload", async () => {
  const page = await newPage(browser, server);
  await page.open(`/p/${server.projectId}/compare`);
  await page.click(".compare-choose tbody a");
  await page.waitForSelector(".compare .is-row");
  await openComparison(page);
  await expect.poll(() => page.textContent('[data-class="wording"] [data-count]')).toBe("3");
  await expect.poll(() => page.textContent('[data-class="width"]')).toContain("57");
  await expect.poll(() => page.textContent('[data-class="moved"] [data-count]')).toBe("1");
  await page.keyboard.press("n");
  await expect.poll(() => page.textContent("[data-place]")).toBe("Difference 1 of 5");
  await expect.poll(() => page.textContent(".differs.is-current")).toBe("和");
  await page.keyboard.press("n");
  await page.keyboard.press("2");
  await expect.poll(() => page.textContent(".is-active .row-mid")).toContain("2 followed");
  await page.keyboard.press("c");
  await page.keyboard.type("1 is the older wording");
  await page.keyboard.press("Control+Enter");
  await expect.poll(() => page.textContent("[data-row-words]")).toContain("1 is the older wording");
  await openComparison(page);
  await page.keyboard.press("u");
  await expect.poll(() => page.textContent(".is-active .row-mid")).toContain("2 followed");
  await expect.poll(() => page.textContent("[data-row-words]")).not.toContain("older");
  await page.keyboard.press("u");
  await expect.poll(() => page.textContent(".is-active .row-mid")).not.toContain("followed");
  await expect.poll(() => page.isDisabled("[data-undo]")).toBe(true);
  // A paragraph that moved: where the other version has it.
  await openComparison(page);
  for (const place of ["1", "2", "3"]) {
    await page.keyboard.press("n");
    await expect.poll(() => page.textContent("[data-place]")).toBe(`Difference ${place} of 5`);
  }
  const words = () => page.textContent("[data-row-words]");
  await expect.poll(words).toContain("Version 2 has it after row 61. The words are the same.");
  // Chips choose what is shown; nothing shown names the way out.
  for (const chip of ['[data-class="wording"]', '[data-class="moved"]', '[data-class="missing"]', "[data-equal]"])
    await page.click(chip);
  await page.click(".compare .empty button");
  await expect.poll(() => page.textContent("[data-place]")).toBe("61 differences");
  expect(page.problems).toEqual([]);
});

it("is accessible and stays inside the window in both languages, themes and widths", async () => {
  await checkLooks({ browser, server, name: "compare" }, async (page) => {
    await openComparison(page);
    await page.keyboard.press("n");
    await page.waitForSelector(".is-current");
  });
  const page = await newPage(browser, server, { width: 390 });
  await page.open(`/p/${server.projectId}/compare`);
  await checkLook(page, "compare-choose-390");
});
