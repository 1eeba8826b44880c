/** Findings as a report: JSON and SARIF for scripts, CSV for spreadsheets, text for a terminal, one HTML page for people. */
import { writeCsv } from "../formats/csv.ts";
import type { Severity } from "../model/finding.ts";
import type { Span } from "../model/span.ts";
import type { CheckFilesResult, ReportedFinding } from "./check-files.ts";

/** The words of a report, from the catalogues. */
export type ReportWords = {
  /** Language of the words, for the page. */
  readonly language: string;
  /** `checks:report.<key>` with values. */
  readonly label: (key: string, values?: Readonly<Record<string, number>>) => string;
  readonly ruleName: (rule: string) => string;
  readonly ruleExplanation: (rule: string) => string;
  readonly severityName: (severity: Severity) => string;
};

const COLUMNS = ["rule", "severity", "file", "unit", "segment", "actual", "expected", "message", "source", "target"] as const;

/** The contract's keys, always all of them: what there is none of is null. */
export function formatCheckJson({ findings }: Pick<CheckFilesResult, "findings">): string {
  const objects = findings.map((finding) => ({
    rule: finding.rule,
    severity: finding.severity,
    file: finding.file,
    unit: finding.unit,
    segment: finding.segment ?? null,
    sourceSpan: finding.sourceSpan ?? null,
    targetSpan: finding.targetSpan ?? null,
    actual: finding.actual ?? null,
    expected: finding.expected,
    message: finding.message,
  }));
  return `${JSON.stringify({ findings: objects }, undefined, 2)}\n`;
}

export function formatCheckCsv(
  { findings }: Pick<CheckFilesResult, "findings">,
  words: Pick<ReportWords, "label" | "severityName">,
): string {
  const rows = findings.map((finding) =>
    COLUMNS.map((column) => {
      if (column === "expected") return finding.expected.join(" | ");
      if (column === "severity") return words.severityName(finding.severity);
      return finding[column] ?? "";
    }),
  );
  return writeCsv(rows, { header: COLUMNS.map((column) => words.label(column)), neutraliseFormulas: true, bom: true });
}

/** One line a finding, as compilers write them, then the counts. */
export function formatCheckText({ findings, counts }: Pick<CheckFilesResult, "findings" | "counts">, words: ReportWords): string {
  const lines = findings.map(
    (finding) => `${placeOf(finding)}: ${words.severityName(finding.severity)}: ${oneLine(finding.message)} [${finding.rule}]`,
  );
  const summary = findings.length === 0 ? words.label("none") : words.label("counts", countValues(counts));
  return `${[...lines, summary].join("\n")}\n`;
}

function countValues(counts: CheckFilesResult["counts"]): Readonly<Record<string, number>> {
  return { errors: counts.error, warnings: counts.warning, information: counts.information };
}

function placeOf({ file, unit, segment }: ReportedFinding): string {
  return [file, unit, ...(segment === undefined ? [] : [segment])].map(oneLine).join(":");
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}

const SARIF_LEVELS: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", information: "note" };

/** SARIF 2.1.0 (OASIS): "A SARIF log file SHALL contain a single top-level object". Units are logical locations. */
export function formatCheckSarif({ findings }: Pick<CheckFilesResult, "findings">, words: ReportWords): string {
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Dingyi",
            rules: rules.map((rule) => ({
              id: rule,
              shortDescription: { text: words.ruleName(rule) },
              fullDescription: { text: words.ruleExplanation(rule) },
            })),
          },
        },
        columnKind: "utf16CodeUnits",
        results: findings.map((finding) => ({
          ruleId: finding.rule,
          ruleIndex: rules.indexOf(finding.rule),
          level: SARIF_LEVELS[finding.severity],
          message: { text: finding.message },
          locations: [
            {
              physicalLocation: { artifactLocation: { uri: encodeURI(finding.file.replaceAll("\\", "/")) } },
              logicalLocations: [
                {
                  name: finding.unit,
                  fullyQualifiedName: finding.segment === undefined ? finding.unit : `${finding.unit}/${finding.segment}`,
                },
              ],
            },
          ],
        })),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

const STYLE = `:root{color-scheme:light dark}body{font:15px/1.6 system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}
h1{font-size:1.4rem}h2{font-size:1.05rem;margin:1.6rem 0 .4rem}table{border-collapse:collapse;width:100%}th,td{text-align:start;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid #8884}
th{font-weight:600}.error{color:#b3261e}.warning{color:#8a5a00}.information{color:#456}mark{background:#ffd54f99;color:inherit}@media (prefers-color-scheme:dark){.error{color:#ff8a80}.warning{color:#ffcc66}.information{color:#9ab}}`;

/** Grouped by formulation; no script, nothing loaded from elsewhere, so that it can be sent by mail. */
export function formatCheckHtml({ findings, counts }: Pick<CheckFilesResult, "findings" | "counts">, words: ReportWords): string {
  const groups = new Map<string, ReportedFinding[]>();
  for (const finding of findings) {
    const group = groups.get(finding.subject);
    if (group) group.push(finding);
    else groups.set(finding.subject, [finding]);
  }
  const head = ["severity", "file", "unit", "source", "target", "message"].map(
    (key) => `<th scope="col">${escape(words.label(key))}</th>`,
  );
  const sections = [...groups].map(
    ([subject, members]) =>
      `<h2>${escape(subject)} <small>${String(members.length)}</small></h2>\n<table>\n<tr>${head.join("")}</tr>\n` +
      `${members.map((finding) => formatRow(finding, words)).join("\n")}\n</table>`,
  );
  const summary = findings.length === 0 ? words.label("none") : words.label("counts", countValues(counts));
  return (
    `<!doctype html>\n<html lang="${escape(words.language)}">\n<head>\n<meta charset="utf-8">\n<title>${escape(words.label("title"))}</title>\n` +
    `<meta name="viewport" content="width=device-width">\n<style>${STYLE}</style>\n</head>\n<body>\n<h1>${escape(words.label("title"))}</h1>\n` +
    `<p>${escape(summary)}</p>\n${sections.join("\n")}\n</body>\n</html>\n`
  );
}

function formatRow(finding: ReportedFinding, words: ReportWords): string {
  const cells = [
    `<td class="${finding.severity}" title="${escape(words.ruleName(finding.rule))}">${escape(words.severityName(finding.severity))}</td>`,
    `<td>${escape(finding.file)}</td>`,
    `<td>${escape([finding.unit, finding.segment].filter((part) => part !== undefined).join(" / "))}</td>`,
    `<td>${markSpan(finding.source, finding.sourceSpan)}</td>`,
    `<td>${markSpan(finding.target, finding.targetSpan)}</td>`,
    `<td>${escape(finding.message)}</td>`,
  ];
  return `<tr>${cells.join("")}</tr>`;
}

function markSpan(text: string, span: Span | undefined): string {
  if (!span || span.end <= span.start) return escape(text);
  return `${escape(text.slice(0, span.start))}<mark>${escape(text.slice(span.start, span.end))}</mark>${escape(text.slice(span.end))}`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
