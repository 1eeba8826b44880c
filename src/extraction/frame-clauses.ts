/**
 * Frames whose form shows them: correlatives (越是{X}，越{Y}), the same head twice (直接关系{X}，关系{Y}), 在{X}领导下, and
 * who says something ({X}指出). Which words may answer which is in frame-words.ts.
 * Cost: O(words) with a table look-up for each.
 */
import type { Material } from "./candidates.ts";
import { keyAt } from "./corpus.ts";
import { CIRCUMPOSITIONS, CORRELATIVES, SPEECH_VERBS } from "./frame-words.ts";
import type { Correlative } from "./frame-words.ts";
import type { Clause, Sight } from "./frame-sighting.ts";
import { endOf, isFillable, isNounLike, visitClauses, withoutParticle } from "./frame-sighting.ts";
import { FREE_KINDS, KIND } from "./words.ts";

/** How many words into a later clause the answer may stand: its subject comes first. */
const ANSWER_REACH = 4;
const CLAUSES_BACK = 2;
const SPEAKER_LONGEST = 12;

type Opening = { readonly row: Correlative; readonly start: number; readonly end: number };

export function sightClauses(material: Material, sight: Sight): void {
  const openersBy = new Map<number, Correlative[]>();
  for (const row of CORRELATIVES) {
    for (const opener of row.openers) {
      const rows = openersBy.get(opener.charCodeAt(0)) ?? [];
      if (!rows.includes(row)) openersBy.set(opener.charCodeAt(0), [...rows, row]);
    }
  }
  const firsts = Int32Array.from(material.words.types, (word) => word.charCodeAt(0));
  const circumpositions = new Map(CIRCUMPOSITIONS.map((row) => [row.closer, [] as (typeof CIRCUMPOSITIONS)[number][]]));
  for (const row of CIRCUMPOSITIONS) circumpositions.get(row.closer)?.push(row);
  const closersOf = material.words.types.map((word) => circumpositions.get(word));
  const heads = new HeadCounts();
  const openingsOf = new WeakMap<Clause, Opening[]>();
  visitClauses(material, (clause) => heads.add(material, clause));
  visitClauses(material, (clause, before) => {
    sightCorrelatives(material, clause, before.slice(-CLAUSES_BACK), { openersBy, openingsOf, firsts, sight });
    const previous = before.at(-1);
    if (previous) sightParallel(material, [previous, clause], heads, sight);
    sightCircumpositions(material, clause, closersOf, sight);
    sightSpeaker(material, clause, sight);
  });
}

type Folded = (start: number, end: number) => string;

/** Folded text from word to word: the tables are in simplified script. */
function folder({ words }: Material): Folded {
  return (start, end) => {
    let text = "";
    for (let at = start; at < end;) {
      const word = words.types[words.typeAt[at] ?? 0] ?? "";
      text += word;
      at += Math.max(1, [...word].length);
    }
    return text;
  };
}

/** The first of the listed words with which the text at this word goes on, to its end; words of the breaker may be parts. */
function matchAt(folded: string, listed: readonly string[]): string | undefined {
  return listed.find((word) => folded.startsWith(word));
}

type CorrelativeReader = {
  readonly openersBy: ReadonlyMap<number, readonly Correlative[]>;
  /** First character of each word type: most words are passed by at a glance. */
  readonly firsts: Int32Array;
  /** What was found in each clause: a clause is asked again when later ones answer it. */
  readonly openingsOf: WeakMap<Clause, Opening[]>;
  readonly sight: Sight;
};

function sightCorrelatives(
  material: Material,
  clause: Clause,
  before: readonly Clause[],
  { openersBy, openingsOf, firsts, sight }: CorrelativeReader,
): void {
  const fold = folder(material);
  const openings = (one: Clause): readonly Opening[] => {
    const known = openingsOf.get(one);
    if (known) return known;
    const found: Opening[] = [];
    openingsOf.set(one, found);
    one.begins.forEach((start) => {
      const rows = openersBy.get(firsts[material.words.typeAt[start] ?? 0] ?? 0);
      if (!rows) return;
      const folded = fold(start, Math.min(one.end, start + 6));
      // The longest opener wins: 不仅仅 before 不仅, 既要 before 既.
      let best: Opening | undefined;
      for (const row of rows) {
        const opener = matchAt(folded, row.openers);
        const end = start + [...(opener ?? "")].length;
        if (opener !== undefined && material.words.begins[end] === 1 && end > (best?.end ?? 0)) best = { row, start, end };
      }
      if (best) found.push(best);
    });
    return found;
  };
  const answer = (row: Correlative, one: Clause, from: number, reach: number): { start: number; end: number } | undefined => {
    let looked = 0;
    for (let i = 0; i < one.begins.length && looked < reach; i++) {
      const start = one.begins[i] ?? 0;
      if (start < from) continue;
      looked++;
      const first = firsts[material.words.typeAt[start] ?? 0] ?? 0;
      if (!row.answers.some((word) => word.charCodeAt(0) === first)) continue;
      const found = matchAt(fold(start, Math.min(one.end, start + 6)), row.answers);
      if (found === undefined) continue;
      let end = start + found.length;
      while (end < one.end && material.words.begins[end] !== 1) end++;
      if (end - start <= found.length + 1 && end < one.end) return { start, end: start + found.length };
    }
    return undefined;
  };
  const show = (
    row: Correlative,
    opening: Opening,
    found: { start: number; end: number },
    clauseEnd: number,
    before: number,
  ): void => {
    const slotEnd = withoutPause(material, before);
    const end = withoutPause(material, clauseEnd);
    if (slotEnd <= opening.end || end <= found.end) return;
    const number = CORRELATIVES.indexOf(row);
    const parts = [keyAt(material.corpus, opening.start, opening.end), keyAt(material.corpus, found.start, found.end), ""];
    sight({
      kind: "correlative",
      group: `correlative ${number}`,
      parts,
      slotNames: "XY",
      start: opening.start,
      end,
      slots: [
        { start: opening.end, end: slotEnd },
        { start: found.end, end },
      ],
      isDeliberate: true,
      worth: row.worth,
    });
  };
  // Within one clause: 既是挑战也是机遇.
  for (const opening of openings(clause)) {
    const found = answer(opening.row, clause, opening.end + 1, clause.begins.length);
    if (found) show(opening.row, opening, found, clause.end, found.start);
  }
  // Over clauses: the nearest clause with an opener that this clause answers and that nothing before has answered.
  for (let i = before.length - 1; i >= 0; i--) {
    const one = before[i];
    if (!one) continue;
    const last = before.at(-1) ?? one;
    const opened = openings(one)
      .filter(({ row, end }) => end < one.end && answer(row, one, end + 1, one.begins.length) === undefined)
      .map((opening) => ({ opening, found: answer(opening.row, clause, clause.start, ANSWER_REACH) }))
      .find(({ found }) => found !== undefined);
    if (!opened?.found) continue;
    const isAnswered = before.slice(i + 1).some((between) => answer(opened.opening.row, between, between.start, ANSWER_REACH));
    if (!isAnswered) show(opened.opening.row, opened.opening, opened.found, clause.end, last.end);
    return;
  }
}

/** 既有担当之勇、又有科学之智、: the pause is no part of what stands before it. */
function withoutPause({ corpus }: Material, end: number): number {
  return keyAt(corpus, end - 1, end) === "、" ? end - 1 : end;
}

const TRAILING: ReadonlySet<string> = new Set([..."到了着于"]);

type Head = { readonly name: string; readonly start: number; readonly end: number };

/** The verb at the beginning of a clause, also behind one adverb, without 到 or 了. */
function headOf({ words, corpus }: Material, clause: Clause): Head | undefined {
  const kindAt = (i: number): number => words.kinds[words.typeAt[clause.begins[i] ?? 0] ?? 0] ?? 0;
  const verb = (kindAt(0) & KIND.adverb) !== 0 ? 1 : 0;
  const start = clause.begins[verb];
  if (start === undefined || (kindAt(verb) & (KIND.verb | KIND.adverb)) !== KIND.verb) return undefined;
  let end = endOf(clause, verb);
  if (end - start > 2 && TRAILING.has(keyAt(corpus, end - 1, end))) end--;
  if (end - start < 2) return undefined;
  return { name: keyAt(corpus, start, end), start: clause.start, end };
}

class HeadCounts {
  readonly #counts = new Map<string, number>();

  add(material: Material, clause: Clause): void {
    const head = headOf(material, clause);
    if (head) this.#counts.set(head.name, (this.#counts.get(head.name) ?? 0) + 1);
  }

  get(name: string): number {
    return this.#counts.get(name) ?? 0;
  }
}

function sightParallel(material: Material, [first, second]: readonly [Clause, Clause], heads: HeadCounts, sight: Sight): void {
  const again = headOf(material, second);
  const head = again ? findHead(material, first, again.name) : undefined;
  if (!head || !again) return;
  const { corpus } = material;
  const behind = ({ end }: Head): number => (TRAILING.has(keyAt(corpus, end, end + 1)) ? end + 1 : end);
  const slots = [
    { start: behind(head), end: first.end },
    { start: behind(again), end: second.end },
  ];
  if (slots.some(({ start, end }) => end <= start)) return;
  sight({
    kind: "parallel",
    group: `parallel ${head.name}`,
    parts: [keyAt(corpus, head.start, head.end), keyAt(corpus, again.start, again.end), ""],
    slotNames: "XY",
    start: head.start,
    end: second.end,
    slots,
    isDeliberate: false,
    // With the count this is the share of its clauses that come in pairs: an ordinary verb seldom does.
    worth: 1 / Math.max(1, heads.get(head.name)),
  });
}

/** The same verb in the clause before, whose subject may stand before it: 防汛直接关系安全，关系民生. */
function findHead({ corpus, words }: Material, clause: Clause, name: string): Head | undefined {
  const length = [...name].length;
  for (let i = 0; i < clause.begins.length; i++) {
    const at = clause.begins[i] ?? 0;
    if (keyAt(corpus, at, Math.min(clause.end, at + length)) !== name) continue;
    const before = i > 0 ? (clause.begins[i - 1] ?? at) : at;
    const isPressed = ((words.kinds[words.typeAt[before] ?? 0] ?? 0) & KIND.adverb) !== 0;
    return { name, start: isPressed ? before : at, end: at + length };
  }
  return undefined;
}

type Circumposition = (typeof CIRCUMPOSITIONS)[number];

function sightCircumpositions(
  material: Material,
  clause: Clause,
  closersOf: readonly (readonly Circumposition[] | undefined)[],
  sight: Sight,
): void {
  const { words } = material;
  const wordAt = (i: number): string => words.types[words.typeAt[clause.begins[i] ?? 0] ?? 0] ?? "";
  for (let closing = 2; closing < clause.begins.length; closing++) {
    for (const row of closersOf[words.typeAt[clause.begins[closing] ?? 0] ?? 0] ?? []) {
      let opening = closing - 1;
      while (opening >= 0 && !row.openers.has(wordAt(opening))) opening--;
      if (opening >= 0 && opening <= closing - 2) sightAround(material, clause, { row, opening, closing }, sight);
    }
  }
}

type Around = { readonly row: Circumposition; readonly opening: number; readonly closing: number };

/** Before 上, 中 and 下 the noun belongs to the frame: 在{X}基础上. */
function sightAround(material: Material, clause: Clause, { row, opening, closing }: Around, sight: Sight): void {
  const { closer, alone } = row;
  const start = clause.begins[opening] ?? 0;
  const slotStart = endOf(clause, opening);
  const nounStart = clause.begins[closing - 1] ?? 0;
  const closeStart = clause.begins[closing] ?? 0;
  const hasNoun = closer.length === 1 && nounStart > slotStart && isNounLike(material, nounStart, closeStart);
  if (!hasNoun && !alone) return;
  const tail = hasNoun ? nounStart : closeStart;
  const slotEnd = withoutParticle(material, slotStart, tail);
  if (!isFillable(material, slotStart, slotEnd)) return;
  const end = endOf(clause, closing);
  const parts = [keyAt(material.corpus, start, slotStart), keyAt(material.corpus, tail, end)];
  const group = alone ? `around ${closer}` : `around ${parts.join(" ")}`;
  const slots = [{ start: slotStart, end: slotEnd }];
  sight({ kind: "circumposition", group, parts, slotNames: "X", start, end, slots, isDeliberate: false, worth: 1 });
}

/** 会议强调，: a short clause that ends with a verb of speech; who speaks is the slot. */
function sightSpeaker(material: Material, clause: Clause, sight: Sight): void {
  const { words, corpus } = material;
  const last = clause.begins.length - 1;
  const verb = clause.begins[last] ?? 0;
  if (last < 1 || clause.end - clause.start > SPEAKER_LONGEST || !SPEECH_VERBS.has(words.types[words.typeAt[verb] ?? 0] ?? ""))
    return;
  if (!SPEECH_ENDS.has(corpus.codes[clause.end] ?? 0)) return;
  for (const at of clause.begins.slice(0, last)) {
    const kind = words.kinds[words.typeAt[at] ?? 0] ?? 0;
    if (
      (kind & (KIND.adverb | KIND.number)) !== 0 ||
      ((kind & KIND.verb) !== 0 && !SPEAKERS.has(words.types[words.typeAt[at] ?? 0] ?? ""))
    )
      return;
  }
  if ((words.kinds[words.typeAt[verb - 1] ?? 0] ?? 0) & FREE_KINDS & ~KIND.grammar & ~KIND.direction & ~KIND.verb) return;
  const slots = [{ start: clause.start, end: verb }];
  sight({
    kind: "report",
    group: "report",
    parts: ["", keyAt(corpus, verb, clause.end)],
    slotNames: "X",
    start: clause.start,
    end: clause.end,
    slots,
    isDeliberate: false,
    worth: 1,
  });
}
const SPEECH_ENDS: ReadonlySet<number> = new Set([..."，："].map((mark) => mark.charCodeAt(0)));
const SPEAKERS: ReadonlySet<string> = new Set(["讲话", "会见", "代表", "领导", "调研", "考察", "报告", "通报"]);
