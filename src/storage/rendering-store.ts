import type { MinedUnit, TermRenderings } from "../model/rendering.ts";
import type { IsoInstant } from "../model/span.ts";

export type RenderingRun = {
  readonly id: string;
  readonly projectId: string;
  readonly createdAt: IsoInstant;
  /** What it was made from: compare with the versions of now. */
  readonly memoryVersion: number;
  readonly glossaryVersion: number;
  readonly unitCount: number;
  readonly termCount: number;
};

export type RenderingStore = {
  /** Stored in pieces, so that other work goes on between them; until the last one the run before it stands. */
  saveRun(
    run: Omit<RenderingRun, "id" | "termCount"> & {
      readonly renderings: readonly TermRenderings[];
      readonly units: readonly MinedUnit[];
    },
  ): Promise<RenderingRun>;
  /** The newest that was stored whole. */
  findRun(projectId: string): Promise<RenderingRun | undefined>;
  /** What a run found for a term; undefined when the term was not asked for. */
  findRenderings(runId: string, term: string): Promise<TermRenderings | undefined>;
  findUnits(runId: string, unitIds: readonly string[]): Promise<ReadonlyMap<string, MinedUnit>>;
};
