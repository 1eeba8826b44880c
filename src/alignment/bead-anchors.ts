/**
 * What decided a bead, for the person who reads it: the equal numbers, names and terms, and the dictionary words that
 * explain each other best, as they are written there. Each place is named once.
 * Cost: O(links of the bead's units).
 */
import type { AlignmentText, Anchor } from "../model/alignment.ts";
import type { PreparedTexts } from "./prepare.ts";
import type { BeadRange } from "./bead-shapes.ts";
import type { SideUnits } from "./units.ts";

const MOST_ANCHORS = 6;
/** t(e|f) is so many times p(e): enough that nobody takes it for chance. */
const LEAST_RATIO = 12;
/** Words this light (的, "the") decide nothing. */
const LEAST_WEIGHT = 0.5;
const KIND_ORDER: readonly Anchor["kind"][] = ["term", "date", "number", "name", "latin", "dictionary"];

type Texts = { readonly first: AlignmentText; readonly second: AlignmentText };
type Link = { readonly anchor: Anchor; readonly strength: number };

export function createAnchorLister(prepared: PreparedTexts, texts: Texts): (bead: BeadRange) => readonly Anchor[] {
  const { units, translations, swapped } = prepared;
  const { forward, firstWeights, secondWeights } = translations;
  return ({ i0, i1, j0, j1 }) => {
    const own = locateUnits(units.first, texts.first, i0, i1);
    const others = locateUnits(units.second, texts.second, j0, j1);
    const links: Link[] = [];
    for (const [f, written] of own) {
      if ((firstWeights[f] ?? 0) < LEAST_WEIGHT) continue;
      let best: { e: number; ratio: number } | undefined;
      for (let link = forward.starts[f] ?? 0; link < (forward.starts[f + 1] ?? 0); link++) {
        const e = forward.columns[link] ?? 0;
        const ratio = forward.weights[link] ?? 0;
        if (ratio > (best?.ratio ?? LEAST_RATIO) && (secondWeights[e] ?? 0) >= LEAST_WEIGHT && others.has(e)) best = { e, ratio };
      }
      const found = best && others.get(best.e);
      const kind = units.first.kinds[f]?.anchor;
      if (!best || found === undefined || kind === undefined) continue;
      const [source, target] = swapped ? [found, written] : [written, found];
      links.push({ anchor: { kind, source, target }, strength: (firstWeights[f] ?? 0) * Math.log(best.ratio) });
    }
    links.sort(
      (one, other) =>
        KIND_ORDER.indexOf(one.anchor.kind) - KIND_ORDER.indexOf(other.anchor.kind) || other.strength - one.strength,
    );
    return keepDistinct(links.map((link) => link.anchor));
  };
}

/** Each unit of some sentences with the words by which it stands there first. */
function locateUnits(side: SideUnits, text: AlignmentText, from: number, to: number): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (let sentence = from; sentence < to; sentence++) {
    const written = text.segments[sentence]?.text ?? "";
    for (let at = side.starts[sentence] ?? 0; at < (side.starts[sentence + 1] ?? 0); at++) {
      const unit = side.units[at] ?? 0;
      if (!found.has(unit)) found.set(unit, written.slice(side.froms[at], side.tos[at]));
    }
  }
  return found;
}

/** A date counts once, not once for its year, month and day; one word speaks for one other. */
function keepDistinct(anchors: readonly Anchor[]): readonly Anchor[] {
  const sources = new Set<string>();
  const targets = new Set<string>();
  const kept: Anchor[] = [];
  for (const anchor of anchors) {
    if (kept.length === MOST_ANCHORS) break;
    if (sources.has(anchor.source) || targets.has(anchor.target)) continue;
    sources.add(anchor.source);
    targets.add(anchor.target);
    kept.push(anchor);
  }
  return kept;
}
