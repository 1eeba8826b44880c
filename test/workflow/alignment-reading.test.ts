/** Alignments made elsewhere: every kind of file gives the same rows, and what is broken is refused with its place. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeTextLinks } from "../../src/formats/alignment-links.ts";
import { readDocument } from "../../src/formats/document-reader.ts";
import { writeDocxTable } from "../../src/formats/docx-table-write.ts";
import { writeSentenceXml } from "../../src/formats/sentence-xml.ts";
import { writeTmx } from "../../src/formats/tmx-write.ts";
import { writeXlsx } from "../../src/formats/xlsx-write.ts";
import { packZip } from "../../src/formats/zip-parts.ts";
import { readAlignmentFiles } from "../../src/workflow/alignment-reading.ts";
import type { AlignmentReading } from "../../src/workflow/received-alignment.ts";

const LANGUAGES = { sourceLanguage: "zh", targetLanguage: "en" };
const ZH = ["云溪省防汛工作通知", "各地要落实责任。做到措施到位。", "切实保障群众安全。"];
const EN = ["Notice on flood control in Yunxi", "All localities must assign responsibility. Measures must be in place.", ""];

function read(files: Readonly<Record<string, string | Uint8Array>>): AlignmentReading {
  const named = Object.entries(files).map(([name, content]) => ({
    name,
    bytes: typeof content === "string" ? new TextEncoder().encode(content) : content,
  }));
  return readAlignmentFiles({ files: named, ...LANGUAGES });
}

/** Rows as texts, and what a person has done with them. */
function show({ value }: AlignmentReading): readonly string[] {
  return (value?.rows ?? []).map(({ source, target, status, isMarked }) => {
    const textsOf = (side: "source" | "target", numbers: readonly number[]) =>
      numbers.map((at) => value?.[side].sentences[at]?.text).join("|");
    return `${textsOf("source", source)} = ${textsOf("target", target)} ${status}${isMarked ? " marked" : ""}`;
  });
}

const PAIRS = [
  "云溪省防汛工作通知 = Notice on flood control in Yunxi automatic",
  "各地要落实责任。|做到措施到位。 = All localities must assign responsibility.|Measures must be in place. automatic",
];
const ALONE = "切实保障群众安全。 =  automatic";

describe("an alignment in one file", () => {
  it("is read from a table in either order of the columns, with and without a header", () => {
    const tsv = ZH.map((zh, at) => `${zh}\t${EN[at] ?? ""}`).join("\n");
    expect(show(read({ "a.tsv": tsv }))).toEqual([...PAIRS, ALONE]);
    const turned = `target:en,source:zh\n${ZH.map((zh, at) => `"${EN[at] ?? ""}","${zh}"`).join("\n")}`;
    expect(show(read({ "a.csv": turned }))).toEqual([...PAIRS, ALONE]);
    const sheet = writeXlsx({
      header: ["中文", "英文", "state"],
      rows: ZH.map((zh, at) => [zh, EN[at] ?? "", at === 0 ? "confirmed" : ""]),
      sheet: "1",
    });
    expect(show(read({ "a.xlsx": sheet }))).toEqual([PAIRS[0]?.replace("automatic", "confirmed"), PAIRS[1], ALONE]);
  });

  it("is read from TMX with its states, and refused when the file breaks off", () => {
    const units = ZH.slice(0, 2).map((source, at) => ({
      id: `${at}`,
      source,
      target: EN[at] ?? "",
      ...LANGUAGES,
      state: at === 0 ? ("reviewed" as const) : ("initial" as const),
      document: "防汛通知",
    }));
    const { text } = writeTmx(units, { sourceLanguage: "zh", toolVersion: "1" });
    const whole = read({ "a.tmx": text });
    expect(show(whole)).toEqual([PAIRS[0]?.replace("automatic", "confirmed"), PAIRS[1]]);
    expect(whole.value?.source.title).toBe("防汛通知");
    const broken = read({ "a.tmx": text.slice(0, text.lastIndexOf("</tu>")) });
    expect(broken.value).toBeUndefined();
    expect(broken.diagnostics[0]).toMatchObject({ file: "a.tmx", severity: "error", line: expect.any(Number) as number });
  });

  it("keeps the notes of people and the script of the Chinese, which the project may name otherwise", () => {
    const text = { source: "各縣應當落實責任，做好防汛工作。", target: "All counties must fix responsibility." };
    const { text: tmx } = writeTmx(
      [{ id: "1", ...text, ...LANGUAGES, sourceLanguage: "zh-Hant", state: "initial", notes: ["Check the name"] }],
      { sourceLanguage: "zh-Hant", toolVersion: "1" },
    );
    const xliff = `<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"><file original="a" source-language="zh-Hant" target-language="en" datatype="plaintext"><body><trans-unit id="1"><source>${text.source}</source><target>${text.target}</target><note>alignment: 1:1; confirmed</note><note from="Li Min">Check the name</note></trans-unit></body></file></xliff>`;
    const [memory, translated] = [read({ "a.tmx": tmx }), read({ "a.xlf": xliff })];
    expect(memory.value?.rows[0]?.notes).toEqual([{ text: "Check the name" }]);
    expect(translated.value?.rows[0]?.notes).toEqual([{ text: "Check the name", author: "Li Min" }]);
    for (const { value } of [memory, translated, read({ "a.tsv": `${text.source}\t${text.target}\n` })]) {
      expect([value?.source.language, value?.target.language]).toEqual(["zh-Hant", "en"]);
    }
  });

  it("says why it is none", () => {
    expect(read({ "a.tsv": "只有一列\n还是一列\n" }).diagnostics.map(({ code }) => code)).toEqual(["alignment-without-pairs"]);
    expect(read({ "a.tbx": "<tbx><text/></tbx>" }).diagnostics.map(({ code }) => code)).toEqual(["alignment-unsupported"]);
    expect(read({ "a.txt": "一", "b.txt": "one" }).diagnostics.map(({ code }) => code)).toEqual(["alignment-files-number"]);
    expect(read({ "a.txt": "" }).value).toBeUndefined();
  });
});

describe("two texts and their links", () => {
  const lines = { "a.zh.txt": "标题\n第一句。\n\n第二句。\n第三句。", "a.en.txt": "Title\nFirst and second.\nAdded." };

  it("are read from bead lines, whichever text is given first; a sentence that no link names stands alone", () => {
    const expected = [
      "标题 = Title automatic",
      "第一句。|第二句。 = First and second. automatic",
      "第三句。 =  automatic",
      " = Added. automatic",
    ];
    const links = "[0]:[0]\n[1,2,3]:[1]:0.42\n[4]:[]\n";
    expect(show(read({ ...lines, "a.align": links }))).toEqual(expected);
    const turned = Object.fromEntries(Object.entries({ ...lines, "a.align": links }).reverse());
    expect(show(read(turned))).toEqual(expected);
  });

  it("are refused with the line when a link is out of order, beyond the text or no link", () => {
    const codes = (links: string) =>
      read({ ...lines, "a.align": links }).diagnostics.map(({ code, line }) => `${code} ${line ?? ""}`);
    expect(codes("[1]:[0]\n[0]:[1]\n")).toEqual(["link-out-of-order 2"]);
    expect(codes("[0]:[0]\n[0]:[1]\n")).toEqual(["link-out-of-order 2"]);
    expect(codes("[0]:[0]\n[2,1]:[1]\n")).toEqual(["link-out-of-order 2"]);
    expect(codes("[0]:[0]\n[1]:[7]\n")).toEqual(["link-beyond-text 2"]);
    expect(codes("[0]:[0]\nnonsense\n")).toEqual(["bead-line-broken 2"]);
  });

  it("are read from InterText, both ways round, with states and bookmarks", () => {
    const zh = writeSentenceXml([["标题"], ["第一句。", "第二句。"], ["第三句。"]]);
    const en = writeSentenceXml([["Title"], ["First and second."]]);
    const link = (to: readonly string[], from: readonly string[], status: string, isMarked = false) => ({
      to,
      from,
      status,
      isMarked,
    });
    const links = [link(["1:1"], ["1:1"], "man"), link(["2:1"], ["2:1", "2:2"], "auto", true), link([], ["3:1"], "plain")];
    const expected = [
      "标题 = Title confirmed",
      "第一句。|第二句。 = First and second. automatic marked",
      "第三句。 =  automatic",
    ];
    const text = writeTextLinks({ toDocument: "n.en.xml", fromDocument: "n.zh.xml", links });
    expect(show(read({ "n.zh.xml": zh.text, "n.en.xml": en.text, "n.zh.en.xml": text }))).toEqual(expected);
    expect(show(read({ "links.xml": text, "n.en.xml": en.text, "n.zh.xml": zh.text }))).toEqual(expected);
    const parts = { "n.zh.xml": zh.text, "n.en.xml": en.text, "n.zh.en.xml": text };
    const bytes = Object.entries(parts).map(([name, content]) => [name, new TextEncoder().encode(content)] as const);
    expect(show(read({ "n.zip": packZip(Object.fromEntries(bytes), { level: 6 }) }))).toEqual(expected);
    const two = read({ "n.zip": packZip(Object.fromEntries(bytes.slice(1)), { level: 6 }) });
    expect(two.diagnostics).toMatchObject([{ code: "alignment-unsupported", values: { kind: "zip" } }]);
    const turned = links.map(({ to, from, ...rest }) => ({ ...rest, to: from, from: to }));
    const other = writeTextLinks({ toDocument: "n.zh.xml", fromDocument: "n.en.xml", links: turned });
    expect(show(read({ "n.en.xml": en.text, "n.zh.xml": zh.text, "links.xml": other }))).toEqual(expected);
    const unknown = text.replace('"2:1;2:1 2:2"', '"2:1;2:1 9:9"');
    expect(read({ "n.zh.xml": zh.text, "n.en.xml": en.text, "l.xml": unknown }).diagnostics).toMatchObject([
      { code: "link-id-unknown", line: 4 },
    ]);
  });

  it("give every sentence once, in order, for any links in order", () => {
    const sizes = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(sizes, (beads) => {
        const totals = [beads.reduce((sum, [one]) => sum + one, 1), beads.reduce((sum, [, other]) => sum + other, 1)] as const;
        const next = { source: 0, target: 0 };
        const range = (side: "source" | "target", count: number) => Array.from({ length: count }, () => next[side]++);
        const links = beads
          .map(([one, other]) => `[${range("source", one).join(",")}]:[${range("target", other).join(",")}]`)
          .join("\n");
        const text = (count: number, word: string) => Array.from({ length: count }, (_, at) => `${word}${at}`).join("\n");
        const { value } = read({
          "a.txt": text(totals[0], "第一句话"),
          "b.txt": text(totals[1], "the sentence and "),
          "l.align": links,
        });
        if (!value) return beads.every(([one, other]) => one === 0 || other === 0);
        const all = (side: "source" | "target") => value.rows.flatMap((row) => row[side]);
        expect(all("source")).toEqual(Array.from({ length: totals[0] }, (_, at) => at));
        expect(all("target")).toEqual(Array.from({ length: totals[1] }, (_, at) => at));
        return true;
      }),
      { numRuns: 60 },
    );
  });
});

describe("a table as a Word file", () => {
  it("is read by the reader of Word files with every text", async () => {
    const { bytes, losses } = writeDocxTable({
      title: "防汛 & <通知>",
      language: "en",
      columns: [
        { head: "Source", language: "zh", width: 0.5 },
        { head: "Translation", language: "en", width: 0.5 },
      ],
      rows: [
        ["第一句。", "One & <two>\nline\u0001s"],
        ["", "Added."],
      ],
    });
    const { value } = await readDocument({ name: "a.docx", bytes });
    expect(value?.paragraphs.map(({ text }) => text).join("\n")).toMatch(
      /防汛 & <通知>[^]*Source[^]*第一句。[^]*One & <two>[^]*lines[^]*Added\./,
    );
    expect(losses).toEqual([{ code: "illegal-characters", count: 1 }]);
  });
});
