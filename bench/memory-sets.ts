/** Units and queries for the memory bench, and the scan beside it. */
import { createReadStream, existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import { splitWords } from "../src/memory/words.ts";
import type { Tokens } from "../src/memory/text-coder.ts";
import type { MemoryHit } from "../src/memory/memory-index.ts";
import { DistanceMeter, greatestDistance, similarityOf } from "../src/text/edit-distance.ts";
import { matchKey } from "../src/text/match-key.ts";
import { toCodePoints } from "../src/text/ngrams.ts";
import { createRandom } from "./random.ts";

export const CORPUS = join("..", "shared", "corpus", "jiyu-tm");

/** `pairs`: Chinese of 100,000 pairs; `english`: their English; `large`: some 940,000 Chinese sentences. */
export type SetName = "pairs" | "english" | "large";

export type QuerySet = { readonly units: readonly string[]; readonly queries: readonly string[] };

/** Every so many units one is kept out of the memory, to be asked for. */
const HELD_OUT = 150;
const QUERIES = 1000;

/** Invented sentences of official register, for machines without the corpus. */
function* makeSentences(count: number, random: (below: number) => number): Generator<string> {
  const openings = ["各地要", "有关部门要", "会议指出，", "坚持", "进一步", "切实", "省政府决定", "要把"];
  const verbs = ["加强", "推进", "落实", "完善", "做好", "统筹", "深化", "保障", "健全"];
  const things = ["防汛抗旱", "粮食安全", "基层治理", "营商环境", "公共卫生", "生态环境", "道路交通", "义务教育", "就业服务"];
  const endings = ["工作。", "体系建设。", "责任制。", "机制，确保取得实效。", "各项措施落地见效。"];
  const pick = (words: readonly string[]) => words[random(words.length)] ?? "";
  for (let number = 0; number < count; number++) {
    const middle = Array.from({ length: 1 + random(3) }, () => pick(verbs) + pick(things)).join("、");
    yield `${pick(openings)}${middle}${random(3) ? "" : String(random(900))}${pick(endings)}`;
  }
}

/** The sentences of a set, one after the other, so that nobody need hold them all. */
export async function* readSentences(name: SetName): AsyncGenerator<string> {
  const file = join(CORPUS, name === "large" ? "zh-944k.txt.gz" : "tm-100k.zh-en.tsv.gz");
  if (!existsSync(file)) {
    yield* makeSentences(name === "large" ? 950_000 : 100_000, createRandom(7));
    return;
  }
  const lines = createInterface({ input: createReadStream(file).pipe(createGunzip()), crlfDelay: Infinity });
  for await (const line of lines) {
    const [source = "", target = ""] = line.split("\t");
    yield name === "english" ? target : source;
  }
}

export const isHeldOut = (at: number): boolean => at % HELD_OUT === HELD_OUT - 1;

/** Changes 5 to 40 % of the pieces of a text: characters, or words with the spaces between them. */
function disturb(text: string, tokens: Tokens, random: (below: number) => number, vocabulary: readonly string[]): string {
  const pieces = tokens === "words" ? text.split(" ") : [...text];
  const edits = Math.max(1, Math.round((pieces.length * (5 + random(36))) / 100));
  for (let edit = 0; edit < edits; edit++) {
    const at = random(pieces.length + 1);
    const other =
      tokens === "words" ? (vocabulary[random(vocabulary.length)] ?? "") : String.fromCodePoint(0x4e00 + random(3000));
    const kind = random(3);
    pieces.splice(at, kind === 0 ? 0 : 1, ...(kind === 1 ? [] : [other]));
  }
  return pieces.join(tokens === "words" ? " " : "");
}

/** Queries half and half: units with some of their characters or words changed, and units that the memory does not hold. */
export function makeQueries(all: readonly string[], size: number, tokens: Tokens): QuerySet {
  const random = createRandom(2026);
  const heldOut = all.filter((_, at) => isHeldOut(at));
  const units = all.filter((_, at) => !isHeldOut(at)).slice(0, size);
  const vocabulary = tokens === "words" ? units.slice(0, 500).flatMap((unit) => unit.split(" ")) : [];
  const queries = Array.from({ length: QUERIES }, (_, at) =>
    at % 2 === 0
      ? disturb(units[random(units.length)] ?? "", tokens, random, vocabulary)
      : (heldOut[random(heldOut.length)] ?? ""),
  );
  return { units, queries };
}

export type Wanted = { readonly threshold: number; readonly limit: number };

/** The slow twin: bit-parallel distance to every unit, shortened only by the length of the two texts. */
export function createScan(units: readonly string[], tokens: Tokens): (query: string, wanted: Wanted) => MemoryHit[] {
  const numbers = new Map<string, number>();
  const codesOf = (text: string): Uint32Array => {
    if (tokens === "characters") return toCodePoints(matchKey(text)).slice();
    return Uint32Array.from(splitWords(matchKey(text)), (word) => {
      let number = numbers.get(word);
      if (number === undefined) numbers.set(word, (number = numbers.size));
      return number;
    });
  };
  const texts = units.map(codesOf);
  const meter = new DistanceMeter(0x40000);
  return (query, { threshold, limit }) => {
    const wanted = codesOf(query);
    meter.reserve(numbers.size);
    meter.prepare(wanted, wanted.length);
    const hits: MemoryHit[] = [];
    for (const [unit, text] of texts.entries()) {
      const longer = Math.max(text.length, wanted.length);
      const bound = greatestDistance(longer, threshold);
      const distance = meter.measureRange(text, 0, text.length, bound);
      if (distance <= bound) hits.push({ unit, similarity: similarityOf(distance, longer) });
    }
    return hits.sort((one, other) => other.similarity - one.similarity || one.unit - other.unit).slice(0, limit);
  };
}
