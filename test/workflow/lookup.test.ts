import { describe, expect, it } from "vitest";
import { createLookup } from "../../src/workflow/lookup.ts";
import type { MemoryFile } from "../../src/workflow/lookup.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const wanted = { threshold: 70, limit: 5 };

async function* inPieces(content: Uint8Array, size: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < content.length; at += size) yield Promise.resolve(content.slice(at, at + size));
}

const TSV =
  "做好防汛工作。\tDo a good job in flood prevention.\n做好抗旱工作。\tFight the drought.\r\n\n没有译文的一行\n做好防汛工作。\tAgain.";
const TMX = `<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="t" adminlang="en" srclang="zh" datatype="plaintext"/>
<body><tu tuid="a1"><tuv xml:lang="zh"><seg>做好防疫工作。</seg></tuv><tuv xml:lang="en"><seg>Epidemic prevention.</seg></tuv></tu></body></tmx>`;

describe("createLookup", () => {
  it("answers with the units of a TSV by similarity, then by line", async () => {
    const { lookup, unitCount, diagnostics } = await createLookup([{ name: "m.tsv", content: bytes(TSV) }], { fold: "width" });
    expect(unitCount).toBe(3);
    expect(lookup("做好防汛工作。", wanted)).toEqual({
      query: "做好防汛工作。",
      matches: [
        { similarity: 100, score: 100, source: "做好防汛工作。", target: "Do a good job in flood prevention.", id: "1" },
        { similarity: 100, score: 100, source: "做好防汛工作。", target: "Again.", id: "5" },
        {
          similarity: 500 / 7,
          score: expect.any(Number) as number,
          source: "做好抗旱工作。",
          target: "Fight the drought.",
          id: "2",
        },
      ],
    });
    expect(diagnostics).toMatchObject([{ file: "m.tsv", diagnostics: [{ line: 4 }] }]);
  });

  it("reads several files of both kinds, however the bytes are cut", async () => {
    for (const size of [1, 7, 100_000]) {
      const files: MemoryFile[] = [
        { name: "a.tsv", content: inPieces(bytes(TSV), size) },
        { name: "b.tmx", content: inPieces(bytes(TMX), size) },
      ];
      const { lookup } = await createLookup(files, { fold: "width" });
      expect(lookup("做好防疫工作。", wanted).matches.map((match) => match.id)).toEqual([
        "b.tmx:a1",
        "a.tsv:1",
        "a.tsv:5",
        "a.tsv:2",
      ]);
    }
  });

  it("reads an English memory as English, by the languages of each unit", async () => {
    const unit = (source: string, target: string) =>
      `<tu srclang="en"><tuv xml:lang="zh"><seg>${target}</seg></tuv><tuv xml:lang="en"><seg>${source}</seg></tuv></tu>`;
    const text = TMX.replace("</body>", `${unit("Twelve counties were flooded.", "十二个县受淹。")}</body>`);
    const { lookup, diagnostics } = await createLookup([{ name: "m.tmx", content: bytes(text) }], { fold: "width" });
    expect(diagnostics).toEqual([]);
    // A number differs, in words: only who reads English knows.
    const [found] = lookup("Twenty counties were flooded.", wanted).matches;
    expect(found).toMatchObject({ target: "十二个县受淹。", id: "2" });
    expect(found?.score).toBeLessThan(found?.similarity ?? 0);
  });

  it("gives units as they were whatever their number, and those of a megabyte", async () => {
    const long = "各地要压实责任。".repeat(125_000);
    const body = Array.from({ length: 40 }, (_, at) =>
      TMX.slice(TMX.indexOf("<tu "), TMX.indexOf("</body>"))
        .replace("a1", `u${String(at)}`)
        .replace("做好防疫工作。", at === 20 ? long : `第${String(at)}条`),
    ).join("\n");
    const text = TMX.replace(/<tu [^]*<\/tu>/u, body);
    const { lookup, unitCount } = await createLookup([{ name: "m.tmx", content: inPieces(bytes(text), 65_536) }], {
      fold: "width",
    });
    expect(unitCount).toBe(40);
    for (const at of [0, 15, 16, 33, 39]) {
      const [match] = lookup(`第${String(at)}条`, { threshold: 100, limit: 1 }).matches;
      expect(match).toMatchObject({ source: `第${String(at)}条`, target: "Epidemic prevention.", id: `u${String(at)}` });
    }
    expect(lookup(long, { threshold: 100, limit: 1 }).matches).toMatchObject([{ id: "u20", similarity: 100 }]);
  });

  it("folds width unless told not to", async () => {
    const content = bytes("“放管服”，改革\t.\n");
    const similarity = async (fold: "width" | "none") =>
      (await createLookup([{ name: "m", content }], { fold })).lookup('"放管服",改革', { threshold: 0, limit: 1 }).matches[0]
        ?.similarity;
    expect(await similarity("width")).toBe(100);
    expect(await similarity("none")).toBe(62.5);
  });

  it("reads UTF-16 and GB18030", async () => {
    const utf16 = Uint8Array.from(Buffer.from(`\ufeff${TSV}`, "utf16le"));
    // 防汛 and 抗旱 in GB18030.
    const gb = Uint8Array.from([0xb7, 0xc0, 0xd1, 0xb4, 0x09, 0x61, 0x0a, 0xbf, 0xb9, 0xba, 0xb5, 0x09, 0x62]);
    expect((await createLookup([{ name: "m", content: utf16 }], { fold: "none" })).unitCount).toBe(3);
    const { lookup } = await createLookup([{ name: "m", content: gb }], { fold: "none" });
    expect(lookup("抗旱", wanted).matches).toMatchObject([{ target: "b" }]);
  });

  it("says that a file is empty and searches the others", async () => {
    const { diagnostics, unitCount } = await createLookup(
      [
        { name: "empty", content: bytes("") },
        { name: "m", content: bytes(TSV) },
      ],
      { fold: "width" },
    );
    expect(diagnostics[0]).toEqual({ file: "empty", diagnostics: [{ code: "empty-file", severity: "error" }] });
    expect(unitCount).toBe(3);
  });
});
