/**
 * Checks bilingual files against a glossary, without a store: what `dingyi check` prints.
 *
 * A file that cannot be read is a diagnostic with its name and does not stop the others. A baseline is an earlier report:
 * what it holds is left out, each finding as often as it stands there.
 */
import type { CheckProfile } from "../checks/filters.ts";
import { RULES } from "../checks/registry.ts";
import { runChecks } from "../checks/run-checks.ts";
import { decodeText } from "../formats/encoding.ts";
import { readGlossaryCsv } from "../formats/glossary-csv.ts";
import type { Concept } from "../model/concept.ts";
import type { Diagnostic, ReadResult } from "../model/diagnostic.ts";
import type { CheckedPair, Finding, Severity } from "../model/finding.ts";
import type { ProgressReporter } from "../model/job.ts";
import type { Span } from "../model/span.ts";
import { readPairs } from "./checked-pairs.ts";
import type { Direction, NamedFile } from "./checked-pairs.ts";

export type { CheckProfile };

/** A finding as the report gives it: the JSON object of the command line contract. */
export type ReportedFinding = {
  readonly rule: string;
  readonly severity: Severity;
  readonly file: string;
  readonly unit: string;
  readonly segment: string | undefined;
  readonly sourceSpan: Span | undefined;
  readonly targetSpan: Span | undefined;
  readonly actual: string | undefined;
  readonly expected: readonly string[];
  readonly message: string;
  /** Beyond the contract, for the readable reports. */
  readonly subject: string;
  readonly source: string;
  readonly target: string;
};

/** Puts a finding into words: `checks:<rule>.<message>` with its values. */
export type RenderMessage = (finding: Pick<Finding, "rule" | "message" | "values">) => string;

export type CheckFilesRequest = {
  readonly files: readonly NamedFile[];
  readonly glossary?: NamedFile;
  readonly profile?: CheckProfile;
  /** Findings of an earlier report, as `readBaseline` gives them. */
  readonly baseline?: readonly BaselineFinding[];
  readonly renderMessage: RenderMessage;
  readonly report?: ProgressReporter;
};

export type CheckFilesResult = {
  readonly findings: readonly ReportedFinding[];
  readonly counts: Readonly<Record<Severity, number>>;
  readonly pairs: number;
  /** Files of which something was read. */
  readonly filesRead: number;
  readonly diagnostics: readonly (Diagnostic & { readonly file: string })[];
};

export function checkFiles(request: CheckFilesRequest): CheckFilesResult {
  const diagnostics: (Diagnostic & { readonly file: string })[] = [];
  const concepts = request.glossary ? readGlossary(request.glossary, diagnostics) : [];
  const groups = new Map<string, { readonly direction: Direction; readonly pairs: CheckedPair[] }>();
  const byId = new Map<string, CheckedPair>();
  let filesRead = 0;
  for (const file of request.files) {
    const read = readPairs(file);
    diagnostics.push(...read.diagnostics.map((diagnostic) => ({ ...diagnostic, file: file.name })));
    if (!read.pairs) continue;
    filesRead++;
    for (const { direction, ...pair } of read.pairs) {
      // Ids repeat when a file was given twice or is damaged; a number keeps them apart.
      const unique = byId.has(pair.id) ? { ...pair, id: `${pair.id}#${String(byId.size)}` } : pair;
      byId.set(unique.id, unique);
      const key = JSON.stringify([direction.from, direction.to]);
      const group = groups.get(key);
      if (group) group.pairs.push(unique);
      else groups.set(key, { direction, pairs: [unique] });
    }
  }
  const found = [...groups.values()].flatMap(({ direction, pairs }) =>
    runChecks(
      { pairs, concepts, sourceLanguage: direction.from, targetLanguage: direction.to },
      { ...(request.profile ? { profile: request.profile } : {}), ...(request.report ? { report: request.report } : {}) },
    ),
  );
  const reported = found.flatMap((finding) => {
    const pair = byId.get(finding.pair);
    return pair ? [toReported(finding, pair, request.renderMessage)] : [];
  });
  const findings = withoutBaseline(reported, request.baseline ?? []);
  return { findings, counts: countSeverities(findings), pairs: byId.size, filesRead, diagnostics };
}

/** 1 when a finding of severity error is left, as scripts expect it. */
export function exitCodeOf({ counts }: Pick<CheckFilesResult, "counts">): 0 | 1 {
  return counts.error > 0 ? 1 : 0;
}

/** A list without a status column is a person's own list: what it says is meant to be kept to. */
function readGlossary(file: NamedFile, diagnostics: (Diagnostic & { readonly file: string })[]): readonly Concept[] {
  const decoded = decodeText(file.bytes);
  const read = decoded.value ? readGlossaryCsv(decoded.value.text, { defaultStatus: "approved" }) : undefined;
  for (const diagnostic of [...decoded.diagnostics, ...(read?.diagnostics ?? [])])
    diagnostics.push({ ...diagnostic, file: file.name });
  return read?.value ?? [];
}

function toReported(finding: Finding, pair: CheckedPair, renderMessage: RenderMessage): ReportedFinding {
  return {
    rule: finding.rule,
    severity: finding.severity,
    file: pair.file,
    unit: pair.unit,
    segment: pair.segment,
    sourceSpan: finding.sourceSpan,
    targetSpan: finding.targetSpan,
    actual: finding.actual,
    expected: finding.expected,
    message: renderMessage(finding),
    subject: finding.subject,
    source: pair.source,
    target: pair.target,
  };
}

function countSeverities(findings: readonly { readonly severity: Severity }[]): Readonly<Record<Severity, number>> {
  const counts = { error: 0, warning: 0, information: 0 };
  for (const { severity } of findings) counts[severity]++;
  return counts;
}

export type BaselineFinding = Pick<ReportedFinding, "rule" | "file" | "unit"> & {
  readonly segment?: string | null | undefined;
  readonly actual?: string | null | undefined;
  readonly expected?: readonly string[];
};

/** Places move when a text is edited and messages change with the language: neither makes a finding new. */
function baselineKey({ rule, file, unit, segment, actual, expected }: BaselineFinding): string {
  return JSON.stringify([rule, file.split(/[\\/]/).at(-1), unit, segment ?? "", actual ?? "", expected ?? []]);
}

function withoutBaseline(findings: readonly ReportedFinding[], baseline: readonly BaselineFinding[]): readonly ReportedFinding[] {
  const known = new Map<string, number>();
  for (const finding of baseline) known.set(baselineKey(finding), (known.get(baselineKey(finding)) ?? 0) + 1);
  return findings.filter((finding) => {
    const key = baselineKey(finding);
    const left = known.get(key) ?? 0;
    if (left === 0) return true;
    known.set(key, left - 1);
    return false;
  });
}

/** An earlier JSON report: `{"findings": […]}`. */
export function readBaseline(text: string): ReadResult<readonly BaselineFinding[]> {
  const parsed = parseJson(text);
  const findings = isRecord(parsed) ? parsed.findings : undefined;
  if (!Array.isArray(findings)) return { value: undefined, diagnostics: [{ code: "check-bad-baseline", severity: "error" }] };
  return { value: findings.filter(isBaselineFinding), diagnostics: [] };
}

function isBaselineFinding(value: unknown): value is BaselineFinding {
  return isRecord(value) && ["rule", "file", "unit"].every((key) => typeof value[key] === "string");
}

/** `{"rules": {"numbers": "off", "rendering-missing": "error"}}`; true and false also switch. */
export function readProfile(text: string): ReadResult<CheckProfile> {
  const parsed = parseJson(text);
  const rules = isRecord(parsed) ? parsed.rules : undefined;
  if (!isRecord(rules)) return { value: undefined, diagnostics: [{ code: "check-bad-profile", severity: "error" }] };
  const allowed: readonly unknown[] = [true, false, "on", "off", "error", "warning", "information"];
  const diagnostics: Diagnostic[] = [];
  for (const [rule, setting] of Object.entries(rules)) {
    if (!RULES.some(({ id }) => id === rule))
      diagnostics.push({ code: "check-unknown-rule", severity: "error", values: { rule } });
    else if (!allowed.includes(setting)) {
      diagnostics.push({ code: "check-bad-setting", severity: "error", values: { rule, setting: JSON.stringify(setting) } });
    }
  }
  return { value: diagnostics.length > 0 ? undefined : { rules: rules as NonNullable<CheckProfile["rules"]> }, diagnostics };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.startsWith("\ufeff") ? text.slice(1) : text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
