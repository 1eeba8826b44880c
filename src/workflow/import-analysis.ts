/**
 * Analyses a batch of files for the import preview: reads each, proposes documents, completes dates from the whole batch,
 * and says which documents are versions of which.
 *
 * A file that cannot be read gives a proposal without documents and with its diagnostics; the others go on. Nothing is
 * stored here. Pure apart from the parsers' own work, so that it may run in a worker.
 * Cost: linear in the text; copies are found through an index of shingles.
 */
import type { DateAnchor } from "../documents/document-dates.ts";
import { completeDates } from "../documents/document-dates.ts";
import type { ComparedDocument } from "../documents/families.ts";
import { groupFamilies } from "../documents/families.ts";
import type { KnownDocument } from "../documents/propose-documents.ts";
import { proposeDocuments, selectNumbers } from "../documents/propose-documents.ts";
import type { NamedBytes } from "../formats/document-reader.ts";
import { readDocument } from "../formats/document-reader.ts";
import type { DateEvidence, DocumentProposal, ImportProposal, JoinProposal, VersionLink } from "../model/document.ts";
import type { ProgressReporter } from "../model/job.ts";
import type { IsoDay } from "../model/span.ts";
import { measureCopy } from "../text/copies.ts";
import type { LostOpening } from "../text/lost-openings.ts";
import { findLostOpenings } from "../text/lost-openings.ts";
import { ShingleSet } from "../text/shingle-set.ts";

export type AnalysisOptions = {
  readonly known?: readonly KnownDocument[];
  readonly onProgress?: ProgressReporter;
};

type Numbered = {
  readonly document: DocumentProposal;
  readonly compared: ComparedDocument & { readonly shingles: ShingleSet };
  /** For each compared paragraph its number in the received file. */
  readonly received: readonly number[];
};
type BatchLinks = { readonly versions: readonly (VersionLink | undefined)[]; readonly lost: ReadonlyMap<string, LostOpening[]> };

/** The id by which documents of one batch name each other. */
function makeBatchId(number: number): string {
  return `#${String(number)}`;
}

function numberDocuments(proposals: readonly ImportProposal[]): Numbered[] {
  const numbered: Numbered[] = [];
  for (const proposal of proposals) {
    for (const document of proposal.documents) {
      const id = makeBatchId(numbered.length);
      const received = selectNumbers(document);
      const paragraphs = received.map((at) => proposal.paragraphs[at]?.text.trim() ?? "");
      numbered.push({ document, received, compared: { id, paragraphs, shingles: new ShingleSet(paragraphs.join("\n")) } });
    }
  }
  return numbered;
}

/** A copy of a stored document stays one; within the batch each copy points to the least damaged of its family. */
function linkVersions(numbered: readonly Numbered[]): BatchLinks {
  const byId = new Map(numbered.map((one) => [one.compared.id, one]));
  const links = new Map<string, VersionLink>();
  const lost = new Map<string, LostOpening[]>();
  for (const family of groupFamilies(numbered.map((one) => one.compared))) {
    const best = byId.get(family.representative);
    if (!best || family.members.length < 2) continue;
    const copies = family.members.flatMap((member) => byId.get(member)?.compared ?? []);
    for (const opening of findLostOpenings(copies)) lost.set(opening.document, [...(lost.get(opening.document) ?? []), opening]);
    const { shingles } = best.compared;
    for (const member of family.members) {
      const copy = byId.get(member);
      if (!copy || member === family.representative) continue;
      const containment = measureCopy(copy.compared.shingles, shingles);
      // A member that is only a copy of another copy belongs to the family, but is no version of the best.
      if (containment !== undefined)
        links.set(member, { document: family.representative, title: best.document.title, containment });
    }
  }
  return { versions: numbered.map((one) => one.document.versionOf ?? links.get(one.compared.id)), lost };
}

/** A join at a place where another copy has words in between is no join: the opening of the paragraph is missing. */
function markMissing(one: Numbered, lost: readonly LostOpening[]): readonly JoinProposal[] {
  return one.document.joins.map((join) => {
    const opening = lost.find((candidate) => one.received[candidate.paragraph] === join.paragraph);
    return opening ? { ...join, missing: { text: opening.opening, document: opening.copy } } : join;
  });
}

/** The day of a version of the same text, if it fits what this one says of its own. */
function borrowDate(document: DocumentProposal, other: IsoDay | undefined): IsoDay | undefined {
  const { partialDate } = document;
  if (document.date || !partialDate || !other) return undefined;
  const [, month, day] = other.split("-").map(Number);
  return day === partialDate.day && (partialDate.month === undefined || partialDate.month === month) ? other : undefined;
}

/** `partialDate` stands for what is missing: it leaves when a date comes. */
function setDate(document: DocumentProposal, date: IsoDay, evidence: DateEvidence | undefined): DocumentProposal {
  const dated: { -readonly [Key in keyof DocumentProposal]: DocumentProposal[Key] } = {
    ...document,
    date,
    ...(evidence ? { dateEvidence: evidence } : {}),
  };
  delete dated.partialDate;
  return dated;
}

/** Completes the days of a file, given a day of the batch to be near to. */
function completeFile(documents: readonly DocumentProposal[], anchor: DateAnchor | undefined): DocumentProposal[] {
  const dates = completeDates(
    documents.map((document) => ({
      ...(document.date ? { date: document.date } : {}),
      ...(document.partialDate ? { partial: document.partialDate } : {}),
      ...(document.dateEvidence ? { evidence: document.dateEvidence } : {}),
    })),
    anchor,
  );
  return documents.map((document, at) => {
    const date = dates[at]?.date;
    if (document.date || !date) return document;
    return setDate(document, date, dates[at]?.evidence);
  });
}

/** The middle one of the dates of the batch, when all lie within a year: what a file without any year is near to. */
function findBatchAnchor(documents: readonly DocumentProposal[]): DateAnchor | undefined {
  const dates = documents.flatMap((document) => document.date ?? []).sort();
  const [first] = dates;
  const last = dates.at(-1);
  if (!first || !last || Date.parse(last) - Date.parse(first) > 366 * 86_400_000) return undefined;
  return { date: dates[dates.length >> 1] ?? first, source: "batch" };
}

function regroup(proposals: readonly ImportProposal[], documents: readonly DocumentProposal[]): DocumentProposal[][] {
  let next = 0;
  return proposals.map((proposal) => documents.slice(next, (next += proposal.documents.length)));
}

function finishBatch(proposals: readonly ImportProposal[], known: readonly KnownDocument[]): ImportProposal[] {
  const numbered = numberDocuments(proposals);
  const links = linkVersions(numbered);
  const knownDates = new Map(known.flatMap((one) => (one.date ? [[one.id, one.date] as const] : [])));
  let documents = numbered.map((one, at): DocumentProposal => {
    const versionOf = links.versions[at];
    const joins = markMissing(one, links.lost.get(one.compared.id) ?? []);
    return { ...one.document, joins, ...(versionOf ? { versionOf } : {}) };
  });
  const dateOf = (id: string): IsoDay | undefined => {
    const own = /^#(\d+)$/u.exec(id);
    return own ? documents[Number(own[1])]?.date : knownDates.get(id);
  };
  const copyDates = new Map<string, IsoDay[]>();
  for (const { versionOf, date } of documents) {
    if (versionOf && date) copyDates.set(versionOf.document, [...(copyDates.get(versionOf.document) ?? []), date]);
  }
  documents = documents.map((document, at) => {
    // Either side may know the date: the copy, or the one that it copies.
    const fromCopies = copyDates.get(makeBatchId(at)) ?? [];
    const candidates = [document.versionOf ? dateOf(document.versionOf.document) : undefined, ...fromCopies];
    const date = candidates.map((candidate) => borrowDate(document, candidate)).find((candidate) => candidate !== undefined);
    if (!date) return document;
    return setDate(document, date, { code: "date-from-version", values: { found: document.dateEvidence?.code ?? "" } });
  });
  const anchor = findBatchAnchor(documents);
  const files = regroup(proposals, documents).map((group) => completeFile(group, anchor));
  return proposals.map((proposal, file) => ({ ...proposal, documents: files[file] ?? [] }));
}

export async function analyseFiles(files: readonly NamedBytes[], options: AnalysisOptions = {}): Promise<ImportProposal[]> {
  const known = options.known ?? [];
  const proposals: ImportProposal[] = [];
  for (const [at, file] of files.entries()) {
    options.onProgress?.({ done: at, total: files.length, stage: "read" });
    const { value, diagnostics } = await readDocument(file);
    const received = value ?? { encoding: "", paragraphs: [] };
    proposals.push(proposeDocuments(received, { file: file.name, known, diagnostics }));
  }
  options.onProgress?.({ done: files.length, total: files.length, stage: "compare" });
  return finishBatch(proposals, known);
}
