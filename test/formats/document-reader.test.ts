import { existsSync, readFileSync, readdirSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDocument } from "../../src/formats/document-reader.ts";
import { makeDocx } from "./docx-sample.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("readDocument", () => {
  it.each([
    [
      "a.txt",
      "第一段。\r\n\r\n　　第二段。",
      [
        ["第一段。", 1],
        ["　　第二段。", 3],
      ],
    ],
    [
      "a.md",
      "# 标题\n\n正文\n一行。",
      [
        ["标题", 1],
        ["正文一行。", 3],
      ],
    ],
    [
      "a.html",
      "<h1>标题</h1>\n<p>正文</p>",
      [
        ["标题", 1],
        ["正文", 2],
      ],
    ],
    ["a.txt", "<!DOCTYPE html>\n<p>正文</p>", [["正文", 2]]],
    ["noname", "一行字", [["一行字", 1]]],
  ])("reads %s by its content, then its name", async (name, text, expected) => {
    const { value } = await readDocument({ name, bytes: bytes(text) });
    expect(value?.paragraphs.map((paragraph) => [paragraph.text, paragraph.line])).toEqual(expected);
  });

  it.each([
    ["a.pdf", "%PDF-1.4", "unsupported-format"],
    ["a.rtf", "{\\rtf1 x}", "unsupported-format"],
    ["a.xlf", '<?xml version="1.0"?><xliff/>', "translation-not-document"],
    ["a.tmx", '<tmx version="1.4"/>', "translation-not-document"],
    ["a.tbx", '<martif type="TBX"/>', "glossary-not-document"],
    ["a.xml", '<?xml version="1.0"?><rules/>', "unsupported-format"],
    ["a.docx", "PK\u0003\u0004 not an archive", "docx-damaged"],
    ["a.txt", "   \n\n", "no-text"],
    ["a.html", "<html><script>1</script></html>", "no-text"],
    ["a.txt", "", "empty-file"],
  ])("says what %s is instead of reading it", async (name, text, code) => {
    const { value, diagnostics } = await readDocument({ name, bytes: bytes(text) });
    expect(value).toBeUndefined();
    expect(diagnostics.map((one) => one.code)).toContain(code);
  });

  it("never throws on random bytes, whatever the name", async () => {
    const names = fc.constantFrom("a.txt", "a.md", "a.html", "a.docx", "a");
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), names, async (random, name) => {
        const { value, diagnostics } = await readDocument({ name, bytes: random });
        expect(value !== undefined || diagnostics.some((one) => one.severity === "error")).toBe(true);
      }),
    );
  });

  it("never throws on a cut or damaged docx", async () => {
    const whole = makeDocx({ body: "<w:p><w:r><w:t>正文</w:t></w:r></w:p>" });
    const damage = fc.record({
      length: fc.integer({ min: 0, max: whole.length }),
      at: fc.integer({ min: 0, max: whole.length - 1 }),
      byte: fc.integer({ min: 0, max: 255 }),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ length, at, byte }) => {
        const damaged = whole.slice();
        damaged[at] = byte;
        for (const sample of [damaged, whole.slice(0, length)]) {
          const { value, diagnostics } = await readDocument({ name: "a.docx", bytes: sample });
          expect(value !== undefined || diagnostics.length > 0).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });

  const folder = "../shared/corpus/official-zh";
  const isThere = existsSync(folder);
  if (!isThere) console.log(`skipped: ${folder} is not there`);
  it.skipIf(!isThere)("never throws on real files cut anywhere, under any name", async () => {
    const [name = ""] = readdirSync(folder).filter((one) => one.startsWith("003"));
    const whole = new Uint8Array(readFileSync(`${folder}/${name}`));
    for (let length = 100; length < whole.length; length += 997) {
      for (const ending of ["txt", "md", "html"]) {
        const { value } = await readDocument({ name: `a.${ending}`, bytes: whole.slice(0, length) });
        expect(value?.encoding).toBe("utf-8");
      }
    }
  });
});
