/** Findings of a run as the reports of src/workflow/check-report.ts take them, with the filters of the page applied. */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Severity } from "../../model/finding.ts";
import type { PlacedFinding, TextsCheck } from "../../workflow/check-texts.ts";
import type { CheckFilesResult } from "../../workflow/check-files.ts";
import { nameDocument } from "./checks.ts";

export type FindingFilter = {
  readonly rule?: readonly string[] | undefined;
  readonly severity?: readonly string[] | undefined;
  readonly document?: readonly string[] | undefined;
  /** `rows`, `aligned`. */
  readonly kind?: readonly string[] | undefined;
};

/** A filter that is not given lets everything through. */
export function selectFindings({ findings }: Pick<TextsCheck, "findings">, filter: FindingFilter): readonly PlacedFinding[] {
  const passes = (wanted: readonly string[] | undefined, value: string) => wanted === undefined || wanted.includes(value);
  return findings.filter(
    (finding) =>
      passes(filter.rule, finding.rule) &&
      passes(filter.severity, finding.severity) &&
      passes(filter.document, finding.documentId) &&
      passes(filter.kind, finding.aligned ? "aligned" : "rows"),
  );
}

type Translate = (key: string, values?: Readonly<Record<string, string | number>>) => string;

const FINDINGS_PER_TURN = 200;

/** In turns: putting thousands of findings into words would hold up other requests. */
export async function reportFindings(
  placed: readonly PlacedFinding[],
  t: Translate,
): Promise<Pick<CheckFilesResult, "findings" | "counts">> {
  const titles = new Map(placed.map(({ documentId, documentTitle }) => [documentId, documentTitle]));
  const counts: Record<Severity, number> = { error: 0, warning: 0, information: 0 };
  const findings: CheckFilesResult["findings"][number][] = [];
  for (const one of placed) {
    counts[one.severity] += 1;
    const { rule, severity, sourceSpan, targetSpan, actual, expected, subject, source, target } = one;
    findings.push({
      ...{ rule, severity, sourceSpan, targetSpan, actual, expected, subject, source, target },
      file: one.documentTitle,
      unit: String(one.paragraph),
      segment: one.segmentId,
      message: t(`checks:${rule}.${one.message}`, nameDocument(one, titles).values),
    });
    if (findings.length % FINDINGS_PER_TURN === 0) await nextTurn();
  }
  return { findings, counts };
}
