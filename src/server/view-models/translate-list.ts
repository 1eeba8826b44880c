/** The texts that can be translated, with how far each is. */
import type { Application } from "../../workflow/application.ts";
import type { Project } from "../context.ts";

export type TranslateListRow = {
  readonly id: string;
  readonly title: string;
  readonly body: string | undefined;
  readonly date: string | undefined;
  readonly language: string;
  readonly rows: number;
  readonly confirmed: number;
  readonly address: string;
  readonly standing: "untouched" | "begun" | "done";
};

const ORDER: readonly TranslateListRow["standing"][] = ["begun", "untouched", "done"];

/** What is begun first, then what waits, then what is done; the newest first among equals. */
export async function listTranslations(application: Application, project: Project): Promise<readonly TranslateListRow[]> {
  const documents = await application.stores.documents.list({ projectId: project.id, side: "source" });
  return documents
    .map(({ id, title, body, date, language, segmentCount, confirmedCount }): TranslateListRow => {
      const standing = segmentCount > 0 && confirmedCount === segmentCount ? "done" : confirmedCount > 0 ? "begun" : "untouched";
      const address = `/p/${encodeURIComponent(project.id)}/translate?document=${encodeURIComponent(id)}`;
      return { id, title, body, date, language, rows: segmentCount, confirmed: confirmedCount, address, standing };
    })
    .sort(
      (one, other) =>
        ORDER.indexOf(one.standing) - ORDER.indexOf(other.standing) ||
        (other.date ?? "").localeCompare(one.date ?? "") ||
        one.title.localeCompare(other.title),
    );
}
