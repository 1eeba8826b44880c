/** What kind of wording a formulation is, from its marks and its ending. The classes can be corrected by a person; they are a first guess. */
import type { FormulationClass } from "../model/formulation.ts";
import { hasMark } from "./value.ts";
import type { Scored } from "./score.ts";
import { INSTITUTION_ENDINGS, LAW_ENDINGS, PROGRAMME_ENDINGS, REPORTING_VERBS, TITLE_ENDINGS, foldScript } from "./word-lists.ts";
import { KIND, nextBegin } from "./words.ts";
import type { Words } from "./words.ts";

const REPORTING_SUBJECT = /(?:会议|会上|讲话|[汇滙]报|座谈会|批示|指示|致辞|其他事项)/u;

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
  if (endsWith(INSTITUTION_ENDINGS)) return "institution";
  if (/(?:条例|法典|法)$/u.test(key) && !/(?:办法|方法|做法|想法|看法|说法|依法|执法|司法|普法)$/u.test(key)) return "law";
  if (endsWith(PROGRAMME_ENDINGS)) return "programme";
  if (endsWith(LAW_ENDINGS) && key.length > 5) return "law";
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
