/**
 * Frames of two parts that choose each other: a verb and the noun at the end of its clause (加大{X}力度), a preposition
 * and its verb (把{X}作为{Y}, 为{X}提供{Y}保障).
 *
 * Method: all pairs are counted first; then each place counts only for its strongest pair (努力解决…问题 speaks for
 * 解决…问题 alone), by count · ln(count / expected) · √(P(right|left) · P(left|right)).
 * Cost: two passes over the words; a clause of w words gives at most w pairs, and w for each of its prepositions.
 */
import type { Material } from "./candidates.ts";
import { keyAt } from "./corpus.ts";
import { LINKS, PHRASE_VERBS, PREPOSITIONS } from "./frame-words.ts";
import type { Clause, FrameSighting, Sight } from "./frame-sighting.ts";
import { endOf, isFillable, isNounLike, visitClauses, withoutParticle } from "./frame-sighting.ts";
import { VERBS } from "./word-lists.ts";
import { FREE_KINDS, KIND, nextBegin } from "./words.ts";

/** How strongly the two parts of a pair belong together. */
export type Bond = { readonly count: number; readonly score: number; readonly tie: number };

type Pair = {
  readonly left: number;
  readonly right: number;
  readonly opener: number;
  readonly closer: number;
};

/** Pairs that a few short texts did not show: without them a pair that makes up all of a small text would say nothing. */
const UNSEEN = 30;

class PairCounts {
  readonly pairs = new Map<number, number>();
  readonly lefts: Int32Array;
  readonly rights: Int32Array;
  readonly types: number;
  total = 0;

  constructor(types: number) {
    this.types = types;
    this.lefts = new Int32Array(types);
    this.rights = new Int32Array(types);
  }

  add(left: number, right: number): void {
    const key = left * this.types + right;
    this.pairs.set(key, (this.pairs.get(key) ?? 0) + 1);
    this.lefts[left] = (this.lefts[left] ?? 0) + 1;
    this.rights[right] = (this.rights[right] ?? 0) + 1;
    this.total++;
  }

  bondOf(left: number, right: number): Bond {
    const count = this.pairs.get(left * this.types + right) ?? 0;
    if (count === 0) return { count, score: 0, tie: 0 };
    const ofLeft = this.lefts[left] ?? count;
    const ofRight = this.rights[right] ?? count;
    const tie = Math.sqrt((count / ofLeft) * (count / ofRight));
    return { count, tie, score: Math.max(0, count * Math.log((count * (this.total + UNSEEN)) / (ofLeft * ofRight))) * tie };
  }
}

export type Collocations = {
  /** Calls back with the strongest pair at each place that recurs at least `least` times. */
  readonly sight: (least: number, sight: (sighting: FrameSighting, bond: Bond) => void) => void;
};

export function findCollocations(material: Material): Collocations {
  const { words } = material;
  const reader = new PairReader(material);
  const objects = new PairCounts(words.types.length);
  const pivots = new PairCounts(words.types.length);
  visitClauses(material, (clause) => {
    for (const pairs of reader.readObjects(clause)) for (const { opener, closer } of pairs) objects.add(opener, closer);
    for (const pairs of reader.readPivots(clause)) for (const { opener, closer } of pairs) pivots.add(opener, closer);
  });
  const isKnownObject = (verb: number, noun: number): boolean => objects.bondOf(verb, noun).count >= 2;
  return {
    sight: (least, sight) =>
      visitClauses(material, (clause) => {
        for (const pairs of reader.readObjects(clause)) {
          const object = pickStrongest(objects, pairs, least);
          if (object) sight(reader.makeObject(clause, object.pair), object.bond);
        }
        for (const pairs of reader.readPivots(clause)) {
          // 为{X}提供{Y}服务: the last word is a verb only where no other one is.
          const inner = pairs.filter(({ right }) => right < clause.begins.length - 1);
          const pivot = pickStrongest(pivots, inner, least) ?? pickStrongest(pivots, pairs, least);
          if (pivot) sight(reader.makePivot(clause, pivot.pair, isKnownObject), pivot.bond);
        }
      }),
  };
}

function pickStrongest(
  counts: PairCounts,
  pairs: readonly Pair[],
  least: number,
): { readonly pair: Pair; readonly bond: Bond } | undefined {
  let best: { readonly pair: Pair; readonly bond: Bond } | undefined;
  for (const pair of pairs) {
    const bond = counts.bondOf(pair.opener, pair.closer);
    // Of equals the nearer one: pairs come with the farthest first.
    if (bond.count >= least && bond.score > 0 && (!best || bond.score >= best.bond.score)) best = { pair, bond };
  }
  return best;
}

/** 发挥好 is 发挥 with a complement, 提出了 is 提出: the complement is no part of the frame. */
const COMPLEMENTS = "好了着过到出住起";
const PAUSE = 0x3001;
const OTHERS = "等".charCodeAt(0);
const ASPECTS: ReadonlySet<number> = new Set([..."了着过"].map((sign) => sign.charCodeAt(0)));

class PairReader {
  readonly #material: Material;
  /** Number of the word without its complement, by number of the word. */
  readonly #stems: Int32Array;
  readonly #isOpener: Uint8Array;
  readonly #isPreposition: Uint8Array;
  readonly #isLink: Uint8Array;

  constructor(material: Material) {
    this.#material = material;
    const { types, kinds } = material.words;
    const numbers = new Map(types.map((word, type) => [word, type]));
    this.#stems = Int32Array.from(types, (word, type) => {
      const stem = word.slice(0, -1);
      const isCompleted = stem.length >= 2 && COMPLEMENTS.includes(word.slice(-1)) && VERBS.has(stem) && !VERBS.has(word);
      return isCompleted ? (numbers.get(stem) ?? type) : type;
    });
    const isVerb = (type: number): boolean => ((kinds[type] ?? 0) & (KIND.verb | KIND.adverb)) === KIND.verb;
    this.#isOpener = Uint8Array.from(types, (word, type) =>
      PHRASE_VERBS.has(word) || (isVerb(type) && word.length >= 2 && !word.includes("不")) ? 1 : 0,
    );
    this.#isPreposition = Uint8Array.from(types, (word) => (PREPOSITIONS.has(word) ? 1 : 0));
    this.#isLink = Uint8Array.from(types, (word, type) => (LINKS.has(word) || (isVerb(type) && word.length >= 2) ? 1 : 0));
  }

  #typeOf(at: number): number {
    return this.#material.words.typeAt[at] ?? 0;
  }

  #isFreeBefore(clause: Clause, i: number): boolean {
    const { words } = this.#material;
    return i === 0 || ((words.kinds[this.#typeOf((clause.begins[i] ?? 0) - 1)] ?? 0) & FREE_KINDS) !== 0;
  }

  /** 能力和|水平, 道路自信、理论|自信: the verb has another object before the last one. */
  #isShared(slotStart: number, closing: number, end: number): boolean {
    const { words, corpus } = this.#material;
    if (COORDINATING.has(words.types[this.#typeOf(closing - 1)] ?? "")) return true;
    return keyAt(corpus, slotStart, closing).includes(`${keyAt(corpus, closing, end)}、`);
  }

  /** 溯源、传播机理等研究: behind a pause and before 等 stands a noun of a list, whatever it is elsewhere. */
  #isListed(clause: Clause, word: number, closing: number): boolean {
    const { codes } = this.#material.corpus;
    return codes[(clause.begins[word] ?? 0) - 1] === PAUSE && codes.subarray(endOf(clause, word), closing).includes(OTHERS);
  }

  #textOf(type: number, at: number, end: number): string {
    // A complement that was taken off is no part of the text.
    return keyAt(this.#material.corpus, at, Math.min(end, at + [...(this.#material.words.types[type] ?? "")].length));
  }

  /** Verbs with the noun at the end of their clause, or of a member before 、; for each noun the farthest first. */
  readObjects(clause: Clause): readonly (readonly Pair[])[] {
    const { codes } = this.#material.corpus;
    const found: Pair[][] = [];
    let from = 0;
    clause.begins.forEach((closing, last) => {
      const end = endOf(clause, last);
      const isEnd = end === clause.end;
      if (isEnd || codes[end] === PAUSE) {
        // The clause's own noun may stand far from its verb, with a list between; a member's may not.
        const pairs = this.#readBefore(clause, isEnd ? 0 : from, last);
        if (pairs.length > 0) found.push(pairs);
      }
      if (codes[closing] === PAUSE) from = last + 1;
    });
    return found;
  }

  #readBefore(clause: Clause, from: number, last: number): Pair[] {
    const { begins } = clause;
    const closing = begins[last] ?? 0;
    if (last - from < 2 || !isNounLike(this.#material, closing, endOf(clause, last))) return [];
    const pairs: Pair[] = [];
    const slotEnd = withoutParticle(this.#material, clause.start, closing);
    for (let left = from; left < last - 1; left++) {
      const type = this.#typeOf(begins[left] ?? 0);
      if (this.#isOpener[type] !== 1 || this.#isListed(clause, left, closing)) continue;
      const slotStart = this.#slotStart(clause, left);
      if (!isFillable(this.#material, slotStart, slotEnd) || this.#isShared(slotStart, closing, endOf(clause, last))) continue;
      pairs.push({ left, right: last, opener: this.#stems[type] ?? type, closer: this.#typeOf(closing) });
    }
    return pairs;
  }

  /** 关心|关爱医务人员, 贯彻|和落实: what follows is a second verb, and the noun may be its object alone. */
  #opensWithVerb(slotStart: number, closing: number): boolean {
    const { words } = this.#material;
    const next = nextBegin(words.begins, slotStart);
    const type = this.#typeOf(slotStart);
    return next < closing && (this.#isOpener[type] === 1 || COORDINATING.has(words.types[type] ?? ""));
  }

  /** For each preposition of the clause the verbs that follow it. */
  readPivots(clause: Clause): readonly (readonly Pair[])[] {
    const { begins } = clause;
    const found: Pair[][] = [];
    for (let left = 0; left < begins.length - 2; left++) {
      const type = this.#typeOf(begins[left] ?? 0);
      if (this.#isPreposition[type] !== 1) continue;
      if (!this.#isFreeBefore(clause, left) && !SURE_PREPOSITIONS.has(this.#material.words.types[type] ?? "")) continue;
      const pairs: Pair[] = [];
      for (let right = left + 2; right < begins.length; right++) {
        const at = begins[right] ?? 0;
        const link = this.#typeOf(at);
        // 对…的支持: behind the particle a verb is a noun.
        if (this.#isLink[link] !== 1 || withoutParticle(this.#material, clause.start, at) !== at) continue;
        if (!isFillable(this.#material, endOf(clause, left), at)) continue;
        if (right === begins.length - 1 && endOf(clause, right) - at < 2) continue;
        pairs.push({ left, right, opener: type, closer: this.#stems[link] ?? link });
      }
      if (pairs.length > 0) found.push(pairs);
    }
    return found;
  }

  #slotStart(clause: Clause, word: number): number {
    const at = endOf(clause, word);
    return ASPECTS.has(this.#material.corpus.codes[at] ?? 0) && this.#material.words.begins[at + 1] === 1 ? at + 1 : at;
  }

  makeObject(clause: Clause, { left, right, opener, closer }: Pair): FrameSighting {
    const start = clause.begins[left] ?? 0;
    const closing = clause.begins[right] ?? 0;
    const end = endOf(clause, right);
    return {
      kind: "object",
      group: `object ${opener} ${closer}`,
      parts: [this.#textOf(opener, start, endOf(clause, left)), keyAt(this.#material.corpus, closing, end)],
      slotNames: "X",
      start,
      end,
      slots: [{ start: this.#slotStart(clause, left), end: withoutParticle(this.#material, start, closing) }],
      isDeliberate: false,
      isDoubtful: !this.#isFreeBefore(clause, left) || this.#opensWithVerb(this.#slotStart(clause, left), closing),
      worth: 1,
    };
  }

  makePivot(
    clause: Clause,
    { left, right, opener, closer }: Pair,
    isKnownObject: (verb: number, noun: number) => boolean,
  ): FrameSighting {
    const { corpus } = this.#material;
    const start = clause.begins[left] ?? 0;
    const link = clause.begins[right] ?? 0;
    const linkEnd = endOf(clause, right);
    const first = { start: endOf(clause, left), end: link };
    const group = `pivot ${opener} ${closer}`;
    const common = { kind: "pivot", group, start, isDeliberate: false, worth: 1.4 } as const;
    const parts = [keyAt(corpus, start, first.start), this.#textOf(closer, link, linkEnd)];
    if (linkEnd >= clause.end) return { ...common, parts: [...parts], slotNames: "X", end: clause.end, slots: [first] };
    const second = this.#slotStart(clause, right);
    const end = parts[1] === "为" || parts[1] === "為" ? this.#objectEnd(clause, right + 1) : clause.end;
    const closing = this.#closingOf(clause, right, end);
    const isClosing =
      closing > link && (keyAt(corpus, closing, closing + 1) === COMING || isNounLike(this.#material, closing, end));
    const isDoubtful = isClosing && !isKnownObject(closer, this.#typeOf(closing));
    const slotEnd = isClosing ? withoutParticle(this.#material, second, Math.max(second, closing)) : end;
    return {
      ...common,
      parts: [...parts, isClosing ? keyAt(corpus, closing, end) : ""],
      isDoubtful,
      slotNames: "XY",
      end,
      slots: [first, { start: Math.min(second, slotEnd), end: slotEnd }],
    };
  }

  /** 以…为核心的…: what something is ends at the next particle or mark. */
  #objectEnd(clause: Clause, from: number): number {
    const { words } = this.#material;
    for (let i = from; i < clause.begins.length; i++) {
      const at = clause.begins[i] ?? clause.end;
      if (i > from && ((words.kinds[this.#typeOf(at)] ?? 0) & (KIND.mark | KIND.grammar)) !== 0) return at;
    }
    return clause.end;
  }

  /** The last word behind the link; 来抓 and 下来 are taken whole. */
  #closingOf(clause: Clause, right: number, end: number): number {
    let closing = -1;
    for (let i = right + 1; i < clause.begins.length; i++) {
      const at = clause.begins[i] ?? end;
      if (at >= end) break;
      const isLead = closing >= 0 && end - at < 2 && endOf(clause, i) >= end;
      if (isLead && keyAt(this.#material.corpus, at - 1, at) === COMING) return at - 1;
      closing = at;
    }
    return closing;
  }
}

/** These are hardly anything else, so that a subject may stand before them. */
const SURE_PREPOSITIONS: ReadonlySet<string> = new Set(["把", "将", "让", "使", "向", "为", "从", "围绕"]);
const COORDINATING: ReadonlySet<string> = new Set(["和", "与", "及", "以及"]);
const COMING = "来";

export type CollocationReader = {
  readonly least: number;
  readonly sight: Sight;
  readonly tell: (group: string, bond: Bond) => void;
};

export function sightCollocations(collocations: Collocations, { least, sight, tell }: CollocationReader): void {
  collocations.sight(least, (sighting, bond) => {
    tell(sighting.group, bond);
    sight(sighting);
  });
}
