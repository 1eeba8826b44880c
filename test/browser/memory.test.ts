/** The memories of a project in a real browser: settings, a bulk edit with its preview, duplicates, changes, figures. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser } from "playwright-core";
import { startTestServer } from "../server/server-setup.ts";
import type { TestServer } from "../server/server-setup.ts";
import { checkAccessibility, newPage, openBrowser, overflowsSideways, takeShot } from "./browser-setup.ts";
import type { TestPage } from "./browser-setup.ts";

const AT = "2026-03-01T08:00:00.000Z";
let server: TestServer;
let browser: Browser;
let path: string;

beforeAll(async () => {
  server = await startTestServer();
  path = `/p/${server.projectId}/memory`;
  const { stores } = server.application;
  const place = { projectId: server.projectId, name: "水利", priority: 5, penalty: 0, readOnly: false, createdAt: AT };
  const memory = await stores.memories.create(place);
  const step = { projectId: server.projectId, memoryId: memory.id, kind: "import", detail: { name: "水利旧库.tmx" } } as const;
  const { id: importId } = await stores.memorySteps.start({ ...step, author: "Zhao Ning", at: AT });
  const units = Array.from({ length: 240 }, (_, number) => ({
    ...{ originKey: `import:a:${number}`, sourceLanguage: "zh", targetLanguage: "en", state: "translated" as const },
    source: `第${number % 230}条：云溪省各县要压实防汛责任，加强巡查值守，及时转移受威胁群众。`,
    target: `Article ${number % 230}: Counties of Yunxi Province shall fulfil their flood-control duties and evacuate people at risk in good time.`,
    document: number % 2 === 0 ? "关于做好防汛工作的通知" : "防汛工作报告",
    ...{ author: "林岚", createdAt: AT, changedAt: AT },
    ...(number < 240 - 10 ? {} : { notes: ["旧库导入"] }),
  }));
  await stores.memories.saveUnits({ memoryId: memory.id, units, importId, author: "Zhao Ning", at: AT });
  await stores.memorySteps.finish(importId, AT);
  browser = await openBrowser();
});
afterAll(() => server.close());

const tab = (page: TestPage, name: string) => page.click(`[data-tab="${name}"]`);
const panel = (name: string) => `[data-panel="${name}"]`;
/** Animations of a dialog and late rows are over. */
const checkShot = async (page: TestPage, name: string) => {
  expect(await checkAccessibility(page), name).toEqual([]);
  expect(await overflowsSideways(page), name).toBe(false);
  await takeShot(page, name);
};

describe("the memory page", () => {
  it("changes settings, edits many units after a preview, undoes it by Ctrl+Z, and lists it", { timeout: 180_000 }, async () => {
    const page = await newPage(browser, server);
    await page.open(path);
    await page.fill('[aria-label="Penalty of 水利"]', "5");
    await page.keyboard.press("Tab");
    await page.waitForFunction(() => document.querySelector("[data-dock]")?.textContent?.includes("saved"));
    await checkShot(page, "memory-list-1440-en-light");

    await page.keyboard.press("/");
    await page.waitForSelector(`${panel("units")} [data-unit]`);
    expect(await page.evaluate(() => document.activeElement?.hasAttribute("data-units-text"))).toBe(true);
    await page.keyboard.type("第22条");
    await page.waitForFunction(() => document.querySelector('[data-panel="units"]')?.textContent?.includes("1 unit"));
    await page.click("text=Change many units at once");
    await page.fill('label:has-text("Find") + input >> nth=0', "shall fulfil");
    await page.fill('label:has-text("Replace by") + input', "must assume");
    await page.click("text=Clear the filter");
    await page.waitForSelector(`${panel("units")} >> text=240 units`);
    await checkShot(page, "memory-units-1440-en-light");
    // Few rows are in the page, the last pages are read as one scrolls, and a tick is kept out of sight.
    const countRows = () => page.locator(`${panel("units")} [data-unit]`).count();
    expect(await countRows()).toBeLessThan(60);
    await page.check(`${panel("units")} [data-unit] input >> nth=0`);
    const scroll = (to: "end" | "start") =>
      page.evaluate((where) => {
        const scroller = document.querySelector<HTMLElement>("[data-scroller]");
        if (scroller) scroller.scrollTop = where === "end" ? scroller.scrollHeight : 0;
      }, to);
    for (let at = 0; at < 40 && (await page.locator("[data-unit] >> text=旧库导入").count()) < 10; at++) {
      await scroll("end");
      await page.waitForTimeout(50);
    }
    expect(await page.locator("[data-unit] >> text=旧库导入").count()).toBe(10);
    expect(await countRows()).toBeLessThan(60);
    await scroll("start");
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>("[data-unit] input")?.checked);
    await page.uncheck(`${panel("units")} [data-unit] input >> nth=0`);
    await page.click("text=Preview");
    await page.waitForSelector("dialog[open] ins");
    expect(await page.textContent("dialog[open]")).toContain("240 units would change.");
    expect(await page.locator("dialog[open] .memory-unit").count()).toBe(20);
    await checkShot(page, "memory-preview-1440-en-light");
    await page.click("dialog[open] .btn-primary");
    await page.waitForSelector(".toast");
    await page.waitForSelector("[data-unit] >> text=must assume");
    await page.click("[data-unit] >> nth=0 >> text=History");
    await page.waitForSelector("dialog[open] del");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+z");
    await page.waitForSelector("[data-unit] >> text=shall fulfil");

    await tab(page, "steps");
    await page.waitForSelector("text=Undone by Zhao Ning");
    await page.click("text=Show what changed");
    await page.waitForSelector("dialog[open] .memory-unit");
    await checkShot(page, "memory-steps-1440-en-light");
    await page.keyboard.press("Escape");
    await page.click(`${panel("steps")} [data-step] >> nth=1 >> text="Undo"`);
    await page.click('dialog[open] .btn-primary:has-text("Undo")');
    await page.waitForSelector(`${panel("steps")} [data-step] >> nth=1 >> text="Do again"`);
    expect(await server.application.stores.memories.countFiltered(server.projectId, {})).toBe(0);
    await page.click(`${panel("steps")} [data-step] >> nth=1 >> text="Do again"`);
    await page.click('dialog[open] .btn-primary:has-text("Do again")');
    await page.waitForSelector("text=Done again by Zhao Ning");
    expect(page.problems).toEqual([]);
  });

  it("finds duplicates, merges what was chosen, and shows figures, in Chinese and dark", { timeout: 180_000 }, async () => {
    const page = await newPage(browser, server, { language: "zh-CN", theme: "dark" });
    await page.open(`${path}#duplicates`);
    await page.click("text=查找重复单元");
    await page.waitForSelector(".memory-group");
    await checkShot(page, "memory-duplicates-1440-zh-CN-dark");
    const before = await server.application.stores.memories.countFiltered(server.projectId, {});
    await page.click(".memory-group >> nth=0 >> text=并入选中的单元");
    await page.waitForSelector(".toast");
    expect(await server.application.stores.memories.countFiltered(server.projectId, {})).toBe(before - 1);
    await tab(page, "figures");
    await page.waitForSelector(`${panel("figures")} caption`);
    await checkShot(page, "memory-figures-1440-zh-CN-dark");
    await tab(page, "memories");
    await page.keyboard.press("n");
    await page.keyboard.type("临江");
    await page.keyboard.press("Enter");
    await page.waitForSelector("text=已新建临江");
    await page.click('[aria-label="移入回收站: 临江"]');
    await page.click("dialog[open] .btn-danger");
    await page.waitForSelector("text=回收站 >> nth=0");
    await page.keyboard.press("Control+z");
    await page.waitForSelector('[aria-label="移入回收站: 临江"]');
    expect(page.problems).toEqual([]);
  });

  it("is usable on a narrow screen, and says what to do when there is nothing", { timeout: 180_000 }, async () => {
    const page = await newPage(browser, server, { width: 390, height: 800 });
    await page.open(path);
    await checkShot(page, "memory-list-390-en-light");
    await tab(page, "units");
    await page.waitForSelector("[data-unit]");
    await checkShot(page, "memory-units-390-en-light");
    const other = { id: "empty", name: "Empty", sourceLanguage: "zh", targetLanguage: "en", createdAt: AT };
    await server.application.stores.projects.create(other);
    await page.open("/p/empty/memory");
    expect(await page.textContent(panel("memories"))).toContain("Units come from rows that you confirm");
    await checkShot(page, "memory-empty-390-en-light");
    expect(page.problems).toEqual([]);
  });
});
