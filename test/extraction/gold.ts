/**
 * The graded formulations of the shared sample documents, and how well a ranked list finds them.
 * Only a third of the formulations is graded: the share of listed ones is a lower bound that comparisons can use.
 */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Formulation } from "../../src/model/formulation.ts";

const SHARED = join("..", "shared");
const GOLD = join(SHARED, "gold", "formulations-dev.csv");
const NEGATIVES = join(SHARED, "gold", "negatives-dev.csv");
const CORPUS = join(SHARED, "corpus", "official-zh");

export const hasGold = existsSync(GOLD) && existsSync(NEGATIVES) && existsSync(CORPUS);
export const NO_GOLD = `no graded formulations at ${GOLD}`;

export type GoldEntry = {
  readonly text: string;
  readonly grade: string;
  readonly isFrame: boolean;
  readonly occurrences: number;
  readonly documents: number;
  readonly firstDate: string;
  readonly variants: readonly string[];
};

export type Gold = { readonly entries: readonly GoldEntry[]; readonly negatives: ReadonlySet<string> };

/** Cells of a CSV line; quoted cells may hold commas and doubled quotation marks. */
function readCells(line: string): string[] {
  const cells = line.match(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/gu) ?? [];
  return cells.map((cell) =>
    cell
      .replace(/,$/u, "")
      .replace(/^"([\s\S]*)"$/u, "$1")
      .replaceAll('""', '"'),
  );
}

export function readGold(): Gold {
  const rows = readFileSync(GOLD, "utf8").trim().split("\n").slice(1).map(readCells);
  const entries = rows.map(
    ([text = "", grade = "", category = "", occurrences = "0", documents = "0", , variants = "", date = ""]): GoldEntry => ({
      text,
      grade,
      isFrame: category === "frame",
      occurrences: Number(occurrences),
      documents: Number(documents),
      firstDate: date,
      // 提法一 (3); 提法二 (1): the counts are for people.
      variants: variants
        .split("; ")
        .map((variant) => variant.replace(/ \(.*$/u, ""))
        .filter((variant) => variant !== ""),
    }),
  );
  const negatives = readFileSync(NEGATIVES, "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => readCells(line)[0] ?? "");
  return { entries, negatives: new Set(negatives) };
}

export function readOfficialFiles(): { readonly name: string; readonly bytes: Uint8Array }[] {
  const names = readdirSync(CORPUS).filter((name) => /^\d.*\.txt$/u.test(name));
  return names.sort().map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(CORPUS, name))) }));
}

function strip(text: string): string {
  return text.replace(/^[“《]|[”》]$/gu, "");
}

/** Without outer marks, 的 and the difference between 、 and a comma. */
export function loosen(text: string): string {
  return strip(text).replaceAll("的", "").replaceAll(/[，,]/gu, "、");
}

export type GoldMeasure = {
  readonly listed: (ranks: number) => number;
  readonly negatives: (ranks: number) => readonly string[];
  /** Share of grade A found in so many lines; `reachable`: of 4 characters, 3 occurrences, 2 documents. */
  readonly recall: (ranks: number, reachable: boolean) => number;
  /** The same without the help of variants. */
  readonly recallExact: (ranks: number, reachable: boolean) => number;
  /** Entries whose count, documents and first date are equal, and all that were found. */
  readonly equal: { readonly right: number; readonly found: number };
};

/** Of a formulation what the measure looks at; counts and dates may be left out. */
export type GoldCandidate = Pick<Formulation, "text"> &
  Partial<Pick<Formulation, "distinctCount" | "documents" | "firstDate">> & {
    readonly variants: readonly { readonly text: string }[];
  };

export function measureGold(gold: Gold, formulations: readonly GoldCandidate[]): GoldMeasure {
  const entries = gold.entries.filter(({ isFrame }) => !isFrame);
  const known = new Set(entries.flatMap(({ text, variants }) => [loosen(text), ...variants.map(loosen)]));
  const ranks = new Map<string, number>();
  const exactRanks = new Map<string, number>();
  formulations.forEach((formulation, rank) => {
    const bare = strip(formulation.text);
    if (!exactRanks.has(bare)) exactRanks.set(bare, rank + 1);
    for (const text of [formulation.text, ...formulation.variants.map((variant) => variant.text)]) {
      const key = loosen(text);
      if (!ranks.has(key)) ranks.set(key, rank + 1);
    }
  });
  const isReachable = ({ text, occurrences, documents }: GoldEntry): boolean =>
    text.length >= 4 && occurrences >= 3 && documents >= 2;
  const byText = new Map(formulations.map((formulation) => [formulation.text, formulation]));
  const found = entries.flatMap((entry) => {
    const formulation = byText.get(entry.text);
    return formulation ? [{ entry, formulation }] : [];
  });
  const right = found.filter(
    ({ entry, formulation }) =>
      entry.occurrences === formulation.distinctCount &&
      entry.documents === formulation.documents &&
      entry.firstDate === formulation.firstDate,
  );
  const countFound = (reachable: boolean, isFound: (entry: GoldEntry) => boolean): number => {
    const wanted = entries.filter((entry) => entry.grade === "A" && (!reachable || isReachable(entry)));
    return wanted.filter(isFound).length / wanted.length;
  };
  return {
    listed: (most) => formulations.slice(0, most).filter(({ text }) => known.has(loosen(text))).length,
    negatives: (most) => formulations.slice(0, most).flatMap(({ text }) => (gold.negatives.has(text) ? [text] : [])),
    recall: (most, reachable) => countFound(reachable, ({ text }) => (ranks.get(loosen(text)) ?? Infinity) <= most),
    recallExact: (most, reachable) => countFound(reachable, ({ text }) => (exactRanks.get(strip(text)) ?? Infinity) <= most),
    equal: { right: right.length, found: found.length },
  };
}
