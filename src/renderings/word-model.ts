/**
 * What the units themselves teach about words: t(e|f), with the dictionary as prior.
 *
 * Method: IBM model 1 (Brown et al. 1993), 5 rounds, maximum a posteriori with the dictionary's distribution as pseudo
 * counts, each link times the prior of its place (pieces.ts). Constants: docs/renderings.md.
 * The rounds go kind by kind: a kind's row is spread over a dense array, so that a link costs one look-up and no
 * hashing. With the model come three sums for every word, so that the links of one term need only its own tokens.
 * Guarantee: deterministic. Cost: O(rounds × pairs of tokens that meet in a unit); 8 bytes for each pair of kinds that meet.
 */
import { createLookup } from "../alignment/translations.ts";
import type { Lexicon, SparseRows } from "../alignment/lexicon.ts";
import type { ChineseSide } from "./chinese-side.ts";
import { WORD } from "./english-side.ts";
import type { EnglishSide } from "./english-side.ts";
import { ELSEWHERE, NEARNESS } from "./pieces.ts";
import type { Places } from "./pieces.ts";

export type WordModel = {
  /** Row f: links e with t(e|f). */
  readonly rows: SparseRows;
  /** Share of each link among the linked words. */
  readonly shares: Float64Array;
  /** Word → what speaks for it in its unit, all tokens and the empty word together. */
  readonly explained: Float32Array;
  /** Word → mass of all tokens that lands on it, when each token shares its mass over the words of the unit. */
  readonly landed: Float32Array;
  /** Token → by what its reverse links are divided. */
  readonly spread: Float32Array;
};

export type WordModelInput = {
  readonly chinese: ChineseSide;
  readonly english: EnglishSide;
  readonly chinesePlaces: Places;
  readonly englishPlaces: Places;
  readonly lexicon: Lexicon | undefined;
  /** Units from here on are approved pairs: what they teach counts so many times. */
  readonly firstTaught: number;
  readonly report: (round: number, rounds: number) => void;
};

const ROUNDS = 5;
const PRIOR = 8;
const CHARACTER_PRIOR = 4.8;
const DISCOUNT = 0.05;
const NULL_SHARE = 0.2;
const START_SHARE = 0.3;
const TAUGHT = 4;
/** A translation less likely than this is forgotten. */
const WEAKEST = 1e-5;
/** A kind in so many units is a function word in disguise: its row costs the most and says the least. */
const SHARED_LINK = 0.9;
/** Half of a reverse link that would be worth nothing by itself. */
const SPREAD_FLOOR = 0.6;
const SHARE_FLOOR = 3e-4;

/** t·place / p(e), a hundredth of it: how much more a word is expected than anywhere. */
export function weighReverse(t: number, nearness: number, share: number): number {
  return (t * nearness) / (share + SHARE_FLOOR) / 100;
}

export function massOf(side: ChineseSide, token: number): number {
  const kind = side.kinds[token] as number;
  return (side.kindWeights[kind] as number) * ((side.tos[token] as number) - (side.froms[token] as number));
}

export function learnWords(input: WordModelInput): WordModel {
  const { chinese, english } = input;
  const linkCount = english.linkIds.size;
  const shares = countShares(english, linkCount);
  const prior = readPrior(input);
  const tokenUnits = numberUnits(chinese.starts);
  const order = orderByKind(chinese);
  const rows = gatherRows({ chinese, english, order, tokenUnits, linkCount });
  const dense = new Float32Array(linkCount);
  const model = { rows, shares, explained: new Float32Array(english.links.length) };
  startRows(rows, { prior, shares, dense });
  const pass: Pass = { ...input, order, tokenUnits, dense, counts: new Float64Array(linkCount) };
  for (let round = 0; round < ROUNDS; round++) {
    explainWords(pass, model);
    countLinks(pass, { ...model, prior, discount: round === 0 ? 0 : DISCOUNT });
    input.report(round + 1, ROUNDS);
  }
  explainWords(pass, model);
  return { ...model, rows: dropWeak(rows), ...sumReverse(pass, model) };
}

function countShares(english: EnglishSide, linkCount: number): Float64Array {
  const counts = new Float64Array(linkCount);
  let total = 0;
  for (const link of english.links) {
    if (link < 0) continue;
    counts[link] = (counts[link] as number) + 1;
    total++;
  }
  return counts.map((count) => count / Math.max(1, total));
}

/** Kind → links the dictionary knows for it, of those that occur. */
function readPrior({ chinese, english, lexicon }: WordModelInput): readonly (readonly (readonly [number, number])[])[] {
  const names = [...english.linkIds.keys()];
  const kinds = names.map((text) => ({ text, anchor: "dictionary" as const, weight: 1 }));
  const look = lexicon && createLookup(lexicon, { kinds });
  const stemOf = new Map<number, number>();
  if (lexicon) {
    names.forEach((text, link) => {
      const stem = lexicon.stems.get(text);
      if (stem !== undefined) stemOf.set(stem, link);
    });
  }
  return chinese.kindNames.map((name) => {
    const row: [number, number][] = [];
    const shared = (text: string): void => {
      const link = english.linkIds.get(text);
      if (link !== undefined) row.push([link, SHARED_LINK]);
    };
    if (name.startsWith("c:")) {
      const at = lexicon?.characters.get(name.slice(2));
      if (lexicon && at !== undefined) {
        const { starts, columns, weights } = lexicon.characterGlosses;
        for (let next = starts[at] as number; next < (starts[at + 1] as number); next++) {
          const link = stemOf.get(columns[next] as number);
          if (link !== undefined) row.push([link, weights[next] as number]);
        }
      }
    } else if (name.startsWith("#")) shared(name);
    else if (name.startsWith("@")) shared(name.slice(1));
    else if (name.startsWith("~")) for (const link of english.names.get(name.slice(1)) ?? []) row.push([link, SHARED_LINK]);
    else look?.(name, (link, t) => row.push([link, t]));
    return row;
  });
}

function numberUnits(starts: Uint32Array): Uint32Array {
  const units = new Uint32Array(starts.at(-1) ?? 0);
  for (let unit = 0; unit + 1 < starts.length; unit++) units.fill(unit, starts[unit], starts[unit + 1]);
  return units;
}

type Order = { readonly starts: Uint32Array; readonly tokens: Uint32Array };

function orderByKind({ kinds, kindNames }: ChineseSide): Order {
  const starts = new Uint32Array(kindNames.length + 1);
  for (const kind of kinds) starts[kind + 1] = (starts[kind + 1] as number) + 1;
  for (let kind = 0; kind < kindNames.length; kind++) starts[kind + 1] = (starts[kind + 1] as number) + (starts[kind] as number);
  const next = starts.slice();
  const tokens = new Uint32Array(kinds.length);
  kinds.forEach((kind, token) => {
    const place = next[kind] as number;
    tokens[place] = token;
    next[kind] = place + 1;
  });
  return { starts, tokens };
}

type Meeting = {
  readonly chinese: ChineseSide;
  readonly english: EnglishSide;
  readonly order: Order;
  readonly tokenUnits: Uint32Array;
  readonly linkCount: number;
};

/** For each kind the links that stand in one of its units. Counted first, then filled, so that nothing grows. */
function gatherRows({ chinese, english, order, tokenUnits, linkCount }: Meeting): SparseRows {
  const kindCount = chinese.kindNames.length;
  const stamps = new Int32Array(linkCount).fill(-1);
  const starts = new Uint32Array(kindCount + 1);
  const visit = (kind: number, stamp: number, meet: (link: number) => void): void => {
    let lastUnit = -1;
    for (let at = order.starts[kind] as number; at < (order.starts[kind + 1] as number); at++) {
      const unit = tokenUnits[order.tokens[at] as number] as number;
      if (unit === lastUnit) continue;
      lastUnit = unit;
      for (let word = english.starts[unit] as number; word < (english.starts[unit + 1] as number); word++) {
        const link = english.links[word] as number;
        if (link < 0 || stamps[link] === stamp) continue;
        stamps[link] = stamp;
        meet(link);
      }
    }
  };
  for (let kind = 0; kind < kindCount; kind++) {
    let size = 0;
    visit(kind, kind, () => size++);
    starts[kind + 1] = (starts[kind] as number) + size;
  }
  const columns = new Uint32Array(starts[kindCount] as number);
  stamps.fill(-1);
  let size = 0;
  for (let kind = 0; kind < kindCount; kind++) {
    visit(kind, kind, (link) => {
      columns[size++] = link;
    });
  }
  return { starts, columns, weights: new Float32Array(columns.length) };
}

type Prior = ReturnType<typeof readPrior>;

function startRows(
  rows: SparseRows,
  { prior, shares, dense }: { readonly prior: Prior; readonly shares: Float64Array; readonly dense: Float32Array },
): void {
  for (let kind = 0; kind + 1 < rows.starts.length; kind++) {
    for (const [link, t] of prior[kind] ?? []) dense[link] = (dense[link] as number) + t;
    for (let at = rows.starts[kind] as number; at < (rows.starts[kind + 1] as number); at++) {
      const link = rows.columns[at] as number;
      rows.weights[at] = (dense[link] as number) + START_SHARE * (shares[link] as number);
    }
    for (const [link] of prior[kind] ?? []) dense[link] = 0;
  }
}

type Pass = WordModelInput & {
  readonly order: Order;
  readonly tokenUnits: Uint32Array;
  /** Link → t of the kind at hand; all zero in between. */
  readonly dense: Float32Array;
  readonly counts: Float64Array;
};

/** Calls for every pair of a token of the kind and a linked word of its unit that may be its translation. */
function eachLink(
  pass: Pass,
  rows: SparseRows,
  visit: { readonly kind: number; readonly meet: (token: number, word: number, t: number, nearness: number) => void },
): void {
  const { chinesePlaces, englishPlaces, english, dense, order, tokenUnits } = pass;
  const { kind, meet } = visit;
  const rowEnd = rows.starts[kind + 1] as number;
  for (let at = rows.starts[kind] as number; at < rowEnd; at++) dense[rows.columns[at] as number] = rows.weights[at] as number;
  for (let at = order.starts[kind] as number; at < (order.starts[kind + 1] as number); at++) {
    const token = order.tokens[at] as number;
    const unit = tokenUnits[token] as number;
    const step = chinesePlaces.steps[token] as number;
    const piece = chinesePlaces.pieces[token] as number;
    for (let word = english.starts[unit] as number; word < (english.starts[unit + 1] as number); word++) {
      const link = english.links[word] as number;
      if (link < 0) continue;
      const t = dense[link] as number;
      if (t === 0) continue;
      const nearness =
        englishPlaces.pieces[word] === piece
          ? (NEARNESS[Math.abs(step - (englishPlaces.steps[word] as number))] as number)
          : ELSEWHERE;
      meet(token, word, t, nearness);
    }
  }
  for (let at = rows.starts[kind] as number; at < rowEnd; at++) dense[rows.columns[at] as number] = 0;
}

type Model = { readonly rows: SparseRows; readonly shares: Float64Array; readonly explained: Float32Array };

function explainWords(pass: Pass, { rows, shares, explained }: Model): void {
  const { links } = pass.english;
  links.forEach((link, word) => {
    explained[word] = link < 0 ? 1 : NULL_SHARE * (shares[link] as number);
  });
  for (let kind = 0; kind + 1 < rows.starts.length; kind++) {
    const weight = pass.chinese.kindWeights[kind] as number;
    eachLink(pass, rows, {
      kind,
      meet: (_token, word, t, nearness) => {
        explained[word] = (explained[word] as number) + weight * t * nearness;
      },
    });
  }
}

function countLinks(
  pass: Pass,
  { rows, explained, prior, discount }: Model & { readonly prior: Prior; readonly discount: number },
): void {
  const { counts, chinese, english, tokenUnits, firstTaught } = pass;
  for (let kind = 0; kind + 1 < rows.starts.length; kind++) {
    const weight = chinese.kindWeights[kind] as number;
    let total = 0;
    eachLink(pass, rows, {
      kind,
      meet: (token, word, t, nearness) => {
        const times = (tokenUnits[token] as number) < firstTaught ? weight : weight * TAUGHT;
        const count = (times * t * nearness) / (explained[word] as number);
        const link = english.links[word] as number;
        counts[link] = (counts[link] as number) + count;
        total += count;
      },
    });
    const strength = (chinese.kindNames[kind] ?? "").startsWith("c:") ? CHARACTER_PRIOR : PRIOR;
    for (let at = rows.starts[kind] as number; at < (rows.starts[kind + 1] as number); at++) {
      const link = rows.columns[at] as number;
      rows.weights[at] = Math.max(0, (counts[link] as number) - discount);
      counts[link] = 0;
    }
    const known = prior[kind] ?? [];
    for (const [link, t] of known) counts[link] = (counts[link] as number) + strength * t;
    for (let at = rows.starts[kind] as number; at < (rows.starts[kind + 1] as number); at++) {
      const link = rows.columns[at] as number;
      rows.weights[at] = ((rows.weights[at] as number) + (counts[link] as number)) / (total + strength + 1);
    }
    for (const [link] of known) counts[link] = 0;
  }
}

function dropWeak(rows: SparseRows): SparseRows {
  const starts = new Uint32Array(rows.starts.length);
  let size = 0;
  for (let kind = 0; kind + 1 < rows.starts.length; kind++) {
    for (let at = rows.starts[kind] as number; at < (rows.starts[kind + 1] as number); at++) {
      if ((rows.weights[at] as number) <= WEAKEST) continue;
      rows.columns[size] = rows.columns[at] as number;
      rows.weights[size++] = rows.weights[at] as number;
    }
    starts[kind + 1] = size;
  }
  return { starts, columns: rows.columns.slice(0, size), weights: rows.weights.slice(0, size) };
}

function sumReverse(pass: Pass, { rows, shares }: Model): Pick<WordModel, "landed" | "spread"> {
  const { chinese, english } = pass;
  const spread = new Float32Array(chinese.kinds.length).fill(SPREAD_FLOOR);
  const landed = new Float32Array(english.links.length);
  for (let kind = 0; kind + 1 < rows.starts.length; kind++) {
    eachLink(pass, rows, {
      kind,
      meet: (token, word, t, nearness) => {
        if (((english.flags[word] as number) & WORD.function) !== 0) return;
        spread[token] = (spread[token] as number) + weighReverse(t, nearness, shares[english.links[word] as number] as number);
      },
    });
  }
  for (let kind = 0; kind + 1 < rows.starts.length; kind++) {
    eachLink(pass, rows, {
      kind,
      meet: (token, word, t, nearness) => {
        const reverse = weighReverse(t, nearness, shares[english.links[word] as number] as number);
        landed[word] = (landed[word] as number) + (massOf(chinese, token) * reverse) / (spread[token] as number);
      },
    });
  }
  return { landed, spread };
}
