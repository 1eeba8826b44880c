/**
 * A rendering that the glossary forbids, deprecates, supersedes or has rejected stands in the target, and its term in
 * the source. Forbidden: error. The others: error when no accepted rendering stands there, else a warning (the text may
 * quote both). A rendering outside the dates of its validity: warning. Refused renderings without their term in the
 * source are left alone: "the masses" may translate another word.
 */
import type { CheckedPair, Finding, Severity } from "../model/finding.ts";
import { makeFinding } from "./rule.ts";
import type { Rule } from "./rule.ts";
import type { RefusedUse, TermVerdict } from "./term-evidence.ts";

export const renderingForbidden: Rule = {
  id: "rendering-forbidden",
  severity: "error",
  checkPair: (pair, context) =>
    context.judgeTerms(pair).flatMap((verdict) => verdict.refused.map((use) => report(pair, verdict, use))),
};

function report(pair: CheckedPair, verdict: TermVerdict, { term, span }: RefusedUse): Finding {
  const actual = pair.target.slice(span.start, span.end);
  const [place] = verdict.places;
  const expected = verdict.expected.length > 0 ? verdict.expected : verdict.entry.proposed;
  const outdated = term.status === "approved" || term.status === "admitted";
  const severity: Severity = term.status === "forbidden" ? "error" : outdated || verdict.found.length > 0 ? "warning" : "error";
  return makeFinding("rendering-forbidden", severity, pair, {
    message: outdated ? "outdated" : term.status,
    subject: verdict.entry.text,
    actual,
    expected,
    targetSpan: span,
    ...(place ? { sourceSpan: place } : {}),
    values: {
      term: verdict.entry.text,
      actual,
      rendering: expected[0] ?? "",
      note: term.note ?? "",
      until: term.validUntil ?? "",
      from: term.validFrom ?? "",
    },
  });
}
