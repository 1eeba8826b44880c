/** What contradicts what in an entry. It names who says what, in the order of the project's authorities; it decides nothing. */
import type { Source, Term, TermUsage } from "../model/concept.ts";
import type { AuthorityLevel } from "../model/vetting.ts";
import { rankTerm } from "../terminology/authority.ts";
import { mainLanguage } from "./glossary.ts";

/** A side of a conflict: a wording of the entry, with the best rank of its citations. */
export type ConflictSide = {
  readonly termId: string;
  readonly text: string;
  readonly language: string;
  readonly status: Term["status"];
  readonly rank?: number;
};

export type WhyConflict =
  /** Several approved wordings for the same use. */
  | { readonly kind: "several-approved"; readonly usage?: TermUsage; readonly terms: readonly ConflictSide[] }
  /** Sources render it differently for the same use; highest authority first. */
  | { readonly kind: "sources-differ"; readonly usage?: TermUsage; readonly terms: readonly ConflictSide[] }
  /** The approved wording is approved for other entries too: in a text they cannot be told apart. */
  | {
      readonly kind: "shared-rendering";
      readonly terms: readonly ConflictSide[];
      readonly others: readonly { readonly conceptId: string; readonly text: string }[];
    };

type Parts = {
  readonly sourceLanguage: string;
  readonly terms: readonly Term[];
  readonly sources: ReadonlyMap<string, Source>;
  readonly levels: readonly AuthorityLevel[];
  readonly sharing: readonly { readonly termId: string; readonly conceptId: string; readonly text: string }[];
};

export function findConflicts(parts: Parts): readonly WhyConflict[] {
  const renderings = parts.terms.filter(({ language }) => mainLanguage(language) !== mainLanguage(parts.sourceLanguage));
  const groups = Map.groupBy(renderings, ({ language, usage }) => `${mainLanguage(language)} ${usage ?? ""}`);
  const side = (term: Term): ConflictSide => {
    const rank = rankTerm(term, parts);
    const { id: termId, text, language, status } = term;
    return { termId, text, language, status, ...(rank === undefined ? {} : { rank }) };
  };
  const conflicts: WhyConflict[] = [];
  for (const group of groups.values()) {
    const usage = group[0]?.usage;
    const use = usage === undefined ? {} : { usage };
    const approved = group.filter(({ status }) => status === "approved");
    if (approved.length > 1) conflicts.push({ kind: "several-approved", ...use, terms: approved.map(side) });
    const seen = group.filter(
      (term) => term.status !== "rejected" && term.attestations.some(({ source }) => source !== "house" && source !== "proposed"),
    );
    if (new Set(seen.map(({ text }) => text)).size > 1) {
      const terms = seen.map(side).sort((one, other) => (one.rank ?? Infinity) - (other.rank ?? Infinity) || 0);
      conflicts.push({ kind: "sources-differ", ...use, terms });
    }
  }
  for (const term of renderings) {
    const others = parts.sharing.filter(({ termId }) => termId === term.id).map(({ conceptId, text }) => ({ conceptId, text }));
    if (others.length > 0) conflicts.push({ kind: "shared-rendering", terms: [side(term)], others });
  }
  return conflicts;
}
