import type { Attestation, Concept, ConceptKind, Decision, Source, Term, TermStatus } from "../model/concept.ts";
import type { IsoInstant, LanguageTag } from "../model/span.ts";
import type { Page, PageRequest, Refused, Signed, Stale } from "./outcomes.ts";

export type StoredTerm = Term & { readonly conceptId: string; readonly revision: number };

export type StoredConcept = Omit<Concept, "terms"> & {
  readonly projectId: string;
  readonly revision: number;
  readonly createdAt: IsoInstant;
  readonly changedAt: IsoInstant;
  readonly terms: readonly StoredTerm[];
};

export type NewTerm = Omit<Term, "id"> & { readonly id?: string };
export type NewConcept = Omit<Concept, "id" | "terms"> & { readonly id?: string; readonly terms: readonly NewTerm[] };

/** What a term says; its status has its own method because a status is decided, not edited. */
export type TermContent = Omit<Term, "id" | "status">;

export type ConceptOutcome = { readonly kind: "saved"; readonly concept: StoredConcept } | Refused;
export type TermOutcome =
  | { readonly kind: "saved"; readonly concept: StoredConcept; readonly term: StoredTerm }
  | Stale<TermContent, StoredTerm, TermContent>
  | Refused;
export type StatusOutcome =
  | { readonly kind: "saved"; readonly concept: StoredConcept; readonly term: StoredTerm; readonly decision: Decision }
  | Stale<TermStatus, StoredTerm, TermStatus>
  | Refused;

export type ConceptContent = Pick<Concept, "kind" | "class" | "domain" | "note">;

/** Why, and where it can be seen: a Source id, free text, or `house`. */
export type Grounds = { readonly reason?: string; readonly citation?: string };

export type ConceptFilter = PageRequest & {
  readonly projectId: string;
  /** Part of any term, in any language, by match key and without regard to capitals; one character is enough. */
  readonly search?: string;
  readonly statuses?: readonly TermStatus[];
  readonly kinds?: readonly ConceptKind[];
  readonly domain?: string;
  /** A language in which the concept has no term that is approved or admitted: what is still to do. */
  readonly withoutApproved?: LanguageTag;
  readonly sort?: "text" | "created" | "changed";
  readonly descending?: boolean;
};

export type ConceptStore = {
  create(concept: NewConcept, context: Signed & Grounds & { readonly projectId: string }): Promise<ConceptOutcome>;
  /** An import: each concept is stored or refused by itself. Approved terms need an attestation. */
  importAll(
    concepts: readonly NewConcept[],
    context: Signed & Grounds & { readonly projectId: string },
  ): Promise<readonly ConceptOutcome[]>;
  changeConcept(
    change: Signed & { readonly conceptId: string; readonly baseRevision: number; readonly content: ConceptContent },
  ): Promise<ConceptOutcome | Stale<ConceptContent, StoredConcept, ConceptContent>>;
  addTerm(addition: Signed & Grounds & { readonly conceptId: string; readonly term: NewTerm }): Promise<TermOutcome>;
  /** Changing the text of an approved term is a new decision and needs the grounds of one. */
  changeTerm(
    change: Signed & Grounds & { readonly termId: string; readonly baseRevision: number; readonly content: TermContent },
  ): Promise<TermOutcome>;
  /** Adds an attestation; needs no revision because nothing is replaced. */
  addAttestation(addition: Signed & { readonly termId: string; readonly attestation: Attestation }): Promise<TermOutcome>;
  /** Approving needs a citation and a reason, rejecting a reason. */
  changeStatus(
    change: Signed & Grounds & { readonly termId: string; readonly baseRevision: number; readonly status: TermStatus },
  ): Promise<StatusOutcome>;
  /**
   * Takes an entry of one term that was made by mistake out of every list, the glossary and its exports: the term is
   * rejected, the history stays, and the entry can still be found by its id. Any later change brings it back.
   */
  withdraw(withdrawal: Signed & Grounds & { readonly termId: string; readonly baseRevision: number }): Promise<StatusOutcome>;
  find(conceptId: string): Promise<StoredConcept | undefined>;
  findTerm(termId: string): Promise<StoredTerm | undefined>;
  /** Concepts that have a term with the same match key, capitals ignored. */
  findByTerm(query: {
    readonly projectId: string;
    readonly text: string;
    readonly language?: LanguageTag;
    /** Also entries that were withdrawn. */
    readonly withdrawn?: boolean;
  }): Promise<readonly StoredConcept[]>;
  list(filter: ConceptFilter): Promise<Page<StoredConcept>>;
  /** Of the concepts that the filter finds: how many have a term of each status. Statuses that none has are left out. */
  countStatuses(filter: ConceptFilter): Promise<ReadonlyMap<TermStatus, number>>;
  /** Everything, in a stable order, for automaton, checks and export. */
  loadGlossary(projectId: string): Promise<{ readonly version: number; readonly concepts: readonly StoredConcept[] }>;
  /** Grows with every change of the project's glossary: callers cache by it. */
  glossaryVersion(projectId: string): Promise<number>;
  /** Oldest first. */
  history(conceptId: string): Promise<readonly Decision[]>;
  /** Decisions of the whole project, newest first. */
  listDecisions(projectId: string, page?: PageRequest): Promise<readonly Decision[]>;
  saveSource(source: Source, projectId: string): Promise<void>;
  listSources(projectId: string): Promise<readonly Source[]>;
};
