/**
 * The glossary as the checks need it: for each source wording what renders it, what must not, and what looks like it.
 * Concepts that share a source wording are one entry: what any of them accepts is accepted.
 * Frames are left out (their slots are checked by eye), and so are wordings that were rejected or are only candidates.
 * A wording that all its concepts call paraphrased is known, but no rendering of it is asked for.
 * Cost: O(terms) to build.
 */
import type { Concept, Term, TermMatch, TermStatus } from "../model/concept.ts";
import type { IsoDay, LanguageTag } from "../model/span.ts";
import { createTermAutomaton } from "../terminology/term-automaton.ts";
import { keepWholeWords } from "../terminology/whole-words.ts";
import { matchKey } from "../text/match-key.ts";
import { contentStems, readRendering } from "./rendering-search.ts";
import type { Rendering } from "./rendering-search.ts";

export type AcceptedRendering = { readonly term: Term; readonly rendering: Rendering; readonly entry: TermTableEntry };

export type TermTableEntry = {
  readonly key: string;
  /** The wording as the glossary writes it. */
  readonly text: string;
  readonly conceptIds: readonly string[];
  /** Approved first, then admitted. */
  readonly accepted: readonly AcceptedRendering[];
  readonly refused: readonly AcceptedRendering[];
  /** What nobody has decided yet: named beside a refused rendering when nothing is accepted. */
  readonly proposed: readonly string[];
  readonly isParaphrased: boolean;
};

export type TermTable = {
  readonly recognizeTerms: (text: string) => readonly TermMatch[];
  readonly findEntry: (term: Term) => TermTableEntry | undefined;
  /** Accepted renderings of all entries by a content word's stem, to find siblings. */
  readonly byStem: ReadonlyMap<string, readonly AcceptedRendering[]>;
};

const ACCEPTED: readonly TermStatus[] = ["approved", "admitted"];
const REFUSED: readonly TermStatus[] = ["forbidden", "deprecated", "superseded", "rejected"];
const UNUSED_SOURCES: readonly TermStatus[] = ["rejected", "candidate"];

type Draft = {
  readonly text: string;
  readonly conceptIds: string[];
  readonly accepted: Term[];
  readonly refused: Term[];
  readonly proposed: string[];
  readonly paraphrased: boolean[];
};

export function createTermTable(
  concepts: readonly Concept[],
  sourceLanguage: LanguageTag,
  targetLanguage: LanguageTag,
): TermTable {
  const drafts = new Map<string, Draft>();
  const sources: { term: Term; conceptId: string }[] = [];
  for (const concept of concepts) {
    if (concept.kind === "frame") continue;
    const targets = concept.terms.filter(({ language }) => speaks(language, targetLanguage));
    for (const term of concept.terms) {
      if (!speaks(term.language, sourceLanguage) || UNUSED_SOURCES.includes(term.status)) continue;
      const key = foldSource(term.text);
      if (key === "") continue;
      sources.push({ term, conceptId: concept.id });
      const draft = drafts.get(key) ?? startDraft(term.text);
      drafts.set(key, draft);
      if (draft.conceptIds.includes(concept.id)) continue;
      draft.conceptIds.push(concept.id);
      draft.accepted.push(...targets.filter(({ status }) => ACCEPTED.includes(status)));
      draft.refused.push(...targets.filter(({ status }) => REFUSED.includes(status)));
      draft.proposed.push(...targets.filter(({ status }) => status === "proposed").map(({ text }) => text));
      draft.paraphrased.push(concept.paraphrased === true);
    }
  }
  const entries = new Map([...drafts].map(([key, draft]) => [key, finishEntry(key, draft)]));
  const byStem = new Map<string, AcceptedRendering[]>();
  for (const entry of entries.values()) {
    for (const accepted of entry.accepted) {
      for (const stem of new Set(contentStems(accepted.rendering))) {
        const list = byStem.get(stem);
        if (list) list.push(accepted);
        else byStem.set(stem, [accepted]);
      }
    }
  }
  const automaton = keepWholeWords(createTermAutomaton(sources));
  return {
    recognizeTerms: (text) => automaton.recognizeTerms(text),
    findEntry: (term) => entries.get(foldSource(term.text)),
    byStem,
  };
}

function startDraft(text: string): Draft {
  return { text, conceptIds: [], accepted: [], refused: [], proposed: [], paraphrased: [] };
}

function finishEntry(key: string, draft: Draft): TermTableEntry {
  const accepted: AcceptedRendering[] = [];
  const refused: AcceptedRendering[] = [];
  const { text, conceptIds, proposed } = draft;
  const isParaphrased = draft.paraphrased.every(Boolean);
  const entry: TermTableEntry = { key, text, conceptIds, accepted, refused, proposed, isParaphrased };
  const ordered = draft.accepted.toSorted((one, other) => ACCEPTED.indexOf(one.status) - ACCEPTED.indexOf(other.status));
  for (const term of ordered) accepted.push({ term, rendering: readRendering(term.text, term.matching), entry });
  // What one concept refuses and another with the same wording accepts is accepted.
  const allowed = new Set(draft.accepted.map(({ text }) => text.toLowerCase()));
  for (const term of draft.refused) {
    if (!allowed.has(term.text.toLowerCase())) refused.push({ term, rendering: readRendering(term.text, term.matching), entry });
  }
  return entry;
}

function foldSource(text: string): string {
  return matchKey(text).toLowerCase();
}

/** "zh-Hans" terms serve a project in "zh", and the other way round. */
function speaks(language: LanguageTag, wanted: LanguageTag): boolean {
  const primary = (tag: LanguageTag): string => tag.toLowerCase().split(/[-_]/)[0] ?? "";
  return primary(language) === primary(wanted);
}

/** Whether a term was in use on a day; without a day, or without limits, it was. Shorter dates ("2017-10") hold too. */
export function isValidOn(term: Term, day: IsoDay | undefined): boolean {
  if (day === undefined) return true;
  if (term.validFrom !== undefined && day < term.validFrom) return false;
  return term.validUntil === undefined || day.slice(0, term.validUntil.length) <= term.validUntil;
}
