/**
 * What counts once: families of copied documents, paragraphs that their document or another one repeats, and openings
 * that the counted copy has lost (src/text/copies.ts, twin-paragraphs.ts, lost-openings.ts).
 *
 * A family of documents is represented by its cleanest copy, to which the words are given back that it lost at the
 * beginning of a paragraph and another copy still has. Inside the documents that are left, a paragraph that another one
 * repeats (a lead) does not count; of paragraphs that stand in several documents (reprints) one counts.
 * Guarantee: which text counts depends on the texts and their dates, never on the order in which they are given.
 * Cost: near linear in the text; one document is compared at a time.
 */
import type { ExtractionDocument } from "../model/formulation.ts";
import type { IsoDay } from "../model/span.ts";
import { findRepeatsAmong, findRepresentative, groupCopies, readLongParagraphs } from "../text/copies.ts";
import { findLostOpenings } from "../text/lost-openings.ts";
import { ShingleSet } from "../text/shingle-set.ts";
import { TwinFinder } from "../text/twin-paragraphs.ts";

export type ParagraphAddress = { readonly document: number; readonly paragraph: number };

/** Words at the beginning of a copy's paragraph that its representative has lost: they count. */
export type RestoredOpening = ParagraphAddress & { readonly length: number };

export type Twin = ParagraphAddress & { readonly original: ParagraphAddress };

export type Families = {
  /** For each document the index of the document that represents its family, itself when it has no copies. */
  readonly representatives: readonly number[];
  /** For each document the paragraphs that another one repeats: inside it, or a twin in another document. */
  readonly repeated: readonly ReadonlySet<number>[];
  readonly twins: readonly Twin[];
  readonly openings: readonly RestoredOpening[];
};

/** A heading says what the text says, but it is no repeated lead: it has no sentence end. */
const SENTENCE_END = /[。！？!?]|\.(?:\s|$)/u;
const isSentence = (paragraph: string): boolean => SENTENCE_END.test(paragraph);

export function findFamilies(documents: readonly ExtractionDocument[]): Families {
  const representatives = documents.map((_, at) => at);
  const openings: RestoredOpening[] = [];
  const paragraphsOf = (at: number): readonly string[] => documents[at]?.paragraphs ?? [];
  const setOf = (at: number): ShingleSet => new ShingleSet(paragraphsOf(at).join("\n"));
  const compare = compareDocuments(documents);
  for (const group of groupCopies({ count: documents.length, setOf })) {
    if (group.length < 2) continue;
    const ordered = [...group].sort(compare);
    const best = findRepresentative(ordered, paragraphsOf);
    for (const member of group) representatives[member] = best;
    openings.push(...restoreOpenings(ordered, best, paragraphsOf));
  }
  const { repeated, twins } = findRepeatedParagraphs(documents, representatives, compare);
  for (const { document, paragraph } of twins) repeated[document]?.add(paragraph);
  return { representatives, repeated, twins, openings };
}

/** Each document by itself, as if nothing were a copy of anything. */
export function keepApart(documents: readonly ExtractionDocument[]): Families {
  return { representatives: documents.map((_, at) => at), repeated: documents.map(() => new Set()), twins: [], openings: [] };
}

/** The earlier first; documents of one day in the order of their texts, so that the order of the files says nothing. */
function compareDocuments(documents: readonly ExtractionDocument[]): (one: number, other: number) => number {
  const keyOf = (at: number): string => {
    const document = documents[at];
    return document ? `${document.date ?? "9999"} ${document.title}\n${document.paragraphs.join("\n")}` : "";
  };
  const dayOf = (at: number): IsoDay => documents[at]?.date ?? "9999";
  return (one, other) => {
    if (dayOf(one) !== dayOf(other)) return dayOf(one) < dayOf(other) ? -1 : 1;
    if (one === other) return 0;
    const [first, second] = [keyOf(one), keyOf(other)];
    return first === second ? one - other : first < second ? -1 : 1;
  };
}

/** Documents that count first, each part in the order of `compareDocuments`: copies that come or go move nothing. */
export function orderDocuments(documents: readonly ExtractionDocument[], { representatives }: Families): readonly number[] {
  const compare = compareDocuments(documents);
  const isCopy = (at: number): number => (representatives[at] === at ? 0 : 1);
  return documents.map((_, at) => at).sort((one, other) => isCopy(one) - isCopy(other) || compare(one, other));
}

function restoreOpenings(
  group: readonly number[],
  best: number,
  paragraphsOf: (at: number) => readonly string[],
): readonly RestoredOpening[] {
  const others = group.filter((at) => at !== best);
  const family = [best, ...others].map((at) => ({ id: String(at), paragraphs: paragraphsOf(at) }));
  return findLostOpenings(family, { only: String(best) }).map(({ copy, copyParagraph, opening }) => ({
    document: Number(copy),
    paragraph: copyParagraph,
    length: opening.length,
  }));
}

/** Paragraphs that another one of their document repeats (the shorter of two, the later of equals), and twins elsewhere. */
function findRepeatedParagraphs(
  documents: readonly ExtractionDocument[],
  representatives: readonly number[],
  compare: (one: number, other: number) => number,
): { readonly repeated: readonly Set<number>[]; readonly twins: readonly Twin[] } {
  const finder = new TwinFinder();
  const addresses: ParagraphAddress[] = [];
  const repeated = documents.map(({ paragraphs }, document) => {
    const found = new Set<number>();
    if (representatives[document] !== document) return found;
    const long = readLongParagraphs(paragraphs, isSentence);
    for (const { paragraph } of findRepeatsAmong(long)) found.add(paragraph);
    for (const { at, set } of long) {
      if (found.has(at)) continue;
      finder.add(set);
      addresses.push({ document, paragraph: at });
    }
    return found;
  });
  const textOf = (at: number): string => {
    const address = addresses[at];
    return address ? (documents[address.document]?.paragraphs[address.paragraph] ?? "") : "";
  };
  // What says more counts; of equals the earlier.
  const originals = finder.find(textOf, (one, other) => {
    const [first, second] = [addresses[one], addresses[other]];
    if (!first || !second) return 0;
    return (
      textOf(other).length - textOf(one).length || compare(first.document, second.document) || first.paragraph - second.paragraph
    );
  });
  const twins: Twin[] = [];
  for (const [twin, original] of originals) {
    const [address, kept] = [addresses[twin], addresses[original]];
    if (address && kept) twins.push({ ...address, original: kept });
  }
  return { repeated, twins };
}
