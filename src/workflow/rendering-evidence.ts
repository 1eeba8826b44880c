/**
 * The evidence board: for the wordings of an entry, every English rendering that stands beside them in the memories of
 * the project, with both sentences, document, body and day, and how each stands in the glossary.
 *
 * Renderings are mined for the whole glossary in one job, because the words that a text gives one term are known better
 * when all are looked at. What was found is kept as it was then; when memories or glossary have changed since, the board
 * says so. Nothing is proposed by itself: a person takes a line, and its citation comes with it.
 */
import type { Attestation, Concept, Term, TermStatus } from "../model/concept.ts";
import type { Job } from "../model/job.ts";
import type { MinedUnit, RenderingProposal, TermRenderings } from "../model/rendering.ts";
import type { IsoInstant, Span } from "../model/span.ts";
import type { ApprovedPair } from "../renderings/rendering-index.ts";
import type { Project } from "../storage/project-store.ts";
import { keyOfWording } from "../terminology/english-key.ts";
import { createTermAutomaton } from "../terminology/term-automaton.ts";
import { matchKey } from "../text/match-key.ts";
import { findSentences } from "./alignment-texts.ts";
import type { Application } from "./application.ts";
import { addRendering, citeTerm, findConcept, mainLanguage, recordCitation } from "./glossary.ts";
import type { AddOutcome } from "./glossary.ts";
import { findFreshPairs } from "./fresh-evidence.ts";
import type { FreshPair } from "./fresh-evidence.ts";
import { describeUnit, orient } from "./mined-units.ts";
import { startTurns } from "./take-turns.ts";

/** Enough for every term to be seen often, few enough for the memory of the thread that mines. */
const MOST_UNITS = 30_000;
/** A term that stands in more units than this learns nothing from the rest. */
const MOST_UNITS_OF_TERM = 300;
const PROPOSALS = 12;
const SIGHTINGS = 40;

const OFF: ReadonlySet<TermStatus> = new Set(["rejected", "forbidden"]);

/** The job that mines for the project; while one is under way, that one is answered. Undefined: there is no such project. */
export async function startMining(
  application: Application,
  { projectId, label }: { readonly projectId: string; readonly label: string },
): Promise<Job | undefined> {
  const { stores, jobs, clock } = application;
  const project = await stores.projects.find(projectId);
  if (!project) return undefined;
  const running = await findRunningMining(application, projectId);
  if (running) return running;
  const { version, concepts } = await stores.concepts.loadGlossary(projectId);
  const memoryVersion = await stores.memories.memoryVersion(projectId);
  const terms = listTerms(concepts, project);
  const units = await collectUnits(application, project, terms);
  return jobs.start({
    projectId,
    kind: "renderings",
    label,
    task: "mineRenderings",
    input: {
      units: units.map(({ id, source, target }) => ({ id, source, target })),
      terms: terms.map(({ text }) => text),
      approvedPairs: listApprovedPairs(concepts, project),
      limit: PROPOSALS,
      sightingLimit: SIGHTINGS,
      cacheFolder: application.cacheFolder,
    },
    finish: async (renderings: readonly TermRenderings[]) => {
      const found = renderings.filter(({ units: count }) => count > 0);
      const seen = new Set(
        found.flatMap(({ proposals }) => proposals.flatMap(({ sightings }) => sightings.map(({ unit }) => unit))),
      );
      const run = await stores.renderings.saveRun({
        projectId,
        createdAt: clock(),
        memoryVersion,
        glossaryVersion: version,
        unitCount: units.length,
        renderings: found,
        units: units.filter(({ id }) => seen.has(id)),
      });
      return run.id;
    },
  });
}

async function findRunningMining(application: Application, projectId: string): Promise<Job | undefined> {
  const jobs = await application.jobs.list(projectId);
  return jobs.find(({ kind, state }) => kind === "renderings" && (state === "waiting" || state === "running"));
}

/** How a rendering that was found stands in the entry: undefined when nobody has decided about it. */
export type EvidenceStanding = { readonly termId: string; readonly status: TermStatus };

export type EvidenceSighting = { readonly unit: MinedUnit; readonly sourceSpan: Span; readonly targetSpan: Span };

export type EvidenceLine = Omit<RenderingProposal, "sightings"> & {
  /** The wording of the entry beside which it was found. */
  readonly term: string;
  readonly standing?: EvidenceStanding;
  readonly sightings: readonly EvidenceSighting[];
};

export type ConceptEvidence = {
  /** `none`: nobody has looked yet. `unread`: the run was made before these wordings were in the glossary. */
  readonly state: "none" | "unread" | "ready";
  readonly madeAt?: IsoInstant;
  /** Memories or glossary have changed since. */
  readonly isOld: boolean;
  /** Pairs that were read in all, and those with a wording of this entry. */
  readonly read: number;
  readonly units: number;
  /** Best first; a line with `under` belongs to the one it names. */
  readonly lines: readonly EvidenceLine[];
  /** Pairs that a person confirmed since: they are there at once, and counted when somebody looks again. */
  readonly fresh: readonly FreshPair[];
  readonly running?: Job;
};

/** Undefined when the project has no such entry. */
export async function findEvidence(
  application: Application,
  request: { readonly projectId: string; readonly conceptId: string },
): Promise<ConceptEvidence | undefined> {
  const { stores } = application;
  const concept = await findConcept(application, request);
  const project = await stores.projects.find(request.projectId);
  if (!concept || !project) return undefined;
  const running = await findRunningMining(application, project.id);
  const run = await stores.renderings.findRun(project.id);
  const language = mainLanguage(project.sourceLanguage);
  const wordings = concept.terms.filter((term) => mainLanguage(term.language) === language && isMined(term));
  const fresh = await findFreshPairs(application, { project, terms: wordings, since: run?.createdAt });
  const nothing = { isOld: false, read: run?.unitCount ?? 0, units: 0, lines: [], fresh, ...(running ? { running } : {}) };
  if (!run) return { state: "none", ...nothing };
  const found: TermRenderings[] = [];
  for (const text of new Set(wordings.map((term) => term.text))) {
    const renderings = await stores.renderings.findRenderings(run.id, text);
    if (renderings) found.push(renderings);
  }
  const isOld =
    run.memoryVersion !== (await stores.memories.memoryVersion(project.id)) ||
    // Decisions about renderings change the glossary all the time; only a wording that was not asked for matters.
    (found.length === 0 && run.glossaryVersion !== (await stores.concepts.glossaryVersion(project.id)));
  if (found.length === 0) {
    return { ...nothing, state: isOld ? "unread" : "ready", madeAt: run.createdAt, isOld };
  }
  const ids = found.flatMap(({ proposals }) => proposals.flatMap(({ sightings }) => sightings.map(({ unit }) => unit)));
  const units = await findUnitsThatStand(application, run.id, ids);
  const lines = found.flatMap(({ term, proposals }) =>
    proposals.map(({ sightings, ...proposal }): EvidenceLine => {
      const standing = findStanding(concept, project, [proposal.text, ...proposal.forms]);
      return {
        ...proposal,
        term,
        ...(standing ? { standing } : {}),
        sightings: sightings.flatMap(({ unit: id, ...spans }) => {
          const unit = units.get(id);
          return unit ? [{ unit, ...spans }] : [];
        }),
      };
    }),
  );
  return {
    state: "ready",
    madeAt: run.createdAt,
    isOld,
    read: run.unitCount,
    units: found.reduce((sum, one) => sum + one.units, 0),
    // A line whose pairs are all gone says nothing any more.
    lines: lines
      .filter(({ sightings }) => sightings.length > 0)
      .sort((one, other) => other.confidence - one.confidence || other.count - one.count),
    fresh: fresh.filter(({ unit }) => !units.has(unit.id)),
    ...(running ? { running } : {}),
  };
}

/** Units of the run whose pair is in a memory still, with the same words: one that was taken back is no evidence. */
async function findUnitsThatStand(
  { stores }: Application,
  runId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, MinedUnit>> {
  const mined = await stores.renderings.findUnits(runId, ids);
  const now = await stores.memories.findUnits([...mined.keys()]);
  const isSame = ({ id, source, target }: MinedUnit): boolean => {
    const unit = now.get(id);
    if (!unit) return false;
    return (unit.source === source && unit.target === target) || (unit.source === target && unit.target === source);
  };
  return new Map([...mined].filter(([, unit]) => isSame(unit)));
}

export type EvidenceRequest = {
  readonly projectId: string;
  readonly conceptId: string;
  readonly author: string;
  /** The wording of the entry, the rendering as it was found, and the pair it was found in. */
  readonly term: string;
  readonly text: string;
  readonly unit: string;
};

/**
 * Takes a line of the board: a rendering that the entry does not have becomes a proposal with its citation; one that it
 * has gets the citation. Refused as `not-found` when the last run has no such line.
 */
export async function takeEvidence(application: Application, request: EvidenceRequest): Promise<AddOutcome> {
  const { stores } = application;
  const { projectId, conceptId, author, term, text } = request;
  const refused = { kind: "refused", code: "not-found" } as const;
  const concept = await findConcept(application, request);
  const project = await stores.projects.find(projectId);
  const run = await stores.renderings.findRun(projectId);
  if (!concept || !project || !run || !concept.terms.some((one) => one.text === term)) return refused;
  const found = await stores.renderings.findRenderings(run.id, term);
  const proposal = found?.proposals.find((one) => one.text === text);
  const unit = (await stores.renderings.findUnits(run.id, [request.unit])).get(request.unit);
  if (!unit || !proposal?.sightings.some((sighting) => sighting.unit === unit.id)) return refused;
  const attestation = await cite(application, projectId, unit);
  const standing = findStanding(concept, project, [proposal.text, ...proposal.forms]);
  if (standing && standing.status !== "rejected") {
    return citeTerm(application, { projectId, termId: standing.termId, author, attestation });
  }
  const language = project.targetLanguage;
  return addRendering(application, {
    ...{ projectId, conceptId, author },
    rendering: { language, text, status: "proposed", attestation },
  });
}

/** The translation is what is cited where it is known; else the text it was made from, or the memory. */
async function cite(application: Application, projectId: string, unit: MinedUnit): Promise<Attestation> {
  const document = unit.targetDocument ?? unit.document;
  // Without a body or a document the memory is all that can be named, and it is named once.
  const body = unit.targetBody ?? unit.body ?? unit.memory;
  const title = document === body ? "" : (document ?? "");
  const date = unit.targetDate ?? unit.date;
  const source = await recordCitation(application, projectId, {
    ...{ kind: "new", body, title },
    ...(date === undefined ? {} : { date }),
  });
  const place = await findPlace(application, unit);
  return {
    source,
    ...(place === undefined ? {} : { place }),
    ...(date === undefined ? {} : { date }),
    sourceQuotation: unit.source,
    targetQuotation: unit.target,
  };
}

/** The paragraph in the source document, or the unit of the imported file: `tu` is what the formats of memories call it. */
async function findPlace(application: Application, unit: MinedUnit): Promise<string | undefined> {
  const paragraph = await findParagraph(application, unit);
  if (paragraph !== undefined) return `¶ ${paragraph}`;
  return unit.number === undefined ? undefined : `tu ${unit.number}`;
}

/** Number of the paragraph in the source document, from 1. */
async function findParagraph(application: Application, unit: MinedUnit): Promise<number | undefined> {
  const { stores } = application;
  const { documentId, alignmentId, groupId } = unit;
  if (documentId === undefined) return undefined;
  const alignment = alignmentId === undefined ? undefined : await stores.alignments.find(alignmentId);
  const group = alignment?.state.groups.find(({ id }) => id === groupId);
  const sentence = unit.segmentId ?? group?.source[0];
  if (sentence === undefined) return undefined;
  const [found] = await stores.segments.findAll([sentence]);
  if (found) return found.documentId === documentId ? found.paragraph + 1 : undefined;
  if (!alignment) return undefined;
  // A sentence that was edited in the alignment stands where the text it was made from stands.
  const { sentences } = await findSentences(application, { alignment, side: "source", ids: [sentence] });
  const isKnown = sentences.some(({ change }) => change !== undefined);
  return isKnown ? (sentences[0]?.paragraph ?? 0) + 1 : undefined;
}

/** A wording with slots stands nowhere as it is written. */
function isMined({ text, status }: Term): boolean {
  return !OFF.has(status) && !/\{\p{Lu}\}/u.test(text);
}

function listTerms(concepts: readonly Concept[], project: Project): readonly Term[] {
  const language = mainLanguage(project.sourceLanguage);
  const byText = new Map<string, Term>();
  for (const concept of concepts) {
    for (const term of concept.terms) {
      if (mainLanguage(term.language) === language && isMined(term) && !byText.has(term.text)) byText.set(term.text, term);
    }
  }
  return [...byText.values()];
}

function listApprovedPairs(concepts: readonly Concept[], project: Project): readonly ApprovedPair[] {
  const [from, to] = [mainLanguage(project.sourceLanguage), mainLanguage(project.targetLanguage)];
  return concepts.flatMap(({ terms }) => {
    const sources = terms.filter((term) => mainLanguage(term.language) === from && isMined(term));
    const targets = terms.filter((term) => mainLanguage(term.language) === to && term.status === "approved");
    return sources.flatMap((source) => targets.map((target) => ({ source: source.text, target: target.text })));
  });
}

/** Pairs of the project's memories that hold a term, the best memories first, a pair of texts once. */
async function collectUnits(application: Application, project: Project, terms: readonly Term[]): Promise<readonly MinedUnit[]> {
  const { stores } = application;
  const documents = new Map((await stores.documents.list({ projectId: project.id })).map((document) => [document.id, document]));
  const targets = new Map(
    (await stores.alignments.list(project.id)).map(({ id, targetDocumentId }) => [id, documents.get(targetDocumentId)]),
  );
  const automaton = createTermAutomaton(terms.map((term) => ({ term, conceptId: term.text })));
  const [from, to] = [mainLanguage(project.sourceLanguage), mainLanguage(project.targetLanguage)];
  const counts = new Map<string, number>();
  const seen = new Set<string>();
  const units: MinedUnit[] = [];
  const turns = startTurns();
  for (const memory of await stores.memories.list(project.id)) {
    for await (const piece of stores.memories.readUnits(memory.id)) {
      for (const unit of piece) {
        if (turns.isOver()) await turns.next();
        if (units.length >= MOST_UNITS) return units;
        const texts = orient(unit, { from, to });
        if (!texts) continue;
        const hits = new Set(automaton.recognizeTerms(texts.source).map(({ conceptId }) => conceptId));
        if (![...hits].some((hit) => (counts.get(hit) ?? 0) < MOST_UNITS_OF_TERM)) continue;
        const key = `${matchKey(texts.source)}\n${texts.target}`;
        if (seen.has(key)) continue;
        seen.add(key);
        for (const hit of hits) counts.set(hit, (counts.get(hit) ?? 0) + 1);
        units.push(describeUnit(unit, texts, { memory: memory.name, documents, targets }));
      }
    }
  }
  return units;
}

/** A rendering is known when a term of the entry has the same words, whatever their number, article and capitals. */
function findStanding(concept: Concept, project: Project, forms: readonly string[]): EvidenceStanding | undefined {
  const language = mainLanguage(project.targetLanguage);
  const keys = new Set(forms.map(keyOfWording));
  const known = concept.terms.filter((term) => mainLanguage(term.language) === language && keys.has(keyOfWording(term.text)));
  const best = known.find(({ status }) => status === "approved") ?? known.find(({ status }) => status !== "rejected") ?? known[0];
  return best && { termId: best.id, status: best.status };
}
