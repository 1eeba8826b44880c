/**
 * What kind of wording a formulation is: a first guess that a person can correct.
 *
 * The evidence is asked in a fixed order, the surest first: title marks, a number as label, 、 between members, an act
 * of reporting, the last word (who, which body, which policy, which law), then whether the whole is a phrase (it opens
 * with a verb or a preposition, was quoted, is an idiom, is a couplet) or names a thing.
 * Measured against labels in bench/extraction/classes.csv (docs/extraction.md, "Classes").
 * Cost: O(words) for each formulation.
 */
import type { FormulationClass } from "../model/formulation.ts";
import { LAW_NAME, NOUN_VERBS, PHRASE_VERBS, REPORTED_ACTS, REPORTED_OBJECTS, STATE_BODIES } from "./class-words.ts";
import type { Material } from "./candidates.ts";
import { isClauseEnd } from "./corpus.ts";
import type { Scored } from "./score.ts";
import { hasMark } from "./value.ts";
import {
  INSTITUTION_ENDINGS,
  LAW_ENDINGS,
  PHRASE_OPENERS,
  PROGRAMME_ENDINGS,
  REPORTING_VERBS,
  TITLE_ENDINGS,
  foldScript,
} from "./word-lists.ts";
import { FREE_KINDS, KIND, nextBegin } from "./words.ts";
import type { Words } from "./words.ts";

/** A formulation as its words: text and kind of each, marks left out. */
type Reading = {
  readonly key: string;
  readonly words: readonly string[];
  readonly kinds: readonly number[];
  readonly last: string;
};

export function classify(material: Material, scored: Scored): FormulationClass {
  const { candidate } = scored;
  const reading = read(material.words, candidate.start, candidate.length, foldScript(candidate.key));
  const { key, last } = reading;
  if (/^《[^》]*》$/u.test(key)) return "law";
  if (isReport(reading)) return "reporting-verb";
  if (key.includes("、")) return isTitleList(key) ? "title" : "series";
  if (isNumbered(scored, key)) return "numbered-slogan";
  const isPhrase = opensAsPhrase(reading) || key.includes("，");
  // 集中救治中心: an adverb before a name belongs to it; a verb does not.
  if (LEADERSHIP.test(key)) return "institution";
  const isName = !opensWithVerb(reading) && !key.includes("，");
  if (!isPhrase && (endsWith(key, last, TITLE_ENDINGS) || /(?:工作者|指战员)$/u.test(key))) return "title";
  if (isName && isInstitution(scored, reading)) return "institution";
  if (!isPhrase && (LAW_NAME.test(key) || (endsWith(key, last, LAW_ENDINGS) && key.length > 5))) return "law";
  if (isName && (endsWith(key, last, PROGRAMME_ENDINGS) || /(?:负责制|所有制|发展观)$/u.test(key)) && !isCommanded(reading))
    return "programme";
  if (isPhrase || isMarkedSaying(scored, reading) || hasPredicate(reading)) return "set-phrase";
  return standsAsPhrase(material, scored, isIdiom(reading)) ? "set-phrase" : "domain-term";
}

/** 以…同志为核心的党中央 opens with a preposition and names a body all the same. */
const LEADERSHIP = /^以.{2,12}为(?:核心|总书记|首).{0,8}(?:党中央|领导集体|政府|领导班子)$/u;

function read({ begins, typeAt, types, kinds }: Words, start: number, length: number, key: string): Reading {
  const found: string[] = [];
  const foundKinds: number[] = [];
  for (let at = start; at < start + length; at = nextBegin(begins, at)) {
    const type = typeAt[at] ?? 0;
    if (((kinds[type] ?? 0) & KIND.mark) !== 0) continue;
    found.push(types[type] ?? "");
    foundKinds.push(kinds[type] ?? 0);
  }
  return { key, words: found, kinds: foundKinds, last: found.at(-1) ?? "" };
}

/** The longest ending decides elsewhere; here one is enough. Endings of one character must be words of their own. */
function endsWith(key: string, last: string, endings: ReadonlySet<string>): boolean {
  if (endings.has(last)) return true;
  for (let length = 2; length <= 5 && length < key.length; length++) if (endings.has(key.slice(-length))) return true;
  return false;
}

const REPORT_SHAPE = /(?:会议|讲话|座谈会|批示|指示)(?:还|并|上)?(?:指出|强调|要求|认为|研究|审议|听取|决定)|讲话中|^会议还/u;

/** 会议强调, 习近平指出, 主持召开…会议, 发表重要讲话: who did or said what at which occasion. */
function isReport({ key, words, last }: Reading): boolean {
  if (words.length > 1 && REPORTING_VERBS.has(last) && !NOUN_VERBS.has(last)) return true;
  if (REPORT_SHAPE.test(key)) return true;
  const act = words.findIndex((word) => REPORTED_ACTS.has(word));
  return act >= 0 && words.slice(act + 1).some((word) => REPORTED_OBJECTS.test(word));
}

function isTitleList(key: string): boolean {
  return key.split("、").every((member) => endsWith(member, member, TITLE_ENDINGS));
}

const NUMBERED = /^[两三四五六七八九十双](?:个|大|项|种|严|实|新|不|道|条)?[\u4e00-\u9fff]{1,6}$/u;
const NUMBERED_TWICE = /^[一两三四五六七八九十].+[一两三四五六七八九十].+$/u;
/** 一方, 一线, 一流: the number counts nothing. 两 and 三 before a unit of time count days. */
const NO_LABEL = /^(?:一|[两三四五六七八九十](?:年|月|日|天|次|名|位|条心)|十分|四川|三峡|九江|万|千方百计)/u;

function isNumbered(scored: Scored, key: string): boolean {
  if (NO_LABEL.test(key)) return false;
  if (hasMark(scored.candidate, "numeral")) return true;
  return NUMBERED.test(key) || (NUMBERED_TWICE.test(key) && key.length <= 7 && !key.startsWith("一"));
}

function isInstitution(scored: Scored, { key, last, words, kinds }: Reading): boolean {
  if (STATE_BODIES.has(key)) return true;
  if (STATE_BODIES.has(last)) return kinds.every((kind) => (kind & KIND.verb) === 0);
  if (hasMark(scored.candidate, "institution") && !/(?:方案|会议|部署|决策)$/u.test(key)) return true;
  if (key.endsWith("机制") || key.endsWith("组织") || key.endsWith("中心"))
    return (
      (words.length > 1 && STATE_BODIES.has(words[0] ?? "")) ||
      /(?:世界|国际|党|群众).*组织$|(?:管理|控制|服务|指挥|救治|研究)中心$/u.test(key)
    );
  return endsWith(key, last, INSTITUTION_ENDINGS);
}

function isActing(word: string | undefined, kind: number | undefined): boolean {
  // A verb learnt from the text with four characters is a name of what is done: 联防联控|机制.
  if ((word?.length ?? 0) > 3) return false;
  return PHRASE_VERBS.has(word ?? "") || (((kind ?? 0) & KIND.verb) !== 0 && !NOUN_VERBS.has(word ?? ""));
}

const OPENERS: ReadonlySet<string> = new Set(
  PHRASE_OPENERS.map(([opener]) => opener).filter((opener) => opener !== "非" && opener !== "本" && opener !== "最"),
);

/** 打赢…, 坚决遏制…, 把…放在: a verb, an adverb before one, or a preposition stands first. */
function opensAsPhrase({ key, words, kinds, last }: Reading): boolean {
  const [first, second] = words;
  if (words.length < 2 || first === undefined || second === undefined) return false;
  if (opensWithVerb({ key, words, kinds, last })) return true;
  return ((kinds[0] ?? 0) & KIND.adverb) !== 0 && ((kinds[1] ?? 0) & (KIND.verb | KIND.adverb)) !== 0;
}

function opensWithVerb({ words, kinds }: Reading): boolean {
  const [first] = words;
  if (words.length < 2 || first === undefined) return false;
  return OPENERS.has(first) || isActing(first, kinds[0]);
}

/** 新时代加快完善…体制: an adverb before a verb that acts says what is to be done, and names no policy. */
function isCommanded({ words, kinds }: Reading): boolean {
  return words.some((word, i) => i > 0 && ((kinds[i - 1] ?? 0) & KIND.adverb) !== 0 && isActing(word, kinds[i]));
}

/** A verb inside, behind its subject or its adverb: 党中央高度重视, 全国一盘棋推进. */
function hasPredicate({ words, kinds }: Reading): boolean {
  return words.some((word, i) => {
    if (i === 0) return false;
    const isLed = ((kinds[i - 1] ?? 0) & KIND.adverb) !== 0 && ((kinds[i] ?? 0) & KIND.verb) !== 0;
    return isLed || (isActing(word, kinds[i]) && words[i - 1] !== "的");
  });
}

/** Quoted, mirrored, parallel: a saying and no name for a thing. */
function isMarkedSaying({ candidate }: Scored, { key, kinds }: Reading): boolean {
  if (key.includes("，")) return true;
  if ((["quoted", "parallel", "couplet"] as const).some((kind) => hasMark(candidate, kind))) return true;
  return kinds.some((kind, i) => i > 0 && i < kinds.length - 1 && (kind & KIND.pronoun) !== 0);
}

/** Four characters that the dictionary has as one word, or knows nothing of, are idioms as a rule. */
function isIdiom({ key, words }: Reading): boolean {
  return [...key].length === 4 && (words.length === 1 || words.every((word) => [...word].length === 1));
}

const SAMPLE = 60;
/** An idiom is a phrase unless it is used as a name in more than so large a part of its places. */
const IDIOM_SHARE = 0.6;
/** Words behind which a predicate stands, and those behind which a noun does. */
const MODALS: ReadonlySet<string> = new Set("要 应 应当 必须 需要 将 能 能够 可以 不 没有 已 正在 更 并 而 来 去 就".split(" "));
const BEFORE_NOUNS: ReadonlySet<string> = new Set("的 把 对 为 以 将 在 从 由 向 与 是 有 这 该 各 每 等".split(" "));

/** How it is used: as a clause of its own or behind 要 and adverbs it is a phrase, behind verbs, 的 and prepositions a name. */
function standsAsPhrase({ corpus, words, copies }: Material, { candidate }: Scored, isIdiomatic: boolean): boolean {
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
      if (isClosing) phrase++;
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
