/**
 * What stands beside a row while it is translated: terms, matches, findings; and for many rows at once, where terms
 * stand and how good the best match is.
 *
 * A row's own unit is no help to it and is left out. Where no match is good, the known pieces of the sentence are shown. Findings are those that one row alone can have; rules that compare
 * rows need the whole project (check-texts.ts). Only the concepts that stand in the source are given to the rules.
 * Cost: of a row, one search and one pass of the automaton; of many rows, that for each, with turns for other requests.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import { withoutIgnored } from "../checks/filters.ts";
import { runChecks } from "../checks/run-checks.ts";
import { diffSources } from "../memory/diff-sources.ts";
import type { SourceChange } from "../memory/diff-sources.ts";
import { needsCaution } from "../memory/penalties.ts";
import { tokensOf } from "../memory/text-coder.ts";
import type { TermMatch } from "../model/concept.ts";
import type { Finding } from "../model/finding.ts";
import type { StoredSegment } from "../storage/segment-store.ts";
import type { Application } from "./application.ts";
import { findCheckProfile, hashTexts } from "./check-texts.ts";
import { fragmentsFor } from "./fragment-help.ts";
import type { Fragment } from "./fragment-help.ts";
import { judgeByGlossary } from "./glossary-contrasts.ts";
import { matchesFor } from "./match-segments.ts";
import type { MemoryMatch } from "./match-segments.ts";
import { openRecognizer } from "./recognize.ts";
import { groupByConcept } from "./row-terms.ts";
import type { RowTerm } from "./row-terms.ts";

/** A match as it is shown to a person. */
export type RowMatch = MemoryMatch & {
  /** From the memory's source to the row's. */
  readonly changes: readonly SourceChange[];
  /** It reads alike and may say something else: never put in without a second look. */
  readonly isCautioned: boolean;
  /** The similarity counts words, not characters. */
  readonly isInWords: boolean;
};

export type RowHelp = {
  /** One for each concept that stands in the source, in the order of the text. */
  readonly terms: readonly RowTerm[];
  readonly matches: readonly RowMatch[];
  /** Known pieces of the sentence in its order, with gaps; empty when there is a good match or nothing is known. */
  readonly fragments: readonly Fragment[];
  readonly findings: readonly Finding[];
};

export type HelpRequest = {
  readonly projectId: string;
  readonly segment: StoredSegment;
  /** Least similarity of a match, 0 to 100. */
  readonly threshold?: number | undefined;
};

export type RowRange = {
  readonly projectId: string;
  readonly documentId: string;
  readonly offset: number;
  readonly limit: number;
};

const MATCHES_SHOWN = 9;
/** From here on a match is less work than putting pieces together (memoQ's band "high"). */
const GOOD_MATCH = 85;
/** Other work goes on after so many milliseconds. */
const TURN = 8;

export async function helpForRow(application: Application, request: HelpRequest): Promise<RowHelp> {
  const { projectId, segment, threshold } = request;
  const { stores } = application;
  const { source } = segment;
  const recognizer = await openRecognizer(application, projectId);
  const { previous, next } = await stores.segments.findNeighbours(segment);
  const found = recognizer.automaton.recognizeTerms(source);
  const matches = await matchesFor(application, {
    projectId,
    source,
    previous,
    next,
    threshold,
    limit: MATCHES_SHOWN,
    ...judgeByGlossary(recognizer, found),
    exceptSegment: segment.id,
  });
  const terms = groupByConcept(found, recognizer.concepts);
  const targetLanguage = (await stores.projects.find(projectId))?.targetLanguage ?? "en";
  const fragments =
    (matches[0]?.score ?? 0) >= GOOD_MATCH
      ? []
      : await fragmentsFor(application, { projectId, source, terms, targetLanguage, exceptSegment: segment.id });
  return {
    terms,
    matches: matches.map((match) => showMatch(match, source)),
    fragments,
    findings: await findingsOf(application, { projectId, segment, terms }),
  };
}

function showMatch(match: MemoryMatch, source: string): RowMatch {
  const { unit } = match;
  return {
    ...match,
    changes: diffSources(unit.source, source, unit.sourceLanguage),
    isCautioned: needsCaution(match),
    isInWords: tokensOf(unit.sourceLanguage) === "words",
  };
}

/** What is wrong with one saved row, as far as the row alone tells. */
export async function checkRow(
  application: Application,
  { projectId, segment }: Pick<HelpRequest, "projectId" | "segment">,
): Promise<readonly Finding[]> {
  const { automaton, concepts } = await openRecognizer(application, projectId);
  const terms = groupByConcept(automaton.recognizeTerms(segment.source), concepts);
  return findingsOf(application, { projectId, segment, terms });
}

async function findingsOf(
  application: Application,
  { projectId, segment, terms }: Pick<HelpRequest, "projectId" | "segment"> & { readonly terms: readonly RowTerm[] },
): Promise<readonly Finding[]> {
  const { stores } = application;
  const { id, source, target = "", state } = segment;
  if (target.trim() === "") return [];
  const project = await stores.projects.find(projectId);
  const document = await stores.documents.findSummary(segment.documentId);
  if (!project || !document) return [];
  const profile = await findCheckProfile(application, projectId);
  const pair = { id, source, target, state, file: document.id, unit: String(segment.paragraph + 1), segment: id };
  const found = runChecks(
    {
      pairs: [pair],
      concepts: terms.map(({ concept }) => concept),
      sourceLanguage: project.sourceLanguage,
      targetLanguage: project.targetLanguage,
    },
    {
      ...(profile ? { profile } : {}),
      ...(document.date === undefined ? {} : { dates: new Map([[document.id, document.date]]) }),
    },
  );
  if (found.length === 0) return found;
  const hash = hashTexts({ source, target });
  const ignored = (await stores.findings.listIgnored(projectId)).filter((one) => one.pair === id && one.textsHash === hash);
  return withoutIgnored(found, ignored);
}

export type MarkedRows = {
  /** Of the glossary: marks of another version are out of date. */
  readonly version: number;
  readonly rows: readonly { readonly id: string; readonly matches: readonly TermMatch[] }[];
};

/** Where terms stand in a stretch of a document's rows. */
export async function markRows(application: Application, range: RowRange): Promise<MarkedRows> {
  const { version, automaton } = await openRecognizer(application, range.projectId);
  const segments = await application.stores.segments.list(range);
  const rows: MarkedRows["rows"][number][] = [];
  const rest = startTurns();
  for (const { id, source } of segments) {
    rows.push({ id, matches: automaton.recognizeTerms(source) });
    await rest();
  }
  return { version, rows };
}

/** The score of the best match for each row of a stretch that is not confirmed; rows without a match are left out. */
export async function scoreRows(application: Application, range: RowRange): Promise<ReadonlyMap<string, number>> {
  const { projectId, documentId, offset, limit } = range;
  // One row more on both sides, for the neighbours.
  const first = Math.max(0, offset - 1);
  const segments = await application.stores.segments.list({ documentId, offset: first, limit: offset - first + limit + 1 });
  const recognizer = await openRecognizer(application, projectId);
  const scores = new Map<string, number>();
  const rest = startTurns();
  for (let at = offset - first; at < Math.min(segments.length, offset - first + limit); at++) {
    const segment = segments[at];
    if (!segment || segment.state !== "initial") continue;
    const query = { projectId, source: segment.source, previous: segments[at - 1]?.source, next: segments[at + 1]?.source };
    const judgement = judgeByGlossary(recognizer, recognizer.automaton.recognizeTerms(segment.source));
    const [best] = await matchesFor(application, { ...query, ...judgement, limit: 1, exceptSegment: segment.id });
    if (best) scores.set(segment.id, best.score);
    await rest();
  }
  return scores;
}

function startTurns(): () => Promise<void> {
  let start = performance.now();
  return async () => {
    if (performance.now() - start < TURN) return;
    await nextTurn();
    start = performance.now();
  };
}
