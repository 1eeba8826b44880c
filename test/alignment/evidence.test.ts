import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createColumns, ratioOf } from "../../src/alignment/group-evidence.ts";
import { weighTranslations } from "../../src/alignment/translations.ts";
import { readUnits } from "../../src/alignment/units.ts";
import { createWordReader } from "../../src/alignment/words.ts";
import { LEXICON } from "./samples.ts";

const reader = createWordReader("en", undefined);

describe("the words of an English sentence", () => {
  it.each([
    ["I'll wait, they’ve left", ["i", "will", "wait", "they", "have", "leav"]],
    [
      "You don't know, he won’t say, it can't be",
      ["you", "do", "not", "know", "he", "will", "not", "say", "it", "can", "not", "be"],
    ],
    ["The bridge's piers; she'd gone", ["the", "bridg", "pier", "she", "go"]],
  ])("are two where one is cut short: %s", (text, stems) => {
    expect(reader.read(text).map((word) => word.text)).toEqual(stems);
  });

  it("stand in order, apart, where the text has them", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zA-Z'’ .0-9]*$/u), (text) => {
        let last = 0;
        for (const { start, end } of reader.read(text)) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(end).toBeGreaterThan(start);
          last = end;
        }
        expect(last).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});

describe("the weight of words", () => {
  const common = "水库的水位的";
  const units = readUnits({
    first: {
      language: "zh",
      segments: [...Array.from({ length: 30 }, () => common), "防汛"].map((text) => ({ text, paragraph: 0 })),
    },
    second: {
      language: "en",
      segments: [...Array.from({ length: 30 }, () => "the level of the reservoir"), "flood"].map((text) => ({
        text,
        paragraph: 0,
      })),
    },
    lexicon: LEXICON,
    terms: [],
    memory: [],
  });

  it("falls with their frequency, on the Chinese side too", () => {
    const { firstWeights } = weighTranslations(units, LEXICON);
    const perCharacter = new Map(units.first.kinds.map((kind, at) => [kind.text, (firstWeights[at] ?? 0) / kind.weight]));
    const rare = perCharacter.get("防汛") ?? 0;
    for (const word of ["的", "水库", "水位"]) expect(perCharacter.get(word), word).toBeLessThan(rare);
    expect(Math.min(...perCharacter.values())).toBeGreaterThan(0);
  });

  it("takes less from a sentence for an unexplained frequent word than for a rare one", () => {
    const { floors } = createColumns(units.second, new Float32Array(units.second.units.length).fill(1));
    const floorOf = (text: string) =>
      floors[units.second.units.findIndex((unit) => units.second.kinds[unit]?.text === text)] ?? 0;
    expect(ratioOf(0, 1, floorOf("the"))).toBeGreaterThan(ratioOf(0, 1, floorOf("flood")));
    expect(floorOf("the")).toBeLessThan(1);
    expect(ratioOf(4, 1, 0.4)).toBeGreaterThan(ratioOf(1, 1, 0.4));
  });
});
