/**
 * What became of each glossary term of a pair: where it stands in the source, which accepted renderings stand in the
 * target, and which refused ones. Shared by the rules on renderings and on numbers.
 *
 * Source: the longest wording wins; what lies inside or across a longer one is not asked for by itself.
 * Target: renderings of longer wordings first; a find inside one of theirs counts for the shorter wording only as a
 * possible find (no "missing"), not as one more.
 * Cost: O(terms of the pair × their renderings × words).
 */
import type { Term, TermMatch } from "../model/concept.ts";
import type { CheckedPair } from "../model/finding.ts";
import type { IsoDay, Span } from "../model/span.ts";
import { contentStems, findRendering, readTarget } from "./rendering-search.ts";
import type { FoundRendering, Rendering, SearchedTarget } from "./rendering-search.ts";
import { isValidOn } from "./term-table.ts";
import type { AcceptedRendering, TermTable, TermTableEntry } from "./term-table.ts";

export type RefusedUse = { readonly term: Term; readonly span: Span };
export type SiblingUse = { readonly rendering: string; readonly text: string; readonly span: Span };

export type TermVerdict = {
  readonly entry: TermTableEntry;
  /** Where the wording stands in the source, outside longer ones. Empty: only inside longer ones. */
  readonly places: readonly Span[];
  /** Renderings that would do, the approved ones first. */
  readonly expected: readonly string[];
  readonly found: readonly FoundRendering[];
  /** Finds that no longer wording has taken. */
  readonly own: number;
  readonly refused: readonly RefusedUse[];
  /** A rendering of another wording that is not in the source and looks like the expected one. */
  readonly sibling?: SiblingUse;
};

export function judgePair(pair: CheckedPair, table: TermTable, day: IsoDay | undefined): readonly TermVerdict[] {
  const matches = table.recognizeTerms(pair.source);
  if (matches.length === 0) return [];
  const target = readTarget(pair.target);
  const entries = placeEntries(matches, table);
  const present = new Set(entries.map(({ entry }) => entry.key));
  const taken: { readonly key: string; readonly span: Span }[] = [];
  const verdicts: TermVerdict[] = [];
  for (const { entry, places } of entries.toSorted((one, other) => other.entry.key.length - one.entry.key.length)) {
    const valid = entry.accepted.filter(({ term }) => isValidOn(term, day));
    const found = findAccepted(target, valid, places.length);
    const composed = found.length === 0 && places.length > 0 ? findParts(target, entry, matches, table) : [];
    const all = found.length > 0 ? found : composed;
    const own = all.filter(
      ({ span }) => !taken.some((other) => other.key.includes(entry.key) && isWithin(span, other.span)),
    ).length;
    const sibling = all.length === 0 && places.length > 0 ? findSibling(target, valid, present, { table, taken }) : undefined;
    verdicts.push({
      entry,
      places,
      expected: valid.map(({ term }) => term.text),
      found: all,
      own,
      refused: findRefused(target, entry, day),
      ...(sibling ? { sibling } : {}),
    });
    for (const { span } of all) taken.push({ key: entry.key, span });
  }
  // A refused rendering inside an accepted one ("vitalization" in an accepted title) is none.
  const accepted = verdicts.flatMap(({ found }) => found.map(({ span }) => span));
  return verdicts.map((verdict) => ({
    ...verdict,
    refused: verdict.refused.filter(({ span }) => !accepted.some((outer) => isWithin(span, outer))),
  }));
}

type PlacedEntry = { readonly entry: TermTableEntry; readonly places: Span[] };

/** Longest first, the earlier first among equals; each wording once, with its places. */
function placeEntries(matches: readonly TermMatch[], table: TermTable): readonly PlacedEntry[] {
  const placed = new Map<string, PlacedEntry>();
  const covered: Span[] = [];
  const ordered = matches.toSorted((one, other) => other.end - other.start - (one.end - one.start) || one.start - other.start);
  for (const match of ordered) {
    const entry = table.findEntry(match.term);
    if (!entry) continue;
    const known = placed.get(entry.key) ?? { entry, places: [] };
    placed.set(entry.key, known);
    if (known.places.some((place) => place.start === match.start && place.end === match.end)) continue;
    if (covered.some((place) => place.start < match.end && match.start < place.end)) continue;
    covered.push({ start: match.start, end: match.end });
    known.places.push({ start: match.start, end: match.end });
  }
  for (const { places } of placed.values()) places.sort((one, other) => one.start - other.start);
  return [...placed.values()];
}

/** Finds of all renderings that do not overlap; lenient steps only when the strict ones do not find enough. */
function findAccepted(target: SearchedTarget, accepted: readonly AcceptedRendering[], wanted: number): readonly FoundRendering[] {
  const found: FoundRendering[] = [];
  for (const lenient of [false, true]) {
    for (const { rendering } of accepted) {
      for (const find of findRendering(target, rendering, lenient)) {
        if (!found.some(({ span }) => span.start < find.span.end && find.span.start < span.end)) found.push(find);
      }
    }
    if (found.length >= Math.max(1, wanted)) break;
  }
  return found.toSorted((one, other) => one.span.start - other.span.start);
}

/** A long wording is also rendered when shorter ones cover it wholly and each of them is rendered. */
function findParts(
  target: SearchedTarget,
  entry: TermTableEntry,
  matches: readonly TermMatch[],
  table: TermTable,
): readonly FoundRendering[] {
  const outer = matches.find(({ term }) => table.findEntry(term) === entry);
  if (!outer) return [];
  const inner = matches.filter(
    ({ start, end }) => start >= outer.start && end <= outer.end && end - start < outer.end - outer.start,
  );
  const found: FoundRendering[] = [];
  let at = outer.start;
  while (at < outer.end) {
    const longest = inner.filter(({ start }) => start === at).toSorted((one, other) => other.end - one.end)[0];
    const part = longest ? table.findEntry(longest.term) : undefined;
    const finds = part ? findAccepted(target, part.accepted, 1) : [];
    const [first] = finds;
    if (!longest || !first) return [];
    found.push(first);
    at = longest.end;
  }
  return found;
}

function findRefused(target: SearchedTarget, entry: TermTableEntry, day: IsoDay | undefined): readonly RefusedUse[] {
  const refused = entry.refused.flatMap(({ term, rendering }) =>
    findRendering(target, rendering, false).map(({ span }) => ({ term, span })),
  );
  const outdated = entry.accepted
    .filter(({ term }) => !isValidOn(term, day))
    .flatMap(({ term, rendering }) => findRendering(target, rendering, false).map(({ span }) => ({ term, span })));
  return [...refused, ...outdated];
}

function findSibling(
  target: SearchedTarget,
  expected: readonly AcceptedRendering[],
  present: ReadonlySet<string>,
  { table, taken }: { readonly table: TermTable; readonly taken: readonly { readonly span: Span }[] },
): SiblingUse | undefined {
  const looked = new Set<AcceptedRendering>();
  for (const stem of new Set(expected.flatMap(({ rendering }) => contentStems(rendering)))) {
    if (!target.stems.has(stem)) continue;
    for (const other of table.byStem.get(stem) ?? []) {
      if (looked.has(other) || present.has(other.entry.key) || other.rendering.words.length < 2) continue;
      looked.add(other);
      if (contentStems(other.rendering).some((part) => !target.stems.has(part))) continue;
      if (!expected.some(({ rendering }) => areAlike(rendering, other.rendering))) continue;
      const find = findRendering(target, other.rendering, false).find(
        ({ span }) => !taken.some((place) => overlap(place.span, span)),
      );
      if (find) return { rendering: other.term.text, text: other.entry.text, span: find.span };
    }
  }
  return undefined;
}

/** Half of the content words of the longer one are shared: "public finance" and "public financing", not any two markets. */
function areAlike(one: Rendering, other: Rendering): boolean {
  const first = new Set(contentStems(one));
  const second = new Set(contentStems(other));
  const shared = [...first].filter((stem) => second.has(stem)).length;
  return shared * 2 >= Math.max(first.size, second.size);
}

function overlap(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end;
}

function isWithin(inner: Span, outer: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
