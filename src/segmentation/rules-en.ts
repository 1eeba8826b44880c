/**
 * Sentence ends of English and of other languages in Latin script. A stop, exclamation or question mark with what closes
 * after it ends a sentence when white space follows; exceptions for abbreviations, initials and numbers come first.
 * The abbreviations are those of official and news prose; a list for a field of its own belongs in a user's .srx file.
 */
import type { LanguageRule } from "./rules.ts";

const CLOSERS = "[\"”’'\\)\\]}»]";
const SPACE = "\\s{1,20}";
/** Never the last word of a sentence, or hardly ever. */
const TITLES =
  "Mr|Mrs|Ms|Messrs|Dr|Prof|Gen|Col|Lt|Sgt|Capt|Cmdr|Adm|Maj|Rep|Reps|Sen|Sens|Gov|Pres|Hon|Rev|Fr|St|Mt|Ft|Amb|Supt|Insp";
const REFERENCES =
  "Art|Arts|Sec|Secs|Fig|Figs|Vol|Vols|pp|para|paras|Ch|Nos|No|Eq|Ref|Refs|App|Pt|cl|ca|approx|est|cf|viz|vs|v|al|ed|eds|trans|incl|excl|resp|seq";
const MONTHS = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Mon|Tue|Tues|Wed|Thu|Thurs|Fri|Sat|Sun";
/** May end a sentence: what follows decides. */
const COMPANIES = "Inc|Ltd|Co|Corp|Bros|Jr|Sr|Esq|etc|Ave|Blvd|Rd|Dept|Univ|Assn|Gov't";
/** Words that begin a sentence far more often than they follow an abbreviation. */
const STARTERS =
  "The|A|An|It|He|She|They|We|I|You|This|That|These|Those|There|In|On|At|As|But|And|However|Moreover|Meanwhile|After|Before|When|While|If|For|To|By|With|From|Since|Although|Such|His|Her|Their|Its|Our|All|Both|Each|No|Not|Under|According";

export const ENGLISH: LanguageRule = {
  name: "English",
  rules: [
    {
      break: false,
      beforeBreak: `[.!?…]${CLOSERS}{0,3}`,
      afterBreak: `(?:${CLOSERS}(?!\\p{L})|[.!?…])`,
      note: "A run of marks, and closing quotation marks and brackets, stay with their sentence.",
    },
    {
      break: false,
      beforeBreak: `[.!?…]${CLOSERS}{0,3}`,
      afterBreak: `${SPACE}["“‘(]?\\p{Ll}`,
      note: 'A small letter goes on: "Really?" he asked.',
    },
    {
      break: false,
      beforeBreak: "[.!?]",
      afterBreak: '[ \\u00a0](?:[”’)\\]]|"(?:\\s|$))',
      note: "A closing mark set off by a space, as conversions leave it.",
    },
    {
      break: true,
      beforeBreak: '[.!?][ \\u00a0]["”’)\\]]',
      afterBreak: '\\s{1,20}["“‘(]?[\\p{Lu}\\d]',
    },
    {
      break: false,
      beforeBreak: "\\.",
      afterBreak: `${SPACE}[,;:–—-]`,
    },
    {
      break: false,
      beforeBreak: `(?<![\\p{L}\\d])(?:${TITLES})\\.`,
      afterBreak: "",
      note: "Mr. Li, Gen. Wang.",
    },
    {
      break: false,
      beforeBreak: `(?<![\\p{L}\\d])(?:${REFERENCES})\\.`,
      afterBreak: `${SPACE}(?:\\d|[IVXLC]{1,6}\\b|\\p{Ll}|[(\\[])`,
      note: 'No. 3, Art. IV; but "The answer is no. We" breaks.',
    },
    {
      break: false,
      beforeBreak: `(?<![\\p{L}\\d])(?:${MONTHS})\\.`,
      afterBreak: `${SPACE}\\d`,
      note: "Jan. 25.",
    },
    {
      break: false,
      beforeBreak: "(?<!\\p{L})(?:e\\.g|i\\.e|eg|ie|cf|viz|vs)\\.",
      afterBreak: "",
    },
    {
      break: true,
      beforeBreak: `(?:(?<!\\p{L})(?:\\p{Lu}\\.){2,4}|(?<!\\p{L})[ap]\\.m\\.|\\b(?:${COMPANIES})\\.|\\bPh\\.D\\.)${CLOSERS}{0,2}`,
      afterBreak: `${SPACE}["“‘(]?(?:${STARTERS})\\b`,
      note: "in the U.S. The second round: a usual first word begins a sentence.",
    },
    {
      break: false,
      beforeBreak: `(?<!\\p{L})(?:\\p{Lu}\\.){2,4}`,
      afterBreak: `${SPACE}(?:\\p{Lu}|\\d)`,
      note: "U.S. President, U.N. Security Council.",
    },
    {
      break: false,
      beforeBreak: `\\b(?:Inc|Ltd|Co|Corp|Bros|Jr|Sr|Dept|Univ)\\.`,
      afterBreak: `${SPACE}(?:\\p{Lu}|\\d|&)`,
      note: "Yunxi Power Co. Ltd.; a usual first word after it has already broken.",
    },
    {
      break: false,
      beforeBreak: "(?<![\\p{L}\\d.])\\p{Lu}\\.",
      afterBreak: `${SPACE}(?:\\p{Lu}[\\p{Ll}.])`,
      note: "Initials: J. Smith, George W. Bush.",
    },
    {
      break: false,
      beforeBreak: "(?:^|\\n)\\s{0,8}[(]?(?:\\d{1,3}(?:\\.\\d{1,2}){0,3}|\\p{L}|[ivxIVX]{1,6})[.)]{1,2}",
      afterBreak: "",
      note: "1. and a) at the beginning number what follows.",
    },
    {
      break: true,
      beforeBreak: `[.!?…]${CLOSERS}{0,3}(?:\\[\\d{1,3}\\]){0,3}`,
      afterBreak: "\\s",
      note: "The end of a sentence, with its quotation marks and note numbers.",
    },
    {
      break: true,
      beforeBreak: "[\\n\\r\\u2028]",
      afterBreak: "",
    },
  ],
};
