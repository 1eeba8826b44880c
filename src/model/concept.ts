import type { IsoDay, IsoInstant, LanguageTag, Span } from "./span.ts";

/** IATE's *Phrase* is the model for `phrase`: always translated in the same way, though not strictly a term. */
export type ConceptKind = "term" | "phrase" | "frame" | "name" | "title";

/** Where a term stands in vetting. `approved` alone is enforced; `forbidden` must not be used at all. */
export type TermStatus =
  "candidate" | "proposed" | "approved" | "admitted" | "rejected" | "deprecated" | "superseded" | "forbidden";

export type TermUsage = "running" | "headline" | "first-mention" | "later-mention";

/** How a term is found in a text: as written; with inflection, articles, capitals and hyphens; or by its stem up to a mark `|`. */
export type MatchingRule = "exact" | "inflecting" | "stem";

/** TBX term types, with `phrase` for a formulation. */
export type TermType = "fullForm" | "acronym" | "abbreviation" | "shortForm" | "variant" | "phrase";

/** A body of texts or a text that can be cited and found. */
export type Source = {
  readonly id: string;
  readonly body: string;
  readonly title: string;
  readonly date?: IsoDay;
  /** Where it can be found: an address, an ISBN, a document number. */
  readonly locator?: string;
  /** What sort of source it is, in the words of the project: "white paper", "news agency". Authority levels may name it. */
  readonly kind?: string;
};

/**
 * A citation: the rendering was seen there. `source` is a Source id, free text naming body and document,
 * or one of the words `house` (an explicit decision of this house) and `proposed` (nobody has seen it yet).
 */
export type Attestation = {
  readonly source: string;
  readonly place?: string;
  readonly date?: IsoDay;
  /** An address at which the place itself can be opened. */
  readonly link?: string;
  readonly sourceQuotation?: string;
  readonly targetQuotation?: string;
};

export type Term = {
  readonly id: string;
  readonly language: LanguageTag;
  readonly text: string;
  readonly status: TermStatus;
  readonly termType: TermType;
  readonly matching: MatchingRule;
  readonly usage?: TermUsage;
  readonly partOfSpeech?: string;
  readonly validFrom?: IsoDay;
  readonly validUntil?: IsoDay;
  readonly note?: string;
  readonly attestations: readonly Attestation[];
};

/**
 * How a concept stands to another, read "this one … the other": has as its contrast, was superseded by, is narrower
 * than (`broader` names the other), is part of, is the headline form of. A contrast holds both ways.
 */
export type RelationType = "contrast" | "superseded-by" | "broader" | "part-of" | "headline-form-of";

export type ConceptRelation = { readonly type: RelationType; readonly conceptId: string; readonly note?: string };

export type Concept = {
  readonly id: string;
  readonly kind: ConceptKind;
  readonly class?: string;
  readonly domain?: string;
  readonly note?: string;
  /** A settled state: there is no fixed rendering, only paraphrases were seen. */
  readonly paraphrased?: boolean;
  /** From this concept to others; a contrast stands on both sides. */
  readonly relations?: readonly ConceptRelation[];
  readonly terms: readonly Term[];
};

/**
 * `endorse`: an approval by the person who proposed, which waits for a second one. `reopen`: proposed again after it was
 * settled. `relate` and `unrelate` stand in the histories of both concepts.
 */
export type DecisionAction =
  | ("create" | "import" | "add-term" | "change")
  | ("propose" | "endorse" | "approve" | "admit" | "reject" | "deprecate" | "supersede" | "forbid" | "reopen" | "withdraw")
  | ("relate" | "unrelate");

/** One decision in the life of a concept or term. Written once, never changed. */
export type Decision = {
  readonly id: string;
  readonly conceptId: string;
  readonly termId?: string;
  readonly action: DecisionAction;
  readonly before?: string;
  readonly after?: string;
  readonly reason?: string;
  readonly citation?: string;
  /** The term that stands for a superseded one from now on. */
  readonly successorId?: string;
  /** The other end of a relation; `after` (`before` for `unrelate`) is its type. */
  readonly otherConceptId?: string;
  /** The decision that this one takes back. */
  readonly undoes?: string;
  readonly author: string;
  readonly at: IsoInstant;
};

/** A term found in a text. Nested and overlapping hits are all kept; `depth` 0 is the longest at its place. */
export type TermMatch = Span & { readonly term: Term; readonly conceptId: string; readonly depth: number };
