/**
 * The whole path in a real browser, on the sample texts: import, extract, accept, approve a rendering, align, confirm,
 * translate, check, export as valid XLIFF, and bring a translated file back. Each area has its own test; this one holds
 * that what one page makes is what the next one finds.
 */
import { existsSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { XmlBufferInputProvider, XmlDocument, XsdValidator, xmlRegisterInputProvider } from "libxml2-wasm";
import { xmlRegisterFsInputProviders } from "libxml2-wasm/lib/nodejs.mjs";
import type { Browser } from "playwright-core";
import { startTestServer } from "../server/server-setup.ts";
import type { TestServer } from "../server/server-setup.ts";
import { newPage, openBrowser, takeShot } from "./browser-setup.ts";
import type { TestPage } from "./browser-setup.ts";

const samples = [
  "flood-season-notice.zh.txt",
  "flood-season-notice.en.txt",
  "rural-roads-notice.zh.txt",
  "flood-control-speech.zh.txt",
];
const WORDING = "人民至上、生命至上";
const RENDERING = "put the people and their lives first";
/** Stands in both notices, so that its translation in one is a match for the other. */
const SHARED = "对排查出的隐患实行清单管理，逐项明确责任单位、责任人和整改时限。";
const TITLE = "云溪省交通运输厅关于做好农村公路汛期安全工作的通知";

const schemas = resolve("../shared/schemas");
const drivers = {
  xliff12: `${schemas}/xliff12/xliff-core-1.2-transitional.xsd`,
  xliff20: `${schemas}/../checks/drivers/xliff20.xsd`,
} as const;
if (!existsSync(schemas)) console.log("not validated: ../shared/schemas is not here");

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  server = await startTestServer();
  browser = await openBrowser();
}, 60_000);
afterAll(() => server.close());

const path = (rest: string) => `/p/${server.projectId}/${rest}`;
const saved = (page: TestPage) => page.waitForSelector("[data-saved][data-kind=saved]");

async function findDocument(title: string): Promise<string> {
  const documents = await server.application.stores.documents.list({ projectId: server.projectId, side: "source" });
  const found = documents.find((document) => document.title.startsWith(title));
  if (!found) throw new Error(`no ${title}`);
  return found.id;
}

/** The number that the grid shows beside the first row with `words`. */
async function findRow(document: string, words: string): Promise<number> {
  const rows = await server.application.stores.segments.list({ documentId: document });
  const at = rows.filter(({ kind }) => kind === "segment").findIndex(({ source }) => source.includes(words));
  if (at < 0) throw new Error(`no row with ${words}`);
  return at + 1;
}

async function importSamples(page: TestPage): Promise<void> {
  await page.open("/");
  await page.setInputFiles(
    "[data-files]",
    samples.map((name) => `tm/sample/${name}`),
  );
  await page.waitForURL(/\/imports\//);
  await page.waitForSelector("[data-open-document]");
  expect(await page.textContent("[data-accept-all]")).toContain("Accept 4 documents");
  await page.click("[data-accept-all]");
  await page.waitForURL(/\/library/);
  expect(await page.locator("[data-rows] .is-row").count()).toBe(4);
}

async function acceptWording(page: TestPage): Promise<void> {
  await page.open(path("candidates"));
  await page.click("[data-extract]");
  await page.waitForSelector(".kwic-row");
  await page.open(path(`candidates?at=${encodeURIComponent(WORDING)}`));
  await page.waitForSelector(`.cand-head .headword:has-text("${WORDING}")`);
  await page.keyboard.press("a");
  await saved(page);
}

async function approveRendering(page: TestPage): Promise<void> {
  await page.open(path("glossary?find=生"));
  await page.click(`[data-rows] a:has-text("${WORDING}")`);
  await page.waitForSelector("h1.headword");
  await page.waitForSelector("html[data-ready]", { state: "attached" });
  await page.keyboard.press("p");
  await page.fill('.concept-form [name="text"]', RENDERING);
  await page.keyboard.press("Control+Enter");
  // At once, while the step is still being shown: the decision is on the new wording.
  await page.waitForSelector(".concept-form", { state: "detached" });
  await page.keyboard.press("d");
  expect(await page.textContent(".concept-form blockquote")).toBe(RENDERING);
  await page.selectOption('[name="citation"]', "house");
  await page.fill('[name="reason"]', "As in the notice on the flood season.");
  await page.keyboard.press("Control+Enter");
  await page.waitForSelector(".term-card.is-active .status.is-good");
  expect(await page.textContent(".trail")).toContain("As in the notice on the flood season.");
}

async function alignAndConfirm(page: TestPage): Promise<void> {
  await page.open(path("align"));
  await page.click("[data-submit]");
  await page.waitForURL(/\/align\/[\w-]+$/, { timeout: 150_000 });
  await page.waitForSelector(".row.is-active");
  await page.keyboard.press("a");
  await page.keyboard.press("End");
  await page.keyboard.press("Shift+A");
  await expect.poll(() => page.textContent('[data-filter="confirmed"] [data-count]')).not.toBe("1");
  await saved(page);
}

async function confirmRow(page: TestPage, words: string, target: string | undefined): Promise<void> {
  const document = await findDocument(TITLE);
  await page.open(path(`translate?document=${document}&row=${String(await findRow(document, words))}`));
  const editor = page.locator(".row.is-active textarea");
  await editor.waitFor();
  if (target === undefined) {
    await page.waitForSelector('.match .score:has-text("100")');
    await page.keyboard.press("Control+Alt+1");
    await expect.poll(() => editor.inputValue()).not.toBe("");
  } else await editor.fill(target);
  await page.keyboard.press("Control+Enter");
  await saved(page);
}

async function translate(page: TestPage): Promise<void> {
  await confirmRow(page, SHARED, undefined);
  await confirmRow(page, WORDING, "Flood control on rural roads is a task of the first order.");
  await confirmRow(page, "10分钟内", "Warnings must reach the road chiefs within 15 minutes.");
  const rows = await server.application.stores.segments.list({ documentId: await findDocument(TITLE) });
  expect(rows.filter(({ state }) => state === "translated")).toHaveLength(3);
  expect(rows.find(({ source }) => source === SHARED)?.origin).toBe("memory");
}

async function checkAndMend(page: TestPage): Promise<void> {
  await page.open(path("checks"));
  await page.waitForSelector("[data-again]:not([disabled])");
  const group = page.locator(`[data-group="${WORDING}"]`);
  await group.waitFor();
  expect(await group.textContent()).toContain(RENDERING);
  await page.click('.facet:has-text("Numbers, dates and percentages")');
  const link = page.locator('.finding a[href*="/translate?"]').first();
  await link.click();
  const editor = page.locator(".row.is-active textarea");
  await editor.waitFor();
  expect(await editor.inputValue()).toContain("15 minutes");
  await editor.fill("Warnings must reach the road chiefs within 10 minutes.");
  await page.keyboard.press("Control+Enter");
  await saved(page);
  await page.open(path("checks"));
  await page.waitForSelector("[data-again]:not([disabled])");
  await page.click("[data-again]");
  const numbers = page.locator('.facet:has-text("Numbers, dates and percentages")');
  // The filter stays as it was left, and says that nothing is under it any more.
  await expect.poll(() => numbers.textContent(), { timeout: 20_000 }).toMatch(/[^0-9]0$/);
}

async function download(page: TestPage, format: keyof typeof drivers): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent("download"), page.click(`[data-format="${format}"] [data-download]`)]);
  return readFile(await file.path(), "utf8");
}

function validate(kind: keyof typeof drivers, text: string): void {
  const schema = XmlDocument.fromBuffer(readFileSync(drivers[kind]), { url: `file://${drivers[kind]}` });
  const validator = XsdValidator.fromDoc(schema);
  const document = XmlDocument.fromString(text);
  try {
    validator.validate(document);
  } finally {
    document.dispose();
    validator.dispose();
    schema.dispose();
  }
}

async function exportAndBringBack(page: TestPage): Promise<void> {
  const document = await findDocument(TITLE);
  await page.open(path(`export?document=${document}`));
  await page.waitForSelector('[data-format="xliff20"] [data-losses] :is(ul, .is-good)');
  const texts = { xliff12: await download(page, "xliff12"), xliff20: await download(page, "xliff20") };
  for (const text of Object.values(texts)) expect(text).toContain("within 10 minutes");
  if (existsSync(schemas)) {
    xmlRegisterFsInputProviders();
    const xml = { "http://www.w3.org/2001/xml.xsd": readFileSync(`${schemas}/xliff12/xml.xsd`) };
    xmlRegisterInputProvider(new XmlBufferInputProvider(xml));
    for (const kind of ["xliff12", "xliff20"] as const) validate(kind, texts[kind]);
  }
  // What a CAT tool would do with the first row.
  const translated = texts.xliff12.replace(
    `<source>${TITLE}</source>\n        <target state="new"></target>`,
    `<source>${TITLE}</source>\n        <target state="translated">Notice on Rural Road Safety</target>`,
  );
  expect(translated).not.toBe(texts.xliff12);
  await page.setInputFiles("[data-files]", { name: "back.xlf", mimeType: "application/xml", buffer: Buffer.from(translated) });
  await page.waitForURL(/\/returns\//);
  await page.waitForSelector(".return-row");
  expect(await page.textContent(".return-row")).toContain("Notice on Rural Road Safety");
  await takeShot(page, "whole-path-return");
  await page.keyboard.press("Control+Enter");
  await page.waitForSelector(".notice.is-good");
  await page.open(path(`translate?document=${document}&row=1`));
  await page.waitForSelector(".row.is-active textarea");
  expect(await page.inputValue(".row.is-active textarea")).toBe("Notice on Rural Road Safety");
}

describe("the whole path", () => {
  it("leads from texts to a file for another tool and back", async () => {
    const page = await newPage(browser, server);
    await importSamples(page);
    await acceptWording(page);
    await approveRendering(page);
    await alignAndConfirm(page);
    await translate(page);
    await checkAndMend(page);
    await exportAndBringBack(page);
    expect(page.problems).toEqual([]);
  }, 240_000);
});
