/** The list of alignments, and the documents that can be aligned with the partner that is suggested for each. */
import type { Application } from "../../workflow/application.ts";
import { suggestPairs } from "../../workflow/alignment-pairs.ts";
import type { PairReason } from "../../workflow/alignment-pairs.ts";
import type { Project } from "../context.ts";

export type AlignmentRow = {
  readonly id: string;
  readonly address: string;
  readonly source: ListedDocument | undefined;
  readonly target: ListedDocument | undefined;
  readonly groups: number;
  readonly confirmed: number;
  readonly changedAt: string;
};

export type ListedDocument = {
  readonly id: string;
  readonly title: string;
  readonly language: string;
  readonly date: string | undefined;
  readonly paragraphs: number;
};

export type Suggestion = { readonly source: string; readonly target: string; readonly reasons: readonly PairReason[] };

export type AlignList = {
  readonly rows: readonly AlignmentRow[];
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
  const listed = new Map(
    summaries.map(({ id, title, language, date, paragraphCount }) => [
      id,
      { id, title, language, date, paragraphs: paragraphCount },
    ]),
  );
  const base = `/p/${encodeURIComponent(project.id)}/align`;
  const rows = (await alignments.list(project.id)).map((one): AlignmentRow => ({
    id: one.id,
    address: `${base}/${one.id}`,
    source: listed.get(one.sourceDocumentId),
    target: listed.get(one.targetDocumentId),
    groups: one.groupCount,
    confirmed: one.confirmedCount,
    changedAt: one.changedAt,
  }));
  const shown = rows
    .filter(({ source, target }) => source !== undefined && target !== undefined)
    .sort((one, other) => other.changedAt.localeCompare(one.changedAt));
  const aligned = shown.flatMap(({ source, target, address }) =>
    source && target ? [{ source: source.id, target: target.id, address }] : [],
  );
  const pairs = new Set(aligned.map(({ source, target }) => `${source} ${target}`));
  const sideOf = (side: "source" | "target") =>
    summaries
      .filter((one) => one.side === side)
      .sort((one, other) => (other.date ?? "").localeCompare(one.date ?? "") || one.title.localeCompare(other.title));
  const candidates = (side: "source" | "target") => {
    const own = sideOf(side);
    const placeOf = placesInFiles(own);
    return own.map((one) => ({
      ...one,
      fileName: one.fileId === undefined ? undefined : fileNames.get(one.fileId),
      ...(placeOf.get(one.id) ?? {}),
    }));
  };
  return {
    rows: shown,
    sources: sideOf("source").flatMap(({ id }) => listed.get(id) ?? []),
    targets: sideOf("target").flatMap(({ id }) => listed.get(id) ?? []),
    suggestions: suggestPairs(candidates("source"), candidates("target"), (source, target) => pairs.has(`${source} ${target}`)),
    aligned,
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
