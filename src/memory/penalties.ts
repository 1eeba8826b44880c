/**
 * Names what differs between a query and the source of a memory unit: numbers, punctuation, width, spacing, capitals,
 * inline codes, wording, a contrast pair, a formulation. Codes and values only; words are in the catalogue
 * (`matches:penalty.<code>`).
 *
 * Points are small on purpose: similarity has counted each changed character already, and the points only keep a match
 * that needs a second look below one that does not. Bands after memoQ: 95 to 99 is "only numbers, marks or spaces differ".
 * Differences of wording have no points: they are told, so that the percentage explains itself.
 * Cost: O(length), and one comparison of the two texts.
 */
import type { LanguageTag, Span } from "../model/span.ts";
import type { Penalty } from "../model/translation-unit.ts";
import { measureDistance } from "../text/edit-distance.ts";
import { matchKey } from "../text/match-key.ts";
import { coreKey, compareAttributions } from "./attribution.ts";
import { findFormulationChange } from "./formulation-change.ts";
import { countWidthChanges, countWordChanges, findSingleChange } from "./named-differences.ts";
import { tokensOf } from "./text-coder.ts";
import { pairNumbers } from "./pair-numbers.ts";
import type { PairedNumbers } from "./pair-numbers.ts";

/** Two wordings that look alike and mean something else: 外防输入、内防扩散 / 内防扩散、外防输出. */
export type ContrastPair = readonly [string, string];

export type PenaltyContext = {
  readonly sourceLanguage: LanguageTag;
  readonly contrasts?: readonly ContrastPair[] | undefined;
  /** Where known formulations stand in the query and in the unit's source. */
  readonly queryFormulations?: readonly Span[] | undefined;
  readonly unitFormulations?: readonly Span[] | undefined;
  /** Points that are taken off every match of this memory. */
  readonly memoryPenalty?: number | undefined;
  /** Inline codes of the segment, and of the unit's source. */
  readonly queryCodes?: number | undefined;
  readonly unitCodes?: number | undefined;
  /** Known to a caller that needs them too; found when absent. */
  readonly numbers?: PairedNumbers | undefined;
};

export const POINTS = {
  numbers: 2,
  punctuation: 1,
  width: 1,
  spacing: 1,
  case: 1,
  tags: 1,
  contrast: 10,
  formulation: 3,
  attribution: 0,
  "one-character": 0,
  characters: 0,
  words: 0,
} as const;

const NO_MARKS = /[^\p{P}\p{S}]/gu;
const MARKS_AND_SPACES = /[\p{P}\p{S}\s]/gu;
const SPACES = /\s/gu;
/** Mark-up and placeholders that stand in the text itself: <b>, </g>, {0}, {{name}}, %s. */
const TEXT_CODES = /<\/?[A-Za-z][^<>]*>|\{\{?\w+\}?\}|%(?:\d+\$)?[sd]/g;

type Sides = { readonly query: string; readonly source: string; readonly queryKey: string; readonly sourceKey: string };

/** The pairs of which the query has one and the source the other. */
function findContrasts({ queryKey, sourceKey }: Sides, contrasts: readonly ContrastPair[]): Penalty[] {
  return contrasts.flatMap(([one, other]) => {
    for (const [mine, theirs] of [
      [matchKey(one), matchKey(other)],
      [matchKey(other), matchKey(one)],
    ] as const) {
      // One may lie within the other: what counts is that each text has only its own.
      const swapped = holds(queryKey, mine, theirs) && holds(sourceKey, theirs, mine);
      if (swapped) return [{ code: "contrast", points: POINTS.contrast, values: { query: mine, unit: theirs } }];
    }
    return [];
  });
}

/** The text has `wanted`, and `other` at most as a part of it. */
function holds(text: string, wanted: string, other: string): boolean {
  if (wanted === "" || wanted === other) return false;
  return wanted.includes(other) ? text.includes(wanted) : text.includes(wanted) && !text.includes(other);
}

function nameNumbers({ query, source }: Sides, { pairs, queryOnly, unitOnly }: PairedNumbers): Penalty[] {
  const changed = pairs.filter((pair) => pair.query.value !== pair.unit.value);
  const count = changed.length + Math.max(queryOnly.length, unitOnly.length);
  if (count === 0) return [];
  const mine = changed[0]?.query ?? queryOnly[0];
  const theirs = changed[0]?.unit ?? unitOnly[0];
  const values = {
    count,
    ...(mine ? { query: query.slice(mine.start, mine.end) } : {}),
    ...(theirs ? { unit: source.slice(theirs.start, theirs.end) } : {}),
  };
  return [{ code: "numbers", points: POINTS.numbers, values }];
}

function nameCodes({ query, source }: Sides, { queryCodes = 0, unitCodes = 0 }: PenaltyContext): Penalty[] {
  const codesOf = (text: string) => (text.match(TEXT_CODES) ?? []).sort().join("\n");
  const count = Math.abs(queryCodes - unitCodes) + (codesOf(query) === codesOf(source) ? 0 : 1);
  return count === 0 ? [] : [{ code: "tags", points: POINTS.tags, values: { query: queryCodes, unit: unitCodes } }];
}

function countMarkChanges(mine: string, theirs: string): number {
  const [my, their] = [mine.replace(NO_MARKS, ""), theirs.replace(NO_MARKS, "")];
  return my === their ? 0 : measureDistance(my, their);
}

/** Wording is what remains without numbers, marks, spaces and capitals. */
function nameWording(mine: string, theirs: string, language: LanguageTag): Penalty[] {
  const [my, their] = [mine, theirs].map((text) => text.toLowerCase()) as [string, string];
  if (tokensOf(language) === "words") {
    const { changed, longer } = countWordChanges(my, their);
    return changed === 0 ? [] : [{ code: "words", points: POINTS.words, values: { count: changed, of: longer } }];
  }
  const [myRest, theirRest] = [my.replace(MARKS_AND_SPACES, ""), their.replace(MARKS_AND_SPACES, "")];
  if (myRest === theirRest) return [];
  const single = findSingleChange(myRest, theirRest);
  if (single) return [{ code: "one-character", points: POINTS["one-character"], values: single }];
  const count = measureDistance(myRest, theirRest);
  return [{ code: "characters", points: POINTS.characters, values: { count } }];
}

export function findPenalties(query: string, source: string, context: PenaltyContext): Penalty[] {
  const penalties: Penalty[] = [];
  if (context.memoryPenalty) {
    penalties.push({ code: "memory", points: context.memoryPenalty, values: { count: context.memoryPenalty } });
  }
  const sides: Sides = { query, source, queryKey: matchKey(query), sourceKey: matchKey(source) };
  penalties.push(...nameCodes(sides, context));
  if (query.normalize("NFC") === source.normalize("NFC")) return penalties;
  const numbers = context.numbers ?? pairNumbers(query, source, context.sourceLanguage);
  penalties.push(...nameNumbers(sides, numbers));
  const [mine, theirs] = [numbers.queryMasked, numbers.unitMasked].map((text) => matchKey(text.replace(TEXT_CODES, ""))) as [
    string,
    string,
  ];
  const marks = countMarkChanges(mine, theirs);
  if (marks > 0) penalties.push({ code: "punctuation", points: POINTS.punctuation, values: { count: marks } });
  const cases = countCaseChanges(sides);
  if (cases > 0) penalties.push({ code: "case", points: POINTS.case, values: { count: cases } });
  const widths = countWidthChanges(query, source);
  if (widths > 0) penalties.push({ code: "width", points: POINTS.width, values: { count: widths } });
  const isSpacing =
    mine.replace(SPACES, "") === theirs.replace(SPACES, "") && (mine !== theirs || sides.queryKey === sides.sourceKey);
  if (isSpacing && widths === 0) penalties.push({ code: "spacing", points: POINTS.spacing });
  penalties.push(
    ...(nameAttribution(query, source, context.sourceLanguage) ?? nameWording(mine, theirs, context.sourceLanguage)),
  );
  const contrasts = findContrasts(sides, context.contrasts ?? []);
  penalties.push(...contrasts);
  const change = contrasts.length > 0 ? undefined : findFormulationChange(query, source, context);
  if (change) penalties.push({ code: "formulation", points: POINTS.formulation, values: change });
  return penalties;
}

/** The same is said by somebody else, or without saying by whom. */
function nameAttribution(query: string, source: string, language: LanguageTag): Penalty[] | undefined {
  const key = coreKey(query, language);
  if (key === "" || key !== coreKey(source, language)) return undefined;
  const { kind, query: mine = "", unit: theirs = "" } = compareAttributions(query, source, language);
  if (kind === "none") return undefined;
  return [{ code: "attribution", points: POINTS.attribution, values: { kind, query: mine, unit: theirs } }];
}

function countCaseChanges({ queryKey, sourceKey }: Sides): number {
  const [mine, theirs] = [queryKey.toLowerCase(), sourceKey.toLowerCase()];
  if (mine === queryKey && theirs === sourceKey) return 0;
  const distance = measureDistance(queryKey, sourceKey);
  return distance === 0 ? 0 : Math.max(0, distance - measureDistance(mine, theirs, distance));
}

/** A match that differs so may mean something else: it is never put in without a person's second look. */
const CAUTIONS: ReadonlySet<string> = new Set(["contrast", "formulation"]);

export function needsCaution({ penalties }: { readonly penalties: readonly Penalty[] }): boolean {
  return penalties.some(({ code }) => CAUTIONS.has(code));
}
