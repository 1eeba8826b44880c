/** What kind of wording a formulation is, from its marks and its ending. The classes can be corrected by a person; they are a first guess. */
import type { FormulationClass } from "../model/formulation.ts";
import { hasMark } from "./value.ts";
import type { Scored } from "./score.ts";
import { INSTITUTION_ENDINGS, LAW_ENDINGS, PROGRAMME_ENDINGS, REPORTING_VERBS, TITLE_ENDINGS, foldScript } from "./word-lists.ts";
import { KIND, nextBegin } from "./words.ts";
import type { Words } from "./words.ts";

const REPORTING_SUBJECT = /(?:会议|会上|讲话|[汇滙]报|座谈会|批示|指示|致辞|其他事项)/u;

/** 法 alone ends many words (办法, 疗法); before it stands what a law is about. */
const LAW_NAME =
  /条例$|法典$|(?:宪|刑|民|税|诉讼|保护|防治|管理|组织|监督|处罚|合同|公司|促进|基本|程序|物权|选举|劳动|教育|卫生|环境|投资|监察|兵役|国籍|仲裁|行政|银行|证券|保险|破产|海关|商标|专利|著作权|垄断|权益|食品|药品|网络|数据|安全|管制|立|代表|公务员|法官|检察官|律师|土地|农业|森林|草原|渔业|矿产资源|水|电力|能源|铁路|公路|航空|港口|邮政|广告|价格|预算|审计|会计|统计|计量|标准化|产品质量)法$/u;

function isWhole({ begins }: Words, { start, length }: Scored["candidate"]): boolean {
  return nextBegin(begins, start) >= start + length;
}

export function classify(words: Words, scored: Scored): FormulationClass {
  const { candidate } = scored;
  const key = foldScript(candidate.key);
  if (key.startsWith("《")) return "law";
  if (hasMark(candidate, "numeral") || /^[两三四五六七八九十双](?:个|大|项|种|严|实|新)?[\u4e00-\u9fff]{1,5}$/u.test(key))
    return "numbered-slogan";
  if (key.includes("、") && !isTitleList(key)) return "series";
  const last = lastWord(words, candidate.start, candidate.length);
  const endsWith = (endings: ReadonlySet<string>): boolean =>
    endings.has(last) || [...endings].some((ending) => ending.length > 1 && key.length > ending.length && key.endsWith(ending));
  if (REPORTING_VERBS.has(last) || (REPORTING_SUBJECT.test(key) && startsWithVerb(words, candidate.start)))
    return "reporting-verb";
  if (endsWith(TITLE_ENDINGS)) return "title";
  if (hasMark(candidate, "institution")) return "institution";
  if (isWhole(words, candidate) && key.length === 4) return "set-phrase";
  if (endsWith(INSTITUTION_ENDINGS) && !/机制$/u.test(key) && !/^(?:以|把|将)/u.test(key)) return "institution";
  if (LAW_NAME.test(key)) return "law";
  if (endsWith(PROGRAMME_ENDINGS)) return "programme";
  if (endsWith(LAW_ENDINGS) && key.length > 5) return "law";
  if (hasMark(candidate, "quoted") || hasMark(candidate, "parallel") || hasMark(candidate, "idiom")) return "set-phrase";
  return isNounOnly(words, candidate.start, candidate.length) && key.length <= 8 ? "domain-term" : "set-phrase";
}

function isTitleList(key: string): boolean {
  return key.split("、").every((member) => [...TITLE_ENDINGS].some((ending) => member.endsWith(ending)));
}

function lastWord({ begins, typeAt, types }: Words, start: number, length: number): string {
  const at = start + length - 1;
  return begins[start + length] === 1 ? (types[typeAt[at] ?? 0] ?? "") : "";
}

function startsWithVerb({ typeAt, kinds }: Words, start: number): boolean {
  return ((kinds[typeAt[start] ?? 0] ?? 0) & KIND.verb) !== 0;
}

/** No verb, adverb, mark or grammar word inside: a name for a thing. */
function isNounOnly({ begins, typeAt, kinds }: Words, start: number, length: number): boolean {
  for (let at = start; at < start + length; at = nextBegin(begins, at)) {
    const kind = kinds[typeAt[at] ?? 0] ?? 0;
    const isLast = nextBegin(begins, at) >= start + length;
    if ((kind & (KIND.adverb | KIND.grammar | KIND.mark)) !== 0 || (!isLast && at === start && (kind & KIND.verb) !== 0))
      return false;
  }
  return true;
}
