/**
 * Copies: which texts are copies of each other, which copy is the least damaged, which paragraphs another one repeats.
 * Import and extraction ask here, so that what the preview calls a version is what the counts leave out.
 *
 * Method: two texts are copies when more than 0.7 of the shorter one's five-character shingles lie in the longer and the
 * shorter has at least 0.4 of the longer's (thresholds measured on official texts). Pairs worth an exact comparison come
 * from an index of hashed shingles, one in eight of a long text, so that a large batch is not compared all with all.
 * Guarantee: groups cover all texts once, in the order of their first members; they are those of a comparison of all with
 * all, but for a pair that shares five standard deviations fewer sampled shingles than its containment lets expect.
 * Cost: near linear in the text.
 */
import { ShingleSet } from "./shingle-set.ts";

export const COPY_CONTAINMENT = 0.7;
const COPY_SIZE_RATIO = 0.4;
const REPEAT_CONTAINMENT = 0.8;
const REPEAT_LENGTH = 40;
const INDEXED_SHARE = 8;
/** Sets up to this size are indexed wholly: a sample of them would say little. */
const WHOLLY_INDEXED = 400;
const MANY_HOLDERS = 40;

/** How many shared shingles make a pair worth an exact comparison. */
function leastShared(sizes: readonly [number, number], minContainment: number): number {
  const sampled = Math.max(...sizes) > WHOLLY_INDEXED ? Math.min(...sizes) / INDEXED_SHARE : Math.min(...sizes);
  const expected = sampled * minContainment;
  return Math.max(1, expected - 5 * Math.sqrt(expected * (1 - minContainment)));
}

/** Pairs [i, j], i < j, that may be contained in each other to the given share. */
function findCandidatePairs(sets: readonly ShingleSet[], minContainment: number): [number, number][] {
  const holders = new Map<number, number[]>();
  sets.forEach(({ hashes, size }, at) => {
    for (const hash of hashes) {
      if (size > WHOLLY_INDEXED && (hash >>> 8) % INDEXED_SHARE !== 0) continue;
      const list = holders.get(hash);
      if (list) list.push(at);
      else holders.set(hash, [at]);
    }
  });
  const shared = new Map<number, number>();
  const share = (one: number, other: number): void => {
    // Two shingles of one text may have one hash.
    if (one === other) return;
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
    const sizes = [sets[one]?.size ?? 0, sets[other]?.size ?? 0] as const;
    if (count >= leastShared(sizes, minContainment)) pairs.push([one, other]);
  }
  return pairs;
}

/** Whether two texts are copies of each other; the containment if so. */
export function measureCopy(one: ShingleSet, other: ShingleSet): number | undefined {
  const smaller = Math.min(one.size, other.size);
  if (smaller === 0 || smaller < Math.max(one.size, other.size) * COPY_SIZE_RATIO) return undefined;
  const containment = one.measureContainment(other);
  return containment > COPY_CONTAINMENT ? containment : undefined;
}

/** The groups of copies as indices, each ascending; a text without copies is a group of one. */
export function groupCopies(sets: readonly ShingleSet[]): readonly (readonly number[])[] {
  const parents = sets.map((_, at) => at);
  const findRoot = (at: number): number => {
    let root = at;
    while (parents[root] !== undefined && parents[root] !== root) root = parents[root] ?? root;
    return root;
  };
  for (const [one, other] of findCandidatePairs(sets, COPY_CONTAINMENT)) {
    const [first, second] = [sets[one], sets[other]];
    // Already in one group through a third copy: many copies of one text would cost their square.
    if (findRoot(one) === findRoot(other)) continue;
    if (!first || !second || measureCopy(first, second) === undefined) continue;
    const roots = [findRoot(one), findRoot(other)];
    parents[Math.max(...roots)] = Math.min(...roots);
  }
  const groups = new Map<number, number[]>();
  sets.forEach((_, at) => {
    const root = findRoot(at);
    const group = groups.get(root);
    if (group) group.push(at);
    else groups.set(root, [at]);
  });
  return [...groups.values()];
}

/** Points of damage: half-width marks and letters between Han, prompts of web pages, repeated leads. */
function measureDamage(paragraphs: readonly string[]): number {
  const text = paragraphs.join("\n");
  const marks = text.match(/\p{Script=Han}[,;:?!]|[,;:]\p{Script=Han}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Han}\s?[a-z]{2,}/gu)?.length ?? 0;
  const prompts = text.match(/点击(?:观看|查看|收听)|(?:这是|图为)/gu)?.length ?? 0;
  return marks + 5 * latin + 5 * prompts + 10 * findRepeats(paragraphs).length;
}

/** The least damaged copy of a group, which represents it; of equals the first. */
export function findRepresentative(group: readonly number[], paragraphsOf: (at: number) => readonly string[]): number {
  let [best = 0] = group;
  if (group.length < 2) return best;
  let least = Infinity;
  for (const at of group) {
    const damage = measureDamage(paragraphsOf(at));
    if (damage < least) [best, least] = [at, damage];
  }
  return best;
}

export type Repeat = {
  /** Number of the shorter paragraph, which says nothing new; of equals the later one. */
  readonly paragraph: number;
  /** Number of the paragraph that holds its words. */
  readonly repeats: number;
  readonly containment: number;
};

/** Paragraphs of 40 characters and more whose words stand again in another one, by their numbers. */
export function findRepeats(
  paragraphs: readonly string[],
  isWanted: (paragraph: string) => boolean = () => true,
): readonly Repeat[] {
  const long = paragraphs.flatMap((text, at) =>
    text.trim().length >= REPEAT_LENGTH && isWanted(text) ? [{ at, set: new ShingleSet(text) }] : [],
  );
  const pairs = findCandidatePairs(
    long.map(({ set }) => set),
    REPEAT_CONTAINMENT,
  );
  const dropped = new Set<number>();
  const found: Repeat[] = [];
  for (const [first, second] of pairs.sort((one, other) => one[0] - other[0] || one[1] - other[1])) {
    const [one, other] = [long[first], long[second]];
    if (!one || !other || dropped.has(one.at) || dropped.has(other.at)) continue;
    const containment = one.set.measureContainment(other.set);
    if (containment <= REPEAT_CONTAINMENT) continue;
    const [shorter, longer] = other.set.size <= one.set.size ? [other, one] : [one, other];
    dropped.add(shorter.at);
    found.push({ paragraph: shorter.at, repeats: longer.at, containment });
  }
  return found.sort((one, other) => one.paragraph - other.paragraph);
}
