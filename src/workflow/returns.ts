/**
 * Files that came back from other tools, before a person has decided what becomes of them: a translated XLIFF, or a
 * memory. They are kept in the data folder, so that a preview survives a reload and a restart; when something was taken
 * over, the record says what, so that it can be undone later.
 *
 *   <data folder>/returns/<project>/<return>/return.json   who, when, what kind, what came of it
 *                                            file.bin      the received bytes
 */
import { randomUUID } from "node:crypto";
import { copyFile, mkdir, readFile, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { IsoInstant } from "../model/span.ts";
import type { TranslationState } from "../model/translation-unit.ts";
import type { Application } from "./application.ts";
import type { MemoryDescription } from "./received-files-task.ts";

/** A row that was taken over, with what stood there before. */
export type TakenRow = {
  readonly segmentId: string;
  readonly revision: number;
  readonly before: { readonly target: string; readonly state: TranslationState };
};

export type TranslationResult = {
  readonly at: IsoInstant;
  readonly author: string;
  readonly taken: readonly TakenRow[];
  readonly stale: number;
  readonly undone?: { readonly at: IsoInstant; readonly rows: number; readonly left: number };
};

export type MemoryResult = {
  readonly at: IsoInstant;
  readonly author: string;
  readonly memoryId: string;
  readonly name: string;
  readonly added: number;
  readonly replaced: number;
  readonly unchanged: number;
  /** It was cancelled or cut off: what is counted is there, the rest of the file is not. */
  readonly isPartial?: boolean;
  readonly undone?: { readonly at: IsoInstant; readonly units: number };
};

type Common = {
  readonly id: string;
  readonly projectId: string;
  readonly author: string;
  readonly createdAt: IsoInstant;
  readonly name: string;
  readonly size: number;
};

export type ReturnedTranslation = Common & { readonly kind: "translation"; readonly result?: TranslationResult };
export type ReturnedMemory = Common & {
  readonly kind: "memory";
  /** Of the analysis while there is no description, of the import afterwards. */
  readonly jobId?: string;
  readonly description?: MemoryDescription;
  /** The step of the import that was begun last. */
  readonly stepId?: string;
  readonly result?: MemoryResult;
};
export type Returned = ReturnedTranslation | ReturnedMemory;

export type ReturnPlace = { readonly projectId: string; readonly id: string };

const RETURN_ID = /^[0-9a-f-]{36}$/;

export async function keepReturn<Kind extends Returned["kind"]>(
  application: Application,
  given: {
    readonly projectId: string;
    readonly author: string;
    readonly kind: Kind;
    readonly file: { readonly name: string; readonly path: string };
  },
): Promise<Extract<Returned, { kind: Kind }>> {
  const { projectId, author, kind, file } = given;
  const place = { projectId, id: randomUUID() };
  await mkdir(folderOf(application, place), { recursive: true });
  const path = returnedPath(application, place);
  await copyFile(file.path, path);
  const size = (await stat(path)).size;
  const record = { ...place, author, kind, name: file.name, size, createdAt: application.clock() };
  await saveReturn(application, record as Returned);
  return record as unknown as Extract<Returned, { kind: Kind }>;
}

const updates = new Map<string, Promise<unknown>>();

/** Changes a record as it stands then; changes of one record take turns, as a job may end while a person acts. */
export function updateReturn<Kind extends Returned["kind"]>(
  application: Application,
  place: ReturnPlace & { readonly kind: Kind },
  change: (record: Extract<Returned, { kind: Kind }>) => Returned,
): Promise<void> {
  const work = async () => {
    const record = await findReturn(application, place);
    if (record?.kind === place.kind) await saveReturn(application, change(record as Extract<Returned, { kind: Kind }>));
  };
  const result = (updates.get(place.id) ?? Promise.resolve()).then(work, work);
  updates.set(place.id, result);
  const forget = () => {
    if (updates.get(place.id) === result) updates.delete(place.id);
  };
  result.then(forget, forget);
  return result;
}

/** Written beside its place and renamed into it: a crash leaves the old record or the new one. */
async function saveReturn(application: Application, record: Returned): Promise<void> {
  const path = join(folderOf(application, record), "return.json");
  const beside = `${path}.${randomUUID()}`;
  await writeFile(beside, JSON.stringify(record));
  await rename(beside, path);
}

export async function findReturn(application: Application, place: ReturnPlace): Promise<Returned | undefined> {
  // The id comes from an address: only what we made ourselves may become a path.
  if (!RETURN_ID.test(place.id)) return undefined;
  try {
    return JSON.parse(await readFile(join(folderOf(application, place), "return.json"), "utf8")) as Returned;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

/** Newest first. */
export async function listReturns(application: Application, projectId: string): Promise<readonly Returned[]> {
  const folder = join(application.dataFolder, "returns", encodeURIComponent(projectId));
  const names = await readdir(folder).catch(() => []);
  const found = await Promise.all(names.map((id) => findReturn(application, { projectId, id })));
  return found.filter((record) => record !== undefined).sort((one, other) => (one.createdAt < other.createdAt ? 1 : -1));
}

export async function discardReturn(application: Application, place: ReturnPlace): Promise<void> {
  if (RETURN_ID.test(place.id)) await rm(folderOf(application, place), { recursive: true, force: true });
}

export function returnedPath(application: Application, place: ReturnPlace): string {
  return join(folderOf(application, place), "file.bin");
}

function folderOf({ dataFolder }: Application, { projectId, id }: ReturnPlace): string {
  return join(dataFolder, "returns", encodeURIComponent(projectId), id);
}
