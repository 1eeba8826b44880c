/** What a check is, and what it may look at. One rule a file; the registry lists them. */
import type { CheckedPair, CheckInput, Finding, Severity } from "../model/finding.ts";
import type { TermVerdict } from "./term-evidence.ts";

export type CheckContext = {
  readonly input: CheckInput;
  /** The pairs with a target, in order. */
  readonly translated: readonly CheckedPair[];
  /** Whether the profile lets a rule run. */
  readonly isOn: (rule: string) => boolean;
  /** What became of each glossary term of a pair; reckoned once and shared by the rules. */
  readonly judgeTerms: (pair: CheckedPair) => readonly TermVerdict[];
};

export type Rule = {
  /** Stable slug; catalogue keys and ignore records derive from it. */
  readonly id: string;
  /** Unless the profile says otherwise. A finding may be graver or milder than its rule. */
  readonly severity: Severity;
  /** Looks at one pair. */
  readonly checkPair?: (pair: CheckedPair, context: CheckContext) => readonly Finding[];
  /** Looks at all pairs together. */
  readonly checkPairs?: (context: CheckContext) => readonly Finding[];
};

/** What most findings leave out. */
export type FindingParts = Partial<Finding> & Pick<Finding, "message" | "subject">;

export function makeFinding(rule: string, severity: Severity, pair: CheckedPair, parts: FindingParts): Finding {
  return { rule, severity, pair: pair.id, expected: [], values: {}, ...parts };
}

export function hasText(text: string): boolean {
  return /\S/u.test(text);
}

/** Letters or digits of any script: what is worth translating at all. */
export function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}
