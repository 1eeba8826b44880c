/** The report on a batch of alignments: what a person should look at, as a table, JSON or one HTML file. */
import { makeVisible } from "../text/visible-text.ts";
import { joinSegments } from "../workflow/align-texts.ts";
import type { FileAlignment } from "../workflow/align-texts.ts";
import { listDoubts } from "../workflow/alignment-doubts.ts";
import type { Doubt } from "../workflow/alignment-doubts.ts";
import { escapeHtml, wrapHtmlPage } from "../workflow/html-page.ts";
import type { CommandContext } from "./context.ts";

export type ReportFormat = "table" | "json" | "html";

export type ReportedDoubt = Doubt & { readonly sourceText: string; readonly targetText: string };

export type ReportedPair = {
  readonly source: string;
  readonly target: string;
  /** Where the alignment was written. */
  readonly file: string;
  readonly beads: number;
  readonly alone: number;
  /** Mean confidence of the beads with text on both sides, weighed by sentences. */
  readonly confidence: number;
  readonly doubtful: readonly ReportedDoubt[];
};

export type BatchReport = {
  readonly pairs: readonly ReportedPair[];
  readonly unpaired: readonly string[];
  readonly unreadable: readonly string[];
};

const LONGEST_TEXT = 120;

export function reportPair(alignment: FileAlignment, files: Pick<ReportedPair, "source" | "target" | "file">): ReportedPair {
  const { beads, source, target } = alignment;
  const paired = beads.filter((bead) => bead.source.length > 0 && bead.target.length > 0);
  const weight = (bead: (typeof beads)[number]) => bead.source.length + bead.target.length;
  const total = paired.reduce((sum, bead) => sum + weight(bead), 0);
  const read = (text: typeof source, { from, to }: Doubt["source"]) =>
    shorten(
      joinSegments(
        text.segments.slice(from, to).map((segment) => segment.text),
        text.language,
      ),
    );
  return {
    ...files,
    beads: beads.length,
    alone: beads.length - paired.length,
    confidence: total === 0 ? 0 : paired.reduce((sum, bead) => sum + bead.confidence * weight(bead), 0) / total,
    doubtful: listDoubts(alignment).map((doubt) => ({
      ...doubt,
      sourceText: read(source, doubt.source),
      targetText: read(target, doubt.target),
    })),
  };
}

function shorten(text: string): string {
  const signs = [...text.replaceAll(/\s+/gu, " ")];
  return signs.length > LONGEST_TEXT ? `${signs.slice(0, LONGEST_TEXT).join("")}…` : signs.join("");
}

/** Segments counted from 1, as a person does: `3`, `3-5`, nothing for an empty side. */
function formatRange({ from, to }: Doubt["source"]): string {
  return to <= from ? "" : to === from + 1 ? String(to) : `${from + 1}-${to}`;
}

export function formatReport(context: CommandContext, report: BatchReport, format: ReportFormat): string {
  switch (format) {
    case "json":
      return `${JSON.stringify(roundReport(report), undefined, 1)}\n`;
    case "html":
      return formatHtml(context, report);
    case "table":
      return formatTable(context, report);
  }
}

function roundReport(report: BatchReport): BatchReport {
  const round = (value: number) => Number(value.toFixed(4));
  return {
    ...report,
    pairs: report.pairs.map((pair) => ({
      ...pair,
      confidence: round(pair.confidence),
      doubtful: pair.doubtful.map((doubt) => ({ ...doubt, confidence: round(doubt.confidence) })),
    })),
  };
}

const COLUMNS = ["file", "source-lines", "target-lines", "confidence", "why", "source-text", "target-text"] as const;

function formatTable({ t }: CommandContext, { pairs }: BatchReport): string {
  const rows = pairs.flatMap((pair) =>
    pair.doubtful.map((doubt) => listCells(pair, doubt, t(`cli:align.reason.${doubt.reason}`))),
  );
  const heads = COLUMNS.map((column) => t(`cli:align.column.${column}`));
  return [heads, ...rows].map((cells) => `${cells.map(makeVisible).join("\t")}\n`).join("");
}

function listCells(pair: ReportedPair, doubt: ReportedDoubt, why: string): readonly string[] {
  return [
    pair.file,
    formatRange(doubt.source),
    formatRange(doubt.target),
    doubt.confidence.toFixed(2),
    why,
    doubt.sourceText,
    doubt.targetText,
  ];
}

function formatHtml({ t, language }: CommandContext, report: BatchReport): string {
  const row = (cells: readonly string[], tag: "td" | "th") =>
    `<tr>${cells.map((cell) => `<${tag}>${escapeHtml(cell)}</${tag}>`).join("")}</tr>`;
  const heads = COLUMNS.slice(1).map((column) => t(`cli:align.column.${column}`));
  const parts = report.pairs.map((pair) => {
    const summary = `<h2>${escapeHtml(pair.file)}</h2>\n<p>${escapeHtml(summarizePair(t, pair))}</p>`;
    if (pair.doubtful.length === 0) return summary;
    const rows = pair.doubtful.map((doubt) => row(listCells(pair, doubt, t(`cli:align.reason.${doubt.reason}`)).slice(1), "td"));
    return `${summary}\n<table>\n${[row(heads, "th"), ...rows].join("\n")}\n</table>`;
  });
  const left = [
    ...report.unpaired.map((path) => t("cli:align.unpaired", { file: path })),
    ...report.unreadable.map((path) => t("cli:align.unreadable", { file: path })),
  ];
  const rest = left.length === 0 ? [] : [`<ul>${left.map((line) => `<li>${escapeHtml(line)}</li>`).join("")}</ul>`];
  return wrapHtmlPage({ language, title: t("cli:align.report"), body: [...parts, ...rest].join("\n") });
}

export function summarizePair(t: CommandContext["t"], pair: ReportedPair): string {
  return t("cli:align.summary", {
    file: pair.file,
    count: pair.beads,
    alone: pair.alone,
    doubtful: pair.doubtful.length,
    confidence: pair.confidence.toFixed(2),
  });
}
