/**
 * Frames: formulations with slots, 把{X}作为{Y}来抓, 加大{X}力度, 越是{X}，越要{Y}, 应{X}尽{X}.
 *
 * Method (docs/extraction.md, "Frames"): parts that choose each other are counted in frame-collocations.ts; figures of
 * speech are read from their form in frame-clauses.ts and frame-repeats.ts; interchangeable words and narrower
 * versions are put together in frame-drafts.ts. Here drafts are tested (count, fillers, texts), ranked and described.
 * Guarantee: no slot crosses the end of a sentence; fixed parts stand at each place; counts leave copies out.
 * Cost: O(length).
 */
import type { Frame, FrameOccurrence, FrameSlot } from "../model/formulation.ts";
import type { IsoDay } from "../model/span.ts";
import type { Material } from "./candidates.ts";
import { keyAt, textAt } from "./corpus.ts";
import { sightClauses } from "./frame-clauses.ts";
import type { Bond } from "./frame-collocations.ts";
import { findCollocations, sightCollocations } from "./frame-collocations.ts";
import type { FrameDraft } from "./frame-drafts.ts";
import { draftFrames } from "./frame-drafts.ts";
import { sightRepeats } from "./frame-repeats.ts";
import type { FrameKind, FrameSighting } from "./frame-sighting.ts";
import type { HalfPlace } from "./half-frames.ts";

const LEAST_COUNT = 3;
const MOST_FRAMES = 300;
const MOST_FILLERS = 30;
const MOST_COUNTED = 100;

/** A frame ties its parts when one of them seldom stands without the other. */
const TIED = 0.45;
const TIED_TEXTS = 3;

/** What a draft must have: places, different fillers, texts. Figures of speech are meant where they stand at all. */
const NEEDED: Readonly<Record<FrameKind, readonly [count: number, fillers: number, texts: number]>> = {
  object: [3, 3, 2],
  pivot: [3, 3, 2],
  circumposition: [3, 3, 2],
  report: [3, 2, 2],
  parallel: [2, 2, 1],
  correlative: [2, 2, 1],
  repeat: [2, 2, 1],
  series: [1, 3, 1],
  ordinal: [3, 3, 1],
};

export type MinedFrames = {
  readonly frames: readonly Frame[];
  /** Places of frames whose parts belong together. */
  readonly tied: readonly HalfPlace[];
};

type Gathered = {
  readonly draft: FrameDraft;
  readonly fillers: ReadonlyMap<string, number>;
  readonly texts: number;
};

export function mineFrames(material: Material): MinedFrames {
  const groups = new Map<string, FrameSighting[]>();
  const bonds = new Map<string, Bond>();
  const sight = (sighting: FrameSighting): void => {
    if (material.copies.counted[sighting.start] !== 1) return;
    const known = groups.get(sighting.group);
    if (known) known.push(sighting);
    else groups.set(sighting.group, [sighting]);
  };
  sightClauses(material, sight);
  sightRepeats(material, sight);
  sightCollocations(findCollocations(material), { least: LEAST_COUNT, sight, tell: (group, bond) => bonds.set(group, bond) });
  const tied: HalfPlace[] = [];
  const scored: (Gathered & { readonly score: number })[] = [];
  for (const [group, sightings] of groups) {
    const bond = bonds.get(group);
    for (const draft of draftFrames(material, sightings)) {
      const gathered = gather(material, draft);
      const [count, fillers, texts] = NEEDED[draft.kind];
      const leastFillers = draft.kind === "repeat" && draft.slotNames === "XY" ? 3 : fillers;
      if (draft.sightings.length < count || gathered.fillers.size < leastFillers || gathered.texts < texts) continue;
      const score = scoreDraft(gathered, bond);
      if (score > 0) scored.push({ ...gathered, score });
    }
    if (bond && bond.tie >= TIED) tied.push(...placesOf(material, sightings));
  }
  scored.sort((one, other) => other.score - one.score || (one.draft.pattern < other.draft.pattern ? -1 : 1));
  const kept = scored.slice(0, MOST_FRAMES);
  const patterns = new Set(kept.map(({ draft }) => draft.pattern));
  return { frames: kept.map((one) => describe(material, one, patterns)), tied };
}

function placesOf({ corpus, copies }: Material, sightings: readonly FrameSighting[]): readonly HalfPlace[] {
  const texts = new Set(sightings.map(({ start }) => copies.familyOf[corpus.paragraphOf[start] ?? 0] ?? 0));
  if (texts.size < TIED_TEXTS) return [];
  return sightings.map(({ start, end, slots }) => ({ start, end, slotEnd: slots[0]?.end ?? end }));
}

function gather({ corpus, copies }: Material, draft: FrameDraft): Gathered {
  const fillers = new Map<string, number>();
  const texts = new Set<number>();
  for (const { kind, start, slots } of draft.sightings) {
    for (const slot of kind === "series" ? slots : slots.slice(0, 1)) {
      const filler = keyAt(corpus, slot.start, slot.end);
      fillers.set(filler, (fillers.get(filler) ?? 0) + 1);
    }
    texts.add(copies.familyOf[corpus.paragraphOf[start] ?? 0] ?? 0);
  }
  return { draft, fillers, texts: texts.size };
}

/** One filler nearly everywhere is a formulation, and no frame. */
const FILLED = 0.7;

function scoreDraft({ draft, fillers, texts }: Gathered, bond: Bond | undefined): number {
  const count = draft.sightings.length;
  const [first] = draft.sightings;
  if (!first) return 0;
  const spread = Math.log2(1 + texts);
  const variety = Math.max(...fillers.values()) > FILLED * count && first.kind !== "series" ? 0.4 : 1;
  if (bond) return (bond.score * first.worth * spread * variety * count) / bond.count;
  if (first.kind === "parallel") {
    const share = count * first.worth;
    return share >= 0.25 ? count * 2 * share * spread : 0;
  }
  const worth = first.kind === "series" ? Math.max(...draft.sightings.map((one) => one.worth)) : first.worth;
  return 2 * count ** 0.8 * worth * spread * variety;
}

function describe(material: Material, { draft, texts, fillers }: Gathered, patterns: ReadonlySet<string>): Frame {
  const { corpus, copies } = material;
  const days = new Set<IsoDay>();
  const occurrences = [...draft.sightings]
    .sort((one, other) => one.start - other.start)
    .map(({ start, end, slots }): FrameOccurrence => {
      const paragraph = corpus.paragraphOf[start] ?? 0;
      const place = corpus.paragraphs[paragraph];
      const day = copies.dayOf[paragraph];
      if (day !== undefined) days.add(day);
      return {
        document: corpus.documents[place?.document ?? 0]?.id ?? "",
        paragraph: place?.paragraph ?? 0,
        start: corpus.offsets[start] ?? 0,
        end: corpus.offsets[end] ?? 0,
        slots: slots.map((slot) => ({ start: corpus.offsets[slot.start] ?? 0, end: corpus.offsets[slot.end] ?? 0 })),
      };
    });
  const slots = listSlots(material, draft, fillers);
  const dates = [...days].sort();
  const [firstDate] = dates;
  const lastDate = dates.at(-1);
  return {
    pattern: draft.pattern,
    count: draft.sightings.length,
    documents: texts,
    ...(firstDate === undefined ? {} : { firstDate }),
    ...(lastDate === undefined ? {} : { lastDate }),
    fillers: (slots[0]?.fillers ?? []).slice(0, MOST_FILLERS).map(({ text }) => text),
    slots,
    ...(draft.general !== undefined && patterns.has(draft.general) ? { general: draft.general } : {}),
    ...(draft.versions.length > 0 ? { versions: draft.versions } : {}),
    occurrences,
  };
}

/** The fillers of each slot by frequency. All members of a series fill the one place that it has. */
function listSlots(
  { corpus }: Material,
  { kind, slotNames, sightings }: FrameDraft,
  fillers: ReadonlyMap<string, number>,
): readonly FrameSlot[] {
  const isSeries = kind === "series" || kind === "ordinal";
  const names = isSeries ? ["X"] : [...new Set(slotNames)];
  return names.map((name, i) => {
    const counts = new Map<string, number>();
    const texts = new Map<string, string>();
    for (const { slots } of sightings) {
      for (const slot of kind === "series" ? slots : slots.slice(i, i + 1)) {
        const key = keyAt(corpus, slot.start, slot.end);
        counts.set(key, (counts.get(key) ?? 0) + 1);
        if (!texts.has(key)) texts.set(key, textAt(corpus, slot.start, slot.end));
      }
    }
    const sorted = [...(i === 0 ? fillers : counts)].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1));
    const listed = sorted.slice(0, MOST_COUNTED).map(([key, count]) => ({ text: texts.get(key) ?? key, count }));
    return { name, fillers: listed, others: sorted.slice(MOST_COUNTED).reduce((sum, [, count]) => sum + count, 0) };
  });
}
