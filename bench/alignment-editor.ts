/**
 * The alignment editor in a real browser: opening, going from row to row, steps, searching and filtering, at 5,000 and
 * 10,000 rows. Times are what a person waits for (wall clock), and beside them the processor time of the page's own
 * thread, which says the same on a busy machine. Texts are put together out of a few invented sentences.
 */
import { chromium } from "playwright-core";
import type { CDPSession, Page } from "playwright-core";
import type { Bead } from "../src/model/alignment.ts";
import { makeGroups } from "../src/workflow/alignments.ts";
import { findChromium } from "../test/browser/find-chromium.ts";
import { startTestServer } from "../test/server/server-setup.ts";
import type { TestServer } from "../test/server/server-setup.ts";
import { makeDocument, makeParagraph } from "../test/storage/samples.ts";

const SIZES = [5_000, 10_000];
const PAIRS = [
  [
    "截至6月3日8时，全省共有37条河流超警戒水位，紧急转移安置群众4.6万人。",
    "As of 8:00 on 3 June, 37 rivers were above their warning levels, and 46,000 people had been moved to safety.",
  ],
  [
    "要加快修复水毁农村公路，力争10月底前全部恢复通车。",
    "Repairs to flood-damaged rural roads must be sped up so that all of them reopen to traffic by the end of October.",
  ],
  [
    "各地要落实早预警、早转移、早处置，做到责任到人、措施到位。",
    "All localities must put early warning, early evacuation and early response into practice, with a named person for every task.",
  ],
  [
    "要严格执行二十四小时值班制度，及时报送险情灾情。",
    "The 24-hour duty system must be strictly observed, and dangers and damage reported in time.",
  ],
] as const;

type Print = (line: string) => void;

export async function benchAlignmentEditor(print: Print): Promise<void> {
  const server = await startTestServer();
  const args = ["--headless", "--disable-gpu", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])];
  const { path, libraries } = await findChromium();
  const env = libraries === "" ? {} : { env: { ...process.env, LD_LIBRARY_PATH: libraries } };
  const browser = await chromium.launch({ executablePath: path, args, ...env });
  try {
    for (const size of SIZES) {
      const id = await storeRows(server, size);
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, baseURL: server.url });
      const page = await context.newPage();
      const thread = await context.newCDPSession(page);
      await thread.send("Performance.enable", { timeDomain: "threadTicks" });
      print(`${String(size)} rows`);
      for (const time of ["first", "second"]) {
        await page.goto(`/p/${server.projectId}/align/${id}`);
        await page.waitForSelector(".row.is-active");
        const { paint, rows } = await page.evaluate(() => ({
          paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
          rows: performance.now(),
        }));
        print(`  ${time} opening: first paint ${paint.toFixed(0)} ms, rows ${rows.toFixed(0)} ms`);
      }
      for (const [key, presses] of [
        ["ArrowDown", 100],
        ["ArrowUp", 50],
        ["PageDown", 50],
      ] as const) {
        print(`  ${key}: ${await measurePresses({ page, thread, key, presses })}`);
      }
      print(`  a step with its answer: ${describe(await measureSteps(page))}`);
      print(`  all rows confirmed at once, and taken back: ${await measureBulk(page)}`);
      print(`  filters and searches: ${describe(await measureFilters(page))}`);
      await context.close();
    }
  } finally {
    await browser.close();
    await server.close();
  }
}

async function storeRows(server: TestServer, size: number): Promise<string> {
  const { documents, segments, alignments } = server.application.stores;
  const signed = { author: "Zhao Ning", at: server.application.clock() };
  const store = async (side: "source" | "target", language: string) => {
    const sentences = Array.from({ length: size }, (_, at) => PAIRS[at % PAIRS.length]?.[side === "source" ? 0 : 1] ?? "");
    const paragraphs = Array.from({ length: Math.ceil(size / 4) }, (_, at) =>
      makeParagraph(at + 1, sentences.slice(at * 4, at * 4 + 4)),
    );
    const document = await documents.add(makeDocument(server.projectId, { side, language, paragraphs }), signed);
    return { id: document.id, segments: await segments.list({ documentId: document.id }) };
  };
  const [source, target] = [await store("source", "zh"), await store("target", "en")];
  const beads = Array.from({ length: size }, (_, at): Bead => ({ source: [at], target: [at], confidence: 0.97, anchors: [] }));
  const groups = makeGroups(beads, { source: source.segments, target: target.segments }, () => crypto.randomUUID());
  const ids = { projectId: server.projectId, sourceDocumentId: source.id, targetDocumentId: target.id };
  return (await alignments.create({ ...ids, state: { groups }, ...signed })).id;
}

/** From the press to the layout of the new row, and the processor time of all that follows until the next frame. */
async function measurePresses({
  page,
  thread,
  key,
  presses,
}: {
  readonly page: Page;
  readonly thread: CDPSession;
  readonly key: string;
  readonly presses: number;
}): Promise<string> {
  const before = await readThread(thread);
  const times = await page.evaluate(
    async ([name, count]) => {
      const grid = document.querySelector("[data-grid]");
      const durations: number[] = [];
      for (let press = 0; press < count; press += 1) {
        performance.mark("press");
        grid?.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));
        document.querySelector(".row.is-active")?.getBoundingClientRect();
        durations.push(performance.measure("row change", "press").duration);
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      }
      return durations;
    },
    [key, presses] as const,
  );
  const used = (((await readThread(thread)) - before) * 1000) / presses;
  return `${describe(times)}; processor ${used.toFixed(1)} ms a press, painting included`;
}

async function readThread(thread: CDPSession): Promise<number> {
  const { metrics } = await thread.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0;
}

async function measureSteps(page: Page): Promise<readonly number[]> {
  const times: number[] = [];
  for (let step = 0; step < 15; step += 1) {
    const start = performance.now();
    const answer = page.waitForResponse((response) => response.url().endsWith("/steps"));
    await page.keyboard.press(step % 2 === 0 ? "b" : "m");
    await (await answer).finished();
    times.push(performance.now() - start);
  }
  return times;
}

/** From the press until the page shows it, and the bytes of the answer. */
async function measureBulk(page: Page): Promise<string> {
  const measured: string[] = [];
  await page.keyboard.press("End");
  for (const [key, path] of [
    ["Shift+A", "/steps"],
    ["Control+z", "/undo"],
  ] as const) {
    const start = performance.now();
    const answered = page.waitForResponse((response) => response.url().endsWith(path));
    await page.keyboard.press(key);
    const answer = await answered;
    const bytes = (await answer.body()).length;
    const answerTime = performance.now() - start;
    await page.waitForSelector(key === "Shift+A" ? ".row .is-good" : ".row:not(:has(.is-good))");
    const shownTime = performance.now() - start;
    measured.push(
      `answer ${answerTime.toFixed(0)} ms, ${(bytes / 1024).toFixed(0)} KB, shown after ${(shownTime - answerTime).toFixed(0)} ms`,
    );
  }
  return measured.join("; ");
}

function measureFilters(page: Page): Promise<readonly number[]> {
  return page.evaluate(() => {
    const times: number[] = [];
    const time = (work: () => void) => {
      const start = performance.now();
      work();
      document.querySelector("[data-rows]")?.getBoundingClientRect();
      times.push(performance.now() - start);
    };
    const field = document.querySelector<HTMLInputElement>("[data-find]");
    for (const words of ["公路", "evacuation", "没有", ""]) {
      time(() => {
        if (field) field.value = words;
        field?.dispatchEvent(new CompositionEvent("compositionend"));
      });
    }
    for (const chip of document.querySelectorAll<HTMLElement>("[data-filter]")) time(() => chip.click());
    return times;
  });
}

function describe(times: readonly number[]): string {
  const sorted = [...times].sort((one, other) => one - other);
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1);
  return `median ${at(0.5)} ms, p95 ${at(0.95)} ms`;
}
