/**
 * Import: reading, splitting and segmenting documents, in processor time, with memory. The slow twin beside it finds
 * copies by comparing every pair of documents, which is what shingle families save. Then a memory of 100 MB (tmx.ts).
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { groupFamilies } from "../src/documents/families.ts";
import { segmentParagraph } from "../src/segmentation/segment-paragraph.ts";
import { makeShingles, measureContainment } from "../src/text/shingles.ts";
import { analyseFiles } from "../src/workflow/import-analysis.ts";
import { benchTmx } from "./tmx.ts";

type NamedFile = { readonly name: string; readonly bytes: Uint8Array };

const OFFICIAL = "../shared/corpus/official-zh";
const SAMPLE = "tm/sample";
const RUNS = 5;

export async function benchImport(print: (line: string) => void): Promise<void> {
  const folder = existsSync(OFFICIAL) ? OFFICIAL : SAMPLE;
  if (folder === SAMPLE) print(`${OFFICIAL} is not there: measured on the project's own samples`);
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".txt"))
    .map((name): NamedFile => ({ name, bytes: readFileSync(`${folder}/${name}`) }));

  for (const copies of [1, 10]) {
    // Digits are changed so that the copies are texts of their own, not one family.
    const batch = Array.from({ length: copies }, (_, copy) => files.map((file) => vary(file, copy))).flat();
    const size = batch.reduce((sum, file) => sum + file.bytes.length, 0);
    const { ms, memory, value } = await measure(() => analyseFiles(batch));
    const documents = value.reduce((sum, proposal) => sum + proposal.documents.length, 0);
    print(`analyse ${batch.length} files, ${kilobytes(size)}: ${documents} documents, ${ms.toFixed(0)} ms, heap +${memory} MB`);
  }

  const paragraphs = (await analyseFiles(files)).flatMap((proposal) => proposal.paragraphs.map(({ text }) => text));
  const characters = paragraphs.reduce((sum, text) => sum + text.length, 0);
  const segmenting = await measure(async () => paragraphs.reduce((sum, text) => sum + segmentParagraph(text, "zh").length, 0));
  print(
    `segment ${characters} characters: ${segmenting.value} spans, ${segmenting.ms.toFixed(1)} ms, ${(characters / segmenting.ms / 1000).toFixed(1)} M characters/s`,
  );

  const texts = Array.from({ length: 300 }, (_, number) => ({
    id: String(number),
    paragraphs: paragraphs.slice(number % 50, (number % 50) + 12).map((text) => text + String(number)),
  }));
  const families = await measure(async () => groupFamilies(texts).length);
  const slow = await measure(async () => {
    const sets = texts.map((text) => makeShingles(text.paragraphs.join("\n")));
    let pairs = 0;
    for (const [at, one] of sets.entries())
      for (const other of sets.slice(at + 1)) if (measureContainment(one, other) > 0.7) pairs++;
    return pairs;
  });
  print(`families of ${texts.length} documents: ${families.ms.toFixed(0)} ms; every pair compared: ${slow.ms.toFixed(0)} ms`);
  await benchTmx(print);
}

function vary(file: NamedFile, copy: number): NamedFile {
  if (copy === 0) return file;
  const text = new TextDecoder()
    .decode(file.bytes)
    .replace(/[\u4e00-\u9fff]{3}/g, (three, at: number) => (at % (copy + 2) === 0 ? three.slice(1) : three));
  return { name: `${copy}-${file.name}`, bytes: new TextEncoder().encode(text) };
}

async function measure<T>(work: () => Promise<T>): Promise<{ readonly ms: number; readonly memory: number; readonly value: T }> {
  const times: number[] = [];
  let value = await work();
  let memory = 0;
  for (let run = 0; run < RUNS; run++) {
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    const start = process.cpuUsage();
    value = await work();
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1000);
    memory = Math.max(memory, process.memoryUsage().heapUsed - before);
  }
  times.sort((one, other) => one - other);
  return { ms: times[Math.floor(RUNS / 2)] ?? 0, memory: Math.round(memory / 1e6), value };
}

function kilobytes(size: number): string {
  return `${Math.round(size / 1000)} kB`;
}
