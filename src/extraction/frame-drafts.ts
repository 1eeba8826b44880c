/**
 * From the sightings of one group to frames: interchangeable words of a place are listed (不仅{X}，而且|还{Y},
 * 为{X}提供{Y}保障|支撑), and a frame that mostly or often has more fixed words gets the narrower one beside it
 * (加大{X}力度, 加大{X}支持力度).
 * Guarantee: at each sighting of a draft its fixed parts stand in order with the slots between, none across a sentence end.
 */
import type { Material } from "./candidates.ts";
import { keyAt } from "./corpus.ts";
import type { FrameKind, FrameSighting } from "./frame-sighting.ts";
import { isNounLike, withoutParticle } from "./frame-sighting.ts";

export type FrameDraft = {
  readonly kind: FrameKind;
  readonly pattern: string;
  readonly slotNames: string;
  readonly sightings: readonly FrameSighting[];
  /** Pattern of the wider draft of the same group. */
  readonly general?: string;
  readonly versions: readonly { readonly pattern: string; readonly count: number }[];
};

const MOST_ALTERNATIVES = 6;
/** A narrower frame that has so large a part of the places takes the place of the wider one. */
const TAKES_OVER = 0.85;
const LEAST_VERSION = 3;
const SEPARATORS: Partial<Readonly<Record<FrameKind, string>>> = { correlative: "，", parallel: "，", series: "、" };

export function draftFrames(material: Material, sightings: readonly FrameSighting[]): readonly FrameDraft[] {
  const [first] = sightings;
  if (!first) return [];
  switch (first.kind) {
    case "object":
      return draftObject(material, sightings);
    case "pivot":
      return draftPivot(sightings);
    case "circumposition":
      return draftAround(material, sightings);
    case "correlative":
    case "report":
    case "parallel":
    case "repeat":
    case "series":
    case "ordinal":
      return withVersions(sightings);
  }
}

/** Texts of one fixed part by frequency, equals as they were first seen. */
function countTexts(texts: readonly string[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort((one, other) => other[1] - one[1]);
}

export function writePattern(kind: FrameKind, parts: readonly string[], slotNames: string): string {
  const separator = SEPARATORS[kind] ?? "";
  return parts
    .map((part, i) => {
      const slot = slotNames[i];
      return `${i > 0 && part !== "" ? separator : ""}${part}${slot === undefined ? "" : `{${slot}}`}`;
    })
    .join("");
}

/** One draft of sightings that have as many slots; what stands in a fixed part too seldom to be listed is left out. */
function draftOne(sightings: readonly FrameSighting[]): FrameDraft | undefined {
  const [first] = sightings;
  if (!first) return undefined;
  const { kind, slotNames } = first;
  const listed = first.parts.map((_, place) =>
    countTexts(sightings.map(({ parts }) => parts[place] ?? ""))
      .slice(0, MOST_ALTERNATIVES)
      .map(([text]) => text),
  );
  const kept = sightings.filter(({ parts }) => parts.every((part, place) => listed[place]?.includes(part)));
  // Only what still stands somewhere is listed.
  const parts = listed.map((texts, place) => texts.filter((text) => kept.some((one) => one.parts[place] === text)).join("|"));
  return { kind, slotNames, pattern: writePattern(kind, parts, slotNames), sightings: kept, versions: [] };
}

function withVersions(sightings: readonly FrameSighting[]): readonly FrameDraft[] {
  const draft = draftOne(sightings);
  if (!draft) return [];
  const patterns = countTexts(draft.sightings.map(({ kind, parts, slotNames }) => writePattern(kind, parts, slotNames)));
  return [{ ...draft, versions: patterns.length > 1 ? patterns.map(([pattern, count]) => ({ pattern, count })) : [] }];
}

/** The wider draft with its narrower ones, or these alone where one has nearly all places. */
function combine(wide: FrameDraft | undefined, narrow: readonly FrameDraft[]): readonly FrameDraft[] {
  if (!wide) return narrow;
  const differing = narrow.filter(({ pattern }) => pattern !== wide.pattern);
  const takesOver = differing.find(({ sightings }) => sightings.length >= TAKES_OVER * wide.sightings.length);
  if (takesOver) return [{ ...takesOver, versions: differing.filter((one) => one !== takesOver).map(toVersion) }];
  return [{ ...wide, versions: differing.map(toVersion) }, ...differing.map((draft) => ({ ...draft, general: wide.pattern }))];
}

function toVersion({ pattern, sightings }: FrameDraft): { readonly pattern: string; readonly count: number } {
  return { pattern, count: sightings.length };
}

/** 加大{X}力度 and, where 支持 often stands before 力度, 加大{X}支持力度. */
function draftObject(material: Material, sightings: readonly FrameSighting[]): readonly FrameDraft[] {
  if (sightings.filter(({ isDoubtful }) => isDoubtful).length > MOST_DOUBTFUL * sightings.length) return [];
  const longer = sightings.flatMap((sighting) => lengthen(material, sighting) ?? []);
  const often = countTexts(longer.map(({ parts }) => parts[1] ?? "")).filter(([, count]) => count >= LEAST_VERSION);
  const isFilled = ({ slots: [slot] }: FrameSighting): boolean => slot !== undefined && slot.end > slot.start;
  const narrow = often.flatMap(([closing]) => draftOne(longer.filter((one) => one.parts[1] === closing && isFilled(one))) ?? []);
  // 推动|复工复产: where the same word stands before the noun nearly everywhere, the noun alone is a piece.
  const isPiece = (often[0]?.[1] ?? 0) >= TAKES_OVER * sightings.length;
  return combine(isPiece ? undefined : draftOne(sightings), narrow);
}

const MOST_DOUBTFUL = 0.6;

/** With the last word of the slot as a part of the closing; the slot may be empty then. */
function lengthen(material: Material, sighting: FrameSighting): FrameSighting | undefined {
  const { corpus, words } = material;
  const [slot] = sighting.slots;
  if (!slot) return undefined;
  let at = slot.end - 1;
  while (at > slot.start && words.begins[at] !== 1) at--;
  const isJoined = keyAt(corpus, slot.end, slot.end + 1) !== "的";
  if (at < slot.start || !isJoined || !isNounLike(material, at, slot.end)) return undefined;
  const end = withoutParticle(material, slot.start, at);
  const closing = keyAt(corpus, at, sighting.end);
  return { ...sighting, parts: [sighting.parts[0] ?? "", closing], slots: [{ start: slot.start, end }] };
}

const SECOND_SHARE = 0.3;

/** 为{X}提供{Y} with 保障|支撑|服务 behind where these recur, 把{X}作为{Y}来抓, 对{X}负责. */
function draftPivot(sightings: readonly FrameSighting[]): readonly FrameDraft[] {
  const short = sightings.filter(({ slotNames }) => slotNames === "X");
  const long = sightings.filter(({ slotNames }) => slotNames === "XY");
  const drafts: FrameDraft[] = short.length >= LEAST_VERSION ? [...withVersions(short)] : [];
  const filled = long.filter(({ slots }) => (slots[1]?.end ?? 0) > (slots[1]?.start ?? 0));
  const closings = countTexts(long.map(({ parts }) => parts[2] ?? "")).filter(([text]) => text !== "");
  // Once is enough for a noun that the verb has elsewhere.
  const known = new Set(long.filter(({ isDoubtful }) => isDoubtful === false).map(({ parts }) => parts[2] ?? ""));
  const listed = new Set(closings.filter(([text, count]) => count >= 2 || known.has(text)).map(([text]) => text));
  const open = draftOne(long.map(openEnd).filter(({ slots }) => (slots[1]?.end ?? 0) > (slots[1]?.start ?? 0)));
  const narrow: FrameDraft[] = [];
  const alternatives = filled.filter(({ parts }) => listed.has(parts[2] ?? ""));
  if (listed.size > 1 && alternatives.length >= Math.max(LEAST_VERSION, SECOND_SHARE * long.length)) {
    const draft = draftOne(alternatives);
    if (draft) narrow.push(draft);
  }
  for (const [closing, count] of closings) {
    if (count < LEAST_VERSION) continue;
    const [draft] = withVersions(filled.filter(({ parts }) => parts[2] === closing));
    const bare = long.filter(({ parts, slots }) => parts[2] === closing && (slots[1]?.end ?? 0) === (slots[1]?.start ?? 0));
    if (draft && draft.sightings.length >= LEAST_VERSION) narrow.push(draft);
    else if (bare.length >= LEAST_VERSION) drafts.push(...withVersions(bare.map(closeUp)));
  }
  return [...drafts, ...combine(open, narrow)];
}

/** 把{X}作为{Y}: the second slot reaches to the end. */
function openEnd(sighting: FrameSighting): FrameSighting {
  const [first, second] = sighting.slots;
  if (!first || !second) return sighting;
  return { ...sighting, parts: [...sighting.parts.slice(0, 2), ""], slots: [first, { start: second.start, end: sighting.end }] };
}

/** 为{X}作出贡献, where nothing ever stands between. */
function closeUp(sighting: FrameSighting): FrameSighting {
  const [opening = "", link = "", closing = ""] = sighting.parts;
  return { ...sighting, parts: [opening, link + closing], slotNames: "X", slots: sighting.slots.slice(0, 1) };
}

/** 在{X}下 with 在{X}领导下. */
function draftAround(material: Material, sightings: readonly FrameSighting[]): readonly FrameDraft[] {
  const closer = countTexts(sightings.map(({ parts }) => (parts[1] ?? "").slice(-1)))[0]?.[0] ?? "";
  const isAlone = sightings.some(({ group }) => group === `around ${closer}`);
  if (!isAlone) return withVersions(sightings);
  const wide = sightings.map((sighting): FrameSighting => {
    const [slot] = sighting.slots;
    if (!slot || !(sighting.parts[1] ?? "").endsWith(closer)) return sighting;
    const end = withoutParticle(material, slot.start, sighting.end - 1);
    return { ...sighting, parts: [sighting.parts[0] ?? "", closer], slots: [{ start: slot.start, end }] };
  });
  const narrow = countTexts(sightings.map(({ parts }) => parts[1] ?? ""))
    .filter(([text, count]) => text !== closer && count >= 2)
    .flatMap(([closing]) => draftOne(sightings.filter(({ parts }) => parts[1] === closing)) ?? []);
  return combine(draftOne(wide), narrow);
}
