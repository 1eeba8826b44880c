/** The best hits so far: similarity descending, then position ascending. Cost: O(log limit) an offer, O(limit) to insert. */
export class TopMatches {
  readonly #limit: number;
  readonly #threshold: number;
  readonly #similarities: number[] = [];
  readonly #positions: number[] = [];

  readonly #accepts: ((position: number) => boolean) | undefined;

  constructor(threshold: number, limit: number, accepts?: (position: number) => boolean) {
    this.#threshold = threshold;
    this.#limit = limit;
    this.#accepts = accepts;
  }

  /** What a new hit must at least reach. A hit that only reaches the last one's similarity needs a smaller position. */
  get cutoff(): number {
    if (this.#positions.length < this.#limit) return this.#threshold;
    return this.#similarities[this.#limit - 1] ?? Infinity;
  }

  /** Returns false when the hit, and any with a greater position, is too late. */
  offer(similarity: number, position: number): boolean {
    if (this.#accepts && !this.#accepts(position)) return true;
    let low = 0;
    let high = this.#positions.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const held = this.#similarities[middle] as number;
      if (held > similarity || (held === similarity && (this.#positions[middle] as number) < position)) low = middle + 1;
      else high = middle;
    }
    if (low >= this.#limit) return false;
    this.#similarities.splice(low, 0, similarity);
    this.#positions.splice(low, 0, position);
    if (this.#positions.length > this.#limit) {
      this.#similarities.pop();
      this.#positions.pop();
    }
    return true;
  }

  list(): { readonly unit: number; readonly similarity: number }[] {
    return this.#positions.map((unit, at) => ({ unit, similarity: this.#similarities[at] as number }));
  }
}
