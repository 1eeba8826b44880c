/** Puts an alignment of two files into TMX, XLIFF or a page that prints. */
import { writeTmx } from "../formats/tmx-write.ts";
import { writeXliff12 } from "../formats/xliff12-write.ts";
import type { Loss } from "../model/diagnostic.ts";
import type { BilingualFile } from "../model/interchange.ts";
import type { LanguageTag } from "../model/span.ts";
import type { TranslationUnit } from "../model/translation-unit.ts";
import { joinSegments } from "./align-texts.ts";
import type { AlignedBead } from "./align-texts.ts";
import { escapeHtml, wrapHtmlPage } from "./html-page.ts";

export type AlignmentReport = {
  readonly beads: readonly AlignedBead[];
  readonly from: LanguageTag;
  readonly to: LanguageTag;
  /** Name of the source file. */
  readonly original: string;
  readonly toolVersion: string;
};

export type WrittenAlignment = { readonly text: string; readonly losses: readonly Loss[] };

/** Beads with text on both sides as translation units; what stands alone has no pair and is named as a loss. */
export function formatAlignmentTmx(report: AlignmentReport): WrittenAlignment {
  const units = report.beads.flatMap((bead, index): readonly TranslationUnit[] => {
    if (bead.source.length === 0 || bead.target.length === 0) return [];
    return [
      {
        id: String(index + 1),
        source: joinSegments(bead.sourceTexts, report.from),
        target: joinSegments(bead.targetTexts, report.to),
        sourceLanguage: report.from,
        targetLanguage: report.to,
        state: "initial",
        document: report.original,
      },
    ];
  });
  const { text, losses } = writeTmx(units, { sourceLanguage: report.from, toolVersion: report.toolVersion });
  const alone = report.beads.length - units.length;
  return { text, losses: alone > 0 ? [...losses, { code: "without-counterpart", count: alone }] : losses };
}

/** One unit a bead; a source without counterpart has an empty target, a target without source cannot be said. */
export function formatAlignmentXliff(report: AlignmentReport): WrittenAlignment {
  const withSource = report.beads.filter((bead) => bead.source.length > 0);
  const file: BilingualFile = {
    id: "f1",
    original: report.original,
    sourceLanguage: report.from,
    targetLanguage: report.to,
    units: withSource.map((bead, index) => ({
      id: `u${index + 1}`,
      notes: [],
      translate: true,
      segments: [
        {
          id: "s1",
          source: joinSegments(bead.sourceTexts, report.from),
          target: joinSegments(bead.targetTexts, report.to),
          state: "initial",
          sourceCodes: [],
          targetCodes: [],
        },
      ],
    })),
  };
  const { text, losses } = writeXliff12([file], { toolVersion: report.toolVersion });
  const alone = report.beads.length - withSource.length;
  return { text, losses: alone > 0 ? [...losses, { code: "without-counterpart", count: alone }] : losses };
}

/** A page of its own that needs nothing else: two columns and the confidence. */
export function formatAlignmentHtml(report: AlignmentReport): string {
  const cell = (texts: readonly string[], language: LanguageTag): string =>
    `<td lang="${escapeHtml(language)}">${escapeHtml(joinSegments(texts, language))}</td>`;
  const rows = report.beads.map(
    (bead, index) =>
      `<tr><th scope="row">${index + 1}</th>${cell(bead.sourceTexts, report.from)}` +
      `<td>${bead.source.length}:${bead.target.length} ${bead.confidence.toFixed(2)}</td>${cell(bead.targetTexts, report.to)}</tr>`,
  );
  return wrapHtmlPage({ language: report.to, title: report.original, body: `<table>\n${rows.join("\n")}\n</table>` });
}
