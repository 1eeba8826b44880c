/** What happens to findings after the rules: pure functions from findings to findings. */
import type { CheckedPair, Finding, Severity } from "../model/finding.ts";

/** Rules on or off and their severities.: {"rules": {"numbers": "warning", "chinese-left": "off"}}. */
export type CheckProfile = {
  readonly rules?: Readonly<Record<string, boolean | "off" | "on" | Severity>>;
};

/** A finding that a person has decided to live with, while the texts stay as they were. */
export type IgnoreRecord = { readonly rule: string; readonly pair: string; readonly subject: string };

const GRADES: readonly Severity[] = ["error", "warning", "information"];

export function isRuleOn(profile: CheckProfile | undefined, rule: string): boolean {
  const setting = profile?.rules?.[rule];
  return setting !== false && setting !== "off";
}

/** A severity in the profile replaces errors and warnings of the rule; what is only information stays so. */
export function applyProfile(findings: readonly Finding[], profile: CheckProfile | undefined): readonly Finding[] {
  return findings.flatMap((finding) => {
    if (!isRuleOn(profile, finding.rule)) return [];
    const setting = profile?.rules?.[finding.rule];
    const severity = GRADES.find((grade) => grade === setting);
    if (severity === undefined || finding.severity === "information") return [finding];
    return [{ ...finding, severity }];
  });
}

/** The same rule at the same places with the same message is one finding. */
export function withoutDuplicates(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter((finding) => {
    const key = identifyFinding(finding);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function identifyFinding({ rule, pair, subject, message, sourceSpan, targetSpan, actual }: Finding): string {
  return JSON.stringify([rule, pair, subject, message, sourceSpan?.start, targetSpan?.start, actual]);
}

export function withoutIgnored(findings: readonly Finding[], ignored: readonly IgnoreRecord[]): readonly Finding[] {
  const keys = new Set(ignored.map(({ rule, pair, subject }) => JSON.stringify([rule, pair, subject])));
  return findings.filter(({ rule, pair, subject }) => !keys.has(JSON.stringify([rule, pair, subject])));
}

/** By pair as they came, then by place in the source, then by rule. */
export function orderFindings(
  findings: readonly Finding[],
  pairs: readonly CheckedPair[],
  rules: ReadonlyMap<string, number>,
): readonly Finding[] {
  const positions = new Map(pairs.map(({ id }, at) => [id, at]));
  const rank = (finding: Finding): readonly number[] => [
    positions.get(finding.pair) ?? pairs.length,
    rules.get(finding.rule) ?? rules.size,
    finding.sourceSpan?.start ?? finding.targetSpan?.start ?? 0,
  ];
  return findings
    .map((finding, at) => ({ finding, at, rank: rank(finding) }))
    .toSorted((one, other) => {
      for (const [level, value] of one.rank.entries()) {
        const difference = value - (other.rank[level] ?? 0);
        if (difference !== 0) return difference;
      }
      return one.at - other.at;
    })
    .map(({ finding }) => finding);
}
