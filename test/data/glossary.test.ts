import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readCsv } from "../../src/formats/csv.ts";
import { readGlossaryCsv, writeGlossaryCsv } from "../../src/formats/glossary-csv.ts";
import { createTermAutomaton } from "../../src/terminology/term-automaton.ts";
import { stemWord } from "../../src/text/english.ts";
import { matchKey } from "../../src/text/match-key.ts";
import { CLASSES } from "../../src/workflow/glossary.ts";

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const text = read("glossary/starter.csv");
const glossary = readGlossaryCsv(text);
const concepts = glossary.value ?? [];
const sources = readCsv(read("glossary/sources.csv"), { header: true }).value;
const sourceIds = new Set(sources?.rows.map(([id]) => id));
const terms = concepts.flatMap((concept) => concept.terms.map((term) => ({ concept, term, at: `${concept.id} ${term.text}` })));
const REFUSED = ["deprecated", "superseded", "forbidden"];

describe("the starter glossary", () => {
  it("is read without a word, and is as it would be written", () => {
    expect(glossary.diagnostics).toEqual([]);
    expect(writeGlossaryCsv(concepts)).toBe(text);
  });

  it("has 500 concepts or more of every class, each with a Chinese and an English term", () => {
    expect(concepts.length).toBeGreaterThanOrEqual(500);
    for (const each of CLASSES)
      expect(concepts.filter((concept) => concept.class === each).length, each).toBeGreaterThanOrEqual(20);
    for (const concept of concepts) {
      expect(CLASSES, concept.id).toContain(concept.class);
      expect(concept.kind === "frame", concept.id).toBe(concept.class === "frame");
      expect(new Set(concept.terms.map(({ language }) => language)), concept.id).toEqual(new Set(["zh", "en"]));
    }
  });

  it("numbers its concepts in a row and keeps the numbers", () => {
    const numbered = concepts.map(({ id }) => id).filter((id) => id.startsWith("c"));
    expect(numbered).toEqual(numbered.map((_, at) => `c${String(at + 1).padStart(3, "0")}`));
    const wordingOf = (id: string) =>
      concepts.find((concept) => concept.id === id)?.terms.find(({ language }) => language === "zh");
    expect([wordingOf("c001")?.text, wordingOf("c108")?.text]).toEqual(["财政部", "把{X}作为{Y}"]);
  });

  it("has each Chinese wording in one concept", () => {
    const owners = new Map<string, string>();
    for (const { concept, term, at } of terms.filter(({ term: { language } }) => language === "zh")) {
      expect(owners.get(matchKey(term.text)), at).toBeUndefined();
      owners.set(matchKey(term.text), concept.id);
    }
  });

  it("writes its terms cleanly: one language each, no blanks at the ends, no brackets or strokes, small letters in phrases", () => {
    for (const { concept, term, at } of terms) {
      expect(term.text, at).toBe(term.text.trim());
      expect(term.text, at).not.toMatch(/\s{2}|…|\s,|[()[\]/（）【】]/u);
      if (term.language === "zh") expect(term.text, at).toMatch(/\p{Script=Han}/u);
      else expect(term.text, at).toMatch(/^[\p{Script=Latin}\d\s,.'{}+-]+$/u);
      const slots = (one: string) => new Set(one.match(/\{[XYZ]\}/g));
      if (concept.kind !== "frame") expect(slots(term.text).size, at).toBe(0);
      else if (term.language === "en") expect(slots(term.text), at).toEqual(slots(concept.terms.at(-1)?.text ?? ""));
      if (concept.class === "reporting-verb" && term.language === "en") expect(term.text, at).toMatch(/^[a-z]|^Xi /);
      expect(term.matching, at).toBe(term.language === "zh" ? "exact" : "inflecting");
      for (const note of [term.note ?? "", concept.note ?? ""]) expect(note.length, at).toBeLessThanOrEqual(100);
    }
  });

  it("gives every term a source that is listed, or says house or proposed", () => {
    for (const { term, at } of terms) {
      expect(term.attestations.length, at).toBeGreaterThan(0);
      for (const { source } of term.attestations) {
        expect(source === "house" || source === "proposed" || sourceIds.has(source), `${at}: ${source}`).toBe(true);
      }
    }
  });

  it("cites a place for what is not a decision of the house, and calls proposed what nobody has seen", () => {
    for (const { term, at } of terms) {
      for (const { source, place } of term.attestations) {
        if (source === "proposed") expect(term.status, at).toBe("proposed");
        else if (source !== "house") expect(place, at).toBeTruthy();
      }
      if (term.status === "proposed" && term.language === "zh") expect(term.attestations).toEqual([{ source: "proposed" }]);
      if (REFUSED.includes(term.status)) expect(term.note ?? term.attestations[0]?.place, `${at}: a reason`).toBeTruthy();
    }
  });

  it("approves one rendering of a wording and use at most, and never what it also refuses", () => {
    for (const concept of concepts) {
      const english = concept.terms.filter(({ language }) => language === "en");
      const approved = english.filter(({ status }) => status === "approved").map(({ usage }) => usage ?? "running");
      expect(new Set(approved).size, concept.id).toBe(approved.length);
      expect(new Set(english.map(({ text: one }) => one.toLowerCase())).size >= english.length - 1, concept.id).toBe(true);
      const refused = english.filter(({ status }) => REFUSED.includes(status)).map(({ text: one }) => one.toLowerCase());
      for (const { text: one, status } of english) {
        if (!REFUSED.includes(status)) expect(refused, concept.id).not.toContain(one.toLowerCase());
      }
      if (concept.paraphrased) expect(approved, `${concept.id} has no fixed rendering`).toEqual([]);
    }
  });

  it("relates concepts that exist, to others, once", () => {
    const known = new Set(concepts.map(({ id }) => id));
    const seen = new Set<string>();
    for (const { id, relations = [] } of concepts) {
      for (const { type, conceptId } of relations) {
        expect(known.has(conceptId) && conceptId !== id, `${id} ${type} ${conceptId}`).toBe(true);
        const key = [type, ...(type === "contrast" ? [id, conceptId].toSorted() : [id, conceptId])].join(" ");
        expect(seen.has(key), key).toBe(false);
        seen.add(key);
      }
    }
    expect(seen.size).toBeGreaterThanOrEqual(50);
  });

  it("is found in itself: every Chinese wording is recognised as a whole", () => {
    const wordings = terms.filter(({ term }) => term.language === "zh");
    const automaton = createTermAutomaton(wordings.map(({ concept, term }) => ({ term, conceptId: concept.id })));
    for (const { term, at } of wordings) {
      const whole = automaton.recognizeTerms(term.text).find(({ start, end }) => start === 0 && end === term.text.length);
      expect(whole?.term.id, at).toBe(term.id);
    }
  });

  it("lists only sources that are cited, each once, in order, with an address and how they were seen", () => {
    const cited = new Set(terms.flatMap(({ term }) => term.attestations.map(({ source }) => source)));
    expect(sourceIds.size).toBe(sources?.rows.length);
    const ids = sources?.rows.map(([id]) => id ?? "") ?? [];
    expect(ids).toEqual(ids.toSorted((one, other) => (one < other ? -1 : 1)));
    for (const [id = "", body, title, languages, date, locator, kind, seenAs] of sources?.rows ?? []) {
      expect(cited.has(id), id).toBe(true);
      for (const cell of [body, title, languages, locator, kind, seenAs]) expect(cell?.trim(), id).toBeTruthy();
      expect(date ?? "", id).toMatch(/^(?:\d{4}(?:-\d\d(?:-\d\d)?)?)?$/);
    }
  });
});

const RESEARCH = ["glossary-research/renderings.csv", "gold/formulations-dev.csv"].map(
  (path) => new URL(`../../../shared/${path}`, import.meta.url),
);
const isThere = RESEARCH.every((file) => existsSync(file));
if (!isThere) console.log("skipped: the research behind the glossary is not beside the project");

/** What is left when capitals, articles, plurals, commas, slots and the marks of brackets are set aside. */
function toBareWords(rendering: string): string {
  const words = rendering.toLowerCase().replaceAll(/…|\{[XYZ]\}|\b[xyz]\b|[(),]/giu, " ");
  return ` ${words
    .split(/\s+/)
    .filter((word) => !["", "a", "an", "the"].includes(word))
    .map((word) => word.replace(/s$/, ""))
    .join(" ")} `;
}

const toBareWording = (wording: string): string => wording.replaceAll(/…|\{[XYZ]\}|X/gu, "*").replace(/\*$/, "");

const toStems = (text: string): readonly string[] =>
  (
    text
      .replaceAll("’", "'")
      .toLowerCase()
      .match(/[a-z\d]+/g) ?? []
  ).map(stemWord);

const SPEECHES = new URL("../../../shared/corpus/align-pol-dev/", import.meta.url);

describe.skipIf(!isThere || !existsSync(SPEECHES))("against the speeches that it cites", () => {
  const [chinese = [], english = []] = ["zh.txt", "en.txt"].map((name) =>
    readFileSync(new URL(name, SPEECHES), "utf8").split("\n"),
  );

  it("finds each wording in the Chinese line and the words of its rendering in the English lines", () => {
    for (const concept of concepts) {
      const wordings = concept.terms.filter(({ language }) => language === "zh").map(({ text: one }) => one.split(/\{[XYZ]\}/));
      for (const term of concept.terms.filter(({ language }) => language === "en")) {
        for (const { source, place = "" } of term.attestations) {
          if (source !== "GOC1") continue;
          const [, first, last, from, to] = /, zh line (\d+)(?:-(\d+))?, en line (\d+)(?:-(\d+))?$/.exec(place) ?? [];
          const at = `${concept.id} ${term.text}: ${place}`;
          const read = chinese
            .slice(Number(first) - 1, Number(last ?? first))
            .join("")
            .replaceAll(/["“”\s]/g, "");
          const stands = wordings.some((parts) => parts.every((part) => read.includes(part.replaceAll(/["“”\s]/g, ""))));
          expect(stands, at).toBe(true);
          const cited = english.slice(Number(from) - 1, Number(to ?? from)).join(" ");
          const words = new Set(toStems(cited));
          const missing = toStems(term.text.replaceAll(/\{[XYZ]\}/g, " ")).filter((stem) => !words.has(stem));
          expect(missing, at).toEqual([]);
        }
      }
    }
  });
});

describe.skipIf(!isThere)("against the research that it was taken from", () => {
  const [renderings, formulations] = RESEARCH.map(
    (file) => readCsv(readFileSync(file, "utf8"), { header: true }).value?.rows ?? [],
  );
  type Sighting = { readonly chinese: string; readonly english: string; readonly isConfirmed: boolean };
  const sightings = new Map<string, Sighting[]>();
  for (const [chinese = "", , , english = "", , source = "", place = "", evidence] of renderings ?? []) {
    const key = `${source}\u0000${place}`;
    const seen = { chinese: toBareWording(chinese), english: toBareWords(english), isConfirmed: evidence === "confirmed" };
    sightings.set(key, [...(sightings.get(key) ?? []), seen]);
  }
  /** Taken from the second list, whose citations are texts in words; the Chinese and its English are those of the list. */
  const pairs = new Map(
    (formulations ?? []).filter((row) => row[11] === "confirmed").map((row) => [row[0], toBareWords(row[8] ?? "")]),
  );

  it("has only citations that the research has, and approves only what it confirms", () => {
    for (const concept of concepts) {
      const chinese = concept.terms.filter(({ language }) => language === "zh").map(({ text: one }) => one);
      for (const term of concept.terms.filter(({ language }) => language === "en")) {
        const words = toBareWords(term.text);
        const isListed = chinese.some((one) => pairs.get(one) === words);
        for (const { source, place } of term.attestations) {
          if (source === "house" || source === "proposed" || source === "GOC1" || isListed) continue;
          const fits = (sightings.get(`${source}\u0000${place ?? ""}`) ?? []).filter(
            (seen) =>
              seen.english.includes(words) &&
              chinese.some((one) => seen.chinese === toBareWording(one) || (one === "中国共产党" && seen.chinese.includes(one))),
          );
          const found = term.status === "proposed" ? fits.length > 0 : fits.some(({ isConfirmed }) => isConfirmed);
          expect(found, `${concept.id} ${term.text}: ${source}, ${place ?? ""}`).toBe(true);
        }
      }
    }
  });
});
