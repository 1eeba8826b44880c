/**
 * Everything about a set of aligned units that does not depend on the term asked for.
 *
 * Tokens of both sides, the word model learnt from them (word-model.ts), counts of English wordings (wordings.ts) and an
 * array of suffixes over the Chinese keys, in which a term is found by halving. Units are read once, in order.
 * Guarantee: deterministic; any text is accepted, an empty list of units too.
 * Cost: about 15 KB for a unit of 65 Chinese characters while it is built, half of it afterwards; see docs/renderings.md.
 */
import type { Lexicon } from "../alignment/lexicon.ts";
import type { ProgressReporter } from "../model/job.ts";
import type { AlignedUnit } from "../model/rendering.ts";
import { buildSuffixArray } from "../text/suffix-array.ts";
import { foldChinese, readChinese } from "./chinese-side.ts";
import type { ChineseKey, ChineseSide } from "./chinese-side.ts";
import { readEnglish } from "./english-side.ts";
import type { EnglishSide } from "./english-side.ts";
import { placeTokens } from "./pieces.ts";
import type { Places, UnitPiece } from "./pieces.ts";
import { learnWords } from "./word-model.ts";
import type { WordModel } from "./word-model.ts";
import { readHabits } from "./word-habits.ts";
import type { WordHabits } from "./word-habits.ts";
import { Wordings } from "./wordings.ts";

/** An approved term with its rendering: what it says about words holds for all terms. */
export type ApprovedPair = { readonly source: string; readonly target: string };

export type RenderingIndexOptions = {
  readonly lexicon?: Lexicon | undefined;
  readonly approvedPairs?: readonly ApprovedPair[] | undefined;
  /** Sentences of a unit that belong together, when somebody knows them. */
  readonly cutUnit?: ((unit: AlignedUnit) => readonly UnitPiece[]) | undefined;
  /** Called now and then; what it throws (a cancel) ends the work. */
  readonly report?: ProgressReporter | undefined;
};

export type RenderingIndex = {
  readonly units: readonly AlignedUnit[];
  readonly keys: readonly ChineseKey[];
  readonly chinese: ChineseSide;
  readonly english: EnglishSide;
  readonly chinesePlaces: Places;
  readonly englishPlaces: Places;
  readonly words: WordModel;
  readonly wordings: Wordings;
  readonly habits: WordHabits;
  /** All keys, a border after each, and the order of their suffixes. */
  readonly source: { readonly symbols: Int32Array; readonly suffixes: Int32Array; readonly unitStarts: Uint32Array };
  readonly approvedPairs: ReadonlyMap<string, ReadonlySet<string>>;
  readonly lexicon: Lexicon | undefined;
};

const REPORT_EVERY = 200;

export function buildRenderingIndex(given: Iterable<AlignedUnit>, options: RenderingIndexOptions = {}): RenderingIndex {
  const report = options.report ?? (() => undefined);
  const units = [...given];
  const pairs = options.approvedPairs ?? [];
  const taught = pairs.map((pair, at): AlignedUnit => ({ id: `approved ${at}`, ...pair }));
  const all = [...units, ...taught];
  report({ done: 0, total: 100, stage: "units" });
  const english = readEnglish(all.map((unit) => unit.target));
  report({ done: 10, total: 100, stage: "units" });
  const { side: chinese, keys } = readChinese(
    all.map((unit) => unit.source),
    { lexicon: options.lexicon, names: new Set(english.names.keys()) },
  );
  const { chinesePlaces, englishPlaces } = placeAll({ all, english, chinese, keys }, options);
  report({ done: 50, total: 100, stage: "words" });
  const words = learnWords({
    chinese,
    english,
    chinesePlaces,
    englishPlaces,
    lexicon: options.lexicon,
    firstTaught: units.length,
    report: (round, rounds) => report({ done: 50 + Math.round((40 * round) / rounds), total: 100, stage: "words" }),
  });
  const wordings = new Wordings(english, units.length);
  const source = orderKeys(keys.slice(0, units.length));
  report({ done: 100, total: 100, stage: "words" });
  const approvedPairs = new Map<string, Set<string>>();
  for (const { source: term, target } of pairs) {
    const { key } = foldChinese(term);
    approvedPairs.set(key, (approvedPairs.get(key) ?? new Set()).add(target));
  }
  return {
    units,
    keys,
    chinese,
    english,
    chinesePlaces,
    englishPlaces,
    words,
    wordings,
    habits: readHabits(english),
    source,
    approvedPairs,
    lexicon: options.lexicon,
  };
}

type Sides = {
  readonly all: readonly AlignedUnit[];
  readonly english: EnglishSide;
  readonly chinese: ChineseSide;
  readonly keys: readonly ChineseKey[];
};

function placeAll(
  { all, english, chinese, keys }: Sides,
  { cutUnit, report }: RenderingIndexOptions,
): { readonly chinesePlaces: Places; readonly englishPlaces: Places } {
  const makePlaces = (size: number): Places => ({ steps: new Uint8Array(size), pieces: new Uint8Array(size) });
  const chinesePlaces = makePlaces(chinese.kinds.length);
  const englishPlaces = makePlaces(english.links.length);
  all.forEach((unit, at) => {
    if (at % REPORT_EVERY === 0) report?.({ done: 20 + Math.floor((30 * at) / all.length), total: 100, stage: "units" });
    const pieces = cutUnit?.(unit) ?? [];
    const key = keys[at];
    if (!key) return;
    const length = key.key.length;
    placeTokens(
      chinesePlaces,
      { first: chinese.starts[at] as number, end: chinese.starts[at + 1] as number, froms: chinese.froms, length },
      pieces.map(({ source }) => ({ start: placeInKey(key, source.start), end: placeInKey(key, source.end) })),
    );
    placeTokens(
      englishPlaces,
      {
        first: english.starts[at] as number,
        end: english.starts[at + 1] as number,
        froms: english.froms,
        length: unit.target.length,
      },
      pieces.map(({ target }) => target),
    );
  });
  return { chinesePlaces, englishPlaces };
}

/** The first unit of the key that comes from the original at `offset` or later. */
function placeInKey({ starts }: ChineseKey, offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] as number) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function orderKeys(keys: readonly ChineseKey[]): RenderingIndex["source"] {
  const unitStarts = new Uint32Array(keys.length + 1);
  keys.forEach(({ key }, at) => {
    unitStarts[at + 1] = (unitStarts[at] as number) + key.length + 1;
  });
  const symbols = new Int32Array(unitStarts[keys.length] as number);
  keys.forEach(({ key }, unit) => {
    const start = unitStarts[unit] as number;
    for (let at = 0; at < key.length; at++) symbols[start + at] = key.charCodeAt(at) + 1;
  });
  return { symbols, suffixes: buildSuffixArray(symbols, 0x10001), unitStarts };
}
