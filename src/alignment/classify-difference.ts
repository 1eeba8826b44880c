/**
 * Says of what kind a difference between two versions of one Chinese text is.
 *
 * Order matters: what can be told from the characters alone comes first (white space, width, damage, foreign letters,
 * numbers), then what needs the surroundings (attribution, names); everything else is wording.
 */
import type { DifferenceClass } from "../model/alignment.ts";
import type { Replacement } from "../text/difference.ts";

export type DifferencePlace = Replacement & { readonly baseText: string; readonly otherText: string };

const REPLACEMENT_SIGN = /[\ufffd\ue000-\uf8ff\p{Cc}]/u;
const LATIN = /\p{Script=Latin}/u;
const LATIN_WORD = /\p{Script=Latin}+/gu;
const CHARACTERS = /\p{Script=Han}/gu;
const HAN = /\p{Script=Han}/u;
const NUMERAL = /^[\d.,%〇零一二三四五六七八九十百千万亿两]+$/u;
const DIGIT = /\d/u;
/** 1,200 and 1200 are one number. */
const GROUPED = /^[\d,.]*$/u;
/** A dateline: who says so, and where. */
const DATELINE = /^(?:新华社|人民日报|本报|据).{0,12}(?:日电|讯)$/u;
/** 习近平指出，… 会议强调：… and the verb alone. */
const REPORTING =
  /^(?:\p{Script=Han}{0,14}?(?:指出|强调|要求|表示|认为|提出|指示|说道|说|称)(?:到|道|了)?|(?:会议|讲话|文章))[,，:：]?["“]?$/u;
const TITLES =
  "同志|主席|总书记|书记|总理|副总理|部长|省长|市长|县长|主任|委员|局长|厅长|院长|校长|院士|教授|大使|总统|首相|发言人|先生|女士|记者";
const SURNAMES =
  "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤习栗韩温俞尤";
const NAME = new RegExp(`[${SURNAMES}]\\p{Script=Han}{1,2}(?=${TITLES})|(?<=${TITLES})[${SURNAMES}]\\p{Script=Han}{1,2}`, "gu");

const CLAUSE_END = /[，,。.；;：:！!？?、”"]$/u;
const SENTENCE_END = /[。.！!？?][”"]?$/u;
/** One mark to a reader, several characters to Unicode. */
const SAME_MARKS: readonly RegExp[] = [/^[。.]$/u, /^[—–―‒-]{1,2}$/u, /^[·•‧・]$/u];
/** Fewer characters at the edge of a paragraph are a slip, not the end of a page. */
const SHORTEST_LOSS = 4;
/** What names of bodies end in; between a changed part and the ending stand only a few characters of the name. */
const BODY_AHEAD = /^(?:(?![的和在与及对要等])\p{Script=Han}){0,4}?(?:领导小组|工作组|导组|委员会|办公室|指挥部|专班|总局|总署)/u;
const PART_OF_NAME = /^(?:(?![的和在与及对要等])\p{Script=Han}){0,8}$/u;

export function classifyDifference(place: DifferencePlace): DifferenceClass {
  const base = place.base.trim();
  const other = place.other.trim();
  if (base === other) return "white-space";
  if (SAME_MARKS.some((mark) => mark.test(base) && mark.test(other))) return "width";
  if (GROUPED.test(base + other) && base.replaceAll(",", "") === other.replaceAll(",", "")) return "width";
  if (REPLACEMENT_SIGN.test(base) !== REPLACEMENT_SIGN.test(other)) return "damage";
  if (isDoubled(place)) return "damage";
  if (isDateline(base) && isDateline(other)) return "attribution";
  if (isBrokenOff(place)) return "damage";
  if (isForeign(base, other) || isForeign(other, base)) return "foreign-letters";
  if (isNumber(base, other)) return "number";
  if (isReporting(base) && isReporting(other)) return "attribution";
  if (isBodyName(place)) return "name";
  if (isName(place.baseText, place.baseStart, place.base) || isName(place.otherText, place.otherStart, place.other))
    return "name";
  return "wording";
}

/** One side repeats what stands beside, or all but beside: 一线一线, 一线的一线. One character may be a word (天天). */
function isDoubled({ base, other, baseStart, otherStart, baseText, otherText }: DifferencePlace): boolean {
  if (base !== "" && other !== "") return false;
  const [added, text, at] = base === "" ? [other, otherText, otherStart] : [base, baseText, baseStart];
  const piece = added.replace(/^的|的$/u, "");
  if (piece.length < 2) return false;
  const reach = piece.length + 1;
  return (
    text.slice(Math.max(0, at - reach), at).includes(piece) ||
    text.slice(at + added.length, at + added.length + reach).includes(piece)
  );
}

/** A sentence lost its first or last words in the middle of a clause, as at the edge of a page. */
function isBrokenOff({ base, other, baseStart, otherStart, baseText, otherText }: DifferencePlace): boolean {
  if (base !== "" && other !== "") return false;
  if (!SENTENCE_END.test(baseText) && !SENTENCE_END.test(otherText)) return false;
  const lost = base + other;
  if (lost.length < SHORTEST_LOSS) return false;
  if (baseStart === 0 && otherStart === 0)
    return SENTENCE_END.test(baseText) && SENTENCE_END.test(otherText) && !CLAUSE_END.test(lost);
  const isLast = baseStart + base.length === baseText.length && otherStart + other.length === otherText.length;
  return isLast && !CLAUSE_END.test((base === "" ? baseText : otherText).trimEnd());
}

/** Latin letters where the other version has none: 和 → and. A longer text in which a name stands is another wording. */
function isForeign(one: string, other: string): boolean {
  if (!LATIN.test(one) || LATIN.test(other) || (other !== "" && !HAN.test(other))) return false;
  return (one.match(LATIN_WORD)?.length ?? 0) > (one.match(CHARACTERS)?.length ?? 0);
}

function isNumber(base: string, other: string): boolean {
  if (base !== "" && other !== "") return NUMERAL.test(base) && NUMERAL.test(other);
  return NUMERAL.test(base + other) && DIGIT.test(base + other);
}

function isReporting(text: string): boolean {
  return REPORTING.test(text) || isDateline(text);
}

/** A dateline, or none. */
function isDateline(text: string): boolean {
  return text === "" || DATELINE.test(text);
}

/** 中央指导组 and 中央督导组, 疫情工作领导小组 and 疫情防控工作领导小组. */
function isBodyName({ base, other, baseStart, baseText }: DifferencePlace): boolean {
  return (
    PART_OF_NAME.test(base) && PART_OF_NAME.test(other) && BODY_AHEAD.test(baseText.slice(baseStart + base.length).slice(0, 12))
  );
}

function isName(text: string, start: number, piece: string): boolean {
  if (piece === "" || !HAN.test(piece)) return false;
  const from = Math.max(0, start - 8);
  for (const found of text.slice(from, start + piece.length + 8).matchAll(NAME)) {
    const begin = from + found.index;
    if (start >= begin && start + piece.length <= begin + found[0].length) return true;
  }
  return false;
}
