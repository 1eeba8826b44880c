/**
 * Which file of one folder is the translation of which of the other, by name.
 *
 * Two names belong together when they are equal but for the ending and a mark of the language: `report.zh.txt` and
 * `report.en.docx`, `zh/3.txt` and `en/3.txt`. A folder that holds both languages may be given twice.
 * Guarantee: each file is in one pair at most; names that fit several files are left unpaired. Cost: O(files).
 */
import type { LanguageTag } from "../model/span.ts";

export type FilePair = { readonly name: string; readonly source: string; readonly target: string };
export type PairedFiles = { readonly pairs: readonly FilePair[]; readonly unpaired: readonly string[] };

/** Other marks for a language that stand in file names. */
const OTHER_MARKS: Readonly<Record<string, string>> = { cn: "zh", chs: "zh", chn: "zh", eng: "en" };
const MARK = /[._-]([a-z]{2,3})(?:[-_](?:[a-z]{2}|hans|hant))?$/iu;

export type PairFilesInput = {
  /** Paths below each folder, with / between their parts. */
  readonly sources: readonly string[];
  readonly targets: readonly string[];
  readonly from: LanguageTag;
  readonly to: LanguageTag;
};

export function pairFiles({ sources, targets, from, to }: PairFilesInput): PairedFiles {
  const [own, other] = [primary(from), primary(to)];
  const known = (path: string) => readName(path, [own, other]);
  // Two texts of one language cannot be told by their marks.
  const isOf = (path: string, foreign: string) => own === other || known(path).language !== foreign;
  const sourceNames = group(
    sources.filter((path) => isOf(path, other)),
    known,
  );
  const targetNames = group(
    targets.filter((path) => isOf(path, own)),
    known,
  );
  const pairs: FilePair[] = [];
  for (const [name, [source, ...moreSources]] of sourceNames) {
    const [target, ...moreTargets] = targetNames.get(name) ?? [];
    if (source === undefined || target === undefined || moreSources.length + moreTargets.length > 0) continue;
    pairs.push({ name, source, target });
  }
  const usedSources = new Set(pairs.map((pair) => pair.source));
  const usedTargets = new Set(pairs.map((pair) => pair.target));
  return {
    pairs: pairs.sort((one, two) => (one.name < two.name ? -1 : 1)),
    unpaired: [
      ...[...sourceNames.values()].flat().filter((path) => !usedSources.has(path)),
      ...[...targetNames.values()].flat().filter((path) => !usedTargets.has(path)),
    ],
  };
}

function primary(language: string): string {
  return language.toLowerCase().split("-")[0] ?? "";
}

type Name = { readonly name: string; readonly language: string | undefined };

function readName(path: string, languages: readonly string[]): Name {
  const stem = path.replace(/\.[^./]*$/u, "");
  const mark = MARK.exec(stem)?.[1]?.toLowerCase() ?? "";
  const language = OTHER_MARKS[mark] ?? mark;
  return languages.includes(language) ? { name: stem.replace(MARK, ""), language } : { name: stem, language: undefined };
}

function group(paths: readonly string[], known: (path: string) => Name): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const path of paths) {
    const { name } = known(path);
    const before = groups.get(name);
    if (before) before.push(path);
    else groups.set(name, [path]);
  }
  return groups;
}
