/** One place where a frame may stand, and the words of a clause as the readers of frames see them. Nothing is counted here. */
import type { Span } from "../model/span.ts";
import type { Material } from "./candidates.ts";
import { KIND, isHan, nextBegin } from "./words.ts";

export type FrameKind =
  "object" | "pivot" | "circumposition" | "report" | "correlative" | "parallel" | "repeat" | "series" | "ordinal";

export type FrameSighting = {
  readonly kind: FrameKind;
  /** Sightings with one group are the same frame, whatever interchangeable words stand in its fixed parts. */
  readonly group: string;
  /** Fixed parts in order with the slots between: one more than `slotNames`; "" where a slot opens or closes the frame. */
  readonly parts: readonly string[];
  /** XY, or XX where the same words stand twice. */
  readonly slotNames: string;
  readonly start: number;
  readonly end: number;
  /** Positions of the slots in the corpus; of a series all members, though only the first two are named. */
  readonly slots: readonly Span[];
  /** Its form alone shows that it is meant: one text is enough. */
  readonly isDeliberate: boolean;
  /** Of an object: the noun may belong to another verb; of a pivot: its last word is not known to go with the verb. */
  readonly isDoubtful?: boolean;
  readonly worth: number;
};

export type Sight = (sighting: FrameSighting) => void;

export type Clause = {
  readonly start: number;
  readonly end: number;
  /** Where its words begin. */
  readonly begins: readonly number[];
};

const COMMA = 0xff0c;

/**
 * Each clause of the texts that count, with the clauses of its sentence before it. Of a copy's opening that counts the
 * clause behind it is shown as well: a frame over both begins at a place that counts.
 */
export function visitClauses(
  { corpus, copies, words }: Material,
  visit: (clause: Clause, before: readonly Clause[]) => void,
): void {
  for (const [i, place] of corpus.paragraphs.entries()) {
    const isWhole = copies.counts[i] === 1;
    if (!isWhole && copies.counted[place.start] !== 1) continue;
    let before: Clause[] = [];
    for (let at = place.start; at < place.end;) {
      const length = corpus.reach[at] ?? 0;
      if (length === 0) {
        if (corpus.codes[at] !== COMMA) before = [];
        at++;
        continue;
      }
      const previous = before.at(-1);
      if (!isWhole && copies.counted[at] !== 1 && (previous === undefined || copies.counted[previous.start] !== 1)) break;
      const end = at + length;
      const begins: number[] = [];
      for (let word = at; word < end; word = nextBegin(words.begins, word)) begins.push(word);
      const clause = { start: at, end, begins };
      visit(clause, before);
      before.push(clause);
      at = end;
    }
  }
}

/** The end of the word that is number `i` of the clause. */
export function endOf(clause: Clause, i: number): number {
  return clause.begins[i + 1] ?? clause.end;
}

const SLOT_LONGEST = 30;
const LINKING_AND: ReadonlySet<string> = new Set(["并", "并且"]);
const codesOf = (signs: string): ReadonlySet<number> => new Set([...signs].map((sign) => sign.charCodeAt(0)));
const NO_FIRST = codesOf("、”》’·的");
const NO_LAST = codesOf("、“‘《·");
const OPENING = codesOf("“《‘");
const CLOSING = codesOf("”》’");
const AND = codesOf("并並");

/** What may fill a slot: words with their marks in pairs, and no second predicate behind 并. */
export function isFillable({ corpus, words }: Material, start: number, end: number): boolean {
  const { codes } = corpus;
  if (end <= start || end - start > SLOT_LONGEST) return false;
  if (NO_FIRST.has(codes[start] ?? 0) || NO_LAST.has(codes[end - 1] ?? 0)) return false;
  let open = 0;
  for (let at = start; at < end; at++) {
    const code = codes[at] ?? 0;
    if (OPENING.has(code)) open++;
    else if (CLOSING.has(code) && --open < 0) return false;
    else if (AND.has(code) && words.begins[at] === 1 && LINKING_AND.has(words.types[words.typeAt[at] ?? 0] ?? "")) return false;
  }
  return open === 0;
}

const PARTICLE = "的".charCodeAt(0);

/** 党中央的|号召 is filled by 党中央: the particle belongs to neither. */
export function withoutParticle({ corpus }: Material, start: number, end: number): number {
  return end > start && corpus.codes[end - 1] === PARTICLE ? end - 1 : end;
}

const NO_NOUN = KIND.grammar | KIND.pronoun | KIND.number | KIND.direction | KIND.adverb | KIND.mark | KIND.latin;

/** A word of two or more Han characters that may be the object at the end of a frame. */
export function isNounLike({ corpus, words }: Material, start: number, end: number): boolean {
  if (end - start < 2 || ((words.kinds[words.typeAt[start] ?? 0] ?? 0) & NO_NOUN) !== 0) return false;
  return corpus.codes.subarray(start, end).every(isHan);
}
