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

export type CandidateAction = "accept" | "drop" | "later" | "undecided";

/** A decision about a formulation of a project, whatever the run. Written once; undoing writes another. */
export type CandidateDecision = Signed & {
  readonly id: string;
  readonly projectId: string;
  readonly text: string;
  readonly action: CandidateAction;
  readonly reason?: string;
  /** The decision that this one takes back. */
  readonly undoes?: string;
};

/** A row of the list: without its occurrences, which may be thousands. */
export type Candidate = {
  readonly rank: number;
  readonly formulation: Omit<Formulation, "occurrences">;
  /** `undecided` when nobody has decided yet. */
  readonly action: CandidateAction;
  readonly decision?: CandidateDecision;
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
  decide(
    decision: Signed & {
      readonly projectId: string;
      readonly text: string;
      readonly action: CandidateAction;
      readonly reason?: string;
    },
  ): Promise<CandidateDecision>;
  /** Takes back the newest decision that still stands: of this text, or else of this author in the project. */
  undoDecision(undo: Signed & { readonly projectId: string; readonly text?: string }): Promise<CandidateDecision | Refused>;
  /** The decision that stands for each text. */
  listDecisions(projectId: string): Promise<readonly CandidateDecision[]>;
  /** Oldest first. */
  decisionHistory(projectId: string, text: string): Promise<readonly CandidateDecision[]>;
  countProgress(runId: string): Promise<CandidateProgress>;
};
