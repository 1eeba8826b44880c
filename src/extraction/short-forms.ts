/**
 * Names of one thing: a full name and the short form made from the first characters of its words, 世界卫生组织 /
 * 世卫组织, 疾病预防控制中心 / 疾控中心; through a common short form also full names that differ in a word that fell
 * away over time (新型冠状病毒感染的肺炎 / 新型冠状病毒肺炎, both 新冠肺炎).
 *
 * Method: each word of the full name gives the whole word, its first character, or its first and last; the short form
 * begins with the first word's, ends with the last word's and holds at least two cut words; both stand in one document,
 * or the full name is much longer.
 * Guarantee: no entry is folded: each may have its own rendering, and its own time. Of several full names with as few
 * words left out none is preferred by chance: the more frequent one is taken.
 * Cost: O(strings · length) with an index by first and last character.
 */
import { findCandidate } from "./attested-forms.ts";
import type { Candidate, Material } from "./candidates.ts";
import type { Scored } from "./score.ts";
import { KIND } from "./words.ts";

/** Two characters fit too many names. */
const SHORT_SHORTEST = 3;
const SHORT_LONGEST = 8;
const FULL_LONGEST = 16;
/** A short form of so many characters, of a name longer by so many, is no accident. */
const TELLING = 4;
const TELLING_MORE = 3;
/** Words that may be left out, of all. */
const LEFT_OUT = 0.45;

type Name = {
  readonly key: string;
  readonly distinct: number;
  readonly words: readonly string[];
  readonly families: ReadonlySet<number>;
};

/** For the key of each name the keys of the other names of the same thing. */
export function findOtherNames(material: Material, listed: readonly Scored[]): ReadonlyMap<string, readonly string[]> {
  const full = new Map<string, Name[]>();
  const names: Name[] = [];
  for (const { candidate } of listed) {
    const { key, length } = candidate;
    if (length > FULL_LONGEST || length < 3 || /[、，“”《》·]/u.test(key)) continue;
    const name = {
      key,
      distinct: candidate.distinct,
      words: wordsOf(material, candidate.start, length),
      families: familiesOf(material, candidate),
    };
    names.push(name);
    if (name.words.length >= 2 && length >= 5) {
      const edge = key.charAt(0) + key.charAt(key.length - 1);
      full.set(edge, [...(full.get(edge) ?? []), name]);
    }
  }
  const groups = new Map<string, Set<string>>();
  for (const short of names) {
    if (short.key.length > SHORT_LONGEST || short.key.length < SHORT_SHORTEST) continue;
    const candidates = (full.get(short.key.charAt(0) + short.key.charAt(short.key.length - 1)) ?? [])
      .filter((name) => name.key.length >= short.key.length + 2 && !name.key.includes(short.key))
      .filter((name) => isTelling(short, name) || [...short.families].some((family) => name.families.has(family)))
      .flatMap((name) => {
        const skipped = matchShort(name.words, short.key);
        return skipped === undefined ? [] : [{ name, skipped }];
      });
    if (candidates.length === 0) continue;
    const related = candidates.filter(({ name }) => name.key.slice(-2) === candidates[0]?.name.key.slice(-2));
    const group = new Set<string>([short.key, ...related.map(({ name }) => name.key)]);
    for (const key of group) groups.set(key, new Set([...(groups.get(key) ?? []), ...group]));
  }
  return new Map([...groups].map(([key, group]) => [key, [...group].filter((other) => other !== key)]));
}

/**
 * Full names that stand in the texts only as the beginning of something longer, so that they are not listed themselves:
 * 新型冠状病毒肺炎 in 新型冠状病毒肺炎疫情防控工作 is a name of 新冠肺炎. For the key of each short name those names.
 */
export function findUnlistedNames(material: Material, listed: readonly Scored[]): ReadonlyMap<string, readonly Candidate[]> {
  const keys = new Set(listed.map(({ candidate }) => candidate.key));
  const byOpening = new Map<string, string[]>();
  for (const key of keys) byOpening.set(key.charAt(0), [...(byOpening.get(key.charAt(0)) ?? []), key]);
  const names = new Map<string, readonly Candidate[]>();
  for (const short of keys) {
    if (short.length < TELLING || short.length > SHORT_LONGEST || /[、，“”《》·]/u.test(short)) continue;
    const openings = (byOpening.get(short.charAt(0)) ?? []).flatMap((key) => listOpenings(key, short));
    const forms = openings.flatMap((opening) => [opening, opening.replace(/(?<=..)的(?=..)/u, "")]);
    const found = [...new Set(forms)].flatMap((form) => {
      if (keys.has(form)) return [];
      const name = findCandidate(material, form);
      if (name === undefined || material.words.begins[name.start + name.length] !== 1) return [];
      return matchShort(wordsOf(material, name.start, name.length), short) === undefined ? [] : [name];
    });
    if (found.length > 0) names.set(short, found);
  }
  return names;
}

/** What the string begins with and could be a full name of the short one: it ends alike and is much longer. */
function listOpenings(key: string, short: string): readonly string[] {
  const last = short.charAt(short.length - 1);
  const openings: string[] = [];
  for (let end = short.length + TELLING_MORE; end < key.length && end <= FULL_LONGEST; end++) {
    if (key.charAt(end - 1) === last && !/[、，“”《》·]/u.test(key.slice(0, end))) openings.push(key.slice(0, end));
  }
  return openings;
}

/** A short form of four characters for a name nearly twice as long is no accident, even where one followed the other in time. */
function isTelling(short: Name, full: Name): boolean {
  return short.key.length >= TELLING && full.key.length >= short.key.length + TELLING_MORE;
}

function wordsOf({ corpus, words }: Material, start: number, length: number): readonly string[] {
  const found: string[] = [];
  for (let at = start; at < start + length; at++) {
    const sign = String.fromCodePoint(corpus.codes[at] ?? 0);
    const isGrammar = ((words.kinds[words.typeAt[at] ?? 0] ?? 0) & KIND.grammar) !== 0;
    if (words.begins[at] === 1 || at === start) found.push(isGrammar ? "" : sign);
    else found[found.length - 1] += sign;
  }
  return found.filter((word) => word !== "");
}

function familiesOf({ corpus, copies }: Material, candidate: Scored["candidate"]): ReadonlySet<number> {
  const families = new Set<number>();
  for (let i = candidate.first; i < candidate.end; i++)
    families.add(copies.familyOf[corpus.paragraphOf[corpus.suffixes[i] ?? 0] ?? 0] ?? 0);
  return families;
}

/** Share of the full name's words that the short form leaves out, or undefined when it is not made of them. */
export function matchShort(full: readonly string[], short: string): number | undefined {
  let best: number | undefined;
  const walk = (word: number, at: number, cut: number, skipped: number): void => {
    if (at === short.length) {
      if (word === full.length && cut >= 2 && (best === undefined || skipped < best)) best = skipped;
      return;
    }
    const next = full[word];
    if (next === undefined) return;
    const isLast = word === full.length - 1;
    if (short.startsWith(next, at)) walk(word + 1, at + next.length, cut, skipped);
    if (next.length > 1) {
      const ends = next.charAt(0) + next.charAt(next.length - 1);
      if (next.length > 2 && short.startsWith(ends, at)) walk(word + 1, at + 2, cut + 1, skipped);
      if (short.charAt(at) === next.charAt(0)) walk(word + 1, at + 1, cut + 1, skipped);
    }
    if (word > 0 && !isLast && skipped + 1 <= LEFT_OUT * full.length) walk(word + 1, at, cut, skipped + 1);
  };
  walk(0, 0, 0, 0);
  return best;
}
