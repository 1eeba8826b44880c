/** Texts of ../shared/corpus as versions of each other: copies by hand, two translations of one text, planted ones. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { readDocument } from "../src/formats/document-reader.ts";
import { plantVersions } from "../test/alignment/planted-versions.ts";
import type { ParagraphLink, PlantedVersions, VersionPlan } from "../test/alignment/planted-versions.ts";
import { createRandom } from "./random.ts";

export type VersionSet = PlantedVersions & { readonly name: string };

const CORPUS = new URL("../../shared/corpus/", import.meta.url);
const read = (path: string): string => {
  const url = new URL(path, CORPUS);
  return existsSync(url) ? readFileSync(url, "utf8") : "";
};
const readLines = (path: string): readonly string[] =>
  read(path)
    .split("\n")
    .filter((line) => line.trim() !== "");

/** By lines of the files; a number alone stands for the same group on both sides. */
const COPIES: readonly { readonly base: string; readonly other: string; readonly gold: string }[] = [
  { base: "001", other: "000", gold: "1:1+2 3:7 4:8 5:9 6:10 7:11 8:12 9:13 10:14 11:15" },
  { base: "001", other: "002", gold: "57:1+2 59:7 60:8 61:9 62:10 63:11 64:12 65:13 66:14 67:15 68:16 69:17" },
  {
    base: "001",
    other: "003",
    gold: "12:7+9 14:13 15:15 16:17 17:19+21 18:23 19:25+27 20:29 21:31 22:33+35 23:37 24:39 25:41",
  },
  {
    base: "001",
    other: "004",
    gold: "38:1 40:5 41:7 42:10 43:12 44:14 45:16 46:18 47:20 48:22 49:24 50:26 51:28 52:30 53:32 54:34 55:36 56:38",
  },
];

/** The five sample documents, each copy against the compilation; read by hand. */
export async function readCopies(): Promise<readonly VersionSet[]> {
  const folder = new URL("official-zh/", CORPUS);
  if (!existsSync(folder)) return [];
  const open = async (number: string) => {
    const name = readdirSync(folder).find((file) => file.startsWith(number)) ?? "";
    const { value } = await readDocument({ name, bytes: readFileSync(new URL(name, folder)) });
    return value?.paragraphs ?? [];
  };
  return Promise.all(
    COPIES.map(async ({ base, other, gold }) => {
      const [one, two] = [await open(base), await open(other)];
      const find = (paragraphs: typeof one, lines: string | undefined): readonly number[] =>
        (lines ?? "").split("+").map((line) => paragraphs.findIndex((paragraph) => paragraph.line === Number(line)));
      return {
        name: `${base} ${other}`,
        base: one.map(({ text }) => text),
        other: two.map(({ text }) => text),
        gold: gold.split(" ").map((group) => {
          const [left, right] = group.split(":");
          return { base: find(one, left), other: find(two, right) };
        }),
      };
    }),
  );
}

/** Two translations of the same news by different people: nothing is equal, every line has its counterpart. */
export function readTranslations(): readonly VersionSet[] {
  const base = readLines("wmt-news-2021/newstest2021.en-zh.ref.A.zh");
  const other = readLines("wmt-news-2021/newstest2021.en-zh.ref.B.zh");
  const gold: readonly ParagraphLink[] = base.map((_, at) => ({ base: [at], other: [at] }));
  return base.length > 0 && base.length === other.length ? [{ name: "two translations", base, other, gold }] : [];
}

/** Paragraphs of one to six lines. */
function gather(lines: readonly string[], random: (below: number) => number): readonly string[] {
  const paragraphs: string[] = [];
  for (let at = 0; at < lines.length;) {
    const size = 1 + random(6);
    paragraphs.push(lines.slice(at, at + size).join(""));
    at += size;
  }
  return paragraphs;
}

export type Material = { readonly name: string; readonly paragraphs: readonly string[]; readonly strangers: readonly string[] };

/** Real Chinese texts in paragraphs, and paragraphs of other texts to put in. */
export async function readMaterials(): Promise<readonly Material[]> {
  const random = createRandom(7);
  const [copies] = await readCopies();
  const official = copies?.base ?? [];
  const speeches = gather(readLines("align-pol-dev/zh.txt"), random);
  const medicine = gather(
    [...read("tico19-zh/all.en-zh.tmx").matchAll(/<tuv xml:lang="zh"><seg>([^<]*)<\/seg>/gu)].map((found) => found[1] ?? ""),
    random,
  );
  const news = readLines("wmt-news-2021/newstest2021.zh-en.src.zh");
  const essays = gather(readLines("align-aca-dev/zh.txt"), random);
  const strangers = [...essays, ...gather(readLines("align-mag-dev/zh.txt"), random)];
  return [
    { name: "official", paragraphs: official, strangers },
    { name: "speeches", paragraphs: speeches, strangers },
    { name: "medicine", paragraphs: medicine.slice(0, 500), strangers },
    { name: "news", paragraphs: news.slice(0, 800), strangers },
  ].filter(({ paragraphs }) => paragraphs.length > 0);
}

type Planting = Omit<VersionPlan, "paragraphs" | "strangers" | "random">;

/** What is planted, by name. */
export function listPlantings(count: number): readonly (readonly [name: string, plan: Planting])[] {
  const third = Math.floor(count / 3);
  const structure = { part: 0.06, join: 0.06, drop: 0.05, insert: 0.05 };
  return [
    ...[0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6].map((change) => [`changed ${change * 100} %`, { change }] as const),
    ["parted, joined", { part: 0.15, join: 0.1, change: 0.05 }],
    ["parted, joined, 30 %", { part: 0.15, join: 0.1, change: 0.3 }],
    ["dropped, put in", { drop: 0.1, insert: 0.1, change: 0.1 }],
    ["dropped, put in, 40 %", { drop: 0.1, insert: 0.1, change: 0.4 }],
    ["moved", { move: 0.08, change: 0.05 }],
    ["moved, 30 %", { move: 0.08, change: 0.3 }],
    ["formula", { formula: "会议还研究了其他事项。", formulaEvery: 4, drop: 0.1, change: 0.1 }],
    ["exchanged", { exchange: { start: Math.floor(count / 6), count: third }, change: 0.1 }],
    ["omitted", { omit: { side: "other", start: third, count: third }, change: 0.1 }],
    ["lines", { lineLength: 38, change: 0.03 }],
    ["everything", { ...structure, change: 0.12, move: 0.03, formula: "会议还研究了其他事项。", formulaEvery: 9 }],
    ["everything, 35 %", { ...structure, change: 0.35, move: 0.03, formula: "会议还研究了其他事项。", formulaEvery: 9 }],
  ];
}

export function plant(material: Material, name: string, plan: Planting): VersionSet {
  return {
    name,
    ...plantVersions({ ...plan, ...material, random: createRandom(name.length * 31 + material.paragraphs.length) }),
  };
}
