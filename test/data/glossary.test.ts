import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readCsv } from "../../src/formats/csv.ts";
import { readGlossaryCsv, writeGlossaryCsv } from "../../src/formats/glossary-csv.ts";

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const text = read("glossary/starter.csv");
const glossary = readGlossaryCsv(text);
const concepts = glossary.value ?? [];
const sources = readCsv(read("glossary/sources.csv"), { header: true }).value;
const sourceIds = new Set(sources?.rows.map(([id]) => id));
const terms = concepts.flatMap((concept) => concept.terms.map((term) => ({ concept, term })));

describe("the starter glossary", () => {
  it("is read without a word, and is as it would be written", () => {
    expect(glossary.diagnostics).toEqual([]);
    expect(writeGlossaryCsv(concepts)).toBe(text);
  });

  it("has 60 concepts or more, each with a Chinese and an English term", () => {
    expect(concepts.length).toBeGreaterThanOrEqual(60);
    for (const concept of concepts) {
      expect(new Set(concept.terms.map(({ language }) => language)), concept.id).toEqual(new Set(["zh", "en"]));
    }
  });

  it("gives every term a source that is listed, or says house or proposed", () => {
    for (const { term } of terms) {
      expect(term.attestations.length, term.text).toBeGreaterThan(0);
      for (const { source } of term.attestations) {
        expect(source === "house" || source === "proposed" || sourceIds.has(source), `${term.text}: ${source}`).toBe(true);
      }
    }
  });

  it("cites a place for what is not a decision of the house, and calls proposed what nobody has seen", () => {
    for (const { term } of terms) {
      for (const { source, place } of term.attestations) {
        if (source === "house") continue;
        if (source === "proposed") expect(term.status, term.text).toBe("proposed");
        else expect(place, term.text).toBeTruthy();
      }
      if (term.status === "proposed") expect(term.attestations.map(({ source }) => source)).toEqual(["proposed"]);
    }
  });

  it("approves one rendering of a wording at most, and never what it also refuses", () => {
    for (const concept of concepts) {
      const english = concept.terms.filter(({ language }) => language === "en");
      expect(english.filter(({ status }) => status === "approved").length, concept.id).toBeLessThanOrEqual(1);
      expect(new Set(english.map(({ text: one }) => one.toLowerCase())).size >= english.length - 1, concept.id).toBe(true);
    }
  });

  it("lists only sources that are cited, each once and with an address", () => {
    const cited = new Set(terms.flatMap(({ term }) => term.attestations.map(({ source }) => source)));
    expect(sourceIds.size).toBe(sources?.rows.length);
    for (const row of sources?.rows ?? []) {
      expect(cited.has(row[0] ?? ""), row[0]).toBe(true);
      expect(row[5], row[0]).toBeTruthy();
    }
  });
});

const RESEARCH = new URL("../../../shared/glossary-research/renderings.csv", import.meta.url);
const isThere = existsSync(RESEARCH);
if (!isThere) console.log("skipped: the research behind the glossary is not beside the project");

describe.skipIf(!isThere)("against the research that it was taken from", () => {
  it("has only citations that the research confirms, to the letter", () => {
    const table = readCsv(readFileSync(RESEARCH, "utf8"), { header: true }).value;
    const confirmed = new Set(
      table?.rows
        .filter((row) => row[7] === "confirmed")
        .map((row) => JSON.stringify([row[0]?.replaceAll("…", "*"), row[3]?.replaceAll("…", "*"), row[5], row[6]])),
    );
    for (const concept of concepts) {
      const [chinese] = concept.terms.filter(({ language }) => language === "zh");
      for (const term of concept.terms.filter(({ language }) => language === "en")) {
        for (const { source, place } of term.attestations) {
          if (source === "house" || source === "proposed") continue;
          const slots = (one: string | undefined): string | undefined => one?.replaceAll(/\{[XY]\}/g, "*");
          const key = JSON.stringify([slots(chinese?.text)?.replace(/\*$/, "*"), slots(term.text), source, place]);
          expect(confirmed.has(key), key).toBe(true);
        }
      }
    }
  });
});
