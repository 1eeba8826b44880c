/**
 * What the renderings of a frame give when their slots are filled from the glossary: with approved entries as an example,
 * or with what stands in the slots of a text that somebody tries.
 */
import type { Term } from "../model/concept.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { compareSlots, fillTemplate, listSlots, parseFrame, readFillers } from "../terminology/frame-template.ts";
import type { FilledPiece } from "../terminology/frame-template.ts";
import type { Application } from "./application.ts";
import { findConcept, mainLanguage } from "./glossary.ts";
import type { Project, StoredConcept, StoredTerm } from "./glossary.ts";

export type Filling = {
  readonly termId: string;
  /** The frame with its slots filled, in the source language. */
  readonly source: string;
  readonly pieces: readonly FilledPiece[];
};

export type FrameCheck = {
  /** By rendering: slots that it lacks, slots that the frame does not have. */
  readonly problems: ReadonlyMap<string, readonly Diagnostic[]>;
  /** By rendering that has the slots of the frame: one example. */
  readonly examples: ReadonlyMap<string, Filling>;
};

/** Approved entries to choose examples from; more than any frame has slots. */
const EXAMPLES = 8;
const UNUSED = new Set(["rejected", "forbidden"]);

type Sides = { readonly patterns: readonly StoredTerm[]; readonly templates: readonly StoredTerm[] };

function getSides({ terms }: StoredConcept, { sourceLanguage }: Project): Sides {
  const isPattern = (term: StoredTerm) => mainLanguage(term.language) === mainLanguage(sourceLanguage);
  return { patterns: terms.filter(isPattern), templates: terms.filter((term) => !isPattern(term)) };
}

export async function checkFrame(application: Application, concept: StoredConcept, project: Project): Promise<FrameCheck> {
  const problems = new Map<string, readonly Diagnostic[]>();
  const examples = new Map<string, Filling>();
  const { patterns, templates } = getSides(concept, project);
  if (concept.kind !== "frame" || patterns.length === 0) return { problems, examples };
  const known = await findKnown(application, concept, project);
  for (const template of templates) {
    const checks = patterns.map((pattern) => ({ pattern, found: compareSlots(pattern.text, template.text) }));
    const fitting = checks.find(({ found }) => found.length === 0);
    const [first] = checks;
    if (!fitting && first) problems.set(template.id, first.found);
    else if (fitting && !UNUSED.has(template.status)) {
      const fillers = new Map(listSlots(fitting.pattern.text).map((slot, at) => [slot, [...known.keys()][at] ?? slot]));
      const source = parseFrame(fitting.pattern.text).map((piece) =>
        piece.kind === "text" ? piece.text : (fillers.get(piece.name) ?? piece.name),
      );
      const { pieces } = fillTemplate(template.text, fillers, (filler) => known.get(filler));
      if (known.size > 0) examples.set(template.id, { termId: template.id, source: source.join(""), pieces });
    }
  }
  return { problems, examples };
}

/** Wordings with approved renderings, none of them a frame, short ones first. */
async function findKnown(application: Application, concept: StoredConcept, project: Project): Promise<ReadonlyMap<string, Term>> {
  const { items } = await application.stores.concepts.list({
    projectId: project.id,
    statuses: ["approved"],
    kinds: ["term", "name", "title", "phrase"],
    limit: EXAMPLES * 4,
  });
  const found = items.flatMap((one): [string, Term][] => {
    if (one.id === concept.id) return [];
    const { patterns: heads, templates } = getSides(one, project);
    const rendering = templates.find(({ status }) => status === "approved");
    const [head] = heads;
    return head && rendering ? [[head.text, rendering]] : [];
  });
  return new Map(found.toSorted(([one], [other]) => one.length - other.length).slice(0, EXAMPLES));
}

export type TriedFrame = { readonly kind: "filled"; readonly fillings: readonly Filling[] } | { readonly kind: "not-this-frame" };

/** Reads what fills the slots in a text and renders it; the text, as a whole, must be the frame. */
export async function tryFrame(
  application: Application,
  { projectId, conceptId, text }: { readonly projectId: string; readonly conceptId: string; readonly text: string },
): Promise<TriedFrame | undefined> {
  const concept = await findConcept(application, { projectId, conceptId });
  const project = await application.stores.projects.find(projectId);
  if (!concept || !project) return undefined;
  const { patterns, templates } = getSides(concept, project);
  const fillings: Filling[] = [];
  const known = new Map<string, Term | undefined>();
  for (const pattern of patterns) {
    const fillers = readFillers(pattern.text, text);
    if (!fillers) continue;
    for (const filler of fillers.values()) {
      if (!known.has(filler)) known.set(filler, await findApproved(application, project, filler));
    }
    for (const template of templates) {
      if (UNUSED.has(template.status) || compareSlots(pattern.text, template.text).length > 0) continue;
      const { pieces } = fillTemplate(template.text, fillers, (filler) => known.get(filler));
      fillings.push({ termId: template.id, source: text, pieces });
    }
    return { kind: "filled", fillings };
  }
  return { kind: "not-this-frame" };
}

async function findApproved({ stores }: Application, project: Project, filler: string): Promise<Term | undefined> {
  const found = await stores.concepts.findByTerm({ projectId: project.id, text: filler, language: project.sourceLanguage });
  return found
    .flatMap(({ terms }) => terms)
    .find((term) => term.status === "approved" && mainLanguage(term.language) === mainLanguage(project.targetLanguage));
}
