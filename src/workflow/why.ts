/**
 * Why a rendering stands as it does: the trail of an entry as data, for the printable sheet, the HTTP API and the
 * command line. Everything in it is read from the record; what has no citation has an empty list of citations.
 */
import type { Attestation, Concept, Decision, Source, Term, TermStatus } from "../model/concept.ts";
import type { LanguageTag } from "../model/span.ts";
import type { AuthorityLevel } from "../model/vetting.ts";
import { findStanding } from "../terminology/authority.ts";
import type { Application } from "./application.ts";
import { findLink, showSource } from "./cited-source.ts";
import type { ShownSource } from "./cited-source.ts";
import { buildTrail } from "./decision-steps.ts";
import type { TrailStep } from "./decision-steps.ts";
import { undoneBy } from "./glossary-undo.ts";
import { findConcept, mainLanguage } from "./glossary.ts";
import type { StoredTerm } from "./glossary.ts";
import { groupThreads } from "./glossary-discussion.ts";
import type { Thread } from "./glossary-discussion.ts";
import { listRelations } from "./glossary-relations.ts";
import type { ShownRelation } from "./glossary-relations.ts";
import { loadAuthorities } from "./vetting-rules.ts";
import { findConflicts } from "./why-conflicts.ts";
import type { WhyConflict } from "./why-conflicts.ts";

export type WhyCitation = Omit<Attestation, "source"> & {
  /** As it is written in the record. */
  readonly written: string;
  readonly source: ShownSource;
  /** Its place in the project's list of authorities, 1 the highest; absent when no level fits. */
  readonly level?: { readonly rank: number; readonly id: string; readonly name?: string };
};

export type WhyTerm = Omit<Term, "attestations"> & {
  /** Highest authority first. */
  readonly citations: readonly WhyCitation[];
  /** The decision by which it stands as it does; absent when there is none on record. */
  readonly decided?: Pick<Decision, "author" | "at" | "reason" | "citation">;
  readonly proposedBy?: { readonly author: string; readonly at: string };
  readonly successor?: { readonly id: string; readonly text: string; readonly language: LanguageTag };
  readonly waitingApproval?: StoredTerm["waitingApproval"];
};

/** A decision with the words of what it names; what it takes back is the place of that step in the list. */
export type WhyStep = TrailStep & {
  readonly successorText?: string;
  readonly otherText?: string;
  readonly undoneStep?: number;
};

export type WhySheet = {
  readonly project: { readonly id: string; readonly name: string };
  readonly sourceLanguage: LanguageTag;
  readonly targetLanguage: LanguageTag;
  readonly concept: Pick<Concept, "id" | "kind" | "class" | "domain" | "note"> & { readonly paraphrased: boolean };
  readonly headword: { readonly text: string; readonly language: LanguageTag };
  /** The approved rendering, the one for running text first; absent while none is approved. */
  readonly rendering?: WhyTerm;
  /** Wordings of the source language. */
  readonly forms: readonly WhyTerm[];
  /** All others, what may be used first. */
  readonly renderings: readonly WhyTerm[];
  readonly relations: readonly ShownRelation[];
  readonly conflicts: readonly WhyConflict[];
  /** Oldest first. */
  readonly decisions: readonly WhyStep[];
  /** Discussions that are not closed. */
  readonly openThreads: readonly Thread[];
};

/** What a sheet is made of. A glossary file has no decisions and no discussions. */
export type WhyParts = {
  readonly project: WhySheet["project"];
  readonly sourceLanguage: LanguageTag;
  readonly targetLanguage: LanguageTag;
  readonly concept: Omit<Concept, "terms"> & { readonly terms: readonly (Term & Partial<StoredTerm>)[] };
  readonly sources: ReadonlyMap<string, Source>;
  readonly levels: readonly AuthorityLevel[];
  readonly history: readonly Decision[];
  readonly threads: readonly Thread[];
  readonly relations: readonly ShownRelation[];
  /** Other entries with the same wording in another language than the source language: id and head. */
  readonly sharing: readonly { readonly termId: string; readonly conceptId: string; readonly text: string }[];
  /** Terms of other entries that decisions name. */
  readonly otherTerms: ReadonlyMap<string, { readonly text: string; readonly language: LanguageTag }>;
};

/** What may be used stands first, what may not stands last. */
const ORDER: readonly TermStatus[] = [
  ...(["approved", "admitted", "proposed", "candidate", "superseded", "deprecated", "forbidden", "rejected"] as const),
];

export function buildWhySheet(parts: WhyParts): WhySheet {
  const { project, sourceLanguage, targetLanguage, concept, threads, relations } = parts;
  const isOf = (language: LanguageTag) => (term: Term) => mainLanguage(term.language) === mainLanguage(language);
  const isForm = isOf(sourceLanguage);
  const standing = (one: Term, other: Term) => ORDER.indexOf(one.status) - ORDER.indexOf(other.status);
  const terms = concept.terms.toSorted(standing);
  const renderings = terms.filter((term) => !isForm(term)).map((term) => describeTerm(term, parts));
  const approved = renderings.filter((term) => term.status === "approved" && isOf(targetLanguage)({ ...term, attestations: [] }));
  const rendering = approved.find(({ usage }) => usage === undefined || usage === "running") ?? approved[0];
  const head = concept.terms.find(isForm) ?? concept.terms[0];
  const { id, kind, class: conceptClass, domain, note, paraphrased = false } = concept;
  return {
    project,
    sourceLanguage,
    targetLanguage,
    concept: {
      id,
      kind,
      paraphrased,
      ...(conceptClass === undefined ? {} : { class: conceptClass }),
      ...(domain === undefined ? {} : { domain }),
      ...(note === undefined ? {} : { note }),
    },
    headword: { text: head?.text ?? id, language: head?.language ?? sourceLanguage },
    ...(rendering ? { rendering } : {}),
    forms: terms.filter(isForm).map((term) => describeTerm(term, parts)),
    renderings,
    relations,
    conflicts: findConflicts({ ...parts, terms }),
    decisions: describeSteps(parts),
    openThreads: threads.filter(({ resolved }) => resolved === undefined),
  };
}

function describeTerm(term: Term & Partial<StoredTerm>, parts: WhyParts): WhyTerm {
  const { id, language, text, status, termType, matching, usage, partOfSpeech, validFrom, validUntil, note } = term;
  const own = parts.history.filter(({ termId }) => termId === id);
  const takenBack = new Set(own.map(undoneBy));
  // What an undo restored stands by the decision that first said so.
  const decided = own.findLast(
    (one) => one.after === status && one.action !== "add-term" && undoneBy(one) === undefined && !takenBack.has(one.id),
  );
  const proposed = own.findLast(({ action }) => action === "add-term" || action === "propose" || action === "reopen");
  const successor = term.supersededBy === undefined ? undefined : findTerm(term.supersededBy, parts);
  const optional = { usage, partOfSpeech, validFrom, validUntil, note, waitingApproval: term.waitingApproval };
  return {
    ...{ id, language, text, status, termType, matching },
    ...withoutUndefined(optional),
    citations: term.attestations
      .map((attestation) => describeCitation(attestation, parts))
      .sort((one, other) => (one.level?.rank ?? Infinity) - (other.level?.rank ?? Infinity) || 0),
    ...(decided ? { decided: describeGrounds(decided) } : {}),
    ...(proposed ? { proposedBy: { author: proposed.author, at: proposed.at } } : {}),
    ...(successor && term.supersededBy !== undefined ? { successor: { id: term.supersededBy, ...successor } } : {}),
  };
}

function describeGrounds({ author, at, reason, citation }: Decision): NonNullable<WhyTerm["decided"]> {
  return { author, at, ...withoutUndefined({ reason, citation }) };
}

type Filled<Value> = { [Key in keyof Value]?: Exclude<Value[Key], undefined> };

function withoutUndefined<Value extends object>(value: Value): Filled<Value> {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Filled<Value>;
}

export function describeCitation(
  { source: written, ...rest }: Attestation,
  list: Pick<WhyParts, "sources" | "levels">,
): WhyCitation {
  const { rank, level } = findStanding(written, list);
  const { link, ...place } = rest;
  // Only addresses of the web become links.
  const address = link === undefined ? undefined : findLink(link);
  return {
    ...place,
    ...(address === undefined ? {} : { link: address }),
    written,
    source: showSource(written, list.sources),
    ...(rank === undefined || !level
      ? {}
      : { level: { rank, id: level.id, ...(level.name === undefined ? {} : { name: level.name }) } }),
  };
}

function findTerm(id: string, { concept, otherTerms }: WhyParts) {
  const own = concept.terms.find((term) => term.id === id);
  return own ? { text: own.text, language: own.language } : otherTerms.get(id);
}

function describeSteps(parts: WhyParts): readonly WhyStep[] {
  const steps = buildTrail(parts.history, parts.concept as Parameters<typeof buildTrail>[1], parts.sources).toReversed();
  const places = new Map(steps.map(({ id }, at) => [id, at]));
  return steps.map((step) => {
    const { successorId, otherConceptId, undoes } = step;
    const undoneStep = undoes === undefined ? undefined : places.get(undoes);
    const decision = parts.history.find(({ id }) => id === step.id);
    // Seen from the other end of a relation, the other one is the concept that made it.
    const otherId = decision?.conceptId === parts.concept.id ? otherConceptId : decision?.conceptId;
    const other = parts.relations.find(({ conceptId }) => conceptId === otherId);
    return {
      ...step,
      ...withoutUndefined({
        successorText: successorId === undefined ? undefined : findTerm(successorId, parts)?.text,
        otherText:
          otherConceptId === undefined ? undefined : (other?.text ?? parts.otherTerms.get(otherId ?? "")?.text ?? otherId),
        undoneStep,
      }),
    };
  });
}

/** The sheet of an entry of a project; undefined when the project has no such entry. */
export async function explainEntry(
  application: Application,
  request: { readonly projectId: string; readonly conceptId: string },
): Promise<WhySheet | undefined> {
  const { stores } = application;
  const concept = await findConcept(application, request);
  const project = await stores.projects.find(request.projectId);
  if (!concept || !project) return undefined;
  const history = await stores.concepts.history(concept.id);
  const { sourceLanguage, targetLanguage } = project;
  const sharing: { termId: string; conceptId: string; text: string }[] = [];
  for (const term of concept.terms) {
    if (term.status !== "approved" || mainLanguage(term.language) === mainLanguage(sourceLanguage)) continue;
    const { text, language } = term;
    for (const other of await stores.concepts.findByTerm({ projectId: project.id, text, language })) {
      const same = other.terms.find((one) => one.text === text && one.status === "approved");
      if (other.id === concept.id || !same) continue;
      const head = other.terms.find((one) => mainLanguage(one.language) === mainLanguage(sourceLanguage));
      sharing.push({ termId: term.id, conceptId: other.id, text: head?.text ?? other.id });
    }
  }
  return buildWhySheet({
    project: { id: project.id, name: project.name },
    sourceLanguage,
    targetLanguage,
    concept,
    history,
    sharing,
    ...(await loadAuthorities(application, project.id)),
    threads: groupThreads(await stores.vetting.listComments(concept.id)),
    relations: await listRelations(application, request),
    otherTerms: await findNamed(application, { history, own: concept.id, sourceLanguage }),
  });
}

/** Terms and concepts of other entries that decisions name, by id. */
export async function findNamed(
  { stores: { concepts } }: Application,
  {
    history,
    own,
    sourceLanguage,
  }: { readonly history: readonly Decision[]; readonly own: string; readonly sourceLanguage: LanguageTag },
): Promise<ReadonlyMap<string, { readonly text: string; readonly language: LanguageTag; readonly conceptId: string }>> {
  const found = new Map<string, { text: string; language: LanguageTag; conceptId: string }>();
  for (const { successorId, otherConceptId, conceptId } of history) {
    const term = successorId === undefined ? undefined : await concepts.findTerm(successorId);
    if (term) found.set(term.id, { text: term.text, language: term.language, conceptId: term.conceptId });
    for (const id of [otherConceptId, conceptId]) {
      if (id === undefined || id === own || found.has(id)) continue;
      const terms = (await concepts.find(id))?.terms ?? [];
      const head = terms.find(({ language }) => mainLanguage(language) === mainLanguage(sourceLanguage)) ?? terms[0];
      if (head) found.set(id, { text: head.text, language: head.language, conceptId: id });
    }
  }
  return found;
}
