/**
 * Two documents of a project side by side as versions of one text, and which reading people follow where they differ.
 *
 * A received text is never altered: a reading is a decision about a place, kept beside the texts. A place is named by
 * the ids of its paragraphs, so that it is found again as long as the documents are there.
 */
import type { DifferenceClass, VersionComparison } from "../model/alignment.ts";
import type { Span } from "../model/span.ts";
import type { DocumentText, StoredDocument, StoredParagraph } from "../storage/document-store.ts";
import type { ReadingContent, ReadingDecision, ReadingOutcome, VersionsKey } from "../storage/reading-store.ts";
import type { Application } from "./application.ts";

/** One side of a row: its paragraphs glued together without anything between. */
export type VersionSide = {
  readonly text: string;
  /** Line of its first paragraph in the received file, from 1. */
  readonly line: number;
  /** All its paragraphs are left out of counting and translation. */
  readonly excluded: boolean;
};

/** A difference inside a row; spans count in the text of its side and are empty where that version has nothing. */
export type RowDifference = { readonly class: DifferenceClass; readonly base: Span; readonly other: Span };

/** Paragraphs that belong together, or one that only one version has. */
export type VersionRow = {
  readonly place: string;
  readonly base?: VersionSide;
  readonly other?: VersionSide;
  readonly differences: readonly RowDifference[];
  /** It stands elsewhere in the other version. */
  readonly moved?: true;
};

export type DocumentComparison = {
  readonly base: StoredDocument;
  readonly other: StoredDocument;
  readonly rows: readonly VersionRow[];
  readonly decisions: readonly ReadingDecision[];
};

/** Undefined when one of the two is not a document of the project, or both are the same. */
export async function compareDocuments(application: Application, versions: VersionsKey): Promise<DocumentComparison | undefined> {
  const base = await findDocument(application, versions.projectId, versions.baseDocument);
  const other = await findDocument(application, versions.projectId, versions.otherDocument);
  if (!base || !other || base.id === other.id) return undefined;
  const result = await application.jobs.runTask("compareTexts", {
    base: base.paragraphs.map(({ text }) => text),
    other: other.paragraphs.map(({ text }) => text),
  });
  return {
    base,
    other,
    rows: listRows(result, { base: base.paragraphs, other: other.paragraphs }),
    decisions: await application.stores.readings.list(versions),
  };
}

/** `basedOn`: the number of the decision the person saw at this place. Undefined when the documents are not there. */
export async function decideReading(
  application: Application,
  {
    author,
    ...decision
  }: VersionsKey & ReadingContent & { readonly place: string; readonly basedOn?: number; readonly author: string },
): Promise<ReadingOutcome | undefined> {
  const { documents, readings } = application.stores;
  for (const id of [decision.baseDocument, decision.otherDocument]) {
    if ((await documents.findSummary(id))?.projectId !== decision.projectId) return undefined;
  }
  return readings.decide({ ...decision, author, at: application.clock() });
}

export type VersionOffer = {
  readonly base: StoredDocument;
  readonly other: StoredDocument;
  /** Share of the shorter text that the longer one holds, 0 to 1. */
  readonly containment: number;
};

/** Documents of the project that were found to be versions of each other, the most alike first. */
export async function listVersionOffers(application: Application, projectId: string): Promise<readonly VersionOffer[]> {
  const documents = await application.stores.documents.list({ projectId });
  const byId = new Map(documents.map((document) => [document.id, document]));
  return documents
    .flatMap((other) => {
      const base = other.versionOf && byId.get(other.versionOf.document);
      return base && other.versionOf ? [{ base, other, containment: other.versionOf.containment }] : [];
    })
    .sort((one, two) => two.containment - one.containment);
}

async function findDocument(application: Application, projectId: string, id: string): Promise<DocumentText | undefined> {
  const document = await application.stores.documents.find(id);
  return document?.projectId === projectId && document.removedAt === undefined ? document : undefined;
}

type Sides = { readonly base: readonly StoredParagraph[]; readonly other: readonly StoredParagraph[] };

/** In the order of the base; what only the other version has comes where it stands there. */
function listRows(versions: VersionComparison, { base, other }: Sides): readonly VersionRow[] {
  const rowOf = (baseAt: readonly number[], otherAt: readonly number[], differences: readonly RowDifference[]): VersionRow => {
    const [one, two] = [pick(base, baseAt), pick(other, otherAt)];
    const ids = (paragraphs: readonly StoredParagraph[]) => paragraphs.map(({ id }) => id).join("+");
    return {
      place: `${ids(one)}|${ids(two)}`,
      ...(one.length > 0 ? { base: toSide(one) } : {}),
      ...(two.length > 0 ? { other: toSide(two) } : {}),
      differences,
    };
  };
  const placed = [
    ...versions.pairs.map((pair) => ({
      at: pair.base[0] ?? 0,
      after: pair.other.at(-1) ?? -1,
      row: { ...rowOf(pair.base, pair.other, pair.differences.map(toSpans)), ...(pair.moved ? { moved: true as const } : {}) },
    })),
    ...versions.baseOnly.map((at) => ({ at, after: -1, row: rowOf([at], [], []) })),
  ].sort((one, two) => one.at - two.at);
  // The row after which a paragraph of the other version stands: the one that holds the paragraph before it.
  const following = new Map<number, number>();
  placed.forEach(({ after, row }, number) => {
    // What comes behind a paragraph that moved is not where the base has that.
    if (after < 0 || row.moved) return;
    let place = number;
    // What only the base has there comes first.
    while (placed[place + 1]?.after === -1) place += 1;
    following.set(after, place);
  });
  const added = new Map<number, VersionRow[]>();
  const onlyOther = new Set(versions.otherOnly);
  let last = -1;
  for (const at of other.keys()) {
    if (onlyOther.has(at)) added.set(last, [...(added.get(last) ?? []), rowOf([], [at], [])]);
    else last = following.get(at) ?? last;
  }
  return [...(added.get(-1) ?? []), ...placed.flatMap(({ row }, number) => [row, ...(added.get(number) ?? [])])];
}

function pick(paragraphs: readonly StoredParagraph[], indices: readonly number[]): readonly StoredParagraph[] {
  return indices.flatMap((at) => paragraphs[at] ?? []);
}

function toSide(paragraphs: readonly StoredParagraph[]): VersionSide {
  return {
    text: paragraphs.map(({ text }) => text).join(""),
    line: paragraphs[0]?.line ?? 0,
    excluded: paragraphs.every(({ exclusion }) => exclusion !== undefined),
  };
}

function toSpans(difference: VersionComparison["pairs"][number]["differences"][number]): RowDifference {
  return {
    class: difference.class,
    base: { start: difference.baseStart, end: difference.baseStart + difference.base.length },
    other: { start: difference.otherStart, end: difference.otherStart + difference.other.length },
  };
}
