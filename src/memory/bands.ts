/**
 * The lengths that a search still has to look at, what distance each of them allows, and how its texts are found.
 *
 * A window of lengths [shortest, longest] round the query's with the greatest distance of each; it only narrows while
 * the cut-off rises. It is cut into bands of lengths that are searched in one way, nearest to the query's length first.
 * Cost: O(lengths in the window), once for a search and once each time the cut-off rises.
 */
import { greatestDistance } from "../text/edit-distance.ts";
import type { PiecePlan } from "./pieces.ts";

/** Texts are found by characters alone, or one after the other, or by so many pieces. */
export const BY_CHARACTERS = 0;
export const SCAN = -1;

/** Up to this many characters the greatest distance is what the threshold says. */
export const EXACT_LENGTH = 10_000;
/** Steps of 32 characters that one measurement may take beyond that: some ten milliseconds. */
const MOST_STEPS = 1 << 22;

/** The greatest distance that is looked for: long texts are found when they differ in few places (memory-index.ts). */
export function limitDistance(longer: number, similarity: number): number {
  const distance = greatestDistance(longer, similarity);
  if (longer <= EXACT_LENGTH) return distance;
  return Math.min(distance, Math.max(0, Math.floor((MOST_STEPS * 16) / longer) - 32));
}

/** Bands of long queries take the pieces of a slightly greater distance, so that they are few. */
function roundUp(count: number, length: number): number {
  const step = 1 + (length >>> 4);
  return Math.ceil(count / step) * step;
}

export class Bands {
  shortest = 0;
  /** Below `shortest` when no length is left. */
  longest = -1;
  /** The cut-off that the window was made for. */
  cutoff = 0;
  /** Greatest distance by length, from `shortest` on. */
  limits = new Int32Array(64);
  count = 0;
  readonly from: number[] = [];
  readonly to: number[] = [];
  /** BY_CHARACTERS, SCAN or a number of pieces. */
  readonly ways: number[] = [];

  /** The window for a query of that length; `most` is the length of the longest text. */
  setWindow(length: number, cutoff: number, most: number): void {
    this.cutoff = cutoff;
    const near = limitDistance(length, cutoff);
    const shortest = Math.max(0, length - near);
    let longest = near < 0 ? -1 : Math.min(length, most);
    this.#makeRoom(longest - shortest + 1, 0);
    if (longest >= shortest) this.limits.fill(near, 0, longest - shortest + 1);
    for (let next = length + 1; next <= most; next++) {
      const distance = limitDistance(next, cutoff);
      // next - distance never falls as next rises, so no longer text qualifies either.
      if (next - length > distance) break;
      longest = next;
      this.#makeRoom(longest - shortest + 1, longest - shortest);
      this.limits[next - shortest] = distance;
    }
    this.shortest = shortest;
    this.longest = longest;
  }

  #makeRoom(wanted: number, kept: number): void {
    if (wanted <= this.limits.length) return;
    const larger = new Int32Array(wanted * 2);
    larger.set(this.limits.subarray(0, Math.max(0, kept)));
    this.limits = larger;
  }

  limitOf(length: number): number {
    return length < this.shortest || length > this.longest ? -1 : (this.limits[length - this.shortest] as number);
  }

  /** How many pieces, or places of the query, a text of that length may miss. */
  budgetOf(length: number, query: number, way: number): number {
    const limit = this.limitOf(length);
    return way === BY_CHARACTERS && length > query ? limit - (length - query) : limit;
  }

  /** The most of that among lengths [from, to]. */
  greatestBudget(band: number, query: number): number {
    let most = -1;
    const last = Math.min(this.to[band] as number, this.longest);
    for (let length = Math.max(this.from[band] as number, this.shortest); length <= last; length++) {
      most = Math.max(most, this.budgetOf(length, query, this.ways[band] as number));
    }
    return most;
  }

  /** Cuts the window into bands. Lengths of which there is no text (`starts`: first text of a length) are passed over. */
  cut(length: number, plan: PiecePlan, starts: Int32Array): void {
    const { shortest, longest, limits, from, to, ways } = this;
    let count = 0;
    for (let size = shortest; size <= longest; size++) {
      if (starts[size] === starts[size + 1]) continue;
      const limit = limits[size - shortest] as number;
      const byCharacters = plan.costOfCharacters(limit - Math.max(0, size - length) + 1);
      let pieces = roundUp(limit + 1, length);
      let byPieces = plan.costOfPieces(pieces);
      if (byPieces === Infinity) byPieces = plan.costOfPieces((pieces = limit + 1));
      const way = byPieces <= byCharacters ? (byPieces === Infinity ? SCAN : pieces) : BY_CHARACTERS;
      if (count > 0 && ways[count - 1] === way) {
        to[count - 1] = size;
        continue;
      }
      from[count] = to[count] = size;
      ways[count++] = way;
    }
    this.count = count;
    this.#order(length);
  }

  /** Insertion sort: bands are few, and come in the order of their lengths. */
  #order(length: number): void {
    const { from, to, ways } = this;
    for (let band = 1; band < this.count; band++) {
      const [first, last, way] = [from[band] as number, to[band] as number, ways[band] as number];
      const distance = Math.max(0, first - length, length - last);
      let at = band;
      for (; at > 0 && Math.max(0, (from[at - 1] as number) - length, length - (to[at - 1] as number)) > distance; at--) {
        from[at] = from[at - 1] as number;
        to[at] = to[at - 1] as number;
        ways[at] = ways[at - 1] as number;
      }
      from[at] = first;
      to[at] = last;
      ways[at] = way;
    }
  }
}
