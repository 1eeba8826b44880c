import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  editSentence,
  joinSentences,
  originalOf,
  restoreSentences,
  splitSentence,
  wholeSegmentOf,
} from "../../src/alignment/edit-sentences.ts";
import type { Piece, SegmentTexts } from "../../src/alignment/edit-sentences.ts";

const TEXTS = ["各县要落实责任，各乡要加强巡查。", "𠮷村 已经 转移。", "防汛"];
const zh: SegmentTexts = { textOf: (id) => TEXTS[Number(id)] ?? "", gap: "" };
const en: SegmentTexts = { textOf: (id) => ["All is well. The dyke holds.", "Stay alert."][Number(id)] ?? "", gap: " " };
const whole = (id: number, texts: SegmentTexts = zh): Piece => {
  const text = texts.textOf(String(id));
  return { text, parts: [{ segment: String(id), start: 0, end: text.length }] };
};
const split = (piece: Piece, at: number, texts: SegmentTexts = zh) => {
  const cut = splitSentence(piece, at, texts);
  if (!cut) throw new Error("not cut");
  return cut;
};

describe("a sentence that a person cuts, joins or edits", () => {
  it("is cut where the cursor stands, without the white space there, and says which stretches it lies over", () => {
    const [upper, lower] = split(whole(0, en), 12, en);
    expect([upper.text, lower.text]).toEqual(["All is well.", "The dyke holds."]);
    expect([upper.parts, lower.parts]).toEqual([[{ segment: "0", start: 0, end: 12 }], [{ segment: "0", start: 13, end: 28 }]]);
    expect(wholeSegmentOf(joinSentences(upper, lower, en), en)).toBe("0");
  });

  it("is not cut at its ends, nor through a character", () => {
    for (const at of [-3, 0, TEXTS[0]?.length ?? 0, 99]) expect(splitSentence(whole(0), at, zh)).toBeUndefined();
    expect(splitSentence(whole(1), 1, zh)).toBeUndefined();
  });

  it("joins sentences with what the language puts between them", () => {
    expect(joinSentences(whole(0, en), whole(1, en), en).text).toBe("All is well. The dyke holds. Stay alert.");
    expect(joinSentences(whole(0), whole(2), zh).text).toBe(`${TEXTS[0] ?? ""}防汛`);
  });

  it("is cut again after its words were changed: exactly outside of the change, and nothing of the document is lost", () => {
    const edited = editSentence(whole(0), "各县市要落实责任，各乡要加强巡查。");
    const [upper, lower] = split(edited ?? whole(0), 9);
    expect([upper.text, originalOf(upper, zh)]).toEqual(["各县市要落实责任，", "各县要落实责任，"]);
    expect([lower.text, originalOf(lower, zh)]).toEqual(["各乡要加强巡查。", "各乡要加强巡查。"]);
  });

  it("takes no line breaks and is never empty", () => {
    expect(editSentence(whole(2), " 防\r\n\n 汛 ")?.text).toBe("防 汛");
    expect(editSentence(whole(2), " \n ")).toBeUndefined();
  });

  it("is restored with all its pieces, wherever they stand, and without its neighbours", () => {
    const [upper, lower] = split(whole(0), 8);
    const pieces = [whole(2), upper, lower, whole(1)];
    expect(restoreSentences(pieces, 2)).toEqual({ first: 1, end: 3, segments: ["0"] });
    const across = [upper, joinSentences(lower, whole(1), zh), whole(2)];
    expect(restoreSentences(across, 0)).toEqual({ first: 0, end: 2, segments: ["0", "1"] });
  });

  it("covers the same stretches of the document in order after any series of cuts and joins, with parts that never overlap", () => {
    const step = fc.record({ at: fc.nat({ max: 30 }), place: fc.nat({ max: 5 }), cut: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), fc.boolean(), (steps, isSpaced) => {
        const texts = isSpaced ? en : zh;
        let pieces: readonly Piece[] = isSpaced ? [whole(0, en), whole(1, en)] : [whole(0), whole(1), whole(2)];
        const solid = (list: readonly Piece[]) =>
          list
            .map((piece) => originalOf(piece, texts))
            .join("")
            .replaceAll(/\s/gu, "");
        const before = solid(pieces);
        for (const { at, place, cut } of steps) {
          const index = place % pieces.length;
          const [own, next] = [pieces[index], pieces[index + 1]];
          if (!own) continue;
          const parts = cut ? splitSentence(own, at, texts) : undefined;
          if (parts) pieces = pieces.toSpliced(index, 1, ...parts);
          else if (!cut && next) pieces = pieces.toSpliced(index, 2, joinSentences(own, next, texts));
          for (const piece of pieces) expect(piece.text).toBe(originalOf(piece, texts));
        }
        expect(solid(pieces)).toBe(before);
        const parts = pieces.flatMap((piece) => piece.parts);
        parts.forEach((part, at) => {
          const next = parts[at + 1];
          expect(part.end).toBeGreaterThan(part.start);
          if (next?.segment === part.segment) expect(next.start).toBeGreaterThanOrEqual(part.end);
        });
        const restored = pieces.flatMap((_, at) => restoreSentences(pieces, at).segments);
        expect([...new Set(restored)]).toEqual(isSpaced ? ["0", "1"] : ["0", "1", "2"]);
      }),
      { numRuns: 300 },
    );
  });
});
