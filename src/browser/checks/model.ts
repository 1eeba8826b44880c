/** Findings in the page: filters, groups in order, the flat list of rows that the virtual list shows. */
import type { Finding, Severity } from "../../model/finding.ts";

export type Pair = {
  readonly document: string;
  readonly paragraph: number;
  readonly source: string;
  readonly target: string;
  readonly address: string;
  readonly aligned: boolean;
};
export type Ignore = { readonly reason: string; readonly author: string; readonly at: string };
export type ShownFinding = Finding & { readonly ignored?: Ignore | undefined };
export type TermUse = { readonly subject: string; readonly places: number; readonly asApproved: number };

export type Checks = {
  readonly state: "ready";
  readonly checkedAt: string;
  readonly milliseconds: number;
  readonly pairs: number;
  readonly alignedPairs: number;
  readonly unsurePairs: number;
  readonly documents: readonly { readonly id: string; readonly title: string }[];
  readonly texts: Readonly<Record<string, Pair>>;
  readonly groups: readonly string[];
  readonly findings: readonly ShownFinding[];
  readonly uses: readonly TermUse[];
};

export const FACETS = ["severity", "rule", "kind", "document"] as const;
export type Facet = (typeof FACETS)[number];
export type Filters = { readonly [facet in Facet]?: string | undefined } & { readonly ignored: boolean };

export type Group = { readonly subject: string; readonly severity: Severity; readonly findings: readonly ShownFinding[] };
export type Row =
  | { readonly kind: "group"; readonly group: Group }
  | { readonly kind: "finding"; readonly group: Group; readonly finding: ShownFinding };

const GRADES: readonly Severity[] = ["error", "warning", "information"];

export function keyOf({ rule, pair, subject, message, sourceSpan, targetSpan }: Finding): string {
  return JSON.stringify([rule, pair, subject, message, sourceSpan?.start, targetSpan?.start]);
}

/** What a decision to ignore is about: several findings of one rule on one wording of a row go together. */
export function isSameDecision(one: Finding, other: Finding): boolean {
  return one.rule === other.rule && one.pair === other.pair && one.subject === other.subject;
}

export function facetValue(checks: Checks, finding: Finding, facet: Facet): string {
  const pair = checks.texts[finding.pair];
  if (facet === "severity") return finding.severity;
  if (facet === "rule") return finding.rule;
  if (facet === "kind") return pair?.aligned ? "aligned" : "rows";
  return pair?.document ?? "";
}

/** The findings that pass; `except` leaves one facet out, to count what choosing in it would show. */
export function passing(checks: Checks, filters: Filters, except?: Facet): readonly ShownFinding[] {
  const wanted = FACETS.filter((facet) => facet !== except && filters[facet] !== undefined);
  return checks.findings.filter(
    (finding) =>
      (finding.ignored !== undefined) === filters.ignored &&
      wanted.every((facet) => facetValue(checks, finding, facet) === filters[facet]),
  );
}

/** In the order of the server, the gravest first; groups of which nothing is left fall away. */
export function groupOf(checks: Checks, findings: readonly ShownFinding[]): readonly Group[] {
  const members = new Map<string, ShownFinding[]>();
  for (const finding of findings) {
    const list = members.get(finding.subject);
    if (list) list.push(finding);
    else members.set(finding.subject, [finding]);
  }
  const order = new Set([...checks.groups, ...members.keys()]);
  return [...order].flatMap((subject) => {
    const list = members.get(subject);
    if (!list) return [];
    const severity = GRADES.find((grade) => list.some((finding) => finding.severity === grade)) ?? "information";
    return [{ subject, severity, findings: list }];
  });
}

export function rowsOf(groups: readonly Group[], open: ReadonlySet<string>): readonly Row[] {
  return groups.flatMap((group): Row[] => [
    { kind: "group", group },
    ...(open.has(group.subject) ? group.findings.map((finding): Row => ({ kind: "finding", group, finding })) : []),
  ]);
}

/** How the wording of a group stands: as approved, otherwise, missing. Undefined for rules that are not about terms. */
export type Standing = {
  readonly approved: number;
  readonly actual: readonly { readonly text: string; readonly count: number }[];
  readonly missing: { readonly count: number; readonly paragraphs: readonly number[] };
  readonly fewer: { readonly count: number; readonly paragraphs: readonly number[] };
};

export function standingOf(checks: Checks, group: Group): Standing | undefined {
  const terms = group.findings.filter(({ rule }) => rule === "rendering-missing" || rule === "rendering-forbidden");
  if (terms.length === 0) return undefined;
  const actual = new Map<string, number>();
  const missing = { count: 0, paragraphs: [] as number[] };
  const fewer = { count: 0, paragraphs: [] as number[] };
  for (const finding of terms) {
    const { actual: text, values, message, rule } = finding;
    const paragraph = checks.texts[finding.pair]?.paragraph ?? 0;
    const lost = Number(values["count"] ?? 1) - Number(values["found"] ?? 0);
    if (rule === "rendering-forbidden" || message === "sibling") {
      const key = text ?? "";
      actual.set(key, (actual.get(key) ?? 0) + 1);
    } else {
      const kind = message === "fewer" ? fewer : missing;
      kind.count += lost;
      if (!kind.paragraphs.includes(paragraph)) kind.paragraphs.push(paragraph);
    }
  }
  return {
    approved: checks.uses.find(({ subject }) => subject === group.subject)?.asApproved ?? 0,
    actual: [...actual].map(([text, count]) => ({ text, count })).toSorted((one, other) => other.count - one.count),
    missing,
    fewer,
  };
}
