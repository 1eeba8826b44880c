/**
 * Aligns again what nobody has vouched for: groups that are confirmed, locked or marked as omitted or added stay as
 * they are, and everything between two of them is aligned anew.
 *
 * A pin says that a new group begins with two given segments; pins that cross others or a fixed group are ignored.
 * Guarantee: each side's segments stay the same sequence; fixed groups are the same objects. A new group with just the
 * segments of an old one keeps its id and bookmark. Cost: that of aligning the parts.
 */
import type { AlignmentGroup, AlignmentState, AlignmentText } from "../model/alignment.ts";
import type { LanguageTag } from "../model/span.ts";
import { alignTexts } from "./align.ts";
import type { AlignOptions } from "./align.ts";

export type RealignSide = {
  readonly language: LanguageTag;
  readonly segments: readonly { readonly id: string; readonly text: string; readonly paragraph: number }[];
};

export type Pin = { readonly source: string; readonly target: string };

export type RealignOptions = AlignOptions & {
  readonly source: RealignSide;
  readonly target: RealignSide;
  readonly pins?: readonly Pin[];
};

export function realignPending(state: AlignmentState, options: RealignOptions): AlignmentState {
  const texts = { source: indexSegments(options.source), target: indexSegments(options.target) };
  const makeId = createIdMaker(state);
  const groups: AlignmentGroup[] = [];
  let pending: AlignmentGroup[] = [];
  const flush = (): void => {
    if (pending.length > 0) groups.push(...realignRun(pending, { texts, makeId, options }));
    pending = [];
  };
  for (const group of state.groups) {
    if (group.status === "automatic" && group.omission === undefined) {
      pending.push(group);
      continue;
    }
    flush();
    groups.push(group);
  }
  flush();
  return { groups };
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
  return cutAtPins(source, target, options.pins ?? []).flatMap((part) => {
    const toText = (ids: readonly string[], side: "source" | "target"): AlignmentText => ({
      language: options[side].language,
      segments: ids.map((id) => texts[side].get(id) ?? { text: "", paragraph: 0 }),
    });
    const beads = alignTexts(toText(part.source, "source"), toText(part.target, "target"), {
      ...options,
      pinnedStart: part.pinned,
    });
    return beads.map((bead): AlignmentGroup => {
      const sourceIds = bead.source.flatMap((at) => part.source[at] ?? []);
      const targetIds = bead.target.flatMap((at) => part.target[at] ?? []);
      const same = known.get(nameSegments(sourceIds, targetIds));
      return {
        id: same?.id ?? makeId(near),
        source: sourceIds,
        target: targetIds,
        confidence: bead.confidence,
        anchors: bead.anchors,
        status: "automatic",
        ...(same?.bookmark ? { bookmark: true } : {}),
      };
    });
  });
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
