/** Findings as a reviser reads them: by formulation, the gravest and most frequent first. */
import type { Finding, Severity } from "../model/finding.ts";

export type FindingGroup = {
  readonly subject: string;
  readonly severity: Severity;
  readonly counts: Readonly<Record<Severity, number>>;
  readonly rules: readonly string[];
  readonly expected: readonly string[];
  /** What stands there instead, and how often: "precise policies" 2. */
  readonly actual: readonly { readonly text: string; readonly count: number }[];
  readonly findings: readonly Finding[];
};

const GRADES: readonly Severity[] = ["error", "warning", "information"];

export function groupFindings(findings: readonly Finding[]): readonly FindingGroup[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.subject);
    if (group) group.push(finding);
    else groups.set(finding.subject, [finding]);
  }
  return [...groups]
    .map(([subject, members]) => makeGroup(subject, members))
    .toSorted(
      (one, other) =>
        GRADES.indexOf(one.severity) - GRADES.indexOf(other.severity) ||
        other.counts[one.severity] - one.counts[one.severity] ||
        other.findings.length - one.findings.length,
    );
}

function makeGroup(subject: string, findings: readonly Finding[]): FindingGroup {
  const counts = { error: 0, warning: 0, information: 0 };
  const actual = new Map<string, number>();
  for (const finding of findings) {
    counts[finding.severity]++;
    if (finding.actual !== undefined) actual.set(finding.actual, (actual.get(finding.actual) ?? 0) + 1);
  }
  return {
    subject,
    severity: GRADES.find((grade) => counts[grade] > 0) ?? "information",
    counts,
    rules: [...new Set(findings.map(({ rule }) => rule))],
    expected: [...new Set(findings.flatMap(({ expected }) => expected))],
    actual: [...actual].map(([text, count]) => ({ text, count })).toSorted((one, other) => other.count - one.count),
    findings,
  };
}
