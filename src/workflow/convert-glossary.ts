/** Glossary formats for the converter: which one a file is, which one is wished for, and reading it as content. */
import { findBinaryKind } from "../formats/encoding.ts";
import { TBX_FORMS } from "../formats/tbx-dialect.ts";
import { isUtx } from "../formats/utx.ts";
import { decodeXml } from "../formats/xml-encoding.ts";
import { findXmlStart } from "../formats/xml-start.ts";
import { readZipDirectory } from "../formats/zip-directory.ts";
import type { ReadResult } from "../model/diagnostic.ts";
import type { GlossaryFormat } from "./glossary-write.ts";
import { findGlossaryFormat, GLOSSARY_FORMATS } from "./glossary-write.ts";
import { readGlossaryFile } from "./glossary-file.ts";
import { languagesOf } from "./glossary-languages.ts";
import type { Content } from "./interchange-content.ts";
import { loss } from "./interchange-content.ts";
import type { NamedFile, ReadOptions } from "./read-content.ts";

/** Tables are among the converter's other formats. */
export type GlossaryTarget = Exclude<GlossaryFormat, "csv" | "tsv">;
export const GLOSSARY_TARGETS = GLOSSARY_FORMATS.filter(
  (format): format is GlossaryTarget => format !== "csv" && format !== "tsv",
);

export function findGlossaryTarget(wish: { readonly to?: string; readonly outName?: string }): GlossaryTarget | undefined {
  const format = findGlossaryFormat(wish);
  return GLOSSARY_TARGETS.find((each) => each === format);
}

/** A file that is a glossary by its content; `format` is what the converter would write it as, if it can. */
export type FoundGlossary = { readonly format: GlossaryTarget | undefined };

export function detectGlossary({ bytes }: NamedFile): FoundGlossary | undefined {
  const kind = findBinaryKind(bytes);
  if (kind === "zip") {
    const isSheet = readZipDirectory(bytes, 5000)?.some(({ name }) => name.toLowerCase() === "xl/workbook.xml");
    return isSheet ? { format: "xlsx" } : undefined;
  }
  if (kind !== undefined) return undefined;
  const opening = decodeXml(bytes.subarray(0, 100_000));
  if ("code" in opening) return undefined;
  if (isUtx(opening.text)) return { format: "utx" };
  const start = findXmlStart(opening.text);
  if (start?.name === "martif") return { format: "tbx2" };
  if (start?.name !== "tbx") return undefined;
  const attribute = (name: string) =>
    new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)`, "u").exec(start.tag)?.[1]?.toLowerCase() ?? "";
  const name = attribute("type") + (attribute("style") === "dct" ? "-dct" : "");
  return { format: GLOSSARY_TARGETS.find((each) => each === name && Object.hasOwn(TBX_FORMS, each)) };
}

export function readGlossaryContent(file: NamedFile, options: ReadOptions): ReadResult<Content> {
  const { value, diagnostics } = readGlossaryFile(file, { undoFormulas: true });
  if (!value) return { value: undefined, diagnostics };
  const languages = languagesOf(value, {
    ...(options.from === undefined ? {} : { from: options.from }),
    ...(options.toLanguage === undefined ? {} : { toLanguage: options.toLanguage }),
  });
  const left = diagnostics.filter(({ severity }) => severity === "error");
  return { value: { kind: "glossary", concepts: value, languages, losses: loss("units-left-out", left.length) }, diagnostics };
}
