/**
 * A bilingual lexicon as the aligner reads it: Chinese headwords and characters with the English stems they become.
 *
 * Three sparse matrices in compressed rows: headword → stem (from the glosses), character → stem (learnt from
 * headwords and glosses), stem → stem (synonyms that share headwords). Typed arrays, so that a lexicon of 115,000
 * headwords loads in a fraction of a second and is handed to a worker without parsing.
 */

/** Row r holds columns[starts[r]..starts[r + 1]) with their weights. */
export type SparseRows = {
  readonly starts: Uint32Array;
  readonly columns: Uint32Array;
  readonly weights: Float32Array;
};

export type Lexicon = {
  /** Headword → row of `glosses`. */
  readonly headwords: ReadonlyMap<string, number>;
  /** Character → row of `characterGlosses`. */
  readonly characters: ReadonlyMap<string, number>;
  /** Stem → column, and row of `synonyms`. */
  readonly stems: ReadonlyMap<string, number>;
  /** Share of a headword's meaning that a stem carries; a row sums to 1. */
  readonly glosses: SparseRows;
  readonly characterGlosses: SparseRows;
  readonly synonyms: SparseRows;
  /** How often a stem occurs in glosses, as a share of all; stands in for its frequency in texts not yet seen. */
  readonly stemShares: Float32Array;
};

/** What a lexicon is built from: a headword in simplified characters and its senses, commonest first. */
export type LexiconEntry = { readonly headword: string; readonly senses: readonly string[] };

/** Gathers rows given in order. */
export function packRows(rows: readonly (readonly (readonly [number, number])[])[]): SparseRows {
  const size = rows.reduce((sum, row) => sum + row.length, 0);
  const starts = new Uint32Array(rows.length + 1);
  const columns = new Uint32Array(size);
  const weights = new Float32Array(size);
  let at = 0;
  rows.forEach((row, index) => {
    for (const [column, weight] of row) {
      columns[at] = column;
      weights[at] = weight;
      at++;
    }
    starts[index + 1] = at;
  });
  return { starts, columns, weights };
}
