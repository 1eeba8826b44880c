/** Pages of a real Chromium for tests. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import type { Browser, Page } from "playwright-core";
import { inject, onTestFailed, onTestFinished } from "vitest";
import type { TestServer } from "../server/server-setup.ts";

const QUIET = [
  "--headless",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

let running: Promise<Browser> | undefined;

/** One browser for all files that a worker runs: each page has a context of its own, so nobody closes it. */
export async function openBrowser(): Promise<Browser> {
  const known = await running;
  if (known?.isConnected()) return known;
  running = launchBrowser();
  return running;
}

function launchBrowser(): Promise<Browser> {
  // Chromium refuses to sandbox itself as root, as continuous integration often runs.
  const args = process.getuid?.() === 0 ? [...QUIET, "--no-sandbox"] : QUIET;
  const { path, libraries } = inject("chromium");
  const env = libraries === "" ? {} : { env: { ...process.env, LD_LIBRARY_PATH: libraries } };
  return chromium.launch({ executablePath: path, args, ...env });
}

export type PageOptions = {
  readonly width?: number;
  readonly height?: number;
  readonly language?: "en" | "zh-CN";
  readonly theme?: "light" | "dark";
};

export type TestPage = Page & {
  /** Opens a path of the server and waits until the page's code is ready. */
  readonly open: (path: string) => Promise<void>;
  /** Errors of the page's console and uncaught exceptions, in order. */
  readonly problems: readonly string[];
};

/** A page in a context of its own. Violations of the content policy and script errors are collected in `problems`. */
export async function newPage(browser: Browser, server: TestServer, options: PageOptions = {}): Promise<TestPage> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
    locale: options.language ?? "en",
    colorScheme: options.theme ?? "light",
    reducedMotion: "reduce",
    baseURL: server.url,
  });
  // A job on a busy machine takes its time to begin.
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  await actWhenReady(page);
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(String(error)));
  onTestFinished(async () => {
    // Closing waits for ever when the page is on its way to another address.
    await page.goto("about:blank").catch(() => undefined);
    await context.close();
  });
  onTestFailed(() => {
    if (problems.length > 0) console.log("problems in the page:", problems);
  });
  return Object.assign(page, {
    problems,
    open: async (path: string) => {
      await page.goto(path);
      await page.waitForSelector("html[data-ready]", { state: "attached" });
    },
  });
}

/**
 * Lets a click, a filled field or a key wait until the code of the page is there, on each page that a test comes to.
 * A page shows its text before its code has run; a person is not as quick as a test, which would act on a dead page.
 */
async function actWhenReady(page: Page): Promise<void> {
  const waitUntilReady = () => page.waitForSelector("html[data-ready]", { state: "attached" });
  await page.addLocatorHandler(page.locator("html:not([data-ready])"), async () => void (await waitUntilReady()), {
    noWaitAfter: true,
  });
  const { keyboard } = page;
  const press = keyboard.press.bind(keyboard);
  keyboard.press = async (...key) => {
    await waitUntilReady();
    await press(...key);
  };
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe-core finds (WCAG 2.2 A and AA, best practice), as lines that say where. */
export async function checkAccessibility(page: Page): Promise<readonly string[]> {
  // Evaluated through the debugger, which the content policy does not hold back.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axeSource);
  return page.evaluate(async () => {
    type Result = { violations: { id: string; help: string; nodes: { html: string; failureSummary: string }[] }[] };
    const axe = (window as unknown as { axe: { run: (context: Document, options: object) => Promise<Result> } }).axe;
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    // What is fine need not be described, nor where it stands: that is half of the work.
    const brief = { resultTypes: ["violations"], selectors: false, preload: false };
    const { violations } = await axe.run(document, { runOnly: { type: "tag", values: tags }, ...brief });
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary}`));
  });
}

/** The page must not scroll sideways. */
export function overflowsSideways(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
}

/** Where screenshots go: DINGYI_SHOTS, or nowhere. */
export async function takeShot(page: Page, name: string): Promise<void> {
  const folder = process.env["DINGYI_SHOTS"];
  if (folder) await page.screenshot({ path: `${folder}/${name}.png` });
}

type Look = {
  readonly name: string;
  readonly width: number;
  readonly language: "en" | "zh-CN";
  readonly theme: "light" | "dark";
};

/**
 * Looks at a page in both languages, themes and widths: it is opened once in each language, then widened, narrowed and
 * recoloured. In each look it must be accessible and must not scroll sideways.
 */
export async function checkLooks(
  { browser, server, name }: { readonly browser: Browser; readonly server: TestServer; readonly name: string },
  open: (page: TestPage, language: Look["language"]) => Promise<void>,
  inEachLook: (page: TestPage, look: Look) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  for (const language of ["en", "zh-CN"] as const) {
    const page = await newPage(browser, server, { language });
    await open(page, language);
    for (const width of [1440, 390]) {
      const theme = (language === "en") === (width === 1440) ? "light" : "dark";
      await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
      await page.emulateMedia({ colorScheme: theme });
      const look = { name: `${name}-${String(width)}-${language}-${theme}`, width, language, theme } as const;
      await inEachLook(page, look);
      await checkLook(page, look.name);
    }
    if (page.problems.length > 0) throw new Error(`${name}: ${page.problems.join("; ")}`);
    await page.context().close();
  }
}

/** What holds in every look; `name` is that of the screenshot. */
export async function checkLook(page: Page, name: string): Promise<void> {
  await takeShot(page, name);
  // What is scrolled half under a bar is no target that is too small.
  const found = (await checkAccessibility(page)).filter((line) => !line.includes("partially obscured"));
  if (found.length > 0) throw new Error(`${name} is not accessible: ${found.join("\n")}`);
  if (await overflowsSideways(page)) throw new Error(`${name} scrolls sideways`);
}
