/** Whatever a file holds: nothing throws, spans are of the text, counts add up. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layOutText } from "../../src/extraction/corpus.ts";
import { ExtractionTooLarge, extractFormulations } from "../../src/extraction/extract-formulations.ts";
import type { ExtractionDocument, ExtractionResult } from "../../src/model/formulation.ts";

function makeDocument(id: string, paragraphs: readonly string[]): ExtractionDocument {
  return { id, title: id, paragraphs };
}

/** The folded text of a piece that stands by itself, as the extractor compares texts. */
function fold(text: string): string {
  const { codes } = layOutText([makeDocument("piece", [text])], [0]);
  return Array.from(codes.subarray(0, -1), (code) => String.fromCodePoint(code)).join("");
}

/** Spans are in the text, hold what they say but for folding, and are each counted once. */
function expectSound(documents: readonly ExtractionDocument[], { formulations, frames }: ExtractionResult): void {
  const texts = new Map(documents.map(({ id, paragraphs }) => [id, paragraphs]));
  for (const { text, count, distinctCount, independentCount, occurrences, documents: distinct } of formulations) {
    expect(occurrences).toHaveLength(count);
    expect(new Set(occurrences.map((one) => `${one.document} ${one.paragraph} ${one.start}`)).size).toBe(count);
    expect(distinctCount).toBeGreaterThan(0);
    expect(distinctCount).toBeLessThanOrEqual(count);
    expect(independentCount).toBeLessThanOrEqual(distinctCount);
    expect(distinct).toBeGreaterThan(0);
    expect(distinct).toBeLessThanOrEqual(distinctCount);
    const folded = fold(text);
    for (const { document, paragraph, start, end } of occurrences) {
      const whole = texts.get(document)?.[paragraph] ?? "";
      expect(start).toBeLessThan(end);
      expect(end).toBeLessThanOrEqual(whole.length);
      // Straight quotation marks open or close by what stands before them.
      expect(fold(whole.slice(start, end)).replace(/[“”]/gu, '"')).toBe(folded.replace(/[“”]/gu, '"'));
    }
  }
  for (const { occurrences } of frames) {
    for (const { document, paragraph, start, end } of occurrences) {
      expect(start).toBeLessThan(end);
      expect(end).toBeLessThanOrEqual(texts.get(document)?.[paragraph]?.length ?? 0);
    }
  }
}

describe("extraction of any text", () => {
  it("is sound on any Unicode: lone surrogates, emoji, both directions, control characters, marks of all kinds", () => {
    const unit = fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(..."防汛抗旱要加强的和会议、，。“”《》三个 ") },
      {
        weight: 1,
        arbitrary: fc.constantFrom("\ud842", "\udfb7", "𠮷", "👩‍🌾", "\u0000", "\ufeff", "\u200f", "שלום", "مرحبا", "é", "e\u0301"),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          "Ａ",
          "１",
          "㍿",
          "﷽",
          "ﬁ",
          "\r",
          "\t",
          "\u2028",
          '"',
          "'",
          "1.5",
          "..",
          "(",
          "「",
          "﹁",
          "\uffff",
        ),
      },
      { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 3 }) },
    );
    const paragraph = fc.array(unit, { maxLength: 50 }).map((units) => units.join(""));
    const texts = fc.array(fc.array(paragraph, { maxLength: 5 }), { maxLength: 4 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 3 }), (lists, times) => {
        // Repeated, so that there is something to find.
        const documents = lists.map((list, i) => makeDocument(`d${i}`, Array.from({ length: times }, () => list).flat()));
        const result = extractFormulations(documents, { glossaryTerms: ["\ud842", "防汛", ""] });
        expectSound(documents, result);
        expect(JSON.stringify(extractFormulations(documents, { glossaryTerms: ["\ud842", "防汛", ""] }))).toBe(
          JSON.stringify(result),
        );
      }),
      { numRuns: 25 },
    );
  });

  it.each([
    ["one very long paragraph without a mark", ["防汛抗旱责任制".repeat(30_000)]],
    ["one character thirty thousand times", ["汛".repeat(30_000)]],
    ["a very long paragraph of clauses", ["要加强防汛抗旱工作，".repeat(10_000)]],
    ["a hundred thousand empty lines", Array.from({ length: 100_000 }, () => "")],
    [
      "three thousand equal lines",
      Array.from(
        { length: 3000 },
        () => "各地要压实防汛责任，坚持预防为主、防抗结合、统一调度、分级负责，确保水库安全度汛，确保人民群众安全。",
      ),
    ],
    ["nothing but marks", ["，。；：".repeat(20_000), "“”".repeat(20_000), "《".repeat(20_000), "、".repeat(20_000)]],
    ["ten thousand quotation marks that do not close", ["“防汛".repeat(10_000)]],
  ] as const)("ends soon on %s", (_, paragraphs) => {
    const documents = [makeDocument("one", paragraphs)];
    const { formulations } = extractFormulations(documents, { limit: 20 });
    for (const { count, occurrences } of formulations) expect(occurrences).toHaveLength(count);
  });

  it("refuses more text than it can hold before it takes memory for it, and says how much that is", () => {
    const paragraph = "汛".repeat(1_000_000);
    const documents = [
      makeDocument(
        "large",
        Array.from({ length: 200 }, () => paragraph),
      ),
    ];
    expect(() => extractFormulations(documents)).toThrow(ExtractionTooLarge);
    try {
      extractFormulations(documents);
    } catch (error) {
      expect(error).toMatchObject({ characters: 200_000_200 });
    }
  });
});
