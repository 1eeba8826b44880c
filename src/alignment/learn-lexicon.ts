/**
 * Learns from a first alignment which words of the two texts translate each other where the dictionary does not know
 * it: names of persons, terms, a translator's favourite words. Each part of the text gets a table that has not seen it.
 *
 * Method: IBM model 1 (Brown et al. 1993) over beads that are sure enough; a dictionary word
 * and chance explain away what they can. Only pairs met in two beads at least with a Dice coefficient above .1 are
 * candidates. Beads are cut into blocks of 8, dealt out to 6 folds; the table for a fold leaves its counts out, for a
 * lexicon that saw the sentences it is to judge confirms every mistake of the first alignment.
 * Failure: a short text teaches nothing, and the tables are empty. Cost: O(beads × units of both sides) per round.
 */
import type { KnownPair } from "./known-pairs.ts";
import type { SparseRows } from "./lexicon.ts";
import type { BeadRange } from "./bead-shapes.ts";
import { transpose } from "./translations.ts";
import type { Translations } from "./translations.ts";
import type { SideUnits, TextUnits } from "./units.ts";

export const FOLDS = 6;
const BLOCK = 8;
const ROUNDS = 4;
const LEAST_CONFIDENCE = 0.3;
const LONGEST_BEAD = 6;
const LEAST_DICE = 0.1;
const CHANCE = 0.28;
/** Not quite two links are chance. */
const DISCOUNT = 1.8;

/** What has been learnt, as t(e|f) / p(e), for the sentences of each fold from all others. */
export type LearntLexicon = {
  /** By fold; row f of the first text's units. */
  readonly forward: readonly SparseRows[];
  /** By fold; row e of the second text's units. */
  readonly backward: readonly SparseRows[];
  /** The fold of each sentence. */
  readonly firstFolds: Uint8Array;
  readonly secondFolds: Uint8Array;
};

export type LearnInput = {
  readonly units: TextUnits;
  readonly translations: Translations;
  readonly beads: readonly (BeadRange & { readonly confidence: number })[];
  /** Pairs from elsewhere, which no fold need leave out. */
  readonly known?: readonly KnownPair[] | undefined;
};

/**
 * Distinct units that may be learnt, end to end: example x has first.units[first.starts[x]..first.starts[x + 1]).
 * It counts `times` as a meeting and `shares` as evidence; its fold is FOLDS where no sentence is judged by it.
 */
type Examples = {
  readonly count: number;
  readonly first: UnitLists;
  readonly second: UnitLists;
  readonly shares: Float64Array;
  readonly times: Float64Array;
  readonly folds: Uint8Array;
};
type UnitLists = { readonly starts: Uint32Array; readonly units: Uint32Array };

export function learnLexicon({ units, translations, beads, known = [] }: LearnInput): LearntLexicon {
  const firstFolds = new Uint8Array(units.first.starts.length - 1);
  const secondFolds = new Uint8Array(units.second.starts.length - 1);
  const lists = { first: startLists(units.first), second: startLists(units.second) };
  const shares: number[] = [];
  const times: number[] = [];
  const folds: number[] = [];
  beads.forEach((bead, at) => {
    const fold = Math.floor(at / BLOCK) % FOLDS;
    firstFolds.fill(fold, bead.i0, bead.i1);
    secondFolds.fill(fold, bead.j0, bead.j1);
    const isNull = bead.i0 === bead.i1 || bead.j0 === bead.j1;
    if (isNull || bead.confidence < LEAST_CONFIDENCE || bead.i1 - bead.i0 + bead.j1 - bead.j0 > LONGEST_BEAD) return;
    lists.first.addSentences(bead.i0, bead.i1);
    lists.second.addSentences(bead.j0, bead.j1);
    shares.push(bead.confidence);
    times.push(1);
    folds.push(fold);
  });
  for (const pair of known) {
    lists.first.addUnits(pair.first);
    lists.second.addUnits(pair.second);
    shares.push(pair.times);
    times.push(pair.times);
    folds.push(FOLDS);
  }
  const examples: Examples = {
    count: shares.length,
    first: lists.first.finish(),
    second: lists.second.finish(),
    shares: Float64Array.from(shares),
    times: Float64Array.from(times),
    folds: Uint8Array.from(folds),
  };
  const candidates = findCandidates(examples, units);
  const counts = countLinks({ examples, candidates, translations });
  return { ...buildTables({ candidates, counts, translations, units }), firstFolds, secondFolds };
}

/** Lists of distinct units; what both sides share by its form needs no learning. */
function startLists(side: SideUnits) {
  const starts = [0];
  const units: number[] = [];
  const last = new Int32Array(side.kinds.length).fill(-1);
  const add = (unit: number): void => {
    if (last[unit] === starts.length || side.kinds[unit]?.shared !== undefined) return;
    last[unit] = starts.length;
    units.push(unit);
  };
  return {
    addSentences(from: number, to: number): void {
      for (let at = side.starts[from] ?? 0; at < (side.starts[to] ?? 0); at++) add(side.units[at] ?? 0);
      starts.push(units.length);
    },
    addUnits(own: Uint32Array): void {
      for (const unit of own) add(unit);
      starts.push(units.length);
    },
    finish: (): UnitLists => ({ starts: Uint32Array.from(starts), units: Uint32Array.from(units) }),
  };
}

/** In which examples each unit is. */
function indexLists({ starts, units }: UnitLists, unitCount: number): UnitLists {
  const placeStarts = new Uint32Array(unitCount + 1);
  for (const unit of units) placeStarts[unit + 1] = (placeStarts[unit + 1] ?? 0) + 1;
  for (let unit = 0; unit < unitCount; unit++) placeStarts[unit + 1] = (placeStarts[unit + 1] ?? 0) + (placeStarts[unit] ?? 0);
  const next = placeStarts.slice();
  const places = new Uint32Array(units.length);
  for (let example = 0; example + 1 < starts.length; example++) {
    for (let at = starts[example] ?? 0; at < (starts[example + 1] ?? 0); at++) {
      const unit = units[at] ?? 0;
      places[next[unit] ?? 0] = example;
      next[unit] = (next[unit] ?? 0) + 1;
    }
  }
  return { starts: placeStarts, units: places };
}

type Candidates = { readonly starts: Uint32Array; readonly columns: Uint32Array; readonly dice: Float64Array };

function findCandidates({ count, first, second, times }: Examples, units: TextUnits): Candidates {
  const firstSize = units.first.kinds.length;
  const secondSize = units.second.kinds.length;
  const secondCounts = new Float64Array(secondSize);
  for (let example = 0; example < count; example++) {
    for (let at = second.starts[example] ?? 0; at < (second.starts[example + 1] ?? 0); at++) {
      const e = second.units[at] ?? 0;
      secondCounts[e] = (secondCounts[e] ?? 0) + (times[example] ?? 0);
    }
  }
  const places = indexLists(first, firstSize);
  const starts = new Uint32Array(firstSize + 1);
  const columns: number[] = [];
  const dice: number[] = [];
  const together = new Float64Array(secondSize);
  const touched = new Uint32Array(secondSize);
  for (let f = 0; f < firstSize; f++) {
    let own = 0;
    let touchedCount = 0;
    const end = places.starts[f + 1] ?? 0;
    for (let place = places.starts[f] ?? 0; place < end; place++) own += times[places.units[place] ?? 0] ?? 0;
    if (own > 1) {
      for (let place = places.starts[f] ?? 0; place < end; place++) {
        const example = places.units[place] ?? 0;
        const add = times[example] ?? 0;
        const secondEnd = second.starts[example + 1] ?? 0;
        for (let at = second.starts[example] ?? 0; at < secondEnd; at++) {
          const e = second.units[at] ?? 0;
          if (together[e] === 0) touched[touchedCount++] = e;
          together[e] = (together[e] ?? 0) + add;
        }
      }
      for (let at = 0; at < touchedCount; at++) {
        const e = touched[at] ?? 0;
        const share = (2 * (together[e] ?? 0)) / (own + (secondCounts[e] ?? 0));
        if ((together[e] ?? 0) > 1 && share > LEAST_DICE) {
          columns.push(e);
          dice.push(share);
        }
        together[e] = 0;
      }
    }
    starts[f + 1] = columns.length;
  }
  return { starts, columns: Uint32Array.from(columns), dice: Float64Array.from(dice) };
}

type Counts = {
  /** By fold and candidate: how often the pair is a link; by fold and unit f: how often f occurs. Last what no fold leaves out. */
  readonly links: readonly Float64Array[];
  readonly units: readonly Float64Array[];
};
type CountInput = { readonly examples: Examples; readonly candidates: Candidates; readonly translations: Translations };

function countLinks({ examples, candidates, translations }: CountInput): Counts {
  const { starts, columns, dice } = candidates;
  const { first, second, shares, folds } = examples;
  const { firstWeights } = translations;
  const unitCount = starts.length - 1;
  const links = Array.from({ length: FOLDS + 1 }, () => new Float64Array(columns.length));
  const units = Array.from({ length: FOLDS + 1 }, () => new Float64Array(unitCount));
  const unitTotals = new Float64Array(unitCount);
  for (let example = 0; example < examples.count; example++) {
    const share = shares[example] ?? 0;
    const own = units[folds[example] ?? 0];
    for (let at = first.starts[example] ?? 0; at < (first.starts[example + 1] ?? 0); at++) {
      const f = first.units[at] ?? 0;
      unitTotals[f] = (unitTotals[f] ?? 0) + share;
      if (own) own[f] = (own[f] ?? 0) + share;
    }
  }
  const known = explainAway(examples, translations);
  let table = dice.slice();
  const sums = new Float64Array(translations.secondWeights.length);
  const present = new Uint8Array(translations.secondWeights.length);
  for (let round = 1; round <= ROUNDS; round++) {
    const next = new Float64Array(columns.length);
    for (let example = 0; example < examples.count; example++) {
      const from = first.starts[example] ?? 0;
      const to = first.starts[example + 1] ?? 0;
      const secondFrom = second.starts[example] ?? 0;
      const secondTo = second.starts[example + 1] ?? 0;
      const share = shares[example] ?? 0;
      for (let at = secondFrom; at < secondTo; at++) {
        const e = second.units[at] ?? 0;
        present[e] = 1;
        sums[e] = known[at] ?? 0;
      }
      for (let at = from; at < to; at++) {
        const f = first.units[at] ?? 0;
        const weight = firstWeights[f] ?? 0;
        const end = starts[f + 1] ?? 0;
        for (let link = starts[f] ?? 0; link < end; link++) {
          const e = columns[link] ?? 0;
          if (present[e] === 1) sums[e] = (sums[e] ?? 0) + weight * (table[link] ?? 0);
        }
      }
      const last = round === ROUNDS ? links[folds[example] ?? 0] : undefined;
      for (let at = from; at < to; at++) {
        const f = first.units[at] ?? 0;
        const weight = share * (firstWeights[f] ?? 0);
        const end = starts[f + 1] ?? 0;
        for (let link = starts[f] ?? 0; link < end; link++) {
          const e = columns[link] ?? 0;
          if (present[e] === 0) continue;
          const part = (weight * (table[link] ?? 0)) / (sums[e] ?? 1);
          next[link] = (next[link] ?? 0) + part;
          if (last) last[link] = (last[link] ?? 0) + part;
        }
      }
      for (let at = secondFrom; at < secondTo; at++) present[second.units[at] ?? 0] = 0;
    }
    table = next;
    for (let f = 0; f < unitCount; f++)
      for (let link = starts[f] ?? 0; link < (starts[f + 1] ?? 0); link++)
        table[link] = (table[link] ?? 0) / ((unitTotals[f] ?? 0) + 1);
  }
  return { links, units };
}

/** For each unit of the second side of each example, how strongly chance and the dictionary call for it. */
function explainAway(
  { count, first, second }: Examples,
  { forward, firstWeights, secondWeights, secondShares }: Translations,
): Float64Array {
  const known = new Float64Array(second.units.length);
  /** Where a unit stands in the second side of this example, from 1. */
  const places = new Uint32Array(secondWeights.length);
  for (let example = 0; example < count; example++) {
    const from = second.starts[example] ?? 0;
    const to = second.starts[example + 1] ?? 0;
    for (let at = from; at < to; at++) places[second.units[at] ?? 0] = at + 1;
    let mass = 0;
    for (let at = first.starts[example] ?? 0; at < (first.starts[example + 1] ?? 0); at++) {
      const f = first.units[at] ?? 0;
      const weight = firstWeights[f] ?? 0;
      mass += weight;
      const end = forward.starts[f + 1] ?? 0;
      for (let link = forward.starts[f] ?? 0; link < end; link++) {
        const e = forward.columns[link] ?? 0;
        const place = places[e] ?? 0;
        if (place > 0)
          known[place - 1] = (known[place - 1] ?? 0) + weight * (forward.weights[link] ?? 0) * (secondShares[e] ?? 0);
      }
    }
    for (let at = from; at < to; at++) {
      const e = second.units[at] ?? 0;
      known[at] = (known[at] ?? 0) + CHANCE * mass * (secondShares[e] ?? 0);
      places[e] = 0;
    }
  }
  return known;
}

type TableInput = {
  readonly candidates: Candidates;
  readonly counts: Counts;
  readonly translations: Translations;
  readonly units: TextUnits;
};

function buildTables({ candidates, counts, translations, units }: TableInput): Pick<LearntLexicon, "forward" | "backward"> {
  const sum = (parts: readonly Float64Array[]) =>
    parts.reduce((total, part) => total.map((value, at) => value + (part[at] ?? 0)), new Float64Array(parts[0]?.length ?? 0));
  const links = sum(counts.links);
  const totals = sum(counts.units);
  const { starts, columns } = candidates;
  const forward = counts.links.slice(0, FOLDS).map((own, fold): SparseRows => {
    const kept = { starts: new Uint32Array(starts.length), columns: [] as number[], weights: [] as number[] };
    for (let f = 0; f + 1 < starts.length; f++) {
      const total = (totals[f] ?? 0) - (counts.units[fold]?.[f] ?? 0) + 1;
      for (let link = starts[f] ?? 0; link < (starts[f + 1] ?? 0); link++) {
        const count = (links[link] ?? 0) - (own[link] ?? 0) - DISCOUNT;
        if (count <= 0) continue;
        const e = columns[link] ?? 0;
        kept.columns.push(e);
        kept.weights.push(count / total / (translations.secondShares[e] ?? 1));
      }
      kept.starts[f + 1] = kept.columns.length;
    }
    return { starts: kept.starts, columns: Uint32Array.from(kept.columns), weights: Float32Array.from(kept.weights) };
  });
  return { forward, backward: forward.map((rows) => transpose(rows, units.second.kinds.length)) };
}
