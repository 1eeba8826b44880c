/**
 * States of translation in the words of XLIFF 1.2, XLIFF 2, SDLXLIFF and memoQ, both ways.
 * What a person has not confirmed is `initial` here; an unknown word counts as not confirmed.
 */
import type { TranslationState } from "../model/translation-unit.ts";

export type Dialect = "xliff12" | "sdlxliff" | "mqxliff" | "xliff2";

/** Lowest first. */
export const STATE_ORDER: readonly TranslationState[] = ["initial", "translated", "reviewed", "final"];

const XLIFF12: Readonly<Record<string, TranslationState>> = {
  translated: "translated",
  final: "reviewed",
  "signed-off": "final",
};
const SDL: Readonly<Record<string, TranslationState>> = {
  Translated: "translated",
  ApprovedTranslation: "reviewed",
  ApprovedSignOff: "final",
};
const MEMOQ: Readonly<Record<string, TranslationState>> = {
  ManuallyConfirmed: "translated",
  Reviewer1Confirmed: "reviewed",
  Proofread: "final",
};
const XLIFF2: Readonly<Record<string, TranslationState>> = { translated: "translated", reviewed: "reviewed", final: "final" };

/** The state that a file's own word means; undefined when the file gives none. */
export function stateFromNative(dialect: Dialect, native: string | undefined): TranslationState | undefined {
  if (native === undefined) return undefined;
  switch (dialect) {
    case "xliff12":
      return XLIFF12[native] ?? "initial";
    case "sdlxliff":
      return SDL[native] ?? "initial";
    case "mqxliff":
      return MEMOQ[native] ?? "initial";
    case "xliff2":
      return XLIFF2[native] ?? "initial";
  }
}

/** The word to write. A target that waits for a person is "new" while empty and up for review once it holds text. */
export function nativeFromState(dialect: Dialect, state: TranslationState, isEmpty: boolean): string {
  const index = STATE_ORDER.indexOf(state);
  switch (dialect) {
    case "xliff12":
      return [isEmpty ? "new" : "needs-review-translation", "translated", "final", "signed-off"][index] ?? "new";
    case "sdlxliff":
      return ["Draft", "Translated", "ApprovedTranslation", "ApprovedSignOff"][index] ?? "Draft";
    case "mqxliff":
      return (
        [isEmpty ? "NotStarted" : "PartiallyEdited", "ManuallyConfirmed", "Reviewer1Confirmed", "Proofread"][index] ??
        "NotStarted"
      );
    case "xliff2":
      return state;
  }
}

/** The state of a whole is that of its least advanced part. */
export function lowestState(states: readonly TranslationState[]): TranslationState {
  return STATE_ORDER.find((state) => states.includes(state)) ?? "initial";
}
