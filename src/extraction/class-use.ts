/**
 * Whether a wording without a telling word is a phrase or a name: by its form where four characters make an idiom, and
 * by its use: a clause of its own and adverbs in front tell of a phrase, verbs, 的 and prepositions in front of a name.
 * Without evidence it is a name: terms are many, phrases show themselves.
 * Cost: O(occurrences looked at); of frequent ones an even sample is looked at.
 */
import type { Candidate, Material } from "./candidates.ts";
import { NOUN_SUFFIXES, NOUN_VERBS, PHRASE_VERBS, TRANSCRIBING } from "./class-words.ts";
import { isClauseEnd } from "./corpus.ts";
import type { Scored } from "./score.ts";
import { FREE_KINDS, KIND } from "./words.ts";

/** A formulation as its words: text and kind of each, marks left out. */
export type Reading = {
  readonly key: string;
  readonly words: readonly string[];
  readonly kinds: readonly number[];
  readonly last: string;
};

/** Four characters of which none belongs to a word. */
export function isFourCharacters({ key, words }: Reading): boolean {
  return key.length === 4 && words.length === 4;
}

const SAMPLE = 60;
/** An idiom is a phrase unless it is used as a name in more than so large a part of its places. */
const IDIOM_SHARE = 0.6;
/** A clause of its own may as well be a line of a table or the answer to a question. */
const CLAUSE = 0.5;
/** Words behind which a predicate stands, and those behind which a noun does. */
const MODALS: ReadonlySet<string> = new Set("要 应 应当 必须 需要 将 能 能够 可以 不 没有 已 正在 更 并 而 来 去 就".split(" "));
const BEFORE_NOUNS: ReadonlySet<string> = new Set("的 把 对 为 以 将 在 从 由 向 与 是 有 这 该 各 每 等".split(" "));

export function standsAsPhrase(
  { corpus, words, copies, frequencyOf }: Material,
  { candidate }: Scored,
  reading: Reading,
): boolean {
  if (isTranscribed(reading.key)) return false;
  if (isSaying(reading)) return true;
  const isIdiomatic = isIdiom(reading, measureHalves({ frequencyOf }, candidate));
  if (!isIdiomatic && !mayBePhrase(reading)) return false;
  const { first, end, length } = candidate;
  const step = Math.max(1, Math.floor((end - first) / SAMPLE));
  let phrase = isIdiomatic ? 1 : 0;
  let name = 0;
  for (let i = first; i < end; i += step) {
    const start = corpus.suffixes[i] ?? 0;
    if (copies.counted[start] !== 1) continue;
    if (isIdiomatic) phrase += IDIOM_SHARE;
    const isOpening = start === 0 || isClauseEnd(corpus.codes[start - 1] ?? 0);
    const isClosing = isClauseEnd(corpus.codes[start + length] ?? 0);
    if (isOpening) {
      if (isClosing) phrase += isIdiomatic ? 1 : CLAUSE;
      continue;
    }
    const type = words.typeAt[start - 1] ?? 0;
    const kind = words.kinds[type] ?? 0;
    const word = words.types[type] ?? "";
    if ((kind & KIND.adverb) !== 0 || MODALS.has(word)) phrase++;
    else if ((kind & KIND.verb) !== 0 || BEFORE_NOUNS.has(word)) name++;
    if (!isClosing && ((words.kinds[words.typeAt[start + length] ?? 0] ?? 0) & FREE_KINDS) === 0) name += 0.5;
  }
  return phrase > name && phrase >= 1;
}

/** 伊丽莎白: three in four characters are those with which foreign names are written. */
function isTranscribed(key: string): boolean {
  const characters = [...key];
  return characters.length > 2 && characters.filter((one) => TRANSCRIBING.has(one)).length * 4 >= characters.length * 3;
}

/** 必由之路, 不拘小节, 千方百计: what only idioms of four characters look like. */
function isSaying({ key }: Reading): boolean {
  return /^(?:..之.|[不无莫勿毋]...|[一百千万].[一百千万].|.[一不无].[一不无])$/u.test(key);
}

/** How many times as often as the four characters their first half and their last half occur. */
type Halves = { readonly less: number; readonly more: number };

function measureHalves({ frequencyOf }: Pick<Material, "frequencyOf">, { start, length, distinct }: Candidate): Halves {
  if (length !== 4) return { less: 0, more: 0 };
  const first = frequencyOf(start, start + 2) / distinct;
  const last = frequencyOf(start + 2, start + 4) / distinct;
  return { less: Math.min(first, last), more: Math.max(first, last) };
}

/** Both halves live on their own: 财务|报表. */
const OFTEN = 3;

/**
 * Four characters are an idiom when the dictionary has them as one word and not both halves live on their own, or when
 * it does not divide them into two and two, unless a part is a common word (小微|企业) or makes a noun of the rest (核保护伞).
 */
function isIdiom({ key, words, last }: Reading, halves: Halves): boolean {
  if ([...key].length !== 4) return false;
  if (words.length === 1) return halves.less < OFTEN;
  if (words.length === 3) return halves.more < OFTEN && !NOUN_SUFFIXES.has(last);
  return words.length === 4;
}

/** Four characters of any kind, or something with a verb or an adverb in front. */
function mayBePhrase({ key, words, kinds }: Reading): boolean {
  if ([...key].length === 4) return true;
  return words.some((word, i) => {
    const kind = kinds[i] ?? 0;
    if (i === 0 && (kind & KIND.adverb) !== 0) return true;
    return !NOUN_VERBS.has(word) && ((kind & KIND.verb) !== 0 || PHRASE_VERBS.has(word));
  });
}
