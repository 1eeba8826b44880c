/** The development years of ../shared/corpus/wmt25-term-dev as projects, and how a proposal is scored (RENDERINGS). */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { AlignedUnit } from "../src/model/rendering.ts";
import { foldChinese } from "../src/renderings/chinese-side.ts";

export type RenderingSet = {
  readonly name: string;
  readonly units: readonly AlignedUnit[];
  /** Term → accepted renderings. */
  readonly gold: ReadonlyMap<string, readonly string[]>;
};

const CORPUS = new URL("../../shared/corpus/", import.meta.url);

const readLines = (path: URL): readonly string[] => readFileSync(path, "utf8").replace(/\n$/u, "").split("\n");

/** One project for each year, or none where the corpus is missing. */
export function readRenderingSets(): readonly RenderingSet[] {
  const folder = new URL("wmt25-term-dev/", CORPUS);
  if (!existsSync(folder)) return [];
  const documents = readdirSync(new URL("docs/", folder)).filter((file) => file.endsWith(".zh.txt"));
  const lists = readdirSync(new URL("terms/", folder)).filter((file) => file.includes(".proper."));
  return lists.sort().map((list) => {
    const year = list.slice(0, 4);
    const units: AlignedUnit[] = [];
    for (const file of documents.filter((name) => name.startsWith(year)).sort()) {
      const zh = readLines(new URL(`docs/${file}`, folder));
      const en = readLines(new URL(`docs/${file.replace(".zh.", ".en.")}`, folder));
      zh.forEach((source, line) => {
        const target = en[line] ?? "";
        if (source.trim() !== "" && target.trim() !== "") units.push({ id: `${file} ${line + 1}`, source, target });
      });
    }
    const listed = JSON.parse(readFileSync(new URL(`terms/${list}`, folder), "utf8")) as Record<string, readonly string[]>;
    const gold = new Map<string, string[]>();
    const add = (term: string, rendering: string): void => {
      gold.set(term, [...(gold.get(term) ?? []), rendering]);
    };
    // The lists of some years go from English to Chinese.
    const keyed = new Map<string, string>();
    const nameOf = (term: string): string => {
      const { key } = foldChinese(term);
      const known = keyed.get(key) ?? term;
      keyed.set(key, known);
      return known;
    };
    for (const [source, targets] of Object.entries(listed)) {
      for (const target of targets) {
        if (list.includes("zh-en")) add(nameOf(source), target);
        else add(nameOf(target), source);
      }
    }
    gold.delete("");
    return { name: year, units, gold };
  });
}

/** Small letters, no leading article, no marks, plural, -ed and -ing stripped. */
export function normalizeRendering(text: string): string {
  const words = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/['’]s?(?=\s|$)/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .split(" ");
  if (words.length > 1 && /^(?:the|an?)$/u.test(words[0] ?? "")) words.shift();
  // Hyphens are out: "off-site", "off site" and "offsite" are one.
  return words.map(stripEnding).join("");
}

function stripEnding(word: string): string {
  if (word.length > 4 && word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (word.length > 5 && word.endsWith("ing")) return word.slice(0, -3).replace(/e$/u, "");
  if (word.length > 4 && word.endsWith("ed")) return word.slice(0, -2).replace(/e$/u, "");
  if (word.length > 4 && /(?:s|x|ch|sh)es$/u.test(word)) return word.slice(0, -2);
  if (word.length > 3 && /[^su]s$/u.test(word)) return word.slice(0, -1).replace(/e$/u, "");
  return word.length > 3 ? word.replace(/e$/u, "") : word;
}

export function isAccepted(text: string, accepted: readonly string[]): boolean {
  const wanted = normalizeRendering(text);
  return accepted.some((rendering) => normalizeRendering(rendering) === wanted);
}
