/**
 * Which rows of a project's source texts say the same: `core key -> row ids` for each document (attribution.ts).
 *
 * Made when first asked for and kept for each document until its revision or its number of rows changes. Who uses an
 * entry reads the row and looks at its source again, so that an old entry is a row less, never a wrong one.
 * Cost: of the first question, one look at every row, other work going on meanwhile; of later ones, the documents' list.
 */
import { coreKey } from "../memory/attribution.ts";
import type { LanguageTag } from "../model/span.ts";
import type { DocumentSummary } from "../storage/document-store.ts";
import type { Stores } from "../storage/stores.ts";
import { matchKey } from "../text/match-key.ts";
import type { Application } from "./application.ts";
import { startTurns } from "./take-turns.ts";

type IndexedDocument = { readonly stamp: string; readonly rows: ReadonlyMap<string, readonly string[]> };

const indexes = new WeakMap<Stores, Map<string, Map<string, IndexedDocument>>>();

export function repeatKey(source: string, language: LanguageTag): string {
  return coreKey(source, language) || `=${matchKey(source)}`;
}

async function indexDocument(
  { stores }: Application,
  { id, language }: DocumentSummary,
  stamp: string,
): Promise<IndexedDocument> {
  const rows = new Map<string, string[]>();
  const turns = startTurns();
  for (const segment of await stores.segments.list({ documentId: id })) {
    const key = repeatKey(segment.source, language);
    const known = rows.get(key);
    if (known) known.push(segment.id);
    else rows.set(key, [segment.id]);
    if (turns.isOver()) await turns.next();
  }
  return { stamp, rows };
}

/** Ids of the rows with this key, by document. */
export async function findRepeatIds(
  application: Application,
  projectId: string,
  key: string,
): Promise<readonly { readonly document: DocumentSummary; readonly ids: readonly string[] }[]> {
  const { stores } = application;
  let projects = indexes.get(stores);
  if (!projects) indexes.set(stores, (projects = new Map<string, Map<string, IndexedDocument>>()));
  const before = projects.get(projectId) ?? new Map<string, IndexedDocument>();
  const after = new Map<string, IndexedDocument>();
  const found: { document: DocumentSummary; ids: readonly string[] }[] = [];
  for (const document of await stores.documents.list({ projectId, side: "source" })) {
    const stamp = `${document.revision} ${document.segmentCount}`;
    const known = before.get(document.id);
    const indexed = known?.stamp === stamp ? known : await indexDocument(application, document, stamp);
    after.set(document.id, indexed);
    const ids = indexed.rows.get(key);
    if (ids) found.push({ document, ids });
  }
  projects.set(projectId, after);
  return found;
}
