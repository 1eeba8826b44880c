/** The newest texts of an index, not yet in a part: a short list that is scanned. Cost: O(texts) a search. */
import { similarityOf } from "../text/edit-distance.ts";
import { limitDistance } from "./bands.ts";
import type { SearchQuery } from "./search-query.ts";
import type { TextCollector } from "./text-collector.ts";
import type { HitSink } from "./top-matches.ts";

export class WaitingTexts {
  readonly #texts = new Map<number, Int32Array>();

  get size(): number {
    return this.#texts.size;
  }

  has(position: number): boolean {
    return this.#texts.has(position);
  }

  set(position: number, codes: Int32Array): void {
    this.#texts.set(position, codes);
  }

  delete(position: number): void {
    this.#texts.delete(position);
  }

  entries(): IterableIterator<[number, Int32Array]> {
    return this.#texts.entries();
  }

  /** Moves all texts to a collector. */
  moveTo(collector: TextCollector): void {
    for (const [position, codes] of this.#texts) collector.add(codes, { from: 0, to: codes.length, position });
    this.#texts.clear();
  }

  search({ length, meter }: SearchQuery, top: HitSink): void {
    let cutoff = -1;
    let near = 0;
    for (const [position, text] of this.#texts) {
      if (top.cutoff !== cutoff) near = limitDistance(length, (cutoff = top.cutoff));
      const longer = Math.max(length, text.length);
      const bound = longer === length ? near : limitDistance(longer, cutoff);
      if (bound < 0 || Math.abs(text.length - length) > bound) continue;
      const most = Math.min(bound, bound + text.length - length);
      if (meter.countForeign(text, 0, text.length, most) > most) continue;
      const distance = meter.measureRange(text, 0, text.length, bound);
      if (distance <= bound) top.offer(similarityOf(distance, longer), position);
    }
  }
}
