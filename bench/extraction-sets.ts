/** The texts on which the extractor is measured and fitted, as documents. */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { ExtractionDocument } from "../src/model/formulation.ts";
import { readExtractionFiles } from "../src/workflow/extract-files.ts";
import { readOfficialFiles } from "../test/extraction/gold.ts";

const CORPUS = join("..", "shared", "corpus");

/** Five raw files of official texts of early 2020, with copies in them. */
export async function readOfficialDocuments(): Promise<readonly ExtractionDocument[]> {
  return (await readExtractionFiles(readOfficialFiles())).read;
}

/** Speeches of 2012 and 2013, academic texts and magazine articles: other registers, so that the weights hold there too. */
export const OTHER_SETS = ["policy", "academic", "magazine"] as const;
export type OtherSet = (typeof OTHER_SETS)[number];

const FOLDERS: Readonly<Record<OtherSet, string>> = {
  policy: "align-pol-dev",
  academic: "align-aca-dev",
  magazine: "align-mag-dev",
};

export function readSentenceSet(name: OtherSet): Promise<readonly ExtractionDocument[]> {
  return readFiles([join(CORPUS, FOLDERS[name], "zh.txt")]);
}

/** Annual reports in Traditional script. */
export function readReportDocuments(): Promise<readonly ExtractionDocument[]> {
  const folder = join(CORPUS, "wmt25-term-dev", "docs");
  const names = readdirSync(folder).filter((name) => name.endsWith(".zh.txt"));
  return readFiles(names.sort().map((name) => join(folder, name)));
}

async function readFiles(paths: readonly string[]): Promise<readonly ExtractionDocument[]> {
  const files = paths.map((path) => ({ name: path, bytes: new Uint8Array(readFileSync(path)) }));
  return (await readExtractionFiles(files)).read;
}
