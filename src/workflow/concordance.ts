/**
 * The concordance of a project: units that hold a wording, nearly hold it, or fit a pattern, a part of the list at a time,
 * with what was found marked, what differs named, and the known rendering marked on the other side.
 */
import { arrangeHits } from "../memory/arrange-hits.ts";
import type { HitCounts, HitFilter, HitList, HitOrder } from "../memory/arrange-hits.ts";
import { IN_SOURCE, IN_TARGET } from "../memory/concordance.ts";
import { findSpans, toSearchUnits, toTextSpan } from "../memory/find-spans.ts";
import { NearSearch, nearnessOf } from "../memory/near-search.ts";
import type { Span } from "../model/span.ts";
import type { StoredUnit } from "../storage/memory-store.ts";
import { diffTexts } from "../text/difference.ts";
import type { TextChange } from "../text/difference.ts";
import type { Application } from "./application.ts";
import { openConcordance, unitIdOf } from "./concordance-index.ts";
import type { ProjectConcordance } from "./concordance-index.ts";
import { patternOf, searchFor } from "./concordance-search.ts";
import type { Search, SearchEnd, SearchRequest } from "./concordance-search.ts";
import { compilePattern } from "./pattern-task.ts";
import { findHints, NO_HINTS } from "./rendering-hints.ts";
import type { Hints, RenderingHint } from "./rendering-hints.ts";
import { takeTurns } from "./take-turns.ts";

export type ConcordanceRequest = SearchRequest & {
  readonly projectId: string;
  readonly filter: HitFilter;
  readonly order: HitOrder;
  readonly offset: number;
  readonly limit: number;
};

/** What stands in a text: the wording that was asked for, or a rendering of it that is known. */
export type ConcordanceMark = Span & { readonly kind: "found" | "hint"; readonly hint?: number };

export type ConcordanceSideText = {
  readonly text: string;
  readonly marks: readonly ConcordanceMark[];
  /** Of a near hit: how the stretch that is marked differs from what was asked. */
  readonly changes?: readonly Pick<TextChange, "kind" | "text">[];
};

export type ConcordanceRow = {
  readonly unit: Omit<StoredUnit, "source" | "target">;
  readonly memory: string;
  /** The project of the memory: another one when the memory is lent. */
  readonly projectId: string;
  readonly source: ConcordanceSideText;
  readonly target: ConcordanceSideText;
  /** Characters that differ. */
  readonly distance?: number;
};

export type ConcordanceAnswer =
  | { readonly kind: "reading"; readonly done: number; readonly total: number }
  | { readonly kind: "refused"; readonly code: "bad-pattern" | "too-short" }
  | {
      readonly kind: "found";
      /** Undefined while the search goes on: ask again. */
      readonly end: SearchEnd | undefined;
      readonly share: number;
      /** Of a pattern: units that were looked at. */
      readonly searched?: number;
      /** Units in all memories, and hits that pass the filter. */
      readonly units: number;
      readonly total: number;
      readonly rows: readonly ConcordanceRow[];
      readonly counts: HitCounts;
      readonly hints: { readonly source: readonly RenderingHint[]; readonly target: readonly RenderingHint[] };
    };

/** How long an answer may take before it says how far it is: a person types on meanwhile. */
const PATIENCE = 80;
/** A pattern on the texts of one page. */
const SPANS_LIMIT = 2000;
const MOST_DOCUMENTS_COUNTED = 40;

export async function findInMemories(application: Application, request: ConcordanceRequest): Promise<ConcordanceAnswer> {
  const { projectId, find, manner } = request;
  const refused = refuse(request);
  if (refused) return { kind: "refused", code: refused };
  const opened = await openConcordance(application, projectId, { patience: PATIENCE });
  if (opened.kind === "reading") return opened;
  const { project } = opened;
  const search = find.trim() === "" ? NOTHING : await searchFor(application, project, { ...request, patience: PATIENCE });
  // As it is now: it goes on while the rows are read.
  const { end, share, searched } = search;
  const { numbers, counts } = await arrange(project, search, request);
  const shown = numbers.subarray(request.offset, request.offset + request.limit);
  const { sourceLanguage, targetLanguage } = (await application.stores.projects.find(projectId)) ?? USUAL_LANGUAGES;
  const asked = { projectId, find };
  const hasHints = manner !== "pattern" && find.trim() !== "";
  const hints = {
    source: hasHints ? await findHints(application, { ...asked, language: sourceLanguage, other: targetLanguage }) : NO_HINTS,
    target: hasHints ? await findHints(application, { ...asked, language: targetLanguage, other: sourceLanguage }) : NO_HINTS,
  };
  const rows = await readRows(application, { project, request, search, hints, numbers: shown });
  return {
    kind: "found",
    end,
    share,
    ...(searched === undefined ? {} : { searched }),
    units: project.concordance.size,
    total: numbers.length,
    rows,
    counts: { ...counts, documents: counts.documents.slice(0, MOST_DOCUMENTS_COUNTED) },
    hints: { source: hints.source.hints, target: hints.target.hints },
  };
}

const NOTHING: Search = { hits: { sides: new Uint8Array(0) }, share: 1, end: "complete", searched: undefined };
const USUAL_LANGUAGES = { sourceLanguage: "zh", targetLanguage: "en" } as const;

/** The latest list of a search that has ended: the next part of it costs nothing. */
const arranged = new WeakMap<Search, { readonly key: string; readonly list: HitList }>();

async function arrange(project: ProjectConcordance, search: Search, { filter, order }: ConcordanceRequest): Promise<HitList> {
  const memoryOrder = [...project.memories.keys()];
  const key = JSON.stringify([filter, order, memoryOrder]);
  const known = arranged.get(search);
  if (known?.key === key) return known.list;
  const hasEnded = search.end !== undefined;
  const list = await takeTurns(arrangeHits(project.concordance, search.hits, { filter, order, memoryOrder }));
  if (hasEnded) arranged.set(search, { key, list });
  return list;
}

function refuse({ find, manner, isCaseExact }: ConcordanceRequest): "bad-pattern" | "too-short" | undefined {
  if (find.trim() === "") return undefined;
  if (manner === "pattern") return compilePattern(patternOf({ find, isCaseExact })) ? undefined : "bad-pattern";
  return manner === "near" && nearnessOf(toSearchUnits(find)) === 0 ? "too-short" : undefined;
}

type Reading = {
  readonly project: ProjectConcordance;
  readonly request: ConcordanceRequest;
  readonly search: Search;
  readonly hints: { readonly source: Hints; readonly target: Hints };
  readonly numbers: Int32Array;
};

async function readRows(application: Application, reading: Reading): Promise<readonly ConcordanceRow[]> {
  const { project, request, search, numbers } = reading;
  const units = await application.stores.memories.findUnits([...numbers].map((number) => unitIdOf(project, number)));
  // Removed since the search.
  const there = [...numbers].flatMap((number) => {
    const unit = units.get(unitIdOf(project, number));
    return unit ? [{ number, unit, sides: search.hits.sides[number] ?? 0 }] : [];
  });
  const texts = there.flatMap(({ unit }) => [unit.source, unit.target]);
  const patternSpans = request.manner === "pattern" ? await findPatternSpans(application, request, texts) : [];
  const mark = createMarker(request);
  return there.map(({ number, unit, sides }, at): ConcordanceRow => {
    const { source, target, ...rest } = unit;
    const memory = project.memories.get(unit.memoryId);
    const distance = search.hits.distances?.[number];
    const inSource = sides & IN_SOURCE ? mark(source, patternSpans[2 * at]) : NO_MARKS;
    const inTarget = sides & IN_TARGET ? mark(target, patternSpans[2 * at + 1]) : NO_MARKS;
    return {
      unit: rest,
      memory: memory?.name ?? "",
      projectId: memory?.projectId ?? request.projectId,
      source: { text: source, ...withHints(inSource, sides & IN_TARGET ? reading.hints.target.find(source) : []) },
      target: { text: target, ...withHints(inTarget, sides & IN_SOURCE ? reading.hints.source.find(target) : []) },
      ...(distance === undefined || distance === 0 ? {} : { distance: distance - 1 }),
    };
  });
}

type Marked = Pick<ConcordanceSideText, "marks" | "changes">;
const NO_MARKS: Marked = { marks: [] };

function createMarker(request: ConcordanceRequest): (text: string, patternSpans?: readonly Span[]) => Marked {
  const found = (spans: readonly Span[]): Marked => ({ marks: spans.map((span) => ({ ...span, kind: "found" as const })) });
  const { find, manner } = request;
  if (manner === "pattern") return (_text, spans = []) => found(spans);
  const wanted = toSearchUnits(find, manner === "near" ? {} : request);
  if (manner === "text") return (text) => found(findSpans(text, wanted, request));
  const near = new NearSearch(wanted, nearnessOf(wanted));
  return (text) => {
    const units = toSearchUnits(text);
    const stretch = near.find(units, 0, units.length);
    if (!stretch) return NO_MARKS;
    const span = toTextSpan(text, stretch.start, stretch.end);
    const changes = diffTexts(find.trim(), text.slice(span.start, span.end)).map(({ kind, text: part }) => ({
      kind,
      text: part,
    }));
    return { ...found([span]), ...(stretch.distance === 0 ? {} : { changes }) };
  };
}

/** A rendering is not marked where the wording itself was found. */
function withHints(marked: Marked, places: readonly (Span & { readonly hint: number })[]): Marked {
  const { marks } = marked;
  const free = places.filter((place) => marks.every(({ start, end }) => place.end <= start || place.start >= end));
  const all: ConcordanceMark[] = [...marks, ...free.map((place) => ({ ...place, kind: "hint" as const }))];
  return { ...marked, marks: all.sort((one, other) => one.start - other.start) };
}

async function findPatternSpans(
  { jobs }: Application,
  request: ConcordanceRequest,
  texts: readonly string[],
): Promise<readonly (readonly Span[])[]> {
  const signal = AbortSignal.timeout(SPANS_LIMIT);
  try {
    return await jobs.runTask("findPatternSpans", { pattern: patternOf(request), texts }, { signal });
  } catch (error) {
    // The hits stand; only where in the text is not known.
    if (signal.aborted) return [];
    throw error;
  }
}
