/**
 * Puts paragraphs together that come in more pieces than a bead holds, as in a text with a line end on each line.
 *
 * A paragraph that stands alone beside a group joins it when the other side has what it holds and its own side does not
 * yet, or, too short to tell, when with its neighbour's last words it goes on in the very words of the other side.
 * Afterwards what still makes up only a small part of its other side is no version of it: the group falls apart.
 * Guarantee: groups only grow by paragraphs that stood alone, and stay unbroken runs on both sides.
 * Cost: O(units of the groups that have such a neighbour).
 */
import { matchKey } from "../text/match-key.ts";
import type { BeadRange } from "./bead-shapes.ts";
import { areNearInLength } from "./version-score.ts";
import type { ParagraphUnits, VersionUnits } from "./version-units.ts";

/** So much of a piece is found in what its own side lacks. */
const LEAST_FILLING = 0.55;
/** Pieces of fewer units are told by their words, with so many characters of their neighbour. */
const SHORT_PIECE = 4;
const CONTEXT = 3;

export type PieceInput = {
  readonly units: VersionUnits;
  readonly first: readonly string[];
  readonly second: readonly string[];
};

export function addPieces<Group extends BeadRange>(
  { units, first, second }: PieceInput,
  groups: readonly Group[],
): readonly Group[] {
  const taken = [new Uint8Array(first.length), new Uint8Array(second.length)] as const;
  for (const { i0, i1, j0, j1 } of groups) {
    taken[0].fill(1, i0, i1);
    taken[1].fill(1, j0, j1);
  }
  /** Of each unit how much more of it the second side of the group has than the first. */
  const balance = new Int32Array(units.weights.length);
  return groups.flatMap((group) => {
    const sides: readonly [Side, Side] = [
      { units: units.first, texts: first, taken: taken[0], from: group.i0, to: group.i1, sign: 1 },
      { units: units.second, texts: second, taken: taken[1], from: group.j0, to: group.j1, sign: -1 },
    ];
    if (!sides.some(({ taken: own, from, to }) => own[from - 1] === 0 || own[to] === 0)) return [group];
    for (const side of sides) shift(balance, side, [side.from, side.to]);
    const size = measureSize(sides);
    let before: number;
    do {
      before = measureSize(sides);
      for (const [side, opposite] of [sides, [sides[1], sides[0]] as const]) extend(balance, side, opposite);
    } while (measureSize(sides) > before);
    for (const side of sides) for (let at = start(side); at < end(side); at++) balance[side.units.units[at] ?? 0] = 0;
    if (before === size) return [group];
    return [{ ...group, i0: sides[0].from, i1: sides[0].to, j0: sides[1].from, j1: sides[1].to }];
  });
}

/** Groups of several that make up the better part of each other; a short text inside a long one is no version of it. */
export function dropParts<Group extends BeadRange>({ first, second }: VersionUnits, groups: readonly Group[]): readonly Group[] {
  const sum = ({ sizes }: ParagraphUnits, from: number, to: number): number =>
    sizes.subarray(from, to).reduce((total, size) => total + size, 0);
  return groups.filter(({ i0, i1, j0, j1 }) => areNearInLength(sum(first, i0, i1), sum(second, j0, j1)));
}

/** One side of a group: its paragraphs are [from, to), and grow. */
type Side = {
  readonly units: ParagraphUnits;
  readonly texts: readonly string[];
  readonly taken: Uint8Array;
  readonly sign: 1 | -1;
  from: number;
  to: number;
};

const start = ({ units, from }: Side): number => units.starts[from] ?? 0;
const end = ({ units, to }: Side): number => units.starts[to] ?? 0;
const measureSize = (sides: readonly Side[]): number => sides.reduce((size, { from, to }) => size + to - from, 0);

function extend(balance: Int32Array, side: Side, opposite: Side): void {
  for (const isEnd of [true, false]) {
    for (;;) {
      const at = isEnd ? side.to : side.from - 1;
      if (side.taken[at] !== 0 || !(fills(balance, side, at) || continues(side, opposite, isEnd))) break;
      side.taken[at] = 1;
      shift(balance, side, [at, at + 1]);
      if (isEnd) side.to++;
      else side.from--;
    }
  }
}

function shift(balance: Int32Array, { units, sign }: Side, [from, to]: readonly [number, number]): void {
  for (let at = units.starts[from] ?? 0; at < (units.starts[to] ?? 0); at++) {
    const unit = units.units[at] ?? 0;
    balance[unit] = (balance[unit] ?? 0) - sign * (units.counts[at] ?? 0);
  }
}

function fills(balance: Int32Array, { units, sign }: Side, paragraph: number): boolean {
  const size = units.sizes[paragraph] ?? 0;
  if (size < SHORT_PIECE) return false;
  let found = 0;
  for (let at = units.starts[paragraph] ?? 0; at < (units.starts[paragraph + 1] ?? 0); at++)
    found += Math.min(units.counts[at] ?? 0, Math.max(0, sign * (balance[units.units[at] ?? 0] ?? 0)));
  return found >= LEAST_FILLING * size;
}

/** Do the words run on from the group's edge into the piece, as they do on the other side? */
function continues({ units, texts, from, to }: Side, opposite: Side, isEnd: boolean): boolean {
  const at = isEnd ? to : from - 1;
  if ((units.sizes[at] ?? 0) >= SHORT_PIECE) return false;
  const piece = matchKey(texts[at] ?? "");
  const edge = matchKey(texts[isEnd ? to - 1 : from] ?? "");
  const beside = isEnd ? edge.slice(-CONTEXT) : edge.slice(0, CONTEXT);
  if (piece === "" || beside.length < CONTEXT) return false;
  const whole = matchKey(opposite.texts.slice(opposite.from, opposite.to).join(""));
  return ["", " "].some((gap) => whole.includes(isEnd ? beside + gap + piece : piece + gap + beside));
}
