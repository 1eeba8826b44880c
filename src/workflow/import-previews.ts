/**
 * Pending import previews: received files and what the analysis proposed, kept in the data folder until a person accepts
 * or discards them, so that they survive a reload and a restart. Nothing of them is in the store.
 *
 *   <data folder>/previews/<project>/<preview>/preview.json   who, when, names and sizes, the job
 *                                              proposals.json what the analysis proposes (absent while it runs)
 *                                              choices.json   what the person changed so far
 *                                              0.bin, 1.bin…  the received bytes
 *
 * Each file is written beside its place and renamed into it: a crash leaves the old one or the new one, never a half.
 */
import { randomUUID } from "node:crypto";
import { copyFile, mkdir, readFile, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ImportProposal } from "../model/document.ts";
import type { IsoInstant } from "../model/span.ts";
import type { FileChoice } from "./import-choices.ts";

/** A file to be imported. It is copied; the caller keeps or removes its own. */
export type IncomingFile = { readonly name: string; readonly mediaType: string; readonly path: string };

export type PreviewFile = { readonly name: string; readonly mediaType: string; readonly size: number };

export type ImportPreview = {
  readonly id: string;
  readonly projectId: string;
  readonly author: string;
  readonly createdAt: IsoInstant;
  readonly files: readonly PreviewFile[];
  readonly jobId?: string;
};

export type PreviewPlace = { readonly dataFolder: string; readonly projectId: string; readonly id: string };

const PREVIEW_ID = /^[0-9a-f-]{36}$/;

/** Copies the files in and writes the record. */
export async function createPreview(
  dataFolder: string,
  preview: Omit<ImportPreview, "id" | "files" | "jobId"> & { readonly files: readonly IncomingFile[] },
): Promise<ImportPreview> {
  const id = randomUUID();
  const place = { dataFolder, projectId: preview.projectId, id };
  await mkdir(previewFolder(place), { recursive: true });
  const files: PreviewFile[] = [];
  for (const [number, file] of preview.files.entries()) {
    const path = receivedPath(place, number);
    await copyFile(file.path, path);
    files.push({ name: file.name, mediaType: file.mediaType, size: (await stat(path)).size });
  }
  const created = { ...preview, id, files };
  await savePreview(place, created);
  return created;
}

export function savePreview(place: PreviewPlace, preview: ImportPreview): Promise<void> {
  return saveJson(place, "preview.json", preview);
}

export function saveProposals(place: PreviewPlace, proposals: readonly ImportProposal[]): Promise<void> {
  return saveJson(place, "proposals.json", proposals);
}

export function saveChoices(place: PreviewPlace, choices: readonly FileChoice[]): Promise<void> {
  return saveJson(place, "choices.json", choices);
}

export async function findPreview(place: PreviewPlace): Promise<ImportPreview | undefined> {
  return (await loadJson(place, "preview.json")) as ImportPreview | undefined;
}

/** Undefined while the analysis runs, or when it failed. */
export async function findProposals(place: PreviewPlace): Promise<readonly ImportProposal[] | undefined> {
  return (await loadJson(place, "proposals.json")) as readonly ImportProposal[] | undefined;
}

export async function findChoices(place: PreviewPlace): Promise<readonly FileChoice[] | undefined> {
  return (await loadJson(place, "choices.json")) as readonly FileChoice[] | undefined;
}

/** Newest first. */
export async function listPreviews(dataFolder: string, projectId: string): Promise<readonly ImportPreview[]> {
  const folder = join(dataFolder, "previews", encodeURIComponent(projectId));
  const names = await readdir(folder).catch(() => []);
  const found = await Promise.all(names.map((id) => findPreview({ dataFolder, projectId, id })));
  return found.filter((preview) => preview !== undefined).sort((one, other) => (one.createdAt < other.createdAt ? 1 : -1));
}

export async function discardPreview(place: PreviewPlace): Promise<void> {
  if (PREVIEW_ID.test(place.id)) await rm(previewFolder(place), { recursive: true, force: true });
}

/** Where the received bytes of file `number` lie. */
export function receivedPath(place: PreviewPlace, number: number): string {
  return join(previewFolder(place), `${String(number)}.bin`);
}

function previewFolder(place: PreviewPlace): string {
  return join(place.dataFolder, "previews", encodeURIComponent(place.projectId), place.id);
}

async function saveJson(place: PreviewPlace, name: string, value: unknown): Promise<void> {
  const path = join(previewFolder(place), name);
  const beside = `${path}.${randomUUID()}`;
  await writeFile(beside, JSON.stringify(value));
  await rename(beside, path);
}

async function loadJson(place: PreviewPlace, name: string): Promise<unknown> {
  // The id comes from an address: only what we made ourselves may become a path.
  if (!PREVIEW_ID.test(place.id)) return undefined;
  try {
    return JSON.parse(await readFile(join(previewFolder(place), name), "utf8"));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
