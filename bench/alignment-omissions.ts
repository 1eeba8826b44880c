/** Copies of the development sets with omissions planted. */
import { parseGold } from "./alignment-lattice.ts";
import type { AlignmentFile } from "./alignment-sets.ts";

/** A small generator with a fixed seed (Park and Miller), so that a fit can be repeated. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/**
 * The file once more with omissions planted: single beads and two passages lose one side. The sets have next to none,
 * and a model that never saw any glues what was left out to its neighbours.
 */
export function plantOmissions(file: AlignmentFile, seed: number): AlignmentFile {
  const random = createRandom(seed);
  const beads = file.gold.map((line) => parseGold(line, false));
  const dropped = { first: new Set<number>(), second: new Set<number>() };
  const drop = (at: number, side: "first" | "second"): void => {
    for (const index of beads[at]?.[side] ?? []) dropped[side].add(index);
  };
  beads.forEach((bead, at) => {
    if (bead.first.length > 0 && bead.second.length > 0 && random() < 0.015) drop(at, random() < 0.5 ? "first" : "second");
  });
  for (const side of ["first", "second"] as const) {
    const start = Math.floor(random() * (beads.length - 40));
    const length = 5 + Math.floor(random() * 25);
    for (let at = start; at < start + length; at++) {
      const other = side === "first" ? "second" : "first";
      if ((beads[at]?.[other] ?? []).every((index) => !dropped[other].has(index))) drop(at, side);
    }
  }
  const renumber = (count: number, gone: ReadonlySet<number>): Map<number, number> => {
    const kept = Array.from({ length: count }, (_, index) => index).filter((index) => !gone.has(index));
    return new Map(kept.map((index, at) => [index, at]));
  };
  const first = renumber(file.source.segments.length, dropped.first);
  const second = renumber(file.target.segments.length, dropped.second);
  const gold = beads.flatMap((bead) => {
    const source = bead.first.flatMap((index) => first.get(index) ?? []);
    const target = bead.second.flatMap((index) => second.get(index) ?? []);
    if (target.length === 0) return source.map((index) => `[${index}]:[]`);
    if (source.length === 0) return target.map((index) => `[]:[${index}]`);
    return [`[${source.join(",")}]:[${target.join(",")}]`];
  });
  return {
    name: `${file.name}, omissions planted`,
    source: { ...file.source, segments: file.source.segments.filter((_, at) => first.has(at)) },
    target: { ...file.target, segments: file.target.segments.filter((_, at) => second.has(at)) },
    gold,
  };
}
