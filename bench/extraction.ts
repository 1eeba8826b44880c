/**
 * Extraction: time on the five sample files, time and memory from 1 MB up (`extraction-scale.ts`), and the quality on
 * graded formulations (`extraction-quality.ts`). `--large` adds 100 MB, `--ablation` what each evidence is worth.
 */
import { extractFiles } from "../src/workflow/extract-files.ts";
import { NO_GOLD, hasGold, readOfficialFiles } from "../test/extraction/gold.ts";
import { benchExtractionQuality } from "./extraction-quality.ts";
import { benchExtractionScale } from "./extraction-scale.ts";

const RUNS = 5;

export async function benchExtraction(print: (line: string) => void): Promise<void> {
  if (hasGold) await benchSampleFiles(print);
  await benchExtractionScale(print);
  if (hasGold) await benchExtractionQuality(print, { ablation: process.argv.includes("--ablation") });
  else print(`sample files and quality: skipped, ${NO_GOLD}`);
}

/** The first run also compiles, as a command does; the median is what a server takes. */
async function benchSampleFiles(print: (line: string) => void): Promise<void> {
  const files = readOfficialFiles();
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const start = process.cpuUsage();
    await extractFiles(files);
    const { user, system } = process.cpuUsage(start);
    times.push(Math.round((user + system) / 1000));
  }
  const median = [...times].sort((one, other) => one - other)[RUNS >> 1];
  print(
    `five sample files, raw, with reading and splitting: ${times[0]} ms of processor time at first, ${median} ms as a median of ${RUNS}`,
  );
}
