/** What the memory offers beside the rows in a real browser: look-alikes, pieces, repeats, similar paragraphs, pre-translation. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser } from "playwright-core";
import { startTestServer } from "../server/server-setup.ts";
import type { TestServer } from "../server/server-setup.ts";
import { addTextDocument } from "../workflow/application-setup.ts";
import { checkLooks, newPage, openBrowser } from "./browser-setup.ts";
import type { TestPage } from "./browser-setup.ts";
import { addTerm } from "./translate-setup.ts";

const DUTY = "各地要落实防汛责任制，加强值班值守。";
const DUTY_ENGLISH = "All localities must fulfil flood control duties and strengthen duty shifts.";
const SENTENCES = [
  "关于做好云溪省防汛工作的通知",
  DUTY,
  "坚持外防输入，守住省门。",
  "要落实群防群治，切实保障群众生活，有序恢复交通运输。",
  DUTY,
  `会议强调，${DUTY}`,
  `厅长要求，${DUTY}`,
  "全省共转移群众2700人，其中云溪市40人。",
];

let server: TestServer;
let browser: Browser;
let projectPath: string;
beforeAll(async () => {
  server = await startTestServer();
  browser = await openBrowser();
  projectPath = `/p/${server.projectId}`;
  await addTerm(server, "外防输入", "guard against inbound cases");
  await addTerm(server, "群防群治", "mass prevention and treatment");
  await addTerm(server, "会议强调", "the meeting stressed that");
  const { stores, clock } = server.application;
  const memory = await stores.memories.create({
    projectId: server.projectId,
    ...{ name: "省厅", priority: 0, penalty: 0, readOnly: false, createdAt: clock() },
  });
  const pairs = [
    ["坚持外防输出，守住省门。", "Guard against outbound cases and hold the gates of the province."],
    ["保障群众生活", "ensure people’s livelihood"],
    ["全省共转移群众3400人，其中云溪市30人。", "3,400 people were moved across the province, 30 of them in Yunxi."],
  ];
  await stores.memories.saveUnits({
    memoryId: memory.id,
    ...{ author: "Zhao Ning", at: clock() },
    units: pairs.map(([source = "", target = ""], at) => ({
      ...{ originKey: String(at), source, target, sourceLanguage: "zh", targetLanguage: "en", state: "final" as const },
      ...{ document: "省厅通报", author: "Li Min", changedAt: "2026-02-03T08:00:00.000Z" },
    })),
  });
});
afterAll(() => server.close());

const addDocument = (title: string, sentences: readonly string[]) =>
  addTextDocument(server.application, { projectId: server.projectId, title, sentences, author: "Zhao Ning" });

const rowsOf = (document: string) => server.application.stores.segments.list({ documentId: document });
const targetsOf = async (document: string) => (await rowsOf(document)).map(({ target }) => target || undefined);

async function openRow(document: string, row: number): Promise<TestPage> {
  const page = await newPage(browser, server);
  await page.open(`${projectPath}/translate?document=${document}&row=${row}`);
  await page.waitForSelector(".row.is-active textarea");
  return page;
}

const editor = (page: TestPage) => page.inputValue(".row.is-active textarea");
const saved = (page: TestPage) => page.waitForSelector("[data-saved][data-kind=saved]:has-text('Saved')");

describe("matches of the memory", () => {
  it("put a look-alike in at the second press only, adapt numbers, and offer known pieces of a new sentence", async () => {
    const document = await addDocument("通知甲", SENTENCES);
    const page = await openRow(document, 3);
    await page.waitForSelector(".match [data-caution]");
    expect(await page.textContent(".match")).toContain("inside a formulation: yours “外防输入”, the memory’s “外防输出”");
    await page.keyboard.press("Control+Alt+1");
    expect(await editor(page)).toBe("");
    expect(await page.textContent("[data-finding]")).toContain("Press once more");
    await page.keyboard.press("Control+Alt+1");
    expect(await editor(page)).toContain("outbound");
    expect(await page.textContent(".row.is-active .row-state")).toContain("must be looked at");

    await page.click('a[href="#row-8"]');
    await page.waitForSelector(".match .adapted");
    expect(await page.locator(".match .adapted").allTextContents()).toEqual(["2,700", "40"]);
    expect(await page.textContent(".match")).toContain("2 numbers differ");
    expect(await page.textContent(".match-origin")).toContain("省厅通报 · 省厅 · Li Min");

    await page.click('a[href="#row-4"]');
    await page.waitForSelector(".fragment");
    expect(await page.locator(".fragment:not(.is-gap) .fragment-source").allTextContents()).toEqual(["群防群治", "保障群众生活"]);
    await page.click(".fragment .hit-en >> nth=1");
    expect(await editor(page)).toBe("ensure people’s livelihood");
    await page.click("[data-fragments]");
    expect(await editor(page)).toBe(
      "[要落实] mass prevention and treatment [，切实] ensure people’s livelihood [，有序恢复交通运输。]",
    );
    await saved(page);
    expect(page.problems).toEqual([]);
  });

  it("propose to repeats, here and elsewhere, as one step that survives a reload, and remember exceptions", async () => {
    const document = await addDocument("通知乙", SENTENCES);
    const other = await addDocument("通知丙", [DUTY, "别的一句话。"]);
    const page = await openRow(document, 2);
    await page.keyboard.type(DUTY_ENGLISH);
    await page.keyboard.press("Control+Enter");
    await page.waitForSelector("[data-notice] [data-propose-last]");
    expect(await page.textContent("[data-notice]")).toMatch(/Row 2: \d+ repeats?, \d+ with another speaker/);
    await page.click("[data-look]");
    const article = page.locator(`#panel-repeats article:has(a[href*="${other}"])`);
    await article.locator("[data-except]").click();
    await article.locator("input").fill("a caption");
    await article.locator("form button").click();
    await article.getByText("Left out: a caption").waitFor();
    await page.keyboard.press("Alt+r");
    await expect.poll(() => targetsOf(document)).toContain(`The meeting stressed that a${DUTY_ENGLISH.slice(1)}`);
    const [, , , , repeat, meeting, head] = await rowsOf(document);
    expect(repeat).toMatchObject({ target: DUTY_ENGLISH, state: "initial", origin: "memory" });
    expect([meeting?.state, head?.target]).toEqual(["initial", undefined]);
    expect(await targetsOf(other)).toEqual([undefined, undefined]);

    await page.open(`${projectPath}/translate?document=${document}&row=3`);
    await page.waitForSelector("[data-undo]:not([disabled])");
    expect(await page.getAttribute("[data-undo]", "title")).toContain("Proposals to the repeats of row 2");
    await page.click("[data-undo]");
    await expect.poll(async () => (await targetsOf(document))[4]).toBeUndefined();
    expect((await targetsOf(document))[1]).toBe(DUTY_ENGLISH);
    await page.click("[data-redo]");
    await expect.poll(async () => (await targetsOf(document))[4]).toBe(DUTY_ENGLISH);
    await page.click("[data-undo]");
    await expect.poll(async () => (await targetsOf(document))[4]).toBeUndefined();
    expect(page.problems).toEqual([]);
  });

  it("shows similar paragraphs of other texts, and pre-translates a text after counting", async () => {
    const document = await addDocument("通知丁", [...SENTENCES.slice(1, 4), "全省共转移群众2700人，其中云溪市40人。"]);
    const page = await openRow(document, 1);
    await page.click("#tab-similar");
    await page.waitForSelector("#panel-similar article");
    await page.click("[data-pretranslate]");
    await page.selectOption("#pretranslate-threshold", "75");
    await page.getByRole("button", { name: "Count first" }).click();
    await page.waitForSelector(".pretranslate-counts");
    expect(await page.textContent(".pretranslate-counts")).toContain("may say something else1");
    await page.getByRole("button", { name: "Put in proposals" }).click();
    await page.waitForSelector(".toast");
    expect((await rowsOf(document))[3]).toMatchObject({ state: "initial", origin: "memory" });
    expect((await targetsOf(document))[1]).toBeUndefined();
    await expect.poll(() => page.textContent(".row:has(a[href='#row-4']) .row-target")).toContain("2,700");
    await page.click(".toast .btn");
    await expect.poll(async () => (await targetsOf(document))[3]).toBeUndefined();
    expect(page.problems).toEqual([]);
  });

  it("looks right in both languages, wide and narrow", async () => {
    const document = await addDocument("通知戊", SENTENCES);
    await checkLooks({ browser, server, name: "translate-memory" }, async (page) => {
      await page.open(`${projectPath}/translate?document=${document}&row=3`);
      await page.waitForSelector(".match [data-caution]", { state: "attached" });
    });
    await checkLooks({ browser, server, name: "translate-pieces" }, async (page) => {
      await page.open(`${projectPath}/translate?document=${document}&row=4`);
      await page.waitForSelector(".fragment", { state: "attached" });
    });
  });
});
