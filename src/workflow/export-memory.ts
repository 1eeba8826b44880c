/**
 * The memories of a project, or one of them, as one TMX, piece by piece: a million units never stand in memory, and other work goes on
 * between the pieces.
 */
import { createTmxWriter } from "../formats/tmx-write.ts";
import type { Loss } from "../model/diagnostic.ts";
import type { Project } from "../storage/project-store.ts";
import type { Stores } from "../storage/stores.ts";

export type MemoryExport = {
  readonly pieces: AsyncIterable<string>;
  /** What was written so far, and what did not survive. */
  readonly count: () => number;
  readonly losses: () => readonly Loss[];
};

export function exportMemories(
  stores: Stores,
  project: Pick<Project, "id" | "sourceLanguage">,
  { toolVersion, memoryId }: { readonly toolVersion: string; readonly memoryId?: string },
): MemoryExport {
  const writer = createTmxWriter({ sourceLanguage: project.sourceLanguage, toolVersion });
  let count = 0;
  async function* write(): AsyncIterable<string> {
    yield writer.open();
    for (const { id, isLent } of await stores.memories.list(project.id)) {
      // What another project lends is that project's to give away, unless somebody asks for this very memory.
      if (memoryId === undefined ? isLent : id !== memoryId) continue;
      for await (const units of stores.memories.readUnits(id)) {
        let piece = "";
        for (const unit of units) piece += writer.unit(unit);
        count += units.length;
        yield piece;
      }
    }
    yield writer.close();
  }
  return { pieces: write(), count: () => count, losses: writer.losses };
}
