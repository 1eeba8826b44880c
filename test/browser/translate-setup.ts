/** A project with three approved terms and a server for it, and what tests do in the pages that translate. */
import type { Browser } from "playwright-core";
import type { StoredSegment } from "../../src/storage/segment-store.ts";
import { startTestServer } from "../server/server-setup.ts";
import type { TestServer } from "../server/server-setup.ts";
import { addTextDocument } from "../workflow/application-setup.ts";
import { newPage, openBrowser } from "./browser-setup.ts";
import type { PageOptions, TestPage } from "./browser-setup.ts";

export const EVIL = "<img src=x onerror=alert(1)>";
export const SENTENCES = [
  "关于做好云溪省防汛工作的通知",
  "各地要坚持人民至上、生命至上，落实防汛责任制。",
  "各地要加强值班值守，2月3日前报送情况。",
  `要注意${EVIL}这样的文字。`,
  "各地要坚持人民至上、生命至上，落实防汛责任制。",
  "各地要加强值班值守，3月5日前报送情况。",
  "各级负责人要靠前指挥。",
];

export type Translation = {
  readonly server: TestServer;
  readonly browser: Browser;
  /** A document of its own for each test; answers its id. */
  readonly addDocument: (sentences?: readonly string[]) => Promise<string>;
  readonly address: (document: string, rest?: string) => string;
  readonly openText: (document: string, rest?: string, options?: PageOptions) => Promise<TestPage>;
  readonly rowsOf: (document: string) => Promise<readonly StoredSegment[]>;
};

export async function openTranslation(): Promise<Translation> {
  const server = await startTestServer();
  const browser = await openBrowser();
  await addTerm(server, "人民至上、生命至上", "put the people and their lives first");
  await addTerm(server, "生命至上", "put life first");
  await addTerm(server, "防汛责任制", "flood control responsibility system");
  const { projectId, application } = server;
  const address = (document: string, rest = "") => `/p/${projectId}/translate?document=${document}${rest}`;
  return {
    server,
    browser,
    address,
    addDocument: (sentences = SENTENCES) =>
      addTextDocument(application, { projectId, title: sentences[0] ?? "空白", sentences, author: "Zhao Ning" }),
    openText: async (document, rest = "", options = {}) => {
      const page = await newPage(browser, server, options);
      await page.open(address(document, rest));
      await page.waitForSelector(".row.is-active textarea");
      return page;
    },
    rowsOf: (document) => application.stores.segments.list({ documentId: document }),
  };
}

export async function addTerm(server: TestServer, text: string, rendering: string): Promise<void> {
  const { stores, clock } = server.application;
  const parts = { status: "approved", termType: "phrase", attestations: [{ source: "house" }] } as const;
  await stores.concepts.create(
    {
      kind: "phrase",
      terms: [
        { ...parts, language: "zh", text, matching: "exact" },
        { ...parts, language: "en", text: rendering, matching: "inflecting" },
      ],
    },
    { projectId: server.projectId, author: "Zhao Ning", at: clock(), reason: "decided", citation: "house" },
  );
}

export const activeNumber = (page: TestPage) => page.locator(".row.is-active .row-no a").textContent();
export const stateOf = (page: TestPage, row: number) =>
  page.locator(`.row:has(a[href="#row-${row}"]) .row-state .status`).getAttribute("title");
export const saved = (page: TestPage) => page.waitForSelector("[data-saved][data-kind=saved]:has-text('Saved')");

/** Runs in the page: what it keeps on this computer. */
export const listDrafts = () => Object.keys(localStorage).filter((key) => key.startsWith("dingyi-draft"));
