import type { IsoDay, Span } from "./span.ts";

/** A pair of aligned texts in which renderings are looked for: a row, a bead or a unit of a memory. */
export type AlignedUnit = { readonly id: string; readonly source: string; readonly target: string };

/** Where a rendering was seen: the unit, the term in its source and the rendering in its target. */
export type RenderingSighting = { readonly unit: string; readonly sourceSpan: Span; readonly targetSpan: Span };

/** An English wording that stands where the term stands, found in aligned texts and never made up. */
export type RenderingProposal = {
  /** As it is written most often. */
  readonly text: string;
  /** Other surface forms of the same words (number, capitals, article). */
  readonly forms: readonly string[];
  /** Units in which it was seen beside the term. */
  readonly count: number;
  /** From 0 to 1, calibrated: of the proposals with 0.9, nine in ten are right. */
  readonly confidence: number;
  /** The better proposal that contains it or lies inside it: shown under that one, not left out. */
  readonly under?: string;
  readonly sightings: readonly RenderingSighting[];
};

/** What was found for one term, best first. */
export type TermRenderings = {
  readonly term: string;
  /** Units that hold the term. */
  readonly units: number;
  readonly proposals: readonly RenderingProposal[];
};

/** A pair of texts in which renderings were found, as it was then, with what is needed to cite it. */
export type MinedUnit = AlignedUnit & {
  /** Name of its memory. */
  readonly memory: string;
  /** Which unit of an imported file it was, from 1: where a reader finds it again. */
  readonly number?: number;
  /** A person has confirmed it. */
  readonly confirmed: boolean;
  /** The source document: of this project, or as an imported memory names it. */
  readonly document?: string;
  readonly documentId?: string;
  readonly body?: string;
  readonly date?: IsoDay;
  /** The translation it stands in, when it was aligned here. */
  readonly targetDocument?: string;
  readonly targetBody?: string;
  readonly targetDate?: IsoDay;
  readonly alignmentId?: string;
  readonly groupId?: string;
  readonly segmentId?: string;
};
