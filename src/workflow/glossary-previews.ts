/**
 * Glossary files that wait for a decision: kept in the data folder until a person accepts or discards them, so that the
 * preview survives a reload. What an accepted one did stays beside it, as the page's summary.
 *
 *   <data folder>/glossary-previews/<project>/<preview>/file.csv      the received bytes, of any format; gone once accepted
 *                                                       record.json   who, when, the file's name; after accepting, what was done
 */
import { randomUUID } from "node:crypto";
import { copyFile, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { IsoInstant } from "../model/span.ts";
import type { Application } from "./application.ts";
import { importGlossary, previewGlossaryImport } from "./glossary-import.ts";
import type { GlossaryPreview, GlossaryReading } from "./glossary-import.ts";

export type { ConceptChange, GlossaryImportRow, GlossaryPreview, GlossaryReading, TermChange } from "./glossary-import.ts";

export type GlossaryImportSummary = {
  readonly at: IsoInstant;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Entries that stayed as they were, with the reason as a code. */
  readonly left: readonly { readonly text: string; readonly code: string }[];
};

export type PendingGlossary = {
  readonly id: string;
  readonly projectId: string;
  readonly author: string;
  readonly createdAt: IsoInstant;
  readonly name: string;
  /** How a person has said that the file is to be read. */
  readonly reading?: GlossaryReading;
  readonly accepted?: GlossaryImportSummary;
};

type Place = { readonly projectId: string; readonly id: string };

const ID = /^[0-9a-f-]{36}$/;

export async function receiveGlossary(
  application: Application,
  received: {
    readonly projectId: string;
    readonly author: string;
    readonly file: { readonly name: string; readonly path: string };
  },
): Promise<PendingGlossary> {
  const { projectId, author, file } = received;
  const pending = { id: randomUUID(), projectId, author, createdAt: application.clock(), name: file.name };
  await mkdir(folderOf(application, pending), { recursive: true });
  await copyFile(file.path, filePath(application, pending));
  await saveRecord(application, pending);
  return pending;
}

export async function findPendingGlossary(application: Application, place: Place): Promise<PendingGlossary | undefined> {
  if (!ID.test(place.id)) return undefined;
  const text = await readFile(join(folderOf(application, place), "record.json"), "utf8").catch(() => undefined);
  const record = text === undefined ? undefined : (JSON.parse(text) as PendingGlossary);
  return record?.projectId === place.projectId ? record : undefined;
}

/** What the file would do to the glossary as it is now; undefined when it was accepted or is not there. */
export async function openGlossaryPreview(application: Application, place: Place): Promise<GlossaryPreview | undefined> {
  const pending = await findPendingGlossary(application, place);
  if (!pending || pending.accepted) return undefined;
  const bytes = await readFile(filePath(application, place));
  const { name, reading } = pending;
  return previewGlossaryImport(application, {
    projectId: place.projectId,
    file: { name, bytes },
    ...(reading ? { reading } : {}),
  });
}

/** Keeps how the file is to be read from now on; false when it was accepted or is not there. */
export async function changeReading(
  application: Application,
  request: Place & { readonly reading: GlossaryReading },
): Promise<boolean> {
  const pending = await findPendingGlossary(application, request);
  if (!pending || pending.accepted || busy.has(pending.id)) return false;
  await saveRecord(application, { ...pending, reading: request.reading });
  return true;
}

export type AcceptOutcome =
  | { readonly kind: "accepted"; readonly summary: GlossaryImportSummary }
  /** `refused`: the file has errors and the person has not agreed to leave the faulty rows out. */
  | { readonly kind: "not-found" | "busy" | "refused" };

const busy = new Set<string>();

/** Imports once: a second press meanwhile is `busy`, later ones get the summary of the first. */
export async function acceptGlossary(
  application: Application,
  request: Place & { readonly author: string; readonly acceptErrors: boolean; readonly statuses: "keep" | "take" },
): Promise<AcceptOutcome> {
  const pending = await findPendingGlossary(application, request);
  if (!pending) return { kind: "not-found" };
  if (pending.accepted) return { kind: "accepted", summary: pending.accepted };
  if (busy.has(pending.id)) return { kind: "busy" };
  busy.add(pending.id);
  try {
    const { projectId, author, acceptErrors, statuses } = request;
    const bytes = await readFile(filePath(application, pending));
    const file = { name: pending.name, bytes };
    const reading = pending.reading ? { reading: pending.reading } : {};
    const outcome = await importGlossary(application, { projectId, author, file, acceptErrors, statuses, ...reading });
    if (outcome.kind === "refused") return { kind: "refused" };
    const summary: GlossaryImportSummary = {
      at: application.clock(),
      added: outcome.added,
      changed: outcome.changed,
      unchanged: outcome.preview.counts.unchanged,
      left: outcome.left.map(({ concept, code }) => ({ text: concept.terms[0]?.text ?? concept.id, code })),
    };
    await saveRecord(application, { ...pending, accepted: summary });
    await rm(filePath(application, pending), { force: true });
    return { kind: "accepted", summary };
  } finally {
    busy.delete(pending.id);
  }
}

export async function discardGlossary(application: Application, place: Place): Promise<boolean> {
  if (!(await findPendingGlossary(application, place))) return false;
  await rm(folderOf(application, place), { recursive: true, force: true });
  return true;
}

function folderOf({ dataFolder }: Application, { projectId, id }: Place): string {
  return join(dataFolder, "glossary-previews", encodeURIComponent(projectId), id);
}

function filePath(application: Application, place: Place): string {
  return join(folderOf(application, place), "file.csv");
}

/** Written beside and renamed: a crash leaves the old record or the new one, never a half. */
async function saveRecord(application: Application, record: PendingGlossary): Promise<void> {
  const path = join(folderOf(application, record), "record.json");
  await writeFile(`${path}.new`, JSON.stringify(record));
  await rename(`${path}.new`, path);
}
