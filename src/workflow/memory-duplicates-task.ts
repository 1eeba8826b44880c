/** The search for duplicates, in a worker: reads the units beside the server and answers groups of their ids. */
import { startDuplicateSearch } from "../memory/duplicates.ts";
import type { ProgressReporter } from "../model/job.ts";
import { openMemoryReader } from "../storage/memory-reader.ts";

export type DuplicateTaskInput = {
  /** The file of the store. */
  readonly path: string;
  readonly memories: readonly { readonly id: string; readonly unitCount: number }[];
  readonly threshold: number;
};

export type FoundGroup = { readonly kind: string; readonly unitIds: readonly string[]; readonly similarity?: number };
export type DuplicateTaskOutput = { readonly unitCount: number; readonly groups: readonly FoundGroup[] };

/** Reading is about a third of the work. */
const READING = 0.35;

export async function findDuplicates(input: DuplicateTaskInput, report: ProgressReporter): Promise<DuplicateTaskOutput> {
  const reader = await openMemoryReader(input.path);
  const total = input.memories.reduce((sum, { unitCount }) => sum + unitCount, 0);
  const say = (share: number) => report({ done: Math.min(total, Math.round(share * total)), total, stage: "duplicates" });
  try {
    const search = startDuplicateSearch({ threshold: input.threshold });
    const ids: string[] = [];
    for (const { id } of input.memories) {
      for await (const units of reader.memories.readUnits(id)) {
        for (const unit of units) {
          ids.push(unit.id);
          search.add(unit);
        }
        say((READING * ids.length) / Math.max(1, total));
      }
    }
    const steps = search.finish();
    let step = steps.next();
    for (let shown = 0; !step.done; step = steps.next()) {
      if (step.value < shown + 0.01) continue;
      shown = step.value;
      say(READING + (1 - READING) * shown);
    }
    const groups = step.value.map(({ units, ...group }) => ({ ...group, unitIds: units.map((unit) => ids[unit] ?? "") }));
    return { unitCount: ids.length, groups };
  } finally {
    await reader.close();
  }
}
