/**
 * The best hits so far: score descending, then rank of the group, then position ascending.
 *
 * The score is the similarity less the penalty of the unit's group (the memory it is in); without groups it is the
 * similarity. Cost: O(log limit) an offer, O(limit) to insert.
 */

/** `unit` is the position in the memory: 0 for the first unit given, then as returned by `add`. */
export type MemoryHit = { readonly unit: number; readonly similarity: number };

/** Who takes the hits of a search as they are found. */
export type HitSink = {
  /** Least similarity that a new hit must reach. One that only just reaches it may still be too late. */
  readonly cutoff: number;
  /** Returns false when the hit, and any of this similarity with a greater position, is too late. */
  readonly offer: (similarity: number, position: number) => boolean;
};

/** How the units of a group are judged. */
export type SearchGroup = {
  /** Taken off the similarity. */
  readonly penalty: number;
  /** Of equal scores the one with the lower rank goes first. */
  readonly rank: number;
};

export type TopOptions = {
  /** Least similarity. */
  readonly threshold: number;
  readonly limit: number;
  /** By number of the group; units of groups that are absent are passed over. */
  readonly groups?: readonly (SearchGroup | undefined)[] | undefined;
};

/** Differences of floating-point numbers are not exact: a text is rather measured in vain than missed. */
const ROUNDING = 1e-9;

export class TopMatches implements HitSink {
  cutoff: number;
  readonly #limit: number;
  readonly #groups: readonly (SearchGroup | undefined)[] | undefined;
  /** Position -> group. */
  readonly #groupOf: ArrayLike<number>;
  readonly #least: number;
  readonly #similarities: number[] = [];
  readonly #scores: number[] = [];
  readonly #ranks: number[] = [];
  readonly #positions: number[] = [];

  constructor({ threshold, limit, groups }: TopOptions, groupOf: ArrayLike<number>) {
    this.cutoff = threshold;
    this.#limit = limit;
    this.#groups = groups;
    this.#groupOf = groupOf;
    let least = Infinity;
    for (const group of groups ?? []) if (group && group.penalty < least) least = group.penalty;
    this.#least = least;
  }

  offer(similarity: number, position: number): boolean {
    let score = similarity;
    let rank = 0;
    if (this.#groups) {
      const group = this.#groups[this.#groupOf[position] as number];
      if (!group) return true;
      score -= group.penalty;
      rank = group.rank;
    }
    let low = 0;
    let high = this.#positions.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#isBefore(middle, { score, rank, position })) low = middle + 1;
      else high = middle;
    }
    // The next position may be of a group that is judged better.
    if (low >= this.#limit) return this.#groups !== undefined;
    this.#similarities.splice(low, 0, similarity);
    this.#scores.splice(low, 0, score);
    this.#ranks.splice(low, 0, rank);
    this.#positions.splice(low, 0, position);
    if (this.#positions.length > this.#limit) {
      for (const list of [this.#similarities, this.#scores, this.#ranks, this.#positions]) list.pop();
    }
    if (this.#positions.length === this.#limit) this.#raiseCutoff();
    return true;
  }

  #isBefore(at: number, other: { readonly score: number; readonly rank: number; readonly position: number }): boolean {
    const score = this.#scores[at] as number;
    if (score !== other.score) return score > other.score;
    const rank = this.#ranks[at] as number;
    return rank === other.rank ? (this.#positions[at] as number) < other.position : rank < other.rank;
  }

  #raiseCutoff(): void {
    const last = this.#scores[this.#limit - 1] as number;
    const needed = this.#groups ? last + this.#least - ROUNDING : last;
    if (needed > this.cutoff) this.cutoff = needed;
  }

  list(): MemoryHit[] {
    return this.#positions.map((unit, at) => ({ unit, similarity: this.#similarities[at] as number }));
  }
}
