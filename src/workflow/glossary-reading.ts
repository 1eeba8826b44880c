/** A glossary read without a store, as a file has it: searching it, and explaining its entries. Nothing is written. */
import { writeGlossaryCsv } from "../formats/glossary-csv.ts";
import type { Concept, Source, Term, TermStatus } from "../model/concept.ts";
import type { LanguageTag } from "../model/span.ts";
import { DEFAULT_AUTHORITIES } from "../terminology/authority.ts";
import { matchKey } from "../text/match-key.ts";
import { mainLanguage } from "./glossary.ts";
import type { ShownRelation } from "./glossary-relations.ts";
import { buildWhySheet } from "./why.ts";
import type { WhySheet } from "./why.ts";

const fold = (text: string) => matchKey(text).toLowerCase();

/** Entries with the words in any wording, and a wording of one of the statuses; in the order of the file. */
export function filterConcepts<Some extends Pick<Concept, "terms">>(
  concepts: readonly Some[],
  { search = "", statuses }: { readonly search?: string; readonly statuses?: readonly TermStatus[] },
): readonly Some[] {
  const key = fold(search);
  return concepts.filter(
    ({ terms }) =>
      (key === "" || terms.some(({ text }) => fold(text).includes(key))) &&
      (statuses === undefined || terms.some(({ status }) => statuses.includes(status))),
  );
}

/** The table of `glossary export`. */
export function formatGlossaryTable(concepts: readonly Concept[]): string {
  return writeGlossaryCsv(concepts);
}

/** Why the renderings of the entries with this wording stand as they do, as far as a file can tell. */
export function explainFromFile(
  concepts: readonly Concept[],
  request: {
    readonly text: string;
    /** What the file is called. */
    readonly name: string;
    readonly sources: readonly Source[];
    readonly sourceLanguage: LanguageTag;
    readonly targetLanguage: LanguageTag;
  },
): readonly WhySheet[] {
  const { text, name, sources, sourceLanguage, targetLanguage } = request;
  const key = fold(text);
  const byId = new Map(concepts.map((concept) => [concept.id, concept]));
  const head = (concept: Concept | undefined): Term | undefined =>
    concept?.terms.find(({ language }) => mainLanguage(language) === mainLanguage(sourceLanguage)) ?? concept?.terms[0];
  return concepts
    .filter(({ terms }) => terms.some((term) => fold(term.text) === key))
    .map((concept) =>
      buildWhySheet({
        project: { id: "", name },
        ...{ sourceLanguage, targetLanguage, concept, history: [], threads: [], otherTerms: new Map() },
        sources: new Map(sources.map((source) => [source.id, source])),
        levels: DEFAULT_AUTHORITIES,
        relations: listSides(concept, concepts).map((side) => {
          const other = head(byId.get(side.conceptId));
          return { ...side, text: other?.text ?? side.conceptId, language: other?.language ?? sourceLanguage };
        }),
        sharing: listSharing(concept, concepts, sourceLanguage).map(({ termId, other }) => ({
          ...{ termId, conceptId: other.id },
          text: head(other)?.text ?? other.id,
        })),
      }),
    );
}

type Side = Omit<ShownRelation, "text" | "language">;

/** Relations of the entry and of others to it; a contrast that both name is one. */
function listSides(concept: Concept, concepts: readonly Concept[]): readonly Side[] {
  const own = (concept.relations ?? []).map((relation): Side => ({ ...relation, side: "from" }));
  const others = concepts.flatMap(({ id, relations = [] }) =>
    id === concept.id
      ? []
      : relations
          .filter((relation) => relation.conceptId === concept.id)
          .map((relation): Side => ({ ...relation, conceptId: id, side: relation.type === "contrast" ? "from" : "to" })),
  );
  const isKnown = (side: Side) =>
    own.some((one) => one.side === side.side && one.type === side.type && one.conceptId === side.conceptId);
  return [...own, ...others.filter((side) => !isKnown(side))];
}

function listSharing(concept: Concept, concepts: readonly Concept[], sourceLanguage: LanguageTag) {
  const approved = concept.terms.filter(
    ({ status, language }) => status === "approved" && mainLanguage(language) !== mainLanguage(sourceLanguage),
  );
  return approved.flatMap(({ id: termId, text, language }) =>
    concepts
      .filter(
        (other) =>
          other.id !== concept.id &&
          other.terms.some((term) => term.status === "approved" && term.text === text && term.language === language),
      )
      .map((other) => ({ termId, other })),
  );
}
