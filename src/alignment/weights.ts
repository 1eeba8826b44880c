/** The model's weights by name of feature. `weights.json` says what they were fitted on; `bench/fit-alignment.ts` refits. */
import fitted from "./weights.json" with { type: "json" };
import { FEATURES } from "./features.ts";

/** With a lexicon, or by shared units and surface alone; the same with what a first alignment has taught. */
export type FirstModel = "lexicon" | "plain";
export type ModelName = FirstModel | `${FirstModel} learnt`;

export function readWeights(model: ModelName): Float64Array {
  const named: Readonly<Record<string, number>> = fitted[model];
  return Float64Array.from(FEATURES, (name) => named[name] ?? 0);
}
