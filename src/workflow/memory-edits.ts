/**
 * Changes of many units at once: plain text found and replaced, state, document, author or a note set, units removed. A
 * preview says how many and shows the first; what is done is one step, undone as a whole (memory-steps.ts).
 *
 * The same function decides for the preview and for the change, which sees each unit as it stands when it is written.
 */
import type { InlineCode } from "../model/interchange.ts";
import type { Job } from "../model/job.ts";
import type { TranslationState } from "../model/translation-unit.ts";
import type { StoredUnit, UnitContent, UnitFilter } from "../storage/memory-store.ts";
import type { JsonValue } from "../storage/outcomes.ts";
import type { Application } from "./application.ts";

export type { StoredUnit, UnitFilter } from "../storage/memory-store.ts";

/** Which units: those that a filter lets through, or ticked ones. */
export type UnitSelection = { readonly filter: UnitFilter } | { readonly unitIds: readonly string[] };

export type UnitEdit =
  | {
      readonly kind: "replace";
      readonly side: "source" | "target";
      readonly find: string;
      readonly replacement: string;
      /** Capitals count. */
      readonly matchCase: boolean;
    }
  | { readonly kind: "state"; readonly state: TranslationState }
  | { readonly kind: "document" | "author"; readonly value: string }
  | { readonly kind: "note"; readonly note: string }
  | { readonly kind: "remove" };

export type ChangedUnit = { readonly before: StoredUnit; readonly after: StoredUnit | undefined };

export type EditPreview = {
  /** Units that would change; of those that were looked at. */
  readonly changed: number;
  readonly looked: number;
  /** Units of memories that are read-only or lent: they stay. */
  readonly readOnly: number;
  /** False: there are more units than were looked at in the time. */
  readonly isComplete: boolean;
  readonly first: readonly ChangedUnit[];
};

const UNITS_PER_TURN = 500;
const MOST_SHOWN = 20;
/** A person waits for the preview; beyond this it says "at least". */
const PREVIEW_MS = 3000;

/** What becomes of a unit; undefined when nothing does. */
function applyEdit(unit: StoredUnit, edit: UnitEdit): UnitContent | "remove" | undefined {
  switch (edit.kind) {
    case "remove":
      return "remove";
    case "state":
      return unit.state === edit.state ? undefined : { state: edit.state };
    case "document":
    case "author":
      return (unit[edit.kind] ?? "") === edit.value ? undefined : { [edit.kind]: edit.value };
    case "note":
      return unit.notes?.includes(edit.note) ? undefined : { notes: [...(unit.notes ?? []), edit.note] };
    case "replace": {
      const codes = edit.side === "source" ? unit.sourceCodes : unit.targetCodes;
      const changed = replaceText(unit[edit.side], { ...edit, codes: codes ?? [] });
      // A pair without one of its texts is no pair.
      if (!changed || changed.text.trim() === "") return undefined;
      const moved = changed.codes.length > 0 ? { [`${edit.side}Codes`]: changed.codes } : {};
      return { [edit.side]: changed.text, ...moved };
    }
  }
}

/** Every occurrence replaced, and inline codes where they belong then; undefined when there is none. */
export function replaceText(
  text: string,
  given: {
    readonly find: string;
    readonly replacement: string;
    readonly matchCase: boolean;
    readonly codes: readonly InlineCode[];
  },
): { readonly text: string; readonly codes: readonly InlineCode[] } | undefined {
  const { find, replacement, matchCase } = given;
  if (find === "") return undefined;
  const starts = matchCase ? findAll(text, find) : findAllFolded(text, find);
  if (starts.length === 0) return undefined;
  let made = "";
  let last = 0;
  for (const start of starts) {
    made += text.slice(last, start) + replacement;
    last = start + find.length;
  }
  made += text.slice(last);
  if (made === text) return undefined;
  const codes = given.codes.map((code) => ({ ...code, at: moveOffset(code.at, starts, given) }));
  return { text: made, codes };
}

function findAll(text: string, find: string): number[] {
  const starts: number[] = [];
  for (let at = text.indexOf(find); at >= 0; at = text.indexOf(find, at + find.length)) starts.push(at);
  return starts;
}

/** Capitals folded letter by letter, as İ alone becomes two units in lower case and would shift what follows. */
function findAllFolded(text: string, find: string): number[] {
  const fold = (part: string) =>
    Array.from(part, (letter) => {
      const lower = letter.toLowerCase();
      return lower.length === letter.length ? lower : letter;
    }).join("");
  return findAll(fold(text), fold(find));
}

/** A code inside what is replaced goes to the end of what takes its place. */
function moveOffset(
  at: number,
  starts: readonly number[],
  { find, replacement }: { readonly find: string; readonly replacement: string },
): number {
  let shift = 0;
  for (const start of starts) {
    if (at <= start) break;
    if (at < start + find.length) return start + shift + replacement.length;
    shift += replacement.length - find.length;
  }
  return at + shift;
}

/** The units of a selection in pieces. */
async function* readSelection(
  { stores }: Application,
  projectId: string,
  selection: UnitSelection,
): AsyncIterable<readonly StoredUnit[]> {
  if ("unitIds" in selection) {
    yield [...(await stores.memories.findUnits(selection.unitIds)).values()];
    return;
  }
  for (let after: string | undefined; ;) {
    const page = { limit: UNITS_PER_TURN, ...(after === undefined ? {} : { after }) };
    const units = await stores.memories.readFiltered(projectId, selection.filter, page);
    if (units.length > 0) yield units;
    if (units.length < UNITS_PER_TURN) return;
    after = units.at(-1)?.id;
  }
}

/** What is replaced must stand in the unit: the store need not hand out any other. */
function narrow(selection: UnitSelection, edit: UnitEdit): UnitSelection {
  if (!("filter" in selection) || edit.kind !== "replace" || selection.filter.text !== undefined) return selection;
  return { filter: { ...selection.filter, text: edit.find, side: edit.side } };
}

async function writableMemories({ stores }: Application, projectId: string): Promise<ReadonlySet<string>> {
  const memories = await stores.memories.list(projectId);
  return new Set(memories.filter(({ readOnly }) => !readOnly).map(({ id }) => id));
}

export async function previewEdit(
  application: Application,
  { projectId, selection, edit }: { readonly projectId: string; readonly selection: UnitSelection; readonly edit: UnitEdit },
): Promise<EditPreview> {
  const writable = await writableMemories(application, projectId);
  const until = performance.now() + PREVIEW_MS;
  const counts = { changed: 0, looked: 0, readOnly: 0 };
  const first: ChangedUnit[] = [];
  let isComplete = true;
  for await (const units of readSelection(application, projectId, narrow(selection, edit))) {
    if (performance.now() > until) {
      isComplete = false;
      break;
    }
    for (const before of units) {
      counts.looked++;
      const change = applyEdit(before, edit);
      if (change === undefined) continue;
      if (!writable.has(before.memoryId)) {
        counts.readOnly++;
        continue;
      }
      counts.changed++;
      if (first.length < MOST_SHOWN) first.push({ before, after: change === "remove" ? undefined : { ...before, ...change } });
    }
  }
  return { ...counts, isComplete, first };
}

/** Does it, as a job and as one step; the job's result is the step's id. */
export function startEdit(
  application: Application,
  given: {
    readonly projectId: string;
    readonly author: string;
    readonly selection: UnitSelection;
    readonly edit: UnitEdit;
  },
): Promise<Job> {
  const { projectId, author, edit } = given;
  const { stores, clock } = application;
  const selection = narrow(given.selection, edit);
  return application.jobs.start({
    projectId,
    kind: "memory",
    label: describe(edit),
    task: "nothing",
    input: undefined,
    finish: async (_nothing, { report, signal }) => {
      const total =
        "unitIds" in selection ? selection.unitIds.length : await stores.memories.countFiltered(projectId, selection.filter);
      const kind = edit.kind === "remove" ? "delete" : "edit";
      const step = await stores.memorySteps.start({ projectId, kind, detail: toDetail(edit), author, at: clock() });
      let done = 0;
      for await (const units of readSelection(application, projectId, selection)) {
        const unitIds = units.map(({ id }) => id);
        const signed = { author, at: clock() };
        const change = (unit: StoredUnit) => applyEdit(unit, edit);
        await stores.memories.changeUnits({ projectId, unitIds, change, stepId: step.id, signal, ...signed });
        done += units.length;
        report({ done: Math.min(done, total), total, stage: "store" });
      }
      await stores.memorySteps.finish(step.id, clock());
      return step.id;
    },
  });
}

function toDetail(edit: UnitEdit): Readonly<Record<string, JsonValue>> {
  const { kind, ...values } = edit;
  return { edit: kind, ...values };
}

function describe(edit: UnitEdit): string {
  if (edit.kind === "replace") return `${edit.find} → ${edit.replacement}`;
  if (edit.kind === "document" || edit.kind === "author") return edit.value;
  return edit.kind === "note" ? edit.note : "";
}
