/**
 * How far an evidence moved the score of a formulation: its score less the score it would have without that evidence.
 *
 * The whole formula runs again with the evidence changed to what is usual, so that everything an evidence has a part
 * in is counted: the value, its own weight and those of its combinations.
 * Cost: one scoring for each question.
 */
import type { Candidate, Material } from "./candidates.ts";
import { readFeatures } from "./features.ts";
import type { MarkKind } from "./marked.ts";
import type { Neighbourhood, Side } from "./neighbours.ts";
import type { Scored } from "./score.ts";
import { hasMark, weighValue } from "./value.ts";
import { FITTED } from "./weights.ts";
import type { Weights } from "./weights.ts";

type Features = Readonly<Record<string, number>>;

/** What is to be thought away: of what is known of the formulation, or of its features. */
export type Change = { readonly known?: Partial<Scored>; readonly features?: Features };

export type Weighing = {
  readonly features: Features;
  /** Positive: it speaks for the formulation. */
  readonly weigh: (change: Change) => number;
  /** Points that a better formulation took off. */
  readonly pointsLost: number;
};

/** More is no loss of points but an exchange of places. */
const MOST_POINTS = 3;

export function weighReasons(material: Material, scored: Scored, fitted: Weights = FITTED): Weighing {
  const features = readFeatures(material, scored);
  const sum = (list: Features): number => {
    let score = fitted.bias;
    for (const name in list) score += (fitted.weights[name] ?? 0) * (list[name] ?? 0);
    return score;
  };
  const own = sum(features);
  const lost = own - scored.score;
  return {
    features,
    pointsLost: lost > 0 && lost <= MOST_POINTS ? lost : 0,
    weigh: ({ known, features: replaced }) => {
      if (!known) return own - sum({ ...features, ...replaced });
      const other = { ...scored, ...known };
      const value = weighValue(other.candidate, other);
      return own - sum({ ...readFeatures(material, { ...other, value }), ...replaced });
    },
  };
}

/** The candidate as if its writers had not marked it so. */
export function unmark(candidate: Candidate, ...kinds: readonly MarkKind[]): Candidate {
  const marks = new Map([...candidate.marks].filter(([kind]) => !kinds.includes(kind)));
  return { ...candidate, marks, ...(kinds.includes("parallel") ? { siblings: 1 } : {}) };
}

/** The candidate as if it occurred so often; fewer occurrences make no mark tell that does not tell now. */
export function recount(candidate: Candidate, distinct: number): Candidate {
  const marks = new Map([...candidate.marks].filter(([kind]) => kind === "series" || hasMark(candidate, kind)));
  return { ...candidate, distinct, marks };
}

/** Both neighbourhoods with other sides. */
export function changeSides(
  { around, everywhere }: Scored,
  change: { readonly before?: Partial<Side>; readonly after?: Partial<Side> },
): Pick<Scored, "around" | "everywhere"> {
  const put = (one: Neighbourhood): Neighbourhood => ({
    ...one,
    before: { ...one.before, ...change.before },
    after: { ...one.after, ...change.after },
  });
  return { around: put(around), everywhere: put(everywhere) };
}
