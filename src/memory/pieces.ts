/**
 * Which characters and pairs of a query to look up, so that no text within the distance can be missed.
 *
 * Method: the pigeonhole principle. One edit harms at most one of several pieces of the query that do not overlap, so a
 * text within distance d still holds at least one of any d + 1 such pieces. Pieces are single characters or pairs; the
 * cheapest d + 1 are found by dynamic programming over the query, in long queries by taking the rarest pairs first.
 * For texts longer than the query by x, at least x edits are insertions, which harm no single character: any characters
 * that make up d - x + 1 of the query's places will do, and the rarest are taken.
 * Guarantee: the pieces chosen do not overlap, and there are as many as were asked for when `costOfPieces` is finite.
 * Cost: O(query * pieces) up to SMALL_TABLE cells, then O(query * log query). All buffers are kept for the next query.
 */

/** Cells of the table of costs, up to which the cheapest pieces are looked for; some 10 microseconds. */
const SMALL_TABLE = 8192;
/** Orders up to this many are made by insertion, which is quicker than a call of `sort`. */
const FEW = 40;
/** Room for the number of a list beside its cost in one number: 2 ** 24 lists, costs below 2 ** 28. */
const LISTS = 0x1000000;

function room<T extends Float64Array | Int32Array>(array: T, length: number): T {
  return length <= array.length ? array : new (array.constructor as new (size: number) => T)(length * 2);
}

/** Sorts the first numbers, ascending. */
function sortFirst(numbers: Float64Array, count: number): void {
  if (count > FEW) {
    numbers.subarray(0, count).sort();
    return;
  }
  for (let end = 1; end < count; end++) {
    const moved = numbers[end] as number;
    let at = end;
    for (; at > 0 && (numbers[at - 1] as number) > moved; at--) numbers[at] = numbers[at - 1] as number;
    numbers[at] = moved;
  }
}

export class PiecePlan {
  /** Places of the query that are planned with. */
  length = 0;
  /** The posting list of each place's character and its number of texts; list 0 is of no text. */
  lists = new Int32Array(64);
  costs = new Float64Array(64);
  /** The same for the pair of a place and the next one. */
  pairLists = new Int32Array(64);
  pairCosts = new Float64Array(64);
  /** Distinct characters, rarest first: their lists, costs, and how many places of the query come before them. */
  characterCount = 0;
  characterLists = new Int32Array(64);
  characterCosts = new Float64Array(64);
  characterBefore = new Int32Array(64);
  /** Chosen pieces, cheapest first: `list` of a character, `~bucket` of a pair. */
  pieceCount = 0;
  pieceLists = new Int32Array(64);
  pieceCosts = new Float64Array(64);
  #rows = 0;
  #isTable = false;
  /** Row `count`, column `end`: cheapest `count` pieces among the first `end` places. */
  #table = new Float64Array(1024);
  /** Cost of the characters that are needed for so many places. */
  #sums = new Float64Array(64);
  #keys = new Float64Array(64);
  /** Of a long query: all pieces that were taken, rarest pairs first, and the sum of their costs up to each. */
  #taken = new Int32Array(64);
  #takenSums = new Float64Array(64);

  /** Makes room for a query; the caller fills `lists`, `costs`, `pairLists` and `pairCosts`. */
  start(length: number): void {
    this.length = length;
    if (length <= this.lists.length) return;
    this.lists = room(this.lists, length);
    this.costs = room(this.costs, length);
    this.pairLists = room(this.pairLists, length);
    this.pairCosts = room(this.pairCosts, length);
    this.characterLists = room(this.characterLists, length);
    this.characterCosts = room(this.characterCosts, length);
    this.characterBefore = room(this.characterBefore, length);
    this.pieceLists = room(this.pieceLists, length);
    this.pieceCosts = room(this.pieceCosts, length);
    this.#sums = room(this.#sums, length + 1);
    this.#keys = room(this.#keys, length);
    this.#taken = room(this.#taken, length);
    this.#takenSums = room(this.#takenSums, length + 1);
  }

  /** Plans for up to `most` pieces. */
  plan(most: number): void {
    this.#rows = Math.min(most, this.length);
    this.#isTable = (this.#rows + 1) * (this.length + 1) <= SMALL_TABLE;
    if (this.#isTable) this.#fillTable();
    else this.#takeRarest();
    this.#orderCharacters();
  }

  #fillTable(): void {
    const { length, costs, pairCosts } = this;
    const width = length + 1;
    const rows = this.#rows;
    this.#table = room(this.#table, (rows + 1) * width);
    const table = this.#table;
    table.fill(0, 0, width);
    for (let count = 1; count <= rows; count++) {
      const row = count * width;
      const above = row - width;
      let best = Infinity;
      // Fewer places than pieces: read by the next row.
      table[row + count - 1] = Infinity;
      for (let end = count; end <= length; end++) {
        const single = (table[above + end - 1] as number) + (costs[end - 1] as number);
        if (single < best) best = single;
        if (end >= 2) {
          const pair = (table[above + end - 2] as number) + (pairCosts[end - 2] as number);
          if (pair < best) best = pair;
        }
        table[row + end] = best;
      }
    }
  }

  /** Takes the rarest pairs that do not overlap, then the rarest characters that are left. */
  #takeRarest(): void {
    const { length, costs, pairCosts } = this;
    const isFree = new Uint8Array(length).fill(1);
    const keys = this.#keys;
    let count = 0;
    for (let at = 0; at + 1 < length; at++) keys[at] = (pairCosts[at] as number) * LISTS + at;
    sortFirst(keys, length - 1);
    for (let order = 0; order + 1 < length && count < this.#rows; order++) {
      const at = (keys[order] as number) % LISTS;
      if (isFree[at] === 0 || isFree[at + 1] === 0) continue;
      isFree[at] = isFree[at + 1] = 0;
      this.#taken[count++] = ~at;
    }
    let left = 0;
    for (let at = 0; at < length; at++) if (isFree[at] === 1) keys[left++] = (costs[at] as number) * LISTS + at;
    sortFirst(keys, left);
    for (let order = 0; order < left && count < this.#rows; order++) this.#taken[count++] = (keys[order] as number) % LISTS;
    this.#rows = count;
    for (let at = 0; at < count; at++) {
      const place = this.#taken[at] as number;
      const cost = (place < 0 ? pairCosts[~place] : costs[place]) as number;
      this.#takenSums[at + 1] = (this.#takenSums[at] as number) + cost;
    }
  }

  #orderCharacters(): void {
    const { length, lists, costs, characterLists, characterCosts, characterBefore } = this;
    const keys = this.#keys;
    for (let at = 0; at < length; at++) keys[at] = (costs[at] as number) * LISTS + (lists[at] as number);
    sortFirst(keys, length);
    const sums = this.#sums;
    let count = 0;
    let sum = 0;
    let before = -1;
    for (let at = 0; at < length; at++) {
      const key = keys[at] as number;
      if (key !== before) {
        before = key;
        const list = key % LISTS;
        characterLists[count] = list;
        characterCosts[count] = (key - list) / LISTS;
        characterBefore[count++] = at;
        sum += (key - list) / LISTS;
      }
      sums[at + 1] = sum;
    }
    this.characterCount = count;
  }

  /** Cost of the cheapest `count` pieces that do not overlap; Infinity when the query has no room for them. */
  costOfPieces(count: number): number {
    if (count > this.#rows) return Infinity;
    return (this.#isTable ? this.#table[count * (this.length + 1) + this.length] : this.#takenSums[count]) as number;
  }

  /** Cost of the rarest characters that make up at least `places` of the query. */
  costOfCharacters(places: number): number {
    if (places > this.length) return Infinity;
    return places <= 0 ? 0 : (this.#sums[places] as number);
  }

  /** Puts the cheapest `count` pieces into `pieceLists` and `pieceCosts`, cheapest first. */
  choosePieces(count: number): void {
    this.pieceCount = 0;
    if (this.#isTable) this.#choose(count);
    else for (let at = 0; at < count; at++) this.#addPiece(this.#taken[at] as number);
  }

  #choose(count: number): void {
    const table = this.#table;
    const width = this.length + 1;
    let end = this.length;
    for (let row = count * width; row > 0;) {
      const cost = table[row + end] as number;
      // Without this place it costs the same. Fewer places than pieces cost Infinity, so `end` stops in time.
      if (table[row + end - 1] === cost) {
        end--;
        continue;
      }
      const above = row - width;
      // A pair is as good as its rarer half for the same cost, and harder to meet elsewhere.
      if (end >= 2 && (table[above + end - 2] as number) + (this.pairCosts[end - 2] as number) === cost) {
        this.#addPiece(~(end - 2));
        end -= 2;
      } else {
        this.#addPiece(end - 1);
        end--;
      }
      row = above;
    }
  }

  /** A place, or ~place of a pair. Kept in the order of costs. */
  #addPiece(place: number): void {
    const { pieceLists, pieceCosts } = this;
    const isPair = place < 0;
    const cost = (isPair ? this.pairCosts[~place] : this.costs[place]) as number;
    let at = this.pieceCount++;
    for (; at > 0 && (pieceCosts[at - 1] as number) > cost; at--) {
      pieceCosts[at] = pieceCosts[at - 1] as number;
      pieceLists[at] = pieceLists[at - 1] as number;
    }
    pieceCosts[at] = cost;
    pieceLists[at] = isPair ? ~(this.pairLists[~place] as number) : (this.lists[place] as number);
  }
}
