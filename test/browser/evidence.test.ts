/** The evidence board in a real browser: looking for renderings as a job, opening a line, proposing it, taking it back. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Browser } from "playwright-core";
import { addEntry } from "../../src/workflow/glossary.ts";
import { openOwnMemory } from "../../src/workflow/project-memories.ts";
import { startTestServer } from "../server/server-setup.ts";
import type { TestServer } from "../server/server-setup.ts";
import { checkLooks, newPage, openBrowser } from "./browser-setup.ts";

const PAIRS: readonly (readonly [string, string])[] = [
  [
    "各乡镇实行网格化巡堤，责任到人。",
    "Every township carries out grid-based dyke patrols, with a <b>named</b> person in charge.",
  ],
  ["网格化巡堤已经覆盖全省。", "Grid-based dyke patrols now cover the whole province."],
  ["干部参加网格化巡堤。", "Officials take part in grid-based dyke patrols."],
  ["县里推广网格化巡堤。", "The county promotes sectoral embankment inspection."],
  ["网格化巡堤取得成效。", "Sectoral embankment inspection has shown results."],
];

let server: TestServer;
let browser: Browser;
let address = "";
beforeAll(async () => {
  server = await startTestServer();
  browser = await openBrowser();
  const { application, projectId } = server;
  const memory = await openOwnMemory(application, projectId, "translations");
  await application.stores.memories.saveUnits({
    memoryId: memory.id,
    author: "Wu Fang",
    at: application.clock(),
    units: PAIRS.map(([source, target], at) => ({
      originKey: `planted:${at}`,
      ...{ source, target, sourceLanguage: "zh", targetLanguage: "en", state: "reviewed", document: "Notice 7" },
    })),
  });
  const made = await addEntry(application, { projectId, author: "Li Min", kind: "phrase", text: "网格化巡堤" });
  if (made.kind !== "saved") throw new Error(made.kind);
  address = `/p/${projectId}/glossary/${made.concept.id}`;
});
afterAll(() => server.close());

it("finds renderings as a job, shows both sentences, proposes by one press and takes it back", async () => {
  const page = await newPage(browser, server);
  await page.open(address);
  await page.click("[data-evidence] button");
  await page.waitForSelector(".evidence-line", { timeout: 60_000 });
  expect(await page.locator(".evidence-line [data-open]").allTextContents()).toEqual(
    expect.arrayContaining([expect.stringMatching(/^grid-based dyke patrols$/i)]),
  );
  const line = page.locator(".evidence-line", { hasText: /grid-based dyke patrols/i });
  await line.locator("[data-open]").click();
  await expect.poll(() => page.textContent(".evidence-open .pair mark")).toBe("网格化巡堤");
  await expect.poll(() => page.textContent(".evidence-open")).toContain("<b>named</b>");
  await line.locator("[data-take]").click();
  await page.waitForSelector('[data-swap="terms"] [lang="en"].term-text');
  await expect.poll(() => page.textContent('[data-swap="terms"] [lang="en"].term-text')).toMatch(/grid-based dyke patrols/i);
  await expect.poll(() => page.textContent('[data-swap="terms"] .cited-list')).toContain("Notice 7");
  await expect.poll(() => line.textContent()).toContain("Proposed");
  await page.keyboard.press("Control+z");
  await expect.poll(() => line.textContent()).not.toContain("Proposed");
  expect(await page.locator(".evidence-open .pair").count()).toBeGreaterThan(0);
  await expect.poll(() => page.locator('[data-swap="terms"] .term-card:not(.is-off) [lang="en"].term-text').count()).toBe(0);
  expect(page.problems).toEqual([]);
});

it("is accessible and fits in both languages, themes and widths", async () => {
  await checkLooks({ browser, server, name: "evidence" }, async (page) => {
    await page.open(address);
    await page.click(".evidence-line [data-open] >> nth=0");
    await page.waitForSelector(".evidence-open .pair");
  });
});
