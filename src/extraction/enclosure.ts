/**
 * How often a candidate is a piece of something its writers set apart: inside quotation marks, a title, a series or a
 * name, but not the whole of it. 疫情工作领导小组 always ends where the name 中央应对疫情工作领导小组 ends.
 * Cost: O(length) for each kind of mark, O(occurrences looked at) for each candidate.
 */
import type { Candidate, Material } from "./candidates.ts";
import type { MarkKind, MarkedSpans } from "./marked.ts";

const ENCLOSING_KINDS = ["quoted", "title", "series", "institution"] as const satisfies readonly MarkKind[];
/** Shares of the counted occurrences, in the order of `ENCLOSING_KINDS`. */
export type Enclosure = readonly number[];

const SAMPLE = 100;

export function measureEnclosure(
  { corpus, copies }: Material,
  candidates: readonly Candidate[],
  spans: MarkedSpans,
): readonly Enclosure[] {
  const shares = candidates.map(() => ENCLOSING_KINDS.map(() => 0));
  ENCLOSING_KINDS.forEach((kind, at) => {
    const places = spans.get(kind) ?? [];
    // Farthest end of the spans that begin here, and of those that begin earlier.
    const here = new Int32Array(corpus.codes.length + 1);
    for (let i = 0; i < places.length; i += 2) here[places[i] ?? 0] = Math.max(here[places[i] ?? 0] ?? 0, places[i + 1] ?? 0);
    const earlier = new Int32Array(corpus.codes.length + 1);
    // A name has lost its beginning where a piece ends with it; what it begins with may be a name of its own.
    const startOf = new Int32Array(kind === "institution" ? corpus.codes.length + 1 : 0).fill(-1);
    if (kind === "institution") for (let i = 0; i < places.length; i += 2) startOf[places[i + 1] ?? 0] = places[i] ?? 0;
    for (let i = 1; i < earlier.length; i++) earlier[i] = Math.max(earlier[i - 1] ?? 0, here[i - 1] ?? 0);
    candidates.forEach(({ first, end, length }, number) => {
      let looked = 0;
      let inside = 0;
      const step = Math.max(1, Math.floor((end - first) / SAMPLE));
      for (let i = first; i < end; i += step) {
        const start = corpus.suffixes[i] ?? 0;
        if (copies.counted[start] !== 1) continue;
        looked++;
        const stop = start + length;
        const isInside =
          kind === "institution"
            ? (startOf[stop] ?? -1) >= 0 && (startOf[stop] ?? start) < start
            : (earlier[start] ?? 0) >= stop || (here[start] ?? 0) > stop;
        if (isInside) inside++;
      }
      const share = shares[number];
      if (share && looked > 0) share[at] = inside / looked;
    });
  });
  return shares;
}
