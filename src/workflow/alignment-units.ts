/**
 * Keeps the memory in line with an alignment: after each step the units of the groups that changed, or whose
 * neighbours changed (the context of a match), are saved anew; those of groups that are gone are taken out.
 *
 * A step and its units are several transactions, so a setting says up to which revision the units have come. What a crash
 * cut off is made up for from there, when the store is opened or with the next step; doing it twice changes nothing.
 * Updates of one alignment follow each other, each from what is stored then, so that the last one always wins.
 *
 * Cost: comparing O(groups), most of which are the same objects; only the texts of changed groups and their neighbours
 * are read.
 */
import type { AlignmentGroup, AlignmentState } from "../model/alignment.ts";
import type { LanguageTag } from "../model/span.ts";
import type { StoredAlignment } from "../storage/alignment-store.ts";
import type { NewUnit } from "../storage/memory-store.ts";
import { findDifference } from "../storage/sql/alignment-difference.ts";
import { joinSegments } from "./align-texts.ts";
import type { Application } from "./application.ts";
import { findSentenceTexts } from "./alignment-texts.ts";
import { openOwnMemory } from "./project-memories.ts";

/** An automatic bead below this is more likely wrong than right: it is shown to a person, not offered as a match. */
const LEAST_CONFIDENCE_OF_UNIT = 0.5;

type Groups = readonly AlignmentGroup[];

const keyOf = (group: AlignmentGroup): string => `group:${group.id}`;

type AlignmentMemory = "alignments" | "unconfirmed";

function memoryOf({ status }: AlignmentGroup): AlignmentMemory {
  return status === "automatic" ? "unconfirmed" : "alignments";
}

function makesUnit(group: AlignmentGroup): boolean {
  if (group.source.length === 0 || group.target.length === 0 || group.doubtful) return false;
  return group.status !== "automatic" || group.confidence >= LEAST_CONFIDENCE_OF_UNIT;
}

/** What the memory holds of a group: the same string for the same unit. */
function describeUnit(groups: Groups, index: number): string {
  const group = groups[index];
  if (!group) return "";
  const context = [groups[index - 1]?.source ?? [], groups[index + 1]?.source ?? []];
  const state = group.status === "automatic" ? "initial" : "reviewed";
  return [state, ...[group.source, group.target, ...context].map((ids) => ids.join(" "))].join("/");
}

/** Units of one memory among the groups from `first` to before `end`. */
function describeUnits(
  groups: Groups,
  range: { readonly first: number; readonly end: number; readonly memory: AlignmentMemory },
): ReadonlyMap<string, string> {
  const described = new Map<string, string>();
  for (let index = Math.max(0, range.first); index < Math.min(range.end, groups.length); index++) {
    const group = groups[index];
    const isHere = group && makesUnit(group) && memoryOf(group) === range.memory;
    if (isHere) described.set(keyOf(group), describeUnit(groups, index));
  }
  return described;
}

type AlignmentChange = { readonly alignment: StoredAlignment; readonly before: AlignmentState; readonly author: string };

const MARK = "alignment-units/";
const markOf = (alignmentId: string): string => MARK + alignmentId;
/** The mark of an alignment without units: not yet, or not any more. */
const NOTHING = 0;
const EMPTY: AlignmentState = { groups: [] };

/** Opens an alignment that has no units yet: said before it is there, so that no crash can come in between. */
export async function createAlignment(
  application: Application,
  created: Omit<Parameters<Application["stores"]["alignments"]["create"]>[0], "id">,
): Promise<StoredAlignment> {
  const { settings, alignments } = application.stores;
  const id = crypto.randomUUID();
  await settings.save({ key: markOf(id), value: NOTHING });
  const alignment = await alignments.create({ ...created, id });
  await updateAlignmentUnits(application, { alignment, before: { groups: [] }, author: created.author });
  return alignment;
}

/** The update of each alignment that was asked for last. */
const lastUpdates = new WeakMap<Application["stores"], Map<string, Promise<void>>>();

/** `before` counts only for an alignment that was made before its units were followed. */
export async function updateAlignmentUnits(application: Application, change: AlignmentChange): Promise<void> {
  const { stores } = application;
  const { id } = change.alignment;
  const updates = lastUpdates.get(stores) ?? new Map<string, Promise<void>>();
  lastUpdates.set(stores, updates);
  const update = (updates.get(id) ?? Promise.resolve()).catch(() => undefined).then(() => followAlignment(application, change));
  updates.set(id, update);
  try {
    await update;
  } finally {
    if (updates.get(id) === update) updates.delete(id);
  }
}

async function followAlignment(application: Application, change: AlignmentChange): Promise<void> {
  const { settings, alignments } = application.stores;
  const key = markOf(change.alignment.id);
  const stored = await alignments.find(change.alignment.id, { withRemoved: true });
  if (!stored) return;
  // One that was taken out has no rows for the memory.
  const alignment = stored.removedAt === undefined ? stored : { ...stored, revision: NOTHING, state: EMPTY };
  const mark = await settings.find(key);
  if (mark === alignment.revision) return;
  const before = typeof mark === "number" ? await findStateAt(application, stored, mark) : change.before;
  // A row that is confirmed leaves the one memory for the other.
  for (const memory of ["unconfirmed", "alignments"] as const) {
    await updateMemory(application, { alignment, before, author: change.author, memory });
  }
  await settings.save({ key, value: alignment.revision });
}

async function findStateAt(
  { stores, clock }: Application,
  { id, revision: now, state }: StoredAlignment,
  revision: number,
): Promise<AlignmentState> {
  if (revision === NOTHING) return EMPTY;
  if (revision === now) return state;
  // Revisions only grow, so a step that is based on an earlier one is refused, and the refusal brings the base.
  const outcome = await stores.alignments.undo({ alignmentId: id, baseRevision: revision, author: "", at: clock() });
  return (outcome.kind === "stale" ? outcome.base : undefined) ?? EMPTY;
}

/** Makes up for what a crash cut off. Alignments that were made before their units were followed are in line. */
export async function resumeAlignmentUnits(application: Application): Promise<void> {
  const { alignments } = application.stores;
  for (const { id, mark, changedBy = "" } of await alignments.listBehind(MARK)) {
    const alignment = await alignments.find(id, { withRemoved: true });
    if (!alignment) continue;
    if (mark === undefined) await followUnits(application, alignment);
    else await updateAlignmentUnits(application, { alignment, before: EMPTY, author: changedBy });
  }
}

/** From now on the units of an alignment are followed; those of one made before that are in line. */
export async function followUnits({ stores }: Application, { id, revision }: StoredAlignment): Promise<void> {
  const { settings } = stores;
  if ((await settings.find(markOf(id))) === undefined) await settings.save({ key: markOf(id), value: revision });
}

async function updateMemory(
  application: Application,
  { alignment, before: old, author, memory: name }: AlignmentChange & { readonly memory: AlignmentMemory },
): Promise<void> {
  const { stores, clock } = application;
  const { groups } = alignment.state;
  const { start, removed, inserted } = findDifference(old.groups, groups);
  // One group more on either side: its neighbour is the context of its match.
  const range = { first: start - 1, memory: name };
  const before = describeUnits(old.groups, { ...range, end: start + removed.length + 1 });
  const after = describeUnits(groups, { ...range, end: start + inserted.length + 1 });
  const changed: number[] = [];
  for (let index = Math.max(0, start - 1); index < Math.min(groups.length, start + inserted.length + 1); index++) {
    const group = groups[index];
    const key = group ? keyOf(group) : "";
    if (after.has(key) && after.get(key) !== before.get(key)) changed.push(index);
  }
  const gone = [...before.keys()].filter((key) => !after.has(key));
  if (changed.length === 0 && gone.length === 0) return;

  const memory = await openOwnMemory(application, alignment.projectId, name);
  const signed = { author, at: clock() };
  if (gone.length > 0) await stores.memories.removeUnits({ ...signed, memoryId: memory.id, originKeys: gone });
  const units = await makeUnits(application, { alignment, indices: changed, ...signed });
  if (units.length > 0) await stores.memories.saveUnits({ ...signed, memoryId: memory.id, units });
}

async function makeUnits(
  application: Application,
  input: {
    readonly alignment: StoredAlignment;
    readonly indices: readonly number[];
    readonly author: string;
    readonly at: string;
  },
): Promise<readonly NewUnit[]> {
  const { alignment, indices, author, at } = input;
  const { stores } = application;
  const source = await stores.documents.findSummary(alignment.sourceDocumentId);
  const target = await stores.documents.findSummary(alignment.targetDocumentId);
  if (indices.length === 0 || !source || !target) return [];
  const { groups } = alignment.state;
  const wanted = new Set<string>();
  for (const index of indices) {
    const neighbours = [groups[index - 1]?.source ?? [], groups[index + 1]?.source ?? []];
    for (const id of [groups[index]?.source ?? [], groups[index]?.target ?? [], ...neighbours].flat()) wanted.add(id);
  }
  const textOf = await findSentenceTexts(application, { alignmentId: alignment.id, ids: [...wanted] });
  const join = (ids: readonly string[], language: LanguageTag): string =>
    joinSegments(
      ids.map((id) => textOf.get(id) ?? ""),
      language,
    );
  return indices.flatMap((index): readonly NewUnit[] => {
    const group = groups[index];
    if (!group) return [];
    const previous = join(groups[index - 1]?.source ?? [], source.language);
    const next = join(groups[index + 1]?.source ?? [], source.language);
    return [
      {
        originKey: keyOf(group),
        link: { documentId: alignment.sourceDocumentId, alignmentId: alignment.id, groupId: group.id },
        source: join(group.source, source.language),
        target: join(group.target, target.language),
        sourceLanguage: source.language,
        targetLanguage: target.language,
        state: group.status === "automatic" ? "initial" : "reviewed",
        ...(previous === "" ? {} : { previous }),
        ...(next === "" ? {} : { next }),
        author,
        createdAt: at,
        changedAt: at,
        document: source.title,
      },
    ];
  });
}
