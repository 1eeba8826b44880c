/**
 * One process at a time works on a data folder.
 *
 * The lock is a lock of SQLite on a file of its own: the operating system gives it back when the process dies,
 * however it dies, so no stale lock ever has to be guessed at.
 */
import { DatabaseSync } from "node:sqlite";

/** SQLITE_BUSY. */
const BUSY = 5;

/** A function that gives the lock back, or undefined when another process holds it. */
export function lockFile(path: string): (() => void) | undefined {
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    // With a journal in memory there is nothing beside the file that a crash could leave.
    database.exec("pragma journal_mode = memory; begin exclusive");
  } catch (error) {
    database.close();
    if (error instanceof Error && "errcode" in error && error.errcode === BUSY) return undefined;
    throw error;
  }
  return () => {
    database.close();
  };
}
