/**
 * How often the guessed class of a formulation is the one that a reader gave it, for each set of labels:
 *
 *   node bin/node24.mjs bench/classes.ts [--wrong]
 *
 * `bench/extraction/classes-unseen.csv` was labelled from the bare list, without the guesses (bench/extraction/README.md).
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { extractFormulations } from "../src/extraction/extract-formulations.ts";
import type { ExtractionDocument } from "../src/model/formulation.ts";
import { readExtractionFiles } from "../src/workflow/extract-files.ts";
import { readOfficialDocuments, readReportDocuments, readSentenceSet } from "./extraction-sets.ts";

const CORPUS = join("..", "shared", "corpus");
const EXAMPLE_LINES = 40_000;

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

async function readText(bytes: Uint8Array): Promise<readonly ExtractionDocument[]> {
  return (await readExtractionFiles([{ name: "text.txt", bytes }])).read;
}

function readExamples(): Promise<readonly ExtractionDocument[]> {
  const text = gunzipSync(readFileSync(join(CORPUS, "jiyu-tm", "zh-944k.txt.gz"))).toString("utf8");
  return readText(new TextEncoder().encode(text.split("\n").slice(0, EXAMPLE_LINES).join("\n")));
}

/** Sets of labels by the text that they belong to. */
const SETS: readonly { readonly labels: readonly string[]; readonly read: () => Promise<readonly ExtractionDocument[]> }[] = [
  { labels: ["official-later"], read: readOfficialDocuments },
  { labels: ["policy", "policy-later"], read: () => readSentenceSet("policy") },
  { labels: ["academic"], read: () => readSentenceSet("academic") },
  { labels: ["magazine"], read: () => readSentenceSet("magazine") },
  { labels: ["reports", "reports-later"], read: readReportDocuments },
  { labels: ["news"], read: () => readText(readFileSync(join(CORPUS, "wmt-news-2021", "newstest2021.en-zh.ref.A.zh"))) },
  { labels: ["examples"], read: readExamples },
];

const labelled = readFileSync(join("bench", "extraction", "classes-unseen.csv"), "utf8")
  .trim()
  .split("\n")
  .slice(1);
for (const { labels, read } of SETS) {
  const found = new Map(extractFormulations(await read()).formulations.map(({ text, class: guess }) => [text, guess]));
  for (const set of labels) {
    const lines = labelled.filter((line) => line.startsWith(`${set},`)).map((line) => line.slice(set.length + 1));
    const judged = lines.flatMap((line) => {
      const comma = line.lastIndexOf(",");
      const guess = found.get(line.slice(0, comma));
      return guess === undefined ? [] : [{ text: line.slice(0, comma), label: line.slice(comma + 1), guess }];
    });
    const wrong = judged.filter(({ label, guess }) => label !== guess);
    print(`${set}: ${judged.length - wrong.length} of ${judged.length}`);
    if (process.argv.includes("--wrong")) for (const { text, label, guess } of wrong) print(`  ${text}: ${label}, not ${guess}`);
  }
}
