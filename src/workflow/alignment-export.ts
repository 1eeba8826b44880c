/**
 * One alignment as a file for other tools: a unit per row, in its order, with what a person made of it: the state of the unit,
 * and a note with the groups, the confidence and the marks, which XLIFF and TMX have no field for.
 */
import type { AlignmentGroup } from "../model/alignment.ts";
import type { Loss } from "../model/diagnostic.ts";
import type { BilingualUnit } from "../model/interchange.ts";
import type { TranslationUnit } from "../model/translation-unit.ts";
import { writeTextLinks } from "../formats/alignment-links.ts";
import { writeDocxTable } from "../formats/docx-table-write.ts";
import { writeSentenceXml } from "../formats/sentence-xml.ts";
import { packZip } from "../formats/zip-parts.ts";
import { joinSegments } from "./align-texts.ts";
import type { AlignedSentence } from "./alignment-texts.ts";
import { openAlignment } from "./alignments.ts";
import type { OpenAlignment } from "./alignments.ts";
import type { Application } from "./application.ts";
import { escapeHtml, wrapHtmlPage } from "./html-page.ts";
import type { Content } from "./interchange-content.ts";
import { loss } from "./interchange-content.ts";
import { writeContent } from "./write-content.ts";

/** `table`: two columns and nothing else. `intertext`: both texts and the links, in one ZIP file. */
export const ALIGNMENT_FORMATS = ["tmx", "xliff12", "xliff20", "csv", "table", "html", "docx", "intertext"] as const;
export type AlignmentFormat = (typeof ALIGNMENT_FORMATS)[number];

const EXTENSIONS = {
  tmx: "tmx",
  xliff12: "xlf",
  xliff20: "xlf",
  csv: "csv",
  table: "tsv",
  html: "html",
  docx: "docx",
  intertext: "zip",
} as const;

/** Words of the tables that people read, in the language of the person who exports. */
export type TableWords = {
  readonly language: string;
  readonly row: string;
  readonly source: string;
  readonly target: string;
  readonly state: string;
  readonly notes: string;
  /** By what `stateOf` a row says. */
  readonly states: Readonly<Record<RowState, string>>;
};
export const ROW_STATES = ["confirmed", "unconfirmed", "omitted", "added"] as const;
export type RowState = (typeof ROW_STATES)[number];

export type AlignmentExport = {
  readonly projectId: string;
  readonly alignmentId: string;
  readonly format: AlignmentFormat;
  readonly onlyConfirmed: boolean;
  readonly toolVersion: string;
  readonly words: TableWords;
};

export type ExportedAlignment = {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly losses: readonly Loss[];
  /** Rows in the file. */
  readonly count: number;
};

type PairedRow = {
  readonly group: AlignmentGroup;
  readonly number: number;
  readonly source: string;
  readonly target: string;
  /** Texts that a person changed in the editor, as the documents have them. */
  readonly originals: readonly string[];
};
type Written = { readonly content: string | Uint8Array; readonly losses: readonly Loss[]; readonly count: number };

/** Undefined when there is no such alignment in the project. */
export async function exportAlignment(
  application: Application,
  request: AlignmentExport,
): Promise<ExportedAlignment | undefined> {
  const open = await openAlignment(application, request);
  if (!open) return undefined;
  const rows = listRows(open).filter(({ group }) => !request.onlyConfirmed || group.status !== "automatic");
  const stem = open.source.document.title.replace(/[\\/:*?"<>|\p{Cc}]+/gu, "_").slice(0, 80);
  const written = write(
    open,
    rows.filter(({ source, target }) => source !== "" || target !== ""),
    { ...request, stem },
  );
  return { name: `${stem}.${EXTENSIONS[request.format]}`, ...written };
}

function write(open: OpenAlignment, rows: readonly PairedRow[], request: AlignmentExport & { readonly stem: string }): Written {
  const { format, toolVersion } = request;
  switch (format) {
    case "table":
    case "html":
    case "docx":
      return writeTable(open, rows, request);
    case "intertext":
      return writeInterText(open, rows, request.stem);
    case "tmx":
    case "xliff12":
    case "xliff20":
    case "csv": {
      // A translation memory has pairs only; XLIFF can also say that a source has no translation.
      const kept = rows.filter(({ source, target }) => source !== "" && (format !== "tmx" || target !== ""));
      const content = format === "tmx" ? toMemory(open, kept) : toBilingual(open, kept);
      const { text = "", losses } = writeContent(content, format, { toolVersion, csv: { bom: true, neutraliseFormulas: true } });
      // Our own notes say nothing that the state column does not; those that people wrote are lost in a table.
      const noted = kept.filter((row) => noteColumn(row) !== "").length;
      const told = format === "csv" ? [...losses.filter(({ code }) => code !== "notes"), ...loss("notes", noted)] : losses;
      return { content: text, losses: [...told, ...loss("without-counterpart", rows.length - kept.length)], count: kept.length };
    }
  }
}

function listRows({ alignment, source, target }: OpenAlignment): readonly PairedRow[] {
  let sourceAt = 0;
  let targetAt = 0;
  return alignment.state.groups.map((group, index) => {
    const sources = source.sentences.slice(sourceAt, (sourceAt += group.source.length));
    const targets = target.sentences.slice(targetAt, (targetAt += group.target.length));
    const textsOf = (sentences: readonly AlignedSentence[]) => sentences.map(({ text }) => text);
    return {
      group,
      number: index + 1,
      source: joinSegments(textsOf(sources), source.document.language),
      target: joinSegments(textsOf(targets), target.document.language),
      originals: [...sources, ...targets].flatMap(({ change }) => (change?.kind === "text" ? change.original : [])),
    };
  });
}

const stateOf = (group: AlignmentGroup) => (group.status === "automatic" ? "initial" : "reviewed");

function rowStateOf(group: AlignmentGroup): RowState {
  if (group.status !== "automatic") return "confirmed";
  return group.omission ?? "unconfirmed";
}

/** "2:1; confidence 0.87; confirmed": for tools and people of any language, so in the field's own words. */
function describeRow({ group, originals }: PairedRow): string {
  const parts = [`${group.source.length}:${group.target.length}`];
  // 0: changed by hand, so nobody measured it.
  if (group.confidence > 0) parts.push(`confidence ${group.confidence.toFixed(2)}`);
  parts.push(group.status === "automatic" ? "unconfirmed" : group.status);
  if (group.omission) parts.push(group.omission);
  if (originals.length > 0) parts.push("edited");
  return parts.join("; ");
}

/** What stands beside the texts: what was made of the row, what a person wrote on it, and the words before an edit. */
function listNotes(row: PairedRow): readonly { readonly text: string; readonly from?: string }[] {
  return [
    { text: `alignment: ${describeRow(row)}` },
    ...row.originals.map((original) => ({ text: `original: ${original}` })),
    ...(row.group.notes ?? []).map(({ text, author }) => ({ text, from: author })),
  ];
}

const NOTE_GAP = "\n";

/** For tables: what people wrote, and the words before an edit. */
function noteColumn(row: PairedRow): string {
  const notes = (row.group.notes ?? []).map(({ text, author }) => `${author}: ${text}`);
  return [...notes, ...row.originals.map((original) => `[${original}]`)].join(NOTE_GAP);
}

function languagesOf({ source, target }: OpenAlignment) {
  return { source: source.document.language, target: target.document.language };
}

function toMemory(open: OpenAlignment, rows: readonly PairedRow[]): Content {
  const languages = languagesOf(open);
  const units = rows.map((row): TranslationUnit => ({
    id: String(row.number),
    source: row.source,
    target: row.target,
    sourceLanguage: languages.source,
    targetLanguage: languages.target,
    state: stateOf(row.group),
    document: open.source.document.title,
    properties: [{ type: "x-alignment", value: describeRow(row) }],
    ...(row.group.notes ? { notes: row.group.notes.map(({ text, author }) => `${author}: ${text}`) } : {}),
  }));
  return { kind: "memory", units, languages, losses: [] };
}

function toBilingual(open: OpenAlignment, rows: readonly PairedRow[]): Content {
  const languages = languagesOf(open);
  const units = rows.map((row): BilingualUnit => ({
    id: `u${row.number}`,
    notes: listNotes(row),
    translate: true,
    segments: [
      {
        id: "s1",
        source: row.source,
        ...(row.target === "" ? {} : { target: row.target }),
        state: row.target === "" ? "initial" : stateOf(row.group),
        sourceCodes: [],
        targetCodes: [],
      },
    ],
  }));
  const { id, title } = open.source.document;
  const file = { id, original: title, sourceLanguage: languages.source, targetLanguage: languages.target, units };
  return { kind: "bilingual", files: [file], losses: [] };
}

function writeTable(open: OpenAlignment, rows: readonly PairedRow[], { format, words }: AlignmentExport): Written {
  const languages = languagesOf(open);
  const { title } = open.source.document;
  if (format === "table") {
    const cell = (text: string): string => text.replaceAll(/[\t\r\n]+/gu, " ");
    const lines = rows.map(({ source, target }) => `${cell(source)}\t${cell(target)}\n`);
    const noted = rows.filter((row) => noteColumn(row) !== "").length;
    return { content: lines.join(""), losses: [...loss("states", rows.length), ...loss("notes", noted)], count: rows.length };
  }
  if (format === "docx") {
    const { bytes, losses } = writeDocxTable({
      title,
      language: words.language,
      columns: [
        { head: words.row, language: words.language, width: 0.06 },
        { head: words.source, language: languages.source, width: 0.33 },
        { head: words.target, language: languages.target, width: 0.38 },
        { head: words.state, language: words.language, width: 0.1 },
        { head: words.notes, language: words.language, width: 0.13 },
      ],
      rows: rows.map((row) => [String(row.number), row.source, row.target, words.states[rowStateOf(row.group)], noteColumn(row)]),
    });
    return { content: bytes, losses, count: rows.length };
  }
  const cell = (text: string, language: string) => `<td lang="${escapeHtml(language)}">${escapeHtml(text)}</td>`;
  const head = [words.row, words.source, words.target, words.state, words.notes].map(
    (text) => `<th scope="col">${escapeHtml(text)}</th>`,
  );
  const body = rows.map(
    (row) =>
      `<tr><th scope="row">${row.number}</th>${cell(row.source, languages.source)}${cell(row.target, languages.target)}` +
      `<td>${escapeHtml(words.states[rowStateOf(row.group)])}</td><td>${escapeHtml(noteColumn(row)).replaceAll(NOTE_GAP, "<br>")}</td></tr>`,
  );
  const table = `<table>\n<thead><tr>${head.join("")}</tr></thead>\n<tbody>\n${body.join("\n")}\n</tbody>\n</table>`;
  return { content: wrapHtmlPage({ language: words.language, title, body: table }), losses: [], count: rows.length };
}

/** The sentences keep their rows and lose their paragraphs: a row may run over the end of one. */
function writeInterText(open: OpenAlignment, rows: readonly PairedRow[], stem: string): Written {
  const kept = new Set(rows.map(({ group }) => group.id));
  const texts = { source: [] as string[][], target: [] as string[][] };
  const places = { source: 0, target: 0 };
  for (const group of open.alignment.state.groups) {
    for (const side of ["source", "target"] as const) {
      const sentences = open[side].texts.slice(places[side], (places[side] += group[side].length));
      if (kept.has(group.id)) texts[side].push([...sentences]);
    }
  }
  const written = { source: writeSentenceXml(texts.source), target: writeSentenceXml(texts.target) };
  const at = { source: 0, target: 0 };
  const take = (side: "source" | "target", count: number) => written[side].ids.slice(at[side], (at[side] += count));
  const links = rows.map(({ group }) => ({
    to: take("target", group.target.length),
    from: take("source", group.source.length),
    status: group.status === "automatic" ? "auto" : "man",
    isMarked: group.bookmark === true,
  }));
  const { source, target } = languagesOf(open);
  const name = stem.replaceAll(".", "_");
  const names = { source: `${name}.${source}.xml`, target: `${name}.${target}.xml` };
  const encoder = new TextEncoder();
  const content = packZip(
    {
      [names.source]: encoder.encode(written.source.text),
      [names.target]: encoder.encode(written.target.text),
      [`${name}.${source}.${target}.xml`]: encoder.encode(
        writeTextLinks({ toDocument: names.target, fromDocument: names.source, links }),
      ),
    },
    { level: 6 },
  );
  return {
    content,
    losses: [
      ...loss("paragraphs-of-alignment", rows.length > 0 ? 1 : 0),
      ...loss("notes", rows.filter((row) => noteColumn(row) !== "").length),
    ],
    count: rows.length,
  };
}
