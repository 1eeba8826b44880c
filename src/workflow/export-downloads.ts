/**
 * Exports as the page offers them: what each format would lose, before anything is downloaded, and the file itself.
 * Files are built in a worker; a whole memory is written piece by piece, so that a million units never stand in memory.
 */
import type { Application } from "./application.ts";
import type { TargetFormat } from "./convert-formats.ts";
import type { ExportedFile, ExportRequest } from "./export-files.ts";
import { exportMemories } from "./export-memory.ts";
import type { ExportOffer } from "./export-task.ts";
import { EXPORT_FORMATS, exportName, isMemoryExport, loadExportSource } from "./export-files.ts";

export type { ExportOffer };

/** A larger memory is not read through only to say that nothing is lost. */
const MOST_UNITS_DESCRIBED = 20_000;

/** Undefined when there is no such project. */
export async function describeExport(
  application: Application,
  request: Omit<ExportRequest, "format">,
): Promise<readonly ExportOffer[] | undefined> {
  const { stores, jobs } = application;
  const project = await stores.projects.find(request.projectId);
  if (!project) return undefined;
  const units = (await stores.memories.list(project.id)).reduce(
    (sum, { unitCount, isLent }) => sum + (isLent ? 0 : unitCount),
    0,
  );
  const offers: ExportOffer[] = [];
  const described: TargetFormat[] = [];
  for (const format of EXPORT_FORMATS) {
    const isLarge = isMemoryExport({ ...request, format }) && units > MOST_UNITS_DESCRIBED;
    if (isLarge) offers.push({ format, count: units, losses: undefined });
    else described.push(format);
  }
  // One load serves the formats that are made of the same things.
  const kinds = new Map<string, TargetFormat[]>();
  for (const format of described) {
    const kind = format === "glossary-csv" ? "glossary" : isMemoryExport({ ...request, format }) ? "memory" : "documents";
    kinds.set(kind, [...(kinds.get(kind) ?? []), format]);
  }
  for (const formats of kinds.values()) {
    // The first of the documents' formats is XLIFF, whose source has the glossary too.
    const source = await loadExportSource(stores, project, { ...request, format: formats[0] ?? "xliff12" });
    offers.push(...(await jobs.runTask("describeExport", { source, request, formats })));
  }
  return EXPORT_FORMATS.flatMap((format) => offers.filter((offer) => offer.format === format));
}

export type ExportDownload =
  | { readonly kind: "file"; readonly file: ExportedFile }
  | { readonly kind: "stream"; readonly name: string; readonly pieces: AsyncIterable<string> };

/** Undefined when there is no such project, or the format cannot hold what it has. */
export async function openDownload(application: Application, request: ExportRequest): Promise<ExportDownload | undefined> {
  const { stores, jobs } = application;
  const project = await stores.projects.find(request.projectId);
  if (!project) return undefined;
  if (isMemoryExport(request)) {
    const { pieces } = exportMemories(stores, project, request);
    return { kind: "stream", name: exportName(project.name, "tmx"), pieces };
  }
  const source = await loadExportSource(stores, project, request);
  const file = await jobs.runTask("writeExport", { source, request, projectName: project.name });
  return file ? { kind: "file", file } : undefined;
}
