/** What the export page shows of documents and formats. */
import type { Loss } from "../../model/diagnostic.ts";
import type { Application } from "../../workflow/application.ts";
import type { ExportOffer } from "../../workflow/export-downloads.ts";

export type ExportDocument = {
  readonly id: string;
  readonly title: string;
  readonly date: string | undefined;
  readonly language: string;
  readonly segments: number;
  readonly confirmed: number;
};

/** Documents that can be exported: those to be translated, the newest first. */
export async function listExportDocuments(application: Application, projectId: string): Promise<readonly ExportDocument[]> {
  const documents = await application.stores.documents.list({ projectId, side: "source" });
  return documents
    .map(({ id, title, date, language, segmentCount, confirmedCount }) => ({
      ...{ id, title, date, language },
      segments: segmentCount,
      confirmed: confirmedCount,
    }))
    .toSorted((one, other) => (other.date ?? "").localeCompare(one.date ?? "") || one.title.localeCompare(other.title));
}

export type ShownOffer = {
  readonly format: string;
  readonly count: number;
  /** Undefined: not counted, because the memory is large. */
  readonly losses: readonly Loss[] | undefined;
};

export function showOffers(offers: readonly ExportOffer[]): readonly ShownOffer[] {
  return offers.map(({ format, count, losses }) => ({ format, count, losses }));
}
