import type { Zippable } from "fflate";
import { describe, expect, it } from "vitest";
import { readDocx } from "../../src/formats/docx.ts";
import { makeDocx } from "./docx-sample.ts";

const paragraph = (text: string, style = "") =>
  `<w:p>${style && `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;

/** Overwrites the declared size of an entry in the directory and in its own header. */
function forgeSize(archive: Uint8Array, name: string, size: number): Uint8Array {
  const forged = archive.slice();
  const view = new DataView(forged.buffer);
  const wanted = new TextEncoder().encode(name);
  for (let at = 0; at < forged.length - 46; at++) {
    const signature = view.getUint32(at, true);
    const [nameAt, sizeAt] = signature === 0x02014b50 ? [46, 24] : signature === 0x04034b50 ? [30, 22] : [0, 0];
    if (nameAt && wanted.every((byte, offset) => forged[at + nameAt + offset] === byte)) view.setUint32(at + sizeAt, size, true);
  }
  return forged;
}

describe("readDocx", () => {
  it("keeps headings with levels, tables, captions and footnotes apart", async () => {
    const table = `<w:tbl><w:tr><w:tc>${paragraph("单位")}</w:tc><w:tc>${paragraph("任务")}</w:tc></w:tr></w:tbl>`;
    const noted = `<w:p><w:r><w:t>正文</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>结束。</w:t></w:r></w:p>`;
    const footnotes = `<w:footnote w:id="2">${paragraph("脚注的话。")}</w:footnote>`;
    const body = paragraph("总标题", "Title") + paragraph("第一部分", "Heading1") + noted + table + paragraph("图说", "Caption");
    const { value, diagnostics } = await readDocx(makeDocx({ body, footnotes }));
    expect(diagnostics).toEqual([]);
    expect(value?.paragraphs.map(({ text, role, level, line }) => [text, role, level, line])).toEqual([
      ["总标题", "heading", 1, 1],
      ["第一部分", "heading", 1, 2],
      ["正文结束。", "body", undefined, 3],
      ["单位", "table", undefined, 4],
      ["任务", "table", undefined, 5],
      ["图说", "caption", undefined, 6],
      ["脚注的话。", "body", undefined, 7],
    ]);
  });

  it("reads title and date from the properties of the file", async () => {
    const core = "<dc:title>要点 &amp; 任务</dc:title><dcterms:created>2024-06-17T08:00:00Z</dcterms:created>";
    const { value } = await readDocx(makeDocx({ body: paragraph("正文。"), core }));
    expect(value).toMatchObject({ title: "要点 & 任务", date: "2024-06-17", encoding: "docx" });
  });

  it("refuses a part that declares to grow out of proportion and names it", async () => {
    const bomb = makeDocx({ body: paragraph("正文。"), more: { "word/media/bomb.xml": new Uint8Array(30_000_000) } });
    const { value, diagnostics } = await readDocx(bomb);
    expect(value).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: "zip-bomb", values: { entry: "word/media/bomb.xml", size: 30_000_000 } }]);
  });

  it("refuses a part that grows over the size it declares", async () => {
    const bomb = forgeSize(makeDocx({ body: " ".repeat(30_000_000) }), "word/document.xml", 60_000);
    const { value, diagnostics } = await readDocx(bomb);
    expect(value).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: "zip-bomb", values: { entry: "word/document.xml" } }]);
  });

  it("refuses too many parts together", async () => {
    const more: Zippable = {};
    for (let at = 0; at <= 5000; at += 1) more[`word/media/${String(at)}.bin`] = [new Uint8Array(1), { level: 0 }];
    const { diagnostics } = await readDocx(makeDocx({ body: paragraph("正文。"), more }));
    expect(diagnostics[0]?.code).toBe("zip-bomb");
  });

  it("refuses a document type declaration, where entity bombs live", async () => {
    const xml = new TextEncoder().encode('<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaa">]><w>&a;</w>');
    const { diagnostics } = await readDocx(makeDocx({ body: "", more: { "word/document.xml": xml } }));
    expect(diagnostics).toMatchObject([{ code: "xml-doctype", values: { entry: "word/document.xml" } }]);
  });

  it("names another kind of archive", async () => {
    const { diagnostics } = await readDocx(makeDocx({ body: "" }).slice(0, 100));
    expect(diagnostics[0]?.code).toBe("docx-damaged");
  });

  it("refuses a document without its main part", async () => {
    const broken = makeDocx({ body: "", more: { "word/document.xml": new TextEncoder().encode("<w:document") } });
    const { value, diagnostics } = await readDocx(broken);
    expect(value).toBeUndefined();
    expect(diagnostics[0]?.severity).toBe("error");
  });

  it("reads a picture's paragraph without its picture", async () => {
    const { value } = await readDocx(
      makeDocx({ body: paragraph("正文。"), more: { "word/media/a.png": new Uint8Array([1, 2, 3]) } }),
    );
    expect(value?.paragraphs.map((one) => one.text)).toEqual(["正文。"]);
  });
});
