/**
 * Finds the fixed formulations (提法) of a set of documents.
 *
 * Method (docs/extraction.md): maximal repeats from a suffix array, trimmed cores and marked strings as
 * candidates; freedom of their neighbours, cohesion, word edges and counts outside longer candidates as evidence.
 * Guarantee: counts, documents, dates and spans are exact; no formulation crosses the end of a sentence; empty input
 * gives an empty result. Deterministic.
 * Cost: linear in the length of the text, about 100 bytes of memory per character, at most 40 million characters.
 */
import type { ExtractionDocument, ExtractionResult, Frame } from "../model/formulation.ts";
import type { ProgressReporter } from "../model/job.ts";
import { collectCandidates } from "./candidates.ts";
import type { Candidate, Material } from "./candidates.ts";
import { findCopies } from "./copies.ts";
import { indexText, layOutText } from "./corpus.ts";
import type { Corpus } from "./corpus.ts";
import type { Copies } from "./copies.ts";
import { describeFormulations } from "./describe.ts";
import { findFamilies, orderDocuments } from "./families.ts";
import type { Families } from "./families.ts";
import { findMarked } from "./marked.ts";
import type { MarkedSpans } from "./marked.ts";
import { mineFrames } from "./frames.ts";
import { layOutFrames } from "./half-frames.ts";
import type { HalfFrames } from "./half-frames.ts";
import { rankCandidates } from "./rank.ts";
import type { Weights } from "./weights.ts";
import { findWords } from "./words.ts";
import { locate } from "../text/maximal-repeats.ts";
import { PieceTable } from "../text/piece-table.ts";

export type ExtractionOptions = {
  /** What counts once; found here when it is not given. */
  readonly families?: Families;
  /** Source terms of the user's glossary: their being there is evidence. */
  readonly glossaryTerms?: readonly string[];
  /** Most formulations in the result. */
  readonly limit?: number;
  readonly report?: ProgressReporter;
  /** Weights of the evidence other than the fitted ones. */
  readonly weights?: Weights;
};

/**
 * Most UTF-16 units of all texts together: about 120 MB of Chinese in UTF-8, for which a process takes some 4 GB
 * (`bench/extraction-scale.ts`). More is refused at once instead of running out of memory after minutes.
 */
export const MOST_CHARACTERS = 40_000_000;

/** The texts are too large to be read together. */
export class ExtractionTooLarge extends Error {
  readonly code = "extraction-too-large";
  readonly characters: number;
  readonly most = MOST_CHARACTERS;

  constructor(characters: number) {
    super(`extraction-too-large: ${characters} characters, at most ${MOST_CHARACTERS}`);
    this.characters = characters;
  }
}

/** UTF-16 units of all texts together, as `MOST_CHARACTERS` counts them. */
export function countCharacters(documents: readonly ExtractionDocument[]): number {
  let characters = 0;
  for (const { paragraphs } of documents) for (const { length } of paragraphs) characters += length + 1;
  return characters;
}

export const DEFAULT_LIMIT = 2000;
const STEPS = 100;

export function extractFormulations(documents: readonly ExtractionDocument[], options: ExtractionOptions = {}): ExtractionResult {
  const { glossaryTerms = [], limit = DEFAULT_LIMIT } = options;
  const report = (done: number, stage: string): void => options.report?.({ done, total: STEPS, stage });
  const characters = countCharacters(documents);
  if (characters > MOST_CHARACTERS) throw new ExtractionTooLarge(characters);
  report(0, "copies");
  const prepared = prepareExtraction(documents, { ...options, glossaryTerms, report });
  if (!prepared) return { formulations: [], frames: [] };
  const { material, candidates, frames, halfFrames, spans } = prepared;
  const ranked = rankCandidates(material, candidates, {
    limit,
    halfFrames,
    spans,
    ...(options.weights ? { weights: options.weights } : {}),
    report: (share) => report(50 + Math.round(30 * share), "rank"),
  });
  report(80, "describe");
  const formulations = describeFormulations(material, ranked, limit);
  report(STEPS, "done");
  return { formulations, frames };
}

export type Prepared = {
  readonly material: Material;
  readonly candidates: readonly Candidate[];
  readonly frames: readonly Frame[];
  readonly halfFrames: HalfFrames;
  readonly spans: MarkedSpans;
};

/** Everything up to the ranking; nothing where there is no text. */
export function prepareExtraction(
  documents: readonly ExtractionDocument[],
  {
    families,
    glossaryTerms = [],
    report = () => undefined,
  }: Pick<ExtractionOptions, "families" | "glossaryTerms"> & { readonly report?: (done: number, stage: string) => void },
): Prepared | undefined {
  const known = families ?? findFamilies(documents);
  report(10, "read");
  const laid = layOutText(documents, orderDocuments(documents, known));
  if (laid.codes.length === 0) return undefined;
  const copies = findCopies(laid, known);
  const corpus = indexText(laid, copies.counted);
  report(20, "words");
  const words = findWords(corpus, copies.counts);
  const material: Material = { corpus, words, copies, ...countFrequencies(corpus, copies) };
  report(35, "candidates");
  const marked = findMarked(corpus, words, { counts: copies.counts, glossaryTerms });
  const candidates = collectCandidates(material, marked);
  report(45, "frames");
  const { frames, tied } = mineFrames(material);
  report(50, "rank");
  return { material, candidates, frames, halfFrames: layOutFrames(material, tied), spans: marked.spans };
}

/** Distinct counts of pieces, looked up once each: halves of candidates meet again and again. */
function countFrequencies(corpus: Corpus, copies: Copies): Pick<Material, "size" | "frequencyOf"> {
  let size = 0;
  for (const place of corpus.paragraphs)
    if (copies.counts[corpus.paragraphOf[place.start] ?? 0] === 1) size += place.end - place.start;
  const table = new PieceTable(corpus.symbols);
  const counts: number[] = [];
  const frequencyOf = (start: number, end: number): number => {
    const number = table.numberOf(start, end);
    if (number === counts.length) {
      const range = locate(corpus, corpus.symbols.subarray(start, end));
      counts.push(copies.countRange(range.first, range.end));
    }
    return counts[number] ?? 0;
  };
  return { size, frequencyOf };
}
