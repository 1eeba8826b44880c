/**
 * Extraction: time and memory at about 50 KB, 1 MB and 10 MB of Chinese, counting all n-grams in a map beside it
 * at the smallest size, and the quality on graded formulations.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { extractFormulations } from "../src/extraction/extract-formulations.ts";
import type { ExtractionDocument } from "../src/model/formulation.ts";
import { extractFiles } from "../src/workflow/extract-files.ts";
import { NO_GOLD, hasGold, readOfficialFiles } from "../test/extraction/gold.ts";
import { benchExtractionQuality } from "./extraction-quality.ts";
import { createRandom } from "./random.ts";

const SENTENCES = join("..", "shared", "corpus", "jiyu-tm", "zh-944k.txt.gz");
const SIZES = [50_000, 1_000_000, 10_000_000] as const;
const RUNS = 3;

/** Invented sentences of official register, for machines without the corpus. */
function inventSentences(count: number): string[] {
  const random = createRandom(7);
  const pick = (words: string): string => {
    const all = words.split(" ");
    return all[random(all.length)] ?? "";
  };
  return Array.from({ length: count }, () => {
    const who = pick("各地要 有关部门要 会议指出， 会议强调， 省政府决定 要坚决 必须");
    const verb = pick("加强 推进 落实 完善 做好 统筹 深化 保障 健全");
    const thing = pick("防汛抗旱 粮食安全 基层治理 营商环境 公共卫生 生态环境 道路交通 义务教育 就业服务");
    const end = pick("工作 体系建设 责任制 机制 各项措施落地见效");
    const character = String.fromCodePoint(0x4e00 + random(5000)) + String.fromCodePoint(0x4e00 + random(5000));
    return `${who}${verb}${character}${thing}${end}。`;
  });
}

function readSentences(): string[] {
  if (!existsSync(SENTENCES)) return inventSentences(300_000);
  return gunzipSync(readFileSync(SENTENCES)).toString("utf8").split("\n");
}

/** Documents of general sentences with a fifth of official ones in between, shuffled, so that they are no copies. */
function makeDocuments(bytes: number, general: readonly string[], official: readonly string[]): ExtractionDocument[] {
  const random = createRandom(bytes);
  const documents: ExtractionDocument[] = [];
  let size = 0;
  for (let at = 0; size < bytes;) {
    const paragraphs: string[] = [];
    for (let paragraph = 0; paragraph < 10; paragraph++) {
      const text = Array.from({ length: 5 }, (_, i) =>
        i === 0 && official.length > 0 ? (official[random(official.length)] ?? "") : (general[at++ % general.length] ?? ""),
      ).join("");
      paragraphs.push(text);
      size += Buffer.byteLength(text);
    }
    const day = String(1 + (documents.length % 28)).padStart(2, "0");
    documents.push({ id: `d${documents.length}`, title: "", date: `2024-06-${day}`, paragraphs });
  }
  return documents;
}

/** The slow twin: all n-grams of 2 to 12 characters in a map. It only counts; it ranks nothing. */
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

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[values.length >> 1] ?? 0;
}

/** Processor time of this process in milliseconds: on a machine with other work it says more than the clock. */
function time(run: () => unknown, runs: number): number {
  return median(
    Array.from({ length: runs }, () => {
      const start = process.cpuUsage();
      run();
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1000;
    }),
  );
}

export async function benchExtraction(print: (line: string) => void): Promise<void> {
  const official = hasGold
    ? readOfficialFiles().flatMap(({ bytes }) => new TextDecoder().decode(bytes).match(/[^。\n]+。/gu) ?? [])
    : [];
  print("milliseconds of processor time, all threads of the process");
  print(
    existsSync(SENTENCES) ? "text: example sentences mixed with official ones" : `text: invented sentences (no ${SENTENCES})`,
  );
  const general = readSentences();
  let previous: { readonly bytes: number; readonly milliseconds: number } | undefined;
  for (const bytes of SIZES) {
    const documents = makeDocuments(bytes, general, official);
    globalThis.gc?.();
    const before = process.memoryUsage().rss;
    let found = 0;
    const milliseconds = time(
      () => {
        found = extractFormulations(documents).formulations.length;
      },
      bytes > 5_000_000 ? 1 : RUNS,
    );
    const grown = Math.max(0, process.memoryUsage().rss - before) / 2 ** 20;
    const factor = previous
      ? `, ${(milliseconds / previous.milliseconds).toFixed(1)}× for ${bytes / previous.bytes}× the text`
      : "";
    print(
      `${(bytes / 1e6).toFixed(2)} MB, ${documents.length} documents: ${Math.round(milliseconds)} ms, ` +
        `+${Math.round(grown)} MB, ${found} formulations${factor}`,
    );
    if (bytes <= 1_000_000) {
      let kinds = 0;
      const slow = time(() => {
        kinds = countNgrams(documents);
      }, 1);
      print(`  twin, counting n-grams in a map without ranking: ${Math.round(slow)} ms, ${kinds} n-grams`);
    }
    previous = { bytes, milliseconds };
  }
  if (!hasGold) {
    print(`quality: skipped, ${NO_GOLD}`);
    return;
  }
  const files = readOfficialFiles();
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const start = process.cpuUsage();
    await extractFiles(files);
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1000);
  }
  print(`five sample files, raw: ${Math.round(median(times))} ms with reading and splitting`);
  await benchExtractionQuality(print, { ablation: process.argv.includes("--ablation") });
}
