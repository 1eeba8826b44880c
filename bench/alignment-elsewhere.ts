/**
 * Alignment of texts the weights were not fitted on, from pairs that are known to belong together: news, annual
 * reports in Traditional script, a medical memory, and strings of programs in English–Spanish and English–Catalan.
 * Once as they are, and once disturbed: of 100 pairs about 12 are joined with the next on one side, 10 lose a side.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { alignTexts } from "../src/alignment/align.ts";
import type { Lexicon } from "../src/alignment/lexicon.ts";
import { readTmx } from "../src/formats/tmx.ts";
import { alignByLength } from "../test/alignment/gale-church.ts";
import type { PlainBead } from "../test/alignment/gale-church.ts";
import { addScores, measureScore, scoreBeads } from "./alignment-sets.ts";
import type { AlignmentFile } from "./alignment-sets.ts";
import { createRandom } from "./random.ts";

type Print = (line: string) => void;
type Pair = readonly [source: string, target: string];
type Texts = readonly (readonly Pair[])[];

const SHARED = new URL("../../shared/", import.meta.url);
const readLines = (path: string): readonly string[] => readFileSync(new URL(path, SHARED), "utf8").split("\n");

const isFull = ([source, target]: Pair): boolean => source.trim() !== "" && target.trim() !== "";

function readPairs(source: string, target: string): readonly Pair[] {
  const other = readLines(target);
  return readLines(source)
    .map((line, at): Pair => [line, other[at] ?? ""])
    .filter(isFull);
}

/** Units whose sides differ, each pair once. */
function readUnits(path: string, [sourceLanguage, targetLanguage]: Pair): readonly Pair[] {
  const units = readTmx(readFileSync(new URL(path, SHARED)), { sourceLanguage, targetLanguage }).value ?? [];
  const flat = (text: string): string => text.replaceAll(/\s+/gu, " ").trim();
  const pairs = units.map((unit): Pair => [flat(unit.source), flat(unit.target)]).filter(isFull);
  const seen = new Map(pairs.map((pair) => [pair.join("\n"), pair]));
  return [...seen.values()].filter(([source, target]) => source !== target);
}

function readReports(): readonly (readonly Pair[])[] {
  const folder = "corpus/wmt25-term-dev/docs/";
  return readdirSync(new URL(folder, SHARED))
    .filter((name) => name.endsWith(".zh.txt"))
    .sort()
    .map((name) => readPairs(folder + name, folder + name.replace(".zh.", ".en.")));
}

type Place = { readonly path: string; readonly name: string; readonly languages: Pair; readonly read: () => Texts };

const NEWS = "corpus/wmt-news-2021/newstest2021.";

function listPlaces(): readonly Place[] {
  const news = (pair: string, source: string, target: string): Pick<Place, "path" | "read"> => ({
    path: `${NEWS}${pair}.${source}`,
    read: () => [readPairs(`${NEWS}${pair}.${source}`, `${NEWS}${pair}.${target}`)],
  });
  const units = (path: string, languages: Pair): Pick<Place, "path" | "languages" | "read"> => ({
    path,
    languages,
    read: () => [readUnits(path, languages)],
  });
  return [
    { name: "news", languages: ["zh", "en"], ...news("zh-en", "src.zh", "ref.A.en") },
    { name: "news", languages: ["en", "zh"], ...news("en-zh", "src.en", "ref.A.zh") },
    { name: "reports, paragraphs", languages: ["zh", "en"], path: "corpus/wmt25-term-dev/docs/", read: readReports },
    { name: "medicine", ...units("corpus/tico19-zh/all.en-zh.tmx", ["en", "zh"]) },
    { name: "strings of a program", ...units("samples/tmx/valid/openxliff__OpenXLIFF_Java_es.tmx", ["en", "es"]) },
    { name: "strings of a program", ...units("samples/tmx/valid/omegat__test-match-stat-en-ca.tmx", ["en", "ca"]) },
  ];
}

function layOut(pairs: readonly Pair[], languages: Pair, random: ((below: number) => number) | undefined): AlignmentFile {
  const source: string[] = [];
  const target: string[] = [];
  const gold: string[] = [];
  for (let at = 0; at < pairs.length; at++) {
    const [one, other] = pairs[at] ?? ["", ""];
    const next = pairs[at + 1];
    const lot = random ? random(100) : 100;
    if (lot < 5) gold.push(`[${source.push(one) - 1}]:[]`);
    else if (lot < 10) gold.push(`[]:[${target.push(other) - 1}]`);
    else if (lot < 16 && next) {
      gold.push(`[${source.push(one) - 1},${source.push(next[0]) - 1}]:[${target.push(`${other} ${next[1]}`) - 1}]`);
      at++;
    } else if (lot < 22 && next) {
      gold.push(`[${source.push(`${one} ${next[0]}`) - 1}]:[${target.push(other) - 1},${target.push(next[1]) - 1}]`);
      at++;
    } else gold.push(`[${source.push(one) - 1}]:[${target.push(other) - 1}]`);
  }
  const toText = (lines: readonly string[], language: string) => ({
    segments: lines.map((text) => ({ text, paragraph: 0 })),
    language,
  });
  return { name: "", source: toText(source, languages[0]), target: toText(target, languages[1]), gold };
}

export function benchElsewhere(print: Print, lexicon: Lexicon): void {
  print("texts of other kinds and languages, strict F1 (one to one as given; disturbed: joined pairs and lost sides)");
  print("material                  pair    pairs   as given  disturbed   length alone, disturbed");
  for (const { path, name, languages, read } of listPlaces()) {
    if (!existsSync(new URL(path, SHARED))) {
      print(`left out: ../shared/${path} is missing`);
      continue;
    }
    const texts = read();
    const random = createRandom(7);
    const given = texts.map((pairs) => layOut(pairs, languages, undefined));
    const disturbed = texts.map((pairs) => layOut(pairs, languages, random));
    const isKnown = languages.includes("zh");
    const align = (file: AlignmentFile) => alignTexts(file.source, file.target, isKnown ? { lexicon } : {});
    const score = (files: readonly AlignmentFile[], method: (file: AlignmentFile) => readonly PlainBead[]) =>
      measureScore(addScores(files.map((file) => scoreBeads(file, method(file))))).f1.toFixed(3);
    const figures = [
      score(given, align),
      score(disturbed, align),
      score(disturbed, (file) => alignByLength(file.source, file.target)),
    ];
    const count = texts.reduce((sum, pairs) => sum + pairs.length, 0);
    print(
      `${name.padEnd(25)} ${languages.join("–").padEnd(7)} ${String(count).padEnd(7)} ${figures.map((figure) => figure.padEnd(9)).join(" ")}`,
    );
  }
}
