/**
 * Names what differs between a query and the source of a memory unit: numbers, punctuation, width, spacing, capitals,
 * a contrast pair, a single character. Codes and values only; words are in the catalogue (`matches:penalty.<code>`).
 *
 * Points are small on purpose: similarity has counted each changed character already, and the points only keep a match
 * that needs a second look below one that does not. Bands after memoQ: 95 to 99 is "only numbers, marks or spaces differ".
 * Cost: O(length), but for capitals, which measures the two texts once more.
 */
import type { LanguageTag } from "../model/span.ts";
import type { Penalty } from "../model/translation-unit.ts";
import { measureDistance } from "../text/edit-distance.ts";
import { matchKey } from "../text/match-key.ts";
import { findNumbers } from "../text/numbers.ts";

/** Two wordings that look alike and mean something else: 外防输入、内防扩散 / 内防扩散、外防输出. */
export type ContrastPair = readonly [string, string];

export type PenaltyContext = {
  readonly sourceLanguage: LanguageTag;
  readonly contrasts?: readonly ContrastPair[] | undefined;
  /** Points that are taken off every match of this memory. */
  readonly memoryPenalty?: number | undefined;
};

const POINTS = { numbers: 2, punctuation: 1, width: 1, spacing: 1, case: 1, contrast: 10, "one-character": 0 } as const;

const MARKS = /[^\p{P}\p{S}]/gu;
const SPACES = /\s/u;

type Sides = { readonly query: string; readonly source: string; readonly queryKey: string; readonly sourceKey: string };

/** The numbers of a text by value, and the text without them. */
function takeNumbersOut(text: string, language: LanguageTag): { readonly values: string[]; readonly rest: string } {
  let rest = "";
  let at = 0;
  const values: string[] = [];
  for (const { start, end, kind, value } of findNumbers(text, language)) {
    values.push(`${kind} ${value}`);
    rest += text.slice(at, start);
    at = end;
  }
  return { values, rest: rest + text.slice(at) };
}

/** Key character -> the forms in which the text writes it. */
function formsOf(text: string): Map<string, Set<string>> {
  const forms = new Map<string, Set<string>>();
  for (const character of text) {
    if (SPACES.test(character)) continue;
    const key = matchKey(character);
    if (key === "") continue;
    const known = forms.get(key);
    if (known) known.add(character);
    else forms.set(key, new Set([character]));
  }
  return forms;
}

function differsInWidth({ query, source }: Sides): boolean {
  const sourceForms = formsOf(source);
  for (const [key, forms] of formsOf(query)) {
    const others = sourceForms.get(key);
    if (!others) continue;
    if (forms.size !== others.size || [...forms].some((form) => !others.has(form))) return true;
  }
  return false;
}

/** The one character that was replaced, put in or left out. */
function findSingleChange({ queryKey, sourceKey }: Sides): { readonly query: string; readonly unit: string } | undefined {
  const mine = [...queryKey];
  const theirs = [...sourceKey];
  if (queryKey === sourceKey || Math.abs(mine.length - theirs.length) > 1) return undefined;
  let head = 0;
  while (head < mine.length && head < theirs.length && mine[head] === theirs[head]) head++;
  let tail = 0;
  const room = Math.min(mine.length, theirs.length) - head;
  while (tail < room && mine[mine.length - 1 - tail] === theirs[theirs.length - 1 - tail]) tail++;
  const query = mine.slice(head, mine.length - tail);
  const unit = theirs.slice(head, theirs.length - tail);
  return query.length <= 1 && unit.length <= 1 ? { query: query.join(""), unit: unit.join("") } : undefined;
}

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

export function findPenalties(query: string, source: string, context: PenaltyContext): Penalty[] {
  const penalties: Penalty[] = [];
  if (context.memoryPenalty) penalties.push({ code: "memory", points: context.memoryPenalty });
  if (query.normalize("NFC") === source.normalize("NFC")) return penalties;
  const sides: Sides = { query, source, queryKey: matchKey(query), sourceKey: matchKey(source) };
  const mine = takeNumbersOut(sides.queryKey, context.sourceLanguage);
  const theirs = takeNumbersOut(sides.sourceKey, context.sourceLanguage);
  const named = penalties.length;
  if (mine.values.join("\n") !== theirs.values.join("\n")) penalties.push({ code: "numbers", points: POINTS.numbers });
  if (mine.rest.replace(MARKS, "") !== theirs.rest.replace(MARKS, "")) {
    penalties.push({ code: "punctuation", points: POINTS.punctuation });
  }
  const [mineSmall, theirsSmall] = [sides.queryKey.toLowerCase(), sides.sourceKey.toLowerCase()];
  if (mineSmall !== sides.queryKey || theirsSmall !== sides.sourceKey) {
    const distance = measureDistance(sides.queryKey, sides.sourceKey);
    if (distance > 0 && measureDistance(mineSmall, theirsSmall, distance) < distance) {
      penalties.push({ code: "case", points: POINTS.case });
    }
  }
  if (differsInWidth(sides)) penalties.push({ code: "width", points: POINTS.width });
  else if (sides.queryKey === sides.sourceKey) penalties.push({ code: "spacing", points: POINTS.spacing });
  const change = penalties.length === named ? findSingleChange(sides) : undefined;
  if (change) penalties.push({ code: "one-character", points: POINTS["one-character"], values: change });
  penalties.push(...findContrasts(sides, context.contrasts ?? []));
  return penalties;
}
