/**
 * Importing documents: a preview first, then what the person accepts.
 *
 * `previewImport` copies the files into the data folder and starts the analysis as a job; `acceptImport` stores the
 * received bytes and the accepted documents with their paragraphs and segments, and forgets the preview.
 * Guarantees: nothing is in the store before acceptance; a file that cannot be read does not stop the others; accepting
 * again after a crash in the middle stores nothing twice, because the ids of an import follow from its preview.
 */
import { readFile } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import { acceptProposal } from "../documents/accept-proposal.ts";
import type { Document, DocumentProposal, ImportProposal, Paragraph } from "../model/document.ts";
import { segmentParagraph } from "../segmentation/segment-paragraph.ts";
import type { NewDocument, NewParagraph, StoredDocument } from "../storage/document-store.ts";
import type { Application } from "./application.ts";
import { applyChoice, chooseAsProposed, fitsProposal } from "./import-choices.ts";
import type { ChosenDocument, FileChoice } from "./import-choices.ts";
import {
  createPreview,
  discardPreview,
  findChoices,
  findPreview,
  findProposals,
  receivedPath,
  savePreview,
  saveProposals,
} from "./import-previews.ts";
import type { ImportPreview, IncomingFile, PreviewPlace } from "./import-previews.ts";
import type { KnownText } from "./import-task.ts";

export type PreviewRequest = {
  readonly projectId: string;
  readonly author: string;
  readonly files: readonly IncomingFile[];
};

/** Answers at once, with a preview whose job runs; the proposals are there when the job is done. */
export async function previewImport(application: Application, request: PreviewRequest): Promise<ImportPreview> {
  const { dataFolder, jobs, clock } = application;
  const preview = await createPreview(dataFolder, { ...request, createdAt: clock() });
  const place = { dataFolder, projectId: preview.projectId, id: preview.id };
  const job = await jobs.start({
    projectId: preview.projectId,
    kind: "import",
    label: preview.files
      .map(({ name }) => name)
      .join(", ")
      .slice(0, 200),
    task: "analyseImport",
    input: {
      files: preview.files.map(({ name }, number) => ({ name, path: receivedPath(place, number) })),
      known: await loadKnownTexts(application, preview.projectId),
    },
    finish: async (proposals) => {
      await saveProposals(place, proposals);
      return preview.id;
    },
  });
  const started = { ...preview, jobId: job.id };
  await savePreview(place, started);
  return started;
}

/** Proposals with what the person chose so far. */
export type OpenPreview = {
  readonly preview: ImportPreview;
  readonly proposals: readonly ImportProposal[];
  readonly choices: readonly FileChoice[];
};

export async function openPreview(application: Application, place: PreviewPlace): Promise<OpenPreview | undefined> {
  const preview = await findPreview(place);
  const proposals = await findProposals(place);
  if (!preview || !proposals) return undefined;
  const project = await application.stores.projects.find(place.projectId);
  const kept = await findChoices(place);
  const stored = await findStoredCopies(application, proposals);
  const choices = proposals.map((proposal, file) => {
    const choice = kept?.[file];
    if (choice && fitsProposal(choice, proposal)) return choice;
    const sourceLanguage = project?.sourceLanguage ?? "zh";
    return chooseAsProposed(proposal, { sourceLanguage, isStored: (document) => stored.has(document) });
  });
  return { preview, proposals, choices };
}

/** Containment counts pieces of the shorter text only, so the lengths must agree as well before a text is the same. */
const SAME_CONTAINMENT = 0.995;
const SAME_LENGTH = 0.99;

/** Proposed documents whose very text is in the library. */
async function findStoredCopies(
  application: Application,
  proposals: readonly ImportProposal[],
): Promise<ReadonlySet<DocumentProposal>> {
  const copies = new Set<DocumentProposal>();
  for (const proposal of proposals) {
    for (const document of proposal.documents) {
      const link = document.versionOf;
      if (!link || link.document.startsWith("#") || link.containment < SAME_CONTAINMENT) continue;
      const stored = await application.stores.documents.find(link.document);
      if (!stored) continue;
      const lengths = [
        stored.paragraphs.reduce((sum, { text }) => sum + text.length, 0),
        proposal.paragraphs.slice(document.first, document.end).reduce((sum, { text }) => sum + text.trim().length, 0),
      ];
      if (Math.min(...lengths) >= SAME_LENGTH * Math.max(...lengths)) copies.add(document);
    }
  }
  return copies;
}

export type AcceptRequest = PreviewPlace & {
  readonly author: string;
  /** One per file; without them what was kept, else everything as proposed. */
  readonly choices?: readonly FileChoice[];
};

export type AcceptOutcome =
  | { readonly kind: "accepted"; readonly documents: readonly StoredDocument[] }
  | { readonly kind: "not-found" }
  | { readonly kind: "unfit"; readonly file: number };

export async function acceptImport(application: Application, request: AcceptRequest): Promise<AcceptOutcome> {
  const open = await openPreview(application, request);
  if (!open) return { kind: "not-found" };
  const choices = request.choices ?? open.choices;
  const unfit = open.proposals.findIndex((proposal, file) => {
    const choice = choices[file];
    return !choice || !fitsProposal(choice, proposal);
  });
  if (unfit >= 0) return { kind: "unfit", file: unfit };

  const ids = new Map<string, string>();
  const batches = open.proposals.map((proposal, file) => {
    const choice = choices[file];
    return { proposal, file, chosen: choice ? applyChoice(proposal, choice) : [] };
  });
  let number = 0;
  for (const { proposal, file, chosen } of batches) {
    for (const proposed of proposal.documents) {
      // `#n` of a version link counts the proposed documents of the whole batch.
      const kept = chosen.find(({ choice }) => choice.first === proposed.first);
      if (kept) ids.set(`#${String(number)}`, documentId(request.id, file, kept));
      number += 1;
    }
  }

  const documents: StoredDocument[] = [];
  for (const batch of batches) {
    if (batch.chosen.length > 0)
      documents.push(...(await storeFile(application, { ...batch, open, author: request.author, ids })));
  }
  await discardPreview(request);
  return { kind: "accepted", documents };
}

type FileToStore = {
  readonly open: OpenPreview;
  readonly author: string;
  readonly file: number;
  readonly proposal: ImportProposal;
  readonly chosen: readonly ChosenDocument[];
  readonly ids: ReadonlyMap<string, string>;
};

async function storeFile(application: Application, request: FileToStore): Promise<StoredDocument[]> {
  const { stores, clock, dataFolder } = application;
  const { open, file, proposal, chosen } = request;
  const { projectId, id, files } = open.preview;
  const received = files[file];
  const bytes = await readFile(receivedPath({ dataFolder, projectId, id }, file));
  const stored = await stores.files.add({
    projectId,
    name: received?.name ?? proposal.file,
    mediaType: received?.mediaType ?? "application/octet-stream",
    ...(proposal.encoding ? { encoding: proposal.encoding } : {}),
    receivedAt: open.preview.createdAt,
    bytes,
  });
  const documents: StoredDocument[] = [];
  for (const [ordinal, one] of chosen.entries()) {
    // SQLite answers within the turn: without a pause a batch would hold the event loop until its end.
    await setImmediate();
    const documentIdentity = documentId(id, file, one);
    const before = await stores.documents.find(documentIdentity);
    if (before) {
      documents.push(before);
      continue;
    }
    const [accepted] = acceptProposal(
      { ...proposal, documents: [one.proposal] },
      { makeId: (_document, paragraph) => String(paragraph ?? 0) },
    );
    if (!accepted) continue;
    const document = await makeDocument({
      accepted,
      one,
      ordinal,
      projectId,
      fileId: stored.id,
      id: documentIdentity,
      ids: request.ids,
    });
    documents.push(await stores.documents.add(document, { author: request.author, at: clock() }));
  }
  return documents;
}

type DocumentParts = {
  readonly accepted: Document;
  readonly one: ChosenDocument;
  readonly ordinal: number;
  readonly projectId: string;
  readonly fileId: string;
  readonly id: string;
  readonly ids: ReadonlyMap<string, string>;
};

async function makeDocument(parts: DocumentParts): Promise<NewDocument> {
  const { accepted, one } = parts;
  const link = one.proposal.versionOf;
  const versionOf = link?.document.startsWith("#") ? parts.ids.get(link.document) : link?.document;
  return {
    id: parts.id,
    projectId: parts.projectId,
    fileId: parts.fileId,
    ordinal: parts.ordinal,
    title: accepted.title,
    language: accepted.language,
    side: one.choice.side,
    ...(accepted.date ? { date: accepted.date } : {}),
    ...(accepted.body ? { body: accepted.body } : {}),
    ...(link && versionOf && versionOf !== parts.id ? { versionOf: { document: versionOf, containment: link.containment } } : {}),
    paragraphs: await makeParagraphs(accepted),
  };
}

/** Characters segmented in one turn of the event loop: a few milliseconds. */
const CHARACTERS_PER_TURN = 20_000;

async function makeParagraphs(accepted: Document): Promise<NewParagraph[]> {
  const paragraphs: NewParagraph[] = [];
  let characters = 0;
  for (const paragraph of accepted.paragraphs) {
    paragraphs.push(makeParagraph(paragraph, accepted.language));
    characters += paragraph.text.length;
    if (characters < CHARACTERS_PER_TURN) continue;
    characters = 0;
    await setImmediate();
  }
  return paragraphs;
}

function makeParagraph(paragraph: Paragraph, language: string): NewParagraph {
  return {
    text: paragraph.text,
    role: paragraph.role,
    line: paragraph.line,
    ...(paragraph.exclusion ? { exclusion: paragraph.exclusion } : {}),
    segments: segmentParagraph(paragraph.text, language).map(({ kind, start, end }) => ({
      kind,
      source: paragraph.text.slice(start, end),
    })),
  };
}

/** Follows from the preview and the place in the file: the same document gets the same id when accepted again. */
function documentId(preview: string, file: number, { choice }: ChosenDocument): string {
  return `${preview}-${String(file)}-${String(choice.first)}`;
}

async function loadKnownTexts(application: Application, projectId: string): Promise<readonly KnownText[]> {
  const { documents } = application.stores;
  const known: KnownText[] = [];
  for (const { id } of await documents.list({ projectId })) {
    await setImmediate();
    const document = await documents.find(id);
    if (!document) continue;
    known.push({
      id,
      title: document.title,
      ...(document.date ? { date: document.date } : {}),
      paragraphs: document.paragraphs.filter(({ exclusion }) => !exclusion).map(({ text }) => text),
    });
  }
  return known;
}
