/**
 * Confirmed rows go into the project's memory `translations`, in the transaction that saves them: a row that was answered
 * as saved is in the memory too, whatever happens to the process (see storage/sql/row-units.ts).
 */
import type { RowMemory } from "../storage/segment-store.ts";
import type { Application } from "./application.ts";
import { openOwnMemory } from "./project-memories.ts";

/** What `saveTarget` and `saveTargets` are given, so that the memory follows. */
export async function openRowMemory(application: Application, projectId: string): Promise<RowMemory> {
  const { id } = await openOwnMemory(application, projectId, "translations");
  return { memoryId: id };
}
