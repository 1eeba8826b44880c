/**
 * What a reader checks a pair by: the equal things on both sides, at their places, and numbers that the other side
 * does not have. Computed for the rows that are shown only. Cost: O(length of the row * anchors).
 */
import type { Anchor } from "../../model/alignment.ts";
import { findNumbers } from "../../text/numbers.ts";
import type { NumberMention } from "../../text/numbers.ts";

/** `letter`: index of the anchor, the same on both sides; undefined for a number without counterpart. */
export type Mark = { readonly start: number; readonly end: number; readonly letter?: number; readonly isNumber: boolean };
/** Marks of each sentence of a side, in order, not overlapping. */
export type SideMarks = readonly (readonly Mark[])[];
export type Evidence = { readonly source: SideMarks; readonly target: SideMarks; readonly lost: readonly Lost[] };
export type Lost = { readonly text: string; readonly side: "source" | "target" };

type Given = {
  readonly source: readonly string[];
  readonly target: readonly string[];
  readonly sourceLanguage: string;
  readonly targetLanguage: string;
  readonly anchors: readonly Anchor[];
};

export function findEvidence(given: Given): Evidence {
  const source: Mark[][] = given.source.map(() => []);
  const target: Mark[][] = given.target.map(() => []);
  given.anchors.forEach((anchor, letter) => {
    const isNumber = anchor.kind === "number" || anchor.kind === "date";
    const here = findFree(given.source, source, anchor.source);
    const there = findFree(given.target, target, anchor.target);
    if (!here || !there) return;
    source[here.sentence]?.push({ start: here.start, end: here.start + anchor.source.length, letter, isNumber });
    target[there.sentence]?.push({ start: there.start, end: there.start + anchor.target.length, letter, isNumber });
  });
  const lost = given.source.length === 0 || given.target.length === 0 ? [] : markLost(given, { source, target });
  for (const marks of [...source, ...target]) marks.sort((one, other) => one.start - other.start);
  return { source, target, lost };
}

type Place = { readonly sentence: number; readonly start: number };

/** The first place of a text that no mark covers yet. */
function findFree(sentences: readonly string[], marks: readonly (readonly Mark[])[], text: string): Place | undefined {
  if (text === "") return undefined;
  for (let sentence = 0; sentence < sentences.length; sentence += 1) {
    const words = sentences[sentence] ?? "";
    for (let start = words.indexOf(text); start >= 0; start = words.indexOf(text, start + 1)) {
      if (isFree(marks[sentence] ?? [], start, start + text.length)) return { sentence, start };
    }
  }
  return undefined;
}

function isFree(marks: readonly Mark[], start: number, end: number): boolean {
  return marks.every((mark) => end <= mark.start || start >= mark.end);
}

function markLost(given: Given, marks: { readonly source: Mark[][]; readonly target: Mark[][] }): readonly Lost[] {
  const read = (texts: readonly string[], language: string) => texts.map((text) => findNumbers(text, language));
  const source = read(given.source, given.sourceLanguage);
  const target = read(given.target, given.targetLanguage);
  const lost: Lost[] = [];
  const mark = (side: "source" | "target", own: typeof source, others: readonly NumberMention[]) => {
    own.forEach((mentions, sentence) => {
      for (const mention of mentions) {
        const list = marks[side][sentence];
        if (!list || !isTelling(mention) || others.some((other) => agree(mention, other))) continue;
        if (!isFree(list, mention.start, mention.end)) continue;
        list.push({ start: mention.start, end: mention.end, isNumber: true });
        lost.push({ text: (given[side][sentence] ?? "").slice(mention.start, mention.end), side });
      }
    });
  };
  mark("source", source, target.flat());
  mark("target", target, source.flat());
  return lost;
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
