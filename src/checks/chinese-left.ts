/**
 * Chinese characters, or marks of Chinese typesetting, left in a target of another script.
 *
 * Han: error. The same inside quotation marks or brackets (a headline quoted, a gloss after its translation): information.
 * Full-width and ideographic marks: warning, one finding for each run. Curly quotation marks, dashes, the ellipsis and the
 * middle dot belong to both languages and are left alone.
 * Cost: O(length).
 */
import type { CheckedPair, Finding, Severity } from "../model/finding.ts";
import { makeFinding } from "./rule.ts";
import type { Rule } from "./rule.ts";

const HAN = /\p{Script=Han}(?:[\p{Script=Han}\s\u3001\u3002\u00b7\uff01-\uff65]*\p{Script=Han})?/gu;
const MARKS = /[\u3000-\u303f\uff01-\uff65\uffe0-\uffe6](?:\s*[\u3000-\u303f\uff01-\uff65\uffe0-\uffe6])*/gu;
const OPENING = "“‘\"'(（《〈「『【[";
const CLOSING = "”’\"')）》〉」』】]";
/** A target in one of these scripts is written with Han or their marks. */
const WRITTEN_WITH_HAN = /^(?:zh|ja|ko|yue|wuu|lzh|nan|hak)\b/i;

export const chineseLeft: Rule = {
  id: "chinese-left",
  severity: "error",
  checkPair: (pair, { input }) => (WRITTEN_WITH_HAN.test(input.targetLanguage) ? [] : findLeft(pair)),
};

function findLeft(pair: CheckedPair): readonly Finding[] {
  const findings: Finding[] = [];
  let lastEnd = 0;
  for (const match of pair.target.matchAll(HAN)) {
    const span = { start: match.index, end: match.index + match[0].length };
    const quoted = isEnclosed(pair.target, span.start, span.end);
    findings.push(report(pair, quoted ? "information" : "error", quoted ? "quoted-han" : "han", span));
    lastEnd = span.end;
  }
  const han = findings.map(({ targetSpan }) => targetSpan);
  let next = 0;
  for (const match of pair.target.matchAll(MARKS)) {
    const span = { start: match.index, end: match.index + match[0].length };
    while ((han[next]?.end ?? Infinity) <= span.start) next++;
    // A mark between or around quoted Han belongs to the Chinese that was reported already.
    const inside = (han[next]?.start ?? Infinity) <= span.start && span.start < lastEnd;
    const beside = isHan(pair.target.charAt(span.start - 1)) || isHan(pair.target.charAt(span.end));
    if (!inside && !beside) findings.push(report(pair, "warning", "marks", span));
  }
  return findings;
}

function isEnclosed(text: string, start: number, end: number): boolean {
  const opening = OPENING.indexOf(text.slice(0, start).trimEnd().slice(-1) || "\u0000");
  return (
    opening >= 0 &&
    text
      .slice(end, end + 3)
      .trimStart()
      .charAt(0) === CLOSING.charAt(opening)
  );
}

function isHan(character: string): boolean {
  return /\p{Script=Han}/u.test(character);
}

function report(pair: CheckedPair, severity: Severity, message: string, targetSpan: { start: number; end: number }): Finding {
  const actual = pair.target.slice(targetSpan.start, targetSpan.end);
  return makeFinding("chinese-left", severity, pair, { message, subject: actual, actual, targetSpan, values: { text: actual } });
}
