/**
 * The matcher that versions were compared with at first, kept to measure the present one against: which paragraphs of
 * two versions of one text belong together, by shingles, greedily.
 *
 * Method: paragraphs as sets of four-character shingles, marks and width left out. Pairs are taken from the most alike
 * down; of equals (会议还研究了其他事项。 may stand under many meetings) that which stands beside the surest pairs; what is left over is added to the pair whose uncovered part it
 * fills, if it stands beside it (joined or parted paragraphs); then short leftovers between the same neighbours
 * are paired in order when they share enough of their characters.
 * Guarantee: each paragraph is in one group at most; groups come in the order of the base.
 * Cost: O(shingles + pairs that share one).
 */
import { makeShingles } from "../../src/text/shingles.ts";

export type ParagraphGroup = { readonly base: readonly number[]; readonly other: readonly number[] };

const SHINGLE = 4;
/** Two paragraphs with less in common are different paragraphs, or parts of one. */
const LEAST_RESEMBLANCE = 0.4;
/** So much of a left-over paragraph must be found in the uncovered part of its group. */
const LEAST_FILLING = 0.55;
/** So much, of one that would leave an equal paragraph elsewhere. */
const SURE_FILLING = 0.9;
const LEAST_SHARED_CHARACTERS = 0.5;

type Group = { readonly base: number[]; readonly other: number[] };

export function matchGreedily(base: readonly string[], other: readonly string[]): readonly ParagraphGroup[] {
  const baseSets = base.map((text) => makeShingles(text, SHINGLE));
  const otherSets = other.map((text) => makeShingles(text, SHINGLE));
  const owners = { base: new Map<number, Group>(), other: new Map<number, Group>() };
  const start = (at: number, otherAt: number): void => {
    const group: Group = { base: [at], other: [otherAt] };
    owners.base.set(at, group);
    owners.other.set(otherAt, group);
  };
  for (const pair of listPairs(baseSets, otherSets)) {
    if (pair.resemblance < LEAST_RESEMBLANCE) break;
    if (!owners.base.has(pair.base) && !owners.other.has(pair.other)) start(pair.base, pair.other);
  }
  // First a paragraph that was parted into pieces none of which resembles it as a whole, then the further pieces.
  for (const pair of listPairs(baseSets, otherSets)) {
    const smaller = Math.min(baseSets[pair.base]?.size ?? 0, otherSets[pair.other]?.size ?? 0);
    const fills = pair.shared / Math.max(1, smaller) >= LEAST_FILLING;
    if (fills && !owners.base.has(pair.base) && !owners.other.has(pair.other)) start(pair.base, pair.other);
  }
  releaseStrays({ side: "other", pieces: otherSets, wholes: baseSets, owners });
  releaseStrays({ side: "base", pieces: baseSets, wholes: otherSets, owners });
  addPieces({ side: "other", pieces: otherSets, wholes: baseSets, owners });
  addPieces({ side: "base", pieces: baseSets, wholes: otherSets, owners });
  dissolveWeak(owners, baseSets, otherSets);
  pairLeftovers({ base, other, owners, start });
  return [...new Set(owners.base.values())].sort((one, another) => (one.base[0] ?? 0) - (another.base[0] ?? 0));
}

type Sets = readonly ReadonlySet<string>[];
type Pair = { readonly base: number; readonly other: number; readonly shared: number; readonly resemblance: number };

type Placed = Pair & { readonly distance: number };

/**
 * Paragraphs with shingles in common, most alike first; of equals, those that stand at like places: as far behind or
 * before the nearest sure pairs on both sides, where there are none at the same part of the text.
 */
function listPairs(base: Sets, other: Sets): readonly Pair[] {
  const places = new Map<string, number[]>();
  other.forEach((set, at) => {
    for (const shingle of set) {
      const known = places.get(shingle);
      if (known) known.push(at);
      else places.set(shingle, [at]);
    }
  });
  const pairs: Pair[] = [];
  base.forEach((set, at) => {
    const counts = new Map<number, number>();
    for (const shingle of set) for (const place of places.get(shingle) ?? []) counts.set(place, (counts.get(place) ?? 0) + 1);
    for (const [place, shared] of counts) {
      const union = set.size + (other[place]?.size ?? 0) - shared;
      pairs.push({ base: at, other: place, shared, resemblance: shared / union });
    }
  });
  const steps = measureSteps(pairs, base.length, other.length);
  const placed: Placed[] = pairs.map((pair) => ({ ...pair, distance: steps(pair) }));
  return placed.sort((one, another) => another.resemblance - one.resemblance || one.distance - another.distance);
}

/** How far a pair stands from where the sure pairs before and behind it would have it. */
function measureSteps(pairs: readonly Pair[], baseLength: number, otherLength: number): (pair: Pair) => number {
  const partners = findSurePartners(pairs);
  const before = new Int32Array(baseLength).fill(-1);
  const behind = new Int32Array(baseLength).fill(-1);
  for (let at = 0; at < baseLength; at++) before[at] = partners.has(at) ? at : (before[at - 1] ?? -1);
  for (let at = baseLength - 1; at >= 0; at--) behind[at] = partners.has(at) ? at : (behind[at + 1] ?? -1);
  return ({ base, other }) => {
    const steps = [before[base] ?? -1, behind[base] ?? -1].flatMap((anchor) => {
      const partner = partners.get(anchor);
      return partner === undefined ? [] : [Math.abs(other - partner - (base - anchor))];
    });
    return steps.length > 0 ? Math.min(...steps) : Math.abs(base / baseLength - other / otherLength);
  };
}

/** Pairs of which each is to the other what nothing else comes up to. */
function findSurePartners(pairs: readonly Pair[]): ReadonlyMap<number, number> {
  const bests = { base: new Map<number, Pair | undefined>(), other: new Map<number, Pair | undefined>() };
  const levels = { base: new Map<number, number>(), other: new Map<number, number>() };
  for (const pair of pairs) {
    for (const side of ["base", "other"] as const) {
      const level = levels[side].get(pair[side]) ?? LEAST_RESEMBLANCE;
      if (pair.resemblance < level) continue;
      // Two at the same level: neither is sure.
      bests[side].set(pair[side], pair.resemblance > level || !levels[side].has(pair[side]) ? pair : undefined);
      levels[side].set(pair[side], pair.resemblance);
    }
  }
  return new Map(
    [...bests.base].flatMap(([at, best]) => (best && bests.other.get(best.other) === best ? [[at, best.other] as const] : [])),
  );
}

type PieceInput = {
  readonly side: "base" | "other";
  readonly pieces: Sets;
  readonly wholes: Sets;
  readonly owners: Readonly<Record<"base" | "other", Map<number, Group>>>;
};

/**
 * Half a heading may stand as it is over another text too (中共中央政治局常务委员会召开会议). It belongs to the pair
 * beside it that lacks just this, not to its double far away, when nothing else goes from here to there.
 */
function releaseStrays({ side, pieces, wholes, owners }: PieceInput): void {
  const opposite = side === "base" ? "other" : "base";
  for (const [at, group] of owners[side]) {
    const piece = pieces[at];
    const [double] = group[opposite];
    if (!piece || double === undefined || group.base.length + group.other.length > 2) continue;
    const beside = [at - 1, at + 1].flatMap((neighbour) => owners[side].get(neighbour) ?? []);
    if (beside.some((near) => near[opposite].some((place) => Math.abs(place - double) <= 1))) continue;
    if (!beside.some((near) => measureFilling(piece, near, { side, pieces, wholes }) >= SURE_FILLING)) continue;
    owners[side].delete(at);
    owners[opposite].delete(double);
  }
}

/** What share of a paragraph is found in the part of a group's other side that its own side does not cover yet. */
function measureFilling(
  piece: ReadonlySet<string>,
  group: Group,
  { side, pieces, wholes }: Pick<PieceInput, "side" | "pieces" | "wholes">,
): number {
  const covered = new Set(group[side].flatMap((member) => [...(pieces[member] ?? [])]));
  let filled = 0;
  const open = new Set(
    group[side === "base" ? "other" : "base"].flatMap((member) =>
      [...(wholes[member] ?? [])].filter((shingle) => !covered.has(shingle)),
    ),
  );
  for (const shingle of piece) if (open.has(shingle)) filled++;
  return filled / Math.max(1, piece.size);
}

/** Adds each left-over paragraph to a neighbour's group whose other side holds it and is not covered there yet. */
function addPieces({ side, pieces, wholes, owners }: PieceInput): void {
  let changed = true;
  while (changed) {
    changed = false;
    for (let at = 0; at < pieces.length; at++) {
      const piece = pieces[at];
      if (!piece || piece.size === 0 || owners[side].has(at)) continue;
      for (const neighbour of [at - 1, at + 1]) {
        const group = owners[side].get(neighbour);
        if (!group || owners[side].has(at)) continue;
        if (measureFilling(piece, group, { side, pieces, wholes }) < LEAST_FILLING) continue;
        group[side].push(at);
        group[side].sort((one, another) => one - another);
        owners[side].set(at, group);
        changed = true;
      }
    }
  }
}

/** A short paragraph that a long one happens to contain is no version of it: the pieces found must make up the whole. */
function dissolveWeak(owners: PieceInput["owners"], base: Sets, other: Sets): void {
  const collect = (sets: Sets, members: readonly number[]) => new Set(members.flatMap((member) => [...(sets[member] ?? [])]));
  for (const group of new Set(owners.base.values())) {
    const one = collect(base, group.base);
    const two = collect(other, group.other);
    let shared = 0;
    for (const shingle of one) if (two.has(shingle)) shared++;
    if (shared / Math.max(1, one.size + two.size - shared) >= LEAST_RESEMBLANCE) continue;
    for (const member of group.base) owners.base.delete(member);
    for (const member of group.other) owners.other.delete(member);
  }
}

type LeftoverInput = {
  readonly base: readonly string[];
  readonly other: readonly string[];
  readonly owners: PieceInput["owners"];
  readonly start: (base: number, other: number) => void;
};

/** Left-over paragraphs that follow the same pair on both sides, one by one. */
function pairLeftovers({ base, other, owners, start }: LeftoverInput): void {
  for (let at = 0; at < base.length; at++) {
    if (owners.base.has(at)) continue;
    const before = owners.base.get(at - 1);
    const place = at === 0 ? 0 : before ? Math.max(...before.other) + 1 : undefined;
    if (place === undefined || place >= other.length || owners.other.has(place)) continue;
    if (shareCharacters(base[at] ?? "", other[place] ?? "") >= LEAST_SHARED_CHARACTERS) start(at, place);
  }
}

function shareCharacters(one: string, other: string): number {
  const counts = new Map<string, number>();
  const own = makeShingles(one, 1);
  const others = makeShingles(other, 1);
  for (const sign of own) if (others.has(sign)) counts.set(sign, 1);
  return counts.size / Math.max(1, own.size, others.size);
}
