/** What every use case is given: the stores, the job runner, the clock and the data folder. */
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { StorageError } from "../storage/database.ts";
import { lockFile } from "../storage/folder-lock.ts";
import { openStores } from "../storage/stores.ts";
import type { Stores } from "../storage/stores.ts";
import { createJobRunner } from "./jobs.ts";
import type { Clock, JobRunner } from "./jobs.ts";
import { createRooms } from "./rooms.ts";
import type { Rooms } from "./rooms.ts";

export type Application = {
  readonly stores: Stores;
  readonly jobs: JobRunner;
  /** Who is looking at what now. */
  readonly rooms: Rooms;
  readonly clock: Clock;
  readonly dataFolder: string;
  /** Where what can be made again is kept: the lexicon. */
  readonly cacheFolder: string;
  /** Work to be done before the stores are closed. Trouble in it is passed over. */
  onClose(work: () => Promise<void>): void;
  close(): Promise<void>;
};

/** Why a data folder could not be opened; words in the catalogues (`application:<code>`). */
export type OpenFailure = {
  readonly kind: "failed";
  /** `in-use`: another Dingyi has this folder open. `newer`: written by a later version of Dingyi. */
  readonly code: "in-use" | "no-access" | "damaged" | "newer";
  readonly values: Readonly<Record<string, string | number>>;
};

export type OpenOutcome = { readonly kind: "opened"; readonly application: Application } | OpenFailure;

export const STORE_FILE = "dingyi.sqlite";
const LOCK_FILE = "dingyi.lock";
/** Says who holds the lock, for people; the lock itself does not depend on it. */
const OWNER_FILE = "dingyi.pid";

/** Errors of the file system that a person can do something about: a wrong path, missing rights, a full disk. */
const ACCESS_CODES = new Set(["EACCES", "EPERM", "EROFS", "ENOTDIR", "EEXIST", "ENOENT", "ENOSPC"]);
/** SQLITE_PERM, READONLY, FULL, CANTOPEN: the same, as SQLite sees it. */
const SQLITE_ACCESS_CODES = new Set([3, 8, 13, 14]);

function isAccessProblem(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  if ("errcode" in error) return SQLITE_ACCESS_CODES.has(Number(error.errcode) & 0xff);
  return "code" in error && ACCESS_CODES.has(String(error.code));
}

/**
 * Opens a data folder, and makes it when it is not there; nobody else may read it, as its texts may be confidential.
 * Trouble with the folder is answered as a value; nothing in it is changed then.
 */
export async function openApplication({
  dataFolder,
  cacheFolder,
  clock = () => new Date().toISOString(),
}: {
  readonly dataFolder: string;
  /** The data folder when not given; several applications may share one. */
  readonly cacheFolder?: string;
  readonly clock?: Clock;
}): Promise<OpenOutcome> {
  const folder = resolve(dataFolder);
  let unlock: (() => void) | undefined;
  try {
    const created = await mkdir(folder, { recursive: true, mode: 0o700 });
    // The mode given to mkdir is cut by the umask of the process.
    if (created !== undefined) await chmod(folder, 0o700);
    unlock = lockFile(join(folder, LOCK_FILE));
    if (!unlock) return { kind: "failed", code: "in-use", values: { folder, ...(await readOwner(folder)) } };
    await writeFile(join(folder, OWNER_FILE), `${process.pid}\n`);
    const stores = await openStores(join(folder, STORE_FILE));
    return {
      kind: "opened",
      application: createApplication({ stores, clock, dataFolder: folder, cacheFolder: cacheFolder ?? folder, unlock }),
    };
  } catch (error) {
    unlock?.();
    if (error instanceof StorageError) {
      return { kind: "failed", code: error.code, values: { folder, file: join(folder, STORE_FILE), reason: error.message } };
    }
    if (isAccessProblem(error)) return { kind: "failed", code: "no-access", values: { folder, reason: error.message } };
    throw error;
  }
}

async function readOwner(folder: string): Promise<{ readonly process?: number }> {
  const text = await readFile(join(folder, OWNER_FILE), "utf8").catch(() => "");
  const process = Number.parseInt(text, 10);
  return Number.isInteger(process) ? { process } : {};
}

function createApplication({
  unlock,
  ...parts
}: Pick<Application, "stores" | "clock" | "dataFolder" | "cacheFolder"> & { readonly unlock: () => void }): Application {
  const jobs = createJobRunner(parts);
  const last: (() => Promise<void>)[] = [];
  let closed: Promise<void> | undefined;
  return {
    ...parts,
    jobs,
    rooms: createRooms(),
    onClose: (work) => void last.push(work),
    close() {
      closed ??= jobs
        .close()
        .then(() => Promise.allSettled(last.map((work) => work())))
        .then(() => parts.stores.close())
        .finally(unlock);
      return closed;
    },
  };
}
