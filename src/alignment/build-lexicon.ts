/**
 * Builds a lexicon from the headwords and English senses of a Chinese–English dictionary.
 *
 * Method: senses are parted at `;` and `/`, explanations in brackets dropped, words
 * stemmed; sense number k weighs (1 + .3k)^-.5, shared over its stems by inverse document frequency. Characters
 * get their own table by IBM model 1 (Brown et al. 1993) over headword characters and gloss stems, 4 rounds.
 * Stems that share headwords become synonyms of each other.
 * Guarantee: deterministic; a sense that cannot be read is left out. Cost: linear in the size of the glosses.
 */
import { stemWords } from "../text/english.ts";
import { packRows } from "./lexicon.ts";
import type { Lexicon, LexiconEntry, SparseRows } from "./lexicon.ts";

/** Says something about the entry, not about its meaning. */
const CROSS_REFERENCE =
  /^(?:CL:|(?:old |erroneous |Japanese )?variant of|see |also written|same as |used in |also pr\.|erhua |Taiwan pr\.)/u;
const EXPLANATION = /\([^()]*\)|\[[^\]]*\]|[\p{Script=Han}|·]+/gu;
const HAN = /\p{Script=Han}/u;
/** Words of dictionary style that translate nothing. */
const STYLE_WORDS = "to the of sth sb a an one's oneself etc fig lit idiom esp abbr for e g i used or and's";
const MOST_STEMS = 40;
const CHARACTER_ROUNDS = 4;
const CHARACTER_FLOOR = 0.004;
const MOST_CHARACTER_STEMS = 60;
const SYNONYM_FLOOR = 0.01;
const MOST_SYNONYMS = 25;

type Weighted = readonly (readonly [number, number])[];

export type BuildOptions = { readonly report?: (share: number) => void };

export function buildLexicon(entries: Iterable<LexiconEntry>, options: BuildOptions = {}): Lexicon {
  const report = options.report ?? (() => undefined);
  const stems = new Map<string, number>();
  const senses = collectSenses(entries, stems);
  report(0.4);
  const headwords = new Map([...senses.keys()].map((headword, row) => [headword, row]));
  const stemShares = countStems([...senses.values()], stems.size);
  const glossRows = weighGlosses([...senses.values()], stems.size);
  report(0.6);
  const { characters, rows } = learnCharacters([...headwords.keys()], glossRows);
  report(0.9);
  const glosses = packRows(glossRows);
  return {
    headwords,
    characters,
    stems,
    glosses,
    characterGlosses: packRows(rows),
    synonyms: findSynonyms(glosses, stems.size),
    stemShares,
  };
}

type Sense = { readonly stems: readonly number[]; readonly weight: number };

/** All senses of each headword; homographs follow each other, so that their ranks go on. */
function collectSenses(entries: Iterable<LexiconEntry>, stems: Map<string, number>): ReadonlyMap<string, readonly Sense[]> {
  const style = new Set(stemWords(STYLE_WORDS));
  const collected = new Map<string, Sense[]>();
  for (const entry of entries) {
    if (!HAN.test(entry.headword)) continue;
    const senses = collected.get(entry.headword) ?? [];
    for (const sense of entry.senses.flatMap((text) => text.split(/[;/]/u))) {
      const text = sense.trim();
      if (text === "" || CROSS_REFERENCE.test(text)) continue;
      const found = stemWords(text.replace(EXPLANATION, " ")).filter((stem) => stem !== "" && !style.has(stem));
      if (found.length === 0) continue;
      const ids = found.map((stem) => intern(stems, stem));
      const weight = text.startsWith("surname ") ? 0.2 : (1 + 0.3 * senses.length) ** -0.5;
      senses.push({ stems: [...new Set(ids)], weight });
    }
    if (senses.length > 0) collected.set(entry.headword, senses);
  }
  return collected;
}

function intern(ids: Map<string, number>, text: string): number {
  const known = ids.get(text);
  if (known !== undefined) return known;
  ids.set(text, ids.size);
  return ids.size - 1;
}

function countStems(words: readonly (readonly Sense[])[], stemCount: number): Float32Array {
  const counts = new Float32Array(stemCount);
  let total = 0;
  for (const senses of words) {
    for (const sense of senses) {
      for (const stem of sense.stems) counts[stem] = (counts[stem] ?? 0) + 1;
      total += sense.stems.length;
    }
  }
  return counts.map((count) => count / Math.max(1, total));
}

function weighGlosses(words: readonly (readonly Sense[])[], stemCount: number): readonly Weighted[] {
  const documents = new Float64Array(stemCount);
  for (const senses of words) {
    for (const stem of new Set(senses.flatMap((sense) => sense.stems))) documents[stem] = (documents[stem] ?? 0) + 1;
  }
  const rarity = documents.map((count) => Math.log(words.length / Math.max(1, count)) + 0.1);
  return words.map((senses) => {
    const weights = new Map<number, number>();
    for (const sense of senses) {
      const sum = sense.stems.reduce((total, stem) => total + (rarity[stem] ?? 0), 0);
      for (const stem of sense.stems) {
        weights.set(stem, (weights.get(stem) ?? 0) + (sense.weight * (rarity[stem] ?? 0)) / sum);
      }
    }
    return normalize(keepLargest([...weights], MOST_STEMS));
  });
}

function keepLargest(row: readonly (readonly [number, number])[], count: number): Weighted {
  return [...row].sort((one, other) => other[1] - one[1] || one[0] - other[0]).slice(0, count);
}

function normalize(row: Weighted): Weighted {
  const sum = row.reduce((total, [, weight]) => total + weight, 0);
  return row.map(([stem, weight]) => [stem, weight / sum]);
}

/** IBM model 1, characters → stems; the gloss weights are the counts. */
function learnCharacters(
  headwords: readonly string[],
  glosses: readonly Weighted[],
): { characters: ReadonlyMap<string, number>; rows: readonly Weighted[] } {
  const characters = new Map<string, number>();
  const spelled = headwords.map((headword) =>
    [...new Set(headword)].filter((sign) => HAN.test(sign)).map((sign) => intern(characters, sign)),
  );
  // Each pair of a character and a stem that meet in some entry has a number, so that the rounds work on flat arrays.
  const pairs = new Map<number, number>();
  const stride = 2 ** 20;
  const links: number[] = [];
  spelled.forEach((signs, row) => {
    for (const [stem] of glosses[row] ?? []) for (const sign of signs) links.push(intern2(pairs, stem * stride + sign));
  });
  const pairCharacters = Uint32Array.from(pairs.keys(), (key) => key % stride);
  const pairStems = Uint32Array.from(pairs.keys(), (key) => Math.floor(key / stride));
  const flat = Uint32Array.from(links);
  let share = new Float64Array(pairs.size).fill(1);
  for (let round = 0; round < CHARACTER_ROUNDS; round++) {
    const counts = new Float64Array(pairs.size);
    const totals = new Float64Array(characters.size);
    let at = 0;
    spelled.forEach((signs, row) => {
      for (const [, weight] of glosses[row] ?? []) {
        let sum = 0;
        for (let index = 0; index < signs.length; index++) sum += share[flat[at + index] ?? 0] ?? 0;
        for (let index = 0; index < signs.length; index++) {
          const pair = flat[at + index] ?? 0;
          const part = (weight * (share[pair] ?? 0)) / sum;
          counts[pair] = (counts[pair] ?? 0) + part;
          const sign = signs[index] ?? 0;
          totals[sign] = (totals[sign] ?? 0) + part;
        }
        at += signs.length;
      }
    });
    share = counts.map((count, pair) => count / (totals[pairCharacters[pair] ?? 0] || 1));
  }
  const rows: [number, number][][] = Array.from({ length: characters.size }, () => []);
  share.forEach((weight, pair) => {
    if (weight >= CHARACTER_FLOOR) rows[pairCharacters[pair] ?? 0]?.push([pairStems[pair] ?? 0, weight]);
  });
  return { characters, rows: rows.map((row) => keepLargest(row, MOST_CHARACTER_STEMS)) };
}

function intern2(ids: Map<number, number>, key: number): number {
  const known = ids.get(key);
  if (known !== undefined) return known;
  ids.set(key, ids.size);
  return ids.size - 1;
}

/** Stem → stem over shared headwords: the chance to meet the second when a headword of the first is picked. */
function findSynonyms(glosses: SparseRows, stemCount: number): SparseRows {
  const words: number[][] = Array.from({ length: stemCount }, () => []);
  for (let word = 0; word + 1 < glosses.starts.length; word++) {
    for (let at = glosses.starts[word] ?? 0; at < (glosses.starts[word + 1] ?? 0); at++)
      words[glosses.columns[at] ?? 0]?.push(at, word);
  }
  const sums = new Float64Array(stemCount);
  const rows = words.map((places): Weighted => {
    const touched: number[] = [];
    let total = 0;
    for (let index = 0; index < places.length; index += 2) total += glosses.weights[places[index] ?? 0] ?? 0;
    for (let index = 0; index < places.length; index += 2) {
      const share = (glosses.weights[places[index] ?? 0] ?? 0) / total;
      const word = places[index + 1] ?? 0;
      for (let at = glosses.starts[word] ?? 0; at < (glosses.starts[word + 1] ?? 0); at++) {
        const stem = glosses.columns[at] ?? 0;
        if (sums[stem] === 0) touched.push(stem);
        sums[stem] = (sums[stem] ?? 0) + share * (glosses.weights[at] ?? 0);
      }
    }
    const row = touched.map((stem): [number, number] => [stem, sums[stem] ?? 0]).filter(([, weight]) => weight > SYNONYM_FLOOR);
    for (const stem of touched) sums[stem] = 0;
    return keepLargest(row, MOST_SYNONYMS);
  });
  return packRows(rows);
}
