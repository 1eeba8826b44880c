/** Tables of how often renderings are right: by units that hold the term, and by confidence. */
import { findBest } from "./rendering-folds.ts";
import type { Scored } from "./rendering-folds.ts";

type Print = (line: string) => void;

const share = (count: number, all: number): string => (count / Math.max(1, all)).toFixed(3).replace(/^0/u, "");

const GROUPS: readonly { readonly name: string; readonly holds: (units: number) => boolean }[] = [
  { name: "n = 1", holds: (units) => units === 1 },
  { name: "n = 2", holds: (units) => units === 2 },
  { name: "n >= 3", holds: (units) => units >= 3 },
  { name: "n >= 5", holds: (units) => units >= 5 },
  { name: "all", holds: () => true },
];

/** Place of the first right one for each term, −1 for none. */
type Hits = readonly { readonly units: number; readonly place: number }[];

export function printHits(print: Print, name: string, hits: Hits): void {
  const parts = GROUPS.map((group) => {
    const held = hits.filter(({ units }) => group.holds(units));
    const first = held.filter(({ place }) => place === 0).length;
    const three = held.filter(({ place }) => place >= 0 && place < 3).length;
    return `${group.name} (${held.length}) ${share(first, held.length)}/${share(three, held.length)}`;
  });
  print(`${name.padEnd(22)} ${parts.join("  ")}`);
}

export function placeOf({ example, confidences }: Scored): number {
  const order = [...confidences.keys()].sort((one, other) => (confidences[other] as number) - (confidences[one] as number));
  return order.findIndex((row) => example.right[row] === 1);
}

export function printCalibration(print: Print, scored: readonly Scored[]): void {
  const borders = [0, 0.4, 0.6, 0.8, 0.9, 1.01];
  for (const group of GROUPS) {
    const held = scored.filter(({ example, confidences }) => group.holds(example.heldBy) && confidences.length > 0);
    const parts = borders.slice(1).map((end, at) => {
      const start = borders[at] ?? 0;
      const inside = held
        .map(({ example, confidences }) => ({ example, best: findBest(confidences), confidences }))
        .filter(({ best, confidences }) => (confidences[best] as number) >= start && (confidences[best] as number) < end);
      const right = inside.filter(({ example, best }) => example.right[best] === 1).length;
      const mean =
        inside.reduce((sum, { best, confidences }) => sum + (confidences[best] as number), 0) / Math.max(1, inside.length);
      return `${start.toFixed(1)}: ${share(right, inside.length)} of ${inside.length} (mean ${mean.toFixed(2)})`;
    });
    print(`right at confidence from, ${group.name}: ${parts.join("; ")}`);
  }
}
