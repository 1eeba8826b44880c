/**
 * A glossary in every format that we write, with what each loses said: `losses` are gone, `notices` stand in notes that only we
 * read back. Nothing is written to disk here.
 */
import { writeGlossaryCsv } from "../formats/glossary-csv.ts";
import type { WrittenGlossary } from "../formats/glossary-losses.ts";
import { writeOmegatGlossary } from "../formats/glossary-omegat.ts";
import { writeGlossaryXlsx } from "../formats/glossary-xlsx.ts";
import { TBX_FORMS } from "../formats/tbx-dialect.ts";
import type { TbxForm, TbxName } from "../formats/tbx-dialect.ts";
import { writeTbx } from "../formats/tbx-write.ts";
import type { TbxTransaction } from "../formats/tbx-write.ts";
import { writeUtx } from "../formats/utx.ts";
import type { Concept } from "../model/concept.ts";
import type { Loss } from "../model/diagnostic.ts";
import type { Languages } from "./interchange-content.ts";

export type GlossaryFormat = TbxName | "csv" | "tsv" | "xlsx" | "utx" | "omegat";

export const GLOSSARY_FORMATS: readonly GlossaryFormat[] = [
  ...(["csv", "tsv", "xlsx", "tbx-basic", "tbx-basic-dct", "tbx-min", "tbx-min-dct", "tbx-core", "tbx-core-dct"] as const),
  ...(["tbx2", "utx", "omegat"] as const),
];

/** `.utf8` is what OmegaT reads as UTF-8 whatever the system is set to. */
const ENDINGS: Readonly<Record<GlossaryFormat, string>> = {
  csv: "csv",
  tsv: "tsv",
  xlsx: "xlsx",
  "tbx-basic": "basic.tbx",
  "tbx-basic-dct": "basic-dct.tbx",
  "tbx-min": "min.tbx",
  "tbx-min-dct": "min-dct.tbx",
  "tbx-core": "core.tbx",
  "tbx-core-dct": "core-dct.tbx",
  tbx2: "v2.tbx",
  utx: "utx",
  omegat: "utf8",
};

export function glossaryFileName(title: string, format: GlossaryFormat): string {
  return `${title.replace(/[\\/:*?"<>|\p{Cc}]+/gu, "_").slice(0, 80)}.glossary.${ENDINGS[format]}`;
}

/** The format that a name or the ending of a file asks for; TBX alone means Basic. */
export function findGlossaryFormat(wish: { readonly to?: string; readonly outName?: string }): GlossaryFormat | undefined {
  const name = (wish.to ?? /\.([^./\\]+)$/u.exec(wish.outName ?? "")?.[1] ?? "").trim().toLowerCase();
  const others: Readonly<Record<string, GlossaryFormat>> = {
    tbx: "tbx-basic",
    "tbx-core-dca": "tbx-core",
    "tbx-min-dca": "tbx-min",
    "tbx-basic-dca": "tbx-basic",
    "tbx-v2": "tbx2",
    martif: "tbx2",
    tab: "tsv",
    utf8: "omegat",
    "glossary-csv": "csv",
  };
  return GLOSSARY_FORMATS.find((format) => format === name) ?? (Object.hasOwn(others, name) ? others[name] : undefined);
}

export type GlossaryWriteOptions = {
  readonly format: GlossaryFormat;
  readonly languages: Languages;
  readonly title?: string;
  /** When the glossary last changed; for formats that must name a day. */
  readonly changedAt?: string;
  readonly transactions?: ReadonlyMap<string, readonly TbxTransaction[]>;
  /** For spreadsheets: a mark that says UTF-8 (CSV, TSV). */
  readonly bom?: boolean;
  readonly neutraliseFormulas?: boolean;
};

export type GlossaryFileContent = {
  readonly bytes: Uint8Array;
  readonly losses: readonly Loss[];
  readonly notices: readonly Loss[];
};

export function writeGlossary(concepts: readonly Concept[], options: GlossaryWriteOptions): GlossaryFileContent {
  const { format, languages, bom, neutraliseFormulas } = options;
  const table = { ...(bom ? { bom } : {}), ...(neutraliseFormulas ? { neutraliseFormulas } : {}) };
  if (isTbx(format)) return inBytes(writeTerms(concepts, TBX_FORMS[format], options));
  switch (format) {
    case "csv":
      return { bytes: encode(writeGlossaryCsv(concepts, table)), losses: [], notices: [] };
    case "tsv":
      return { bytes: encode(writeGlossaryCsv(concepts, { ...table, delimiter: "\t" })), losses: [], notices: [] };
    case "xlsx":
      return { ...writeGlossaryXlsx(concepts, table), notices: [] };
    case "omegat":
      return inBytes(writeOmegatGlossary(concepts, languages));
    case "utx":
      return inBytes(writeUtx(concepts, { languages, date: options.changedAt ?? newestDay(concepts) }));
  }
}

function isTbx(format: GlossaryFormat): format is TbxName {
  return Object.hasOwn(TBX_FORMS, format);
}

function writeTerms(concepts: readonly Concept[], form: TbxForm, options: GlossaryWriteOptions): WrittenGlossary {
  const { languages, title, transactions } = options;
  return writeTbx(concepts, {
    form,
    sourceLanguage: languages.source,
    ...(title === undefined ? {} : { title }),
    ...(transactions ? { transactions } : {}),
  });
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function inBytes({ text, losses, notices }: WrittenGlossary): GlossaryFileContent {
  return { bytes: encode(text), losses, notices };
}

/** Without a store nobody knows when the glossary changed: the newest day that it names, so that equal files stay equal. */
function newestDay(concepts: readonly Concept[]): string {
  const days = concepts.flatMap(({ terms }) => terms.flatMap(({ attestations }) => attestations.map(({ date }) => date ?? "")));
  const newest = days.reduce((best, day) => (day > best ? day : best), "1970-01-01");
  return `${newest}${"-01-01".slice(newest.length < 7 ? 0 : newest.length < 10 ? 3 : 6)}T00:00:00Z`;
}

export type GlossaryOffer = {
  readonly format: GlossaryFormat;
  readonly losses: readonly Loss[];
  readonly notices: readonly Loss[];
};

/** Writes each format and answers what was lost: the only honest way to know. */
export function describeFormats(concepts: readonly Concept[], languages: Languages): readonly GlossaryOffer[] {
  return GLOSSARY_FORMATS.map((format) => {
    const { losses, notices } = writeGlossary(concepts, { format, languages });
    return { format, losses, notices };
  });
}
