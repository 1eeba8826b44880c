/** Alignment in a worker thread: the texts come as plain data, the lexicon is built or loaded in the thread itself. */
import { alignWithCrossings } from "../alignment/align.ts";
import { realignPending } from "../alignment/realign.ts";
import type { Pin, RealignSide } from "../alignment/realign.ts";
import type { AlignedTexts, AlignmentState, AlignmentText } from "../model/alignment.ts";
import type { ProgressReporter } from "../model/job.ts";
import { hasDictionary, loadDictionary } from "./dictionary.ts";

export type AlignTaskInput = {
  readonly source: AlignmentText;
  readonly target: AlignmentText;
  readonly terms: readonly { readonly source: string; readonly target: string }[];
  /** Where the lexicon built from CC-CEDICT is kept. */
  readonly cacheFolder: string;
};

export async function align(input: AlignTaskInput, report: ProgressReporter): Promise<AlignedTexts> {
  const { source, target, terms, cacheFolder } = input;
  const lexicon = hasDictionary(source.language, target.language) ? await loadDictionary({ cacheFolder, report }) : undefined;
  return alignWithCrossings(source, target, { lexicon, terms, report });
}

export type RealignTaskInput = {
  readonly state: AlignmentState;
  readonly source: RealignSide;
  readonly target: RealignSide;
  readonly terms: AlignTaskInput["terms"];
  readonly cacheFolder: string;
  readonly range?: { readonly first: string; readonly last: string };
  readonly pins?: readonly Pin[];
};

/** Aligns again what nobody has confirmed; the rest stays. */
export async function realign(input: RealignTaskInput, report: ProgressReporter): Promise<AlignmentState> {
  const { state, source, target, terms, cacheFolder, range, pins = [] } = input;
  const lexicon = hasDictionary(source.language, target.language) ? await loadDictionary({ cacheFolder, report }) : undefined;
  return realignPending(state, { source, target, lexicon, terms, report, range, pins });
}
