/**
 * Puts hits in reading order, the longest first at each place, and numbers their nesting.
 *
 *   突发公共卫生事件     depth 0
 *     公共卫生事件       1
 *     公共卫生           2
 *         卫生事件       2      (overlaps 公共卫生, lies within 公共卫生事件)
 *
 * Cost: O(text + hits * nesting).
 */

/** Hits in the order an automaton finds them: by end. Equal spans may come several times. */
export type Hits = { readonly starts: number[]; readonly ends: number[]; readonly entries: number[] };

export type OrderedHit = { readonly start: number; readonly end: number; readonly entry: number; readonly depth: number };

/** Kept between calls: most texts are short and have few hits. All heads are 0 between calls. */
let heads = new Int32Array(1024);
let next = new Int32Array(1024);

export function orderHits(hits: Hits, length: number): OrderedHit[] {
  const count = hits.entries.length;
  if (heads.length <= length) heads = new Int32Array(2 * length);
  if (next.length <= count) next = new Int32Array(2 * count);
  // Chains of hits by start, ends descending; entries of one span keep their order.
  for (let hit = count - 1; hit >= 0; hit--) {
    const start = hits.starts[hit] as number;
    // Going backwards: what is there has the same end and comes later, or a greater end and comes first.
    let before = 0;
    let after = heads[start] as number;
    while (after !== 0 && (hits.ends[after - 1] as number) > (hits.ends[hit] as number)) {
      before = after;
      after = next[after] as number;
    }
    next[hit + 1] = after;
    if (before === 0) heads[start] = hit + 1;
    else next[before] = hit + 1;
  }
  const ordered: OrderedHit[] = [];
  let open: OrderedHit[] = [];
  for (let start = 0; start <= length; start++) {
    for (let hit = heads[start] as number; hit !== 0; hit = next[hit] as number) {
      const end = hits.ends[hit - 1] as number;
      if (open.some((outer) => outer.end <= start)) open = open.filter((outer) => outer.end > start);
      let depth = 0;
      for (const outer of open) {
        if (outer.end < end) continue;
        depth = Math.max(depth, outer.start === start && outer.end === end ? outer.depth : outer.depth + 1);
      }
      const found = { start, end, entry: hits.entries[hit - 1] as number, depth };
      ordered.push(found);
      open.push(found);
    }
    heads[start] = 0;
  }
  return ordered;
}
