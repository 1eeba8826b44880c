/**
 * Which positions count: copies of documents and repeated paragraphs stay in the corpus but are left out of distinct
 * counts. An occurrence counts when the position at which it begins does; so the opening that a copy still has counts
 * there, with what follows it. Only positions that count are in the suffix array of the corpus.
 */
import type { IsoDay } from "../model/span.ts";
import type { LaidText } from "./corpus.ts";
import type { Families } from "./families.ts";

export type Copies = {
  /** 1 for a paragraph that counts as a whole, by index into `corpus.paragraphs`. */
  readonly counts: Uint8Array;
  /** 1 for a position at which an occurrence counts. */
  readonly counted: Uint8Array;
  /** Number of the family of its document, by paragraph. */
  readonly familyOf: Int32Array;
  /** Day by paragraph: the first of all copies of it. */
  readonly dayOf: readonly (IsoDay | undefined)[];
  /** Counted suffixes in a range of the suffix array. */
  readonly countRange: (first: number, end: number) => number;
};

export function findCopies(corpus: LaidText, families: Families): Copies {
  const { paragraphs, offsets, given } = corpus;
  const { representatives, repeated, openings } = families;
  const counts = new Uint8Array(paragraphs.length);
  const counted = new Uint8Array(corpus.codes.length);
  const familyOf = new Int32Array(paragraphs.length);
  // Paragraphs of a document lie next to each other. Families speak of documents as they were given.
  const firstOf = new Int32Array(corpus.documents.length);
  paragraphs.forEach((place, i) => {
    const { paragraph, start, end } = place;
    const document = given[place.document] ?? 0;
    if (paragraph === 0) firstOf[document] = i;
    const family = representatives[document] ?? document;
    familyOf[i] = family;
    if (family !== document || repeated[document]?.has(paragraph)) return;
    counts[i] = 1;
    counted.fill(1, start, end + 1);
  });
  for (const { document, paragraph, length } of openings) {
    const place = paragraphs[(firstOf[document] ?? 0) + paragraph];
    if (!place) continue;
    for (let at = place.start; at < place.end && (offsets[at] ?? 0) < length; at++) counted[at] = 1;
  }
  return {
    counts,
    counted,
    familyOf,
    dayOf: findDays(corpus, families, firstOf),
    countRange: (first, end) => end - first,
  };
}

function findDays(corpus: LaidText, { representatives, twins }: Families, firstOf: Int32Array): readonly (IsoDay | undefined)[] {
  const ofFamily: (IsoDay | undefined)[] = [];
  const { given } = corpus;
  corpus.documents.forEach(({ date }, at) => {
    const document = given[at] ?? 0;
    const family = representatives[document] ?? document;
    ofFamily[family] = earlier(ofFamily[family], date);
  });
  const days = corpus.paragraphs.map(({ document }) => ofFamily[representatives[given[document] ?? 0] ?? 0]);
  for (const { document, original } of twins) {
    const at = (firstOf[original.document] ?? 0) + original.paragraph;
    days[at] = earlier(days[at], ofFamily[representatives[document] ?? document]);
  }
  return days;
}

function earlier(one: IsoDay | undefined, other: IsoDay | undefined): IsoDay | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one < other ? one : other;
}
