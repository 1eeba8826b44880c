import { describe, expect, it } from "vitest";
import { buildLexicon } from "../../src/alignment/build-lexicon.ts";
import { readLexicon, writeLexicon } from "../../src/alignment/lexicon-file.ts";
import type { Lexicon } from "../../src/alignment/lexicon.ts";
import { splitHan } from "../../src/alignment/split-han.ts";
import { stemWord } from "../../src/text/english.ts";
import { LEXICON } from "./samples.ts";

function listGlosses(lexicon: Lexicon, headword: string): ReadonlyMap<string, number> {
  const row = lexicon.headwords.get(headword) ?? -1;
  const stems = [...lexicon.stems.keys()];
  const found = new Map<string, number>();
  for (let at = lexicon.glosses.starts[row] ?? 0; at < (lexicon.glosses.starts[row + 1] ?? 0); at++) {
    found.set(stems[lexicon.glosses.columns[at] ?? 0] ?? "", lexicon.glosses.weights[at] ?? 0);
  }
  return found;
}

describe("buildLexicon", () => {
  it("drops explanations, style words and cross-references, and weighs the first sense most", () => {
    const lexicon = buildLexicon([
      { headword: "河", senses: ["river (classifier: 条)", "CL:條|条[tiao2]", "variant of 何", "to stream; sth flowing"] },
      { headword: "王", senses: ["surname Wang", "king"] },
    ]);
    const river = listGlosses(lexicon, "河");
    expect([...river.keys()].sort()).toEqual(["flow", "river", "stream"].map(stemWord).sort());
    expect(river.get("river")).toBeGreaterThan(river.get("stream") ?? 1);
    expect([...river.values()].reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
    const king = listGlosses(lexicon, "王");
    expect(king.get("king")).toBeGreaterThan(king.get("wang") ?? 1);
  });

  it("learns what a character means from the words that hold it", () => {
    const lexicon = buildLexicon([
      { headword: "水库", senses: ["reservoir"] },
      { headword: "水位", senses: ["water level"] },
      { headword: "水", senses: ["water"] },
      { headword: "水路", senses: ["waterway; water route"] },
    ]);
    const row = lexicon.characters.get("水") ?? 0;
    const stems = [...lexicon.stems.keys()];
    const best = lexicon.characterGlosses.columns[lexicon.characterGlosses.starts[row] ?? 0] ?? 0;
    expect(stems[best]).toBe("water");
  });
});

describe("readLexicon", () => {
  it("gives back what was written, wherever the bytes lie in their buffer", () => {
    const bytes = writeLexicon(LEXICON);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(readLexicon(shifted.subarray(3))).toEqual(LEXICON);
  });

  it("refuses damaged, cut and foreign bytes without throwing", () => {
    const bytes = writeLexicon(LEXICON);
    expect(readLexicon(new Uint8Array())).toBeUndefined();
    expect(readLexicon(new TextEncoder().encode("something else altogether"))).toBeUndefined();
    for (const length of [10, 18, 40, bytes.length - 4, bytes.length - 1])
      expect(readLexicon(bytes.subarray(0, length))).toBeUndefined();
  });
});

describe("splitHan", () => {
  it("prefers the longest words of the whole run, and says where they stand", () => {
    const words = splitHan("A防汛指挥部开会，", new Set(["防汛", "指挥", "指挥部", "部开", "开会"]));
    expect(words.map((word) => word.text)).toEqual(["防汛", "指挥部", "开会"]);
    expect(words.map((word) => word.start)).toEqual([1, 3, 6]);
  });
});
