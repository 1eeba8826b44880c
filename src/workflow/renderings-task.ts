/**
 * Mining of renderings in a worker thread: units and terms come as plain data, the lexicon is built or loaded in the
 * thread itself. Paragraphs of several sentences are aligned sentence by sentence first.
 */
import { alignTexts } from "../alignment/align.ts";
import type { Lexicon } from "../alignment/lexicon.ts";
import type { ProgressReporter } from "../model/job.ts";
import type { AlignedUnit, TermRenderings } from "../model/rendering.ts";
import type { Span } from "../model/span.ts";
import type { UnitPiece } from "../renderings/pieces.ts";
import { proposeRenderings } from "../renderings/propose-renderings.ts";
import { buildRenderingIndex } from "../renderings/rendering-index.ts";
import type { ApprovedPair } from "../renderings/rendering-index.ts";
import { segmentParagraph } from "../segmentation/segment-paragraph.ts";
import { loadDictionary } from "./dictionary.ts";

export type RenderingsTaskInput = {
  /** Chinese and English. */
  readonly units: readonly AlignedUnit[];
  readonly terms: readonly string[];
  readonly approvedPairs?: readonly ApprovedPair[];
  /** Proposals of one term. */
  readonly limit?: number;
  /** Sightings of one proposal. */
  readonly sightingLimit?: number;
  /** Where the lexicon built from CC-CEDICT is kept. */
  readonly cacheFolder: string;
};

const REPORT_EVERY = 20;

export async function mineRenderings(input: RenderingsTaskInput, report: ProgressReporter): Promise<readonly TermRenderings[]> {
  const lexicon = await loadDictionary({ cacheFolder: input.cacheFolder, report });
  const index = buildRenderingIndex(input.units, {
    lexicon,
    approvedPairs: input.approvedPairs,
    cutUnit: cutIntoSentences(lexicon),
    report,
  });
  const { limit, sightingLimit, terms } = input;
  return terms.map((term, at) => {
    if (at % REPORT_EVERY === 0) report({ done: at, total: terms.length, stage: "terms" });
    return proposeRenderings(index, term, {
      ...(limit === undefined ? {} : { limit }),
      ...(sightingLimit === undefined ? {} : { sightingLimit }),
    });
  });
}

/** The sentences of a unit that belong together, by our rules and our aligner; a unit of one sentence stays whole. */
export function cutIntoSentences(lexicon: Lexicon): (unit: AlignedUnit) => readonly UnitPiece[] {
  return ({ source, target }) => {
    const sourceSentences = listSentences(source, "zh");
    const targetSentences = listSentences(target, "en");
    if (sourceSentences.length < 2 || targetSentences.length < 2) return [];
    const toText = (text: string, sentences: readonly Span[], language: string) => ({
      language,
      segments: sentences.map(({ start, end }) => ({ text: text.slice(start, end), paragraph: 0 })),
    });
    const beads = alignTexts(toText(source, sourceSentences, "zh"), toText(target, targetSentences, "en"), { lexicon });
    const spanOf = (sentences: readonly Span[], indices: readonly number[], start: number): Span => {
      const first = sentences[indices[0] ?? -1];
      const last = sentences[indices.at(-1) ?? -1];
      return first && last ? { start: first.start, end: last.end } : { start, end: start };
    };
    let sourceEnd = 0;
    let targetEnd = 0;
    return beads.map((bead) => {
      const piece = {
        source: spanOf(sourceSentences, bead.source, sourceEnd),
        target: spanOf(targetSentences, bead.target, targetEnd),
      };
      sourceEnd = piece.source.end;
      targetEnd = piece.target.end;
      return piece;
    });
  };
}

function listSentences(text: string, language: string): readonly Span[] {
  return segmentParagraph(text, language).filter((span) => span.kind === "segment");
}
