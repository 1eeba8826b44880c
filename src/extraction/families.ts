/**
 * Copies: which documents form a family, and which paragraphs count.
 *
 * Two documents are copies when the shorter one's five-character shingles lie in the longer one's for more than 0.7
 * and their sizes are not too different; a family is represented by its cleanest copy. Inside the documents that are
 * left, a paragraph that another one of the same document holds for more than 0.8 is a repeated lead and does not count.
 * Candidate pairs come from an index of sampled shingles, so that the cost stays linear: each shingle knows only the
 * last few documents that hold it, which is enough to chain any number of copies.
 * Thresholds: EXTRACTION.md, section 2, "Copies".
 */
import type { ExtractionDocument } from "../model/formulation.ts";
import { makeShingles, measureContainment } from "../text/shingles.ts";

export const COPY_CONTAINMENT = 0.7;
const COPY_SIZE_RATIO = 0.4;
const REPEAT_CONTAINMENT = 0.8;
const REPEAT_LENGTH = 40;
/** One shingle in so many stands for its document while candidate pairs are looked for; paragraphs are too short for that. */
const DOCUMENT_SAMPLING = 4;
const REMEMBERED = 6;

/** For each document the index of the document that represents its family, itself when it has no copies. */
export type Families = readonly number[];

export function findFamilies(documents: readonly ExtractionDocument[]): Families {
  const texts = documents.map((document) => document.paragraphs.join("\n"));
  const parents = documents.map((_, i) => i);
  const find = (document: number): number => {
    let root = document;
    while (parents[root] !== root) root = parents[root] ?? root;
    parents[document] = root;
    return root;
  };
  const cache = new Map<number, ReadonlySet<string>>();
  const shinglesOf = (document: number): ReadonlySet<string> => {
    const known = cache.get(document) ?? makeShingles(texts[document] ?? "");
    cache.set(document, known);
    return known;
  };
  for (const { one, other, shared, smaller } of findSharing(texts, DOCUMENT_SAMPLING)) {
    if (shared < smaller / 2 || find(one) === find(other)) continue;
    const first = shinglesOf(one);
    const second = shinglesOf(other);
    const ratio = Math.min(first.size, second.size) / Math.max(1, first.size, second.size);
    if (ratio >= COPY_SIZE_RATIO && measureContainment(first, second) > COPY_CONTAINMENT) parents[find(other)] = find(one);
  }
  const members = new Map<number, number[]>();
  documents.forEach((_, i) => members.set(find(i), [...(members.get(find(i)) ?? []), i]));
  const representative = documents.map((_, i) => i);
  for (const family of members.values()) {
    const best = family.reduce((left, right) =>
      measureDamage(texts[right] ?? "") < measureDamage(texts[left] ?? "") ? right : left,
    );
    for (const member of family) representative[member] = best;
  }
  return representative;
}

/** Damage a copy shows: half-width marks between Han, stray letters, repeated leads. Fewer is better. */
function measureDamage(text: string): number {
  const halfWidth = text.match(/[\u4e00-\u9fff][,;:]|[,;:][\u4e00-\u9fff]/gu)?.length ?? 0;
  const stray = text.match(/[\u4e00-\u9fff]\s*[A-Za-z]{2,}\s*[\u4e00-\u9fff]/gu)?.length ?? 0;
  const paragraphs = text.split("\n").filter((paragraph) => paragraph.length >= REPEAT_LENGTH);
  return halfWidth + 5 * stray + 10 * findRepeated(paragraphs).size;
}

type Sharing = { readonly one: number; readonly other: number; readonly shared: number; readonly smaller: number };

/** Pairs of texts with the number of sampled shingles they share and that the smaller one has. */
function findSharing(texts: readonly string[], sampling: number): readonly Sharing[] {
  const holders = new Map<number, Int32Array>();
  const sizes: number[] = [];
  const found: Sharing[] = [];
  texts.forEach((text, document) => {
    const shared = new Map<number, number>();
    const sampled = sampleShingles(text, sampling);
    sizes.push(sampled.size);
    for (const hash of sampled) {
      const known = holders.get(hash);
      if (!known) {
        const fresh = new Int32Array(REMEMBERED).fill(-1);
        fresh[0] = document;
        holders.set(hash, fresh);
        continue;
      }
      for (const holder of known) if (holder >= 0) shared.set(holder, (shared.get(holder) ?? 0) + 1);
      known.copyWithin(1, 0);
      known[0] = document;
    }
    for (const [one, count] of shared) {
      found.push({ one, other: document, shared: count, smaller: Math.min(sampled.size, sizes[one] ?? 0) });
    }
  });
  return found;
}

function sampleShingles(text: string, sampling: number): ReadonlySet<number> {
  const compared = text.replace(/[\p{P}\p{S}\s]/gu, "");
  const sampled = new Set<number>();
  for (let at = 0; at + 5 <= compared.length; at++) {
    let hash = 0;
    for (let step = 0; step < 5; step++) hash = Math.imul(hash ^ compared.charCodeAt(at + step), 0x9e3779b1) ^ (hash >>> 15);
    if (((hash >>> 16) ^ hash) % sampling === 0) sampled.add(hash);
  }
  return sampled;
}

/** A heading says what the text says, but it is no repeated lead: it has no sentence end. */
const SENTENCE_END = /[。！？!?]|\.(?:\s|$)/u;

/** Indices of the paragraphs of one document that another one repeats: the shorter of two, the later of equals. */
export function findRepeated(paragraphs: readonly string[]): ReadonlySet<number> {
  const long = paragraphs
    .map((text, i) => ({ text, i }))
    .filter(({ text }) => text.length >= REPEAT_LENGTH && SENTENCE_END.test(text));
  const repeated = new Set<number>();
  const cache = new Map<number, ReadonlySet<string>>();
  const shinglesOf = (at: number): ReadonlySet<string> => {
    const known = cache.get(at) ?? makeShingles(long[at]?.text ?? "");
    cache.set(at, known);
    return known;
  };
  for (const { one, other, shared, smaller } of findSharing(
    long.map(({ text }) => text),
    1,
  )) {
    if (shared < smaller / 2) continue;
    if (measureContainment(shinglesOf(one), shinglesOf(other)) <= REPEAT_CONTAINMENT) continue;
    const [first, second] = [long[one], long[other]];
    if (first && second) repeated.add(second.text.length > first.text.length ? first.i : second.i);
  }
  return repeated;
}
