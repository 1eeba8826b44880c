/** Building export files in a worker thread. */
import type { Loss } from "../model/diagnostic.ts";
import type { TargetFormat } from "./convert-formats.ts";
import type { ExportRequest, ExportSource } from "./export-files.ts";
import { writeExport } from "./export-files.ts";

export { writeExport };

/** What a format would hold. `count`: units, rows or concepts; `losses` is undefined when that was not counted. */
export type ExportOffer = {
  readonly format: TargetFormat;
  readonly count: number;
  readonly losses: readonly Loss[] | undefined;
};

export type DescribeTaskInput = {
  readonly source: ExportSource;
  readonly request: Omit<ExportRequest, "format">;
  readonly formats: readonly TargetFormat[];
};

/** Writes each format and answers what was lost: the only honest way to know. */
export function describeExport({ source, request, formats }: DescribeTaskInput): ExportOffer[] {
  return formats.flatMap((format) => {
    const withoutTerms = source.kind === "documents" && format !== "xliff12" && format !== "xliff20";
    const used = withoutTerms ? { ...source, concepts: [] } : source;
    const file = writeExport({ source: used, request: { ...request, format }, projectName: "" });
    return file ? [{ format, count: file.count, losses: file.losses }] : [];
  });
}
