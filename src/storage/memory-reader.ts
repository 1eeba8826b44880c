/** The memories of a store that another thread keeps open, for reading beside it: SQLite lets readers and a writer be. */
import { openDatabase } from "./database.ts";
import type { MemoryStore } from "./memory-store.ts";
import { createMemoryStore } from "./sql/memories.ts";

export type MemoryReader = {
  readonly memories: Pick<MemoryStore, "readUnits" | "list" | "find">;
  close(): Promise<void>;
};

/** The store must be up to date: it is, when another thread has opened it. */
export async function openMemoryReader(path: string): Promise<MemoryReader> {
  const database = await openDatabase(path);
  return { memories: createMemoryStore(database), close: () => database.close() };
}
