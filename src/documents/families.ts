/**
 * Groups documents that are copies of each other into families, and finds paragraphs that one document repeats.
 *
 * Method: five-character shingles (src/text/shingles.ts); two documents are of one family when more than 0.7 of the
 * shorter one's shingles lie in the longer and the shorter has at least 0.4 of the longer's. A family is represented by
 * the copy with the least damage: few half-width commas, foreign letters, captions and repeated leads.
 * Candidate pairs come from an index of one shingle in eight, so that a large batch is not compared all with all.
 * Guarantee: the groups cover all documents once, in the order of their first members. Cost: near linear in the text.
 */
import { makeShingles, measureContainment } from "../text/shingles.ts";

export const FAMILY_CONTAINMENT = 0.7;
const MIN_SIZE_RATIO = 0.4;
const REPEAT_CONTAINMENT = 0.8;
const REPEAT_LENGTH = 40;
const INDEXED_SHARE = 8;
const MANY_HOLDERS = 40;

export type ComparedDocument = {
  readonly id: string;
  readonly paragraphs: readonly string[];
  /** Those of all paragraphs together, where the caller has them already. */
  readonly shingles?: ReadonlySet<string>;
};
export type Family = {
  /** Id of the least damaged copy. */
  readonly representative: string;
  /** Ids of all copies, the representative among them. */
  readonly members: readonly string[];
};
export type RepeatedParagraph = {
  readonly document: string;
  /** Number of the shorter paragraph, which says nothing new. */
  readonly paragraph: number;
  /** Number of the paragraph that holds its words. */
  readonly repeats: number;
  readonly containment: number;
};

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  // The low bits of FNV are weak; mixing makes one in eight a fair sample.
  value ^= value >>> 15;
  return Math.imul(value, 0x2c1b3c6d) >>> 0;
}

/** Pairs [i, j], i < j, that share enough sampled shingles to be worth an exact comparison. */
function findCandidatePairs(sets: readonly ReadonlySet<string>[], minContainment: number): [number, number][] {
  const holders = new Map<string, number[]>();
  const sampled = sets.map((set, at) => {
    let count = 0;
    for (const shingle of set) {
      // Small sets are indexed wholly: a sample of them may be empty.
      if (set.size > 400 && hash(shingle) % INDEXED_SHARE !== 0) continue;
      count++;
      const list = holders.get(shingle);
      if (list) list.push(at);
      else holders.set(shingle, [at]);
    }
    return count;
  });
  const shared = new Map<number, number>();
  const share = (one: number, other: number): void => {
    const key = one * sets.length + other;
    shared.set(key, (shared.get(key) ?? 0) + 1);
  };
  for (const list of holders.values()) {
    const [first = 0] = list;
    for (let at = 1; at < list.length; at++) {
      const other = list[at] ?? 0;
      // Of very many holders each meets the first and the one before: copies find each other through a third.
      const from = list.length > MANY_HOLDERS ? at - 1 : 0;
      for (let one = from; one < at; one++) share(list[one] ?? 0, other);
      if (from > 0) share(first, other);
    }
  }
  const pairs: [number, number][] = [];
  for (const [key, count] of shared) {
    const one = Math.floor(key / sets.length);
    const other = key % sets.length;
    const fewer = Math.min(sampled[one] ?? 0, sampled[other] ?? 0);
    // Sampling error, and a set indexed wholly meeting a sampled one, are allowed for by a low bar.
    if (count >= (fewer * minContainment) / (2 * INDEXED_SHARE)) pairs.push([one, other]);
  }
  return pairs;
}

/** Whether two shingle sets belong to copies of one text; the containment if so. */
export function measureFamilyLink(one: ReadonlySet<string>, other: ReadonlySet<string>): number | undefined {
  const smaller = Math.min(one.size, other.size);
  if (smaller === 0 || smaller < Math.max(one.size, other.size) * MIN_SIZE_RATIO) return undefined;
  const containment = measureContainment(one, other);
  return containment > FAMILY_CONTAINMENT ? containment : undefined;
}

/** Points of damage per character; the copy with the fewest represents its family. */
function measureDamage(document: ComparedDocument): number {
  const text = document.paragraphs.join("\n");
  const commas = text.match(/\p{Script=Han}[,;:?!]/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Han}\s?[a-z]{2,}/gu)?.length ?? 0;
  const prompts = text.match(/点击(?:观看|查看|收听)|(?:这是|图为)/gu)?.length ?? 0;
  const leads = findRepeatedParagraphs([document]).length;
  return commas + 5 * latin + 5 * prompts + 10 * leads;
}

/** Families in the order of their first members; a document without copies is a family of one. */
export function groupFamilies(documents: readonly ComparedDocument[]): Family[] {
  const sets = documents.map((document) => document.shingles ?? makeShingles(document.paragraphs.join("\n")));
  const parent = documents.map((_, at) => at);
  const findRoot = (at: number): number => {
    let root = at;
    while (parent[root] !== undefined && parent[root] !== root) root = parent[root] ?? root;
    return root;
  };
  for (const [one, other] of findCandidatePairs(sets, FAMILY_CONTAINMENT)) {
    const first = sets[one];
    const second = sets[other];
    // Already of one family through a third copy: many copies of one text would cost their square.
    if (findRoot(one) === findRoot(other)) continue;
    if (!first || !second || measureFamilyLink(first, second) === undefined) continue;
    const roots = [findRoot(one), findRoot(other)];
    parent[Math.max(...roots)] = Math.min(...roots);
  }
  const members = new Map<number, number[]>();
  documents.forEach((_, at) => {
    const root = findRoot(at);
    members.set(root, [...(members.get(root) ?? []), at]);
  });
  return [...members.values()].map((group) => {
    const copies = group.flatMap((at) => documents[at] ?? []);
    let best = copies[0];
    let least = Infinity;
    if (copies.length > 1) {
      for (const copy of copies) {
        const damage = measureDamage(copy);
        if (damage < least) [best, least] = [copy, damage];
      }
    }
    return { representative: best?.id ?? "", members: copies.map((copy) => copy.id) };
  });
}

/** Paragraphs of 40 characters and more whose words stand again in another paragraph of the same document. */
export function findRepeatedParagraphs(documents: readonly ComparedDocument[]): RepeatedParagraph[] {
  const repeated: RepeatedParagraph[] = [];
  for (const document of documents) {
    const long = document.paragraphs.flatMap((text, at) =>
      text.trim().length >= REPEAT_LENGTH ? [{ at, set: makeShingles(text) }] : [],
    );
    const dropped = new Set<number>();
    const pairs = findCandidatePairs(
      long.map((one) => one.set),
      REPEAT_CONTAINMENT,
    );
    for (const [first, second] of pairs.sort((one, other) => one[0] - other[0] || one[1] - other[1])) {
      const one = long[first];
      const other = long[second];
      if (!one || !other || dropped.has(one.at) || dropped.has(other.at)) continue;
      const containment = measureContainment(one.set, other.set);
      if (containment <= REPEAT_CONTAINMENT) continue;
      const [shorter, longer] = other.set.size <= one.set.size ? [other, one] : [one, other];
      dropped.add(shorter.at);
      repeated.push({ document: document.id, paragraph: shorter.at, repeats: longer.at, containment });
    }
  }
  return repeated.sort((one, other) => (one.document === other.document ? one.paragraph - other.paragraph : 0));
}
