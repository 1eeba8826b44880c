import { zipSync } from "fflate";
import type { Zippable } from "fflate";

export type DocxSample = {
  readonly body: string;
  readonly core?: string;
  readonly footnotes?: string;
  readonly more?: Zippable;
};

const WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/** A small Word file with the styles Heading1 and Title. */
export function makeDocx({ body, core, footnotes, more }: DocxSample): Uint8Array {
  const text = (xml: string) => new TextEncoder().encode(`<?xml version="1.0" encoding="UTF-8"?>${xml}`);
  const style = (id: string, name: string) => `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/></w:style>`;
  return zipSync({
    "[Content_Types].xml": text(
      `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${TYPES}.document.main+xml"/></Types>`,
    ),
    "_rels/.rels": text(
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>`,
    ),
    "word/_rels/document.xml.rels": text(
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${RELATIONS}/styles" Target="styles.xml"/><Relationship Id="r2" Type="${RELATIONS}/footnotes" Target="footnotes.xml"/></Relationships>`,
    ),
    "word/styles.xml": text(
      `<w:styles ${WORD}>${style("Heading1", "heading 1")}${style("Title", "Title")}${style("Caption", "caption")}</w:styles>`,
    ),
    "word/footnotes.xml": text(`<w:footnotes ${WORD}>${footnotes ?? ""}</w:footnotes>`),
    "word/document.xml": text(`<w:document ${WORD}><w:body>${body}</w:body></w:document>`),
    ...(core
      ? {
          "docProps/core.xml": text(
            `<cp:coreProperties xmlns:cp="cp" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">${core}</cp:coreProperties>`,
          ),
        }
      : {}),
    ...more,
  });
}
