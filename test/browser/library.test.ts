/** The way in: files by the chooser and by dropping, the preview, accepting, the library; in a real browser. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser } from "playwright-core";
import { startTestServer } from "../server/server-setup.ts";
import type { TestServer } from "../server/server-setup.ts";
import { checkLook, checkLooks, newPage, openBrowser, takeShot } from "./browser-setup.ts";
import type { TestPage } from "./browser-setup.ts";

const NOTICE = `关于做好云溪省防汛工作的通知

各市县人民政府：
当前正值主汛期，各地要坚持人民至上、生命至上，落实防汛责任制，确保安全度汛。
一、压实责任。各级负责人要靠前指挥，做到早预警、早转移、早处置，进一步优
化转移路线，确保夜间也能安全撤离。
点击观看视频
二、加强值守。要严格执行二十四小时值班制度，及时报送险情灾情。

云溪省人民政府办公厅
2024年6月17日
`;
const EVIL = "<img src=x onerror=alert(1)>";

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  server = await startTestServer();
  browser = await openBrowser();
});
afterAll(() => server.close());

const library = () => `/p/${server.projectId}/library`;

function file(name: string, text: string) {
  return { name, mimeType: "text/plain", buffer: Buffer.from(text) };
}

async function chooseFiles(page: TestPage, files: Parameters<TestPage["setInputFiles"]>[1]): Promise<void> {
  await page.setInputFiles("[data-files]", files);
  await page.waitForURL(/\/imports\//);
  await page.waitForSelector("[data-open-document], .import-file .notice");
}

async function accept(page: TestPage): Promise<void> {
  await page.click("[data-accept-all]");
  await page.waitForURL(/\/library/);
  await page.waitForSelector("html[data-ready]", { state: "attached" });
}

describe("the library", () => {
  it("takes several files by the button, shows what was found and stores what is accepted", async () => {
    const page = await newPage(browser, server);
    await page.open("/");
    expect(await page.textContent("h1")).toBe("Library");
    await chooseFiles(page, [file("防汛通知.txt", NOTICE), file("empty.txt", "")]);
    expect(await page.locator(".import-file").count()).toBe(2);
    expect(await page.textContent(".import-file .notice.is-bad")).toContain("empty");
    expect(await page.inputValue("#import-field-title")).toBe("关于做好云溪省防汛工作的通知");
    expect(await page.inputValue("#import-field-date")).toBe("2024-06-17");
    expect(await page.textContent(".join-proof")).toContain("进一步优化转移路线");
    expect(await page.textContent(".noise")).toContain("点击观看视频");
    await takeShot(page, "import");
    await accept(page);
    expect(await page.locator("[data-rows] .is-row").count()).toBe(1);
    expect(await page.textContent(".toast")).toContain("1 document imported");
    // A dialog begins at its first field: what is typed is the name.
    await page.focus(".topbar summary");
    await page.keyboard.press("Enter");
    await page.focus("[data-open=new-project]");
    await page.keyboard.press("Enter");
    await page.keyboard.type("Two words");
    expect(await page.inputValue("#new-project-name")).toBe("Two words");
    expect(page.problems).toEqual([]);
  });

  it("takes files that are dropped anywhere on the page", async () => {
    const page = await newPage(browser, server);
    await page.open(library());
    const data = await page.evaluateHandle(
      (text) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([text], "dropped.txt", { type: "text/plain" }));
        return transfer;
      },
      NOTICE.replaceAll("防汛", "抗旱"),
    );
    await page.dispatchEvent("main", "dragenter", { dataTransfer: data });
    expect(await page.getAttribute("body", "class")).toContain("is-dropping");
    await page.dispatchEvent("main", "drop", { dataTransfer: data });
    await page.waitForURL(/\/imports\//);
    await page.waitForSelector("[data-open-document]");
    await accept(page);
    expect(await page.textContent("[data-rows]")).toContain("抗旱工作的通知");
  });

  it("keeps a change through a reload, and finds a pending preview again from the library", async () => {
    const page = await newPage(browser, server);
    await page.open(library());
    await chooseFiles(page, [file("kept.txt", NOTICE.replaceAll("防汛", "防火"))]);
    await page.fill("#import-field-title", "森林防火通知");
    await page.waitForSelector("[data-saved][data-kind=saved]");
    await page.reload();
    await page.waitForSelector("[data-open-document]");
    expect(await page.inputValue("#import-field-title")).toBe("森林防火通知");
    await page.open(library());
    await page.click(".library-notice a");
    await page.waitForSelector("[data-open-document]");
    await accept(page);
    expect(await page.textContent("[data-rows]")).toContain("森林防火通知");
  });

  it("lets a person reject a join, take an excluded line in, and begin a document elsewhere", async () => {
    const page = await newPage(browser, server);
    await page.open(library());
    await chooseFiles(page, [file("shaped.txt", NOTICE.replaceAll("防汛", "防雹"))]);
    await page.uncheck("[data-join]");
    await page.click("[data-exclusion]");
    await page.click(".import-text summary");
    await page.hover(".import-paragraphs li:nth-child(4)");
    await page.click(".import-paragraphs li:nth-child(4) .btn");
    expect(await page.locator("[data-open-document]").count()).toBe(2);
    await page.fill("#import-field-title", "防雹第二篇");
    await accept(page);
    const stored = await server.application.stores.documents.list({ projectId: server.projectId });
    const second = stored.find(({ title }) => title === "防雹第二篇");
    const text = await server.application.stores.documents.find(second?.id ?? "");
    const lines = text?.paragraphs.map((paragraph) => paragraph.text) ?? [];
    expect(lines).toContain("化转移路线，确保夜间也能安全撤离。");
    expect(text?.paragraphs.every(({ exclusion }) => exclusion === undefined)).toBe(true);
  });

  it("shows a title and a file name of mark-up as text", async () => {
    const page = await newPage(browser, server);
    let alerted = false;
    page.on("dialog", (dialog) => {
      alerted = true;
      void dialog.dismiss();
    });
    await page.open(library());
    await chooseFiles(page, [file(`${EVIL.replaceAll("/", "")}.txt`, `${EVIL}\n\n${NOTICE.replaceAll("防汛", "防震")}`)]);
    await page.fill("#import-field-title", EVIL);
    await page.fill("#import-field-body", EVIL);
    await accept(page);
    expect(await page.textContent("[data-rows]")).toContain(EVIL);
    expect(await page.locator("main img").count()).toBe(0);
    expect(alerted).toBe(false);
    expect(page.problems).toEqual([]);
  });

  it("removes a document and brings it back by undo", async () => {
    await server.importTexts({ "short.txt": NOTICE.replaceAll("防汛", "保供") });
    const page = await newPage(browser, server);
    await page.open(library());
    const rows = page.locator("[data-rows] .is-row");
    const before = await rows.count();
    await page.fill("[data-filter]", "保供");
    expect(await page.locator("[data-rows] .is-row:visible").count()).toBe(1);
    await page.press("[data-filter]", "Escape");
    await page.keyboard.press("j");
    await page.keyboard.press("Delete");
    await page.waitForSelector(".toast");
    expect(await rows.count()).toBe(before - 1);
    await page.keyboard.press("Control+z");
    await expect.poll(() => rows.count()).toBe(before);
    const stored = await server.application.stores.documents.list({ projectId: server.projectId });
    expect(stored.some(({ title }) => title.includes("保供"))).toBe(true);
  });

  it("says when nothing matches the filter, and the way out", async () => {
    const page = await newPage(browser, server);
    await page.open(library());
    await page.fill("[data-filter]", "没有这个词");
    expect(await page.textContent("[data-nothing]")).toContain("没有这个词");
    await page.click("[data-clear-filter]");
    expect(await page.locator("[data-rows] .is-row:visible").count()).toBeGreaterThan(0);
  });
});

describe("keys", () => {
  it("are dead in fields and while an input method composes", async () => {
    const page = await newPage(browser, server);
    await page.open(library());
    await page.focus("[data-filter]");
    await page.keyboard.press("?");
    expect(await page.locator("#keys[open]").count()).toBe(0);
    await page.evaluate(() => {
      (document.activeElement as HTMLElement).blur();
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "?", isComposing: true, bubbles: true }));
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "?", keyCode: 229, bubbles: true }));
    });
    expect(await page.locator("#keys[open]").count()).toBe(0);
    await page.keyboard.press("?");
    expect(await page.locator("#keys[open]").count()).toBe(1);
    expect(await page.textContent("#keys")).toContain("Go to Candidates");
    await page.keyboard.press("Escape");
    expect(await page.locator("#keys[open]").count()).toBe(0);
  });

  it("follow a sequence, and forget the first key when another comes", async () => {
    const page = await newPage(browser, server);
    await page.open(`/p/${server.projectId}/jobs`);
    await page.keyboard.press("g");
    await page.keyboard.press("x");
    await page.keyboard.press("l");
    expect(page.url()).toContain("/jobs");
    await page.keyboard.press("g");
    await page.keyboard.press("l");
    await page.waitForURL(/\/library/);
  });

  it("do nothing on the page behind a dialog", async () => {
    const page = await newPage(browser, server);
    await page.open(library());
    await page.keyboard.press("?");
    await page.keyboard.press("g");
    await page.keyboard.press("c");
    expect(page.url()).toContain("/library");
  });
});

describe("language and theme", () => {
  it("are switched in the page and stay", async () => {
    const page = await newPage(browser, server);
    await page.open(library());
    await page.click('button[name="language"]');
    await page.waitForSelector('html[lang="zh-Hans"][data-ready]', { state: "attached" });
    expect(await page.textContent("h1")).toBe("文库");
    await page.click("[data-theme-switch]");
    expect(await page.getAttribute("html", "data-theme")).toBe("light");
    await page.click("[data-theme-switch]");
    await page.open(library());
    expect(await page.getAttribute("html", "data-theme")).toBe("dark");
    expect(await page.textContent("h1")).toBe("文库");
  });
});

describe("every page of the shell", () => {
  it("is accessible and fits in both languages, themes and widths", async () => {
    for (const [name, path] of [
      ["library", library()],
      ["jobs", `/p/${server.projectId}/jobs`],
      ["welcome", "/welcome"],
      ["help", "/help"],
    ] as const) {
      await checkLooks({ browser, server, name }, (page) => page.open(path));
    }
    const page = await newPage(browser, server, { width: 390, theme: "dark" });
    await page.open("/nothing");
    await checkLook(page, "error-390-en-dark");
  });

  it("shows a preview that is accessible and fits", async () => {
    await checkLooks({ browser, server, name: "import" }, async (page) => {
      await page.open(library());
      await chooseFiles(page, [file("look.txt", NOTICE), file("bad.docx", "PK\u0003\u0004 not a docx")]);
    });
  });
});
