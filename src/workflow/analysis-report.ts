/**
 * An analysis as a table for a terminal, as CSV and as JSON.
 *
 * CSV: one line a file and one for the total, for each band the segments, words, characters, Asian characters and
 * non-Asian words: the columns that the analysis files of other tools have, named alike.
 */
import { BANDS } from "../memory/analyse-segments.ts";
import type { Amount, Analysis, Band, TextAnalysis } from "../memory/analyse-segments.ts";
import { writeCsv } from "../formats/csv.ts";

export type AnalysisWords = {
  readonly band: (band: Band) => string;
  readonly column: (name: AmountName | "file" | "band" | "share") => string;
  readonly total: string;
};

export const AMOUNTS = ["segments", "words", "characters", "asianCharacters", "otherWords"] as const;
export type AmountName = (typeof AMOUNTS)[number];

/** Bands that have something, in order. */
function bandsWith({ bands }: Pick<TextAnalysis, "bands">): readonly Band[] {
  return BANDS.filter((band) => bands[band].segments > 0);
}

type Row = { readonly name: string; readonly bands: TextAnalysis["bands"]; readonly total: Amount };

function rowsOf({ texts, total }: Analysis, name: string): readonly Row[] {
  const sum = { name, ...total };
  return texts.length === 1 ? texts : [...texts, sum];
}

export function formatAnalysisTable(analysis: Analysis, words: AnalysisWords): string {
  const lines: string[] = [];
  for (const { name, bands, total } of rowsOf(analysis, words.total)) {
    const head = [words.column("band"), ...AMOUNTS.map(words.column), words.column("share")];
    const body = bandsWith({ bands }).map((band) => {
      const share =
        band === "locked" || total.words === 0 ? "" : `${String(Math.round((100 * bands[band].words) / total.words))} %`;
      return [words.band(band), ...AMOUNTS.map((amount) => String(bands[band][amount])), share];
    });
    const sum = [words.total, ...AMOUNTS.map((amount) => String(total[amount])), ""];
    lines.push(name, ...alignColumns([head, ...body, sum]), "");
  }
  return `${lines.join("\n")}\n`;
}

/** Columns of a terminal: an Asian character takes two. */
function alignColumns(rows: readonly (readonly string[])[]): readonly string[] {
  const width = (text: string) => [...text].reduce((sum, character) => sum + (/[\u1100-\uffe6]/u.test(character) ? 2 : 1), 0);
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => width(row[at] ?? ""))));
  return rows.map((row) =>
    row
      .map((cell, at) => {
        const room = " ".repeat(Math.max(0, (widths[at] ?? 0) - width(cell)));
        return at === 0 ? cell + room : room + cell;
      })
      .join("  ")
      .trimEnd(),
  );
}

export function formatAnalysisCsv(analysis: Analysis, words: AnalysisWords): string {
  const head = [words.column("file")];
  for (const band of BANDS) for (const amount of AMOUNTS) head.push(`${words.band(band)} ${words.column(amount)}`);
  for (const amount of AMOUNTS) head.push(`${words.total} ${words.column(amount)}`);
  const rows = rowsOf(analysis, words.total).map(({ name, bands, total }) => [
    name,
    ...BANDS.flatMap((band) => AMOUNTS.map((amount) => String(bands[band][amount]))),
    ...AMOUNTS.map((amount) => String(total[amount])),
  ]);
  return writeCsv([head, ...rows]);
}

export function formatAnalysisJson({ texts, total }: Analysis): string {
  return `${JSON.stringify({ files: texts, total }, undefined, 1)}\n`;
}
