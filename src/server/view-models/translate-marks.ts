/**
 * The underlines of terms in a text: which stretch, at which level, in which line.
 *
 * Level 1 is nearest to the text. A hit lies one level above the highest level among the shorter hits that touch it, so
 * that nested and crossing hits never share a line. Above level 3 nothing is drawn; the list of terms has all of them.
 * The same stretch found for several concepts is one underline, in the line of the best status.
 * Cost: O(hits²) of one text, which has few.
 */
import type { TermMatch, TermStatus } from "../../model/concept.ts";
import type { Span } from "../../model/span.ts";

export type Underline = Span & {
  readonly level: 1 | 2 | 3;
  readonly line: TermLine;
  readonly concepts: readonly string[];
};

/** How the line is drawn: solid, dashed, dotted, wavy. */
export type TermLine = "approved" | "proposed" | "candidate" | "avoid";

const LINES: Readonly<Record<TermStatus, TermLine>> = {
  approved: "approved",
  admitted: "approved",
  proposed: "proposed",
  candidate: "candidate",
  rejected: "avoid",
  deprecated: "avoid",
  superseded: "avoid",
  forbidden: "avoid",
};
const BEST_FIRST: readonly TermLine[] = ["approved", "avoid", "proposed", "candidate"];
const LEVELS = [1, 2, 3] as const;

/** `lineOf` says how a hit is drawn; by default as its term stands. */
export function listUnderlines(
  matches: readonly TermMatch[],
  lineOf: (match: TermMatch) => TermLine = ({ term }) => LINES[term.status],
): readonly Underline[] {
  const bySpan = new Map<string, { readonly span: Span; readonly concepts: Set<string>; line: TermLine }>();
  for (const match of matches) {
    const { start, end, conceptId } = match;
    const line = lineOf(match);
    const known = bySpan.get(`${start}-${end}`);
    if (!known) {
      bySpan.set(`${start}-${end}`, { span: { start, end }, concepts: new Set([conceptId]), line });
      continue;
    }
    known.concepts.add(conceptId);
    if (BEST_FIRST.indexOf(line) < BEST_FIRST.indexOf(known.line)) known.line = line;
  }
  const placed: (Span & { readonly height: number })[] = [];
  const underlines: Underline[] = [];
  const shortestFirst = [...bySpan.values()].sort(
    (one, other) => lengthOf(one.span) - lengthOf(other.span) || one.span.start - other.span.start,
  );
  for (const { span, concepts, line } of shortestFirst) {
    const touching = placed.filter(({ start, end }) => start < span.end && span.start < end);
    const height = 1 + touching.reduce((highest, other) => Math.max(highest, other.height), 0);
    placed.push({ ...span, height });
    const level = LEVELS[height - 1];
    if (level !== undefined) underlines.push({ ...span, level, line, concepts: [...concepts] });
  }
  return underlines.sort((one, other) => one.start - other.start || other.end - one.end);
}

function lengthOf({ start, end }: Span): number {
  return end - start;
}
