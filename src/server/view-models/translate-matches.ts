/** What the Translate page is told of matches and known pieces: plain data, no words. */
import type { Span } from "../../model/span.ts";
import type { NumberDoubt, TranslationState } from "../../model/translation-unit.ts";
import type { TextChange } from "../../text/difference.ts";
import type { Fragment } from "../../workflow/fragment-help.ts";
import type { RowMatch } from "../../workflow/translation-help.ts";
import { OWN_MEMORIES } from "../../workflow/project-memories.ts";
import { addressOfUnit } from "./unit-address.ts";

export type ChangeView = Pick<TextChange, "kind" | "text">;

export type MatchView = {
  readonly kind: RowMatch["kind"];
  readonly score: number;
  readonly similarity: number;
  /** The similarity counts words, not characters. */
  readonly inWords?: true;
  readonly penalties: RowMatch["penalties"];
  /** It reads alike and may say something else: not put in without a second press. */
  readonly caution?: true;
  /** From the memory's source to this row's. */
  readonly changes: readonly ChangeView[];
  /** What is inserted. */
  readonly target: string;
  /** Where numbers were adapted in it. */
  readonly adapted?: readonly Span[];
  /** Numbers that differ and were not adapted. */
  readonly doubts?: readonly NumberDoubt[];
  /** The target as the memory has it, when numbers were adapted. */
  readonly original?: string;
  /** A slug that the catalogue `common` puts into words, or a name that a person gave. */
  readonly memory: string;
  readonly ownMemory: boolean;
  readonly document?: string;
  /** Where the unit was made: its row, or its alignment. */
  readonly address: string;
  readonly author?: string;
  readonly changedAt?: string;
  readonly state: TranslationState;
};

/** A stretch of the source in order; without `options` it is a gap. */
export type FragmentView = {
  readonly text: string;
  readonly kind?: "term" | "unit";
  readonly options?: readonly string[];
  readonly address?: string;
};

export function viewMatch(match: RowMatch): MatchView {
  const { unit, memory, adaptedTarget, numberDoubts } = match;
  const changedAt = unit.changedAt ?? unit.createdAt;
  const address = addressOfUnit(unit, memory.projectId);
  return {
    kind: match.kind,
    score: Math.floor(match.score),
    similarity: Math.floor(match.similarity),
    penalties: match.penalties,
    ...(match.isInWords ? { inWords: true as const } : {}),
    ...(match.isCautioned ? { caution: true as const } : {}),
    changes: match.changes,
    target: adaptedTarget?.text ?? unit.target,
    ...(adaptedTarget ? { adapted: adaptedTarget.spans, original: unit.target } : {}),
    ...(numberDoubts ? { doubts: numberDoubts } : {}),
    memory: memory.name,
    ownMemory: OWN_MEMORIES.some((name) => name === memory.name),
    ...(unit.document === undefined ? {} : { document: unit.document }),
    address,
    ...(unit.author === undefined ? {} : { author: unit.author }),
    ...(changedAt === undefined ? {} : { changedAt }),
    state: unit.state,
  };
}

export function viewFragment({ text, known }: Fragment): FragmentView {
  if (!known) return { text };
  if (known.kind === "term") return { text, kind: "term", options: known.renderings };
  return { text, kind: "unit", options: known.units.map(({ unit }) => unit.target) };
}
