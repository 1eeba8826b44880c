/**
 * Tells lines that came with a text but are not part of it: photo captions, video prompts, datelines that stand alone,
 * credits, page numbers. A closing slogan can only be told from its place; see findSlogan.
 *
 * Failure policy: a proposal, kept with its reason and undone by a person; in doubt the line stays in the text.
 */
import type { ExclusionReason, ReceivedParagraph } from "../model/document.ts";

const VIDEO_PROMPT =
  /^[▲△►▶\s]*(?:点击|點擊|扫码|掃碼|长按|長按|请点击|戳)(?:此处|这里|图片|下方|上方|视频|视频链接)?.{0,4}(?:观看|收看|查看|播放|收听|阅读|观|看|觀看|收看|播放).{0,10}$|^(?:观看视频|视频加载中.{0,6}|视频[:：].{0,30}|(?:Click|Tap) (?:here )?to (?:watch|play|view).{0,30}|Watch (?:the )?video.{0,20})$/iu;
const CAPTION =
  /(?:新华社|本报|人民日报|中新社|通讯员|新華社)?\s?(?:记者|通讯员|記者)\s?.{2,16}\s?[摄攝](?:影)?[。.）)]?$|^(?:图为|圖為|上图|下图|左图|右图|题图|资料图|资料照片|图片说明|图[①-⑳]|图[一二三四五六七八九十\d]{1,3}[：:\s])|\((?:Xinhua|AP|AFP|Reuters|Photo by [^)]{2,40}|Xinhua\/[^)]{2,40})\)$|^(?:File photo|This (?:file )?photo|Photo(?: shows| taken|:)|Caption:)/u;
/** 2月10日，……。这是……: a news photo's text, dated and then pointing at the picture. */
const PHOTO_TEXT = /^(?:\d{4}年)?\d{1,2}月\d{1,2}日(?:上午|下午|晚)?[，,][^\n]{4,160}[。](?:这是|图为|這是|圖為)[^\n]{4,160}$/u;
const DATELINE =
  /^(?:[(（【]?(?:新华社|中新社|人民网|新華社|央视网|中新网|新华网).{0,12}\d{1,2}月\d{1,2}日(?:电|電|讯|訊)[)）】]?|本报(?:讯|訊|.{0,8}\d{1,2}月\d{1,2}日(?:电|讯)))(?:\s?[(（]?\s?(?:记者|通讯员|記者)\s?[^，。]{1,30}?(?:报道|報道)?[)）]?)?\s?$/u;
const SOURCE_NAME = "(?:新华社|新華社|中新社|人民日报|.{1,10}(?:社|报|网|电视台|电台|客户端|報|網))";
const ROLE =
  "(?:责任编辑|責任編輯|责编|编辑|編輯|编审|校对|校對|审核|监制|監製|作者|供图|供稿|撰稿|制图|设计|统筹|翻译|记者|記者|通讯员|摄影|攝影)";
const CREDIT = new RegExp(
  [
    `^[(（【]?\\s?(?:据|據)\\s?${SOURCE_NAME}(?:报道|電|电)?[)）】]?$`,
    "^[(（【]?\\s?(?:来源|來源|稿件来源|信息来源|文章来源|转自)\\s?[:：][^。]{1,50}$",
    `^[(（【]?\\s?(?:本报|新华社|本台)?\\s?${ROLE}\\s?[:：][^。]{1,50}$`,
    `^[(（【]\\s?(?:本报|新华社|本台)?\\s?${ROLE}\\s?[^，。；！？]{2,40}[)）】]$`,
    `^(?:本报|新华社|本台)?(?:记者|記者|通讯员)\\s[^，。；！？]{2,30}$`,
    "^(?:字号[:：].{0,20}|打印本页|分享到.{0,20}|【?(?:关闭窗口|返回顶部|打印)】?)$",
    "^(?:Editor|Source|Reporter|Author)s?\\s?[:：].{0,60}$",
  ].join("|"),
  "iu",
);
const PAGE_NUMBER =
  /^(?:[-—－–·\s]{0,4}\d{1,3}[-—－–·\s]{0,4}|第\s?\d{1,4}\s?[页頁](?:[，,\s/／]{0,3}共\s?\d{1,4}\s?[页頁])?|Page \d{1,4}(?: of \d{1,4})?|\d{1,4}\s?[/／]\s?\d{1,4})$/iu;

export function findExclusionReason(paragraph: ReceivedParagraph): ExclusionReason | undefined {
  const text = paragraph.text.trim();
  if (paragraph.role === "caption") return "caption";
  if (paragraph.role !== "body" || text.length > 400) return undefined;
  if (PAGE_NUMBER.test(text)) return "page-number";
  if (text.length <= 60) {
    if (VIDEO_PROMPT.test(text)) return "video-prompt";
    if (DATELINE.test(text)) return "dateline";
    if (CREDIT.test(text)) return /[摄攝](?:影)?[)）]?$/u.test(text) ? "caption" : "credit";
  }
  if (CAPTION.test(text) || PHOTO_TEXT.test(text)) return "caption";
  return undefined;
}
