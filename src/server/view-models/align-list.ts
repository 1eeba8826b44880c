/** The list of alignments, and the documents that can be aligned with the partner that is suggested for each. */
import type { Application } from "../../workflow/application.ts";
import { suggestPairs } from "../../workflow/alignment-pairs.ts";
import type { PairReason } from "../../workflow/alignment-pairs.ts";
import { listUndoneImports, wasImported } from "../../workflow/alignment-removal.ts";
import type { UndoneImport } from "../../workflow/alignment-removal.ts";
import { alignmentRoom } from "../../workflow/alignment-room.ts";
import type { Project } from "../context.ts";

export type AlignmentRow = {
  readonly id: string;
  readonly address: string;
  readonly source: ListedDocument | undefined;
  readonly target: ListedDocument | undefined;
  readonly groups: number;
  readonly settled: number;
  /** 0 to 100; full only when every row is settled, and empty only when none is. */
  readonly percent: number;
  readonly doubtful: number;
  readonly changedAt: string;
  readonly changedBy: string | undefined;
  /** Who has it open now. */
  readonly people: readonly string[];
  /** Imported as a whole: it can be taken back, or somebody has worked in it since. */
  readonly imported: "can-undo" | "changed" | undefined;
};

export type ListedDocument = {
  readonly id: string;
  readonly title: string;
  readonly language: string;
  readonly date: string | undefined;
  readonly paragraphs: number;
  /** The name of its file, when another document of its side has the same title. */
  readonly file: string | undefined;
};

export type Suggestion = { readonly source: string; readonly target: string; readonly reasons: readonly PairReason[] };

export type UndoneRow = {
  readonly id: string;
  readonly title: string;
  readonly language: string;
  readonly groups: number;
  readonly undoneBy: string;
  readonly undoneAt: string;
  /** Documents of the import that stayed because something else uses them. */
  readonly kept: readonly string[];
};

export type AlignList = {
  readonly rows: readonly AlignmentRow[];
  /** Imports that were taken back, the last one first. */
  readonly undone: readonly UndoneRow[];
  readonly sources: readonly ListedDocument[];
  readonly targets: readonly ListedDocument[];
  /** Best first, one for a source. */
  readonly suggestions: readonly Suggestion[];
  /** Pairs that are aligned already, with where. */
  readonly aligned: readonly { readonly source: string; readonly target: string; readonly address: string }[];
};

export async function listAlignments(application: Application, project: Project): Promise<AlignList> {
  const { documents, alignments, files } = application.stores;
  const summaries = await documents.list({ projectId: project.id });
  const fileNames = new Map((await files.list(project.id)).map(({ id, name }) => [id, name]));
  const namesakes = Map.groupBy(summaries, ({ side, title }) => `${side} ${title}`);
  const listed = new Map(
    summaries.map(({ id, title, language, date, paragraphCount, side, fileId = "" }) => {
      const isOnly = namesakes.get(`${side} ${title}`)?.length === 1;
      const file = isOnly ? undefined : fileNames.get(fileId);
      return [id, { id, title, language, date, paragraphs: paragraphCount, file }];
    }),
  );
  const base = `/p/${encodeURIComponent(project.id)}/align`;
  const rows = (await alignments.list(project.id)).map((one): AlignmentRow => ({
    id: one.id,
    address: `${base}/${one.id}`,
    source: listed.get(one.sourceDocumentId),
    target: listed.get(one.targetDocumentId),
    groups: one.groupCount,
    settled: one.settledCount,
    percent: percentOf(one.settledCount, one.groupCount),
    doubtful: one.doubtfulCount,
    changedAt: one.changedAt,
    changedBy: one.changedBy,
    people: application.rooms.peopleIn(alignmentRoom(one.id)),
    imported: wasImported(one) ? (one.revision === 1 ? "can-undo" : "changed") : undefined,
  }));
  const shown = rows
    .filter(({ source, target }) => source !== undefined && target !== undefined)
    .sort((one, other) => compareText(other.changedAt, one.changedAt));
  const aligned = shown.flatMap(({ source, target, address }) =>
    source && target ? [{ source: source.id, target: target.id, address }] : [],
  );
  const pairs = new Set(aligned.map(({ source, target }) => `${source} ${target}`));
  const sideOf = (side: "source" | "target") =>
    summaries
      .filter((one) => one.side === side)
      .sort((one, other) => compareText(other.date ?? "", one.date ?? "") || TITLES.compare(one.title, other.title));
  const [sources, targets] = [sideOf("source"), sideOf("target")];
  const candidates = (own: typeof sources) => {
    const placeOf = placesInFiles(own);
    return own.map((one) => ({
      ...one,
      fileName: one.fileId === undefined ? undefined : fileNames.get(one.fileId),
      ...(placeOf.get(one.id) ?? {}),
    }));
  };
  return {
    rows: shown,
    undone: (await listUndoneImports(application, project.id)).map(showUndone),
    sources: sources.flatMap(({ id }) => listed.get(id) ?? []),
    targets: targets.flatMap(({ id }) => listed.get(id) ?? []),
    suggestions: suggestPairs(candidates(sources), candidates(targets), (source, target) => pairs.has(`${source} ${target}`)),
    aligned,
  };
}

const TITLES = new Intl.Collator();

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** 199 of 200 are not all, and 1 of 1,000 is not nothing. */
function percentOf(settled: number, groups: number): number {
  if (groups === 0 || settled === 0) return 0;
  if (settled === groups) return 100;
  return Math.min(99, Math.max(1, Math.round((settled / groups) * 100)));
}

function showUndone({ alignment, source, target, undoneBy }: UndoneImport): UndoneRow {
  const kept = [source, target].filter((document) => document?.removedAt === undefined);
  return {
    id: alignment.id,
    title: source?.title ?? "",
    language: source?.language ?? "",
    groups: alignment.groupCount,
    undoneBy,
    undoneAt: alignment.removedAt ?? "",
    kept: kept.flatMap((document) => document?.title ?? []),
  };
}

/** Which document of its file each one is. */
function placesInFiles(
  documents: readonly { readonly id: string; readonly fileId?: string; readonly ordinal: number }[],
): ReadonlyMap<string, { readonly place: { readonly index: number; readonly count: number } }> {
  const places = new Map<string, { readonly place: { readonly index: number; readonly count: number } }>();
  for (const list of Map.groupBy(documents, ({ fileId }) => fileId).values()) {
    const inOrder = list.toSorted((one, other) => one.ordinal - other.ordinal);
    inOrder.forEach(({ id }, index) => places.set(id, { place: { index, count: inOrder.length } }));
  }
  return places;
}
