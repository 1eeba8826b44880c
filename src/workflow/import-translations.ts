/**
 * An XLIFF of ours that was translated elsewhere comes back: first as a plan that says of every segment what would happen, then, for what
 * a person accepts, as saves with the revision that the plan saw.
 *
 * Guarantee: planning changes nothing; a segment that changed after the plan was made is not overwritten but answered with both texts;
 * a target that a person confirmed here is a conflict until it is accepted by name.
 * Matching: by segment id and equal source, else by paragraph and place in it, else by a source text that occurs once.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { BilingualSegment, BilingualUnit } from "../model/interchange.ts";
import type { TranslationState } from "../model/translation-unit.ts";
import type { SegmentOutcome, StoredSegment } from "../storage/segment-store.ts";
import type { Application } from "./application.ts";
import { openRowMemory } from "./confirmed-rows.ts";
import type { ReadTranslations } from "./received-files-task.ts";
import type { TakenRow } from "./returns.ts";

export type ProposedChange = {
  /**
   * `changed`: new text or state, to be taken over. `unchanged`. `conflict`: a confirmed text here differs. `older`: the file holds
   * a text that was replaced here since. `source-differs`: the source of this place is another. `unknown`: no such segment.
   */
  readonly kind: "changed" | "unchanged" | "conflict" | "older" | "source-differs" | "unknown";
  /** Place in the file, for reports. */
  readonly unit: string;
  readonly segment: string;
  readonly source: string;
  readonly target: string;
  readonly state: TranslationState;
  readonly stored?: StoredSegment;
};

export type TranslationPlan = { readonly changes: readonly ProposedChange[]; readonly diagnostics: readonly Diagnostic[] };

type Index = {
  readonly byId: ReadonlyMap<string, StoredSegment>;
  readonly byParagraph: ReadonlyMap<string, readonly StoredSegment[]>;
  /** Only sources that occur once. */
  readonly bySource: ReadonlyMap<string, StoredSegment>;
};

/** Each row may be a query for its history. */
const ROWS_PER_TURN = 100;
const ORDER: readonly TranslationState[] = ["initial", "translated", "reviewed", "final"];

function indexSegments(segments: readonly StoredSegment[]): Index {
  const byParagraph = new Map<string, StoredSegment[]>();
  const bySource = new Map<string, StoredSegment>();
  const repeated = new Set<string>();
  for (const segment of segments) {
    const list = byParagraph.get(segment.paragraphId) ?? [];
    list.push(segment);
    byParagraph.set(segment.paragraphId, list);
    if (bySource.has(segment.source)) repeated.add(segment.source);
    bySource.set(segment.source, segment);
  }
  for (const source of repeated) bySource.delete(source);
  return { byId: new Map(segments.map((segment) => [segment.id, segment])), byParagraph, bySource };
}

/** The stored segment of a place in the file, whether its source is the same or not. */
function findStored(index: Index, unit: BilingualUnit, segment: BilingualSegment): StoredSegment | undefined {
  const siblings = index.byParagraph.get(unit.id) ?? [];
  const place = unit.segments.indexOf(segment);
  const sameShape = siblings.length === unit.segments.length ? siblings[place] : undefined;
  const named = index.byId.get(segment.id);
  if (named?.source === segment.source) return named;
  if (sameShape?.source === segment.source) return sameShape;
  return index.bySource.get(segment.source) ?? named ?? sameShape;
}

async function judge(
  application: Application,
  segment: BilingualSegment,
  stored: StoredSegment | undefined,
): Promise<ProposedChange["kind"]> {
  if (!stored) return "unknown";
  if (stored.source !== segment.source) return "source-differs";
  const target = segment.target ?? "";
  const here = stored.target ?? "";
  if (target === "") return "unchanged";
  if (target === here) return ORDER.indexOf(segment.state) > ORDER.indexOf(stored.state) ? "changed" : "unchanged";
  // Exports for OmegaT fill empty targets with the source; what nobody has touched is no translation.
  if (here === "" && target === segment.source && segment.state === "initial") return "unchanged";
  if (here === "") return "changed";
  const history = await application.stores.segments.history(stored.id);
  if (history.some((revision) => revision.target === target)) return "older";
  return stored.state === "initial" ? "changed" : "conflict";
}

/** What the units of a file would change in a project; they were read elsewhere (a worker). Long files are gone through in turns. */
export async function planTranslations(
  application: Application,
  { projectId, read }: { readonly projectId: string; readonly read: ReadTranslations },
): Promise<TranslationPlan> {
  if (read.units.length === 0) return { changes: [], diagnostics: read.diagnostics };
  const documents = await application.stores.documents.list({ projectId, side: "source" });
  const segments: StoredSegment[] = [];
  for (const document of documents) {
    for (const segment of await application.stores.segments.list({ documentId: document.id })) segments.push(segment);
  }
  const index = indexSegments(segments.filter((segment) => segment.kind === "segment"));
  const changes: ProposedChange[] = [];
  for (const unit of read.units) {
    for (const segment of unit.segments) {
      const stored = findStored(index, unit, segment);
      changes.push({
        kind: await judge(application, segment, stored),
        ...{ unit: unit.id, segment: segment.id, source: segment.source, target: segment.target ?? "", state: segment.state },
        ...(stored ? { stored } : {}),
      });
      if (changes.length % ROWS_PER_TURN === 0) await nextTurn();
    }
  }
  return { changes, diagnostics: read.diagnostics };
}

/**
 * Takes over the accepted changes of a plan, each with its own outcome, in one transaction. A change without a stored segment, or whose
 * source differs, cannot be accepted and is passed over.
 */
export async function applyTranslations(
  application: Application,
  request: { readonly projectId: string; readonly accepted: readonly ProposedChange[]; readonly author: string },
): Promise<readonly SegmentOutcome[]> {
  const at = application.clock();
  const saves = request.accepted.flatMap(({ kind, stored, target, state }) => {
    if (!stored || kind === "unknown" || kind === "source-differs" || kind === "unchanged") return [];
    return [
      {
        ...{ segmentId: stored.id, target, state, origin: "import" as const, baseRevision: stored.revision },
        ...{ author: request.author, at },
      },
    ];
  });
  return application.stores.segments.saveTargets(saves, await openRowMemory(application, request.projectId));
}

/**
 * Puts back what stood in rows before an import, as new revisions. A row that was saved again since the import is left
 * as it is: somebody has worked on it.
 */
export async function undoTranslations(
  application: Application,
  request: { readonly projectId: string; readonly taken: readonly TakenRow[]; readonly author: string },
): Promise<{ readonly rows: number; readonly left: number }> {
  const at = application.clock();
  const outcomes = await application.stores.segments.saveTargets(
    request.taken.map(({ segmentId, revision, before }) => ({
      ...{ segmentId, target: before.target, state: before.state, origin: "import" as const, baseRevision: revision },
      ...{ author: request.author, at },
    })),
    await openRowMemory(application, request.projectId),
  );
  const saved = outcomes.filter((outcome) => outcome.kind === "saved");
  return { rows: saved.length, left: outcomes.length - saved.length };
}
