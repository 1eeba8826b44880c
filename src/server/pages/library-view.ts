/** The rows of the library: what the table shows of each document, gathered from the stores. */
import type { Application } from "../../workflow/application.ts";
import type { Project } from "../context.ts";

export type LibraryRow = {
  readonly id: string;
  readonly title: string;
  readonly body: string | undefined;
  readonly date: string | undefined;
  readonly language: string;
  readonly side: "source" | "target";
  readonly file: string | undefined;
  readonly paragraphs: number;
  /** Other documents of the project that are copies of this one. */
  readonly reprints: number;
  /** The document that this one is a copy of. */
  readonly versionOf: { readonly document: string; readonly title: string; readonly containment: number } | undefined;
  /** Shares from 0 to 1; undefined when there is no alignment, or nothing to translate. */
  readonly aligned: number | undefined;
  readonly translated: number | undefined;
  readonly touchedAt: string;
  /** Where a press on the title leads. */
  readonly address: string;
};

export async function listLibrary(application: Application, project: Project): Promise<readonly LibraryRow[]> {
  const { documents, alignments, files } = application.stores;
  const list = await documents.list({ projectId: project.id });
  const fileNames = new Map((await files.list(project.id)).map(({ id, name }) => [id, name]));
  const titles = new Map(list.map(({ id, title }) => [id, title]));
  const reprints = count(list.flatMap(({ versionOf }) => (versionOf ? [versionOf.document] : [])));
  const aligned = new Map<string, { readonly share: number; readonly changedAt: string }>();
  for (const one of await alignments.list(project.id)) {
    const share = one.groupCount === 0 ? 0 : one.settledCount / one.groupCount;
    for (const document of [one.sourceDocumentId, one.targetDocumentId]) {
      const before = aligned.get(document);
      if (!before || before.changedAt < one.changedAt) aligned.set(document, { share, changedAt: one.changedAt });
    }
  }
  const base = `/p/${encodeURIComponent(project.id)}`;
  const rows = list.map((document): LibraryRow => {
    const alignment = aligned.get(document.id);
    const original = document.versionOf && titles.get(document.versionOf.document);
    const isSource = document.side === "source";
    return {
      id: document.id,
      title: document.title,
      body: document.body,
      date: document.date,
      language: document.language,
      side: document.side,
      file: document.fileId === undefined ? undefined : fileNames.get(document.fileId),
      paragraphs: document.paragraphCount,
      reprints: reprints.get(document.id) ?? 0,
      versionOf: document.versionOf && original ? { ...document.versionOf, title: original } : undefined,
      aligned: alignment?.share,
      translated: isSource && document.segmentCount > 0 ? document.confirmedCount / document.segmentCount : undefined,
      touchedAt: alignment && alignment.changedAt > document.createdAt ? alignment.changedAt : document.createdAt,
      address: `${base}/${isSource ? "translate?document" : "align?target"}=${encodeURIComponent(document.id)}`,
    };
  });
  return rows.sort((one, other) => (other.date ?? "").localeCompare(one.date ?? "") || one.title.localeCompare(other.title));
}

function count(ids: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return counts;
}
