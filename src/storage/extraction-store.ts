import type { ExtractionResult, Formulation, FormulationClass, Frame } from "../model/formulation.ts";
import type { IsoInstant } from "../model/span.ts";
import type { JsonValue, Page, PageRequest, Refused, Signed } from "./outcomes.ts";

export type ExtractionRun = {
  readonly id: string;
  readonly projectId: string;
  readonly documentIds: readonly string[];
  readonly parameters: JsonValue;
  readonly createdAt: IsoInstant;
  readonly candidateCount: number;
  readonly frameCount: number;
};

/**
 * What a person decides about a candidate: an entry of its own, another wording of an existing entry (`merge`), a frame
 * made of it (`frame`), not wanted, or not now.
 */
export type CandidateAction = "accept" | "merge" | "frame" | "drop" | "later" | "undecided";

/**
 * A decision about a formulation of a project, whatever the run. Written once; undoing writes another. `contrast` says
 * that two wordings are not to be confused; it stands beside what is decided about either of them.
 */
export type CandidateDecision = Signed & {
  readonly id: string;
  readonly projectId: string;
  readonly text: string;
  readonly action: CandidateAction | "contrast";
  readonly reason?: string;
  /** The head of the entry that it was merged into, the pattern of the frame made of it, the other half of the pair. */
  readonly partner?: string;
  /** The entry that the decision made or used. */
  readonly conceptId?: string;
  /** The decision that this one takes back. */
  readonly undoes?: string;
};

/** What stands about a text. */
export type StandingDecision = CandidateDecision & { readonly action: CandidateAction };

/** A row of the list: without its occurrences, which may be thousands. */
export type Candidate = {
  readonly rank: number;
  readonly formulation: Omit<Formulation, "occurrences">;
  /** `undecided` when nobody has decided yet. */
  readonly action: CandidateAction;
  readonly decision?: StandingDecision;
};

/** `documents`: numbers in the documents of the run where it occurs. Undefined when the run is older than this record. */
export type PlacedCandidate = {
  readonly formulation: Candidate["formulation"];
  readonly documents: readonly number[] | undefined;
};

export type DecisionChanges = {
  /** Pass it to the next question. */
  readonly sequence: number;
  /** Texts about which something was decided or taken back, with what stands now. */
  readonly texts: readonly { readonly text: string; readonly standing: StandingDecision | undefined }[];
  /** A pair was made or taken back. */
  readonly pairsChanged: boolean;
};

export type CandidateProgress = { readonly total: number } & { readonly [action in CandidateAction]: number };

export type CandidateFilter = PageRequest & {
  readonly runId: string;
  readonly search?: string;
  readonly classes?: readonly FormulationClass[];
  readonly actions?: readonly CandidateAction[];
  readonly sort?: "rank" | "count" | "distinctCount" | "documents" | "independentCount" | "firstDate" | "lastDate" | "text";
  readonly descending?: boolean;
};

export type ExtractionStore = {
  /** Stores a whole run in pieces; the run is in no list before it is complete. */
  saveRun(run: {
    readonly projectId: string;
    readonly documentIds: readonly string[];
    readonly parameters: JsonValue;
    readonly createdAt: IsoInstant;
    readonly result: ExtractionResult;
  }): Promise<ExtractionRun>;
  findRun(runId: string): Promise<ExtractionRun | undefined>;
  findLatestRun(projectId: string): Promise<ExtractionRun | undefined>;
  /** Newest first. */
  listRuns(projectId: string): Promise<readonly ExtractionRun[]>;
  listCandidates(filter: CandidateFilter): Promise<Page<Candidate>>;
  /** With all its occurrences. */
  findCandidate(runId: string, text: string): Promise<(Candidate & { readonly formulation: Formulation }) | undefined>;
  listFrames(runId: string): Promise<readonly Frame[]>;
  /** All candidates of the run, best first, other work of the process going on in between. */
  readCandidates(runId: string): Promise<readonly PlacedCandidate[]>;
  decide(
    decision: Signed & Pick<CandidateDecision, "projectId" | "text" | "action" | "reason" | "partner" | "conceptId">,
  ): Promise<CandidateDecision>;
  /**
   * Takes back the newest decision that still stands: of this text, of this pair, or else of this author in the project.
   */
  undoDecision(
    undo: Signed & { readonly projectId: string; readonly text?: string; readonly partner?: string },
  ): Promise<CandidateDecision | Refused>;
  /** The decision that stands for each text. */
  listDecisions(projectId: string): Promise<readonly StandingDecision[]>;
  /** The contrast pairs that stand: of the project, or of one text on either side. */
  listPairs(projectId: string, text?: string): Promise<readonly CandidateDecision[]>;
  /** What happened after a sequence number that was answered before; undefined: only the number. */
  listChanges(projectId: string, after: number | undefined): Promise<DecisionChanges>;
  /** Oldest first; of a pair, the half that was named first has it. */
  decisionHistory(projectId: string, text: string): Promise<readonly CandidateDecision[]>;
  countProgress(runId: string): Promise<CandidateProgress>;
};
