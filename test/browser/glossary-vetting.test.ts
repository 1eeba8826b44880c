/** Vetting in a real browser: pinyin, many entries at once, settings, and what stands around an entry. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser } from "playwright-core";
import { startTestServer } from "../server/server-setup.ts";
import type { TestServer } from "../server/server-setup.ts";
import { checkLook, newPage, openBrowser } from "./browser-setup.ts";

let server: TestServer;
let browser: Browser;

type Wanted = { readonly kind?: "phrase" | "frame"; readonly rendering?: string };

async function addConcepts(texts: readonly string[], { kind = "phrase", rendering = "rendering" }: Wanted = {}): Promise<void> {
  const term = { status: "proposed" as const, attestations: [] };
  const concepts = texts.map((text) => ({
    kind,
    terms: [
      { ...term, language: "zh", text, termType: "phrase" as const, matching: "exact" as const },
      { ...term, language: "en", text: rendering, termType: "fullForm" as const, matching: "inflecting" as const },
    ],
  }));
  const signed = { projectId: server.projectId, author: "Li Min", at: "2026-01-05T08:00:00.000Z" };
  await server.application.stores.concepts.importAll(concepts, signed);
}

// Set-up outside the tests: one that is run again finds everything there once.
beforeAll(async () => {
  server = await startTestServer();
  browser = await openBrowser();
  await addConcepts([
    "靠前指挥",
    "联防联控",
    ...Array.from({ length: 30 }, (_, at) => `批量词条第${String(at).padStart(2, "0")}号`),
  ]);
  await addConcepts(["把{X}作为{Y}来抓"], { kind: "frame", rendering: "treat {X} as {Y}" });
  const source = { id: "bulletin", body: "Yunxi Press Office", title: "Bulletin 9" };
  await server.application.stores.concepts.saveSource(source, server.projectId);
});
afterAll(() => server.close());

const glossary = () => `/p/${server.projectId}/glossary`;

async function findId(text: string): Promise<string> {
  const [concept] = await server.application.stores.concepts.findByTerm({ projectId: server.projectId, text });
  if (!concept) throw new Error(`no ${text}`);
  return concept.id;
}

describe("the list", () => {
  it("finds by pinyin, changes the chosen entries, says what was refused, and takes it back as one after a reload", async () => {
    const page = await newPage(browser, server);
    await page.open(glossary());
    for (const [letters, found] of [
      ["lflk", "联防联控"],
      ["kaoqian", "靠前指挥"],
    ] as const) {
      await page.fill("[data-find]", letters);
      await expect.poll(() => page.textContent("[data-rows] .gloss-word")).toBe(found);
      await expect.poll(() => page.textContent("[data-summary]")).toBe("1 entry");
    }
    await page.open(`${glossary()}?find=第0`);
    for (const key of ["j", "x", "j", "j", "Shift+X"]) await page.keyboard.press(key);
    await expect.poll(() => page.textContent("[data-selected]")).toBe("3 entries chosen");
    await page.click('[data-bulk-action="domain"]');
    await page.keyboard.type("flood control");
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => page.textContent("[data-bulk-result]")).toContain("3 entries done");
    await expect.poll(() => page.locator(".gloss-domain").count()).toBe(3);
    await page.keyboard.press("Shift+A");
    await expect.poll(() => page.textContent("[data-selected]")).toBe("10 entries chosen");
    await page.click('[data-bulk-action="propose"]');
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => page.textContent("[data-bulk-result]")).toContain("10 left as they were: It has no rendering");
    await page.click('[data-bulk-action="approve"]');
    await page.fill('dialog [name="reason"]', "Checked together.");
    await page.selectOption('dialog [name="citation"]', "house");
    await checkLook(page, "glossary-bulk");
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => page.textContent("[data-bulk-result]")).toContain("10 entries done");
    const file = page.waitForEvent("download");
    await page.click('[data-bulk-action="export"]');
    await page.click('dialog [value="csv"]');
    expect((await file).suggestedFilename()).toContain(".csv");
    await page.reload();
    await page.waitForSelector("[data-bulk-undo]");
    await page.keyboard.press("Control+z");
    await expect.poll(() => page.textContent("[data-bulk-result]")).toContain("taken back in 10 entries");
    const stored = await server.application.stores.concepts.find(await findId("批量词条第05号"));
    expect(stored?.terms.map(({ status }) => status)).toEqual(["proposed", "proposed"]);
    expect(page.problems).toEqual([]);
  });

  it("keeps who decides, the order of authorities and what is known of sources, each step with its way back", async () => {
    const { stores } = server.application;
    const page = await newPage(browser, server);
    await page.open(glossary());
    await page.keyboard.press("s");
    await page.waitForSelector(".level");
    const inputs = page.locator(".level .level-field:first-child input");
    const names = () => inputs.evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value));
    const before = await names();
    await inputs.nth(1).press("Alt+ArrowUp");
    await expect.poll(names).toEqual([before[1], before[0], ...before.slice(2)]);
    await page.click(".dialog-settings .settings-part .btn-row .btn:has-text('Undo')");
    await expect.poll(names).toEqual(before);
    const fourEyes = async () => (await stores.vetting.findRules(server.projectId))?.rules.fourEyes;
    await page.click("text=Two people decide");
    await expect.poll(fourEyes).toBe(true);
    await page.click("text=Two people decide");
    await expect.poll(fourEyes).toBe(false);
    await page.fill(".source-item input", "2025-06");
    await page.press(".source-item input", "Tab");
    const sources = () => stores.concepts.listSources(server.projectId);
    await expect.poll(async () => (await sources()).find(({ id }) => id === "bulletin")?.date).toBe("2025-06");
    await checkLook(page, "glossary-settings");
    await page.setViewportSize({ width: 390, height: 844 });
    await checkLook(page, "glossary-settings-390");
    expect(page.problems).toEqual([]);
  });
});

describe("an entry", () => {
  it("is related, discussed, settled without a rendering, and takes a rejected wording up again", async () => {
    const id = await findId("批量词条第15号");
    const page = await newPage(browser, server);
    await page.open(`${glossary()}/${id}`);
    await page.keyboard.press("r");
    await page.keyboard.press("Tab");
    await page.keyboard.type("第16");
    await page.waitForSelector(".picker-item");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+Enter");
    await page.waitForSelector(".relation-group .twin");
    await expect.poll(() => page.textContent(".relation-group .twin")).toBe("6");
    await page.keyboard.press("Control+z");
    await page.waitForSelector(".relation-group", { state: "detached" });

    await page.keyboard.press("m");
    await page.keyboard.type("Who still uses this?");
    await page.keyboard.press("Control+Enter");
    await page.waitForSelector(".thread");
    await page.click("[data-answer]");
    await page.keyboard.type("Nobody since June.");
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => page.textContent(".thread")).toContain("Nobody since June.");
    await page.click('[data-settle="resolve"]');
    await page.click('[data-settle="reopen"]');
    await page.waitForSelector('[data-settle="resolve"]');

    await page.keyboard.press("Escape");
    await page.click("[data-paraphrased]");
    await page.keyboard.type("Every text paraphrases it.");
    await page.keyboard.press("Control+Enter");
    await page.waitForSelector(".concept-settled");
    await page.click("[data-undo]");
    await page.waitForSelector(".concept-settled", { state: "detached" });

    await page.click(".term-card [data-decide] >> nth=1");
    await page.click('[data-choice="rejected"]');
    await page.fill('[name="reason"]', "Not English.");
    await page.keyboard.press("Control+Enter");
    await page.waitForSelector(".term-card.is-off");
    await page.click('.pagebar [data-add="target"]');
    await page.keyboard.type("rendering");
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => page.textContent(".concept-form [data-failure]")).toContain("Not English.");
    await checkLook(page, "concept-rejected-before");
    await page.click("[data-reopen]");
    await page.fill('[name="reason"]', "Seen in print since.");
    await page.keyboard.press("Control+Enter");
    await page.waitForSelector(".term-card.is-off", { state: "detached" });
    expect(page.problems.filter((problem) => !problem.includes("422"))).toEqual([]);
  });

  it("fills a frame from the glossary, says what a template lacks, and lets two people decide", async () => {
    const { vetting } = server.application.stores;
    const id = await findId("把{X}作为{Y}来抓");
    const signed = { projectId: server.projectId, author: "Li Min", at: "2026-03-01T08:00:00.000Z" };
    await vetting.saveRules({ fourEyes: true, authorities: [] }, signed);
    const page = await newPage(browser, server);
    await page.open(`${glossary()}/${id}`);
    await page.fill("#frame-text", "把防汛作为大事来抓");
    await page.press("#frame-text", "Enter");
    await expect.poll(() => page.textContent("[data-filled]")).toContain("treat 防汛 as 大事");
    for (const text of ["treat {X} as important", "regard {X} as {Y}"]) {
      await page.click('.pagebar [data-add="target"]');
      await page.keyboard.type(text);
      await page.keyboard.press("Control+Enter");
      await expect.poll(() => page.textContent(".term-card.is-active .term-text")).toBe(text);
    }
    await expect.poll(() => page.textContent(".slot-problem")).toContain("“Y”");
    await page.keyboard.press("d");
    await expect.poll(() => page.textContent(".concept-form .notice")).toContain("second person");
    await page.selectOption('.concept-form [name="citation"]', "house");
    await page.fill('.concept-form [name="reason"]', "Ours.");
    await page.keyboard.press("Control+Enter");
    await page.waitForSelector(".term-waits");
    await checkLook(page, "concept-four-eyes");
    await vetting.saveRules({ fourEyes: false, authorities: [] }, signed);
    expect(page.problems).toEqual([]);
  });
});
