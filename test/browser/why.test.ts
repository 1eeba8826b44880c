/** The sheet "why this rendering" in a real browser: readable in both languages and themes, at both widths, and when printed. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Browser } from "playwright-core";
import { addRemark } from "../../src/workflow/glossary-discussion.ts";
import { relateEntries } from "../../src/workflow/glossary-relations.ts";
import { addEntry, addRendering, decideTerm } from "../../src/workflow/glossary.ts";
import { startTestServer } from "../server/server-setup.ts";
import type { TestServer } from "../server/server-setup.ts";
import { checkAccessibility, newPage, openBrowser, overflowsSideways, takeShot } from "./browser-setup.ts";

let server: TestServer;
let browser: Browser;
let address: string;

beforeAll(async () => {
  server = await startTestServer();
  browser = await openBrowser();
  const { application, projectId } = server;
  const locator = `https://yunxi.example/${"a-long-address-".repeat(8)}`;
  await application.stores.concepts.saveSource(
    {
      id: "YX",
      body: "Yunxi Province",
      title: "Address on flood control",
      date: "2024-03-02",
      locator,
      kind: "official bilingual text",
    },
    projectId,
  );
  const quotations = {
    sourceQuotation: "各地各部门要靠前指挥，严防死守，确保人民群众生命财产安全。",
    targetQuotation:
      "All places and departments must command from the front, hold every line, and keep people and property safe.",
  };
  const entry = { projectId, author: "Chen Yu", kind: "phrase" as const };
  const rendering = {
    text: "hold every line",
    status: "proposed" as const,
    attestation: { source: "YX", place: "paragraph 4", ...quotations },
  };
  const [first, other] = [
    await addEntry(application, { ...entry, class: "set-phrase", text: "严防死守", rendering }),
    await addEntry(application, { ...entry, text: "严防严守" }),
  ];
  if (first.kind !== "saved" || other.kind !== "saved") throw new Error("not stored");
  const conceptId = first.concept.id;
  const termId = first.concept.terms[1]?.id ?? "";
  const decision = { projectId, author: "Zhao Ning", termId, baseRevision: 1, status: "approved" as const };
  await decideTerm(application, { ...decision, reason: "Short, and what the province says.", citation: "YX" });
  const proposal = { language: "en", text: "defend to the death", status: "proposed" as const };
  await addRendering(application, {
    projectId,
    conceptId,
    author: "Li Min",
    rendering: proposal,
    reason: "Met in an older notice.",
  });
  await relateEntries(application, { projectId, author: "Li Min", conceptId, type: "contrast", otherId: other.concept.id });
  await addRemark(application, { projectId, conceptId, author: "Li Min", text: "Is there a form for headlines?" });
  address = `/p/${projectId}/glossary/${conceptId}/why`;
});
afterAll(() => server.close());

it.each([
  ["en", "light", 1440],
  ["zh-CN", "dark", 390],
] as const)("is whole, passes axe, and does not scroll sideways (%s, %s, %i)", async (language, theme, width) => {
  const page = await newPage(browser, server, { language, theme, width });
  await page.open(address);
  const text = (await page.textContent(".sheet-page")) ?? "";
  for (const words of [
    "严防死守",
    "hold every line",
    "Short, and what the province says.",
    "defend to the death",
    "严防严守",
    "headlines?",
  ]) {
    expect(text).toContain(words);
  }
  await takeShot(page, `why-${String(width)}-${language}-${theme}`);
  expect(await checkAccessibility(page)).toEqual([]);
  expect(await overflowsSideways(page)).toBe(false);
  await page.emulateMedia({ media: "print" });
  await expect.poll(() => page.isVisible(".pagebar")).toBe(false);
  await expect.poll(() => page.isVisible(".sheet-page")).toBe(true);
  await takeShot(page, `why-print-${String(width)}-${language}`);
  await page.emulateMedia({ media: "screen" });
  await page.keyboard.press("Escape");
  await page.waitForURL((url) => !url.pathname.endsWith("/why"));
  expect(page.problems).toEqual([]);
});
