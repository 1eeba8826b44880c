/**
 * Renderings by association alone, the textbook way and the slow, obvious twin of the counts: every run of at most 12
 * words that stands in a unit, ranked by Dice or by Dunning's log likelihood over units.
 */
import type { AlignedUnit } from "../src/model/rendering.ts";
import { foldChinese } from "../src/renderings/chinese-side.ts";
import { foldForm, isFunctionWord } from "../src/renderings/english-side.ts";
import { computeLogLikelihood } from "../src/renderings/find-candidates.ts";
import { findWords } from "../src/text/english.ts";

export type Baseline = { readonly dice: readonly string[]; readonly logLikelihood: readonly string[] };

const LONGEST = 12;
const SHOWN = 3;

export function createBaseline(units: readonly AlignedUnit[]): (term: string) => Baseline {
  const keys = units.map((unit) => foldChinese(unit.source).key);
  const unitsOf = new Map<string, Set<number>>();
  const surfaces = new Map<string, string>();
  const runsOf = units.map(({ target }, unit) => {
    const runs = new Set<string>();
    for (const clause of target.split(/[.,;:?!()]\s/u)) {
      const words = findWords(clause).map((word) => word.text);
      for (let first = 0; first < words.length; first++) {
        for (let end = first + 1; end <= Math.min(words.length, first + LONGEST); end++) {
          if (isFunctionWord(words[first] ?? "") || isFunctionWord(words[end - 1] ?? "")) continue;
          const text = words.slice(first, end).join(" ");
          const run = words.slice(first, end).map(foldForm).join(" ");
          runs.add(run);
          if (!surfaces.has(run)) surfaces.set(run, text);
        }
      }
    }
    for (const run of runs) unitsOf.set(run, (unitsOf.get(run) ?? new Set()).add(unit));
    return runs;
  });
  return (term) => {
    const { key } = foldChinese(term);
    const holding = [...keys.keys()].filter((unit) => keys[unit]?.includes(key));
    const joint = new Map<string, number>();
    for (const unit of holding) for (const run of runsOf[unit] ?? []) joint.set(run, (joint.get(run) ?? 0) + 1);
    const rank = (score: (count: number, target: number) => number): readonly string[] =>
      [...joint]
        .map(([run, count]) => ({ run, score: score(count, unitsOf.get(run)?.size ?? 0) }))
        .sort((one, other) => other.score - one.score || other.run.length - one.run.length)
        .slice(0, SHOWN)
        .map(({ run }) => surfaces.get(run) ?? run);
    return {
      dice: rank((count, target) => (2 * count) / (holding.length + target)),
      logLikelihood: rank((count, target) =>
        computeLogLikelihood({ joint: count, source: holding.length, target, all: units.length }),
      ),
    };
  };
}
