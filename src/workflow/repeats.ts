/**
 * Rows that say the same as a row, in its text and in others: repeats (the source is equal) and attribution twins (only
 * who says it differs), with what stands there and what could be proposed.
 *
 * A row in which somebody has written is never changed from here; a row that a person has excepted is not proposed to,
 * until the exception is taken back.
 */
import { adaptAttribution, compareAttributions } from "../memory/attribution.ts";
import type { AttributionChange, TwinTarget } from "../memory/attribution.ts";
import { diffSources } from "../memory/diff-sources.ts";
import type { SourceChange } from "../memory/diff-sources.ts";
import { chooseFragments } from "../memory/fragments.ts";
import type { IsoInstant, LanguageTag } from "../model/span.ts";
import type { DocumentSummary } from "../storage/document-store.ts";
import type { StoredSegment } from "../storage/segment-store.ts";
import type { Application } from "./application.ts";
import { inProjectTurn } from "./project-turns.ts";
import { openRecognizer } from "./recognize.ts";
import type { Recognizer } from "./recognize.ts";
import { findRepeatIds, repeatKey } from "./repeat-index.ts";

export type RepeatException = { readonly reason: string; readonly author: string; readonly at: IsoInstant };

export type Repeat = {
  readonly segment: StoredSegment;
  readonly document: DocumentSummary;
  readonly kind: "equal" | "twin";
  /** `open`: nobody has written there; `same`: it says what the row says; `differs`: it says something else. */
  readonly standing: "open" | "same" | "differs" | "excepted";
  readonly exception?: RepeatException;
  /** How a twin's attribution differs from the row's. */
  readonly change?: AttributionChange;
  /** From the row's source to this one's. */
  readonly changes: readonly SourceChange[];
  /** What would be written there; only when the row has a text. */
  readonly proposal?: TwinTarget;
};

export type RowOfProject = { readonly projectId: string; readonly segment: StoredSegment };

const EXCEPTIONS = "propagation-exceptions";
const MOST_SHOWN = 500;

const mainLanguage = (tag: LanguageTag) => tag.toLowerCase().split("-")[0];

export async function findRepeats(application: Application, { projectId, segment }: RowOfProject): Promise<readonly Repeat[]> {
  const { stores } = application;
  const project = await stores.projects.find(projectId);
  const own = await stores.documents.findSummary(segment.documentId);
  if (!project || !own) return [];
  const key = repeatKey(segment.source, own.language);
  const exceptions = await readExceptions(application, projectId);
  const recognizer = await openRecognizer(application, projectId);
  const renderingOf = (attribution: string) => findRendering(recognizer, attribution, project.targetLanguage);
  const repeats: Repeat[] = [];
  // The row's own text first: that is where a person looks.
  const found = (await findRepeatIds(application, projectId, key)).toSorted(
    (one, other) => Number(other.document.id === own.id) - Number(one.document.id === own.id),
  );
  for (const { document, ids } of found) {
    for (const other of await stores.segments.findAll(ids.slice(0, MOST_SHOWN))) {
      if (other.id === segment.id || repeatKey(other.source, document.language) !== key) continue;
      repeats.push(describe({ segment, other, document, exception: exceptions[other.id], renderingOf, project }));
      if (repeats.length >= MOST_SHOWN) return repeats;
    }
  }
  return repeats;
}

type Description = {
  readonly segment: StoredSegment;
  readonly other: StoredSegment;
  readonly document: DocumentSummary;
  readonly exception: RepeatException | undefined;
  readonly renderingOf: (attribution: string) => string | undefined;
  readonly project: { readonly targetLanguage: LanguageTag };
};

function describe({ segment, other, document, exception, renderingOf, project }: Description): Repeat {
  const isEqual = other.source.normalize("NFC") === segment.source.normalize("NFC");
  const target = segment.target?.trim() === "" ? undefined : segment.target;
  const languages = { sourceLanguage: document.language, targetLanguage: project.targetLanguage };
  const proposal =
    target === undefined
      ? undefined
      : isEqual
        ? { text: target, spans: [], isToDo: false }
        : adaptAttribution({ query: other.source, unit: segment.source, target, renderingOf, ...languages });
  const held = other.target ?? "";
  const isOpen = held.trim() === "" && other.state === "initial";
  const standing = exception ? "excepted" : isOpen ? "open" : held === proposal?.text ? "same" : "differs";
  return {
    segment: other,
    document,
    kind: isEqual ? "equal" : "twin",
    standing,
    ...(exception ? { exception } : {}),
    changes: isEqual ? [{ kind: "equal", text: other.source }] : diffSources(segment.source, other.source, document.language),
    ...(isEqual ? {} : { change: compareAttributions(other.source, segment.source, document.language) }),
    ...(proposal ? { proposal } : {}),
  };
}

/** The rendering of 会议强调: of the whole, or of its parts when the glossary has settled all of them. */
function findRendering({ automaton, concepts }: Recognizer, attribution: string, language: LanguageTag): string | undefined {
  const candidates = automaton.recognizeTerms(attribution).flatMap(({ start, end, conceptId }) => {
    const rendering = concepts
      .get(conceptId)
      ?.terms.find((term) => mainLanguage(term.language) === mainLanguage(language) && term.status === "approved");
    return rendering ? [{ start, end, rank: 0, text: rendering.text }] : [];
  });
  const pieces = chooseFragments(candidates);
  const covered = pieces.reduce((sum, { start, end }) => sum + end - start, 0);
  if (covered < attribution.length || pieces.length === 0) return undefined;
  return pieces.map(({ text }) => text).join(/^(?:zh|ja)/i.test(language) ? "" : " ");
}

type Exceptions = Readonly<Record<string, RepeatException>>;

async function readExceptions({ stores }: Application, projectId: string): Promise<Exceptions> {
  return ((await stores.settings.find(EXCEPTIONS, projectId)) ?? {}) as Exceptions;
}

/** Remembers that nothing is to be proposed to a row, and why; without a reason it takes that back. */
export function exceptRow(
  application: Application,
  {
    projectId,
    segmentId,
    reason,
    author,
  }: { readonly projectId: string; readonly segmentId: string; readonly reason: string | undefined; readonly author: string },
): Promise<void> {
  return inProjectTurn(application, projectId, async () => {
    const before = Object.entries(await readExceptions(application, projectId)).filter(([id]) => id !== segmentId);
    const exception = reason === undefined ? [] : [[segmentId, { reason, author, at: application.clock() }] as const];
    const value = Object.fromEntries([...before, ...exception]);
    await application.stores.settings.save({ key: EXCEPTIONS, projectId, value });
  });
}

export type Proposed = {
  readonly segment: StoredSegment;
  /** Its attribution is still to be written. */
  readonly isToDo: boolean;
};

/**
 * Writes proposals (state initial, origin memory) into untouched rows. Without a choice of rows: into all repeats and
 * those twins whose attribution has a known rendering. A row in which somebody wrote meanwhile is left alone.
 */
export async function propagateRow(
  application: Application,
  { projectId, segment, rows, author }: RowOfProject & { readonly rows?: readonly string[] | undefined; readonly author: string },
): Promise<readonly Proposed[]> {
  const chosen = rows && new Set(rows);
  const wanted = (await findRepeats(application, { projectId, segment })).flatMap(({ segment: row, standing, proposal }) =>
    proposal && standing === "open" && (chosen ? chosen.has(row.id) : !proposal.isToDo) ? [{ row, proposal }] : [],
  );
  const at = application.clock();
  const outcomes = await application.stores.segments.saveTargets(
    wanted.map(({ row, proposal }) => ({
      segmentId: row.id,
      target: proposal.text,
      state: "initial",
      origin: "memory",
      baseRevision: row.revision,
      author,
      at,
    })),
  );
  return outcomes.flatMap((outcome, place) =>
    outcome.kind === "saved" ? [{ segment: outcome.segment, isToDo: wanted[place]?.proposal.isToDo ?? false }] : [],
  );
}

export type WrittenRow = { readonly id: string; readonly revision: number };

/** Rows that still are as a proposal left them; others somebody has worked on since. */
export async function findProposals({ stores }: Application, rows: readonly WrittenRow[]): Promise<readonly StoredSegment[]> {
  const revisions = new Map(rows.map(({ id, revision }) => [id, revision]));
  return (await stores.segments.findAll([...revisions.keys()])).filter(
    ({ id, revision, state, origin }) => revisions.get(id) === revision && state === "initial" && origin === "memory",
  );
}

/** Empties those of the rows. */
export async function withdrawProposals(
  application: Application,
  { rows, author }: { readonly rows: readonly WrittenRow[]; readonly author: string },
): Promise<readonly StoredSegment[]> {
  const { stores } = application;
  const standing = await findProposals(application, rows);
  const at = application.clock();
  const outcomes = await stores.segments.saveTargets(
    standing.map(({ id, revision }) => ({
      segmentId: id,
      target: "",
      state: "initial",
      origin: "typed",
      baseRevision: revision,
      author,
      at,
    })),
  );
  return outcomes.flatMap((outcome) => (outcome.kind === "saved" ? [outcome.segment] : []));
}
