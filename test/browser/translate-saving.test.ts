/** What a person wrote is kept, in a real browser: drafts, conflicts, undo, earlier revisions. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TestServer } from "../server/server-setup.ts";
import { listDrafts, openTranslation, saved, stateOf } from "./translate-setup.ts";
import type { Translation } from "./translate-setup.ts";

let translation: Translation;
let server: TestServer;
let addDocument: Translation["addDocument"];
let openText: Translation["openText"];
let rowsOf: Translation["rowsOf"];
beforeAll(async () => {
  translation = await openTranslation();
  ({ server, addDocument, openText, rowsOf } = translation);
});
afterAll(() => translation.server.close());

describe("what is not saved yet", () => {
  it("stays on this computer while the server is away, and is found again after a reload", async () => {
    const document = await addDocument();
    const page = await openText(document, "&row=2");
    await page.route("**/api/p/*/segments/*", (route) => (route.request().method() === "PUT" ? route.abort() : route.continue()));
    await page.keyboard.type("Kept here.");
    await page.waitForSelector("[data-saved][data-kind=offline]");
    expect(await page.textContent("[data-saved]")).toContain("draft kept on this computer");
    expect(await stateOf(page, 2)).toContain("Kept on this computer");
    expect((await rowsOf(document))[1]?.target).toBeUndefined();
    await page.reload();
    await page.waitForSelector(".row.is-active textarea");
    expect(await page.inputValue(".row.is-active textarea")).toBe("Kept here.");
    expect(await page.textContent("[data-notice]")).toContain("1 draft was found");
    await page.unroute("**/api/p/*/segments/*");
    await expect.poll(async () => (await rowsOf(document))[1]?.target, { timeout: 15_000 }).toBe("Kept here.");
    await expect.poll(() => page.evaluate(listDrafts)).toEqual([]);
  });

  it("keeps a confirmation that did not get through, too", async () => {
    const document = await addDocument();
    const page = await openText(document, "&row=7");
    await page.route("**/api/p/*/segments/*", (route) => (route.request().method() === "PUT" ? route.abort() : route.continue()));
    await page.keyboard.type("Leaders shall take command on the ground.");
    await page.keyboard.press("Control+Enter");
    await page.waitForSelector("[data-saved][data-kind=offline]");
    await page.unroute("**/api/p/*/segments/*");
    await expect.poll(async () => (await rowsOf(document))[6]?.state, { timeout: 15_000 }).toBe("translated");
  });

  it("asks when somebody else has saved the row meanwhile, with all three texts", async () => {
    const document = await addDocument();
    const page = await openText(document, "&row=2");
    const [, row] = await rowsOf(document);
    await server.application.stores.segments.saveTarget({
      segmentId: row?.id ?? "",
      target: "Theirs.",
      state: "initial",
      origin: "typed",
      baseRevision: row?.revision ?? 0,
      author: "Li Min",
      at: server.application.clock(),
    });
    await page.keyboard.type("Mine.");
    await page.waitForSelector("dialog[open] .conflict");
    const words = await page.textContent("dialog[open] .conflict");
    for (const part of ["Mine.", "Theirs.", "Li Min"]) expect(words).toContain(part);
    expect((await rowsOf(document))[1]?.target).toBe("Theirs.");
    await page.keyboard.press("1");
    await expect.poll(async () => (await rowsOf(document))[1]?.target).toBe("Mine.");
    const history = await server.application.stores.segments.history(row?.id ?? "");
    expect(history.map(({ target }) => target)).toEqual(["Theirs.", "Mine."]);
  });
});

describe("undo", () => {
  it("takes steps back one by one, also after a reload, and brings them again", async () => {
    const document = await addDocument();
    const page = await openText(document, "&row=7");
    await page.keyboard.type("Take command.");
    await page.keyboard.press("Control+Enter");
    await saved(page);
    await page.reload();
    await page.waitForSelector(".row.is-active textarea");
    expect(await page.getAttribute("[data-undo]", "aria-label")).toBe("Undo: Confirming row 7");
    await page.click("[data-undo]");
    await expect.poll(async () => (await rowsOf(document))[6]).toMatchObject({ target: "Take command.", state: "initial" });
    await page.click("[data-undo]");
    await expect.poll(async () => (await rowsOf(document))[6]).toMatchObject({ target: "", state: "initial" });
    expect(await page.isDisabled("[data-undo]")).toBe(true);
    await page.click("[data-redo]");
    await expect.poll(async () => (await rowsOf(document))[6]).toMatchObject({ target: "Take command.", state: "initial" });
    await page.click("[data-redo]");
    await expect.poll(async () => (await rowsOf(document))[6]).toMatchObject({ target: "Take command.", state: "translated" });
  });

  it("lists every revision and takes an earlier text again", async () => {
    const document = await addDocument();
    const page = await openText(document, "&row=7");
    await page.keyboard.type("First.");
    await saved(page);
    await page.fill(".row.is-active textarea", "Second.");
    await expect.poll(async () => (await rowsOf(document))[6]?.target).toBe("Second.");
    await page.click("#tab-history");
    await page.waitForSelector("[data-restore]");
    await page.click("[data-restore]");
    await expect.poll(async () => (await rowsOf(document))[6]?.target).toBe("First.");
  });
});
