/** What the glossary says of look-alikes in a text: pairs that must not be mixed up, and where formulations stand. */
import type { ContrastPair } from "../memory/penalties.ts";
import type { TermMatch } from "../model/concept.ts";
import type { LanguageTag, Span } from "../model/span.ts";
import type { Recognizer } from "./recognize.ts";

const mainLanguage = (tag: LanguageTag) => tag.toLowerCase().split("-")[0];

/** A wording of the text beside each wording of the same language that its concept is contrasted with. */
function listContrasts({ concepts }: Recognizer, matches: readonly TermMatch[]): readonly ContrastPair[] {
  const pairs: ContrastPair[] = [];
  for (const { term, conceptId } of matches) {
    for (const { type, conceptId: otherId } of concepts.get(conceptId)?.relations ?? []) {
      if (type !== "contrast") continue;
      for (const other of concepts.get(otherId)?.terms ?? []) {
        if (mainLanguage(other.language) === mainLanguage(term.language)) pairs.push([term.text, other.text]);
      }
    }
  }
  return pairs;
}

/** Terms of two characters (工作, 群众) are words, not formulations: a change beside or in them says nothing. */
const SHORTEST = 4;
const SETTLED: ReadonlySet<string> = new Set(["approved", "admitted", "proposed"]);

function listFormulations(matches: readonly TermMatch[]): readonly Span[] {
  return matches.filter(({ start, end, term }) => end - start >= SHORTEST && SETTLED.has(term.status));
}

/** What the glossary adds to the question for matches of a text. */
export function judgeByGlossary(recognizer: Recognizer, matches: readonly TermMatch[]) {
  return {
    contrasts: listContrasts(recognizer, matches),
    formulationsIn: (text: string) => listFormulations(recognizer.automaton.recognizeTerms(text)),
  };
}
