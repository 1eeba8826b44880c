/**
 * Groups of pairs by one side, for the two rules on consistency. Sides are compared by their match key, so that width,
 * spacing and the style of quotation marks make no difference; capitals do not either.
 * Cost: O(total length).
 */
import type { CheckedPair } from "../model/finding.ts";
import { matchKey } from "../text/match-key.ts";

export type Side = "source" | "target";

export type Variant = { readonly key: string; readonly pairs: readonly CheckedPair[] };

/** Texts of one side that are written in more than one way on the other; the commonest way first, then by order. */
export function findVariants(
  pairs: readonly CheckedPair[],
  side: Side,
  fold: (text: string) => string,
): readonly (readonly Variant[])[] {
  const other: Side = side === "source" ? "target" : "source";
  const groups = new Map<string, Map<string, CheckedPair[]>>();
  for (const pair of pairs) {
    const key = fold(pair[side]);
    if (key === "") continue;
    const variants = groups.get(key) ?? new Map<string, CheckedPair[]>();
    groups.set(key, variants);
    const variant = fold(pair[other]);
    const same = variants.get(variant);
    if (same) same.push(pair);
    else variants.set(variant, [pair]);
  }
  return [...groups.values()]
    .filter((variants) => variants.size > 1)
    .map((variants) =>
      [...variants]
        .map(([key, members]): Variant => ({ key, pairs: members }))
        .toSorted((one, next) => next.pairs.length - one.pairs.length),
    );
}

export function foldText(text: string): string {
  return matchKey(text).toLowerCase();
}

/** Marks and spaces left out as well: a heading and the same sentence with its full stop are one text. */
export function foldWords(text: string): string {
  return foldText(text).replace(/[\p{P}\p{S}\s]/gu, "");
}
