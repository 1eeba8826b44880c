/**
 * The glossary of a project as people work on it: finding entries, adding entries and renderings, deciding on them.
 * Every change is signed, is based on a revision where something is replaced, and stands in the history for good.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Attestation, ConceptKind, Source, TermStatus, TermUsage } from "../model/concept.ts";
import type { FormulationClass } from "../model/formulation.ts";
import type { LanguageTag } from "../model/span.ts";
import type {
  ConceptContent,
  ConceptOutcome,
  RejectedBefore,
  StoredConcept,
  StoredTerm,
  TermContent,
  TermOutcome,
} from "../storage/concept-store.ts";
import type { StatusOutcome } from "../storage/concept-store.ts";
import type { Page, Signed, Stale } from "../storage/outcomes.ts";
import { STATUSES } from "../formats/glossary-columns.ts";
import { mainLanguage } from "../formats/language-tag.ts";
import type { Application } from "./application.ts";
import { refuseTemplate } from "./glossary-templates.ts";

export { mainLanguage };
export {
  GLOSSARY_COLUMNS as GLOSSARY_FIELDS,
  KINDS,
  MATCHING,
  STATUSES,
  TERM_TYPES,
  USAGES,
} from "../formats/glossary-columns.ts";
export type { ConceptContent, StoredConcept, StoredTerm, TermContent } from "../storage/concept-store.ts";
export type { Project } from "../storage/project-store.ts";

/** What an entry may be, as extraction names it; other classes come from files of others and stay as they are. */
export const CLASSES: readonly (FormulationClass | "frame")[] = [
  ...(["set-phrase", "series", "numbered-slogan", "institution", "title", "law", "programme"] as const),
  ...(["reporting-verb", "domain-term", "frame"] as const),
];

export type GlossaryQuery = {
  readonly projectId: string;
  readonly search?: string;
  readonly status?: TermStatus;
  readonly kind?: ConceptKind;
  /** Only entries without a rendering that is approved or admitted. */
  readonly unsettled?: boolean;
  /** Only entries without a fixed rendering, by decision. */
  readonly paraphrased?: boolean;
  /** Only entries with an approval that waits for a second person. */
  readonly waiting?: boolean;
  /** Only entries that others changed or discussed since this person last looked at the list. */
  readonly newsFor?: string;
  readonly sort?: "text" | "created" | "changed";
  readonly descending?: boolean;
  readonly offset?: number;
  readonly limit?: number;
};

export type GlossaryCounts = {
  readonly all: number;
  readonly unsettled: number;
  readonly paraphrased: number;
  /** With an approval that waits for a second person. */
  readonly waiting: number;
  readonly statuses: Readonly<Record<TermStatus, number>>;
};

export async function listGlossary(application: Application, query: GlossaryQuery): Promise<Page<StoredConcept>> {
  return application.stores.concepts.list(await toFilter(application, query));
}

/** How many entries each filter of the list would show, with the search and the kind as they are. */
export async function countGlossary(application: Application, query: GlossaryQuery): Promise<GlossaryCounts> {
  const { projectId, search, kind } = query;
  const base = { projectId, ...(search === undefined ? {} : { search }), ...(kind === undefined ? {} : { kind }), limit: 0 };
  // Each count is a query over the whole glossary; requests of others are answered in between.
  const all = await listGlossary(application, base);
  await nextTurn();
  const found = await application.stores.concepts.countStatuses(await toFilter(application, base));
  await nextTurn();
  const unsettled = await listGlossary(application, { ...base, unsettled: true });
  await nextTurn();
  const statuses = Object.fromEntries(STATUSES.map((status) => [status, found.get(status) ?? 0])) as Record<TermStatus, number>;
  const paraphrased = await listGlossary(application, { ...base, paraphrased: true });
  await nextTurn();
  const waiting = await listGlossary(application, { ...base, waiting: true });
  return {
    ...{ all: all.total, unsettled: unsettled.total, paraphrased: paraphrased.total, waiting: waiting.total },
    statuses,
  };
}

async function toFilter(application: Application, query: GlossaryQuery) {
  const { status, kind, unsettled, newsFor, ...rest } = query;
  const withoutApproved = unsettled ? (await application.stores.projects.find(query.projectId))?.targetLanguage : undefined;
  return {
    ...rest,
    ...(status === undefined ? {} : { statuses: [status] }),
    ...(kind === undefined ? {} : { kinds: [kind] }),
    ...(withoutApproved === undefined ? {} : { withoutApproved }),
    ...(newsFor === undefined ? {} : { unseenBy: newsFor }),
  };
}

type Within = { readonly projectId: string; readonly conceptId: string };

/** The entry, if it is one of this project. */
export async function findConcept(
  application: Application,
  { projectId, conceptId }: Within,
): Promise<StoredConcept | undefined> {
  const concept = await application.stores.concepts.find(conceptId);
  return concept?.projectId === projectId ? concept : undefined;
}

/** A place where a rendering was seen, as a person gives it. `new` names the body and the document, and is kept for next time. */
export type CitationInput =
  | { readonly kind: "source"; readonly id: string }
  | { readonly kind: "house" | "proposed" }
  | ({ readonly kind: "new" } & Omit<Source, "id">);

/**
 * What stands in an attestation or a decision. A new source is stored under its body and title, so that a file that
 * is exported still says where a rendering was seen when it is read without the list of sources.
 */
export async function recordCitation(application: Application, projectId: string, citation: CitationInput): Promise<string> {
  if (citation.kind === "source") return citation.id;
  if (citation.kind !== "new") return citation.kind;
  const { body, title, date, locator } = citation;
  const source = { body, title, ...(date === undefined ? {} : { date }), ...(locator === undefined ? {} : { locator }) };
  const known = (await application.stores.concepts.listSources(projectId)).find(
    (one) => one.body === body && one.title === title && one.date === date,
  );
  if (known) return known.id;
  const id = [body, title, date].filter((part) => part !== undefined && part !== "").join(", ");
  await application.stores.concepts.saveSource({ ...source, id }, projectId);
  return id;
}

export type Rendering = {
  readonly language: LanguageTag;
  readonly text: string;
  readonly status: TermStatus;
  readonly content?: Partial<Omit<TermContent, "language" | "text" | "attestations" | "usage">>;
  readonly usage?: TermUsage;
  readonly attestation?: Attestation;
};

const SPACELESS = new Set(["zh", "ja", "ko", "th"]);

function toNewTerm({ language, text, status, content, usage, attestation }: Rendering) {
  return {
    termType: "fullForm" as const,
    matching: SPACELESS.has(mainLanguage(language)) ? ("exact" as const) : ("inflecting" as const),
    ...content,
    language,
    text: text.trim(),
    status,
    ...(usage === undefined ? {} : { usage }),
    attestations: attestation ? [attestation] : [],
  };
}

export type NewEntry = ConceptContent & {
  readonly projectId: string;
  readonly author: string;
  readonly text: string;
  readonly rendering?: Omit<Rendering, "language">;
  readonly reason?: string;
};

/** `exists`: an entry has this wording already; nothing was stored. */
export type EntryOutcome = ConceptOutcome | { readonly kind: "exists"; readonly concept: StoredConcept };

export async function addEntry(application: Application, entry: NewEntry): Promise<EntryOutcome> {
  const { stores, clock } = application;
  const { projectId, author, text, rendering, reason, ...content } = entry;
  const project = await stores.projects.find(projectId);
  if (!project) return { kind: "refused", code: "not-found" };
  const language = project.sourceLanguage;
  const [known] = await stores.concepts.findByTerm({ projectId, text, language });
  if (known) return { kind: "exists", concept: known };
  const head = toNewTerm({
    language,
    text,
    status: "proposed",
    ...(content.kind === "phrase" ? { content: { termType: "phrase" } } : {}),
  });
  const terms = rendering ? [head, toNewTerm({ ...rendering, language: project.targetLanguage })] : [head];
  const grounds = reason === undefined ? {} : { reason };
  return stores.concepts.create({ ...content, terms }, { projectId, author, at: clock(), ...grounds });
}

/**
 * `exists`: the entry has this wording for this use already; its status says how it stands. A wording that was turned down
 * before is refused as `rejected-before`, with the term and the decision about it.
 */
export type AddOutcome = TermOutcome | RejectedBefore | { readonly kind: "exists"; readonly term: StoredTerm };

export async function addRendering(
  application: Application,
  addition: Within & { readonly author: string; readonly rendering: Rendering; readonly reason?: string },
): Promise<AddOutcome> {
  const concept = await findConcept(application, addition);
  if (!concept) return { kind: "refused", code: "not-found" };
  const term = toNewTerm(addition.rendering);
  const known = concept.terms.find(
    (one) =>
      one.language === term.language &&
      one.text === term.text &&
      one.usage === addition.rendering.usage &&
      one.status !== "rejected",
  );
  if (known) return { kind: "exists", term: known };
  const refused = term.status === "approved" ? await refuseTemplate(application, concept, term) : undefined;
  if (refused) return refused;
  return application.stores.concepts.addTerm({
    ...sign(application, addition.author),
    conceptId: concept.id,
    term,
    ...(addition.reason === undefined ? {} : { reason: addition.reason }),
  });
}

type TermPlace = { readonly projectId: string; readonly termId: string; readonly author: string };
type GivenGrounds = { readonly reason?: string; readonly citation?: string };

/** Changes what a term says. Its attestations stay: they are added one by one. */
export async function editTerm(
  application: Application,
  edit: TermPlace &
    GivenGrounds & {
      readonly baseRevision: number;
      readonly content: Omit<TermContent, "attestations" | "language">;
    },
): Promise<TermOutcome> {
  const term = await findTerm(application, edit);
  if (!term) return { kind: "refused", code: "not-found" };
  const { baseRevision, termId, reason, citation } = edit;
  return application.stores.concepts.changeTerm({
    ...sign(application, edit.author),
    ...grounds({ reason, citation }),
    termId,
    baseRevision,
    content: { ...edit.content, language: term.language, attestations: term.attestations },
  });
}

/** What an approval cites is kept with the term as well: a glossary that is exported says where each approved term was seen. */
export async function decideTerm(
  application: Application,
  decision: TermPlace &
    GivenGrounds & {
      readonly baseRevision: number;
      readonly status: TermStatus;
      /** For `superseded`: the id of the term that stands for it from now on. */
      readonly successorId?: string;
    },
): Promise<StatusOutcome> {
  const term = await findTerm(application, decision);
  if (!term) return { kind: "refused", code: "not-found" };
  const { concepts } = application.stores;
  const { baseRevision, termId, status, reason, citation, successorId } = decision;
  if (status === "approved") {
    const entry = await concepts.find(term.conceptId);
    const refused = entry && (await refuseTemplate(application, entry, term));
    if (refused) return refused;
  }
  const signed = sign(application, decision.author);
  const outcome = await concepts.changeStatus({
    ...signed,
    ...grounds({ reason, citation }),
    termId,
    baseRevision,
    status,
    ...(successorId === undefined ? {} : { successorId }),
  });
  if (outcome.kind !== "saved" || status !== "approved" || citation === undefined) return outcome;
  if (outcome.term.attestations.some(({ source }) => source === citation)) return outcome;
  const cited = await concepts.addAttestation({ ...signed, termId, attestation: { source: citation } });
  return cited.kind === "saved" ? { ...outcome, concept: cited.concept, term: cited.term } : outcome;
}

export async function citeTerm(
  application: Application,
  addition: TermPlace & { readonly attestation: Attestation },
): Promise<TermOutcome> {
  if (!(await findTerm(application, addition))) return { kind: "refused", code: "not-found" };
  const { termId, attestation } = addition;
  return application.stores.concepts.addAttestation({ ...sign(application, addition.author), termId, attestation });
}

export async function editConcept(
  application: Application,
  edit: Within & {
    readonly author: string;
    readonly baseRevision: number;
    readonly content: ConceptContent;
    /** Needed when `paraphrased` changes. */
    readonly reason?: string;
  },
): Promise<ConceptOutcome | Stale<ConceptContent, StoredConcept, ConceptContent>> {
  if (!(await findConcept(application, edit))) return { kind: "refused", code: "not-found" };
  const { conceptId, baseRevision, content, reason } = edit;
  const change = { ...sign(application, edit.author), conceptId, baseRevision, content };
  return application.stores.concepts.changeConcept(reason === undefined ? change : { ...change, reason });
}

/** The term, if its entry is one of this project. */
async function findTerm(application: Application, { projectId, termId }: TermPlace): Promise<StoredTerm | undefined> {
  const term = await application.stores.concepts.findTerm(termId);
  return term && (await findConcept(application, { projectId, conceptId: term.conceptId })) ? term : undefined;
}

function sign({ clock }: Application, author: string): Signed {
  return { author, at: clock() };
}

function grounds({
  reason,
  citation,
}: {
  readonly reason: string | undefined;
  readonly citation: string | undefined;
}): GivenGrounds {
  return { ...(reason === undefined ? {} : { reason }), ...(citation === undefined ? {} : { citation }) };
}
