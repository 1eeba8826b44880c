/**
 * The dialects of TBX (ISO 30042): which data categories each has, in which module, and the notes in which a dialect carries
 * what it has no category for. Version 2 (martif) is written as TBX-Basic of its time.
 */
import type { TermStatus, TermType } from "../model/concept.ts";

export type TbxDialect = "core" | "min" | "basic";
export type TbxForm = { readonly version: 2 | 3; readonly dialect: TbxDialect; readonly style: "dca" | "dct" };

export const TBX_FORMS = {
  "tbx-core": { version: 3, dialect: "core", style: "dca" },
  "tbx-min": { version: 3, dialect: "min", style: "dca" },
  "tbx-basic": { version: 3, dialect: "basic", style: "dca" },
  "tbx-core-dct": { version: 3, dialect: "core", style: "dct" },
  "tbx-min-dct": { version: 3, dialect: "min", style: "dct" },
  "tbx-basic-dct": { version: 3, dialect: "basic", style: "dct" },
  tbx2: { version: 2, dialect: "basic", style: "dca" },
} as const satisfies Readonly<Record<string, TbxForm>>;

export type TbxName = keyof typeof TBX_FORMS;

export const TBX_NAMESPACE = "urn:iso:std:iso:30042:ed-2";
export type TbxModule = "min" | "basic" | "linguist";
export const MODULE_NAMESPACES: Readonly<Record<TbxModule, string>> = {
  min: "http://www.tbxinfo.net/ns/min",
  basic: "http://www.tbxinfo.net/ns/basic",
  linguist: "http://www.tbxinfo.net/ns/linguist",
};
export const DIALECT_NAMES: Readonly<Record<TbxDialect, string>> = { core: "TBX-Core", min: "TBX-Min", basic: "TBX-Basic" };

/** The element of the core that holds a category in DCA style. */
export type TbxMeta = "admin" | "descrip" | "ref" | "termNote" | "transac" | "transacNote" | "xref";

/** After the module descriptions (tbxmd) of LTAC Global. */
export const CATEGORIES: Readonly<Record<string, { readonly module: TbxModule; readonly meta: TbxMeta }>> = {
  administrativeStatus: { module: "min", meta: "termNote" },
  customerSubset: { module: "min", meta: "admin" },
  externalCrossReference: { module: "min", meta: "xref" },
  partOfSpeech: { module: "min", meta: "termNote" },
  subjectField: { module: "min", meta: "descrip" },
  context: { module: "basic", meta: "descrip" },
  crossReference: { module: "basic", meta: "ref" },
  definition: { module: "basic", meta: "descrip" },
  geographicalUsage: { module: "basic", meta: "termNote" },
  grammaticalGender: { module: "basic", meta: "termNote" },
  projectSubset: { module: "basic", meta: "admin" },
  responsibility: { module: "basic", meta: "transacNote" },
  source: { module: "basic", meta: "admin" },
  termLocation: { module: "basic", meta: "termNote" },
  termType: { module: "basic", meta: "termNote" },
  transactionType: { module: "basic", meta: "transac" },
  xGraphic: { module: "basic", meta: "xref" },
  grammaticalNumber: { module: "linguist", meta: "termNote" },
  reading: { module: "linguist", meta: "admin" },
  register: { module: "linguist", meta: "termNote" },
  transferComment: { module: "linguist", meta: "termNote" },
};

/** Modules of a dialect by its name in the file; undefined for a dialect that is not known. */
export function modulesOf(dialect: string): readonly TbxModule[] | undefined {
  switch (dialect) {
    case "TBX-Core":
      return [];
    case "TBX-Min":
      return ["min"];
    case "TBX-Basic":
      return ["min", "basic"];
    case "TBX-Linguist":
      return ["min", "basic", "linguist"];
    default:
      return undefined;
  }
}

/** What other tools are told of a status; candidates and proposals have none yet. */
export const ADMINISTRATIVE_STATUS: Readonly<Partial<Record<TermStatus, string>>> = {
  approved: "preferredTerm-admn-sts",
  admitted: "admittedTerm-admn-sts",
  rejected: "deprecatedTerm-admn-sts",
  deprecated: "deprecatedTerm-admn-sts",
  superseded: "supersededTerm-admn-sts",
  forbidden: "deprecatedTerm-admn-sts",
};

/** Statuses that `ADMINISTRATIVE_STATUS` says wholly. */
export const PLAIN_STATUSES: ReadonlySet<TermStatus> = new Set(["approved", "admitted", "deprecated", "superseded"]);

const STATUS_WORDS: Readonly<Record<string, TermStatus>> = {
  preferredterm: "approved",
  preferred: "approved",
  standardizedterm: "approved",
  admittedterm: "admitted",
  admitted: "admitted",
  legalterm: "admitted",
  regulatedterm: "admitted",
  deprecatedterm: "deprecated",
  deprecated: "deprecated",
  notrecommended: "deprecated",
  supersededterm: "superseded",
  superseded: "superseded",
  obsolete: "superseded",
  forbidden: "forbidden",
  proposed: "proposed",
};

/** `preferredTerm-admn-sts` and what tools write instead (Weblate: forbidden, obsolete). */
export function readAdministrativeStatus(value: string): TermStatus | undefined {
  return STATUS_WORDS[
    value
      .trim()
      .toLowerCase()
      .replace(/-admn-sts$/u, "")
  ];
}

export const PARTS_OF_SPEECH: ReadonlySet<string> = new Set(["adjective", "noun", "other", "verb", "adverb"]);

const TERM_TYPE_WORDS: Readonly<Record<string, TermType>> = {
  fullform: "fullForm",
  entryterm: "fullForm",
  mainentryterm: "fullForm",
  synonym: "fullForm",
  acronym: "acronym",
  initialism: "abbreviation",
  abbreviation: "abbreviation",
  shortform: "shortForm",
  clippedterm: "shortForm",
  variant: "variant",
  spellingvariant: "variant",
  phrase: "phrase",
  setphrase: "phrase",
  phraseologicalunit: "phrase",
  standardtext: "phrase",
};

export function readTermType(value: string): TermType | undefined {
  return TERM_TYPE_WORDS[value.trim().toLowerCase()];
}

/** The words that stand in the header of our own files: their white space is text, their notes are read as ours. */
export const OWN_MARK = "Dingyi";

/** Notes that carry a field: `dingyi: …` of a concept or term, the others as they say. A user's own note never begins so. */
export const NOTE = {
  fields: "dingyi: ",
  relations: "dingyi relations: ",
  attestation: "dingyi attestation: ",
  /** Speaks of the source before it. */
  source: "dingyi source: ",
  /** A user's note that begins like one of ours. */
  note: "dingyi note: ",
} as const;

const NC_NAME = /^[A-Za-z_\u4e00-\u9fff][A-Za-z0-9_.\-\u4e00-\u9fff]*$/u;
const ESCAPED = "dy.";

/** An id that XML takes (xs:ID): ours as it is when it can be, else behind `dy.` with other characters as `_` and four digits. */
export function writeXmlId(id: string): string {
  if (NC_NAME.test(id) && !id.startsWith(ESCAPED)) return id;
  const safe = id.replace(/[^A-Za-z0-9.\-\u4e00-\u9fff]/gu, (each) =>
    Array.from({ length: each.length }, (_, at) => `_${each.charCodeAt(at).toString(16).padStart(4, "0")}`).join(""),
  );
  return ESCAPED + safe;
}

export function readXmlId(id: string): string {
  if (!id.startsWith(ESCAPED)) return id;
  return id
    .slice(ESCAPED.length)
    .replace(/_([0-9a-f]{4})/gu, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
