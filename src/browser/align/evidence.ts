/**
 * What a reader checks a pair by: the equal things on both sides, at their places (what decided the bead, numbers and dates
 * by value, approved pairs of the glossary), and numbers and approved terms that the other side does not have. Computed for
 * the rows that are shown only, from the sentences themselves, so that rows set by hand have it as well.
 * Cost: O(length of the row * marks).
 */
import type { Anchor } from "../../model/alignment.ts";
import { findNumbers } from "../../text/numbers.ts";
import type { NumberMention } from "../../text/numbers.ts";
import type { PairedTerm } from "./alignment.ts";

/** `letter`: index of the anchor, the same on both sides; undefined for what has no counterpart. */
export type Mark = { readonly start: number; readonly end: number; readonly letter?: number; readonly isNumber: boolean };
/** Marks of each sentence of a side, in order, not overlapping. */
export type SideMarks = readonly (readonly Mark[])[];
export type Evidence = { readonly source: SideMarks; readonly target: SideMarks; readonly lost: readonly Lost[] };
export type Lost = { readonly text: string; readonly side: SideName; readonly kind: "number" | "term" };

type SideName = "source" | "target";
type Marked = { readonly text: string; readonly terms?: readonly PairedTerm[] };
type Given = {
  readonly source: readonly Marked[];
  readonly target: readonly Marked[];
  readonly sourceLanguage: string;
  readonly targetLanguage: string;
  readonly anchors: readonly Anchor[];
};
type Marks = { readonly source: Mark[][]; readonly target: Mark[][] };

export function findEvidence(given: Given): Evidence {
  const marks: Marks = { source: given.source.map(() => []), target: given.target.map(() => []) };
  const numbers = {
    source: given.source.map(({ text }) => findNumbers(text, given.sourceLanguage)),
    target: given.target.map(({ text }) => findNumbers(text, given.targetLanguage)),
  };
  const isPaired = given.source.length > 0 && given.target.length > 0;
  const lost: Lost[] = [];
  let letter = 0;
  const markAnchors = (isWanted: (anchor: Anchor) => boolean) => {
    for (const anchor of given.anchors) if (isWanted(anchor) && markAnchor(given, marks, anchor, letter)) letter += 1;
  };
  // What was read by value or is approved comes before words that a dictionary has.
  markAnchors(({ kind }) => kind !== "dictionary");
  if (isPaired) {
    letter = pairNumbers(numbers, marks, letter);
    letter = pairTerms(given, marks, letter);
  }
  markAnchors(({ kind }) => kind === "dictionary");
  if (isPaired) {
    markLostNumbers(given, { numbers, marks, lost });
    markLostTerms(given, { marks, lost });
  }
  for (const list of [...marks.source, ...marks.target]) list.sort((one, other) => one.start - other.start);
  return { ...marks, lost };
}

function markAnchor(given: Given, marks: Marks, anchor: Anchor, letter: number): boolean {
  const isNumber = anchor.kind === "number" || anchor.kind === "date";
  const here = findFree(given.source, marks.source, anchor.source);
  const there = findFree(given.target, marks.target, anchor.target);
  if (!here || !there) return false;
  marks.source[here.sentence]?.push({ start: here.start, end: here.start + anchor.source.length, letter, isNumber });
  marks.target[there.sentence]?.push({ start: there.start, end: there.start + anchor.target.length, letter, isNumber });
  return true;
}

type Numbers = Readonly<Record<SideName, readonly (readonly NumberMention[])[]>>;

/** Each number with the first one of the other side that says the same and is not taken; small words only with each other. */
function pairNumbers(numbers: Numbers, marks: Marks, first: number): number {
  let letter = first;
  const others = numbers.target.flatMap((mentions, sentence) => mentions.map((mention) => ({ mention, sentence })));
  const taken = new Set<NumberMention>();
  numbers.source.forEach((mentions, sentence) => {
    const list = marks.source[sentence] ?? [];
    for (const mention of mentions) {
      if (!isFree(list, mention.start, mention.end)) continue;
      const partner = others.find((other) => {
        const there = marks.target[other.sentence] ?? [];
        if (taken.has(other.mention) || !(isTelling(mention) || isTelling(other.mention))) return false;
        return agree(mention, other.mention) && isFree(there, other.mention.start, other.mention.end);
      });
      if (!partner) continue;
      taken.add(partner.mention);
      list.push({ start: mention.start, end: mention.end, letter, isNumber: true });
      const { start, end } = partner.mention;
      marks.target[partner.sentence]?.push({ start, end, letter, isNumber: true });
      letter += 1;
    }
  });
  return letter;
}

function pairTerms(given: Given, marks: Marks, first: number): number {
  let letter = first;
  const others = given.target.flatMap(({ terms = [] }, sentence) => terms.map((term) => ({ term, sentence })));
  const taken = new Set<PairedTerm>();
  given.source.forEach(({ terms = [] }, sentence) => {
    const list = marks.source[sentence] ?? [];
    for (const [entry, start, end] of terms) {
      if (!isFree(list, start, end)) continue;
      const partner = others.find(({ term, sentence: there }) => {
        return term[0] === entry && !taken.has(term) && isFree(marks.target[there] ?? [], term[1], term[2]);
      });
      if (!partner) continue;
      taken.add(partner.term);
      list.push({ start, end, letter, isNumber: false });
      marks.target[partner.sentence]?.push({ start: partner.term[1], end: partner.term[2], letter, isNumber: false });
      letter += 1;
    }
  });
  return letter;
}

type Place = { readonly sentence: number; readonly start: number };

/** The first place of a text that no mark covers yet. */
function findFree(sentences: readonly Marked[], marks: readonly (readonly Mark[])[], text: string): Place | undefined {
  if (text === "") return undefined;
  for (let sentence = 0; sentence < sentences.length; sentence += 1) {
    const words = sentences[sentence]?.text ?? "";
    for (let start = words.indexOf(text); start >= 0; start = words.indexOf(text, start + 1)) {
      const end = start + text.length;
      if (isWhole(words, start, end) && isFree(marks[sentence] ?? [], start, end)) return { sentence, start };
    }
  }
  return undefined;
}

const LETTER = /[\p{Alphabetic}\p{Nd}]/u;
const HAN = /\p{Script=Han}/u;

/** Not a piece of a longer word: "nation" is not in "rejuvenation". Han has no words to be a piece of. */
function isWhole(words: string, start: number, end: number): boolean {
  const joins = (one: string, next: string) => LETTER.test(one) && LETTER.test(next) && !HAN.test(one) && !HAN.test(next);
  return !joins(words.charAt(start - 1), words.charAt(start)) && !joins(words.charAt(end - 1), words.charAt(end));
}

function isFree(marks: readonly Mark[], start: number, end: number): boolean {
  return marks.every((mark) => end <= mark.start || start >= mark.end);
}

function markLostNumbers(
  given: Given,
  { numbers, marks, lost }: { readonly numbers: Numbers; readonly marks: Marks; readonly lost: Lost[] },
): void {
  const mark = (side: SideName, own: Numbers[SideName], others: readonly NumberMention[]) => {
    own.forEach((mentions, sentence) => {
      for (const mention of mentions) {
        const list = marks[side][sentence];
        if (!list || !isTelling(mention) || others.some((other) => agree(mention, other))) continue;
        if (!isFree(list, mention.start, mention.end)) continue;
        list.push({ start: mention.start, end: mention.end, isNumber: true });
        lost.push({ text: (given[side][sentence]?.text ?? "").slice(mention.start, mention.end), side, kind: "number" });
      }
    });
  };
  mark("source", numbers.source, numbers.target.flat());
  mark("target", numbers.target, numbers.source.flat());
}

/** A single word of English ("people", "develop") stands for much else; Chinese terms and phrases do not. */
function isTellingWording(wording: string): boolean {
  return HAN.test(wording) || /\s/u.test(wording);
}

/** Approved terms whose entry is nowhere on the other side. One that stands there fewer times is no loss: pronouns exist. */
function markLostTerms(given: Given, { marks, lost }: { readonly marks: Marks; readonly lost: Lost[] }): void {
  for (const [side, other] of [
    ["source", "target"],
    ["target", "source"],
  ] as const) {
    const there = new Set(given[other].flatMap(({ terms = [] }) => terms.map(([entry]) => entry)));
    given[side].forEach(({ text, terms = [] }, sentence) => {
      const list = marks[side][sentence] ?? [];
      // A wording of several entries is lost only when none of them is on the other side.
      const kept = terms.filter(([entry]) => there.has(entry));
      for (const [, start, end] of terms) {
        const wording = text.slice(start, end);
        if (!isTellingWording(wording) || kept.some((term) => term[1] === start && term[2] === end)) continue;
        if (!isFree(list, start, end)) continue;
        list.push({ start, end, isNumber: false });
        lost.push({ text: wording, side, kind: "term" });
      }
    });
  }
}

/** Small numbers in words (一个, "one") and figures in names (G20) come and go in translation. */
function isTelling(mention: NumberMention): boolean {
  if (mention.form === "code" || mention.kind === "ordinal" || mention.kind === "multiple") return false;
  return mention.form === "digits" || mention.kind === "date" || Math.abs(valueOf(mention)) >= 20;
}

function valueOf({ value }: NumberMention): number {
  const [top = "", bottom] = value.replace("%", "").split("/");
  const number = Number(top) / (bottom === undefined ? 1 : Number(bottom));
  return value.endsWith("%") ? number / 100 : number;
}

/** Generous: a wrong underline costs more trust than a missing one. Dates agree when what both give is equal. */
function agree(one: NumberMention, other: NumberMention): boolean {
  if (one.value === other.value) return true;
  if (one.kind === "date" || other.kind === "date") return agreeAsDates(one.value, other.value);
  const [first, second] = [valueOf(one), valueOf(other)];
  if (first === second || first === second * 100 || first * 100 === second) return true;
  const isRounded = one.approximate === true || other.approximate === true;
  return isRounded && Math.abs(first - second) <= Math.abs(first) * 0.01;
}

function agreeAsDates(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  const parts = short.split("-").filter((part) => part !== "");
  const others = new Set(long.split("-").filter((part) => part !== ""));
  return parts.length > 0 && parts.every((part) => others.has(part) || others.has(part.padStart(2, "0")));
}
