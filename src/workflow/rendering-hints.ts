/**
 * What the glossary and the evidence know of a wording that is looked up: its renderings on the other side, and where they
 * stand in a text, so that the eye finds the rendering in a hit.
 *
 * A term of the glossary that stands in the wording gives its renderings, the longest first; when the glossary has none for
 * the whole wording, the renderings that were mined beside it (rendering-evidence.ts). Nothing is guessed.
 */
import type { Term, TermStatus } from "../model/concept.ts";
import type { LanguageTag, Span } from "../model/span.ts";
import { findSpans, toSearchUnits } from "../memory/find-spans.ts";
import { keyOfWording } from "../terminology/english-key.ts";
import { findRenderingsIn, readTargetText } from "../terminology/find-renderings.ts";
import type { RenderingTerm } from "../terminology/find-renderings.ts";
import type { Application } from "./application.ts";
import { openRecognizer } from "./recognize.ts";
import type { Recognizer } from "./recognize.ts";
import { startTurns } from "./take-turns.ts";

/** A rendering that is known for a part of what was asked. */
export type RenderingHint = {
  /** What is rendered, as the glossary writes it. */
  readonly term: string;
  readonly text: string;
  readonly language: LanguageTag;
  readonly conceptId?: string;
  /** Of the glossary; absent for a rendering that was only seen. */
  readonly status?: TermStatus;
  /** Units in which it was seen. */
  readonly seen?: number;
};

export type Hints = {
  readonly hints: readonly RenderingHint[];
  /** Where they stand in a text of the other side, in order. */
  readonly find: (text: string) => readonly (Span & { readonly hint: number })[];
};

export const NO_HINTS: Hints = { hints: [], find: () => [] };

const SHOWN: ReadonlySet<TermStatus> = new Set(["approved", "admitted", "proposed"]);
const MOST_HINTS = 8;
const LEAST_CONFIDENCE = 0.3;
const MOST_SEEN = 3;
const UNSPACED = /^(?:zh|ja|th|lo|km|my|yue|wuu)\b/iu;

type HintRequest = {
  readonly projectId: string;
  readonly find: string;
  /** The language of the wording, and that of its renderings. */
  readonly language: LanguageTag;
  readonly other: LanguageTag;
};

type Known = { readonly hint: RenderingHint; readonly term: RenderingTerm };

const main = (tag: LanguageTag) => tag.toLowerCase().split("-")[0];

export async function findHints(application: Application, request: HintRequest): Promise<Hints> {
  const { projectId, find, language, other } = request;
  const recognizer = await openRecognizer(application, projectId, language);
  const { automaton, concepts } = recognizer;
  const found: Known[] = [];
  const matches = [...automaton.recognizeTerms(find)].sort((one, two) => two.end - two.start - (one.end - one.start));
  const inflected = UNSPACED.test(language) ? [] : ((await openWordings(recognizer, language)).get(keyOfWording(find)) ?? []);
  for (const { conceptId, term } of [...inflected, ...matches]) {
    for (const rendering of concepts.get(conceptId)?.terms ?? []) {
      if (main(rendering.language) !== main(other) || !SHOWN.has(rendering.status)) continue;
      if (found.some(({ hint }) => hint.text === rendering.text)) continue;
      const hint = { term: term.text, text: rendering.text, language: rendering.language, conceptId, status: rendering.status };
      found.push({ hint, term: rendering });
    }
  }
  const wanted = toSearchUnits(find);
  const isWhole = inflected.length > 0 || found.some(({ hint }) => toSearchUnits(hint.term) === wanted);
  if (!isWhole) found.unshift(...(await findSeen(application, request)));
  const chosen = found.slice(0, MOST_HINTS);
  return { hints: chosen.map(({ hint }) => hint), find: (text) => findPlaces(text, chosen, other) };
}

type Wording = { readonly conceptId: string; readonly term: Term };

const wordings = new WeakMap<Recognizer, Promise<ReadonlyMap<string, readonly Wording[]>>>();

/** The terms of a language with inflection by their stems: "targeted measures" is the wording of "targeted measure". */
function openWordings(recognizer: Recognizer, language: LanguageTag): Promise<ReadonlyMap<string, readonly Wording[]>> {
  const known = wordings.get(recognizer);
  if (known) return known;
  const made = (async () => {
    const byKey = new Map<string, Wording[]>();
    const turns = startTurns();
    for (const { id, terms } of recognizer.concepts.values()) {
      if (turns.isOver()) await turns.next();
      for (const term of terms) {
        if (main(term.language) !== main(language) || !SHOWN.has(term.status)) continue;
        const key = keyOfWording(term.text);
        byKey.set(key, [...(byKey.get(key) ?? []), { conceptId: id, term }]);
      }
    }
    return byKey;
  })();
  wordings.set(recognizer, made);
  return made;
}

/** Renderings that were mined beside the wording. */
async function findSeen({ stores }: Application, { projectId, find, other }: HintRequest) {
  const run = await stores.renderings.findRun(projectId);
  const known = run && (await stores.renderings.findRenderings(run.id, find.trim()));
  return (known?.proposals ?? [])
    .filter(({ confidence, under }) => confidence >= LEAST_CONFIDENCE && under === undefined)
    .slice(0, MOST_SEEN)
    .map(({ text, count }) => ({
      hint: { term: find.trim(), text, language: other, seen: count },
      term: { text, matching: "inflecting", language: other } satisfies RenderingTerm,
    }));
}

function findPlaces(text: string, known: readonly Known[], language: LanguageTag): (Span & { readonly hint: number })[] {
  const target = UNSPACED.test(language) ? undefined : readTargetText(text, language);
  const places = known.flatMap(({ term }, hint) => {
    const spans = target ? findRenderingsIn(target, term) : findSpans(text, toSearchUnits(term.text));
    return spans.map(({ start, end }) => ({ start, end, hint }));
  });
  // The first of two that overlap is the better known one.
  const kept: (Span & { readonly hint: number })[] = [];
  for (const place of places) {
    if (kept.every(({ start, end }) => place.end <= start || place.start >= end)) kept.push(place);
  }
  return kept.sort((one, two) => one.start - two.start);
}
