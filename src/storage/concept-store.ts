import type {
  Attestation,
  Concept,
  ConceptKind,
  ConceptRelation,
  Decision,
  RelationType,
  Source,
  Term,
  TermStatus,
} from "../model/concept.ts";
import type { IsoInstant, LanguageTag } from "../model/span.ts";
import type { Page, PageRequest, Refused, Signed, Stale } from "./outcomes.ts";

/** A first approval, by the person who proposed: it waits for a second person, who may rely on its grounds. */
export type WaitingApproval = Signed & Grounds;

export type StoredTerm = Term & {
  readonly conceptId: string;
  readonly revision: number;
  /** The term that stands for it, when it is superseded. */
  readonly supersededBy?: string;
  readonly waitingApproval?: WaitingApproval;
};

export type StoredConcept = Omit<Concept, "terms"> & {
  readonly projectId: string;
  readonly revision: number;
  readonly createdAt: IsoInstant;
  readonly changedAt: IsoInstant;
  readonly terms: readonly StoredTerm[];
  /** Relations of others to this concept; `conceptId` names the other one. Contrasts stand in `relations`. */
  readonly relatedFrom?: readonly ConceptRelation[];
};

export type NewTerm = Omit<Term, "id"> & { readonly id?: string };
/** Its relations are set by `relate` when both ends are there. */
export type NewConcept = Omit<Concept, "id" | "terms" | "relations"> & {
  readonly id?: string;
  readonly terms: readonly NewTerm[];
};

/** What a term says; its status has its own method because a status is decided, not edited. */
export type TermContent = Omit<Term, "id" | "status">;

export type ConceptOutcome = { readonly kind: "saved"; readonly concept: StoredConcept } | Refused;
export type TermOutcome =
  | { readonly kind: "saved"; readonly concept: StoredConcept; readonly term: StoredTerm }
  | Stale<TermContent, StoredTerm, TermContent>
  | Refused;
/** The same wording was turned down before: what was decided about it. It can be reopened with a reason. */
export type RejectedBefore = Refused & {
  readonly code: "rejected-before";
  readonly term: StoredTerm;
  readonly decision: Decision | undefined;
};
/** A first approval under four eyes is saved too: `term.waitingApproval` is there and the status is as before. */
export type StatusOutcome =
  | { readonly kind: "saved"; readonly concept: StoredConcept; readonly term: StoredTerm; readonly decision: Decision }
  | Stale<TermStatus, StoredTerm, TermStatus>
  | Refused;

export type ConceptContent = Pick<Concept, "kind" | "class" | "domain" | "note" | "paraphrased">;

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
  /** Only concepts without a fixed rendering, by decision. */
  readonly paraphrased?: boolean;
  /** Only concepts with an approval that waits for a second person. */
  readonly waiting?: boolean;
  /** Only concepts that others changed or discussed since this person last looked. */
  readonly unseenBy?: string;
  readonly sort?: "text" | "created" | "changed";
  readonly descending?: boolean;
};

export type StatusChange = Signed &
  Grounds & {
    readonly termId: string;
    readonly baseRevision: number;
    readonly status: TermStatus;
    /** For `superseded`: the term that stands for it from now on, of the same language. */
    readonly successorId?: string;
    /** The decision that is taken back: its own step backwards needs no grounds. */
    readonly undoes?: string;
    /** Decided elsewhere: any step is allowed, but approving and rejecting need their grounds all the same. */
    readonly imported?: boolean;
  };

/** One end and the other: the meaning of each type is told at `RelationType`. */
export type RelationEnds = { readonly conceptId: string; readonly type: RelationType; readonly otherId: string };

/** What became of a concept of an import; it is not read back. */
export type ImportedConcept = { readonly kind: "saved"; readonly concept: Pick<StoredConcept, "id"> } | Refused;

export type ConceptStore = {
  create(concept: NewConcept, context: Signed & Grounds & { readonly projectId: string }): Promise<ConceptOutcome>;
  /** An import: each concept is stored or refused by itself. Approved terms need an attestation. */
  importAll(
    concepts: readonly NewConcept[],
    context: Signed & Grounds & { readonly projectId: string },
  ): Promise<readonly ImportedConcept[]>;
  changeConcept(
    change: Signed & {
      readonly conceptId: string;
      readonly baseRevision: number;
      readonly content: ConceptContent;
      /** Saying that there is no fixed rendering, or taking that back, is a decision and needs a reason. */
      readonly reason?: string;
      readonly undoes?: string;
    },
  ): Promise<ConceptOutcome | Stale<ConceptContent, StoredConcept, ConceptContent>>;
  /** A wording that was rejected before, for the same use or for any, is refused with that decision (`RejectedBefore`). */
  addTerm(
    addition: Signed & Grounds & { readonly conceptId: string; readonly term: NewTerm },
  ): Promise<TermOutcome | RejectedBefore>;
  /** Changing the text of an approved term is a new decision and needs the grounds of one. */
  changeTerm(
    change: Signed &
      Grounds & {
        readonly termId: string;
        readonly baseRevision: number;
        readonly content: TermContent;
        readonly undoes?: string;
      },
  ): Promise<TermOutcome>;
  /** Adds an attestation; needs no revision because nothing is replaced. */
  addAttestation(addition: Signed & { readonly termId: string; readonly attestation: Attestation }): Promise<TermOutcome>;
  /** One step of the table in model/vetting.ts; it is refused when the table does not have it or a need is not met. */
  changeStatus(change: StatusChange): Promise<StatusOutcome>;
  /**
   * Relates two concepts of one project; the same relation again only changes its note. Circles of superseded-by, broader,
   * part-of and headline-form-of are refused.
   */
  relate(relation: Signed & RelationEnds & { readonly note?: string; readonly undoes?: string }): Promise<ConceptOutcome>;
  unrelate(relation: Signed & RelationEnds & { readonly reason?: string; readonly undoes?: string }): Promise<ConceptOutcome>;
  /** For imports: each relation is stored or refused by itself, in the order given. */
  relateAll(
    relations: readonly (RelationEnds & { readonly note?: string })[],
    signed: Signed,
  ): Promise<readonly ConceptOutcome[]>;
  /**
   * Takes an entry of one term that was made by mistake out of every list, the glossary and its exports: the term is
   * rejected, the history stays, and the entry can still be found by its id. Any later change brings it back.
   */
  withdraw(withdrawal: Signed & Grounds & { readonly termId: string; readonly baseRevision: number }): Promise<StatusOutcome>;
  find(conceptId: string): Promise<StoredConcept | undefined>;
  /** In the order of the ids; what is not there is left out. */
  findMany(conceptIds: readonly string[]): Promise<readonly StoredConcept[]>;
  /** All concepts of the lists in the order in which they came, each with a stamp that differs after every change of it. */
  listStamps(projectId: string): Promise<ReadonlyMap<string, string>>;
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
  /** Oldest first; relations that others made to the concept are among them. */
  history(conceptId: string): Promise<readonly Decision[]>;
  /** Decisions of the whole project, newest first. */
  listDecisions(projectId: string, page?: PageRequest): Promise<readonly Decision[]>;
  saveSource(source: Source, projectId: string): Promise<void>;
  /** Many at once, in one transaction. */
  saveSources(sources: readonly Source[], projectId: string): Promise<void>;
  listSources(projectId: string): Promise<readonly Source[]>;
};
