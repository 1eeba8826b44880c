/**
 * Authority levels: the weight that a project gives to a source by its body or its kind, and the order of citations that
 * contradict each other. A level says who said it, never that it is correct.
 */
import type { Source, Term } from "../model/concept.ts";
import type { AuthorityLevel } from "../model/vetting.ts";

/** What a citation of this house counts as when a level names kinds. */
const HOUSE_KIND = "house";

/**
 * The list a project begins with: neutral sorts of sources, named by the catalogues (`why:authority.<id>`). It names no
 * body; a project adds those that it goes by.
 */
export const DEFAULT_AUTHORITIES: readonly AuthorityLevel[] = [
  { id: "committee", bodies: [], kinds: ["terminology committee", "term bulletin", "terminology database"] },
  {
    id: "issuer",
    bodies: [],
    kinds: ["official bilingual text", "official translation", "white paper", "government work report", "law", "keyword list"],
  },
  { id: "media", bodies: [], kinds: ["news agency", "official media", "newspaper"] },
  { id: "reference", bodies: [], kinds: ["scholarly work", "glossary", "dictionary", "agency glossary"] },
  { id: "house", bodies: [], kinds: [HOUSE_KIND] },
  { id: "seen", bodies: [], kinds: [] },
];

export type Standing = {
  /** 1 is the highest; absent when no level of the list fits. */
  readonly rank: number | undefined;
  readonly level: AuthorityLevel | undefined;
};

const fold = (text: string) => text.normalize("NFKC").trim().toLowerCase();

/**
 * The level of a citation: a level that names the body, else the first that names the kind, else the last level when it
 * names nothing at all, which takes whatever was seen somewhere. `proposed`, seen nowhere, has none.
 */
export function findStanding(
  citation: string,
  { sources, levels }: { readonly sources: ReadonlyMap<string, Source>; readonly levels: readonly AuthorityLevel[] },
): Standing {
  if (citation === "proposed") return { rank: undefined, level: undefined };
  const source = sources.get(citation);
  const body = fold(source?.body ?? citation);
  const kind = citation === "house" ? HOUSE_KIND : fold(source?.kind ?? "");
  const names = (list: readonly string[], name: string) => name !== "" && list.some((one) => fold(one) === name);
  let at = citation === "house" ? -1 : levels.findIndex(({ bodies }) => names(bodies, body));
  if (at < 0) at = levels.findIndex(({ kinds }) => names(kinds, kind));
  if (at < 0 && citation !== "house") at = levels.findLastIndex(({ bodies, kinds }) => bodies.length + kinds.length === 0);
  return { rank: at < 0 ? undefined : at + 1, level: levels[at] };
}

/** The best standing among the citations of a term; without any, none. */
export function rankTerm(
  term: Pick<Term, "attestations">,
  list: { readonly sources: ReadonlyMap<string, Source>; readonly levels: readonly AuthorityLevel[] },
): number | undefined {
  const ranks = term.attestations.flatMap(({ source }) => findStanding(source, list).rank ?? []);
  return ranks.length === 0 ? undefined : Math.min(...ranks);
}
