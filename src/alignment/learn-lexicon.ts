/**
 * Learns from a first alignment which words of the two texts translate each other where the dictionary does not know
 * it: names of persons, terms, a translator's favourite words. Each part of the text gets a table that has not seen it.
 *
 * Method (ALIGNMENT recipe, step 7): IBM model 1 (Brown et al. 1993) over beads that are sure enough; a dictionary word
 * and chance explain away what they can. Only pairs met in two beads at least with a Dice coefficient above .1 are
 * candidates. Beads are cut into blocks of 8, dealt out to 6 folds; the table for a fold leaves its counts out, for a
 * lexicon that saw the sentences it is to judge confirms every mistake of the first alignment.
 * Failure: a short text teaches nothing, and the tables are empty. Cost: O(beads × units of both sides) per round.
 */
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
};

/** Distinct units of a bead that may be learnt. */
type Example = { readonly first: Uint32Array; readonly second: Uint32Array; readonly share: number; readonly fold: number };

export function learnLexicon({ units, translations, beads }: LearnInput): LearntLexicon {
  const firstFolds = new Uint8Array(units.first.starts.length - 1);
  const secondFolds = new Uint8Array(units.second.starts.length - 1);
  const examples: Example[] = [];
  beads.forEach((bead, at) => {
    const fold = Math.floor(at / BLOCK) % FOLDS;
    firstFolds.fill(fold, bead.i0, bead.i1);
    secondFolds.fill(fold, bead.j0, bead.j1);
    const isNull = bead.i0 === bead.i1 || bead.j0 === bead.j1;
    if (isNull || bead.confidence < LEAST_CONFIDENCE || bead.i1 - bead.i0 + bead.j1 - bead.j0 > LONGEST_BEAD) return;
    const first = listDistinct(units.first, bead.i0, bead.i1);
    const second = listDistinct(units.second, bead.j0, bead.j1);
    examples.push({ first, second, share: bead.confidence, fold });
  });
  const candidates = findCandidates(examples, units);
  const counts = countLinks({ examples, candidates, translations });
  return { ...buildTables({ candidates, counts, translations, units }), firstFolds, secondFolds };
}

/** What both sides share by its form needs no learning. */
function listDistinct(side: SideUnits, from: number, to: number): Uint32Array {
  const found = new Set<number>();
  for (let at = side.starts[from] ?? 0; at < (side.starts[to] ?? 0); at++) {
    const unit = side.units[at] ?? 0;
    if (side.kinds[unit]?.shared === undefined) found.add(unit);
  }
  return Uint32Array.from(found);
}

type Candidates = { readonly starts: Uint32Array; readonly columns: Uint32Array; readonly dice: Float64Array };

function findCandidates(examples: readonly Example[], units: TextUnits): Candidates {
  const firstSize = units.first.kinds.length;
  const secondSize = units.second.kinds.length;
  const secondCounts = new Uint32Array(secondSize);
  const places: number[][] = Array.from({ length: firstSize }, () => []);
  examples.forEach(({ first, second }, at) => {
    for (const f of first) places[f]?.push(at);
    for (const e of second) secondCounts[e] = (secondCounts[e] ?? 0) + 1;
  });
  const starts = new Uint32Array(firstSize + 1);
  const columns: number[] = [];
  const dice: number[] = [];
  const together = new Uint32Array(secondSize);
  const touched: number[] = [];
  places.forEach((own, f) => {
    if (own.length > 1) {
      for (const at of own) {
        for (const e of examples[at]?.second ?? []) {
          if (together[e] === 0) touched.push(e);
          together[e] = (together[e] ?? 0) + 1;
        }
      }
      for (const e of touched) {
        const share = (2 * (together[e] ?? 0)) / (own.length + (secondCounts[e] ?? 0));
        if ((together[e] ?? 0) > 1 && share > LEAST_DICE) {
          columns.push(e);
          dice.push(share);
        }
        together[e] = 0;
      }
      touched.length = 0;
    }
    starts[f + 1] = columns.length;
  });
  return { starts, columns: Uint32Array.from(columns), dice: Float64Array.from(dice) };
}

type Counts = {
  /** By fold and candidate: how often the pair is a link; by fold and unit f: how often f occurs. */
  readonly links: readonly Float64Array[];
  readonly units: readonly Float64Array[];
};
type CountInput = { readonly examples: readonly Example[]; readonly candidates: Candidates; readonly translations: Translations };

function countLinks({ examples, candidates, translations }: CountInput): Counts {
  const { starts, columns, dice } = candidates;
  const unitCount = starts.length - 1;
  const links = Array.from({ length: FOLDS }, () => new Float64Array(columns.length));
  const units = Array.from({ length: FOLDS }, () => new Float64Array(unitCount));
  const unitTotals = new Float64Array(unitCount);
  for (const { first, share, fold } of examples) {
    for (const f of first) {
      unitTotals[f] = (unitTotals[f] ?? 0) + share;
      const own = units[fold];
      if (own) own[f] = (own[f] ?? 0) + share;
    }
  }
  const known = examples.map((example) => explainAway(example, translations));
  let table = dice.slice();
  const sums = new Float64Array(translations.secondWeights.length);
  const present = new Uint8Array(translations.secondWeights.length);
  for (let round = 1; round <= ROUNDS; round++) {
    const next = new Float64Array(columns.length);
    examples.forEach(({ first, second, share, fold }, at) => {
      second.forEach((e, index) => {
        present[e] = 1;
        sums[e] = known[at]?.[index] ?? 0;
      });
      for (const f of first) {
        const weight = translations.firstWeights[f] ?? 0;
        for (let link = starts[f] ?? 0; link < (starts[f + 1] ?? 0); link++) {
          const e = columns[link] ?? 0;
          if (present[e] === 1) sums[e] = (sums[e] ?? 0) + weight * (table[link] ?? 0);
        }
      }
      const last = round === ROUNDS ? links[fold] : undefined;
      for (const f of first) {
        const weight = translations.firstWeights[f] ?? 0;
        for (let link = starts[f] ?? 0; link < (starts[f + 1] ?? 0); link++) {
          const e = columns[link] ?? 0;
          if (present[e] === 0) continue;
          const part = (share * weight * (table[link] ?? 0)) / (sums[e] ?? 1);
          next[link] = (next[link] ?? 0) + part;
          if (last) last[link] = (last[link] ?? 0) + part;
        }
      }
      for (const e of second) present[e] = 0;
    });
    table = next;
    for (let f = 0; f < unitCount; f++)
      for (let link = starts[f] ?? 0; link < (starts[f + 1] ?? 0); link++)
        table[link] = (table[link] ?? 0) / ((unitTotals[f] ?? 0) + 1);
  }
  return { links, units };
}

/** For each unit of the second side, how strongly chance and the dictionary call for it. */
function explainAway({ first, second }: Example, { forward, firstWeights, secondShares }: Translations): Float64Array {
  const places = new Map(Array.from(second, (e, index) => [e, index] as const));
  let mass = 0;
  const known = new Float64Array(second.length);
  for (const f of first) {
    const weight = firstWeights[f] ?? 0;
    mass += weight;
    for (let link = forward.starts[f] ?? 0; link < (forward.starts[f + 1] ?? 0); link++) {
      const e = forward.columns[link] ?? 0;
      const place = places.get(e);
      if (place !== undefined)
        known[place] = (known[place] ?? 0) + weight * (forward.weights[link] ?? 0) * (secondShares[e] ?? 0);
    }
  }
  return known.map((sum, index) => sum + CHANCE * mass * (secondShares[second[index] ?? 0] ?? 0));
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
  const forward = counts.links.map((own, fold): SparseRows => {
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
