/**
 * The concordance of a candidate: one line for each use that counts, with the copies folded into it.
 *
 * A use counts when its document stands for its family and its paragraph is not repeated, as in the extraction; a use
 * in a copy is folded into the line with the same neighbours, else into the family's line at the same turn. A use that
 * no longer stands where it was found (its document was changed or removed) gives no line and is counted as lost.
 * Cost: O(uses × strings around it).
 */
import type { FrameOccurrence } from "../model/formulation.ts";
import type { IsoDay, Span } from "../model/span.ts";
import { matchKey, matchKeyWithOffsets } from "../text/match-key.ts";
import type { CopyRecord } from "./extract-task.ts";

export type LineDocument = {
  readonly id: string;
  readonly title: string;
  readonly date?: IsoDay;
  readonly paragraphs: readonly string[];
};

export type CandidateLine = {
  readonly document: string;
  readonly paragraph: number;
  readonly left: string;
  readonly key: string;
  readonly right: string;
  /** Characters at the end of `left` and the beginning of `right` that belong to a longer formulation of the list. */
  readonly before: number;
  readonly after: number;
  /** Outside every longer formulation. */
  readonly alone: boolean;
  /** Further uses in copies and repeated paragraphs. */
  readonly copies: number;
  /** Of a frame: what fills its slots, as places in `key`. */
  readonly slots?: readonly Span[];
};

export type CandidateLines = { readonly lines: readonly CandidateLine[]; readonly lost: number };

export type LineRequest = {
  readonly occurrences: readonly FrameOccurrence[];
  readonly documents: ReadonlyMap<string, LineDocument>;
  readonly copies: CopyRecord | undefined;
  readonly text: string;
  /** Longer formulations that contain it. */
  readonly parents: readonly string[];
};

/** Characters of context on each side: more than the widest window shows. */
const CONTEXT = 60;
/** Two uses with so many equal characters on each side are copies of one. */
const SAME_CONTEXT = 10;

export function listLines({ occurrences, documents, copies, text, parents }: LineRequest): CandidateLines {
  const surroundings = listSurroundings(text, parents);
  const isFrame = text.includes("{");
  const wanted = bare(text);
  const lines: { -readonly [Key in keyof CandidateLine]: CandidateLine[Key] }[] = [];
  const byContext = new Map<string, number>();
  const byFamily = new Map<string, number[]>();
  const folded: { readonly use: Use; readonly family: string }[] = [];
  let lost = 0;

  const addLine = (use: Use, family: string): void => {
    const { left, right } = use;
    const around = findSurrounding(left, right, surroundings);
    const at = lines.push({ ...use, before: around?.before ?? 0, after: around?.after ?? 0, alone: !around, copies: 0 }) - 1;
    for (const key of [`${family} ${contextOf(use)}`, contextOf(use)]) if (!byContext.has(key)) byContext.set(key, at);
    const turns = byFamily.get(family);
    if (turns) turns.push(at);
    else byFamily.set(family, [at]);
  };

  for (const { document, paragraph, start, end, slots } of occurrences) {
    const whole = documents.get(document)?.paragraphs[paragraph] ?? "";
    const key = whole.slice(start, end);
    if (key === "" || (!isFrame && key !== text && bare(key) !== wanted)) {
      lost++;
      continue;
    }
    const inside = slots?.map((slot) => ({ start: slot.start - start, end: slot.end - start }));
    const context = { left: contextBefore(whole, start), key, right: contextAfter(whole, end) };
    const use = { document, paragraph, ...context, ...(inside ? { slots: inside } : {}) };
    const family = copies?.copyOf[document];
    if (family !== undefined) folded.push({ use, family });
    else if (copies?.repeated[document]?.includes(paragraph)) folded.push({ use, family: document });
    else addLine(use, document);
  }
  const turns = new Map<string, number>();
  for (const { use, family } of folded) {
    const turn = turns.get(use.document) ?? 0;
    turns.set(use.document, turn + 1);
    const context = contextOf(use);
    const home =
      byContext.get(`${family} ${context}`) ??
      byContext.get(context) ??
      byFamily.get(family)?.[turn] ??
      byFamily.get(family)?.[0];
    const line = home === undefined ? undefined : lines[home];
    // Only a copy has it: the one that counts is damaged at this place.
    if (line) line.copies++;
    else addLine(use, family);
  }
  return { lines, lost };
}

type Use = Pick<CandidateLine, "document" | "paragraph" | "left" | "key" | "right" | "slots">;

function contextOf({ left, right }: Use): string {
  return `${bare(left).slice(-SAME_CONTEXT)}|${bare(right).slice(0, SAME_CONTEXT)}`;
}

/** Without marks and spaces, which copies lose first. */
function bare(text: string): string {
  return text.normalize("NFKC").replace(/[\p{P}\p{S}\s]/gu, "");
}

/** Never half of a character: neither of a surrogate pair nor of a base with its marks. */
function contextBefore(text: string, end: number): string {
  const characters = text.slice(Math.max(0, end - CONTEXT), end);
  return end > CONTEXT ? characters.replace(/^[\udc00-\udfff\p{M}]+/u, "") : characters;
}

function contextAfter(text: string, start: number): string {
  const characters = text.slice(start, start + CONTEXT);
  return start + CONTEXT < text.length ? characters.replace(/[\ud800-\udbff]$/u, "") : characters;
}

/** What stands before and after a text inside a longer one; folded. */
type Surrounding = { readonly before: string; readonly after: string };

/** Those that suffice: one inside another says all that the longer one says. Shortest first. */
function listSurroundings(text: string, parents: readonly string[]): readonly Surrounding[] {
  const inner = matchKey(text);
  const found = parents
    .map((parent) => matchKey(parent))
    .sort((one, other) => one.length - other.length)
    .flatMap((parent) => {
      const places: Surrounding[] = [];
      for (let at = parent.indexOf(inner); at >= 0; at = parent.indexOf(inner, at + 1)) {
        places.push({ before: parent.slice(0, at), after: parent.slice(at + inner.length) });
      }
      return places;
    });
  const needed: Surrounding[] = [];
  for (const { before, after } of found) {
    if (!needed.some((known) => before.endsWith(known.before) && after.startsWith(known.after))) needed.push({ before, after });
  }
  return needed;
}

function findSurrounding(
  left: string,
  right: string,
  surroundings: readonly Surrounding[],
): { readonly before: number; readonly after: number } | undefined {
  if (surroundings.length === 0) return undefined;
  const before = matchKeyWithOffsets(left);
  const after = matchKeyWithOffsets(right);
  const found = surroundings.find((around) => before.key.endsWith(around.before) && after.key.startsWith(around.after));
  if (!found) return undefined;
  const { length } = before.key;
  const begin = found.before === "" ? left.length : (before.starts[length - found.before.length] ?? left.length);
  return { before: left.length - begin, after: found.after === "" ? 0 : (after.ends[found.after.length - 1] ?? 0) };
}
