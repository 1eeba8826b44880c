/**
 * What is seen of a wording in one unit: its links and what stands around it. The ranking model gets the means over units.
 *
 * Values are written in the order of the names. Cost: O(words of the unit).
 */
import { GAP, WORD } from "./english-side.ts";
import { logit } from "./find-candidates.ts";
import type { Instance } from "./find-candidates.ts";
import type { RenderingIndex } from "./rendering-index.ts";

const LINK_FEATURES = [
  "inside",
  "outside",
  "mean pin",
  "least pin",
  "pin covered",
  "inside covered",
  "first pin",
  "last pin",
  "first inside",
  "last inside",
  "first outside",
  "last outside",
  "first own",
  "last own",
  "least own",
  "unlinked inside",
  "rough gap",
  "is best",
] as const;

const BORDER_FEATURES = [
  "before pin",
  "after pin",
  "before inside",
  "after inside",
  "before outside",
  "after outside",
  "break before",
  "break after",
  "function before",
  "function after",
  "article before",
  "of before",
  "of after",
  "capital before",
  "capital after",
  "bracket before",
  "bracket after",
  "hyphen before",
  "hyphen after",
  "name before",
  "name after",
  "first verb",
  "first opens",
  "last verb",
  "last closes",
  "before verb",
  "before opens",
  "after verb",
  "after closes",
] as const;

export const INSTANCE_FEATURES: readonly string[] = [...LINK_FEATURES, ...BORDER_FEATURES];

/** Log odds of a neighbour that a mark keeps apart: as unlinked as can be. */
const APART = -4;
const LEAST_OWN = 1e-4;
const LINKED = 0.08;

export type InstanceSums = { readonly inside: number; readonly covered: number };

/** Adds a share of the instance's values to the row; `best` is the best rough score of its unit. */
export function addInstance(
  index: RenderingIndex,
  instance: Instance,
  {
    row,
    length,
    best,
    count,
  }: { readonly row: Float32Array; readonly length: number; readonly best: number; readonly count: number },
): InstanceSums {
  const links = readLinks(index, { instance, length, best });
  const values = [...links.values, ...readBorders(index, instance, length)];
  for (let name = 0; name < values.length; name++) row[name] = (row[name] as number) + (values[name] as number) / count;
  return links;
}

type LinkInput = { readonly instance: Instance; readonly length: number; readonly best: number };

function readLinks(
  index: RenderingIndex,
  { instance, length, best }: LinkInput,
): InstanceSums & { readonly values: readonly number[] } {
  const { flags } = index.english;
  const { first, size, pin, inside, outside, own } = instance.links;
  const { at } = instance;
  const last = at + length - 1;
  let pins = 0;
  let least = 4;
  let leastOwn = 1;
  let content = 0;
  let unlinked = 0;
  let insideSum = 0;
  let outsideSum = 0;
  let pinSum = 0;
  for (let word = at; word <= last; word++) {
    insideSum += inside[word] as number;
    outsideSum += outside[word] as number;
    pinSum += pin[word] as number;
    if (((flags[first + word] as number) & WORD.function) !== 0) continue;
    const score = logit(pin[word] as number);
    content++;
    pins += score;
    least = Math.min(least, score);
    leastOwn = Math.min(leastOwn, own[word] as number);
    if ((pin[word] as number) < LINKED) unlinked++;
  }
  let pinAll = 0;
  let insideAll = 0;
  for (let word = 0; word < size; word++) {
    pinAll += pin[word] as number;
    insideAll += inside[word] as number;
  }
  const covered = pinSum / Math.max(0.05, pinAll);
  const values: Readonly<Record<(typeof LINK_FEATURES)[number], number>> = {
    inside: insideSum,
    outside: outsideSum,
    "mean pin": pins / Math.max(1, content),
    "least pin": least,
    "pin covered": covered,
    "inside covered": insideSum / Math.max(0.02, insideAll),
    "first pin": logit(pin[at] as number),
    "last pin": logit(pin[last] as number),
    "first inside": inside[at] as number,
    "last inside": inside[last] as number,
    "first outside": outside[at] as number,
    "last outside": outside[last] as number,
    "first own": Math.log(LEAST_OWN + (own[at] as number)),
    "last own": Math.log(LEAST_OWN + (own[last] as number)),
    "least own": Math.log(LEAST_OWN + leastOwn),
    "unlinked inside": unlinked,
    "rough gap": best - instance.rough,
    "is best": Number(instance.rough >= best),
  };
  return { inside: insideSum, covered, values: LINK_FEATURES.map((name) => values[name]) };
}

function readBorders(index: RenderingIndex, { links, at }: Instance, length: number): readonly number[] {
  const { flags, gaps, forms } = index.english;
  const { habits } = index;
  const { first, size, pin, inside, outside } = links;
  const end = at + length;
  const gapBefore = at === 0 ? GAP.stop : (gaps[first + at] as number);
  const gapAfter = end >= size ? GAP.stop : (gaps[first + end] as number);
  const seesBefore = (gapBefore & (GAP.stop | GAP.comma)) === 0;
  const seesAfter = (gapAfter & (GAP.stop | GAP.comma)) === 0;
  const flagsBefore = at === 0 ? 0 : (flags[first + at - 1] as number);
  const flagsAfter = end >= size ? 0 : (flags[first + end] as number);
  const has = (marks: number, mark: number): number => Number((marks & mark) !== 0);
  const before = (values: Float32Array, apart: number): number => (seesBefore ? (values[at - 1] as number) : apart);
  const after = (values: Float32Array, apart: number): number => (seesAfter ? (values[end] as number) : apart);
  const habit = (shares: Float32Array, word: number): number => shares[forms[first + word] as number] as number;
  const values: Readonly<Record<(typeof BORDER_FEATURES)[number], number>> = {
    "before pin": seesBefore ? logit(pin[at - 1] as number) : APART,
    "after pin": seesAfter ? logit(pin[end] as number) : APART,
    "before inside": before(inside, 0),
    "after inside": after(inside, 0),
    "before outside": before(outside, 0),
    "after outside": after(outside, 0),
    "break before": Number(!seesBefore),
    "break after": Number(!seesAfter),
    "function before": seesBefore ? has(flagsBefore, WORD.function) : 0,
    "function after": seesAfter ? has(flagsAfter, WORD.function) : 0,
    "article before": has(flagsBefore, WORD.article),
    "of before": has(flagsBefore, WORD.of),
    "of after": has(flagsAfter, WORD.of),
    // The capital of a first word says nothing.
    "capital before": seesBefore && (flagsBefore & WORD.opening) === 0 ? has(flagsBefore, WORD.capital) : 0,
    "capital after": seesAfter ? has(flagsAfter, WORD.capital) : 0,
    "bracket before": has(gapBefore, GAP.open | GAP.close),
    "bracket after": has(gapAfter, GAP.open | GAP.close),
    "hyphen before": has(gapBefore, GAP.hyphen),
    "hyphen after": has(gapAfter, GAP.hyphen),
    "name before": isNameBeyond(flags, { word: first + at, step: -1, inside: at >= 2 }),
    "name after": isNameBeyond(flags, { word: first + end - 1, step: 1, inside: end + 1 < size }),
    "first verb": habit(habits.verb, at),
    "first opens": habit(habits.opens, at),
    "last verb": habit(habits.verb, end - 1),
    "last closes": habit(habits.closes, end - 1),
    "before verb": seesBefore ? habit(habits.verb, at - 1) : 0,
    "before opens": seesBefore ? habit(habits.opens, at - 1) : 0,
    "after verb": seesAfter ? habit(habits.verb, end) : 0,
    "after closes": seesAfter ? habit(habits.closes, end) : 0,
  };
  return BORDER_FEATURES.map((name) => values[name]);
}

/** "Census and | Statistics Department": a capital word beyond a function word, which may belong to the same name. */
function isNameBeyond(
  flags: Uint16Array,
  { word, step, inside }: { readonly word: number; readonly step: 1 | -1; readonly inside: boolean },
): number {
  if (!inside || ((flags[word] as number) & WORD.capital) === 0) return 0;
  const joins = ((flags[word + step] as number) & WORD.function) !== 0;
  return Number(joins && ((flags[word + 2 * step] as number) & WORD.capital) !== 0);
}
