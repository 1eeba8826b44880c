/**
 * Aligns again what nobody has vouched for: groups that are confirmed, locked or marked as omitted or added stay as
 * they are, and everything between two of them is aligned anew.
 *
 * A pin says that a new group begins with two given segments; pins that cross others or a fixed group are ignored. A
 * group made by a pin is pinned, and so is a pin of every later run.
 * Guarantee: each side's segments stay the same sequence; fixed groups are the same objects. A new group with just the
 * segments of an old one keeps its id and marks; what was remarked on others goes with their first segment. Cost: that of aligning the parts.
 */
import type { AlignmentGroup, AlignmentState, AlignmentText, Bead, Crossing, SegmentRange } from "../model/alignment.ts";
import type { LanguageTag } from "../model/span.ts";
import { alignWithCrossings } from "./align.ts";
import { withMarks } from "./group-marks.ts";
import type { AlignOptions } from "./align.ts";

export type RealignSide = {
  readonly language: LanguageTag;
  readonly segments: readonly { readonly id: string; readonly text: string; readonly paragraph: number }[];
};

export type Pin = { readonly source: string; readonly target: string };

export type RealignOptions = AlignOptions & {
  readonly source: RealignSide;
  readonly target: RealignSide;
  /** Besides those that the rows say themselves. */
  readonly pins?: readonly Pin[];
  /** Only the rows from one group to another, both with it. */
  readonly range?: { readonly first: string; readonly last: string } | undefined;
};

export function realignPending(state: AlignmentState, options: RealignOptions): AlignmentState {
  const texts = { source: indexSegments(options.source), target: indexSegments(options.target) };
  const makeId = createIdMaker(state);
  const groups: AlignmentGroup[] = [];
  let pending: AlignmentGroup[] = [];
  const pins = [...(options.pins ?? []), ...state.groups.flatMap(listPin)];
  const flush = (): void => {
    if (pending.length > 0) groups.push(...realignRun(pending, { texts, makeId, options: { ...options, pins } }));
    pending = [];
  };
  const { first, last } = findRange(state, options);
  for (const [at, group] of state.groups.entries()) {
    if (at >= first && at <= last && group.status === "automatic" && group.omission === undefined) {
      pending.push(group);
      continue;
    }
    flush();
    groups.push(group);
  }
  flush();
  return { groups };
}

function findRange({ groups }: AlignmentState, { range }: RealignOptions): { readonly first: number; readonly last: number } {
  if (!range) return { first: 0, last: groups.length - 1 };
  const first = groups.findIndex(({ id }) => id === range.first);
  const last = groups.findIndex(({ id }) => id === range.last);
  // A range whose rows are gone is none.
  return first < 0 || last < 0 ? { first: 0, last: -1 } : { first, last };
}

function listPin({ pinned, source, target }: AlignmentGroup): readonly Pin[] {
  return pinned && source[0] !== undefined && target[0] !== undefined ? [{ source: source[0], target: target[0] }] : [];
}

type Segment = RealignSide["segments"][number];
type Texts = { readonly source: ReadonlyMap<string, Segment>; readonly target: ReadonlyMap<string, Segment> };
type RunContext = { readonly texts: Texts; readonly makeId: (near: string) => string; readonly options: RealignOptions };

function indexSegments(side: RealignSide): ReadonlyMap<string, Segment> {
  return new Map(side.segments.map((segment) => [segment.id, segment]));
}

function createIdMaker(state: AlignmentState): (near: string) => string {
  const taken = new Set(state.groups.map((group) => group.id));
  return (near) => {
    const stem = near.replace(/~\d+$/u, "");
    let number = 1;
    while (taken.has(`${stem}~${number}`)) number++;
    const id = `${stem}~${number}`;
    taken.add(id);
    return id;
  };
}

const nameSegments = (source: readonly string[], target: readonly string[]): string => JSON.stringify([source, target]);

function realignRun(old: readonly AlignmentGroup[], { texts, makeId, options }: RunContext): readonly AlignmentGroup[] {
  const source = old.flatMap((group) => group.source);
  const target = old.flatMap((group) => group.target);
  const known = new Map(old.map((group) => [nameSegments(group.source, group.target), group]));
  const near = old[0]?.id ?? "";
  const fresh = cutAtPins(source, target, options.pins ?? []).flatMap((part) => {
    const toText = (ids: readonly string[], side: "source" | "target"): AlignmentText => ({
      language: options[side].language,
      segments: ids.map((id) => texts[side].get(id) ?? { text: "", paragraph: 0 }),
    });
    const { beads, crossings } = alignWithCrossings(toText(part.source, "source"), toText(part.target, "target"), {
      ...options,
      pinnedStart: part.pinned,
    });
    return beads.map((bead, at): AlignmentGroup => {
      const sourceIds = bead.source.flatMap((place) => part.source[place] ?? []);
      const targetIds = bead.target.flatMap((place) => part.target[place] ?? []);
      const same = known.get(nameSegments(sourceIds, targetIds));
      const group: AlignmentGroup = {
        id: same?.id ?? makeId(near),
        source: sourceIds,
        target: targetIds,
        confidence: bead.confidence,
        anchors: bead.anchors,
        status: "automatic",
      };
      const marks = { pinned: part.pinned && at === 0, moved: nameMoved(bead, crossings, near) };
      return withMarks(group, { ...same, ...marks });
    });
  });
  return keepRemarks(old, fresh);
}

/** The name of the passage that a bead without counterpart belongs to; `stem` makes it one of its own. */
export function nameMoved(bead: Bead, crossings: readonly Crossing[], stem: string): string | undefined {
  const isIn = (indices: readonly number[], { from, to }: SegmentRange) =>
    indices[0] !== undefined && indices[0] >= from && indices[0] < to;
  const isAlone = bead.source.length === 0 || bead.target.length === 0;
  const number = crossings.findIndex(({ source, target }) => isIn(bead.source, source) || isIn(bead.target, target));
  return isAlone && number >= 0 ? `${stem}/${number}` : undefined;
}

/** Bookmarks and notes of rows that came out differently go to the row that has their first sentence now. */
function keepRemarks(old: readonly AlignmentGroup[], fresh: readonly AlignmentGroup[]): readonly AlignmentGroup[] {
  const kept = new Set(fresh.map(({ id }) => id));
  const gone = old.filter(({ id, notes, bookmark }) => !kept.has(id) && (notes !== undefined || bookmark));
  if (gone.length === 0) return fresh;
  const placeOf = new Map<string, number>();
  fresh.forEach((group, at) => {
    for (const id of group.source) placeOf.set(`source ${id}`, at);
    for (const id of group.target) placeOf.set(`target ${id}`, at);
  });
  const changed = [...fresh];
  for (const { notes, bookmark, source, target } of gone) {
    const at = placeOf.get(`source ${source[0] ?? ""}`) ?? placeOf.get(`target ${target[0] ?? ""}`) ?? 0;
    const taker = changed[at];
    if (!taker) continue;
    const together = { ...taker, notes: [...(taker.notes ?? []), ...(notes ?? [])] };
    changed[at] = withMarks(taker, { ...together, bookmark: taker.bookmark ?? bookmark });
  }
  return changed;
}

type Part = { readonly source: readonly string[]; readonly target: readonly string[]; readonly pinned: boolean };

function cutAtPins(source: readonly string[], target: readonly string[], pins: readonly Pin[]): readonly Part[] {
  const sourcePlaces = new Map(source.map((id, at) => [id, at]));
  const targetPlaces = new Map(target.map((id, at) => [id, at]));
  const cuts = pins
    .flatMap((pin) => {
      const sourceAt = sourcePlaces.get(pin.source);
      const targetAt = targetPlaces.get(pin.target);
      return sourceAt === undefined || targetAt === undefined ? [] : [{ sourceAt, targetAt }];
    })
    .sort((one, other) => one.sourceAt - other.sourceAt);
  const parts: Part[] = [];
  let sourceFrom = 0;
  let targetFrom = 0;
  let pinned = false;
  const push = (sourceTo: number, targetTo: number): void => {
    if (sourceTo > sourceFrom || targetTo > targetFrom) {
      parts.push({ source: source.slice(sourceFrom, sourceTo), target: target.slice(targetFrom, targetTo), pinned });
    }
    sourceFrom = sourceTo;
    targetFrom = targetTo;
  };
  for (const cut of cuts) {
    // Two pins of one segment, or pins that cross: the first one counts.
    if (cut.sourceAt < sourceFrom + Number(pinned) || cut.targetAt < targetFrom + Number(pinned)) continue;
    push(cut.sourceAt, cut.targetAt);
    pinned = true;
  }
  push(source.length, target.length);
  return parts;
}
