/**
 * The English texts of all units as numbered words.
 *
 * A word has a link (its stem, or the value of the number it begins) by which the word model knows it, and a form (its
 * lower-case singular) by which wordings are grouped. Function words have no link. What stands between two words is a set
 * of marks, so that wordings can be kept inside a clause without looking at the text again.
 * Cost: O(length).
 */
import { findWords, stemWord } from "../text/english.ts";
import { findNumbers } from "../text/numbers.ts";
import { toNameKey } from "../text/pinyin.ts";

/** What is known of a word by its look. */
export const WORD = {
  function: 1,
  capital: 2,
  acronym: 4,
  number: 8,
  article: 16,
  adverb: 32,
  gerund: 64,
  participle: 128,
  of: 256,
  /** First of a sentence: its capital says nothing. */
  opening: 512,
  adjective: 1024,
  noun: 2048,
  and: 4096,
  /** What a verb follows: "to", an auxiliary, a pronoun. */
  verbal: 8192,
} as const;

/** Marks between a word and the one before it. */
export const GAP = { stop: 1, comma: 2, open: 4, close: 8, slash: 16, hyphen: 32, quote: 64 } as const;

export type EnglishSide = {
  /** Unit u has words starts[u] … starts[u + 1). */
  readonly starts: Uint32Array;
  /** Number of the link, −1 for function words. */
  readonly links: Int32Array;
  readonly forms: Int32Array;
  readonly froms: Uint32Array;
  readonly tos: Uint32Array;
  readonly flags: Uint16Array;
  readonly gaps: Uint8Array;
  readonly linkIds: ReadonlyMap<string, number>;
  readonly formCount: number;
  /** Name in pinyin → links of the words that spell it. */
  readonly names: ReadonlyMap<string, readonly number[]>;
};

const FUNCTION_WORDS = new Set(
  `a an the of in on at to for from by with and or nor but as than that this these those which who whom whose what when where while
  is are was were be been being am has have had having do does did done will would shall should can could may might must not no
  it its they them their theirs he him his she her we us our ours you your i me my there here such also both either neither each
  any some all so if then into onto upon within without through throughout during before after since until till between among
  amid about above below over under against toward towards via per up down out off however therefore thus hence because
  although though whether well very more most much many other others own same only even just still yet too further again once
  s t d ll re ve including respectively one's`.split(/\s+/u),
);
const VERBAL = new Set(
  "to will would can could may might should must shall not also has have had having is are was were be been being it they we he she who which that".split(
    " ",
  ),
);
const ADJECTIVE = /(?:al|ive|ic|ous|able|ible|ful|less|ary|ent|ant)$/u;
const NOUN = /(?:tion|sion|ment|ity|ness|ance|ence|ship|ism|ure|or|er|cy)s?$/u;
/** A stop after these, or after a single capital, ends no sentence. */
const ABBREVIATION = /^(?:\p{Lu}|No|Nos|Mr|Mrs|Ms|Dr|St|Prof|Gen|Vol|Art|Sec|Inc|Ltd|Co|Corp|Jr|Sr|vs|cf|pp|para|eg|ie)$/u;
const HYPHEN = /^[-‐‑–]$/u;

/** Is the word, by itself, one that says nothing (the, of, would)? */
export function isFunctionWord(word: string): boolean {
  return FUNCTION_WORDS.has(word.toLowerCase());
}

function look(word: string, small: string, glued: boolean): number {
  let flags = 0;
  const capitals = word.match(/\p{Lu}/gu)?.length ?? 0;
  if (/^\p{Lu}/u.test(word)) flags |= WORD.capital;
  if (capitals >= 2) flags |= WORD.acronym | WORD.capital;
  if (/^\p{Nd}/u.test(word)) flags |= WORD.number;
  // US and IT are names, and a part of a compound (on-site) is no function word.
  if (!glued && capitals < 2 && FUNCTION_WORDS.has(small)) flags |= WORD.function;
  if (small === "the" || small === "a" || small === "an") flags |= WORD.article;
  if (small === "of") flags |= WORD.of;
  if (VERBAL.has(small)) flags |= WORD.verbal;
  if (small === "and") flags |= WORD.and;
  if (small.length > 4 && small.endsWith("ly")) flags |= WORD.adverb;
  else if (small.length > 4 && small.endsWith("ing")) flags |= WORD.gerund;
  else if (small.length > 3 && small.endsWith("ed")) flags |= WORD.participle;
  else if (small.length > 4 && ADJECTIVE.test(small)) flags |= WORD.adjective;
  else if (small.length > 4 && NOUN.test(small)) flags |= WORD.noun;
  return flags;
}

function readGap(gap: string, before: string): number {
  if (HYPHEN.test(gap)) return GAP.hyphen;
  let marks = 0;
  const closed = ABBREVIATION.test(before) ? gap.replace(/^\./u, "") : gap;
  if (/[;:?!。；：\n]|\.(?=\s|$)|^\s*[•●▪]/u.test(closed)) marks |= GAP.stop;
  if (/[,，、—–]|\s-\s/u.test(gap)) marks |= GAP.comma;
  if (/[([{（]/u.test(gap)) marks |= GAP.open;
  if (/[)\]}）]/u.test(gap)) marks |= GAP.close;
  if (gap.includes("/")) marks |= GAP.slash;
  if (/["“”«»„]|^[’'‘]\s|\s[’'‘]$/u.test(gap)) marks |= GAP.quote;
  return marks;
}

/** Singular, small letters, without a possessive. */
export function foldForm(word: string): string {
  const small = word.toLowerCase().replace(/['’]s?$/u, "");
  if (small.length > 4 && small.endsWith("ies")) return `${small.slice(0, -3)}y`;
  if (small.length > 4 && /(?:s|x|ch|sh)es$/u.test(small)) return small.slice(0, -2);
  if (small.length > 3 && /[^su]s$/u.test(small)) return small.slice(0, -1);
  return small;
}

class Numbering {
  readonly ids = new Map<string, number>();
  of(text: string): number {
    const known = this.ids.get(text);
    if (known !== undefined) return known;
    this.ids.set(text, this.ids.size);
    return this.ids.size - 1;
  }
}

export function readEnglish(texts: readonly string[]): EnglishSide {
  const links = new Numbering();
  // Form 0 stands between units.
  const forms = new Numbering();
  forms.of("\n");
  const names = new Map<string, Set<number>>();
  const columns: { links: number[]; forms: number[]; froms: number[]; tos: number[]; flags: number[]; gaps: number[] } = {
    links: [],
    forms: [],
    froms: [],
    tos: [],
    flags: [],
    gaps: [],
  };
  const starts = new Uint32Array(texts.length + 1);
  texts.forEach((text, unit) => {
    const words = findWords(text);
    const values = new Map(findNumbers(text, "en").map((mention) => [mention.start, mention.value]));
    let end = 0;
    words.forEach((word, at) => {
      const gap = text.slice(end, word.start);
      const marks = readGap(gap, words[at - 1]?.text ?? "") | (at === 0 ? GAP.stop : 0);
      end = word.end;
      const glued = HYPHEN.test(gap) || HYPHEN.test(text.slice(word.end, words[at + 1]?.start ?? word.end));
      let flags = look(word.text, word.text.toLowerCase(), glued);
      if ((marks & GAP.stop) !== 0) flags |= WORD.opening;
      const value = values.get(word.start);
      const link = (flags & WORD.function) !== 0 ? -1 : links.of(value === undefined ? stemWord(word.text) : `#${value}`);
      if ((flags & (WORD.capital | WORD.acronym)) === WORD.capital) {
        const name = toNameKey(word.text);
        if (name !== undefined) names.set(name, (names.get(name) ?? new Set()).add(link));
      }
      columns.links.push(link);
      columns.forms.push(forms.of(foldForm(word.text)));
      columns.froms.push(word.start);
      columns.tos.push(word.end);
      columns.flags.push(flags);
      columns.gaps.push(marks);
    });
    starts[unit + 1] = columns.links.length;
  });
  return {
    starts,
    links: Int32Array.from(columns.links),
    forms: Int32Array.from(columns.forms),
    froms: Uint32Array.from(columns.froms),
    tos: Uint32Array.from(columns.tos),
    flags: Uint16Array.from(columns.flags),
    gaps: Uint8Array.from(columns.gaps),
    linkIds: links.ids,
    formCount: forms.ids.size,
    names: new Map([...names].map(([name, found]) => [name, [...found].filter((link) => link >= 0)])),
  };
}
