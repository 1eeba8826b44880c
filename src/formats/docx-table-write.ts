/**
 * Writes a table as a Word file (DOCX): a title, a head row that repeats on every page, and cells that know their language,
 * so that spelling, line breaks and fonts are those of the language.
 *
 * Guarantee: equal tables give equal bytes; text stays text, nothing of it is taken for a field or mark-up. What XML cannot
 * hold is dropped and counted. Cost: linear.
 */
import type { Loss } from "../model/diagnostic.ts";
import type { LanguageTag } from "../model/span.ts";
import { regionalTag } from "./language-tag.ts";
import { createXmlWriter } from "./xml-write.ts";
import { packZip } from "./zip-parts.ts";

export type DocxColumn = {
  readonly head: string;
  /** Of the cells below the head. */
  readonly language: LanguageTag;
  /** Share of the width of the page, 0 to 1. */
  readonly width: number;
};

export type DocxTable = {
  readonly title: string;
  readonly language: LanguageTag;
  readonly columns: readonly DocxColumn[];
  readonly rows: readonly (readonly string[])[];
};

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml";
/** A4 across, in twentieths of a point, with margins of 2 cm. */
const PAGE =
  '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/>';
const TEXT_WIDTH = 16838 - 2 * 1134;
const STYLES =
  `${HEAD}<w:styles xmlns:w="${MAIN}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="SimSun" w:cs="Calibri"/><w:sz w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults>` +
  '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>' +
  '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:pPr><w:spacing w:after="240"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr></w:style></w:styles>';

export function writeDocxTable(table: DocxTable): { readonly bytes: Uint8Array; readonly losses: readonly Loss[] } {
  const xml = createXmlWriter();
  const languageOf = (tag: LanguageTag): string => {
    const region = xml.attribute(regionalTag(tag));
    // Word keeps the language of East Asian script apart from that of the rest.
    return /^(?:zh|ja|ko)\b/iu.test(tag) ? `<w:lang w:eastAsia="${region}"/>` : `<w:lang w:val="${region}"/>`;
  };
  const writeRun = (text: string, properties: string): string => {
    const lines = text.split(/\r\n|\n|\r/u).map((line) => `<w:t xml:space="preserve">${xml.text(line)}</w:t>`);
    return `<w:r><w:rPr>${properties}</w:rPr>${lines.join("<w:br/>")}</w:r>`;
  };
  const writeCell = (text: string, column: DocxColumn, properties: string): string =>
    `<w:tc><w:tcPr><w:tcW w:w="${Math.round(column.width * TEXT_WIDTH)}" w:type="dxa"/></w:tcPr><w:p>${text === "" ? "" : writeRun(text, properties)}</w:p></w:tc>`;
  const head = table.columns.map((column) => writeCell(column.head, column, `<w:b/>${languageOf(table.language)}`)).join("");
  const rows = table.rows.map((cells) => {
    const written = table.columns.map((column, at) => writeCell(cells[at] ?? "", column, languageOf(column.language)));
    return `<w:tr><w:trPr><w:cantSplit/></w:trPr>${written.join("")}</w:tr>`;
  });
  const border = (side: string) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="A6A6A6"/>`;
  const borders = ["top", "left", "bottom", "right", "insideH", "insideV"].map(border).join("");
  const grid = table.columns.map(({ width }) => `<w:gridCol w:w="${Math.round(width * TEXT_WIDTH)}"/>`).join("");
  const body =
    `<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr>${writeRun(table.title, languageOf(table.language))}</w:p>` +
    `<w:tbl><w:tblPr><w:tblW w:w="${TEXT_WIDTH}" w:type="dxa"/><w:tblBorders>${borders}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>${grid}</w:tblGrid>` +
    `<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>${head}</w:tr>${rows.join("")}</w:tbl><w:p/><w:sectPr>${PAGE}</w:sectPr>`;
  const parts = {
    "[Content_Types].xml": `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${TYPE}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`,
    "_rels/.rels": `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>`,
    "word/_rels/document.xml.rels": `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`,
    "word/styles.xml": STYLES,
    "word/document.xml": `${HEAD}<w:document xmlns:w="${MAIN}"><w:body>${body}</w:body></w:document>`,
  };
  const encoder = new TextEncoder();
  const bytes = packZip(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, encoder.encode(text)])), {
    level: 6,
  });
  return { bytes, losses: xml.losses() };
}
