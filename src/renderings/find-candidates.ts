/**
 * The English wordings that may render a term: runs of words in the units that hold it.
 *
 * Method: runs of at most 12 words inside a clause, no function word at either end, with a word that
 * the term is linked to; the best of each unit by a rough score of links and counts; the same words in several units are
 * one candidate. Runs are told apart by their range in the suffix array of wordings.
 * Cost: O(scanned units × words × longest run) for the rough score; a bounded number of runs is looked up.
 */
import { GAP, WORD } from "./english-side.ts";
import type { FoundTerm } from "./find-term.ts";
import { linkTerm, TermRows } from "./link-term.ts";
import type { UnitLinks } from "./link-term.ts";
import type { RenderingIndex } from "./rendering-index.ts";
import { Wordings } from "./wordings.ts";
import type { Run, RunCounts } from "./wordings.ts";

/** A candidate in one of the scanned units: its words start at `at` of the unit's. */
export type Instance = { readonly links: UnitLinks; readonly at: number; readonly rough: number };

export type Candidate = {
  readonly run: Run;
  readonly counts: RunCounts;
  /** Units of the term that hold it. */
  readonly joint: number;
  readonly dice: number;
  readonly logLikelihood: number;
  /** One for each scanned unit that holds it: the one with the best links. */
  readonly instances: readonly Instance[];
  /** Share of the scanned units where it is the best by the rough score. */
  readonly topShare: number;
  readonly handScore: number;
};

export type CandidateSet = {
  readonly found: FoundTerm;
  readonly scanned: readonly UnitLinks[];
  readonly candidates: readonly Candidate[];
};

const LONGEST_RUN = 12;
const MOST_SCANNED = 25;
const KEPT_PER_UNIT = 40;
const MOST_CANDIDATES = 80;
const LEAST_PIN = 0.08;
/** Marks inside a run weigh so much; a run may hold so much of it. */
const MOST_MARKS = 2;

export class CandidateFinder {
  readonly #index: RenderingIndex;
  readonly #rows: TermRows;
  readonly #inTerm: Uint32Array;
  #stamp = 0;

  constructor(index: RenderingIndex) {
    this.#index = index;
    this.#rows = new TermRows(index);
    this.#inTerm = new Uint32Array(index.units.length);
  }

  find(found: FoundTerm): CandidateSet {
    const { english } = this.#index;
    const sizeOf = (unit: number): number => (english.starts[unit + 1] as number) - (english.starts[unit] as number);
    const length = found.key.length;
    const chosen = [...found.clean]
      .sort((one, other) => sizeOf(one.unit) - sizeOf(other.unit) || one.unit - other.unit)
      .slice(0, MOST_SCANNED);
    const scanned = chosen.map((unit) => linkTerm(this.#index, this.#rows, { ...unit, length }));
    this.#rows.clear();
    const stamp = ++this.#stamp;
    for (const { unit } of found.clean) this.#inTerm[unit] = stamp;
    const scored = this.#score(scanned, found.clean.length);
    return { found, scanned, candidates: this.#gather({ scored, scanned, termUnits: found.clean.length, length }) };
  }

  /** Links of a unit outside of the scanned ones. */
  link(unit: FoundTerm["units"][number], length: number): UnitLinks {
    const links = linkTerm(this.#index, this.#rows, { ...unit, length });
    this.#rows.clear();
    return links;
  }

  /** The runs that are worth a look, by run, with how often they are best in their unit. */
  #score(scanned: readonly UnitLinks[], termUnits: number): ReadonlyMap<number, Scored> {
    const { wordings } = this.#index;
    const runs = new Map<number, Scored>();
    const dice = new Map<number, number>();
    const lookUp = (place: number, length: number): { run: Run; dice: number; key: number } => {
      const run = wordings.find(place, length);
      const key = run.first * 16 + length;
      let value = dice.get(key);
      if (value === undefined) {
        value =
          run.end - run.first === 1 ? 2 / (1 + termUnits) : (2 * this.#joint(run)) / (wordings.count(run).units + termUnits);
        dice.set(key, value);
      }
      return { run, dice: value, key };
    };
    for (const links of scanned) {
      const kept = this.#rough(links)
        .map((run) => {
          const known = lookUp(Wordings.placeOf(links.first + run.at, links.unit), run.length);
          return { ...known, rough: run.rough + 2 * known.dice };
        })
        .sort((one, other) => other.rough - one.rough || one.key - other.key)
        .slice(0, KEPT_PER_UNIT);
      kept.forEach(({ run, dice: value, key }, rank) => {
        const scored = runs.get(key) ?? { run, dice: value, tops: 0 };
        if (rank === 0) scored.tops++;
        runs.set(key, scored);
      });
    }
    return runs;
  }

  #joint(run: Run): number {
    return this.#index.wordings.countUnitsIn(run, (unit) => this.#inTerm[unit] === this.#stamp);
  }

  /** Runs of a unit with a score of their links alone, the best first. */
  #rough({ first, size, pin, inside, outside }: UnitLinks): readonly { at: number; length: number; rough: number }[] {
    const { flags, gaps } = this.#index.english;
    const sums = new Float64Array(size + 1);
    const isAnchor = new Uint8Array(size);
    for (let at = 0; at < size; at++) {
      sums[at + 1] =
        (sums[at] as number) +
        scoreWord(flags[first + at] as number, pin[at] as number, inside[at] as number, outside[at] as number);
      const seen = (pin[at] as number) + ((inside[at] as number) > 0.1 ? 0.1 : 0);
      if (seen >= LEAST_PIN) isAnchor[at] = 1;
    }
    const runs: { at: number; length: number; rough: number }[] = [];
    for (let at = 0; at < size; at++) {
      if (((flags[first + at] as number) & WORD.function) !== 0) continue;
      let marks = 0;
      let anchors = 0;
      for (let end = at; end < Math.min(size, at + LONGEST_RUN); end++) {
        if (end > at) {
          marks += weighMarks(gaps[first + end] as number);
          if (marks > MOST_MARKS) break;
        }
        anchors += isAnchor[end] as number;
        if (anchors === 0 || ((flags[first + end] as number) & WORD.function) !== 0) continue;
        runs.push({ at, length: end - at + 1, rough: (sums[end + 1] as number) - (sums[at] as number) });
      }
    }
    return runs.sort((one, other) => other.rough - one.rough || one.at - other.at).slice(0, 2 * KEPT_PER_UNIT);
  }

  #gather(input: {
    readonly scored: ReadonlyMap<number, Scored>;
    readonly scanned: readonly UnitLinks[];
    readonly termUnits: number;
    readonly length: number;
  }): readonly Candidate[] {
    const { wordings } = this.#index;
    const { scored, scanned, termUnits, length } = input;
    const unitCount = this.#index.units.length;
    const rough = [...scored.values()]
      .map((entry) => ({ ...entry, first: entry.run.first }))
      .sort(
        (one, other) =>
          other.dice + other.tops / scanned.length - one.dice - one.tops / scanned.length || one.first - other.first,
      );
    const candidates = rough.map(({ run, dice, tops }): Candidate => {
      const counts = wordings.count(run);
      const joint = this.#joint(run);
      const logLikelihood = computeLogLikelihood({ joint, source: termUnits, target: counts.units, all: unitCount });
      const instances = this.#findInstances(run, scanned);
      const topShare = tops / Math.max(1, scanned.length);
      const part = { run, counts, joint, dice, logLikelihood, instances, topShare };
      return { ...part, handScore: scoreByHand(part, { length, english: this.#index.english }) };
    });
    return candidates
      .sort(
        (one, other) => other.handScore - one.handScore || one.run.first - other.run.first || one.run.length - other.run.length,
      )
      .slice(0, MOST_CANDIDATES);
  }

  #findInstances(run: Run, scanned: readonly UnitLinks[]): readonly Instance[] {
    const { ranks } = this.#index.wordings;
    const { flags } = this.#index.english;
    const instances: Instance[] = [];
    for (const links of scanned) {
      let best: Instance | undefined;
      const place = Wordings.placeOf(links.first, links.unit);
      for (let at = 0; at + run.length <= links.size; at++) {
        const rank = ranks[place + at] as number;
        if (rank < run.first || rank >= run.end) continue;
        let rough = 0;
        for (let next = at; next < at + run.length; next++) {
          rough += scoreWord(
            flags[links.first + next] as number,
            links.pin[next] as number,
            links.inside[next] as number,
            links.outside[next] as number,
          );
        }
        if (!best || rough > best.rough) best = { links, at, rough };
      }
      if (best) instances.push(best);
    }
    return instances;
  }
}

type Scored = { readonly run: Run; readonly dice: number; tops: number };

export function logit(pin: number): number {
  const clipped = Math.min(0.97, Math.max(0.02, pin));
  return Math.log(clipped / (1 - clipped));
}

function scoreWord(flags: number, pin: number, inside: number, outside: number): number {
  const link = (flags & WORD.function) !== 0 ? -0.25 : logit(pin);
  return link + 3 * inside - outside;
}

function weighMarks(gap: number): number {
  if ((gap & GAP.stop) !== 0) return MOST_MARKS + 1;
  if ((gap & (GAP.comma | GAP.quote)) !== 0) return 1;
  return (gap & (GAP.open | GAP.close | GAP.slash)) !== 0 ? 0.5 : 0;
}

/** Dunning (1993), for units that hold the term, the wording, both. */
export function computeLogLikelihood(counts: {
  readonly joint: number;
  readonly source: number;
  readonly target: number;
  readonly all: number;
}): number {
  const { joint, source, target, all } = counts;
  const cell = (count: number, row: number, column: number): number =>
    count <= 0 ? 0 : count * Math.log((count * all) / (row * column));
  const sum =
    cell(joint, source, target) +
    cell(source - joint, source, all - target) +
    cell(target - joint, all - source, target) +
    cell(all - source - target + joint, all - source, all - target);
  return joint * all > source * target ? 2 * sum : 0;
}

/** How much longer the wording is than such a term usually becomes; 0 is the usual length. */
export function measureLength(words: number, functionWords: number, termLength: number): number {
  return Math.log((words - 0.6 * functionWords + 0.3) / (0.52 * termLength + 0.3));
}

function scoreByHand(
  candidate: Omit<Candidate, "handScore">,
  { length, english }: { readonly length: number; readonly english: RenderingIndex["english"] },
): number {
  const { run, instances } = candidate;
  let inside = 0;
  let outside = 0;
  let pins = 0;
  let functionWords = 0;
  for (const { links, at } of instances) {
    functionWords = 0;
    let pin = 0;
    for (let next = at; next < at + run.length; next++) {
      inside += links.inside[next] as number;
      outside += links.outside[next] as number;
      if (((english.flags[links.first + next] as number) & WORD.function) !== 0) functionWords++;
      else pin += logit(links.pin[next] as number);
    }
    pins += pin / Math.max(1, run.length - functionWords);
  }
  const count = Math.max(1, instances.length);
  const lengthRatio = measureLength(run.length, functionWords, length);
  const cut = (share: number): number => (candidate.counts.occurrences > 1 && share > 0.9 ? 0.5 : 0);
  return (
    (0.5 * pins + 4 * inside - 1.5 * outside) / count +
    2 * candidate.dice +
    0.3 * Math.log(1 + candidate.logLikelihood) -
    1.5 * lengthRatio ** 2 +
    candidate.topShare -
    cut(candidate.counts.sameBefore) -
    cut(candidate.counts.sameAfter)
  );
}
