import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readTmx } from "../../src/formats/tmx.ts";
import { readXliff } from "../../src/formats/xliff.ts";
import { convertFile } from "../../src/workflow/convert.ts";
import type { ConvertOptions } from "../../src/workflow/convert.ts";
import { detectFormat } from "../../src/workflow/convert-formats.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
async function convert(name: string, text: string, options: ConvertOptions) {
  const { bytes: written, losses, diagnostics } = await convertFile({ name, bytes: bytes(text) }, options);
  return {
    text: written && new TextDecoder().decode(written),
    losses: losses.map(({ code, count }) => `${code} ${count}`),
    diagnostics,
  };
}

const XLIFF = `<?xml version="1.0"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="通知.txt" source-language="zh-CN" target-language="en-US" datatype="plaintext"><body>
<trans-unit id="1"><source>加强防汛。责任到人。</source><seg-source><mrk mtype="seg" mid="0">加强防汛。</mrk><mrk mtype="seg" mid="1">责任到人。</mrk></seg-source><target state="translated"><mrk mtype="seg" mid="0">Strengthen flood control.</mrk> <mrk mtype="seg" mid="1">Assign responsibility.</mrk></target></trans-unit>
<trans-unit id="2"><source>附件</source><note from="林">title</note></trans-unit></body></file></xliff>`;
const TMX = `<tmx version="1.4"><header srclang="zh"/><body><tu tuid="a"><tuv xml:lang="zh"><seg>防汛</seg></tuv><tuv xml:lang="en"><seg>flood control</seg></tuv></tu></body></tmx>`;

describe("converting files", () => {
  it("lists what would be lost and writes nothing until that is allowed", async () => {
    const refused = await convert("a.xlf", XLIFF, { to: "tmx" });
    expect(refused).toEqual({
      text: undefined,
      losses: ["untranslated-segments 1", "paragraphs 1", "note-authors 1"],
      diagnostics: [],
    });
    const allowed = await convert("a.xlf", XLIFF, { to: "tmx", allowLoss: true });
    expect(
      readTmx(allowed.text ?? "").value?.map((unit) => [unit.id, unit.source, unit.target, unit.next, unit.document]),
    ).toEqual([
      ["1/0", "加强防汛。", "Strengthen flood control.", "责任到人。", "通知.txt"],
      ["1/1", "责任到人。", "Assign responsibility.", "附件", "通知.txt"],
    ]);
  });

  it("goes from XLIFF 1.2 to 2.0 with segments, states and notes", async () => {
    const { text } = await convert("a.xlf", XLIFF, { to: "xliff20", allowLoss: true });
    expect(readXliff(text ?? "").value?.[0]?.units[0]?.segments.map((segment) => [segment.target, segment.state])).toEqual([
      ["Strengthen flood control.", "translated"],
      ["Assign responsibility.", "translated"],
    ]);
  });

  it("goes from a memory to XLIFF and to a table and back without loss when it is plain", async () => {
    const { text: xliff, losses } = await convert("a.tmx", TMX, { outName: "b.xlf" });
    expect(losses).toEqual([]);
    expect(readXliff(xliff ?? "").value?.[0]).toMatchObject({ sourceLanguage: "zh", targetLanguage: "en", units: [{ id: "a" }] });
    const { text: csv } = await convert("a.tmx", TMX, { to: "csv" });
    expect(csv).toBe("source:zh,target:en,state\n防汛,flood control,translated\n");
    const { text: again } = await convert("b.csv", csv ?? "", { to: "tmx" });
    expect(readTmx(again ?? "").value).toMatchObject([
      { source: "防汛", target: "flood control", sourceLanguage: "zh", targetLanguage: "en" },
    ]);
  });

  it("reads two columns without a header, and finds their languages", async () => {
    const { text } = await convert("a.tsv", "加强防汛抗旱工作\tStrengthen flood control and drought relief in the province\n", {
      to: "tmx",
    });
    expect(readTmx(text ?? "").value).toMatchObject([{ sourceLanguage: "zh", targetLanguage: "en" }]);
  });

  it("takes a simple glossary to TMX and names what that cannot hold", async () => {
    const { losses, text } = await convert("g.csv", "zh,en,status,source\n防汛,flood control,approved,house\n", {
      to: "tmx",
      allowLoss: true,
    });
    expect(losses).toEqual(["term-details 2", "concept-structure 1"]);
    expect(readTmx(text ?? "").value).toMatchObject([{ source: "防汛", target: "flood control" }]);
  });

  it("turns a document into units by paragraph and segments by sentence", async () => {
    const { text, losses } = await convert("通知.txt", "关于防汛的通知\n\n加强防汛。责任到人。\n", {
      to: "xliff12",
      from: "zh",
      toLanguage: "en",
    });
    expect(losses).toEqual([]);
    expect(readXliff(text ?? "").value?.[0]?.units.map((unit) => unit.segments.map((segment) => segment.source))).toEqual([
      ["关于防汛的通知"],
      ["加强防汛。", "责任到人。"],
    ]);
    const html = await convert("a.html", "<!doctype html><p>加强防汛。</p>", { to: "xliff12" });
    expect(html.losses).toEqual(["layout 1"]);
  });

  it("goes to a JavaScript object and back through the guard", async () => {
    const simple = XLIFF.replace(/<seg-source>[^]*?<\/target>/u, "<target>x</target>").replace(
      "<source>附件</source>",
      "<source>附 件</source>",
    );
    const { text } = await convert("a.xlf", simple, { to: "xliff-json" });
    expect(JSON.parse(text ?? "{}")).toMatchObject({
      sourceLanguage: "zh-CN",
      resources: { "通知.txt": { "1": { target: "x" } } },
    });
    const { text: back } = await convert("a.json", text ?? "", { to: "xliff20" });
    expect(readXliff(back ?? "").value?.[0]?.units.map((unit) => unit.segments[0]?.source)).toEqual([
      "加强防汛。责任到人。",
      "附 件",
    ]);
    const segmented = XLIFF.replace("<source>附件</source>", '<source>附 <x id="1"/> 件</source>').replace(
      'version="1.2" xmlns',
      'version="1.2"  xmlns',
    );
    expect(
      (await convert("a.xlf", segmented, { to: "xliff-json", allowLoss: true })).diagnostics.every(({ code }) =>
        code.startsWith("xliff-json"),
      ),
    ).toBe(true);
  });

  it.each([
    ["a.xlf", "<xliff><file></xliff>", "xml-unexpected-close-tag"],
    ["a.tmx", '<!DOCTYPE tmx [<!ENTITY a "aaaa">]><tmx>&a;</tmx>', "xml-doctype-subset"],
    ["a.csv", 'a,b\n"x,y\n', "csv-quote-unclosed"],
    ["a.json", "{", "json-not-well-formed"],
    ["a.xlf", "", "xml-empty"],
  ])("refuses a broken %s with its place", async (name, text, code) => {
    const { text: written, diagnostics } = await convert(name, text, { to: "xliff20" });
    expect(written).toBeUndefined();
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toContain(code);
  });

  it("says when the target is unknown or cannot be written", async () => {
    expect((await convert("a.tmx", TMX, { outName: "b.xyz" })).diagnostics).toMatchObject([{ code: "convert-target-unknown" }]);
    expect((await convert("a.tmx", TMX, { to: "docx" })).diagnostics).toMatchObject([{ code: "convert-target-not-written" }]);
    expect((await convert("a.tmx", TMX, { to: "glossary" })).diagnostics).toMatchObject([
      { code: "convert-content-does-not-fit" },
    ]);
  });

  const samples = "../shared/samples";
  if (!existsSync(samples)) console.log("skipped: ../shared/samples is not here");
  const kinds = ["xliff12", "sdlxliff", "xliff20", "xliff21", "xliff22", "tmx"];
  it.skipIf(!existsSync(samples)).each(kinds)(
    "returns every readable file of %s byte for byte to its own format",
    async (kind) => {
      let same = 0;
      for (const set of ["valid", "foreign"]) {
        for (const name of existsSync(`${samples}/${kind}/${set}`) ? readdirSync(`${samples}/${kind}/${set}`) : []) {
          const file = { name, bytes: new Uint8Array(readFileSync(`${samples}/${kind}/${set}/${name}`)) };
          // The one "valid" file that holds nothing but a byte-order mark.
          if (file.bytes.length < 4) continue;
          const format = detectFormat(file);
          const { bytes: written, diagnostics } = await convertFile(file, { to: format });
          expect(written, `${name} ${format} ${JSON.stringify(diagnostics)}`).toBe(file.bytes);
          same += 1;
        }
      }
      console.log(`${kind}: ${same} files byte-identical`);
    },
  );

  it.skipIf(!existsSync(samples)).each(kinds)(
    "converts every valid file of %s to every format when losses are allowed",
    async (kind) => {
      for (const name of readdirSync(`${samples}/${kind}/valid`)) {
        const file = { name, bytes: new Uint8Array(readFileSync(`${samples}/${kind}/valid/${name}`)) };
        if (file.bytes.length < 4) continue;
        for (const to of ["xliff12", "xliff20", "tmx", "csv"]) {
          const { bytes: written, diagnostics } = await convertFile(file, { to, allowLoss: true });
          expect(written, `${name} ${to} ${JSON.stringify(diagnostics)}`).toBeDefined();
          if (to.startsWith("xliff"))
            expect(
              readXliff(written ?? "").diagnostics.filter(({ severity }) => severity === "error"),
              name,
            ).toEqual([]);
          if (to === "tmx")
            expect(
              readTmx(written ?? "").diagnostics.filter(({ severity }) => severity === "error"),
              name,
            ).toEqual([]);
        }
      }
    },
  );
});

describe("a glossary with broken rows", () => {
  const text = 'zh,en\n防汛,flood control\n"汛"期,flood season\n';

  it("is not converted until the loss of the rows is allowed", async () => {
    const refused = await convert("a.csv", text, { to: "tmx" });
    expect(refused.text).toBeUndefined();
    expect(refused.losses).toContain("units-left-out 1");
    expect(refused.diagnostics).toMatchObject([{ severity: "error", line: 3 }]);
    expect((await convert("a.csv", text, { to: "tmx", allowLoss: true })).text).toContain("flood control");
  });

  it("comes back as the same bytes in its own format", async () => {
    expect((await convert("a.csv", text, { to: "csv" })).text).toBe(text);
  });
});

describe("glossaries", () => {
  it("go from any of their formats to any other, and stay as they are in their own", async () => {
    const csv = {
      name: "g.csv",
      bytes: new TextEncoder().encode(
        "concept,kind,language,term,status,source\nc1,phrase,en,flood control,approved,house\nc1,,zh,防汛,approved,house\n",
      ),
    };
    for (const to of ["tbx-basic", "tbx-min-dct", "tbx2", "xlsx"]) {
      const { bytes, losses } = await convertFile(csv, { to });
      expect([to, losses]).toEqual([to, []]);
      const file = { name: "x", bytes: bytes ?? new Uint8Array() };
      expect((await convertFile(file, { to })).bytes).toEqual(file.bytes);
      const back = await convertFile(file, { to: "glossary-csv" });
      expect(new TextDecoder().decode(back.bytes)).toContain("c1,phrase,,,,zh,防汛,fullForm,approved,,exact,,,,,house");
    }
    const refused = await convertFile(csv, { to: "omegat" });
    expect([refused.bytes, refused.losses.map(({ code }) => code)]).toEqual([
      undefined,
      ["field-lost-kind", "field-lost-citations"],
    ]);
    const tmx = await convertFile(
      { name: "m.tsv", bytes: new TextEncoder().encode("防汛\tflood control\n") },
      { to: "tbx-basic" },
    );
    expect(tmx.diagnostics).toMatchObject([{ code: "convert-content-does-not-fit" }]);
  });
});
