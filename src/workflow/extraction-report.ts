/** Puts an extraction into a table, tab-separated for the eye or as CSV for a spreadsheet. */
import { writeCsv } from "../formats/csv.ts";
import type { ExtractionResult, FormulationClass } from "../model/formulation.ts";

/** The words of a table, from the catalogues. */
export type ExtractionWords = {
  readonly head: readonly string[];
  readonly frames: string;
  readonly className: (slug: FormulationClass) => string;
};

/** How many fillers of a frame fit a line that a person reads. */
const SHOWN_FILLERS = 5;

function listRows(extraction: ExtractionResult, words: ExtractionWords): readonly (readonly string[])[] {
  return extraction.formulations.map((one, index) => [
    String(index + 1),
    one.text,
    words.className(one.class),
    String(one.count),
    String(one.distinctCount),
    String(one.documents),
    String(one.independentCount),
    one.firstDate ?? "",
    one.lastDate ?? "",
  ]);
}

export function formatExtractionTable(extraction: ExtractionResult, words: ExtractionWords): string {
  const lines = [words.head, ...listRows(extraction, words)].map((row) => row.join("\t"));
  if (extraction.frames.length > 0) {
    lines.push("", words.frames);
    for (const { pattern, count, documents, fillers } of extraction.frames) {
      lines.push([pattern, count, documents, fillers.slice(0, SHOWN_FILLERS).join(" / ")].join("\t"));
    }
  }
  return `${lines.join("\n")}\n`;
}

/** Formulations alone: a table has one kind of row. */
export function formatExtractionCsv(extraction: ExtractionResult, words: ExtractionWords): string {
  return writeCsv([words.head, ...listRows(extraction, words)]);
}
