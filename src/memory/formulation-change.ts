/**
 * A difference inside a known formulation: 外防输入 where the memory has 外防输出. Such a match reads well and says
 * something else, so it is told apart from a difference beside the formulation.
 *
 * A change counts when it lies within the formulation and leaves most of it standing; a formulation that stands in one
 * text alone is an ordinary difference. Cost: one comparison of the texts, times the formulations.
 */
import type { Span } from "../model/span.ts";
import { listReplacements } from "../text/difference.ts";

export type FormulationTexts = {
  readonly queryFormulations?: readonly Span[] | undefined;
  readonly unitFormulations?: readonly Span[] | undefined;
};

/** How much of a formulation may change for it to be taken for the other. */
const LARGEST_SHARE = 0.5;
const HAN_OR_LETTER = /[\p{L}\p{N}]/u;

type Change = { readonly start: number; readonly end: number; readonly other: string };

/** The longest formulation around a change, and what stands in its place in the other text. */
function findAround(text: string, formulations: readonly Span[], changes: readonly Change[]) {
  let best: { span: Span; other: string } | undefined;
  for (const span of formulations) {
    const within = changes.filter(({ start, end }) => start < span.end && end > span.start);
    const size = within.reduce((sum, { start, end, other }) => sum + Math.max(end - start, other.length), 0);
    const isInside = within.every(({ start, end }) => start >= span.start && end <= span.end);
    const isWording = within.some(({ start, end, other }) => HAN_OR_LETTER.test(text.slice(start, end) + other));
    if (!isInside || !isWording || size > (span.end - span.start) * LARGEST_SHARE) continue;
    if (best && best.span.end - best.span.start >= span.end - span.start) continue;
    let other = "";
    let at = span.start;
    for (const change of within) {
      other += text.slice(at, change.start) + change.other;
      at = change.end;
    }
    best = { span, other: other + text.slice(at, span.end) };
  }
  return best && { own: text.slice(best.span.start, best.span.end), other: best.other };
}

export function findFormulationChange(
  query: string,
  source: string,
  { queryFormulations = [], unitFormulations = [] }: FormulationTexts,
): { readonly query: string; readonly unit: string } | undefined {
  if (queryFormulations.length === 0 && unitFormulations.length === 0) return undefined;
  const replacements = listReplacements(source, query, { unit: "character" });
  const inQuery = replacements.map(({ base, other, otherStart }) => ({
    start: otherStart,
    end: otherStart + other.length,
    other: base,
  }));
  const mine = findAround(query, queryFormulations, inQuery);
  if (mine) return { query: mine.own, unit: mine.other };
  const inUnit = replacements.map(({ base, other, baseStart }) => ({ start: baseStart, end: baseStart + base.length, other }));
  const theirs = findAround(source, unitFormulations, inUnit);
  return theirs && { query: theirs.other, unit: theirs.own };
}
