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
import {
  ARRANGED,
  ARRANGEMENTS,
  CASE_WORDS,
  COMMON_BODY,
  LAW_NAME,
  NOUN_SUFFIXES,
  NOUN_VERBS,
  NO_PROGRAMME,
  PARTY,
  PHRASE_VERBS,
  PLACE_OF,
  POST,
  PROPER,
  REPORTED_ACTS,
  REPORTED_OBJECTS,
  STATE_BODIES,
  TRANSCRIBING,
} from "./class-words.ts";
import { isFourCharacters, standsAsPhrase } from "./class-use.ts";
import type { Reading } from "./class-use.ts";
import type { Material } from "./candidates.ts";
import type { Scored } from "./score.ts";
import { hasMark } from "./value.ts";
import {
  INSTITUTION_ENDINGS,
  LAW_ENDINGS,
  PHRASE_OPENERS,
  PROGRAMME_ENDINGS,
  REPORTING_VERBS,
  TITLE_ENDINGS,
  VERBS,
  foldScript,
} from "./word-lists.ts";
import { FREE_KINDS, KIND, nextBegin } from "./words.ts";
import type { Words } from "./words.ts";

export function classify(material: Material, scored: Scored): FormulationClass {
  const { candidate } = scored;
  const reading = read(material.words, candidate.start, candidate.length, foldScript(candidate.key));
  const { key, last } = reading;
  if (/^《[^》]*》$/u.test(key)) return "law";
  if (isReport(reading) && !isFourCharacters(reading)) return "reporting-verb";
  if (key.includes("、")) return isTitleList(key) ? "title" : "series";
  if (isNumbered(scored, key)) return "numbered-slogan";
  const isPhrase = (opensAsPhrase(reading) && !endsAsName(reading)) || key.includes("，") || opensInsideWord(reading);
  // 集中救治中心: an adverb before a name belongs to it; a verb does not.
  if (LEADERSHIP.test(key)) return "institution";
  const isName = (!opensWithVerb(reading) || endsAsName(reading)) && !key.includes("，") && !opensInsideWord(reading);
  if (!isPhrase && (endsWith(key, last, TITLE_ENDINGS) || POST.test(key))) return "title";
  if (isName && isInstitution(scored, reading)) return "institution";
  if (!isPhrase && (LAW_NAME.test(key) || (endsWith(key, last.length > 1 ? last : "", LAW_ENDINGS) && key.length > 5)))
    return "law";
  if (isName && isProgramme(reading) && !isCommanded(reading)) return "programme";
  if (isPhrase || isMarkedSaying(scored, reading) || hasPredicate(reading)) return "set-phrase";
  return standsAsPhrase(material, scored, reading) ? "set-phrase" : "domain-term";
}

/** 以…同志为核心的党中央 opens with a preposition and names a body all the same. */
const LEADERSHIP = /^以.{2,12}为(?:核心|总书记|首).{0,8}(?:党中央|领导集体|政府|领导班子)$|中央领导集体$/u;

function isProgramme({ key, last }: Reading): boolean {
  return !NO_PROGRAMME.test(key) && (endsWith(key, last, PROGRAMME_ENDINGS) || /(?:负责制|所有制|发展观|策略)$/u.test(key));
}

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
/** Without a word for what is counted, four characters are an idiom or a name with a number in it. */
const MEASURED = /^.[个大项种严实新不道条]/u;
const NUMBERED_TWICE = /^[一两三四五六七八九十].+[一两三四五六七八九十].+$/u;
/** 一方, 一线, 一流: the number counts nothing. 两 and 三 before a unit of time count days. */
const NO_LABEL =
  /^(?:一|[两三四五六七八九十](?:年|月|日|天|次|名|位|条心)|十[六七八九]大|二十大|十分|四川|三峡|九江|万|千方百计)/u;

function isNumbered(scored: Scored, key: string): boolean {
  if (NO_LABEL.test(key)) return false;
  if (hasMark(scored.candidate, "numeral")) return true;
  const isCounted = NUMBERED.test(key) && (key.length <= 3 || MEASURED.test(key) || hasMark(scored.candidate, "quoted"));
  return isCounted || (NUMBERED_TWICE.test(key) && key.length <= 7 && !key.startsWith("一"));
}

function isInstitution(scored: Scored, { key, last, words, kinds }: Reading): boolean {
  if (STATE_BODIES.has(key)) return true;
  if (PARTY.test(key)) return true;
  if (PLACE_OF.test(key)) return false;
  if (COMMON_BODY.test(key) && isCommonBody(words)) return false;
  if (STATE_BODIES.has(last) && last !== "国家") return kinds.every((kind) => (kind & KIND.verb) === 0);
  if (hasMark(scored.candidate, "institution") && !/(?:方案|会议|部署|决策)$/u.test(key)) return true;
  if (key.endsWith("机制") || key.endsWith("组织") || key.endsWith("中心"))
    return (
      (words.length > 1 && STATE_BODIES.has(words[0] ?? "")) ||
      /(?:世界|国际|党|群众).*组织$|(?:管理|控制|服务|指挥|救治|研究)中心$/u.test(key)
    );
  return endsWith(key, last, INSTITUTION_ENDINGS);
}

/** 附属公司, 大型银行: a word that says which kind, and the kind; a place, a name or more words make it one body. */
function isCommonBody(words: readonly string[]): boolean {
  const [first = ""] = words;
  const foreign = [...first].filter((one) => TRANSCRIBING.has(one)).length;
  if (foreign * 2 > first.length) return false;
  return words.length === 2 && first.length > 1 && !PROPER.test(first) && !STATE_BODIES.has(first);
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
  if (((kinds[0] ?? 0) & KIND.adverb) === 0 || isModified({ words, kinds }, 1)) return false;
  if (((kinds[1] ?? 0) & (KIND.verb | KIND.adverb)) !== 0) return true;
  // 依法治国: an adverb proper and one word more.
  return words.length === 2 && isProperAdverb(kinds[0]) && first.length > 1 && second.length > 1;
}

/** 依法, 坚决; 长期, 系统 and the like modify nouns as often. */
function isProperAdverb(kind: number | undefined): boolean {
  return ((kind ?? 0) & (KIND.adverb | KIND.light)) === KIND.adverb;
}

/** 长期|增长|组合: a word that may be a noun, behind one that may be an adjective and before another. */
function isModified({ words, kinds }: Pick<Reading, "words" | "kinds">, at: number): boolean {
  return at < words.length - 1 && !isProperAdverb(kinds[at - 1]) && NOUN_VERBS.has(words[at] ?? "");
}

/** 解放思想 is one word of the dictionary and opens with a verb all the same. */
function opensInsideWord({ key, words }: Reading): boolean {
  const verb = key.slice(0, 2);
  return words.length === 1 && key.length === 4 && (PHRASE_VERBS.has(verb) || VERBS.has(verb)) && !NOUN_VERBS.has(verb);
}

/**
 * Opens like a phrase and is a name: a verb with what makes a noun of it (恢复期血浆), or with 的 behind it (发行的货币);
 * a preposition whose phrase 的 ends (以…为核心的精神).
 */
function endsAsName({ words, kinds }: Reading): boolean {
  const [first = "", second = ""] = words;
  if (words.length > 1 && first.length > 1 && (NOUN_SUFFIXES.has(second) || second === "的")) return true;
  if (words.length === 2 && ARRANGED.has(first) && ARRANGEMENTS.has(second)) return true;
  const of = words.lastIndexOf("的");
  const isModifier = CASE_WORDS.has(first) && of > 1 && of < words.length - 1;
  return isModifier && !words.slice(of + 1).some((word, i) => isActing(word, kinds[of + 1 + i]));
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
    const isLast = i === words.length - 1;
    const isAdverbial = ((kinds[i - 1] ?? 0) & KIND.adverb) !== 0;
    const isLed =
      isAdverbial &&
      !isModified({ words, kinds }, i) &&
      (((kinds[i] ?? 0) & KIND.verb) !== 0 || (isLast && i > 1 && NOUN_VERBS.has(word)));
    // 为人民服务 inside: the preposition asks for the verb at the end.
    const isServed = isLast && NOUN_VERBS.has(word) && words.slice(1, i).some((one) => one === "为" || one === "以");
    // 情报收集: a bare verb behind its object is a noun; 法治化建设者 is one anyway.
    const isBareEnd = isLast && ((kinds[i - 1] ?? 0) & FREE_KINDS) === 0 && !PHRASE_VERBS.has(word);
    const isNoun = NOUN_SUFFIXES.has(words[i + 1] ?? "") || NOUN_SUFFIXES.has(words[i - 1] ?? "") || words[i + 1] === "的";
    return isLed || isServed || (isActing(word, kinds[i]) && words[i - 1] !== "的" && !isBareEnd && !isNoun);
  });
}

/**
 * Mirrored, parallel, or quoted with a word that seldom stands in names (a verb, an adverb, a character by itself), or of
 * three characters (一刀切): a saying and no name for a thing.
 */
function isMarkedSaying({ candidate }: Scored, { key, words, kinds }: Reading): boolean {
  if (key.includes("，") || hasMark(candidate, "parallel") || hasMark(candidate, "couplet")) return true;
  const isSaid = (kind: number, i: number): boolean =>
    (kind & (KIND.grammar | KIND.pronoun)) !== 0 || isProperAdverb(kind) || isActing(words[i], kind);
  const isLoose = (word: string): boolean => word.length === 1 && !NOUN_SUFFIXES.has(word);
  if (hasMark(candidate, "quoted") && (key.length === 3 || kinds.some(isSaid) || words.some(isLoose))) return true;
  return kinds.some((kind, i) => i > 0 && i < kinds.length - 1 && (kind & KIND.pronoun) !== 0);
}
