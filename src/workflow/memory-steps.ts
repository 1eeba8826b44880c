/** Steps of a project's memories (imports, edits, removals, merges): listed, undone and done again. */
import type { Job } from "../model/job.ts";
import type { ListedStep, MemoryStepKind } from "../storage/memory-step-store.ts";
import type { StoredUnit, UnitRevision } from "../storage/memory-store.ts";
import type { Page, PageRequest } from "../storage/outcomes.ts";
import type { Application } from "./application.ts";

export type { ListedStep } from "../storage/memory-step-store.ts";

export function listSteps(
  { stores }: Application,
  projectId: string,
  page?: PageRequest & { readonly kinds?: readonly Exclude<MemoryStepKind, "undo">[] },
): Promise<Page<ListedStep>> {
  return stores.memorySteps.list(projectId, page);
}

export type StepChange = {
  readonly action: UnitRevision["action"];
  readonly before: UnitRevision["unit"];
  /** The unit as it is now; of a merged one, the unit that stands for both. */
  readonly now?: StoredUnit;
  readonly isMerged: boolean;
};

/** The first units that a step replaced, removed or brought back, with what is there now. */
export async function listStepChanges(
  { stores }: Application,
  { projectId, stepId, limit }: { readonly projectId: string; readonly stepId: string; readonly limit: number },
): Promise<readonly StepChange[] | undefined> {
  const step = await stores.memorySteps.find(stepId);
  if (step?.projectId !== projectId) return undefined;
  const revisions = await stores.memorySteps.listChanges(stepId, limit);
  const units = await stores.memories.findUnits(revisions.map(({ unitId, mergedInto }) => mergedInto ?? unitId));
  return revisions.map(({ action, unit: before, unitId, mergedInto }) => {
    const now = units.get(mergedInto ?? unitId);
    return { action, before, isMerged: mergedInto !== undefined, ...(now ? { now } : {}) };
  });
}

/** Takes a step back, or, when it is undone, does it again; as a job, because there may be a million units. */
export async function startStepUndo(
  application: Application,
  given: {
    readonly projectId: string;
    readonly stepId: string;
    readonly author: string;
    /** See the store: an undo that has been done meanwhile is not undone again. */
    readonly seen?: string | undefined;
    /** Inside the life of the job, when it is done. */
    readonly onDone?: () => Promise<void>;
  },
): Promise<Job | undefined> {
  const { stores, clock } = application;
  const { projectId, stepId, author, seen } = given;
  const step = await stores.memorySteps.find(stepId);
  if (step?.projectId !== projectId) return undefined;
  const name = step.detail["name"];
  return application.jobs.start({
    projectId,
    kind: "memory",
    label: typeof name === "string" ? name : "",
    task: "nothing",
    input: undefined,
    finish: async (_nothing, { report, signal }) => {
      const onProgress = (progress: { readonly done: number; readonly total: number }) => report({ ...progress, stage: "store" });
      const outcome = await stores.memorySteps.undo({ stepId, seen, author, at: clock(), onProgress, signal });
      if (outcome.kind === "refused" && outcome.code === "transition-not-allowed") return undefined;
      if (outcome.kind === "refused") throw new Error(outcome.code);
      await given.onDone?.();
      return outcome.undoId;
    },
  });
}
