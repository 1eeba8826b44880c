/**
 * What a person does to a stored alignment: each step is saved at once under the revision it was based on and can be
 * undone. After each step the translation units of the groups that changed are brought up to date, so that matches come
 * from what the page shows, confirmed or not.
 */
import { editAlignment } from "../alignment/edit.ts";
import type { EditOperation, EditRefusal, EditStep } from "../alignment/edit.ts";
import { stampTouched } from "../alignment/group-marks.ts";
import type { Pin, RealignSide } from "../alignment/realign.ts";
import type { AlignmentState, EditedSentence } from "../model/alignment.ts";
import type { Job } from "../model/job.ts";
import type { AlignmentOutcome, StoredAlignment } from "../storage/alignment-store.ts";
import type { Application } from "./application.ts";
import { isSentenceRequest, makeSentences } from "./alignment-sentences.ts";
import type { SentenceRequest } from "./alignment-sentences.ts";
import { loadAlignedSides } from "./alignment-texts.ts";
import type { AlignedSide } from "./alignment-texts.ts";
import { tellAlignmentRoom } from "./alignment-room.ts";
import { updateAlignmentUnits } from "./alignment-units.ts";
import { loadTermPairs } from "./alignments.ts";

export type { EditOperation, EditRefusal } from "../alignment/edit.ts";
export type { SentenceRequest } from "./alignment-sentences.ts";

export type StepRequest = { readonly alignmentId: string; readonly baseRevision: number; readonly author: string };
type Saved = Extract<AlignmentOutcome, { readonly kind: "saved" }>;
type NotSaved = Exclude<AlignmentOutcome, Saved>;
export type StepOutcome =
  (Saved & { readonly before: AlignmentState }) | NotSaved | { readonly kind: "cannot"; readonly refusal: EditRefusal };

/** What a person asks for; sentences are named by their row and place, and notes get their id, author and date here. */
export type StepOperation =
  | Exclude<EditOperation, { readonly kind: "add-note" | "edit-note" | SentenceRequest["kind"] }>
  | { readonly kind: "add-note"; readonly group: string; readonly text: string }
  | { readonly kind: "edit-note"; readonly group: string; readonly note: string; readonly text: string }
  | SentenceRequest;

/** Steps are stored as "merge-next 14": the operation and the row it was asked for, for some also the last row. */
function nameStep({ code, values }: EditStep): string {
  return [code, values["row"], values["last"]].filter((part) => part !== undefined).join(" ");
}

export type StepName = { readonly code: string; readonly row?: number; readonly last?: number };

export function readStepName(name: string): StepName {
  const [code = "", row, last] = name.split(" ");
  return { code, ...(row === undefined ? {} : { row: Number(row) }), ...(last === undefined ? {} : { last: Number(last) }) };
}

/** One operation of a person, saved at once as a step that can be undone. */
export async function editStoredAlignment(
  application: Application,
  request: StepRequest & { readonly operation: StepOperation },
): Promise<StepOutcome> {
  const { stores, clock } = application;
  const { author, operation } = request;
  const alignment = await stores.alignments.find(request.alignmentId);
  if (!alignment) return { kind: "refused", code: "not-found" };
  const signed = { author, at: clock() };
  const prepared = await prepareOperation(application, { alignment, operation, ...signed });
  const result = "refusal" in prepared ? { ok: false as const, ...prepared } : editAlignment(alignment.state, prepared.operation);
  if (!result.ok && alignment.revision === request.baseRevision) return { kind: "cannot", refusal: result.refusal };
  const before = alignment.state;
  // A step on an old revision is saved in vain: the answer says what others did.
  const outcome = await stores.alignments.save({
    alignmentId: request.alignmentId,
    baseRevision: request.baseRevision,
    name: nameStep(result.ok ? result.step : { code: operation.kind, values: {} }),
    state: result.ok ? { groups: stampTouched(before.groups, result.state.groups, author) } : before,
    sentences: "sentences" in prepared ? prepared.sentences : [],
    ...signed,
  });
  return keepUnits(application, { outcome, before, author });
}

type Prepared =
  { readonly operation: EditOperation; readonly sentences: readonly EditedSentence[] } | { readonly refusal: EditRefusal };

async function prepareOperation(
  application: Application,
  given: {
    readonly alignment: StoredAlignment;
    readonly operation: StepOperation;
    readonly author: string;
    readonly at: string;
  },
): Promise<Prepared> {
  const { operation, author, at } = given;
  if (operation.kind === "add-note" || operation.kind === "edit-note") {
    const text = operation.text.trim();
    if (text === "") return { refusal: "empty-text" };
    const id = operation.kind === "edit-note" ? operation.note : crypto.randomUUID();
    const note = { id, text, author, at };
    return { operation: { kind: operation.kind, group: operation.group, note }, sentences: [] };
  }
  if (isSentenceRequest(operation)) return makeSentences(application, { ...given, request: operation });
  return { operation, sentences: [] };
}

export type RealignRequest = StepRequest & {
  /** Only the rows from one group to another, both with it; all when not given. */
  readonly range?: { readonly first: string; readonly last: string } | undefined;
  /** The two sentences that shall begin a row together, by group and place in it. */
  readonly pin?: { readonly source: SentencePlace; readonly target: SentencePlace } | undefined;
};

export type SentencePlace = { readonly group: string; readonly sentence: number };

/** A pin rearranges so many rows on either side of it; the rest waits until somebody re-aligns it. */
const ROWS_AROUND_PIN = 3;

/**
 * Starts the job that aligns again what nobody has confirmed; the rest stays. Its result is the id of the alignment;
 * there is none when somebody changed the alignment meanwhile: then nothing is saved.
 */
export async function startRealignment(
  application: Application,
  request: RealignRequest,
): Promise<Job | { readonly refusal: EditRefusal } | undefined> {
  const { stores, jobs, clock } = application;
  const { alignmentId, baseRevision, author } = request;
  const alignment = await stores.alignments.find(alignmentId);
  if (alignment?.revision !== baseRevision) return undefined;
  const plan = planRealignment(alignment.state, request);
  if ("refusal" in plan) return plan;
  const { source, target } = await loadAlignedSides(application, alignment);
  const terms = await loadTermPairs(application, {
    projectId: alignment.projectId,
    from: source.document.language,
    to: target.document.language,
  });
  return jobs.start({
    projectId: alignment.projectId,
    kind: "align",
    label: source.document.title,
    task: "realign",
    input: {
      state: alignment.state,
      source: toRealignSide(source),
      target: toRealignSide(target),
      terms,
      cacheFolder: application.cacheFolder,
      ...(plan.range ? { range: plan.range } : {}),
      pins: plan.pins,
    },
    finish: async (state) => {
      const name = nameStep(plan.step);
      const outcome = await stores.alignments.save({ alignmentId, baseRevision, name, state, author, at: clock() });
      await keepUnits(application, { outcome, before: alignment.state, author });
      return outcome.kind === "saved" ? alignmentId : undefined;
    },
  });
}

function toRealignSide({ document, sentences }: AlignedSide): RealignSide {
  return { language: document.language, segments: sentences.map(({ id, text, paragraph }) => ({ id, text, paragraph })) };
}

type Plan = {
  readonly step: EditStep;
  readonly range: { readonly first: string; readonly last: string } | undefined;
  readonly pins: readonly Pin[];
};

function planRealignment({ groups }: AlignmentState, { range, pin }: RealignRequest): Plan | { readonly refusal: EditRefusal } {
  const placeOf = new Map(groups.map(({ id }, at) => [id, at]));
  if (pin) {
    const sourceAt = placeOf.get(pin.source.group);
    const targetAt = placeOf.get(pin.target.group);
    const source = groups[sourceAt ?? -1]?.source[pin.source.sentence];
    const target = groups[targetAt ?? -1]?.target[pin.target.sentence];
    if (sourceAt === undefined || targetAt === undefined) return { refusal: "unknown-group" };
    if (source === undefined || target === undefined) return { refusal: "unknown-sentence" };
    const [upper, lower] = [Math.min(sourceAt, targetAt), Math.max(sourceAt, targetAt)];
    const isOpen = (at: number) => groups[at]?.status === "automatic" && groups[at].omission === undefined;
    for (let at = upper; at <= lower; at++) {
      if (!isOpen(at) || (groups[at]?.pinned && at > upper)) return { refusal: "pin-crosses" };
    }
    let first = upper;
    let last = lower;
    while (upper - first < ROWS_AROUND_PIN && isOpen(first - 1)) first--;
    while (last - lower < ROWS_AROUND_PIN && isOpen(last + 1)) last++;
    const range = { first: groups[first]?.id ?? "", last: groups[last]?.id ?? "" };
    return { step: { code: "pin", values: { row: upper + 1 } }, range, pins: [{ source, target }] };
  }
  if (!range) return { step: { code: "realign", values: {} }, range: undefined, pins: [] };
  const first = placeOf.get(range.first);
  const last = placeOf.get(range.last);
  if (first === undefined || last === undefined || first > last) return { refusal: "unknown-group" };
  return { step: { code: "realign-rows", values: { row: first + 1, last: last + 1 } }, range, pins: [] };
}

export async function undoStep(application: Application, request: StepRequest): Promise<StepOutcome> {
  return stepThroughHistory(application, request, "undo");
}

export async function redoStep(application: Application, request: StepRequest): Promise<StepOutcome> {
  return stepThroughHistory(application, request, "redo");
}

async function stepThroughHistory(
  application: Application,
  request: StepRequest,
  direction: "undo" | "redo",
): Promise<StepOutcome> {
  const { stores, clock } = application;
  const alignment = await stores.alignments.find(request.alignmentId);
  if (!alignment) return { kind: "refused", code: "not-found" };
  const outcome = await stores.alignments[direction]({
    alignmentId: request.alignmentId,
    baseRevision: request.baseRevision,
    author: request.author,
    at: clock(),
  });
  return keepUnits(application, { outcome, before: alignment.state, author: request.author });
}

async function keepUnits(
  application: Application,
  change: { readonly outcome: AlignmentOutcome; readonly before: AlignmentState; readonly author: string },
): Promise<StepOutcome> {
  const { outcome, before, author } = change;
  if (outcome.kind !== "saved") return outcome;
  tellAlignmentRoom(application, outcome.alignment, author);
  await updateAlignmentUnits(application, { alignment: outcome.alignment, before, author });
  return { ...outcome, before };
}
