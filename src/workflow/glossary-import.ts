/**
 * A glossary file into a project: first a preview that says what would happen to each concept, then the import.
 *
 *   new          nothing stored has its id or its source wording
 *   unchanged    everything the file says is stored
 *   changed      terms or attestations are added, or what a term says (not its status) changes
 *   conflicting  the file decides otherwise than was decided (status), or its wording stands in several stored concepts
 *
 * Policy: nothing is stored while the file has errors, unless the caller accepts that the faulty rows are left out.
 * Nothing stored is removed by an import. Decisions stand unless the caller takes the file's; history is written by the store.
 */
import { hasOwnId } from "../formats/glossary-csv.ts";
import type { Attestation, Concept, ConceptRelation, Term, TermStatus } from "../model/concept.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { LanguageTag } from "../model/span.ts";
import type { ConceptContent, NewConcept, NewTerm, StoredConcept, StoredTerm, TermContent } from "../storage/concept-store.ts";
import { matchKey } from "../text/match-key.ts";
import type { Application } from "./application.ts";
import type { GlossaryFacts, GlossaryFileOptions } from "./glossary-file.ts";
import { relateImported } from "./glossary-import-relations.ts";
import { startTurns } from "./take-turns.ts";

export type GlossaryFile = { readonly name: string; readonly bytes: Uint8Array };

export type TermChange =
  | { readonly kind: "add"; readonly term: Term }
  | { readonly kind: "content"; readonly stored: StoredTerm; readonly term: Term; readonly attestations: readonly Attestation[] }
  | { readonly kind: "status"; readonly stored: StoredTerm; readonly term: Term };

export type GlossaryImportRow = {
  readonly kind: "new" | "unchanged" | "changed" | "conflicting";
  readonly concept: Concept;
  readonly stored?: StoredConcept;
  /** Several stored concepts have this wording: a person must say which is meant. */
  readonly candidates: readonly StoredConcept[];
  readonly changes: readonly TermChange[];
  /** Of the entry itself: fields that the file fills in or says otherwise, and relations that are not stored. */
  readonly conceptChanges: readonly ConceptChange[];
};

export type ConceptChange =
  | { readonly kind: "content"; readonly field: (typeof CONCEPT_FIELDS)[number] }
  | { readonly kind: "relation"; readonly relation: ConceptRelation };

export type GlossaryPreview = {
  readonly rows: readonly GlossaryImportRow[];
  readonly counts: Readonly<Record<GlossaryImportRow["kind"], number>>;
  readonly diagnostics: readonly Diagnostic[];
  readonly hasErrors: boolean;
  /** What the file was read as; absent when it is no glossary at all. */
  readonly facts?: GlossaryFacts;
};

export type GlossaryPreviewRequest = {
  readonly projectId: string;
  readonly file: GlossaryFile;
  /** For rows without a status; `proposed` when left out. */
  readonly defaultStatus?: TermStatus;
  /** How to read the file, where a person says otherwise than was found out. */
  readonly reading?: GlossaryReading;
};

export type GlossaryReading = Pick<
  GlossaryFileOptions,
  "format" | "encoding" | "delimiter" | "sheet" | "columns" | "hasHeader" | "defaultStatus"
>;

export async function previewGlossaryImport(application: Application, request: GlossaryPreviewRequest): Promise<GlossaryPreview> {
  const { stores, jobs } = application;
  const { file, defaultStatus, reading } = request;
  const project = await stores.projects.find(request.projectId);
  const read = await jobs.runTask("readGlossary", {
    file,
    undoFormulas: true,
    ...(defaultStatus ? { defaultStatus } : {}),
    ...(project ? { languages: { source: project.sourceLanguage, target: project.targetLanguage } } : {}),
    ...reading,
  });
  const uncited = (read.value ?? []).flatMap(reportUncited);
  const diagnostics = [...read.diagnostics, ...uncited];
  const { concepts: stored } = await stores.concepts.loadGlossary(request.projectId);
  const sourceLanguage = project?.sourceLanguage ?? "zh";
  const index = indexStored(stored, sourceLanguage);
  const rows: GlossaryImportRow[] = [];
  const counts = { new: 0, unchanged: 0, changed: 0, conflicting: 0 };
  const turns = startTurns();
  for (const concept of read.value ?? []) {
    const row = compare(withoutUncited(concept), index, sourceLanguage);
    rows.push(row);
    counts[row.kind]++;
    if (turns.isOver()) await turns.next();
  }
  const hasErrors = diagnostics.some(({ severity }) => severity === "error");
  return { rows, counts, diagnostics, hasErrors, ...(read.facts ? { facts: read.facts } : {}) };
}

/** An approval must cite something; the row is imported as a proposal when the caller accepts errors. */
function reportUncited(concept: Concept): readonly Diagnostic[] {
  const line = /^line:(\d+)$/.exec(concept.id)?.[1];
  return concept.terms.filter(isUncited).map((term) => ({
    code: "glossary-approved-without-source",
    severity: "error" as const,
    ...(line === undefined ? {} : { line: Number(line) }),
    values: { term: term.text },
  }));
}

function isUncited({ status, attestations }: Term): boolean {
  return status === "approved" && !attestations.some(({ source }) => source.trim() !== "" && source !== "proposed");
}

function withoutUncited(concept: Concept): Concept {
  if (!concept.terms.some(isUncited)) return concept;
  return { ...concept, terms: concept.terms.map((term) => (isUncited(term) ? { ...term, status: "proposed" as const } : term)) };
}

type StoredIndex = {
  readonly byId: ReadonlyMap<string, StoredConcept>;
  readonly byWording: ReadonlyMap<string, readonly StoredConcept[]>;
};

function indexStored(concepts: readonly StoredConcept[], sourceLanguage: LanguageTag): StoredIndex {
  const byWording = new Map<string, StoredConcept[]>();
  for (const concept of concepts) {
    for (const wording of wordingsOf(concept, sourceLanguage)) {
      const list = byWording.get(wording);
      if (list) list.push(concept);
      else byWording.set(wording, [concept]);
    }
  }
  return { byId: new Map(concepts.map((concept) => [concept.id, concept])), byWording };
}

function wordingsOf({ terms }: Pick<Concept, "terms">, sourceLanguage: LanguageTag): readonly string[] {
  return [
    ...new Set(terms.filter(({ language }) => isSameLanguage(language, sourceLanguage)).map(({ text }) => foldWording(text))),
  ];
}

function foldWording(text: string): string {
  return matchKey(text).toLowerCase();
}

function isSameLanguage(one: LanguageTag, other: LanguageTag): boolean {
  return one.toLowerCase().split(/[-_]/)[0] === other.toLowerCase().split(/[-_]/)[0];
}

function compare(concept: Concept, index: StoredIndex, sourceLanguage: LanguageTag): GlossaryImportRow {
  const sameId = hasOwnId(concept) ? index.byId.get(concept.id) : undefined;
  const candidates = sameId
    ? [sameId]
    : [...new Set(wordingsOf(concept, sourceLanguage).flatMap((wording) => index.byWording.get(wording) ?? []))];
  const [stored, ...others] = candidates;
  if (!stored) return { kind: "new", concept, candidates: [], changes: [], conceptChanges: [] };
  if (others.length > 0) return { kind: "conflicting", concept, candidates, changes: [], conceptChanges: [] };
  const changes = concept.terms.flatMap((term) => compareTerm(term, stored));
  const conceptChanges = compareConcept(concept, stored);
  const isOtherwise = changes.some((change) => change.kind === "status");
  const kind = isOtherwise ? "conflicting" : changes.length + conceptChanges.length > 0 ? "changed" : "unchanged";
  return { kind, concept, stored, candidates: [stored], changes, conceptChanges };
}

const CONCEPT_FIELDS = ["class", "domain", "note", "paraphrased"] as const;

/** An empty cell says nothing of what is stored; the kind has no empty cell, so that a plain one says nothing either. */
function compareConcept(concept: Concept, stored: StoredConcept): readonly ConceptChange[] {
  const known = new Set(stored.relations?.map(describeRelation));
  const fields = CONCEPT_FIELDS.filter((field) => concept[field] !== undefined && concept[field] !== stored[field]);
  const relations = concept.relations?.filter((relation) => !known.has(describeRelation(relation))) ?? [];
  return [
    ...fields.map((field) => ({ kind: "content" as const, field })),
    ...relations.map((relation) => ({ kind: "relation" as const, relation })),
  ];
}

function describeRelation({ type, conceptId, note }: ConceptRelation): string {
  return JSON.stringify([type, conceptId, note ?? ""]);
}

function compareTerm(term: Term, concept: StoredConcept): readonly TermChange[] {
  const stored = concept.terms.find(
    (other) => other.language === term.language && other.text === term.text && other.usage === term.usage,
  );
  if (!stored) return [{ kind: "add", term }];
  const known = new Set(stored.attestations.map((attestation) => describeAttestation(attestation)));
  const attestations = term.attestations.filter((attestation) => !known.has(describeAttestation(attestation)));
  const differs = CONTENT_FIELDS.some((field) => term[field] !== undefined && term[field] !== stored[field]);
  return [
    ...(differs || attestations.length > 0 ? [{ kind: "content" as const, stored, term, attestations }] : []),
    ...(term.status === stored.status ? [] : [{ kind: "status" as const, stored, term }]),
  ];
}

/** An empty cell says nothing about what is stored. */
const CONTENT_FIELDS = ["termType", "matching", "partOfSpeech", "validFrom", "validUntil", "note"] as const;

function describeAttestation({ source, place, date, sourceQuotation, targetQuotation }: Attestation): string {
  return JSON.stringify([source, place ?? "", date ?? "", sourceQuotation ?? "", targetQuotation ?? ""]);
}

export type GlossaryImportRequest = GlossaryPreviewRequest & {
  readonly author: string;
  /** Import what is sound although some rows are not. */
  readonly acceptErrors?: boolean;
  /** `keep` (usual): what was decided stands. `take`: the file's statuses replace the stored ones, with the reason. */
  readonly statuses?: "keep" | "take";
  /** Stands in the history; the name of the file when left out. */
  readonly reason?: string;
};

export type GlossaryImportOutcome =
  | { readonly kind: "refused"; readonly preview: GlossaryPreview }
  | {
      readonly kind: "imported";
      readonly preview: GlossaryPreview;
      readonly added: number;
      readonly changed: number;
      /** Left as they are: conflicting, or refused by the store. */
      readonly left: readonly { readonly concept: Concept; readonly code: string }[];
    };

export async function importGlossary(application: Application, request: GlossaryImportRequest): Promise<GlossaryImportOutcome> {
  const preview = await previewGlossaryImport(application, request);
  if (preview.rows.length === 0 || (preview.hasErrors && !request.acceptErrors)) return { kind: "refused", preview };
  const { stores, clock } = application;
  const signed = { author: request.author, at: clock(), reason: request.reason ?? request.file.name };
  const project = await stores.projects.find(request.projectId);
  const fresh = preview.rows.filter(({ kind }) => kind === "new");
  const concepts = await Promise.all(
    fresh.map(({ concept }) => prepareConcept(application, concept, project?.sourceLanguage ?? "zh")),
  );
  const outcomes = await stores.concepts.importAll(concepts, { ...signed, projectId: request.projectId });
  const left: { concept: Concept; code: string }[] = [];
  let added = 0;
  outcomes.forEach((outcome, at) => {
    const concept = fresh[at]?.concept;
    if (outcome.kind === "saved") added++;
    else if (concept) left.push({ concept, code: outcome.code });
  });
  const ids = new Map<string, string>();
  outcomes.forEach((outcome, at) => {
    const concept = fresh[at]?.concept;
    if (concept && outcome.kind === "saved") ids.set(concept.id, outcome.concept.id);
  });
  let changed = 0;
  for (const row of preview.rows) {
    if (row.kind === "new" || row.kind === "unchanged") continue;
    const code = await applyChanges(application, row, { ...signed, statuses: request.statuses ?? "keep" });
    if (code === undefined) changed++;
    else left.push({ concept: row.concept, code });
  }
  left.push(...(await relateImported(application, { rows: preview.rows, ids, ...signed })));
  return { kind: "imported", preview, added, changed, left };
}

/** The source wording first: it heads the concept in lists. Ids are kept unless another project has them. */
async function prepareConcept(application: Application, concept: Concept, sourceLanguage: LanguageTag): Promise<NewConcept> {
  const { id, terms, kind, class: className, domain, note, paraphrased } = concept;
  const isFree = hasOwnId(concept) && (await application.stores.concepts.find(id)) === undefined;
  const ordered = [
    ...terms.filter(({ language }) => isSameLanguage(language, sourceLanguage)),
    ...terms.filter(({ language }) => !isSameLanguage(language, sourceLanguage)),
  ];
  return {
    kind,
    ...(className === undefined ? {} : { class: className }),
    ...(domain === undefined ? {} : { domain }),
    ...(note === undefined ? {} : { note }),
    ...(paraphrased === undefined ? {} : { paraphrased }),
    ...(isFree ? { id } : {}),
    terms: ordered.map(newTermOf),
  };
}

function newTermOf(term: Term): NewTerm {
  return { ...contentOf(term), status: term.status };
}

/** What a term says, without its id and its status. */
function contentOf(term: Term): TermContent {
  return {
    language: term.language,
    text: term.text,
    termType: term.termType,
    matching: term.matching,
    ...(term.usage === undefined ? {} : { usage: term.usage }),
    ...(term.partOfSpeech === undefined ? {} : { partOfSpeech: term.partOfSpeech }),
    ...(term.validFrom === undefined ? {} : { validFrom: term.validFrom }),
    ...(term.validUntil === undefined ? {} : { validUntil: term.validUntil }),
    ...(term.note === undefined ? {} : { note: term.note }),
    attestations: term.attestations,
  };
}

type ApplyContext = {
  readonly author: string;
  readonly at: string;
  readonly reason: string;
  readonly statuses: "keep" | "take";
};

/** Undefined when all went well, else why something was left. Each change is its own transaction, safe to run again. */
async function applyChanges(
  application: Application,
  row: GlossaryImportRow,
  context: ApplyContext,
): Promise<string | undefined> {
  if (!row.stored) return "several-concepts";
  const { concepts } = application.stores;
  const { statuses, ...signed } = context;
  let problem: string | undefined;
  if (row.conceptChanges.some(({ kind }) => kind === "content")) {
    const { id: conceptId, revision: baseRevision } = row.stored;
    const content = conceptContent(row.stored, row.concept);
    const outcome = await concepts.changeConcept({ author: context.author, at: context.at, conceptId, baseRevision, content });
    if (outcome.kind !== "saved") problem = outcome.kind === "stale" ? "stale" : outcome.code;
  }
  for (const change of row.changes) {
    if (change.kind === "add") {
      const outcome = await concepts.addTerm({ ...signed, conceptId: row.stored.id, term: newTermOf(change.term) });
      if (outcome.kind !== "saved") problem = outcome.kind === "stale" ? "stale" : outcome.code;
      continue;
    }
    const stored = await concepts.findTerm(change.stored.id);
    if (!stored) return "not-found";
    if (change.kind === "content") {
      const outcome = await concepts.changeTerm({
        ...signed,
        termId: stored.id,
        baseRevision: stored.revision,
        content: mergeContent(stored, change.term, change.attestations),
      });
      if (outcome.kind !== "saved") problem = outcome.kind === "stale" ? "stale" : outcome.code;
    } else if (statuses === "keep") {
      problem = "status-kept";
    } else {
      const citation = change.term.attestations.find(({ source }) => source !== "proposed")?.source;
      const outcome = await concepts.changeStatus({
        ...signed,
        termId: stored.id,
        baseRevision: stored.revision,
        status: change.term.status,
        imported: true,
        ...(citation === undefined ? {} : { citation }),
      });
      if (outcome.kind !== "saved") problem = outcome.kind === "stale" ? "stale" : outcome.code;
    }
  }
  return problem;
}

/** What the file says, else what is stored. */
function conceptContent(stored: StoredConcept, { class: className, domain, note, paraphrased }: Concept): ConceptContent {
  const merged = {
    class: className ?? stored.class,
    domain: domain ?? stored.domain,
    note: note ?? stored.note,
    paraphrased: paraphrased ?? stored.paraphrased,
  };
  const filled = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== undefined));
  return { kind: stored.kind, ...(filled as Omit<ConceptContent, "kind">) };
}

function mergeContent(stored: StoredTerm, term: Term, attestations: readonly Attestation[]): TermContent {
  return { ...contentOf(stored), ...contentOf(term), attestations: [...stored.attestations, ...attestations] };
}
