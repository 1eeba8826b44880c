/**
 * Frames: formulations with slots, 把{X}作为{Y}来抓, 加大{X}力度, 越是{X}，越要{Y}, 应{X}尽{X}.
 *
 * Method: EXTRACTION.md, section 3. Each clause is read once for pairs of fixed parts: a verb or preposition and the
 * end of the clause, the beginnings of two clauses, a repeated character or member. A pair becomes a frame when it
 * recurs with three fillers and in two texts, and more often than chance. No slot crosses the end of a sentence.
 * Cost: O(length); each clause gives a bounded number of pairs.
 */
import type { Frame, Occurrence } from "../model/formulation.ts";
import type { Material } from "./candidates.ts";
import { keyAt, textAt } from "./corpus.ts";
import type { FrameSighting } from "./frame-sightings.ts";
import { sightFrames } from "./frame-sightings.ts";
import { isHan } from "./words.ts";

const LEAST_COUNT = 3;
const LEAST_FILLERS = 3;
const MOST_FRAMES = 300;
const MOST_FILLERS = 30;

/** Sightings of one pattern; fillers and families are read only when there are enough of them. */
type Gathered = {
  readonly sightings: readonly FrameSighting[];
  readonly fillers: ReadonlyMap<string, number>;
  readonly families: ReadonlySet<number>;
};

/** A frame ties its parts when one of them seldom stands without the other. */
const TIED = 0.3;
const TIED_DOCUMENTS = 3;

export type MinedFrames = {
  readonly frames: readonly Frame[];
  /** Places of frames whose parts belong together. */
  readonly tied: readonly FrameSighting[];
};

export function mineFrames(material: Material): MinedFrames {
  const gathered = new Map<string, FrameSighting[]>();
  const leftTotals = new Map<string, number>();
  const rightTotals = new Map<string, number>();
  let total = 0;
  sightFrames(material, (sighting) => {
    const known = gathered.get(sighting.pattern);
    if (known) known.push(sighting);
    else gathered.set(sighting.pattern, [sighting]);
    leftTotals.set(sighting.opening, (leftTotals.get(sighting.opening) ?? 0) + 1);
    rightTotals.set(sighting.closing, (rightTotals.get(sighting.closing) ?? 0) + 1);
    total++;
  });
  const tied: FrameSighting[] = [];
  const scored: { readonly pattern: string; readonly found: Gathered; readonly score: number }[] = [];
  for (const [pattern, sightings] of gathered) {
    const [first] = sightings;
    const count = sightings.length;
    if (!first || count < LEAST_COUNT) continue;
    const found = gather(material, sightings);
    if (found.fillers.size < LEAST_FILLERS) continue;
    if (found.families.size < 2 && !first.isDeliberate) continue;
    const opening = leftTotals.get(first.opening) ?? count;
    const closing = rightTotals.get(first.closing) ?? count;
    const expected = (opening * closing) / total;
    const tie = Math.sqrt((count / opening) * (count / closing));
    const score = first.isDeliberate ? count * 2 : count * Math.log(count / expected) * tie;
    if (score <= 0) continue;
    scored.push({ pattern, found, score });
    if (!first.isDeliberate && tie >= TIED && found.families.size >= TIED_DOCUMENTS) tied.push(...found.sightings);
  }
  scored.sort((one, other) => other.score - one.score || (one.pattern < other.pattern ? -1 : 1));
  const kept = dropContained(scored).slice(0, MOST_FRAMES);
  return { frames: kept.map(({ pattern, found }) => describe(material, pattern, found)), tied };
}

function gather({ corpus, copies }: Material, sightings: readonly FrameSighting[]): Gathered {
  const fillers = new Map<string, number>();
  const families = new Set<number>();
  for (const { start, slotStart, slotEnd } of sightings) {
    const filler = keyAt(corpus, slotStart, slotEnd);
    fillers.set(filler, (fillers.get(filler) ?? 0) + 1);
    families.add(copies.familyOf[corpus.paragraphOf[start] ?? 0] ?? 0);
  }
  return { sightings, fillers, families };
}

/** 为{X}提供{Y}保障 and 为{X}提供{Y}: the wider pattern goes when the narrower one has nearly all of its places. */
function dropContained<T extends { readonly pattern: string; readonly found: Gathered }>(sorted: readonly T[]): readonly T[] {
  const counts = new Map(sorted.map(({ pattern, found }) => [pattern, found.sightings.length]));
  return sorted.filter(({ pattern, found }) => {
    for (const [other, count] of counts) {
      if (other.length > pattern.length && other.startsWith(pattern) && count >= found.sightings.length * 0.9) return false;
    }
    return true;
  });
}

const PREPOSITIONAL = /^[^{}，、]+\{X\}[^{}，、]+\{Y\}$/u;
const MOST_ALTERNATIVES = 5;

/** 为{X}提供{Y} with a few interchangeable last words is 为{X}提供{Y}保障|支撑|保证. */
function nameAlternatives({ corpus, words }: Material, pattern: string, sightings: readonly FrameSighting[]): string {
  if (!PREPOSITIONAL.test(pattern)) return pattern;
  const endings = new Map<string, number>();
  for (const { end } of sightings) {
    if (words.begins[end - 2] !== 1 || words.begins[end - 1] === 1) continue;
    const ending = keyAt(corpus, end - 2, end);
    endings.set(ending, (endings.get(ending) ?? 0) + 1);
  }
  const known = [...endings]
    .filter(([ending]) => [...ending].every((sign) => isHan(sign.codePointAt(0) ?? 0)))
    .sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1));
  const [most] = known;
  // One ending that recurs shows that the place matters; the others are what may stand there instead.
  if (!most || most[1] < 2 || known.length < 2 || known.length > sightings.length * 0.8) return pattern;
  const names = known.slice(0, MOST_ALTERNATIVES).map(([ending]) => ending);
  return `${pattern}${names.join("|")}`;
}

function describe(material: Material, pattern: string, { sightings, fillers, families }: Gathered): Frame {
  const { corpus } = material;
  const sorted = [...fillers].sort((one, other) => other[1] - one[1]).slice(0, MOST_FILLERS);
  const texts = new Map(
    sightings.map(({ slotStart, slotEnd }) => [keyAt(corpus, slotStart, slotEnd), textAt(corpus, slotStart, slotEnd)]),
  );
  const occurrences = sightings.map(({ start, end }): Occurrence => {
    const place = corpus.paragraphs[corpus.paragraphOf[start] ?? 0];
    return {
      document: corpus.documents[place?.document ?? 0]?.id ?? "",
      paragraph: place?.paragraph ?? 0,
      start: corpus.offsets[start] ?? 0,
      end: corpus.offsets[end] ?? 0,
    };
  });
  return {
    pattern: nameAlternatives(material, pattern, sightings),
    count: sightings.length,
    documents: families.size,
    fillers: sorted.map(([key]) => texts.get(key) ?? key),
    occurrences,
  };
}
