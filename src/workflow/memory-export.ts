/** One memory as TMX for a download. */
import type { Memory } from "../storage/memory-store.ts";
import type { Application } from "./application.ts";
import { exportMemories } from "./export-memory.ts";

export type MemoryDownload = { readonly memory: Memory; readonly pieces: AsyncIterable<string> };

export async function openMemoryDownload(
  { stores }: Application,
  given: { readonly projectId: string; readonly memoryId: string; readonly toolVersion: string },
): Promise<MemoryDownload | undefined> {
  const { projectId, memoryId, toolVersion } = given;
  const memory = (await stores.memories.list(projectId)).find(({ id }) => id === memoryId);
  const project = await stores.projects.find(projectId);
  if (!memory || !project) return undefined;
  return { memory, pieces: exportMemories(stores, project, { toolVersion, memoryId }).pieces };
}
