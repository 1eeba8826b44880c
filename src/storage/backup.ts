/**
 * Copies a SQLite store while it may be in use, and verifies the copy.
 *
 * Uses SQLite's online backup, which reads a consistent state in steps and starts over where a writer came between.
 * Guarantee: the copy passes SQLite's own integrity check and holds no foreign-key violation, or it is not kept.
 * Cost: O(size of the file).
 */
import { existsSync, rmSync, statSync } from "node:fs";
import { DatabaseSync, backup } from "node:sqlite";

export type BackupOutcome =
  | { readonly kind: "written"; readonly size: number }
  | { readonly kind: "refused"; readonly code: "exists" | "missing" }
  | { readonly kind: "damaged"; readonly reason: string };

/** Pages copied before other readers and writers get their turn. */
const PAGES_PER_STEP = 500;

export async function backupStore(file: string, copy: string): Promise<BackupOutcome> {
  if (!existsSync(file)) return { kind: "refused", code: "missing" };
  if (existsSync(copy)) return { kind: "refused", code: "exists" };
  const store = new DatabaseSync(file, { readOnly: true });
  try {
    await backup(store, copy, { rate: PAGES_PER_STEP });
  } catch (error) {
    removeCopy(copy);
    throw error;
  } finally {
    store.close();
  }
  const problem = findDamage(copy);
  if (problem === undefined) return { kind: "written", size: statSync(copy).size };
  removeCopy(copy);
  return { kind: "damaged", reason: problem };
}

function findDamage(copy: string): string | undefined {
  const database = new DatabaseSync(copy);
  try {
    // One plain file, without a write-ahead log beside it, is what a person copies on.
    database.exec("PRAGMA journal_mode = DELETE");
    const check = database.prepare("PRAGMA integrity_check").get();
    const verdict = String(check?.["integrity_check"]);
    if (verdict !== "ok") return verdict;
    const violation = database.prepare("PRAGMA foreign_key_check").get();
    return violation === undefined ? undefined : `foreign key: ${String(violation["table"])}`;
  } finally {
    database.close();
  }
}

function removeCopy(copy: string): void {
  for (const ending of ["", "-wal", "-shm", "-journal"]) rmSync(`${copy}${ending}`, { force: true });
}
