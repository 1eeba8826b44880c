/**
 * The paragraphs of a project's source texts, to be searched by likeness: kept in the server process.
 *
 * Made when first asked for; afterwards only documents whose revision or number of rows changed are read again.
 * Cost: of the first question, one look at every row, other work going on meanwhile; of later ones, the documents' list.
 */
import { startMemoryIndex } from "../memory/memory-index.ts";
import type { MemoryIndex } from "../memory/memory-index.ts";
import type { DocumentSummary } from "../storage/document-store.ts";
import type { Stores } from "../storage/stores.ts";
import type { Application } from "./application.ts";
import { tokensOfProject } from "./project-index.ts";
import { startTurns, takeTurns } from "./take-turns.ts";

export type IndexedParagraph = {
  readonly id: string;
  readonly documentId: string;
  /** Number in its document, from 0. */
  readonly paragraph: number;
  readonly text: string;
  readonly segmentIds: readonly string[];
};

export type ParagraphIndex = {
  readonly documents: ReadonlyMap<string, DocumentSummary>;
  readonly find: (paragraphId: string) => IndexedParagraph | undefined;
  readonly search: (
    text: string,
    options: { readonly threshold: number; readonly limit: number },
  ) => readonly { readonly paragraph: IndexedParagraph; readonly similarity: number }[];
};

type State = {
  readonly index: MemoryIndex;
  /** Index position -> paragraph. */
  readonly paragraphs: (IndexedParagraph | undefined)[];
  readonly byId: Map<string, IndexedParagraph>;
  /** Document -> its stamp and positions. */
  readonly taken: Map<string, { readonly stamp: string; readonly positions: readonly number[] }>;
};

const states = new WeakMap<Stores, Map<string, Promise<State>>>();

async function readParagraphs({ stores }: Application, documentId: string): Promise<readonly IndexedParagraph[]> {
  const paragraphs = new Map<string, { paragraph: number; text: string; segmentIds: string[] }>();
  const turns = startTurns();
  for (const { id, paragraphId, paragraph, kind, source } of await stores.segments.list({ documentId, withIgnorables: true })) {
    let known = paragraphs.get(paragraphId);
    if (!known) paragraphs.set(paragraphId, (known = { paragraph, text: "", segmentIds: [] }));
    // Glued together the segments of a paragraph are its text again.
    known.text += source;
    if (kind === "segment") known.segmentIds.push(id);
    if (turns.isOver()) await turns.next();
  }
  return [...paragraphs].map(([id, found]) => ({ id, documentId, ...found, text: found.text.trim() }));
}

async function follow(application: Application, state: State, documents: readonly DocumentSummary[]): Promise<void> {
  const standing = new Map(documents.map((document) => [document.id, `${document.revision} ${document.segmentCount}`]));
  for (const [id, { stamp, positions }] of state.taken) {
    if (standing.get(id) === stamp) continue;
    for (const position of positions) {
      const paragraph = state.paragraphs[position];
      if (paragraph) state.byId.delete(paragraph.id);
      state.paragraphs[position] = undefined;
      state.index.remove(position);
    }
    state.taken.delete(id);
  }
  const turns = startTurns();
  for (const [id, stamp] of standing) {
    if (state.taken.has(id)) continue;
    const positions: number[] = [];
    for (const paragraph of await readParagraphs(application, id)) {
      const position = state.index.add(paragraph.text);
      state.paragraphs[position] = paragraph;
      state.byId.set(paragraph.id, paragraph);
      positions.push(position);
      if (turns.isOver()) await turns.next();
    }
    state.taken.set(id, { stamp, positions });
  }
}

async function create(application: Application, projectId: string): Promise<State> {
  const builder = startMemoryIndex({ tokens: await tokensOfProject(application, projectId) });
  return { index: await takeTurns(builder.finish()), paragraphs: [], byId: new Map(), taken: new Map() };
}

/** The paragraphs as the store is now; questions take turns. */
export async function openParagraphIndex(application: Application, projectId: string): Promise<ParagraphIndex> {
  const { stores } = application;
  let projects = states.get(stores);
  if (!projects) states.set(stores, (projects = new Map<string, Promise<State>>()));
  const documents = await stores.documents.list({ projectId, side: "source" });
  const before = projects.get(projectId)?.catch(() => undefined);
  const work = (async () => {
    const state = (await before) ?? (await create(application, projectId));
    await follow(application, state, documents);
    return state;
  })();
  projects.set(projectId, work);
  const { index, paragraphs, byId } = await work;
  return {
    documents: new Map(documents.map((document) => [document.id, document])),
    find: (id) => byId.get(id),
    search: (text, options) =>
      index.search(text, options).flatMap(({ unit, similarity }) => {
        const paragraph = paragraphs[unit];
        return paragraph ? [{ paragraph, similarity }] : [];
      }),
  };
}
