/** Renderings of frames, 把{X}作为{Y}来抓: whether their slots are those of the frame, and filling them from the glossary. */
import { mainLanguage } from "../formats/language-tag.ts";
import type { Concept, Term } from "../model/concept.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { LanguageTag } from "../model/span.ts";
import type { Refused } from "../storage/outcomes.ts";
import { compareSlots, fillTemplate, readFillers } from "../terminology/frame-template.ts";
import type { FilledTemplate } from "../terminology/frame-template.ts";
import { matchKey } from "../text/match-key.ts";
import type { Application } from "./application.ts";

type Languages = { readonly sourceLanguage: LanguageTag; readonly targetLanguage: LanguageTag };

/**
 * What keeps a wording from being a rendering of its frame; nothing for entries that are no frames, and for wordings of the
 * source language. Of several forms of the frame the one that fits best counts.
 */
function checkTemplate(
  concept: Pick<Concept, "kind" | "terms">,
  term: Pick<Term, "language" | "text">,
  sourceLanguage: LanguageTag,
): readonly Diagnostic[] {
  const isSource = ({ language }: Pick<Term, "language">) => mainLanguage(language) === mainLanguage(sourceLanguage);
  if (concept.kind !== "frame" || isSource(term)) return [];
  const compared = concept.terms
    .filter((one) => isSource(one) && one.status !== "rejected")
    .map(({ text }) => compareSlots(text, term.text))
    .sort((one, other) => one.length - other.length);
  return compared[0] ?? [];
}

/** An approved rendering of a frame has its slots. */
export async function refuseTemplate(
  { stores: { projects } }: Application,
  concept: Pick<Concept, "kind" | "terms"> & { readonly projectId: string },
  term: Pick<Term, "language" | "text">,
): Promise<Refused | undefined> {
  if (concept.kind !== "frame") return undefined;
  const project = await projects.find(concept.projectId);
  const isWrong = checkTemplate(concept, term, project?.sourceLanguage ?? "zh").length > 0;
  return isWrong ? { kind: "refused", code: "template-slots-differ" } : undefined;
}

/**
 * A text that is a frame, rendered by the frame's approved template with the approved renderings of what fills its slots.
 * Undefined when the text is not the frame or the frame has no approved template. `concepts` is the whole glossary.
 */
export function renderFrame(
  concepts: readonly Concept[],
  request: Languages & { readonly frame: Concept; readonly text: string },
): FilledTemplate | undefined {
  const { frame, text, sourceLanguage, targetLanguage } = request;
  const isOf = (language: LanguageTag) => (term: Term) => mainLanguage(term.language) === mainLanguage(language);
  const template = frame.terms.find((term) => isOf(targetLanguage)(term) && term.status === "approved");
  if (!template) return undefined;
  for (const { text: pattern } of frame.terms.filter(isOf(sourceLanguage))) {
    const fillers = readFillers(pattern, text);
    if (!fillers || compareSlots(pattern, template.text).length > 0) continue;
    return fillTemplate(template.text, fillers, createApprovedLookup(concepts, { sourceLanguage, targetLanguage }));
  }
  return undefined;
}

/** From a wording to its approved rendering, the one for running text first. Two entries that render it differently: none. */
export function createApprovedLookup(
  concepts: readonly Concept[],
  { sourceLanguage, targetLanguage }: Languages,
): (wording: string) => Term | undefined {
  const found = new Map<string, Term | undefined>();
  for (const { terms } of concepts) {
    const approved = terms.filter(
      ({ status, language }) => status === "approved" && mainLanguage(language) === mainLanguage(targetLanguage),
    );
    const rendering = approved.find(({ usage }) => usage === undefined || usage === "running") ?? approved[0];
    if (!rendering) continue;
    for (const term of terms) {
      if (mainLanguage(term.language) !== mainLanguage(sourceLanguage) || term.status === "rejected") continue;
      const key = fold(term.text);
      const isAmbiguous = found.has(key) && found.get(key)?.text !== rendering.text;
      found.set(key, isAmbiguous ? undefined : rendering);
    }
  }
  return (wording) => found.get(fold(wording));
}

function fold(text: string): string {
  return matchKey(text).toLowerCase();
}
