/** The preview of a glossary file: a row for each entry with what would happen to it. */
import type { TermStatus } from "../../model/concept.ts";
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { GlossaryImportRow, GlossaryPreview } from "../../workflow/glossary-previews.ts";
import { mainLanguage } from "../../workflow/glossary.ts";
import type { Project } from "../../workflow/glossary.ts";

type ShownText = { readonly text: string; readonly language: string; readonly status: TermStatus };

export type ImportRow = {
  readonly kind: GlossaryImportRow["kind"];
  readonly headword: string;
  readonly language: string;
  readonly renderings: readonly ShownText[];
  /** Stored entries that this one meets. */
  readonly stored: readonly string[];
  readonly changes: readonly {
    readonly kind: "add" | "content" | "status";
    readonly text: string;
    readonly language: string;
    readonly before?: TermStatus;
    readonly after?: TermStatus;
    readonly citations: number;
  }[];
  /** How many fields and relations of the entry itself would change. */
  readonly ownChanges: number;
};

export type ImportView = {
  readonly counts: GlossaryPreview["counts"];
  readonly rows: readonly ImportRow[];
  readonly diagnostics: readonly Diagnostic[];
  readonly hasErrors: boolean;
  readonly facts: GlossaryPreview["facts"];
};

export function buildImportView(preview: GlossaryPreview, project: Project): ImportView {
  const { counts, diagnostics, hasErrors, facts } = preview;
  return { counts, diagnostics, hasErrors, facts, rows: preview.rows.map((row) => buildRow(row, project)) };
}

function buildRow({ kind, concept, candidates, changes, conceptChanges }: GlossaryImportRow, project: Project): ImportRow {
  const source = mainLanguage(project.sourceLanguage);
  const head = concept.terms.find(({ language }) => mainLanguage(language) === source) ?? concept.terms[0];
  return {
    kind,
    headword: head?.text ?? concept.id,
    language: head?.language ?? project.sourceLanguage,
    renderings: concept.terms
      .filter((term) => term !== head && mainLanguage(term.language) !== source)
      .map(({ text, language, status }) => ({ text, language, status })),
    stored: candidates.map(({ id }) => id),
    ownChanges: conceptChanges.length,
    changes: changes.map((change) => ({
      kind: change.kind,
      text: change.term.text,
      language: change.term.language,
      citations: change.kind === "content" ? change.attestations.length : change.term.attestations.length,
      ...(change.kind === "status" ? { before: change.stored.status, after: change.term.status } : {}),
    })),
  };
}
