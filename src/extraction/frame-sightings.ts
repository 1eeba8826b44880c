/**
 * The places where a frame may stand, one clause or two neighbouring clauses at a time.
 * The kinds are those of EXTRACTION.md, section 3; nothing is counted here.
 */
import type { Material } from "./candidates.ts";
import { keyAt } from "./corpus.ts";
import { REPORTING_VERBS } from "./word-lists.ts";
import { KIND, isHan, nextBegin } from "./words.ts";

export type FrameSighting = {
  /** With slots: 把{X}作为{Y}. */
  readonly pattern: string;
  /** The fixed parts that are set against chance. */
  readonly opening: string;
  readonly closing: string;
  readonly start: number;
  readonly end: number;
  /** The first slot. */
  readonly slotStart: number;
  readonly slotEnd: number;
  /** Its form alone shows that it is meant (a repeated part, a numbered list): one text is enough. */
  readonly isDeliberate: boolean;
};

type Sight = (sighting: FrameSighting) => void;
type Clause = { readonly start: number; readonly end: number };

const SLOT_LONGEST = 22;
const COMMA = 0xff0c;
const PAUSE = 0x3001;
const PREPOSITIONS: ReadonlySet<string> = new Set([
  "把",
  "将",
  "为",
  "以",
  "对",
  "从",
  "由",
  "在",
  "让",
  "使",
  "向",
  "与",
  "同",
  "给",
  "围绕",
  "按照",
  "坚持",
]);

export function sightFrames(material: Material, sight: Sight): void {
  const { corpus, copies } = material;
  corpus.paragraphs.forEach((place, i) => {
    if (copies.counts[i] !== 1) return;
    let previous: Clause | undefined;
    for (let at = place.start; at < place.end;) {
      const length = corpus.reach[at] ?? 0;
      if (length === 0) {
        if (corpus.codes[at] !== COMMA) previous = undefined;
        at++;
        continue;
      }
      const clause = { start: at, end: at + length };
      sightInClause(material, clause, sight);
      sightRepeats(material, clause, sight);
      if (previous) sightPair(material, previous, clause, sight);
      previous = clause;
      at = clause.end;
    }
    sightOrdinals(material, place, sight);
  });
}

function beginsOf({ words }: Material, { start, end }: Clause): readonly number[] {
  const begins: number[] = [];
  for (let at = start; at < end; at = nextBegin(words.begins, at)) begins.push(at);
  return begins;
}

/** Verb … last words of the clause, preposition … verb (… last words). */
function sightInClause(material: Material, clause: Clause, sight: Sight): void {
  const { words, corpus } = material;
  const begins = beginsOf(material, clause);
  const wordAt = (i: number): string => words.types[words.typeAt[begins[i] ?? 0] ?? 0] ?? "";
  const kindAt = (i: number): number => words.kinds[words.typeAt[begins[i] ?? 0] ?? 0] ?? 0;
  const endOf = (i: number): number => begins[i + 1] ?? clause.end;
  const lastIndex = begins.length - 1;
  const show = (from: number, to: number): string => keyAt(corpus, begins[from] ?? clause.start, endOf(to));
  for (let left = 0; left < lastIndex; left++) {
    const isPreposition = PREPOSITIONS.has(wordAt(left));
    if (!isPreposition && (kindAt(left) & KIND.verb) === 0) continue;
    const slotStart = endOf(left);
    for (const closingLength of [1, 2]) {
      const right = lastIndex - closingLength + 1;
      const slotEnd = begins[right] ?? clause.end;
      if (right <= left + 1 || slotEnd - slotStart > SLOT_LONGEST) continue;
      if (closingLength === 2 && ((kindAt(right) & KIND.verb) === 0 || (kindAt(right + 1) & KIND.mark) !== 0)) continue;
      const opening = show(left, left);
      const closing = show(right, lastIndex);
      sight({
        pattern: `${opening}{X}${closing}`,
        opening,
        closing,
        start: begins[left] ?? 0,
        end: clause.end,
        slotStart,
        slotEnd,
        isDeliberate: false,
      });
    }
    if (!isPreposition) continue;
    for (let middle = left + 2; middle < lastIndex; middle++) {
      const middleStart = begins[middle] ?? 0;
      const isLinked = (kindAt(middle) & KIND.verb) !== 0 || wordAt(middle) === "为" || wordAt(middle) === "到";
      if (!isLinked || middleStart - slotStart > SLOT_LONGEST) continue;
      const opening = show(left, left);
      const link = show(middle, middle);
      const common = { opening, start: begins[left] ?? 0, end: clause.end, slotStart, slotEnd: middleStart, isDeliberate: false };
      sight({ ...common, pattern: `${opening}{X}${link}{Y}`, closing: link });
      for (const closingLength of [1, 2]) {
        const right = lastIndex - closingLength + 1;
        if (right <= middle + 1) continue;
        const closing = show(right, lastIndex);
        sight({ ...common, pattern: `${opening}{X}${link}{Y}${closing}`, opening: `${opening} ${link}`, closing });
      }
    }
  }
  // 会议强调, 习近平指出: who says it is the slot.
  const last = wordAt(lastIndex);
  const lastStart = begins[lastIndex] ?? 0;
  if (lastIndex > 0 && REPORTING_VERBS.has(last) && clause.end - clause.start <= 12 && corpus.reach[clause.end] === 0) {
    const closing = show(lastIndex, lastIndex);
    sight({
      pattern: `{X}${closing}`,
      opening: "",
      closing,
      start: clause.start,
      end: clause.end,
      slotStart: clause.start,
      slotEnd: lastStart,
      isDeliberate: false,
    });
  }
}

/** 应检尽检, 该管的管, 集中患者、集中专家: something stands twice. */
function sightRepeats({ corpus, words }: Material, clause: Clause, sight: Sight): void {
  const { codes } = corpus;
  const character = (at: number): string => String.fromCodePoint(codes[at] ?? 0);
  for (let at = clause.start; at + 4 <= clause.end; at++) {
    if (words.begins[at] !== 1 || !codes.subarray(at, at + 4).every(isHan)) continue;
    const common = { start: at, end: at + 4, slotStart: at + 1, slotEnd: at + 2, isDeliberate: true };
    if (words.begins[at + 4] === 1 && codes[at + 1] === codes[at + 3] && codes[at] !== codes[at + 2]) {
      const pattern = `${character(at)}{X}${character(at + 2)}{X}`;
      sight({ ...common, pattern, opening: character(at), closing: character(at + 2) });
    }
    if (words.begins[at + 4] === 1 && codes[at] === codes[at + 2] && codes[at + 1] !== codes[at + 3]) {
      sight({ ...common, pattern: `${character(at)}{X}${character(at)}{Y}`, opening: character(at), closing: character(at) });
    }
  }
  const members: Clause[] = [];
  let from = clause.start;
  for (let at = clause.start; at <= clause.end; at++) {
    if (at < clause.end && codes[at] !== PAUSE) continue;
    members.push({ start: from, end: at });
    from = at + 1;
  }
  for (let i = 0; i + 1 < members.length; i++) sightLikeMembers(corpus.codes, words.begins, members, i, sight);
}

function sightLikeMembers(codes: Int32Array, begins: Uint8Array, members: readonly Clause[], i: number, sight: Sight): void {
  const first = members[i];
  const second = members[i + 1];
  if (!first || !second) return;
  const show = (from: number, to: number): string =>
    Array.from(codes.subarray(from, to), (code) => String.fromCodePoint(code)).join("");
  const prefixEnd = nextBegin(begins, second.start);
  const prefix = show(second.start, prefixEnd);
  if (second.end - prefixEnd < 1 || second.end - prefixEnd > 8 || !isHan(codes[second.start] ?? 0)) return;
  // The first member may follow other words of its clause: its prefix is looked for from the end.
  for (let at = first.end - 2; at >= first.start && first.end - at <= 10; at--) {
    if (begins[at] !== 1 || show(at, at + prefix.length) !== prefix || at + prefix.length >= first.end) continue;
    const slotStart = at + prefix.length;
    const common = {
      opening: prefix,
      closing: prefix,
      start: at,
      end: second.end,
      slotStart,
      slotEnd: first.end,
      isDeliberate: true,
    };
    sight({ ...common, pattern: `${prefix}{X}、${prefix}{Y}` });
    return;
  }
}

const LINKING = KIND.grammar | KIND.adverb | KIND.pronoun;

/** The beginnings of two clauses: 越是{X}，越要{Y}; the same beginning twice: 有的{X}，有的{Y}. */
function sightPair(material: Material, first: Clause, second: Clause, sight: Sight): void {
  const { words, corpus } = material;
  const openings = headsOf(material, first);
  const closings = headsOf(material, second);
  for (const openingEnd of openings) {
    for (const closingEnd of closings) {
      const opening = keyAt(corpus, first.start, openingEnd);
      const closing = keyAt(corpus, second.start, closingEnd);
      const firstKind = words.kinds[words.typeAt[first.start] ?? 0] ?? 0;
      const secondKind = words.kinds[words.typeAt[second.start] ?? 0] ?? 0;
      const isParallel = opening.endsWith(closing) || closing.endsWith(opening);
      if (!isParallel && ((firstKind & LINKING) === 0 || (secondKind & LINKING) === 0)) continue;
      if (openingEnd >= first.end || closingEnd >= second.end) continue;
      sight({
        pattern: `${opening}{X}，${closing}{Y}`,
        opening: `${opening}…`,
        closing: `…${closing}`,
        start: first.start,
        end: second.end,
        slotStart: openingEnd,
        slotEnd: first.end,
        isDeliberate: false,
      });
    }
  }
}

/** Ends of the first one and two words of a clause. */
function headsOf({ words }: Material, { start, end }: Clause): readonly number[] {
  const one = nextBegin(words.begins, start);
  const two = one < end ? nextBegin(words.begins, one) : one;
  return two > one && two < end ? [one, two] : [one];
}

const ORDINALS = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/** 一是…二是…三是…, 第一，…第二，…: a list inside one paragraph or from one paragraph on. */
function sightOrdinals({ corpus }: Material, place: Clause, sight: Sight): void {
  const text = keyAt(corpus, place.start, place.end);
  if (text.length !== place.end - place.start) return;
  for (const [before, after] of [
    ["", "是"],
    ["第", "，"],
    ["第", "是"],
    ["", "要"],
  ] as const) {
    const label = (step: number): string => `${before}${ORDINALS[step] ?? ""}${after}`;
    let at = text.indexOf(label(0));
    if (at < 0) continue;
    const start = at;
    let step = 1;
    for (let next = text.indexOf(label(1), at); next >= 0 && step < ORDINALS.length; next = text.indexOf(label(step), at)) {
      at = next;
      step++;
    }
    if (step < 2) continue;
    const shown = [0, 1, 2].slice(0, step).map((number) => `${label(number)}{${"XYZ".charAt(number)}}`);
    const slotStart = place.start + start + label(0).length;
    const slotEnd = place.start + text.indexOf(label(1), start);
    sight({
      pattern: shown.join(""),
      opening: label(0),
      closing: label(1),
      start: place.start + start,
      end: place.end,
      slotStart,
      slotEnd,
      isDeliberate: true,
    });
  }
}
