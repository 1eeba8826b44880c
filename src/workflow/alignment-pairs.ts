/**
 * Which document is the translation of which: a suggestion for the form that starts an alignment, with its reasons.
 *
 * Evidence: the same file name but for a language mark (notice.zh.txt, notice.en.txt), and the same place in it when
 * both files hold as many documents; the same date, the same figures and Latin words in the titles, about as many
 * paragraphs. Length alone suggests nothing. A pair that is aligned already is not suggested.
 * Cost: O(sources * targets), a few comparisons each.
 */
import type { DocumentSummary } from "../storage/document-store.ts";

export type PairReason = "file" | "date" | "title" | "length";
export type PairSuggestion = {
  readonly source: string;
  readonly target: string;
  readonly score: number;
  readonly reasons: readonly PairReason[];
};

export type PairCandidate = Pick<DocumentSummary, "id" | "title" | "date" | "paragraphCount"> & {
  readonly fileName?: string | undefined;
  /** Which document of its file it is, from 0, of how many; the only one when not given. */
  readonly place?: { readonly index: number; readonly count: number };
};

const WORTH: Readonly<Record<PairReason, number>> = { file: 3, date: 2, title: 1.5, length: 1 };
const LEAST_SCORE = 2;
/** A translator joins and parts a few paragraphs, not a third of them. */
const LENGTH_RATIO = 1.25;
const LANGUAGE_MARK =
  /(?<![\p{L}])(?:zh|cn|chs|en|eng|zho|chi|chinese|english|hans)(?![\p{L}])|中文版?|英文版?|译文|原文|中英|英译/giu;

type Known = {
  readonly document: PairCandidate;
  readonly stem: string | undefined;
  readonly signs: ReadonlySet<string>;
};

/** The best partner for every source that has one worth naming, best first. */
export function suggestPairs(
  sources: readonly PairCandidate[],
  targets: readonly PairCandidate[],
  isAligned: (source: string, target: string) => boolean,
): readonly PairSuggestion[] {
  const others = targets.map(describe);
  const findLikely = indexLikely(others);
  return sources
    .map(describe)
    .flatMap((one) => {
      let best: PairSuggestion | undefined;
      for (const at of findLikely(one)) {
        const other = others[at];
        if (!other || isAligned(one.document.id, other.document.id)) continue;
        const reasons = findReasons(one, other);
        const score = reasons.reduce((sum, reason) => sum + WORTH[reason], 0);
        if (score >= LEAST_SCORE && score > (best?.score ?? 0)) {
          best = { source: one.document.id, target: other.document.id, score, reasons };
        }
      }
      return best ?? [];
    })
    .sort((one, other) => other.score - one.score);
}

/**
 * Places of those that can reach the least score, in order: without the name of the file, the date or every figure of the
 * title in common none can. With hundreds of documents on each side all pairs would be too many.
 */
function indexLikely(others: readonly Known[]): (one: Known) => readonly number[] {
  const byName = new Map<string, number[]>();
  const add = (name: string, at: number) => {
    const list = byName.get(name);
    if (list) list.push(at);
    else byName.set(name, [at]);
  };
  for (const [at, { document, stem, signs }] of others.entries()) {
    if (stem !== undefined) add(`file ${stem}`, at);
    if (document.date !== undefined) add(`date ${document.date}`, at);
    for (const sign of signs) add(`sign ${sign}`, at);
  }
  const listOf = (name: string): readonly number[] => byName.get(name) ?? [];
  return ({ document, stem, signs }) => {
    const bySign = [...signs].map((sign) => listOf(`sign ${sign}`));
    const rarest = bySign.reduce<readonly number[] | undefined>(
      (least, list) => (least === undefined || list.length < least.length ? list : least),
      undefined,
    );
    const places = [...listOf(`file ${stem ?? ""}`), ...listOf(`date ${document.date ?? ""}`), ...(rarest ?? [])];
    return [...new Set(places)].sort((first, second) => first - second);
  };
}

function describe(document: PairCandidate): Known {
  const name = document.fileName?.replace(/^.*[\\/]/, "").replace(/\.[^.]*$/, "");
  const stem = name
    ?.normalize("NFKC")
    .replace(LANGUAGE_MARK, "")
    .replace(/[\s._()[\]-]+/g, " ")
    .trim()
    .toLowerCase();
  const signs =
    document.title
      .normalize("NFKC")
      .toLowerCase()
      .match(/\d+|[a-z]{3,}/g) ?? [];
  return { document, stem, signs: new Set(signs) };
}

function findReasons(one: Known, other: Known): readonly PairReason[] {
  const reasons: PairReason[] = [];
  if (one.stem !== undefined && one.stem !== "" && one.stem === other.stem && isSamePlace(one.document, other.document)) {
    reasons.push("file");
  }
  if (one.document.date !== undefined && one.document.date === other.document.date) reasons.push("date");
  if (one.signs.size > 0 && [...one.signs].every((sign) => other.signs.has(sign))) reasons.push("title");
  const [short, long] = [one.document.paragraphCount, other.document.paragraphCount].sort((first, second) => first - second);
  if (short !== undefined && long !== undefined && short > 0 && long <= short * LENGTH_RATIO) reasons.push("length");
  return reasons;
}

function isSamePlace({ place: one }: PairCandidate, { place: other }: PairCandidate): boolean {
  return (one?.count ?? 1) !== (other?.count ?? 1) || (one?.index ?? 0) === (other?.index ?? 0);
}
