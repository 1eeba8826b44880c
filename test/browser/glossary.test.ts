/** The glossary in a real browser: list, entry, decisions with refusals and undo, conflicts, files. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser } from "playwright-core";
import { startTestServer } from "../server/server-setup.ts";
import type { TestServer } from "../server/server-setup.ts";
import { createProject } from "../../src/workflow/projects.ts";
import { checkLook, checkLooks, newPage, openBrowser, takeShot } from "./browser-setup.ts";

const NOTICE = `关于做好云溪省防汛工作的通知

各地要靠前指挥，做到早预警、早转移、早处置，严格落实防汛责任制。
`;

let server: TestServer;
let browser: Browser;
let empty: string;
beforeAll(async () => {
  server = await startTestServer();
  browser = await openBrowser();
  // Set-up outside the tests: one that is run again finds everything there once.
  empty = (await createProject(server.application, { name: "Nothing yet" })).id;
  await addConcepts(["靠前指挥", ...Array.from({ length: 10_000 }, (_, at) => `批量词条第${String(at).padStart(5, "0")}号`)]);
  await server.importTexts({ "notice.txt": NOTICE });
}, 60_000);
afterAll(() => server.close());

const glossary = () => `/p/${server.projectId}/glossary`;

async function addConcepts(texts: readonly string[]): Promise<void> {
  const concepts = texts.map((text) => ({
    kind: "phrase" as const,
    terms: [
      {
        language: "zh",
        text,
        status: "proposed" as const,
        termType: "phrase" as const,
        matching: "exact" as const,
        attestations: [],
      },
      {
        language: "en",
        text: `rendering of ${text.length}`,
        status: "proposed" as const,
        termType: "fullForm" as const,
        matching: "inflecting" as const,
        usage: "running" as const,
        attestations: [],
      },
    ],
  }));
  const signed = { projectId: server.projectId, author: "Li Min", at: "2026-01-05T08:00:00.000Z" };
  await server.application.stores.concepts.importAll(concepts, signed);
}

async function findId(text: string): Promise<string> {
  const [concept] = await server.application.stores.concepts.findByTerm({ projectId: server.projectId, text });
  if (!concept) throw new Error(`no ${text}`);
  return concept.id;
}

describe("an empty glossary", () => {
  it("says what will be here, and takes the first entry by the keyboard", async () => {
    const page = await newPage(browser, server);
    await page.open(`/p/${empty}/glossary`);
    await expect.poll(() => page.isVisible("[data-empty]")).toBe(true);
    await page.keyboard.press("n");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("name"))).toBe("text");
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => page.textContent("dialog .error-text")).toContain("empty");
    await page.keyboard.type("靠前指挥");
    await page.keyboard.press("Control+Enter");
    await page.waitForSelector("h1.headword");
    await expect.poll(() => page.textContent("h1")).toBe("靠前指挥");
    expect(page.problems).toEqual([]);
  });
});

describe("the list", () => {
  it("holds 10,000 entries, of which only those near the window are in the page", async () => {
    const page = await newPage(browser, server);
    await page.open(glossary());
    await page.waitForSelector(".gloss-word");
    expect(await page.locator("[data-rows] .is-row").count()).toBeLessThan(100);
    await expect.poll(() => page.textContent("[data-summary]")).toBe("10,001 entries");
    await page.keyboard.press("k");
    await expect.poll(() => page.textContent(".is-row.is-active .gloss-word")).toBe("靠前指挥");
    await page.fill("[data-find]", "09999");
    await expect.poll(() => page.locator("[data-rows] .gloss-word").count()).toBe(1);
    expect(page.url()).toContain("find=09999");
    await page.press("[data-find]", "Enter");
    await page.keyboard.press("Enter");
    await page.waitForSelector("h1.headword");
    await expect.poll(() => page.textContent("h1")).toBe("批量词条第09999号");
    await page.click("[data-back]");
    await page.waitForSelector(".is-row.is-active");
    await expect.poll(() => page.inputValue("[data-find]")).toBe("09999");
    expect(page.problems).toEqual([]);
  });

  it("filters by standing with counts, and says what does not match and the way out", async () => {
    const page = await newPage(browser, server);
    await page.open(glossary());
    await expect.poll(() => page.isVisible('[data-status="approved"]')).toBe(false);
    await page.fill("[data-find]", "无此词语");
    await page.waitForSelector("[data-nothing]:visible");
    await expect.poll(() => page.textContent("[data-nothing-text]")).toContain("无此词语");
    await page.click("[data-clear]");
    await expect.poll(() => page.textContent("[data-summary]")).toBe("10,001 entries");
    await page.click('[data-status="proposed"]');
    await expect.poll(() => page.textContent("[data-summary]")).toBe("10,001 entries");
    await expect.poll(() => page.url()).toContain("status=proposed");
  });

  it("does not search half-typed pinyin", async () => {
    const page = await newPage(browser, server);
    await page.open(glossary());
    let asked = 0;
    page.on("request", (request) => {
      if (request.url().includes("/glossary?")) asked += 1;
    });
    await page.focus("[data-find]");
    await page.evaluate(() => {
      const field = document.querySelector<HTMLInputElement>("[data-find]");
      if (!field) throw new Error("no field");
      field.value = "kao";
      field.dispatchEvent(new InputEvent("input", { bubbles: true, isComposing: true }));
    });
    await page.waitForTimeout(400);
    expect(asked).toBe(0);
  });
});

describe("an entry", () => {
  it("takes a rendering, refuses an approval without grounds at the field, stores it with them, and takes it back after a reload", async () => {
    const id = await findId("靠前指挥");
    const page = await newPage(browser, server);
    await page.open(`${glossary()}/${id}`);
    await page.waitForSelector(".use");
    await expect.poll(() => page.textContent(".use mark")).toBe("靠前指挥");

    await page.keyboard.press("p");
    await page.fill('.concept-form [name="text"]', "command from the front");
    await page.keyboard.press("Control+Enter");
    await page.waitForSelector(".concept-form", { state: "detached" });
    await expect.poll(() => page.textContent(".term-card.is-active .term-text")).toBe("command from the front");

    await page.keyboard.press("d");
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => page.textContent(".concept-form .error-text")).toContain("citation");
    await page.selectOption('[name="citation"]', "new");
    await page.fill('[name="body"]', "Yunxi Press Office");
    await page.fill('[name="title"]', "Bulletin 3");
    await page.click(".concept-form .btn-primary");
    await expect.poll(() => page.textContent(".concept-form .error-text")).toContain("reason");
    await page.fill('[name="reason"]', "Used there since June.");
    await takeShot(page, "concept-decide");
    await page.click(".concept-form .btn-primary");
    await page.waitForSelector(".term-card.is-active .status.is-good");
    await expect.poll(() => page.textContent(".concept-rendering")).toBe("command from the front");
    await expect.poll(() => page.textContent(".trail")).toContain("Yunxi Press Office, Bulletin 3");
    await expect.poll(() => page.textContent("[data-saved]")).toContain("Saved");

    await page.reload();
    await page.waitForSelector("html[data-ready]", { state: "attached" });
    await page.keyboard.press("Control+z");
    await expect.poll(() => page.textContent(".concept-rendering")).toContain("No rendering");
    const stored = await server.application.stores.concepts.find(id);
    expect(stored?.terms.map(({ status }) => status)).toEqual(["proposed", "proposed", "proposed"]);
    expect(page.problems.filter((problem) => !problem.includes("422"))).toEqual([]);
  });

  it("shows both texts when somebody saved in between, and overwrites nothing unasked", async () => {
    const id = await findId("批量词条第00001号");
    const page = await newPage(browser, server);
    await page.open(`${glossary()}/${id}`);
    await page.keyboard.press("e");
    await page.fill('.concept-form [name="text"]', "my words");
    const { concepts } = server.application.stores;
    const term = (await concepts.find(id))?.terms[1];
    if (!term) throw new Error("no rendering");
    const { id: termId, revision, ...content } = term;
    const theirs = { ...content, text: "their words" };
    await concepts.changeTerm({
      termId,
      baseRevision: revision,
      content: theirs,
      author: "Li Min",
      at: "2026-02-01T08:00:00.000Z",
    });
    await page.keyboard.press("Control+Enter");
    await page.waitForSelector("dialog .conflict");
    const texts = await page.textContent("dialog .conflict");
    for (const words of ["my words", "their words", "rendering of 11", "Li Min"]) expect(texts).toContain(words);
    expect((await concepts.findTerm(termId))?.text).toBe("their words");
    await page.keyboard.press("1");
    await expect.poll(async () => (await concepts.findTerm(termId))?.text).toBe("my words");
  });

  it("keeps what was typed on this computer until it is saved or given up", async () => {
    const id = await findId("批量词条第00002号");
    const page = await newPage(browser, server);
    await page.open(`${glossary()}/${id}`);
    await page.keyboard.press("p");
    await page.fill('.concept-form [name="text"]', "half a thought");
    await page.reload();
    await page.waitForSelector("html[data-ready]", { state: "attached" });
    await page.keyboard.press("p");
    await expect.poll(() => page.inputValue('.concept-form [name="text"]')).toBe("half a thought");
    await page.keyboard.press("Escape");
    await page.keyboard.press("p");
    await expect.poll(() => page.inputValue('.concept-form [name="text"]')).toBe("");
  });
});

describe("a glossary file", () => {
  it("is shown before anything is stored, and then what it did", async () => {
    const page = await newPage(browser, server);
    await page.open(glossary());
    const csv = "concept,language,term,status,source\nf1,zh,守土尽责,proposed,\nf1,en,on guard,proposed,\nf2,zh,坏行,splendid,\n";
    await page.setInputFiles("[data-files]", { name: "terms.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
    await page.waitForURL(/glossary-imports/);
    await page.waitForSelector(".import-table .gloss-word");
    await expect.poll(() => page.textContent(".remark-list")).toContain("Line 4");
    await expect.poll(() => page.isDisabled("[data-accept]")).toBe(true);
    await page.check("[data-leave]");
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => page.textContent("[data-content]"), { timeout: 20_000 }).toContain("1 entry added");
    expect(await findId("守土尽责")).toBe("f1");
    expect(page.problems).toEqual([]);
  });
});

describe("the glossary pages", () => {
  it("are accessible and do not scroll sideways in both languages, themes and widths", async () => {
    const id = await findId("靠前指挥");
    await checkLooks({ browser, server, name: "glossary" }, async (page) => {
      await page.open(glossary());
      await page.waitForSelector(".gloss-word");
      for (const key of ["j", "x"]) await page.keyboard.press(key);
    });
    await checkLooks(
      { browser, server, name: "concept" },
      async (page) => {
        await page.open(`${glossary()}/${id}`);
        await page.waitForSelector(".use");
      },
      async (page, { name }) => {
        await checkLook(page, name);
        await page.click("[data-decide]");
      },
    );
  }, 60_000);
});
