/** A glossary as a spreadsheet: the table of glossary-rows.ts in one sheet. */
import type { Concept } from "../model/concept.ts";
import type { Loss } from "../model/diagnostic.ts";
import { neutraliseFormula } from "./csv.ts";
import { listGlossaryRows } from "./glossary-rows.ts";
import { MAX_CELL_LENGTH, writeXlsx } from "./xlsx-write.ts";

export function writeGlossaryXlsx(
  concepts: readonly Concept[],
  options: { readonly neutraliseFormulas?: boolean } = {},
): { readonly bytes: Uint8Array; readonly losses: readonly Loss[] } {
  const { header, rows } = listGlossaryRows(concepts);
  const cells = options.neutraliseFormulas ? rows.map((row) => row.map(neutraliseFormula)) : rows;
  const long = cells.reduce((sum, row) => sum + row.filter((cell) => cell.length > MAX_CELL_LENGTH).length, 0);
  return {
    bytes: writeXlsx({ header, rows: cells, sheet: "glossary" }),
    losses: long > 0 ? [{ code: "cells-too-long", count: long }] : [],
  };
}
