/**
 * Sentence ends of Chinese. Sources: GB/T 15834-2011 (General rules for punctuation): 。？！ end sentences, closing quotes
 * and brackets belong to what they close, ；： divide inside a sentence, ……and —— stand inside one.
 * Only 。！？ and their half-width forms break; the exceptions come first, as SRX wants it.
 */
import type { LanguageRule } from "./rules.ts";

const END = "[。！？!?．｡]";
const CLOSERS = "[”’」』）】》〉〕］｝〗\\)\\]}\"'»]";
const HAN = "\\p{Script=Han}";
const NUMERAL = "[一二三四五六七八九十百零〇]{1,4}";

export const CHINESE: LanguageRule = {
  name: "Chinese",
  rules: [
    {
      break: false,
      beforeBreak: `(?:${END}|…)`,
      afterBreak: `(?:${CLOSERS}|${END}|…)`,
      note: "A run of ！？ or …… is one mark, and a closing quotation mark or bracket stays with its sentence.",
    },
    {
      break: false,
      beforeBreak: `(?:${END}|…)${CLOSERS}{1,4}`,
      afterBreak: `(?:${CLOSERS}|[，、；：,;:。！？—…])`,
      note: "“……！”，他说: the sentence goes on after the quotation.",
    },
    {
      break: false,
      beforeBreak: `${END}[》〉]`,
      afterBreak: "",
      note: "A mark inside a title is part of the name: 《谁是主人？》一文.",
    },
    {
      break: false,
      beforeBreak: `[（(]${END}{1,3}[）)]`,
      afterBreak: "",
      note: "（！） and （？） are remarks inside a sentence.",
    },
    {
      break: false,
      beforeBreak: `${END}[”’」』]{1,2}`,
      afterBreak: "(?:的(?!确)|等(?!到|待|候)|之类|之说|口号|标语|字样|一[语句词文])",
      note: "“让审理者裁判。”的要求: the quotation is a part of the sentence.",
    },
    {
      break: false,
      beforeBreak: "[！？!?][”’」』]{1,2}",
      afterBreak: "(?:和|与|與|及|或|是|为|為|作为|作為)",
      note: "“加油！”和“坚持！”; after 。” these words may begin a sentence.",
    },
    {
      break: false,
      beforeBreak: `${END}[”’」』]{1,2}`,
      afterBreak: `[^，。！？：；“”「」\\s]{1,6}(?:说|說|问|問|表示|指出|强调|強調|(?:说|說|问|問|答|喊|叫|笑|叹|嘆|写|寫)道)(?:。|$)`,
      note: "“走吧！”他说。: who spoke comes after, and then the sentence ends.",
    },
    {
      break: false,
      beforeBreak: `(?:^|[。；\\n])[\\s\\u3000]{0,8}[（(]?(?:${NUMERAL}|[0-9０-９]{1,3})[）)]?[.．]`,
      afterBreak: "",
      note: "一．  1. （二）. number what follows.",
    },
    {
      break: false,
      beforeBreak: "[0-9０-９A-Za-zＡ-Ｚａ-ｚ][.．]",
      afterBreak: "[0-9０-９A-Za-zＡ-Ｚａ-ｚ]",
      note: "3．5 and www．gov．cn written with full-width marks.",
    },
    {
      break: false,
      beforeBreak: "[。！？!?…]",
      afterBreak: "[ \\u00a0\\u3000]{1,2}[”’」』）】》]",
      note: "A closing mark set off by a space, as conversions leave it.",
    },
    {
      break: true,
      beforeBreak: "[。！？][ \\u00a0\\u3000]{1,2}[”’」』）】》]{1,2}",
      afterBreak: "",
    },
    {
      break: true,
      beforeBreak: `[。！？｡]${CLOSERS}{0,4}`,
      afterBreak: "",
      note: "The end of a sentence.",
    },
    {
      break: true,
      beforeBreak: `(?:${HAN}|[”’）》])[!?．]${CLOSERS}{0,4}`,
      afterBreak: `(?:\\s|${HAN}|[“‘「『（《【"A-Z0-9０-９])`,
      note: "Half-width ! and ? and a full-width stop after Chinese.",
    },
    {
      break: true,
      beforeBreak: `(?:${HAN}|[”’）》])\\.[”’」』）)"]{0,2}`,
      afterBreak: `(?:\\s|${HAN}|[“‘「『（《【])`,
      note: "A half-width stop after Chinese, as damaged texts have it.",
    },
    {
      break: true,
      beforeBreak: "\\p{Script=Latin}[.!?][”」』]{1,2}",
      afterBreak: HAN,
      note: "A quoted Latin sentence, then Chinese.",
    },
    {
      break: true,
      beforeBreak: "…[”’」』）]{1,3}",
      afterBreak: `(?:\\s|${HAN}|[“‘「『（《【])`,
      note: "…… ends a sentence only where a quotation or bracket closes after it.",
    },
    {
      break: true,
      beforeBreak: "[\\n\\r\\u2028]",
      afterBreak: "",
      note: "A line break inside a paragraph (an address, a verse).",
    },
  ],
};
