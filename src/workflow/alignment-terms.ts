/**
 * Approved pairs of the glossary in the sentences of an alignment, so that the page can show which of them stand on both
 * sides. Han text is read by the glossary's automaton, other text word by word by stems, inflected or not. Of wordings
 * inside each other only the longest counts. Kept until the glossary changes; building and reading take turns.
 * Cost: O(terms) once, then O(length + wordings that begin alike) a sentence.
 */
import type { Term, TermStatus } from "../model/concept.ts";
import type { LanguageTag, Span } from "../model/span.ts";
import { keyOfWord } from "../terminology/english-key.ts";
import { findWords } from "../text/english.ts";
import type { Application } from "./application.ts";
import { openRecognizer } from "./recognize.ts";
import { startTurns } from "./take-turns.ts";

/** A wording of an entry that has an approved rendering in the other language. */
export type PairedTerm = Span & { readonly entry: string };

export type PairFinder = {
  readonly version: number;
  readonly find: Readonly<Record<"source" | "target", (text: string) => readonly PairedTerm[]>>;
};

const APPROVED: ReadonlySet<TermStatus> = new Set(["approved", "admitted"]);
const ARTICLES = new Set(["a", "an", "the"]);

type Languages = { readonly source: LanguageTag; readonly target: LanguageTag };
const mainLanguage = (tag: LanguageTag): string => tag.toLowerCase().split("-")[0] ?? "";
const isHan = (tag: LanguageTag): boolean => ["zh", "ja"].includes(mainLanguage(tag));

const finders = new WeakMap<Application, Map<string, Promise<PairFinder>>>();

export async function openPairFinder(application: Application, projectId: string, languages: Languages): Promise<PairFinder> {
  let held = finders.get(application);
  if (!held) finders.set(application, (held = new Map()));
  const key = [projectId, languages.source, languages.target].join("\n");
  const version = await application.stores.concepts.glossaryVersion(projectId);
  const known = held.get(key);
  if (known && (await known.catch(() => undefined))?.version === version) return known;
  const built = build(application, projectId, languages);
  held.set(key, built);
  return built;
}

async function build(application: Application, projectId: string, languages: Languages): Promise<PairFinder> {
  const { version, concepts } = await application.stores.concepts.loadGlossary(projectId);
  const isIn = (term: Term, language: LanguageTag) =>
    APPROVED.has(term.status) && mainLanguage(term.language) === mainLanguage(language);
  const paired = concepts.filter(
    ({ terms }) => terms.some((term) => isIn(term, languages.source)) && terms.some((term) => isIn(term, languages.target)),
  );
  const open = async (language: LanguageTag) => {
    if (paired.length === 0) return () => [];
    if (isHan(language)) return findByCharacters(application, { projectId, language, entries: paired.map(({ id }) => id) });
    const terms = paired.flatMap(({ id, terms: all }) =>
      all.filter((term) => isIn(term, language)).map(({ text }) => ({ entry: id, text })),
    );
    return findByWords(terms);
  };
  return { version, find: { source: await open(languages.source), target: await open(languages.target) } };
}

async function findByCharacters(
  application: Application,
  given: { readonly projectId: string; readonly language: LanguageTag; readonly entries: readonly string[] },
): Promise<(text: string) => readonly PairedTerm[]> {
  const entries = new Set(given.entries);
  const { automaton } = await openRecognizer(application, given.projectId, given.language);
  return (text) =>
    automaton.recognizeTerms(text).flatMap(({ depth, term, conceptId, start, end }) => {
      const counts = depth === 0 && end - start > 1 && APPROVED.has(term.status) && entries.has(conceptId);
      return counts ? [{ entry: conceptId, start, end }] : [];
    });
}

type Wording = { readonly entry: string; readonly keys: readonly string[] };

async function findByWords(
  terms: readonly { readonly entry: string; readonly text: string }[],
): Promise<(text: string) => readonly PairedTerm[]> {
  const keys = new Map<string, string>();
  const keyOf = (word: string): string => {
    let key = keys.get(word);
    if (key === undefined) keys.set(word, (key = keyOfWord(word)));
    return key;
  };
  const read = (text: string) => findWords(text).filter((word) => !ARTICLES.has(word.text.toLowerCase()));
  const byFirst = new Map<string, Wording[]>();
  const turns = startTurns();
  for (const { entry, text } of terms) {
    if (turns.isOver()) await turns.next();
    const wording = { entry, keys: read(text).map((word) => keyOf(word.text)) };
    const [first] = wording.keys;
    if (first === undefined) continue;
    const list = byFirst.get(first);
    if (list) list.push(wording);
    else byFirst.set(first, [wording]);
  }
  for (const list of byFirst.values()) list.sort((one, other) => other.keys.length - one.keys.length);
  return (text) => {
    const words = read(text);
    const found: PairedTerm[] = [];
    let free = 0;
    words.forEach((word, at) => {
      // Inside a longer wording that was found already.
      if (at < free) return;
      const fits = (byFirst.get(keyOf(word.text)) ?? []).filter((wording) =>
        wording.keys.every((key, offset) => words[at + offset] && keyOf(words[at + offset]?.text ?? "") === key),
      );
      const longest = fits[0]?.keys.length ?? 0;
      for (const { entry, keys: own } of fits) {
        if (own.length < longest) break;
        found.push({ entry, start: word.start, end: words[at + own.length - 1]?.end ?? word.end });
      }
      free = at + longest;
    });
    return found;
  };
}
