/**
 * Extraction at 1 and 10 MB of Chinese, with `--large` at 100 MB too: processor time, time by the clock, peak memory and
 * the ratio to the size before, on generated and on real text. Each size runs in a process of its own, so that its peak
 * is its own. Beside it, at 1 MB, counting all n-grams of 2 to 12 characters in a map, which ranks nothing.
 */
import { execFile } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";
import { extractFormulations } from "../src/extraction/extract-formulations.ts";
import type { ExtractionDocument } from "../src/model/formulation.ts";
import { createRandom } from "./random.ts";

const CORPUS = join("..", "shared", "corpus");
const SENTENCES = join(CORPUS, "jiyu-tm", "zh-944k.txt.gz");
const SIZES = [1, 10] as const;
const LARGE = 100;
const TWIN_SIZE = 1;
const MB = 1_000_000;

type Kind = "generated" | "real";
type Figures = {
  readonly documents: number;
  readonly characters: number;
  readonly formulations: number;
  readonly processor: number;
  readonly clock: number;
  readonly peak: number;
  readonly grown: number;
};

/** Invented sentences of official register: set wordings in ever new surroundings, with rare characters in between. */
function inventSentences(bytes: number): string[] {
  const random = createRandom(7);
  const lists = [
    "各地要 有关部门要 会议指出， 会议强调， 省政府决定 要坚决 必须 云溪省 各市县 相关单位要",
    "加强 推进 落实 完善 做好 统筹 深化 保障 健全 优化 规范 支持 引导 提升",
    "防汛抗旱 粮食安全 基层治理 营商环境 公共卫生 生态环境 道路交通 义务教育 就业服务 乡村建设 河湖管护 养老服务",
    "工作 体系建设 责任制 机制 各项措施落地见效 能力水平 专项行动 试点任务 重点项目",
  ].map((words) => words.split(" "));
  const pick = (list: readonly string[] = []): string => list[random(list.length)] ?? "";
  const sentences: string[] = [];
  for (let size = 0; size < bytes;) {
    const rare = Array.from({ length: 2 + random(4) }, () => String.fromCodePoint(0x4e00 + random(6000))).join("");
    const sentence = `${pick(lists[0])}${pick(lists[1])}${rare}${pick(lists[2])}${pick(lists[3])}，${pick(lists[1])}${pick(lists[2])}。`;
    sentences.push(sentence);
    size += sentence.length * 3;
  }
  return sentences;
}

/** Example sentences, with official ones in between where they are at hand, again from the start when they are used up. */
function readSentences(): { readonly general: readonly string[]; readonly official: readonly string[] } {
  const general = gunzipSync(readFileSync(SENTENCES)).toString("utf8").split("\n");
  const official = [join(CORPUS, "official-zh"), join(CORPUS, "wmt25-term-dev", "docs")].flatMap((folder) =>
    existsSync(folder)
      ? readdirSync(folder)
          .filter((name) => /^\d.*\.txt$/u.test(name) && !name.endsWith(".en.txt"))
          .sort()
          .flatMap((name) => readFileSync(join(folder, name), "utf8").match(/[^。\n]+。/gu) ?? [])
      : [],
  );
  return { general, official };
}

/** Documents of ten paragraphs of five sentences; one in five is official. Shuffled enough that none is a copy. */
function makeDocuments(bytes: number, kind: Kind): readonly ExtractionDocument[] {
  const { general, official } = kind === "real" ? readSentences() : { general: inventSentences(bytes), official: [] };
  const random = createRandom(bytes);
  const documents: ExtractionDocument[] = [];
  for (let size = 0, at = 0; size < bytes;) {
    const paragraphs = Array.from({ length: 10 }, () =>
      Array.from({ length: 5 }, (_, i) =>
        i === 0 && official.length > 0 ? (official[random(official.length)] ?? "") : (general[at++ % general.length] ?? ""),
      ).join(""),
    );
    for (const text of paragraphs) size += Buffer.byteLength(text);
    const day = String(1 + (documents.length % 28)).padStart(2, "0");
    documents.push({ id: `d${documents.length}`, title: "", date: `2024-06-${day}`, paragraphs });
  }
  return documents;
}

function countNgrams(documents: readonly ExtractionDocument[]): number {
  const counts = new Map<string, number>();
  for (const { paragraphs } of documents) {
    for (const text of paragraphs) {
      for (let start = 0; start < text.length; start++) {
        for (let length = 2; length <= 12 && start + length <= text.length; length++) {
          const ngram = text.slice(start, start + length);
          counts.set(ngram, (counts.get(ngram) ?? 0) + 1);
        }
      }
    }
  }
  return counts.size;
}

function measure(megabytes: number, kind: Kind, isTwin: boolean): Figures {
  const documents = makeDocuments(megabytes * MB, kind);
  const characters = documents.reduce((sum, { paragraphs }) => sum + paragraphs.join("").length, 0);
  const before = process.memoryUsage().rss;
  const cpu = process.cpuUsage();
  const clock = performance.now();
  const formulations = isTwin ? countNgrams(documents) : extractFormulations(documents).formulations.length;
  const { user, system } = process.cpuUsage(cpu);
  const peak = process.resourceUsage().maxRSS / 1024;
  return {
    documents: documents.length,
    characters,
    formulations,
    processor: (user + system) / 1e6,
    clock: (performance.now() - clock) / 1000,
    peak,
    grown: Math.max(0, peak - before / 2 ** 20),
  };
}

async function measureApart(megabytes: number, kind: Kind, isTwin = false): Promise<Figures> {
  const own = fileURLToPath(import.meta.url);
  const args = ["--max-old-space-size=6144", own, String(megabytes), kind, isTwin ? "twin" : "extract"];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout) as Figures;
}

export async function benchExtractionScale(print: (line: string) => void): Promise<void> {
  const sizes = process.argv.includes("--large") ? [...SIZES, LARGE] : SIZES;
  for (const kind of ["generated", "real"] as const) {
    if (kind === "real" && !existsSync(SENTENCES)) {
      print(`real text: skipped, no ${SENTENCES}`);
      continue;
    }
    print(`${kind} text; seconds of processor time with all threads (by the clock)`);
    let previous: { readonly megabytes: number; readonly processor: number } | undefined;
    for (const megabytes of sizes) {
      const figures = await measureApart(megabytes, kind);
      const { processor, clock, peak, grown } = figures;
      const ratio = previous
        ? `, ${(processor / previous.processor).toFixed(1)}× for ${megabytes / previous.megabytes}× the text`
        : "";
      print(
        `  ${megabytes} MB, ${(figures.characters / 1e6).toFixed(2)} M characters, ${figures.documents} documents: ` +
          `${processor.toFixed(1)} s (${clock.toFixed(1)} s), peak ${Math.round(peak)} MB, ${Math.round(grown)} MB more than ` +
          `with the text alone, ${figures.formulations} formulations${ratio}`,
      );
      if (megabytes === TWIN_SIZE) {
        const twin = await measureApart(megabytes, kind, true);
        print(
          `  ${megabytes} MB, twin, counting n-grams in a map without ranking: ${twin.processor.toFixed(1)} s ` +
            `(${twin.clock.toFixed(1)} s), peak ${Math.round(twin.peak)} MB, ${twin.formulations} n-grams`,
        );
      }
      previous = { megabytes, processor };
    }
  }
}

if (import.meta.main) {
  const [megabytes = "1", kind = "generated", what = "extract"] = process.argv.slice(2);
  process.stdout.write(JSON.stringify(measure(Number(megabytes), kind === "real" ? "real" : "generated", what === "twin")));
}
