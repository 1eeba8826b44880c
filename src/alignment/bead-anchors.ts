/**
 * What decided a bead, for the person who reads it: the equal numbers, names and terms, and the dictionary words that
 * explain each other best. Each unit is named once. Cost: O(units of the first side × units of the second).
 */
import type { Anchor } from "../model/alignment.ts";
import type { PreparedTexts } from "./prepare.ts";
import type { BeadRange } from "./search.ts";
import type { UnitKind } from "./units.ts";

const MOST_ANCHORS = 6;
/** t(e|f) is so many times p(e): enough that nobody takes it for chance. */
const LEAST_RATIO = 12;
const KIND_ORDER: readonly Anchor["kind"][] = ["term", "date", "number", "name", "latin", "dictionary"];

type Link = { readonly first: UnitKind; readonly second: UnitKind; readonly ratio: number };

export function createAnchorLister(prepared: PreparedTexts): (bead: BeadRange) => readonly Anchor[] {
  const { units, translations, swapped } = prepared;
  const { forward } = translations;
  return ({ i0, i1, j0, j1 }) => {
    const present = new Set(units.second.units.subarray(units.second.starts[j0] ?? 0, units.second.starts[j1] ?? 0));
    const own = new Set(units.first.units.subarray(units.first.starts[i0] ?? 0, units.first.starts[i1] ?? 0));
    const links: Link[] = [];
    for (const f of own) {
      const best = findBest(forward, f, present);
      const first = units.first.kinds[f];
      const second = best && units.second.kinds[best.e];
      if (first && second) links.push({ first, second, ratio: best.ratio });
    }
    links.sort(
      (one, other) => KIND_ORDER.indexOf(one.first.anchor) - KIND_ORDER.indexOf(other.first.anchor) || weigh(other) - weigh(one),
    );
    return links.slice(0, MOST_ANCHORS).map(({ first, second }) => ({
      kind: first.anchor,
      source: swapped ? second.text : first.text,
      target: swapped ? first.text : second.text,
    }));
  };
}

function weigh(link: Link): number {
  return link.first.weight * Math.log(link.ratio);
}

function findBest(
  forward: PreparedTexts["translations"]["forward"],
  f: number,
  present: ReadonlySet<number>,
): { e: number; ratio: number } | undefined {
  let best: { e: number; ratio: number } | undefined;
  for (let link = forward.starts[f] ?? 0; link < (forward.starts[f + 1] ?? 0); link++) {
    const e = forward.columns[link] ?? 0;
    const ratio = forward.weights[link] ?? 0;
    if (ratio > (best?.ratio ?? LEAST_RATIO) && present.has(e)) best = { e, ratio };
  }
  return best;
}
