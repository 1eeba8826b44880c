/** Terms in a text, by the glossary of a project: the automaton is kept until the glossary's version changes. */
import type { TermStatus } from "../model/concept.ts";
import type { LanguageTag } from "../model/span.ts";
import type { StoredConcept } from "../storage/concept-store.ts";
import { buildTermAutomaton } from "../terminology/term-automaton.ts";
import type { TermAutomaton, TermEntry } from "../terminology/term-automaton.ts";
import { keepWholeWords } from "../terminology/whole-words.ts";
import type { Application } from "./application.ts";
import { startTurns, takeTurns } from "./take-turns.ts";

/** A glossary made ready for recognition. */
export type Recognizer = {
  readonly version: number;
  readonly concepts: ReadonlyMap<string, StoredConcept>;
  readonly automaton: TermAutomaton;
};

/** A wording that was turned down is no term; every other status is shown, with its status. */
const NOT_SHOWN: ReadonlySet<TermStatus> = new Set(["rejected"]);

const recognizers = new WeakMap<Application, Map<string, Promise<Recognizer>>>();

const mainLanguage = (tag: LanguageTag) => tag.toLowerCase().split("-")[0];

async function build({ stores }: Application, projectId: string, language: LanguageTag): Promise<Recognizer> {
  const { version, concepts } = await stores.concepts.loadGlossary(projectId);
  const entries: TermEntry[] = [];
  const turns = startTurns();
  for (const concept of concepts) {
    if (turns.isOver()) await turns.next();
    for (const term of concept.terms) {
      if (mainLanguage(term.language) !== mainLanguage(language) || NOT_SHOWN.has(term.status)) continue;
      entries.push({ term, conceptId: concept.id });
    }
  }
  return {
    version,
    concepts: new Map(concepts.map((concept) => [concept.id, concept])),
    automaton: keepWholeWords(await takeTurns(buildTermAutomaton(entries))),
  };
}

/** The recognizer of a project's source language, or of another, as the glossary is now. */
export async function openRecognizer(application: Application, projectId: string, language?: LanguageTag): Promise<Recognizer> {
  let held = recognizers.get(application);
  if (!held) recognizers.set(application, (held = new Map()));
  const wanted = language ?? (await application.stores.projects.find(projectId))?.sourceLanguage ?? "zh";
  const key = `${projectId}\n${wanted}`;
  const version = await application.stores.concepts.glossaryVersion(projectId);
  const known = held.get(key);
  if (known && (await known.catch(() => undefined))?.version === version) return known;
  const built = build(application, projectId, wanted);
  held.set(key, built);
  return built;
}
