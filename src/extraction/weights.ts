/** The weights of the features by name. `weights.json` says what they were fitted on; `bench/fit-extraction.ts` refits. */
import fitted from "./weights.json" with { type: "json" };

export type Weights = { readonly bias: number; readonly weights: Readonly<Record<string, number>> };

export const FITTED: Weights = fitted;
