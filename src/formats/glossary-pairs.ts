/**
 * What formats of pairs (OmegaT, UTX) share: rows of source and target to concepts and back, and the comment that carries
 * status and usage, `[approved, headline] note`.
 *
 * Rows with the same concept id, or without one the same source, are one concept. A pair is written for every source with
 * every rendering of its concept; what such a list has no place for is counted.
 */
import type { Concept, Term, TermStatus, TermUsage } from "../model/concept.ts";
import type { Loss } from "../model/diagnostic.ts";
import type { LanguageTag } from "../model/span.ts";
import { STATUSES, USAGES } from "./glossary-columns.ts";
import type { FieldTally } from "./glossary-losses.ts";
import { defaultMatching, nameTerm, sortConcepts } from "./glossary-rows.ts";
import { languageServes } from "./language-tag.ts";

export type PairLanguages = { readonly source: LanguageTag; readonly target: LanguageTag };

export type GlossaryPair = {
  readonly line: number;
  readonly conceptId?: string;
  readonly source: string;
  /** Several when a line has renderings in further languages. */
  readonly targets: readonly { readonly language: LanguageTag; readonly text: string }[];
  readonly status?: TermStatus;
  readonly usage?: TermUsage;
  readonly note?: string;
  readonly sourcePartOfSpeech?: string;
  readonly targetPartOfSpeech?: string;
};

/** A wording has the best status among its renderings; it is not forbidden because a rendering is. */
const WORDING_STATUSES: readonly TermStatus[] = ["approved", "admitted", "proposed", "candidate"];

export function gatherPairs(
  pairs: readonly GlossaryPair[],
  { source, defaultStatus }: { readonly source: LanguageTag; readonly defaultStatus: TermStatus },
): readonly Concept[] {
  type Draft = { readonly id: string; readonly terms: Map<string, Term>; readonly statuses: Set<TermStatus> };
  const concepts = new Map<string, Draft>();
  for (const pair of pairs) {
    const key = pair.conceptId === undefined ? `\u0000${pair.source}` : pair.conceptId;
    const id = pair.conceptId ?? `line:${pair.line}`;
    const concept: Draft = concepts.get(key) ?? { id, terms: new Map<string, Term>(), statuses: new Set() };
    concepts.set(key, concept);
    const status = pair.status ?? defaultStatus;
    concept.statuses.add(status);
    const add = (term: Pick<Term, "language" | "text"> & Partial<Term>) => {
      const place = `${term.language}\u0000${term.text}\u0000${term.usage ?? ""}`;
      if (concept.terms.has(place)) return;
      concept.terms.set(place, {
        ...{ id: nameTerm(concept.id, term), status, termType: "fullForm", matching: defaultMatching(term.language) },
        ...term,
        attestations: [],
      });
    };
    const { sourcePartOfSpeech: sourcePos, targetPartOfSpeech: targetPos, usage, note } = pair;
    add({ language: source, text: pair.source, ...(sourcePos ? { partOfSpeech: sourcePos } : {}) });
    for (const target of pair.targets) {
      const said = { ...(usage ? { usage } : {}), ...(note ? { note } : {}), ...(targetPos ? { partOfSpeech: targetPos } : {}) };
      add({ ...target, ...said });
    }
  }
  return sortConcepts(
    [...concepts.values()].map(({ id, terms, statuses }) => ({
      id,
      kind: "term",
      terms: [...terms.values()].map((term) =>
        term.language === source
          ? { ...term, status: WORDING_STATUSES.find((each) => statuses.has(each)) ?? defaultStatus }
          : term,
      ),
    })),
  );
}

const TAG = /^\[([a-z-]+(?:, [a-z-]+)*)\] ?/u;

export function writeComment({ status, usage, note }: Pick<Term, "status" | "usage" | "note">): string {
  return `[${[status, usage].filter((each) => each !== undefined).join(", ")}]${note === undefined ? "" : ` ${note}`}`;
}

/** Brackets at the beginning count only when every word in them is a status or usage. */
export function readComment(comment: string): Pick<GlossaryPair, "status" | "usage" | "note"> {
  const found = TAG.exec(comment);
  const words = found?.[1]?.split(", ") ?? [];
  const status = STATUSES.find((each) => words.includes(each));
  const usage = USAGES.find((each) => words.includes(each));
  const known = Number(status !== undefined) + Number(usage !== undefined);
  if (!found || known !== words.length) return comment === "" ? {} : { note: comment };
  const note = comment.slice(found[0].length);
  return { ...(status ? { status } : {}), ...(usage ? { usage } : {}), ...(note === "" ? {} : { note }) };
}

export type WrittenPair = { readonly concept: Concept; readonly source: Term; readonly target: Term };

/** The pairs of a glossary, sorted by source and target, and what is left behind on the way. */
export function listPairs(
  concepts: readonly Concept[],
  {
    languages,
    tally,
    isUsable,
  }: { readonly languages: PairLanguages; readonly tally: FieldTally; readonly isUsable: (status: TermStatus) => boolean },
): { readonly pairs: readonly WrittenPair[]; readonly losses: readonly Loss[] } {
  const pairs: WrittenPair[] = [];
  let alone = 0;
  let refused = 0;
  let foreign = 0;
  for (const concept of concepts) {
    const usable = concept.terms.filter(({ status }) => isUsable(status));
    refused += concept.terms.length - usable.length;
    const sources = usable.filter(({ language }) => languageServes(language, languages.source));
    const targets = usable.filter(({ language }) => languageServes(language, languages.target));
    foreign += usable.length - sources.length - targets.length;
    if (sources.length === 0 || targets.length === 0) {
      alone += 1;
      continue;
    }
    tallyConcept(tally, concept);
    for (const source of sources) {
      tallyTerm(tally, source);
      if (targets.some(({ status }) => status !== source.status)) tally.add("status");
      if (source.usage) tally.add("usage");
      if (source.note) tally.add("term-note");
      for (const target of targets) pairs.push({ concept, source, target });
    }
    for (const target of targets) tallyTerm(tally, target);
  }
  const keyOf = ({ concept, source, target }: WrittenPair) => [source.text, target.text, target.usage ?? "", concept.id];
  const losses = [
    { code: "concepts-without-pair", count: alone },
    { code: "terms-not-usable", count: refused },
    { code: "other-languages", count: foreign },
  ].filter(({ count }) => count > 0);
  return { pairs: pairs.sort((one, other) => compareKeys(keyOf(one), keyOf(other))), losses };
}

function compareKeys(one: readonly string[], other: readonly string[]): number {
  for (let at = 0; at < one.length; at += 1) {
    const first = one[at] ?? "";
    const second = other[at] ?? "";
    if (first !== second) return first < second ? -1 : 1;
  }
  return 0;
}

function tallyConcept(tally: FieldTally, concept: Concept): void {
  if (concept.kind !== "term") tally.add("kind");
  if (concept.class) tally.add("class");
  if (concept.domain) tally.add("domain");
  if (concept.note) tally.add("concept-note");
  if (concept.paraphrased) tally.add("paraphrased");
  if (concept.relations?.length) tally.add("relations");
}

function tallyTerm(tally: FieldTally, term: Term): void {
  if (term.termType !== "fullForm") tally.add("type");
  if (term.matching !== defaultMatching(term.language)) tally.add("matching");
  if (term.validFrom ?? term.validUntil) tally.add("validity");
  if (term.attestations.length > 0) tally.add("citations");
}

/** Lists of lines have no way to write a tab or a line end in a cell: a blank stands there, and `onChange` is told. */
export function flattenCell(text: string, onChange: () => void): string {
  if (!/[\t\n\r\v\f\u0085\u2028\u2029]/u.test(text)) return text;
  onChange();
  return text.replace(/[\t\n\r\v\f\u0085\u2028\u2029]+/gu, " ").trim();
}
