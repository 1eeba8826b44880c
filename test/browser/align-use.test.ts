/** What is confirmed in the editor is of use at once: on the evidence board of a formulation and beside the rows of a translation. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Browser } from "playwright-core";
import { addEntry } from "../../src/workflow/glossary.ts";
import { startTestServer } from "../server/server-setup.ts";
import type { TestServer } from "../server/server-setup.ts";
import { CHINESE, ENGLISH, storeAlignment } from "./align-sample.ts";
import { newPage, openBrowser } from "./browser-setup.ts";

const NEW_TEXT = `县里的通知

要加快修复水毁农村公路，力争10月底前全部恢复通车。
`;

let server: TestServer;
let browser: Browser;
let path: string;
let board: string;
let translation: string;
beforeAll(async () => {
  server = await startTestServer();
  browser = await openBrowser();
  const { application, projectId } = server;
  await server.importTexts({ "notice.zh.txt": CHINESE, "notice.en.txt": ENGLISH });
  path = `/p/${projectId}/align/${await storeAlignment(server)}`;
  const [document] = await server.importTexts({ "county.zh.txt": NEW_TEXT });
  translation = `/p/${projectId}/translate?document=${document ?? ""}`;
  const made = await addEntry(application, { projectId, author: "Li Min", kind: "phrase", text: "水毁农村公路" });
  if (made.kind !== "saved") throw new Error(made.kind);
  board = `/p/${projectId}/glossary/${made.concept.id}`;
}, 120_000);
afterAll(() => server.close());

it("shows a confirmed pair on the evidence board and as a match at once, and no longer once it is undone", async () => {
  const editor = await newPage(browser, server);
  await editor.open(`${path}#row-3`);
  await editor.waitForSelector("#row-3.is-active");
  const other = await newPage(browser, server);
  const fresh = () => other.locator("[data-fresh] .pair").allTextContents();
  const openBoard = async () => {
    await other.open(board);
    await other.waitForSelector("[data-evidence] .card-body, [data-evidence] table");
  };
  const openRow = async () => {
    await other.open(translation);
    await other.waitForSelector(".row");
    await other.locator(".row").nth(1).click();
  };
  const matches = () => other.locator(".match").allTextContents();
  await openBoard();
  expect(await fresh()).toEqual([]);

  await editor.keyboard.press("a");
  await editor.waitForSelector("#row-3 .is-good");
  await openBoard();
  await expect.poll(fresh).toEqual([expect.stringMatching(/水毁农村公路[^]*Repairs to flood-damaged rural roads/)]);
  expect(await other.textContent("[data-fresh] mark")).toBe("水毁农村公路");
  expect(await other.getAttribute("[data-fresh] a", "href")).toContain(`${path}?group=g3`);
  await openRow();
  await expect.poll(matches).toEqual([expect.stringMatching(/100 %[^]*Repairs to flood-damaged rural roads/)]);

  // Looked for as a whole, the pair is counted; taken back, it is gone from the board as well.
  const { job } = (await (await server.postJson(`/api/p/${server.projectId}/renderings/runs`, {})).json()) as { job: string };
  await server.application.jobs.waitFor(job);
  await openBoard();
  expect(await fresh()).toEqual([]);
  await editor.keyboard.press("Control+z");
  await expect.poll(() => editor.locator("#row-3 .is-good").count()).toBe(0);
  await openBoard();
  expect(await fresh()).toEqual([]);
  expect(await other.textContent("[data-evidence]")).not.toContain("rural roads");
  await openRow();
  // Nobody stands for it any more: it is offered with less trust.
  await expect.poll(matches).toEqual([expect.stringMatching(/95 %[^]*Repairs to flood-damaged/)]);
  await editor.keyboard.press("Control+Shift+Z");
  await editor.waitForSelector("#row-3 .is-good");
  await openBoard();
  await expect.poll(fresh).toHaveLength(1);
});
