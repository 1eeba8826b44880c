/**
 * What stands beside the occurrences of a candidate.
 *
 * A neighbour is *free* when it is a clause edge, a mark, a grammar word, an adverb or a verb of official prose: it
 * does not belong to the candidate. Other neighbours are *content*; a candidate with one content neighbour nearly
 * everywhere is a piece of something longer. Content neighbours are counted as words (as a character inside a word).
 * Cost: O(occurrences looked at); of very frequent candidates an even sample is looked at.
 */
import type { Candidate, Material } from "./candidates.ts";
import { isClauseEnd } from "./corpus.ts";
import { PREPOSITIONS, PRESSING_ADVERBS } from "./word-lists.ts";
import { FREE_KINDS, KIND } from "./words.ts";

export type Side = {
  /** Shares of the occurrences looked at. */
  readonly edges: number;
  readonly free: number;
  readonly insideWord: number;
  readonly pauses: number;
  readonly colons: number;
  /** 和, 与, 及, 、: a coordination goes on. */
  readonly links: number;
  /** Largest share of one adverb that says how (全面, 集中), not only how much (坚决): it belongs to the wording. */
  readonly largestManner: number;
  /** Entropy in bits of the content neighbours, and the largest share one of them has of all occurrences. */
  readonly entropy: number;
  readonly largest: number;
  /** Number of different content neighbours. */
  readonly variety: number;
  /** Largest shares of one verb or adverb, and of one adverb, beside it. */
  readonly largestFree: number;
  readonly largestAdverb: number;
  /** The same of one grammar word other than 的 and 和. */
  readonly largestGrammar: number;
  /** Share of prepositions that take an object and ask for a verb behind it: 把, 将, 使, 朝着. */
  readonly prepositions: number;
};

export type Neighbourhood = {
  readonly looked: number;
  readonly before: Side;
  readonly after: Side;
  /** Share of both edges that are word boundaries. */
  readonly onBoundary: number;
  readonly negated: number;
  /** Share that fills a clause or a pair of quotation marks. */
  readonly alone: number;
};

const SAMPLE = 300;
const NEGATIONS: ReadonlySet<number> = new Set([..."非不未无無没沒"].map((mark) => mark.charCodeAt(0)));
const PAUSE = 0x3001;
const LINKS: ReadonlySet<number> = new Set([..."和与與及暨、"].map((mark) => mark.charCodeAt(0)));
const COLON = 0xff1a;
/** Title marks are not here: 《…》 with its marks is the candidate, and they are the one content neighbour of what is inside. */
const OPENING: ReadonlySet<number> = new Set([..."“‘"].map((mark) => mark.charCodeAt(0)));
const CLOSING: ReadonlySet<number> = new Set([..."”’"].map((mark) => mark.charCodeAt(0)));
const TITLE_MARKS: ReadonlySet<number> = new Set([..."《》"].map((mark) => mark.charCodeAt(0)));

/** 的 and 和 link whatever they stand between. */
const NEUTRAL: ReadonlySet<number> = new Set([..."的和"].map((mark) => mark.charCodeAt(0)));

/** Counts by number. Most of the many thousands that are made stay empty: a map comes with the first count. */
class Tally {
  #counts: Map<number, number> | undefined;

  get size(): number {
    return this.#counts?.size ?? 0;
  }
  get(key: number): number | undefined {
    return this.#counts?.get(key);
  }
  set(key: number, count: number): void {
    (this.#counts ??= new Map()).set(key, count);
  }
  values(): Iterable<number> {
    return this.#counts?.values() ?? [];
  }
}

class SideCount {
  edges = 0;
  free = 0;
  inside = 0;
  pauses = 0;
  colons = 0;
  links = 0;
  prepositions = 0;
  readonly manners = new Tally();
  readonly content = new Tally();
  readonly freeWords = new Tally();
  readonly adverbs = new Tally();
  readonly grammar = new Tally();

  summarize(total: number): Side {
    let contentTotal = 0;
    let largest = 0;
    for (const count of this.content.values()) {
      contentTotal += count;
      largest = Math.max(largest, count);
    }
    let entropy = 0;
    for (const count of this.content.values()) entropy -= (count / contentTotal) * Math.log2(count / contentTotal);
    const most = Math.max(1, total);
    return {
      edges: this.edges / most,
      free: (this.free + this.edges) / most,
      insideWord: this.inside / most,
      pauses: this.pauses / most,
      colons: this.colons / most,
      links: this.links / most,
      largestManner: Math.max(0, ...this.manners.values()) / most,
      prepositions: this.prepositions / most,
      entropy,
      largest: largest / most,
      variety: this.content.size,
      largestFree: Math.max(0, ...this.freeWords.values()) / most,
      largestGrammar: Math.max(0, ...this.grammar.values()) / most,
      largestAdverb: Math.max(0, ...this.adverbs.values()) / most,
    };
  }
}

/** Looks at the counted occurrences that `isSeen` lets through (all of them by default). */
export function lookAround(
  material: Material,
  candidate: Candidate,
  isSeen: (start: number, end: number) => boolean = () => true,
): Neighbourhood {
  const { corpus, words, copies } = material;
  const before = new SideCount();
  const after = new SideCount();
  let looked = 0;
  let boundaries = 0;
  let negated = 0;
  let alone = 0;
  const step = Math.max(1, Math.floor((candidate.end - candidate.first) / SAMPLE));
  for (let i = candidate.first; i < candidate.end; i += step) {
    const start = corpus.suffixes[i] ?? 0;
    const end = start + candidate.length;
    if (copies.counted[start] !== 1 || !isSeen(start, end)) continue;
    looked++;
    boundaries += (words.begins[start] ?? 0) + (words.begins[end] ?? 0);
    if (start > 0 && NEGATIONS.has(corpus.codes[start - 1] ?? 0)) negated++;
    const edges = before.edges + after.edges;
    look(material, before, { at: start - 1, border: start, enclosing: OPENING });
    look(material, after, { at: end, border: end, enclosing: CLOSING });
    if (before.edges + after.edges === edges + 2) alone++;
  }
  const total = Math.max(1, looked);
  return {
    looked,
    before: before.summarize(looked),
    after: after.summarize(looked),
    onBoundary: boundaries / (2 * total),
    negated: negated / total,
    alone: alone / total,
  };
}

type Look = { readonly at: number; readonly border: number; readonly enclosing: ReadonlySet<number> };

function look({ corpus, words }: Material, side: SideCount, { at, border, enclosing }: Look): void {
  const code = at >= 0 ? (corpus.codes[at] ?? 0) : 0;
  if (isClauseEnd(code) || enclosing.has(code)) {
    side.edges++;
    if (code === COLON) side.colons++;
    return;
  }
  const type = words.typeAt[at] ?? 0;
  if (words.begins[border] !== 1 || TITLE_MARKS.has(code)) {
    if (words.begins[border] !== 1) side.inside++;
    // Negative numbers are characters, so that they never meet the numbers of words.
    side.content.set(-code, (side.content.get(-code) ?? 0) + 1);
    return;
  }
  const kind = words.kinds[type] ?? 0;
  if (code === PAUSE) side.pauses++;
  if (LINKS.has(code)) side.links++;
  if ((kind & FREE_KINDS) !== 0) {
    side.free++;
    if ((kind & (KIND.verb | KIND.adverb)) !== 0) side.freeWords.set(type, (side.freeWords.get(type) ?? 0) + 1);
    if ((kind & KIND.grammar) !== 0 && !NEUTRAL.has(code)) side.grammar.set(type, (side.grammar.get(type) ?? 0) + 1);
    if (PREPOSITIONS.has(words.types[type] ?? "")) side.prepositions++;
    if ((kind & KIND.adverb) !== 0) {
      side.adverbs.set(type, (side.adverbs.get(type) ?? 0) + 1);
      if (!PRESSING_ADVERBS.has(words.types[type] ?? "")) side.manners.set(type, (side.manners.get(type) ?? 0) + 1);
    }
    return;
  }
  side.content.set(type, (side.content.get(type) ?? 0) + 1);
}
