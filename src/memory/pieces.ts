/**
 * Which characters and pairs of a query to look up, so that no text within the distance can be missed.
 *
 * Method: the pigeonhole principle. One edit harms at most one of several pieces of the query that do not overlap, so a
 * text within distance d still holds at least one of any d + 1 such pieces. Pieces are single characters or pairs; the
 * cheapest d + 1 are found by dynamic programming over the query. For texts longer than the query by x, at least x
 * edits are insertions, which harm no single character: any characters that make up d - x + 1 of the query's
 * places will do, and the rarest are taken.
 * Cost: O(query * pieces) time and memory.
 */

/** A piece: one posting list with its number of texts. Pairs have `pair`. */
export type Piece = { readonly list: number; readonly cost: number; readonly pair: boolean };

export type PiecePlanner = {
  /** Cost of the cheapest `count` pieces that do not overlap; Infinity when the query has no room for them. */
  readonly costOfPieces: (count: number) => number;
  /** Those pieces, cheapest first. */
  readonly choosePieces: (count: number) => Piece[];
  /** Cost of the rarest characters that make up at least `places` of the query. */
  readonly costOfCharacters: (places: number) => number;
  /** All distinct characters, rarest first, with the number of places of all before it. */
  readonly characters: readonly (Piece & { readonly before: number })[];
};

const NONE = 0;
const SINGLE = 1;
const PAIR = 2;

/** `singles[i]` is the character at place i, `pairs[i]` that character and the next one. */
export function planPieces(singles: readonly Piece[], pairs: readonly Piece[], most: number): PiecePlanner {
  const length = singles.length;
  const width = length + 1;
  const rows = Math.min(most, length);
  // costs[count * width + end]: cheapest `count` pieces among the first `end` places.
  const costs = new Float64Array((rows + 1) * width).fill(Infinity, width);
  const taken = new Uint8Array((rows + 1) * width);
  for (let count = 1; count <= rows; count++) {
    const row = count * width;
    for (let end = count; end <= length; end++) {
      let best = costs[row + end - 1] as number;
      let choice = NONE;
      const single = (costs[row - width + end - 1] as number) + (singles[end - 1] as Piece).cost;
      if (single < best) {
        best = single;
        choice = SINGLE;
      }
      if (end >= 2) {
        const pair = (costs[row - width + end - 2] as number) + (pairs[end - 2] as Piece).cost;
        // A pair is as good as its rarer half for the same cost, and harder to meet elsewhere.
        if (pair <= best && pair < Infinity) {
          best = pair;
          choice = PAIR;
        }
      }
      costs[row + end] = best;
      taken[row + end] = choice;
    }
  }

  const places = new Map<number, number>();
  for (const single of singles) places.set(single.list, (places.get(single.list) ?? 0) + 1);
  const distinct = new Map<number, Piece>();
  for (const single of singles) distinct.set(single.list, single);
  let before = 0;
  const characters = [...distinct.values()]
    .sort((one, other) => one.cost - other.cost)
    .map((piece) => {
      const entry = { ...piece, before };
      before += places.get(piece.list) ?? 0;
      return entry;
    });
  // characterCosts[p]: cost of the characters needed for p places.
  const characterCosts = new Float64Array(length + 1);
  let sum = 0;
  for (const [at, character] of characters.entries()) {
    sum += character.cost;
    characterCosts.fill(sum, character.before + 1, (characters[at + 1]?.before ?? length) + 1);
  }

  return {
    costOfPieces: (count) => (count <= rows ? (costs[count * width + length] as number) : Infinity),
    choosePieces(count) {
      const chosen: Piece[] = [];
      let row = count;
      let end = length;
      while (row > 0) {
        const choice = taken[row * width + end] as number;
        if (choice === NONE) end--;
        else {
          chosen.push((choice === PAIR ? pairs[end - 2] : singles[end - 1]) as Piece);
          end -= choice;
          row--;
        }
      }
      return chosen.sort((one, other) => one.cost - other.cost);
    },
    costOfCharacters: (count) => characterCosts[count] ?? Infinity,
    characters,
  };
}
