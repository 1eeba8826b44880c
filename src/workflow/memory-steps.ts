/** Steps of a project's memories (imports, edits, removals, merges): listed, undone and done again. */
import type { Job } from "../model/job.ts";
import type { ListedStep, MemoryStepKind } from "../storage/memory-step-store.ts";
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

/** Takes a step back, or, when it is undone, does it again; as a job, because there may be a million units. */
export async function startStepUndo(
  application: Application,
  given: {
    readonly projectId: string;
    readonly stepId: string;
    readonly author: string;
    /** Inside the life of the job, when it is done. */
    readonly onDone?: () => Promise<void>;
  },
): Promise<Job | undefined> {
  const { stores, clock } = application;
  const { projectId, stepId, author } = given;
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
      const outcome = await stores.memorySteps.undo({ stepId, author, at: clock(), onProgress, signal });
      if (outcome.kind === "refused") throw new Error(outcome.code);
      await given.onDone?.();
      return outcome.undoId;
    },
  });
}
