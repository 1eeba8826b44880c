/**
 * What a line of an official text looks like, told from its characters alone: heading, date line, byline, signature,
 * document number, address to the audience, prose. Evidence for splitting and joining; never a decision by itself.
 */
import type { ReceivedParagraph } from "../model/document.ts";
import type { ExclusionReason } from "../model/document.ts";
import { DATELINE_START } from "../text/dateline.ts";
import { findDates } from "./date-mentions.ts";
import { findExclusionReason } from "./exclusions.ts";

export type LineKind =
  | "heading" // by its role in the file
  | "heading-like" // short, unfinished, unnumbered
  | "numbered-heading"
  | "date-line"
  | "byline"
  | "organization"
  | "document-number"
  | "address" // 同志们： or 各市人民政府：
  | "postscript" // 附件：…… and what else stands about the end: （此件公开发布）
  | "excluded"
  | "prose";

export type LineShape = {
  readonly text: string;
  readonly kind: LineKind;
  readonly isIndented: boolean;
  /** The line ends where a sentence may end. */
  readonly endsSentence: boolean;
  readonly reason?: ExclusionReason;
};

const MAX_HEADING = 90;
const MAX_LATIN_HEADING = 160;
const SENTENCE_END = /(?:[。！？!?…：:；;]|(?<!\d)\.)["'”’»」』）)】》\]]*$|[”’」』）)】》\]]$/u;
/** 一、 （一） 1. (1) 第一章 第3条 ① Chapter 1, 1.2, IV. */
const NUMBERED =
  /^(?:[一二三四五六七八九十百]{1,4}[、．.]|[（(]\s?[一二三四五六七八九十\d０-９]{1,3}\s?[)）]|[\d０-９]{1,2}(?:[.．][\d０-９]{1,2}){0,3}[、．.)）\s]|第[一二三四五六七八九十百零〇\d０-９]{1,5}[章节節条條编編部篇]|[①-⑳]|[IVX]{1,5}\.\s|(?:Chapter|Section|Part|Article)\s)/u;
/** A dash or an asterisk is a sign only with a space behind it. */
const BULLET = /^(?:[•●○■□◆◇▪▫‣※]|[-–—*·]\s)/u;
const DATE_LABEL = /^(?:发布时间|发布日期|發佈時間|日期|时间|時間|更新时间|成文日期|Date|Published|Updated)\s?[:：]/iu;
const DOCUMENT_NUMBER = /^[（(]?\p{Script=Han}{1,12}[〔[［(（]\s?\d{4}\s?[〕\]］)）]\s?(?:第\s?)?\d{1,5}\s?号[）)]?$/u;
const ADDRESS =
  /^(?:同志们|各位|同胞们|朋友们|女士们|尊敬的|亲爱的|同志們|朋友們|女士們|親愛的|Comrades|Ladies and [Gg]entlemen|Distinguished|Dear )[^。]{0,80}[：:!！，,]?$|^各[^。]{2,200}[：:]$/u;
const ORGANIZATION =
  /(?:委员会|委員會|办公厅|办公室|辦公廳|辦公室|人民政府|国务院|國務院|党委|中央|省委|市委|县委|区委|指挥部|领导小组|部|局|厅|院|署|会|協會|社|集团|公司|法院|检察院|Office|Committee|Council|Government|Ministry|Commission|Bureau)$/u;
const POSTSCRIPT = /^[（(]?(?:附件|附表|附：|此件|此文|联系人|联系电话|抄送|主题词|(?:Annex|Attachment|Enclosure)\b)/u;
/** Two commas in one line make it prose; a headline has one at most. */
const TWO_COMMAS = /[，；,;][^，；,;]+[，；,;]/u;
const PUNCTUATED = /[，。；！？,;]/u;
const BYLINE = /^(?:\p{Script=Han}{2,4}|\p{Script=Han}\s\p{Script=Han})$/u;
const HAN = /\p{Script=Han}/u;

/** Only a date, with or without brackets, a label or a time of day. */
function isDateLine(text: string): boolean {
  if (text.length > 60) return false;
  const [date] = findDates(text);
  if (!date) return false;
  if (DATE_LABEL.test(text)) return true;
  const rest = (text.slice(0, date.start) + text.slice(date.end)).replace(/\d{1,2}[:：]\d{2}(?:[:：]\d{2})?/u, "");
  return !/[\p{L}\p{N}]/u.test(rest.replace(/通过|公布|发布|施行|讲话|星期[一二三四五六日天]|周[一二三四五六日]/u, ""));
}

function findKind(paragraph: ReceivedParagraph, text: string): LineKind {
  if (paragraph.role === "heading") return "heading";
  if (paragraph.role === "table") return "prose";
  if (isDateLine(text)) return "date-line";
  if (DOCUMENT_NUMBER.test(text)) return "document-number";
  if (ADDRESS.test(text)) return "address";
  if (text.length <= 60 && POSTSCRIPT.test(text)) return "postscript";
  if (DATELINE_START.test(text) || TWO_COMMAS.test(text)) return "prose";
  if (BYLINE.test(text)) return "byline";
  const limit = HAN.test(text) ? MAX_HEADING : MAX_LATIN_HEADING;
  if (text.length > limit || text.length < 3 || text.includes("。")) return "prose";
  if (/[，；：、,;:—！!.．]$/u.test(text) || !/\p{L}/u.test(text)) return "prose";
  if (NUMBERED.test(text)) return text.length <= 60 && !/[；;]/u.test(text) ? "numbered-heading" : "prose";
  if (text.length <= 40 && ORGANIZATION.test(text) && !PUNCTUATED.test(text) && !/关于|關於|\s(?:on|of the)\s/u.test(text)) {
    return "organization";
  }
  // A Latin line in small letters that goes on from the one before is wrapped prose, not a heading.
  if (!HAN.test(text) && (/^\p{Ll}/u.test(text) || /[.!?]\s/u.test(text))) return "prose";
  return "heading-like";
}

export function describeLine(paragraph: ReceivedParagraph): LineShape {
  const text = paragraph.text.trim();
  const reason = paragraph.role === "heading" ? undefined : findExclusionReason(paragraph);
  return {
    text,
    kind: reason ? "excluded" : findKind(paragraph, text),
    isIndented: /^(?:[ \u00a0]?\u3000|[ \u00a0]{2}|\t)/u.test(paragraph.text),
    endsSentence: SENTENCE_END.test(text),
    ...(reason ? { reason } : {}),
  };
}

/** Lines that may stand in the head of a document, between its title and its text. */
export function standsInHead(shape: LineShape): boolean {
  return ["heading", "heading-like", "organization", "date-line", "byline", "document-number"].includes(shape.kind);
}

export function isTitleLine(shape: LineShape): boolean {
  return shape.kind === "heading" || shape.kind === "heading-like" || shape.kind === "organization";
}

/** The line may be the beginning of an item of a list, with a number or a sign before it. */
export function beginsItem(text: string): boolean {
  return NUMBERED.test(text) || BULLET.test(text);
}
