/**
 * Where the wordings of an entry stand in the project's texts: counts by document, with the first place in its line.
 *
 * Method: an automaton over the source terms of this one entry reads every paragraph that counts, a few milliseconds at
 * a time; of nested wordings the longest is counted. Cost: O(text of the project).
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { IsoDay, LanguageTag } from "../model/span.ts";
import type { DocumentText } from "../storage/document-store.ts";
import { createTermAutomaton } from "../terminology/term-automaton.ts";
import type { TermAutomaton } from "../terminology/term-automaton.ts";
import { keepWholeWords } from "../terminology/whole-words.ts";
import type { Application } from "./application.ts";
import { findConcept, mainLanguage } from "./glossary.ts";
import { takeTurns } from "./take-turns.ts";

export type DocumentUse = {
  readonly id: string;
  readonly title: string;
  readonly date?: IsoDay;
  readonly body?: string;
  readonly language: LanguageTag;
  readonly side: "source" | "target";
  readonly count: number;
  /** The first place: what stands before, the wording, what stands after; cut to a line. */
  readonly line: { readonly before: string; readonly found: string; readonly after: string; readonly paragraph: number };
};

export type ConceptUses = {
  readonly count: number;
  /** Documents that were read. */
  readonly read: number;
  /** Newest first, undated last. */
  readonly documents: readonly DocumentUse[];
};

/** UTF-16 units of context on each side of the wording. */
const CONTEXT = 40;

/** Undefined when the project has no such entry. */
export async function findUses(
  application: Application,
  request: { readonly projectId: string; readonly conceptId: string },
): Promise<ConceptUses | undefined> {
  const { stores } = application;
  const concept = await findConcept(application, request);
  const project = await stores.projects.find(request.projectId);
  if (!concept || !project) return undefined;
  const language = mainLanguage(project.sourceLanguage);
  const terms = concept.terms.filter((term) => mainLanguage(term.language) === language && term.status !== "rejected");
  const automaton = keepWholeWords(createTermAutomaton(terms.map((term) => ({ term, conceptId: concept.id }))));
  const listed = (await stores.documents.list({ projectId: project.id })).filter(
    (document) => mainLanguage(document.language) === language,
  );
  const found: DocumentUse[] = [];
  for (const { id } of listed) {
    const document = await stores.documents.find(id);
    const use = document && (await takeTurns(readDocument(document, automaton)));
    if (use) found.push(use);
    await nextTurn();
  }
  const documents = found.sort((one, other) => (other.date ?? "").localeCompare(one.date ?? "") || other.count - one.count);
  return { count: documents.reduce((sum, { count }) => sum + count, 0), read: listed.length, documents };
}

function* readDocument(document: DocumentText, automaton: TermAutomaton): Generator<void, DocumentUse | undefined> {
  let count = 0;
  let line: DocumentUse["line"] | undefined;
  for (const paragraph of document.paragraphs) {
    if (paragraph.exclusion !== undefined) continue;
    const matches = automaton.recognizeTerms(paragraph.text).filter(({ depth }) => depth === 0);
    const [first] = matches;
    if (first) line ??= { ...cutLine(paragraph.text, first), paragraph: paragraph.position + 1 };
    count += matches.length;
    yield;
  }
  if (!line) return undefined;
  const { id, title, date, body, language, side } = document;
  return {
    id,
    title,
    language,
    side,
    count,
    line,
    ...(date === undefined ? {} : { date }),
    ...(body === undefined ? {} : { body }),
  };
}

function cutLine(text: string, { start, end }: { readonly start: number; readonly end: number }) {
  const from = wholeCharacter(text, Math.max(0, start - CONTEXT));
  const to = wholeCharacter(text, Math.min(text.length, end + CONTEXT));
  return {
    before: (from > 0 ? "…" : "") + text.slice(from, start),
    found: text.slice(start, end),
    after: text.slice(end, to) + (to < text.length ? "…" : ""),
  };
}

/** Not between the two halves of a character outside the basic plane. */
function wholeCharacter(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? at + 1 : at;
}
