/**
 * Runs the rules over all pairs and puts what they find in order.
 *
 * Only pairs with a target are checked, but for the rule on empty targets. Deterministic: the same input gives the same
 * findings in the same order. A rule that throws is a bug and is let through.
 * Cost: O(pairs × (text + terms found)).
 */
import type { CheckedPair, CheckInput, Finding } from "../model/finding.ts";
import type { ProgressReporter } from "../model/job.ts";
import type { IsoDay } from "../model/span.ts";
import { applyProfile, isRuleOn, orderFindings, withoutDuplicates } from "./filters.ts";
import type { CheckProfile } from "./filters.ts";
import { RULES } from "./registry.ts";
import { hasText } from "./rule.ts";
import type { CheckContext } from "./rule.ts";
import { judgePair } from "./term-evidence.ts";
import type { TermVerdict } from "./term-evidence.ts";
import { createTermTable } from "./term-table.ts";

export type CheckOptions = {
  readonly profile?: CheckProfile;
  readonly report?: ProgressReporter;
  /** Dates of texts by the `file` of a pair, for terms whose validity is limited. */
  readonly dates?: ReadonlyMap<string, IsoDay>;
};

const REPORT_EVERY = 200;

export function runChecks(input: CheckInput, options: CheckOptions = {}): readonly Finding[] {
  const { profile, report, dates } = options;
  const rules = RULES.filter(({ id }) => isRuleOn(profile, id));
  const table = createTermTable(input.concepts, input.sourceLanguage, input.targetLanguage);
  // One pair at a time is judged and its verdicts thrown away: a project of any size fits.
  let judged: { readonly pair: CheckedPair; readonly verdicts: readonly TermVerdict[] } | undefined;
  const context: CheckContext = {
    input,
    translated: input.pairs.filter(({ target }) => hasText(target)),
    isOn: (rule) => isRuleOn(profile, rule),
    judgeTerms: (pair) => {
      if (judged?.pair !== pair) judged = { pair, verdicts: judgePair(pair, table, dates?.get(pair.file)) };
      return judged.verdicts;
    },
  };
  const found: Finding[] = [];
  input.pairs.forEach((pair, at) => {
    if (at % REPORT_EVERY === 0) report?.({ done: at, total: input.pairs.length, stage: "check" });
    const empty = !hasText(pair.target);
    for (const { id, checkPair } of rules) {
      if (checkPair && (id === "empty-target" || !empty)) found.push(...checkPair(pair, context));
    }
  });
  for (const { checkPairs } of rules) if (checkPairs) found.push(...checkPairs(context));
  report?.({ done: input.pairs.length, total: input.pairs.length, stage: "check" });
  const order = new Map(RULES.map(({ id }, at) => [id, at]));
  return orderFindings(withoutDuplicates(applyProfile(found, profile)), input.pairs, order);
}
