import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeText, findPlace } from "../../src/formats/encoding.ts";

const chinese = "会议指出，要统筹推进防汛抗旱工作，切实保障人民群众生命财产安全。\n各地要加强领导。";
/** The same in GB18030 and (another text) Big5, since the platform only decodes them. */
const gb = encodeBy("gb18030", chinese);
const big5 = encodeBy("big5", "會議指出，要加強領導，保障人民的生命財產安全，推動經濟發展，這是我們的任務。");

/** Encodes by looking each character up in the decoder: slow, and without a table of our own. */
function encodeBy(encoding: string, text: string): Uint8Array {
  const decoder = new TextDecoder(encoding);
  const codes = new Map<string, [number, number]>();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) codes.set(decoder.decode(new Uint8Array([lead, trail])), [lead, trail]);
  }
  return new Uint8Array([...text].flatMap((character) => codes.get(character) ?? [character.charCodeAt(0)]));
}

function utf16(text: string, { isBig, hasMark }: { isBig: boolean; hasMark: boolean }): Uint8Array {
  const units = [...(hasMark ? "\ufeff" : ""), ...text].join("");
  const bytes = new Uint8Array(units.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < units.length; at++) view.setUint16(at * 2, units.charCodeAt(at), !isBig);
  return bytes;
}

describe("decodeText", () => {
  it.each([
    ["utf-8", new TextEncoder().encode(chinese), chinese],
    ["utf-8", new TextEncoder().encode(`\ufeff${chinese}`), chinese],
    ["utf-16le", utf16(chinese, { isBig: false, hasMark: true }), chinese],
    ["utf-16be", utf16(chinese, { isBig: true, hasMark: true }), chinese],
    ["utf-16le", utf16(chinese, { isBig: false, hasMark: false }), chinese],
    ["utf-16be", utf16(chinese, { isBig: true, hasMark: false }), chinese],
    ["utf-16le", utf16("Plain English text.", { isBig: false, hasMark: false }), "Plain English text."],
    ["gb18030", gb, chinese],
  ])("recognises %s", (encoding, bytes, text) => {
    const { value } = decodeText(bytes);
    expect(value?.encoding).toBe(encoding);
    expect(value?.text).toBe(text);
  });

  it("tells Big5 from GB18030", () => {
    const { value, diagnostics } = decodeText(big5);
    expect(value?.encoding).toBe("big5");
    expect(value?.text).toContain("生命財產安全");
    expect(diagnostics[0]?.code).toBe("encoding-guessed");
  });

  it("recognises a short GB18030 text", () => {
    expect(decodeText(encodeBy("gb18030", "关于做好防汛工作的通知")).value?.text).toBe("关于做好防汛工作的通知");
  });

  it("does not take cut UTF-8 for another encoding and names the place", () => {
    const bytes = new TextEncoder().encode(chinese);
    const { value, diagnostics } = decodeText(bytes.subarray(0, bytes.length - 1));
    expect(value?.encoding).toBe("utf-8");
    expect(diagnostics).toMatchObject([{ code: "invalid-bytes", line: 2, column: 8, values: { count: 1 } }]);
  });

  it("reads a short text in UTF-8 with a surrogate written out as UTF-8 all the same", () => {
    const parts = [
      new TextEncoder().encode("云溪省要求，各地要做好"),
      [0xed, 0xa0, 0x80],
      new TextEncoder().encode("防汛工作，落实责任。\n"),
    ];
    const { value, diagnostics } = decodeText(Uint8Array.from(parts.flatMap((part) => [...part])));
    expect(value).toMatchObject({ encoding: "utf-8", text: "云溪省要求，各地要做好\ufffd\ufffd\ufffd防汛工作，落实责任。\n" });
    expect(diagnostics).toMatchObject([{ code: "invalid-bytes", line: 1 }]);
  });

  it("uses the declared encoding where the bytes are not UTF-8", () => {
    const bytes = new Uint8Array([0x63, 0x61, 0x66, 0xe9, 0x20, 0x6e, 0x6f, 0x69, 0x72]);
    expect(decodeText(bytes, { declared: "windows-1252" }).value?.text).toBe("café noir");
  });

  it.each([
    ["pdf", "%PDF-1.7\n%âãÏÓ"],
    ["zip", "PK\u0003\u0004abc"],
    ["png", "\u0089PNG\r\n"],
  ])("refuses a %s file by its first bytes", (kind, start) => {
    const { value, diagnostics } = decodeText(Uint8Array.from(start, (character) => character.charCodeAt(0)));
    expect(value).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: "binary-file", values: { kind } }]);
  });

  it("refuses a file with zero bytes and names the first", () => {
    const { value, diagnostics } = decodeText(new TextEncoder().encode("first\nsecond \u0000 third"));
    expect(value).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: "binary-file", line: 2, column: 8, values: { offset: 13 } }]);
  });

  it("refuses an empty file, also one that holds a byte-order mark only", () => {
    expect(decodeText(new Uint8Array()).diagnostics[0]?.code).toBe("empty-file");
    expect(decodeText(new Uint8Array([0xef, 0xbb, 0xbf])).diagnostics[0]?.code).toBe("empty-file");
  });

  it("refuses a text over the limit without decoding it", () => {
    const { diagnostics } = decodeText(new Uint8Array(200 * 1024 * 1024).fill(0x61));
    expect(diagnostics).toEqual([{ code: "too-large", severity: "error", values: { size: 209715200, limit: 67108864 } }]);
  });

  it("never throws and always gives a text or a reason", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const { value, diagnostics } = decodeText(bytes);
        expect(value !== undefined || diagnostics.some((one) => one.severity === "error")).toBe(true);
      }),
    );
  });

  it("gives any text back that was written as UTF-8", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1 }), (text) => {
        fc.pre([...text].every((character) => character >= " " && character !== "\ufeff"));
        expect(decodeText(new TextEncoder().encode(text)).value?.text).toBe(text);
      }),
    );
  });
});

describe("findPlace", () => {
  it.each([
    ["ab\ncd", 4, 2, 2],
    ["ab\r\ncd", 4, 2, 1],
    ["ab\rcd", 3, 2, 1],
    ["ab", 0, 1, 1],
  ])("finds the line and column in %j at %i", (text, offset, line, column) => {
    expect(findPlace(text, offset)).toEqual({ line, column });
  });
});
