/** Writes content of any shape in a target format, and says what did not survive. */
import type { CsvWriteOptions } from "../formats/csv.ts";
import { writeCsv } from "../formats/csv.ts";
import { writeGlossaryCsv } from "../formats/glossary-csv.ts";
import { writeTmx } from "../formats/tmx-write.ts";
import type { TmxUnit } from "../formats/tmx-unit.ts";
import type { XliffJson } from "../formats/xliff-json.ts";
import { formatXliffJson } from "../formats/xliff-json.ts";
import { writeXliff12 } from "../formats/xliff12-write.ts";
import { writeXliff20 } from "../formats/xliff20-write.ts";
import type { XliffProfile } from "../formats/xliff-parts.ts";
import type { Loss } from "../model/diagnostic.ts";
import type { BilingualFile } from "../model/interchange.ts";
import type { TargetFormat } from "./convert-formats.ts";
import type { Content, Languages } from "./interchange-content.ts";
import { addLosses, bilingualFromMemory, loss, memoryFromBilingual, memoryFromGlossary } from "./interchange-content.ts";

export type ContentWriteOptions = {
  readonly toolVersion: string;
  readonly profile?: XliffProfile;
  /** Language tags: for CAT tools (zh-CN, en-US) or as they are. */
  readonly languageTags?: "regional" | "as-is";
  readonly csv?: Pick<CsvWriteOptions, "bom" | "neutraliseFormulas">;
};

/** `text` is undefined when the format cannot hold this kind of content at all. */
export type WrittenContent = { readonly text: string | undefined; readonly losses: readonly Loss[] };

function bilingualOf(content: Content): { readonly files: readonly BilingualFile[]; readonly losses: readonly Loss[] } {
  switch (content.kind) {
    case "bilingual":
      return { files: content.files, losses: [] };
    case "memory":
      return bilingualFromMemory(content.units, content.languages);
    case "glossary": {
      const memory = memoryFromGlossary(content.concepts, content.languages);
      return { files: bilingualFromMemory(memory.units, content.languages).files, losses: memory.losses };
    }
  }
}

function memoryOf(content: Content): {
  readonly units: readonly TmxUnit[];
  readonly languages: Languages;
  readonly losses: readonly Loss[];
} {
  switch (content.kind) {
    case "bilingual": {
      const [first] = content.files;
      const languages = { source: first?.sourceLanguage ?? "und", target: first?.targetLanguage ?? "und" };
      return { ...memoryFromBilingual(content.files), languages };
    }
    case "memory":
      return { units: content.units, languages: content.languages, losses: [] };
    case "glossary":
      return { ...memoryFromGlossary(content.concepts, content.languages), languages: content.languages };
  }
}

/** Two columns with the state; segments without a target keep their row. */
function writePairs(content: Content, delimiter: string, options: ContentWriteOptions): WrittenContent {
  const bilingual = content.kind === "bilingual";
  const memory = memoryOf(content);
  const { units, languages } = memory;
  const rows = bilingual
    ? content.files.flatMap((file) =>
        file.units.flatMap((unit) => unit.segments.map((segment) => [segment.source, segment.target ?? "", segment.state])),
      )
    : units.map((unit) => [unit.source, unit.target, unit.state]);
  const header = [`source:${languages.source}`, `target:${languages.target}`, "state"];
  const text = writeCsv(rows, { delimiter, header, ...options.csv });
  const codes = bilingual
    ? content.files
        .flatMap((file) => file.units.flatMap((unit) => unit.segments))
        .filter((segment) => segment.sourceCodes.length + segment.targetCodes.length > 0)
    : units.filter((unit) => unit.sourceCodes ?? unit.targetCodes);
  const notes = bilingual
    ? content.files.flatMap((file) => file.units).filter((unit) => unit.notes.length > 0)
    : units.filter((unit) => unit.notes);
  const kept = new Set(["untranslated-segments", "note-authors"]);
  const further = content.kind === "memory" ? bilingualFromMemory(units, languages).losses : [];
  return {
    text,
    losses: [
      ...memory.losses.filter((each) => !kept.has(each.code)),
      ...further,
      ...loss("inline-codes", codes.length),
      ...loss("notes", notes.length),
    ],
  };
}

function writeJson(content: Content): WrittenContent {
  const { files, losses } = bilingualOf(content);
  const [first] = files;
  const resources: Record<string, Record<string, { source: string; target?: string; note?: string[] }>> = Object.create(
    null,
  ) as never;
  for (const file of files) {
    let name = file.original === "" ? file.id : file.original;
    for (let number = 2; name in resources; number += 1) name = `${file.original}-${number}`;
    const units: (typeof resources)[string] = Object.create(null) as never;
    resources[name] = units;
    for (const unit of file.units) {
      unit.segments.forEach((segment, index) => {
        let key = unit.segments.length === 1 ? unit.id : `${unit.id}.${segment.id}`;
        for (let number = 2; key in units; number += 1) key = `${unit.id}-${number}`;
        const notes = index === 0 ? unit.notes.map((note) => note.text) : [];
        units[key] = {
          source: segment.source,
          ...(segment.target === undefined ? {} : { target: segment.target }),
          ...(notes.length > 0 ? { note: notes } : {}),
        };
      });
    }
  }
  const json: XliffJson = {
    sourceLanguage: first?.sourceLanguage ?? "und",
    ...(first?.targetLanguage === undefined ? {} : { targetLanguage: first.targetLanguage }),
    resources,
  };
  const segments = files.flatMap((file) => file.units.flatMap((unit) => unit.segments));
  return {
    text: formatXliffJson(json),
    losses: [
      ...losses,
      ...loss("states", segments.filter((segment) => segment.state !== "initial").length),
      ...loss("inline-codes", segments.filter((segment) => segment.sourceCodes.length + segment.targetCodes.length > 0).length),
    ],
  };
}

function writeUnits(content: Content, options: ContentWriteOptions): WrittenContent {
  const memory = memoryOf(content);
  const { text, losses } = writeTmx(memory.units, {
    sourceLanguage: memory.languages.source,
    toolVersion: options.toolVersion,
    ...(options.languageTags ? { languageTags: options.languageTags } : {}),
  });
  return { text, losses: [...memory.losses, ...losses] };
}

function write(content: Content, format: TargetFormat, options: ContentWriteOptions): WrittenContent {
  const shared = { toolVersion: options.toolVersion, ...(options.profile ? { profile: options.profile } : {}) };
  const xliff = {
    ...shared,
    withTerms: true,
    withMatches: true,
    ...(options.languageTags ? { languageTags: options.languageTags } : {}),
  };
  switch (format) {
    case "xliff12": {
      const { files, losses } = bilingualOf(content);
      const written = writeXliff12(files, xliff);
      const renderings = files.flatMap((file) => file.units.flatMap((unit) => unit.segments)).filter((segment) => segment.terms);
      return { text: written.text, losses: [...losses, ...written.losses, ...loss("term-renderings", renderings.length)] };
    }
    case "xliff20": {
      const { files, losses } = bilingualOf(content);
      const written = writeXliff20(files, xliff);
      return { text: written.text, losses: [...losses, ...written.losses] };
    }
    case "tmx":
      return writeUnits(content, options);
    case "csv":
    case "tsv":
      if (content.kind === "glossary") {
        return {
          text: writeGlossaryCsv(content.concepts, { delimiter: format === "tsv" ? "\t" : ",", ...options.csv }),
          losses: [],
        };
      }
      return writePairs(content, format === "tsv" ? "\t" : ",", options);
    case "glossary-csv":
      if (content.kind !== "glossary") return { text: undefined, losses: [] };
      return { text: writeGlossaryCsv(content.concepts, options.csv ?? {}), losses: [] };
    case "xliff-json":
      return writeJson(content);
  }
}

export function writeContent(content: Content, format: TargetFormat, options: ContentWriteOptions): WrittenContent {
  const { text, losses } = write(content, format, options);
  return { text, losses: addLosses([...content.losses, ...losses]) };
}

/** What a format cannot carry of this content, before anything is written to disk. */
export function describeLosses(
  format: TargetFormat,
  content: Content,
  options: ContentWriteOptions = { toolVersion: "" },
): readonly Loss[] {
  return writeContent(content, format, options).losses;
}
