/** Checks in a worker thread: pairs, glossary and profile come as plain data. */
import type { CheckProfile } from "../checks/filters.ts";
import { hasText } from "../checks/rule.ts";
import { runChecks } from "../checks/run-checks.ts";
import { judgePair } from "../checks/term-evidence.ts";
import { createTermTable } from "../checks/term-table.ts";
import type { CheckInput, Finding } from "../model/finding.ts";
import type { ProgressReporter } from "../model/job.ts";
import type { IsoDay } from "../model/span.ts";

export type CheckTaskInput = {
  readonly input: CheckInput;
  readonly profile?: CheckProfile;
  /** Dates of the documents by the `file` of their pairs. */
  readonly dates: readonly (readonly [string, IsoDay])[];
};

/** How a wording of the glossary that has findings was rendered in all pairs: what the findings have to be seen against. */
export type TermUse = { readonly subject: string; readonly places: number; readonly asApproved: number };

export type CheckTaskOutput = { readonly findings: readonly Finding[]; readonly uses: readonly TermUse[] };

const TERM_RULES: readonly string[] = ["rendering-missing", "rendering-forbidden"];

export function check({ input, profile, dates }: CheckTaskInput, report?: ProgressReporter): CheckTaskOutput {
  const days = new Map(dates);
  const findings = runChecks(input, { dates: days, ...(profile ? { profile } : {}), ...(report ? { report } : {}) });
  const subjects = new Set(findings.filter(({ rule }) => TERM_RULES.includes(rule)).map(({ subject }) => subject));
  return { findings, uses: subjects.size === 0 ? [] : countUses({ input, subjects, days }) };
}

/** A second look at the pairs that hold one of the wordings. Cost: one pass of recognition, and judging those pairs. */
function countUses(given: {
  readonly input: CheckInput;
  readonly subjects: ReadonlySet<string>;
  readonly days: ReadonlyMap<string, IsoDay>;
}): readonly TermUse[] {
  const { input, subjects, days } = given;
  const table = createTermTable(input.concepts, input.sourceLanguage, input.targetLanguage);
  const uses = new Map<string, { places: number; asApproved: number }>();
  for (const pair of input.pairs) {
    if (!hasText(pair.target)) continue;
    const holds = table.recognizeTerms(pair.source).some(({ term }) => subjects.has(table.findEntry(term)?.text ?? ""));
    if (!holds) continue;
    for (const { entry, places, own } of judgePair(pair, table, days.get(pair.file))) {
      if (!subjects.has(entry.text) || places.length === 0) continue;
      const use = uses.get(entry.text) ?? { places: 0, asApproved: 0 };
      uses.set(entry.text, {
        places: use.places + places.length,
        asApproved: use.asApproved + Math.min(own, places.length),
      });
    }
  }
  return [...uses].map(([subject, use]) => ({ subject, ...use }));
}
