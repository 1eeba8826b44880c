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
import { Postings } from "./shared-hashes.ts";
import { ShingleSet } from "./shingle-set.ts";

const COPY_CONTAINMENT = 0.7;
const COPY_SIZE_RATIO = 0.4;
const REPEAT_CONTAINMENT = 0.8;
const REPEAT_LENGTH = 40;
const INDEXED_SHARE = 8;
/** Sets up to this size are indexed wholly: a sample of them would say little. */
const WHOLLY_INDEXED = 400;

/** How many shared shingles make a pair worth an exact comparison. */
function leastShared(sizes: readonly [number, number], minContainment: number): number {
  const sampled = Math.max(...sizes) > WHOLLY_INDEXED ? Math.min(...sizes) / INDEXED_SHARE : Math.min(...sizes);
  const expected = sampled * minContainment;
  return Math.max(1, expected - 5 * Math.sqrt(expected * (1 - minContainment)));
}

/** Texts to compare, made ready one at a time: a large batch need not be held whole. */
export type ShingleSource = { readonly count: number; readonly setOf: (at: number) => ShingleSet };

type CandidatePair = readonly [one: number, other: number];

/** Pairs [i, j], i < j, that may be contained in each other to the given share, in order. */
function findCandidatePairs({ count, setOf }: ShingleSource, minContainment: number): readonly CandidatePair[] {
  const postings = new Postings();
  const sizes = new Int32Array(count);
  for (let at = 0; at < count; at++) {
    const { hashes, size } = setOf(at);
    sizes[at] = size;
    for (const hash of hashes) {
      if (size <= WHOLLY_INDEXED || (hash >>> 8) % INDEXED_SHARE === 0) postings.add(hash, at);
    }
  }
  const pairs: CandidatePair[] = [];
  postings.visitPairs(count, (one, other, shared) => {
    if (shared >= leastShared([sizes[one] ?? 0, sizes[other] ?? 0], minContainment)) pairs.push([one, other]);
  });
  return pairs.sort((first, second) => first[0] - second[0] || first[1] - second[1]);
}

/** Whether two texts are copies of each other; the containment if so. */
export function measureCopy(one: ShingleSet, other: ShingleSet): number | undefined {
  const smaller = Math.min(one.size, other.size);
  if (smaller === 0 || smaller < Math.max(one.size, other.size) * COPY_SIZE_RATIO) return undefined;
  const containment = one.measureContainment(other);
  return containment > COPY_CONTAINMENT ? containment : undefined;
}

/** The groups of copies as indices, each ascending; a text without copies is a group of one. */
export function groupCopies(source: ShingleSource): readonly (readonly number[])[] {
  const { count } = source;
  const parents = Int32Array.from({ length: count }, (_, at) => at);
  const findRoot = (at: number): number => {
    let root = at;
    while (parents[root] !== root) root = parents[root] ?? root;
    return root;
  };
  // Pairs come in order: the set of the first one serves for all its partners.
  let held: { readonly at: number; readonly set: ShingleSet } | undefined;
  for (const [one, other] of findCandidatePairs(source, COPY_CONTAINMENT)) {
    // Already in one group through a third copy: many copies of one text would cost their square.
    if (findRoot(one) === findRoot(other)) continue;
    if (held?.at !== one) held = { at: one, set: source.setOf(one) };
    if (measureCopy(held.set, source.setOf(other)) === undefined) continue;
    const roots = [findRoot(one), findRoot(other)];
    parents[Math.max(...roots)] = Math.min(...roots);
  }
  const groups = new Map<number, number[]>();
  for (let at = 0; at < count; at++) {
    const root = findRoot(at);
    const group = groups.get(root);
    if (group) group.push(at);
    else groups.set(root, [at]);
  }
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

/** Shorter paragraphs recur by chance: 会议还研究了其他事项. */
function isLongEnough(paragraph: string): boolean {
  return paragraph.length >= REPEAT_LENGTH && paragraph.trim().length >= REPEAT_LENGTH;
}

export type LongParagraph = { readonly at: number; readonly set: ShingleSet };

/** The paragraphs that are long enough to be compared, by their numbers. */
export function readLongParagraphs(
  paragraphs: readonly string[],
  isWanted: (paragraph: string) => boolean = () => true,
): readonly LongParagraph[] {
  return paragraphs.flatMap((text, at) => (isLongEnough(text) && isWanted(text) ? [{ at, set: new ShingleSet(text) }] : []));
}

/** Paragraphs of 40 characters and more whose words stand again in another one, by their numbers. */
export function findRepeats(paragraphs: readonly string[]): readonly Repeat[] {
  return findRepeatsAmong(readLongParagraphs(paragraphs));
}

export function findRepeatsAmong(long: readonly LongParagraph[]): readonly Repeat[] {
  const first = long[0]?.set;
  if (!first || long.length < 2) return [];
  const pairs = findCandidatePairs({ count: long.length, setOf: (at) => long[at]?.set ?? first }, REPEAT_CONTAINMENT);
  const dropped = new Set<number>();
  const found: Repeat[] = [];
  for (const pair of pairs) {
    const [one, other] = [long[pair[0]], long[pair[1]]];
    if (!one || !other || dropped.has(one.at) || dropped.has(other.at)) continue;
    const containment = one.set.measureContainment(other.set);
    if (containment <= REPEAT_CONTAINMENT) continue;
    const [shorter, longer] = other.set.size <= one.set.size ? [other, one] : [one, other];
    dropped.add(shorter.at);
    found.push({ paragraph: shorter.at, repeats: longer.at, containment });
  }
  return found.sort((one, other) => one.paragraph - other.paragraph);
}
