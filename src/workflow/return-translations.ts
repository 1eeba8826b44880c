/**
 * A translated file that came back, as the page handles it: received, shown as a plan, taken over row by row with the
 * revisions that the person saw, and undone. Reading runs in a worker.
 */
import { open } from "node:fs/promises";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { TranslationState } from "../model/translation-unit.ts";
import type { SegmentOutcome } from "../storage/segment-store.ts";
import type { Application } from "./application.ts";
import { detectFormat } from "./convert-formats.ts";
import type { ProposedChange, TranslationPlan } from "./import-translations.ts";
import { applyTranslations, planTranslations, undoTranslations } from "./import-translations.ts";
import { startMemoryAnalysis } from "./import-memory.ts";
import type { ReturnedTranslation, ReturnPlace, TranslationResult } from "./returns.ts";
import { findReturn, keepReturn, returnedPath, updateReturn } from "./returns.ts";

export type ReceiveOutcome =
  | { readonly kind: "received"; readonly id: string }
  | {
      readonly kind: "refused";
      readonly code: "format" | "unreadable" | "empty";
      readonly diagnostics: readonly Diagnostic[];
    };

/** Enough of a file to tell its kind. */
const HEAD_BYTES = 256 * 1024;

export async function receiveReturn(
  application: Application,
  given: {
    readonly projectId: string;
    readonly author: string;
    readonly file: { readonly name: string; readonly path: string };
  },
): Promise<ReceiveOutcome> {
  const format = detectFormat({ name: given.file.name, bytes: await readHead(given.file.path) });
  if (format === "tmx") {
    const record = await keepReturn(application, { ...given, kind: "memory" });
    await startMemoryAnalysis(application, record);
    return { kind: "received", id: record.id };
  }
  if (!format.startsWith("xliff") || format === "xliff-json") return { kind: "refused", code: "format", diagnostics: [] };
  const read = await application.jobs.runTask("readTranslations", { path: given.file.path });
  const broken = read.diagnostics.filter(({ severity }) => severity === "error");
  // A part of a broken file would look like the whole.
  if (broken.length > 0) return { kind: "refused", code: "unreadable", diagnostics: broken };
  if (read.units.length === 0) return { kind: "refused", code: "empty", diagnostics: read.diagnostics };
  const record = await keepReturn(application, { ...given, kind: "translation" });
  return { kind: "received", id: record.id };
}

async function readHead(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

export type OpenTranslation = { readonly record: ReturnedTranslation; readonly plan: TranslationPlan };

/** The plan is made anew each time: it says what would happen now. */
export async function openTranslation(application: Application, place: ReturnPlace): Promise<OpenTranslation | undefined> {
  const record = await findReturn(application, place);
  if (record?.kind !== "translation") return undefined;
  const read = await application.jobs.runTask("readTranslations", { path: returnedPath(application, place) });
  return { record, plan: await planTranslations(application, { projectId: place.projectId, read }) };
}

/** A row as the person chose it: its number in the plan, and the revision that stood there when it was shown. */
export type ChosenRow = { readonly at: number; readonly revision: number };

export type TakeOutcome = {
  readonly result: TranslationResult;
  /** Rows that changed after they were shown: nothing was overwritten. */
  readonly stale: readonly Extract<SegmentOutcome, { kind: "stale" }>[];
};

export async function takeTranslations(
  application: Application,
  given: ReturnPlace & {
    readonly author: string;
    readonly rows: readonly ChosenRow[];
    /** Drafts of the file become translated rows: some tools give no states back. */
    readonly confirmDrafts: boolean;
  },
): Promise<TakeOutcome | undefined> {
  const open = await openTranslation(application, given);
  if (!open) return undefined;
  const accepted = given.rows.flatMap(({ at, revision }): ProposedChange[] => {
    const change = open.plan.changes[at];
    if (!change?.stored) return [];
    const state: TranslationState = given.confirmDrafts && change.state === "initial" ? "translated" : change.state;
    // The revision that the person saw, not the one that stands now: the store then answers `stale`.
    return [{ ...change, state, stored: { ...change.stored, revision } }];
  });
  const outcomes = await applyTranslations(application, { projectId: given.projectId, author: given.author, accepted });
  const before = new Map(accepted.flatMap(({ stored }) => (stored ? [[stored.id, stored] as const] : [])));
  const taken = outcomes.flatMap((outcome) => {
    if (outcome.kind !== "saved") return [];
    const { id, revision } = outcome.segment;
    const old = before.get(id);
    return [{ segmentId: id, revision, before: { target: old?.target ?? "", state: old?.state ?? ("initial" as const) } }];
  });
  const stale = outcomes.filter((outcome) => outcome.kind === "stale");
  const earlier = open.record.result?.undone ? undefined : open.record.result;
  const result: TranslationResult = {
    at: application.clock(),
    author: given.author,
    taken: mergeTaken(earlier?.taken ?? [], taken),
    stale: stale.length,
  };
  await updateReturn(application, open.record, (record) => ({ ...record, result }));
  return { result, stale };
}

/** A row that was taken twice goes back to what stood before the first time. */
function mergeTaken(earlier: TranslationResult["taken"], later: TranslationResult["taken"]): TranslationResult["taken"] {
  const rows = new Map(earlier.map((row) => [row.segmentId, row]));
  for (const row of later) rows.set(row.segmentId, { ...row, before: rows.get(row.segmentId)?.before ?? row.before });
  return [...rows.values()];
}

export async function undoTaking(
  application: Application,
  given: ReturnPlace & { readonly author: string },
): Promise<TranslationResult | undefined> {
  const record = await findReturn(application, given);
  if (record?.kind !== "translation" || !record.result || record.result.undone) return undefined;
  const { projectId, author } = given;
  const { rows, left } = await undoTranslations(application, { projectId, author, taken: record.result.taken });
  const result = { ...record.result, undone: { at: application.clock(), rows, left } };
  await updateReturn(application, record, (current) => ({ ...current, result }));
  return result;
}
