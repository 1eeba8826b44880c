/** One candidate with all that speaks for and against it: reasons, what contains it and what it contains, its lines. */
import type { Evidence, Formulation, Frame, FrameSlot } from "../model/formulation.ts";
import type { TermStatus } from "../model/concept.ts";
import type { CandidateDecision, StandingDecision } from "../storage/extraction-store.ts";
import type { Application } from "./application.ts";
import { findStanding } from "./candidate-decisions.ts";
import { headOf, wordingOf } from "./candidate-entries.ts";
import { readRunParameters } from "./candidate-list.ts";
import type { CandidateList, ListedCandidate } from "./candidate-list.ts";
import { listLines } from "./candidate-lines.ts";
import type { CandidateLine, LineDocument } from "./candidate-lines.ts";

export type RelatedCandidate = {
  readonly text: string;
  readonly distinctCount: number;
  readonly independentCount: number;
  /** Steps away from the candidate: 1 for the nearest. */
  readonly distance: number;
};

export type CandidateDetail = {
  readonly candidate: ListedCandidate;
  /** From 1, in the list of the run. */
  readonly rank: number;
  readonly evidence: readonly Evidence[];
  readonly variants: Formulation["variants"];
  readonly contrasts: readonly { readonly text: string; readonly distinctCount?: number }[];
  /** Of a frame: what stood in its slots, the wider frame it belongs to and its special cases. */
  readonly slots: readonly FrameSlot[];
  readonly general?: string;
  readonly versions: NonNullable<Frame["versions"]>;
  /** Decisions that it is not to be confused with another wording. */
  readonly pairs: readonly CandidateDecision[];
  /** Longest first, and shorter ones. */
  readonly parents: readonly RelatedCandidate[];
  readonly children: readonly RelatedCandidate[];
  /** How many there are in all. */
  readonly parentCount: number;
  readonly childCount: number;
  readonly lines: readonly CandidateLine[];
  readonly lost: number;
  readonly documents: ReadonlyMap<string, LineDocument>;
  readonly decision?: StandingDecision;
  /** The entry of the glossary that has it. */
  readonly concept?: { readonly id: string; readonly status: TermStatus; readonly head: string };
};

const MOST_PARENTS = 6;
const MOST_CHILDREN = 8;
const FARTHEST = 2;

export async function loadCandidateDetail(
  application: Application,
  list: CandidateList,
  text: string,
): Promise<CandidateDetail | undefined> {
  const place = list.places.get(text);
  const candidate = place === undefined ? undefined : list.candidates[place];
  if (place === undefined || !candidate) return undefined;
  const { extraction } = application.stores;
  const { projectId } = list.run;
  const found = await findOccurrences(application, list, candidate);
  const documents = await loadLineDocuments(application, list);
  const { lines, lost } = listLines({
    occurrences: found.occurrences,
    documents,
    copies: readRunParameters(list.run).copies,
    text,
    parents: found.parents,
  });
  const decision = findStanding(await extraction.decisionHistory(projectId, text));
  const concept = await findConcept(application, { projectId, text, decision });
  return {
    candidate,
    rank: place + 1,
    evidence: found.evidence,
    variants: found.variants,
    contrasts: found.contrasts.map((contrast) => {
      const other = list.candidates[list.places.get(contrast) ?? -1];
      return { text: contrast, ...(other ? { distinctCount: other.distinctCount } : {}) };
    }),
    slots: found.slots,
    ...(found.general === undefined ? {} : { general: found.general }),
    versions: found.versions,
    pairs: await extraction.listPairs(projectId, text),
    parents: relate(list, found.parents, "inside").slice(0, MOST_PARENTS),
    children: relate(list, found.children, "outside").slice(0, MOST_CHILDREN),
    parentCount: found.parents.length,
    childCount: found.children.length,
    lines,
    lost,
    documents,
    ...(decision ? { decision } : {}),
    ...(concept ? { concept } : {}),
  };
}

type Found = Pick<Formulation, "parents" | "children" | "contrasts" | "variants" | "evidence"> &
  Pick<Frame, "occurrences" | "general"> &
  Required<Pick<Frame, "slots" | "versions">>;

const NOTHING: Found = {
  occurrences: [],
  parents: [],
  children: [],
  contrasts: [],
  variants: [],
  evidence: [],
  slots: [],
  versions: [],
};

async function findOccurrences(
  application: Application,
  list: CandidateList,
  { text, ...candidate }: ListedCandidate,
): Promise<Found> {
  if (candidate.class === "frame") {
    const frame = list.frames.find(({ pattern }) => pattern === text);
    if (!frame) return NOTHING;
    const { occurrences, fillers, general, versions = [] } = frame;
    // A list from before the slots were told apart has the fillers of the first.
    const first = { name: "X", fillers: fillers.map((filler) => ({ text: filler, count: 0 })), others: 0 };
    const { slots = fillers.length > 0 ? [first] : [] } = frame;
    return { ...NOTHING, occurrences, slots, versions, ...(general === undefined ? {} : { general }) };
  }
  const found = await application.stores.extraction.findCandidate(list.run.id, text);
  return { ...NOTHING, ...found?.formulation };
}

/**
 * The nearest first by use, then those one step farther (what contains a nearest one, or lies inside one), then the rest
 * is left out.
 */
function relate(list: CandidateList, texts: readonly string[], nearest: "inside" | "outside"): readonly RelatedCandidate[] {
  const isNearer = (one: string, other: string): boolean =>
    one !== other && (nearest === "inside" ? other.includes(one) : one.includes(other));
  const related: RelatedCandidate[] = [];
  let rest = [...texts];
  for (let distance = 1; distance <= FARTHEST && rest.length > 0; distance++) {
    const nearer = rest.filter((text) => !rest.some((other) => isNearer(other, text)));
    const step = nearer.map((text): RelatedCandidate => {
      const row = list.candidates[list.places.get(text) ?? -1];
      return { text, distinctCount: row?.distinctCount ?? 0, independentCount: row?.independentCount ?? 0, distance };
    });
    related.push(...step.sort((one, other) => other.distinctCount - one.distinctCount));
    rest = rest.filter((text) => !nearer.includes(text));
  }
  return related;
}

/** The entry that the decision made or used, else any that has the wording and did not turn it down. */
async function findConcept(
  { stores }: Application,
  { projectId, text, decision }: { projectId: string; text: string; decision: StandingDecision | undefined },
): Promise<CandidateDetail["concept"] | undefined> {
  const wording = decision ? wordingOf(decision) : text;
  const language = (await stores.projects.find(projectId))?.sourceLanguage ?? "zh";
  const known = await stores.concepts.findByTerm({ projectId, text: wording, language });
  const concept = known.find(({ id }) => id === decision?.conceptId) ?? known[0];
  if (!concept) return undefined;
  const term = concept.terms.find((one) => one.text === wording) ?? concept.terms[0];
  return { id: concept.id, status: term?.status ?? "candidate", head: headOf(concept, language) };
}

type KeptTexts = { readonly runId: string; readonly documents: Map<string, LineDocument & { readonly revision: number }> };

const texts = new WeakMap<Application, KeptTexts>();

/** The documents of the run that are still in the library, as they are now. Texts are kept until their document changes. */
async function loadLineDocuments(application: Application, { run }: CandidateList): Promise<ReadonlyMap<string, LineDocument>> {
  const { stores } = application;
  const before = texts.get(application);
  const known = before?.runId === run.id ? before.documents : new Map<string, LineDocument & { readonly revision: number }>();
  const read = new Set(run.documentIds);
  const listed = (await stores.documents.list({ projectId: run.projectId, side: "source" })).filter(({ id }) => read.has(id));
  const documents: KeptTexts["documents"] = new Map();
  for (const { id, title, date, revision } of listed) {
    const text = known.get(id);
    const paragraphs =
      text?.revision === revision
        ? text.paragraphs
        : ((await stores.documents.find(id))?.paragraphs ?? []).map((paragraph) => paragraph.text);
    documents.set(id, { id, title, ...(date === undefined ? {} : { date }), paragraphs, revision });
  }
  texts.set(application, { runId: run.id, documents });
  return documents;
}
