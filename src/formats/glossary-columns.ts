/** The columns of a glossary table: our own names, the other names people give them, and the values they may hold. */
import type { ConceptKind, MatchingRule, TermStatus, TermType, TermUsage } from "../model/concept.ts";

/** In the order in which they are written. */
export const GLOSSARY_COLUMNS = [
  "concept",
  "kind",
  "class",
  "domain",
  "concept_note",
  "language",
  "term",
  "term_type",
  "status",
  "usage",
  "matching",
  "part_of_speech",
  "valid_from",
  "valid_until",
  "term_note",
  "source",
  "place",
  "date",
  "source_quotation",
  "target_quotation",
  "paraphrased",
  "relations",
] as const;

export type GlossaryColumn = (typeof GLOSSARY_COLUMNS)[number];

export const KINDS: readonly ConceptKind[] = ["term", "phrase", "frame", "name", "title"];
export const STATUSES: readonly TermStatus[] = [
  ...(["candidate", "proposed", "approved", "admitted", "rejected", "deprecated", "superseded", "forbidden"] as const),
];
export const USAGES: readonly TermUsage[] = ["running", "headline", "first-mention", "later-mention"];
export const MATCHING: readonly MatchingRule[] = ["exact", "inflecting", "stem"];
export const TERM_TYPES: readonly TermType[] = ["fullForm", "acronym", "abbreviation", "shortForm", "variant", "phrase"];

/** Header cells as met in the files of translators, in lower case without blanks, for columns and for languages. */
const ALIASES: Readonly<Record<string, GlossaryColumn>> = {
  id: "concept",
  conceptid: "concept",
  concept_id: "concept",
  概念: "concept",
  编号: "concept",
  种类: "kind",
  类别: "class",
  category: "class",
  分类: "class",
  领域: "domain",
  subject: "domain",
  概念说明: "concept_note",
  语言: "language",
  lang: "language",
  术语: "term",
  text: "term",
  词条: "term",
  术语类型: "term_type",
  termtype: "term_type",
  状态: "status",
  用法: "usage",
  匹配: "matching",
  词性: "part_of_speech",
  pos: "part_of_speech",
  partofspeech: "part_of_speech",
  生效日期: "valid_from",
  validfrom: "valid_from",
  失效日期: "valid_until",
  validuntil: "valid_until",
  备注: "term_note",
  说明: "term_note",
  注释: "term_note",
  note: "term_note",
  notes: "term_note",
  comment: "term_note",
  来源: "source",
  出处: "source",
  source_id: "source",
  reference: "source",
  位置: "place",
  locator: "place",
  日期: "date",
  原文例句: "source_quotation",
  译文例句: "target_quotation",
  无固定译法: "paraphrased",
  关系: "relations",
};

const LANGUAGES: Readonly<Record<string, string>> = {
  中文: "zh",
  汉语: "zh",
  原文: "zh",
  chinese: "zh",
  英文: "en",
  英语: "en",
  译文: "en",
  english: "en",
};

export type HeaderCell =
  | { readonly kind: "column"; readonly column: GlossaryColumn }
  | { readonly kind: "language"; readonly language: string }
  /** A person has said that it does not count. */
  | { readonly kind: "ignored" }
  | { readonly kind: "unknown" };

export function readHeaderCell(cell: string): HeaderCell {
  const name = cell
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/gu, "_");
  const column = GLOSSARY_COLUMNS.find((each) => each === name) ?? ALIASES[name] ?? ALIASES[name.replaceAll("_", "")];
  if (column) return { kind: "column", column };
  const language = LANGUAGES[name];
  if (language) return { kind: "language", language };
  const tag = cell.trim().replaceAll("_", "-");
  if (/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/u.test(tag) && isLanguage(tag)) return { kind: "language", language: tag };
  return { kind: "unknown" };
}

/** "en" and "zh-Hans" are languages, "tag" and "ref" are not. */
function isLanguage(tag: string): boolean {
  try {
    const [main = ""] = tag.split("-");
    return new Intl.DisplayNames("en", { type: "language", fallback: "none" }).of(main) !== undefined;
  } catch {
    return false;
  }
}

/** Status in Chinese, as people fill it in. */
const STATUS_NAMES: Readonly<Record<string, TermStatus>> = {
  候选: "candidate",
  建议: "proposed",
  批准: "approved",
  已批准: "approved",
  preferred: "approved",
  允许: "admitted",
  驳回: "rejected",
  弃用: "deprecated",
  过时: "superseded",
  禁用: "forbidden",
};

export function readStatus(value: string): TermStatus | undefined {
  const name = value.trim().toLowerCase();
  return STATUSES.find((status) => status === name) ?? STATUS_NAMES[name];
}

/** Said of a concept without a fixed rendering. */
export const YES_OR_NO: Readonly<Record<string, boolean>> = {
  yes: true,
  true: true,
  是: true,
  no: false,
  false: false,
  否: false,
};
