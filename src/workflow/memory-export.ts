/** One memory as TMX, written piece by piece: a million units stand nowhere at once. */
import { createTmxWriter } from "../formats/tmx-write.ts";
import type { Memory } from "../storage/memory-store.ts";
import type { Application } from "./application.ts";

export type MemoryDownload = { readonly memory: Memory; readonly text: AsyncIterable<string> };

export async function openMemoryDownload(
  application: Application,
  given: { readonly projectId: string; readonly memoryId: string; readonly toolVersion: string },
): Promise<MemoryDownload | undefined> {
  const memory = (await application.stores.memories.list(given.projectId)).find(({ id }) => id === given.memoryId);
  const project = await application.stores.projects.find(given.projectId);
  if (!memory || !project) return undefined;
  return { memory, text: writeUnits(application, { ...given, sourceLanguage: project.sourceLanguage }) };
}

async function* writeUnits(
  { stores }: Application,
  given: { readonly memoryId: string; readonly toolVersion: string; readonly sourceLanguage: string },
): AsyncIterable<string> {
  const writer = createTmxWriter({ sourceLanguage: given.sourceLanguage, toolVersion: given.toolVersion });
  yield writer.open();
  for await (const units of stores.memories.readUnits(given.memoryId)) yield units.map((unit) => writer.unit(unit)).join("");
  yield writer.close();
}
