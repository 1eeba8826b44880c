/**
 * What changed between two texts: character by character in Han, word by word in Latin and other alphabets.
 *
 * Method: Myers' greedy algorithm (the `diff` library) over tokens: a run of letters or digits that are not Han is
 * one token, everything else is one token per character with its combining marks, so no code point is ever cut.
 * Guarantee: the pieces that are equal or removed, glued, are the base text; those equal or added, the other text.
 * Texts too different for the limit give one replacement between their common beginning and end.
 * Cost: O((n + m) d) for d changed tokens, bounded by the limit.
 */
import { diffArrays } from "diff";

export type TextChange = {
  readonly kind: "equal" | "removed" | "added";
  readonly text: string;
  /** Offsets in UTF-16 units where the piece stands, or would stand, in either text. */
  readonly baseStart: number;
  readonly otherStart: number;
};

/** A stretch of the base and what stands in its place; one of the two may be empty. */
export type Replacement = {
  readonly base: string;
  readonly other: string;
  readonly baseStart: number;
  readonly otherStart: number;
};

export type DifferenceOptions = {
  /** `mixed`: Han by character, other letters by word; `character`: everything by character. */
  readonly unit?: "mixed" | "character";
};

/** Beyond so many changed tokens a finer picture helps nobody and costs the square of it. */
const LARGEST_DIFFERENCE = 2000;

const CHARACTER = /\P{M}\p{M}*|\p{M}+/gu;
const MIXED = /(?:(?!\p{Script=Han})[\p{L}\p{M}])+|\p{Nd}+|\P{M}\p{M}*|\p{M}+/gu;

function tokenize(text: string, unit: "mixed" | "character"): string[] {
  return text.match(unit === "mixed" ? MIXED : CHARACTER) ?? [];
}

function countShared(base: readonly string[], other: readonly string[]): { head: number; tail: number } {
  const shorter = Math.min(base.length, other.length);
  let head = 0;
  while (head < shorter && base[head] === other[head]) head++;
  let tail = 0;
  while (tail < shorter - head && base[base.length - 1 - tail] === other[other.length - 1 - tail]) tail++;
  return { head, tail };
}

/** The two texts as one sequence of equal, removed and added pieces, in order; what is removed comes first. */
export function diffTexts(base: string, other: string, options: DifferenceOptions = {}): readonly TextChange[] {
  const unit = options.unit ?? "mixed";
  const baseTokens = tokenize(base, unit);
  const otherTokens = tokenize(other, unit);
  const { head, tail } = countShared(baseTokens, otherTokens);
  const baseMiddle = baseTokens.slice(head, baseTokens.length - tail);
  const otherMiddle = otherTokens.slice(head, otherTokens.length - tail);
  const changes = createCollector();
  changes.add("equal", baseTokens.slice(0, head));
  const middle =
    baseMiddle.length > 0 && otherMiddle.length > 0
      ? diffArrays(baseMiddle, otherMiddle, { maxEditLength: LARGEST_DIFFERENCE })
      : undefined;
  if (middle) {
    for (const change of middle) changes.add(change.added ? "added" : change.removed ? "removed" : "equal", change.value);
  } else {
    changes.add("removed", baseMiddle);
    changes.add("added", otherMiddle);
  }
  changes.add("equal", baseTokens.slice(baseTokens.length - tail));
  return changes.finish();
}

/** Joins neighbouring pieces of one kind and keeps count of both offsets. */
function createCollector() {
  const changes: TextChange[] = [];
  const waiting = { equal: "", removed: "", added: "" };
  let baseAt = 0;
  let otherAt = 0;
  const push = (kind: TextChange["kind"]) => {
    const text = waiting[kind];
    if (text === "") return;
    changes.push({ kind, text, baseStart: baseAt, otherStart: otherAt });
    if (kind !== "added") baseAt += text.length;
    if (kind !== "removed") otherAt += text.length;
    waiting[kind] = "";
  };
  const pushChange = () => {
    push("removed");
    push("added");
  };
  return {
    add(kind: TextChange["kind"], tokens: readonly string[]) {
      if (tokens.length === 0) return;
      if (kind === "equal") pushChange();
      else push("equal");
      waiting[kind] += tokens.join("");
    },
    finish(): readonly TextChange[] {
      push("equal");
      pushChange();
      return changes;
    },
  };
}

/** Only what differs: each stretch of the base with what stands in its place. */
export function listReplacements(base: string, other: string, options: DifferenceOptions = {}): readonly Replacement[] {
  const replacements: Replacement[] = [];
  let open: Replacement | undefined;
  for (const change of diffTexts(base, other, options)) {
    if (change.kind === "equal") {
      if (open) replacements.push(open);
      open = undefined;
      continue;
    }
    open ??= { base: "", other: "", baseStart: change.baseStart, otherStart: change.otherStart };
    open = change.kind === "removed" ? { ...open, base: open.base + change.text } : { ...open, other: open.other + change.text };
  }
  if (open) replacements.push(open);
  return replacements;
}
