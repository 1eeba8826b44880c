import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasOwnId, readGlossaryCsv, sortConcepts, writeGlossaryCsv } from "../../src/formats/glossary-csv.ts";
import { KINDS, MATCHING, STATUSES, TERM_TYPES, USAGES } from "../../src/formats/glossary-columns.ts";
import { RELATIONS } from "../../src/formats/glossary-relations.ts";
import type { Concept } from "../../src/model/concept.ts";

const text = fc
  .string({ unit: fc.constantFrom("防", "汛", "a", ",", '"', "\n", "=", "|"), minLength: 1 })
  .filter((each) => each.trim() !== "");
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const day = fc.constantFrom("2024-06-17", "2020-02", "1999");
const defined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T;

const glossary = fc
  .uniqueArray(
    fc.record({
      id: fc.string({ unit: fc.constantFrom("a", "b", "1", "-"), minLength: 1, maxLength: 4 }),
      kind: fc.constantFrom(...KINDS),
      class: maybe(text),
      domain: maybe(text),
      note: maybe(text),
      paraphrased: maybe(fc.boolean()),
      relations: maybe(
        fc.array(
          fc
            .record({
              type: fc.constantFrom(...RELATIONS),
              conceptId: fc.string({ unit: fc.constantFrom("c", "1", ":", ";", "=", "\\"), minLength: 1 }),
              note: maybe(fc.string({ unit: fc.constantFrom("汛", ";", "=", "\\", " ", "\n") })),
            })
            .map(defined),
          { minLength: 1, maxLength: 3 },
        ),
      ),
      terms: fc.uniqueArray(
        fc.record({
          language: fc.constantFrom("zh", "en", "en-GB"),
          text,
          status: fc.constantFrom(...STATUSES),
          termType: fc.constantFrom(...TERM_TYPES),
          matching: fc.constantFrom(...MATCHING),
          usage: maybe(fc.constantFrom(...USAGES)),
          partOfSpeech: maybe(text),
          validFrom: maybe(day),
          validUntil: maybe(day),
          note: maybe(text),
          attestations: fc.array(
            fc.record({
              source: fc.constantFrom("house", "GOC1", "云溪省水利厅，《通知》"),
              place: maybe(text),
              date: maybe(day),
              sourceQuotation: maybe(text),
              targetQuotation: maybe(text),
            }),
            { maxLength: 3 },
          ),
        }),
        { selector: (term) => `${term.language} ${term.text} ${term.usage ?? ""}`, minLength: 1, maxLength: 4 },
      ),
    }),
    { selector: (concept) => concept.id, minLength: 1, maxLength: 4 },
  )
  .map((concepts) =>
    concepts.map((concept) =>
      defined({
        ...concept,
        terms: concept.terms.map((term) =>
          defined({
            id: `${concept.id}/${term.language}/${term.text}${term.usage ? `/${term.usage}` : ""}`,
            ...term,
            attestations: term.attestations.map(defined),
          }),
        ),
      }),
    ),
  ) as fc.Arbitrary<Concept[]>;

describe("a glossary as a table", () => {
  it("comes back equal, and the same content gives the same bytes in whatever order it is held", () => {
    fc.assert(
      fc.property(glossary, fc.boolean(), (concepts, neutraliseFormulas) => {
        const written = writeGlossaryCsv(concepts, { neutraliseFormulas });
        const read = readGlossaryCsv(written, { undoFormulas: neutraliseFormulas });
        expect(read.diagnostics.filter(({ code }) => code !== "glossary-formula")).toEqual([]);
        expect(read.value).toEqual(sortConcepts(concepts));
        const shuffled = [...concepts].reverse().map((concept) => ({ ...concept, terms: [...concept.terms].reverse() }));
        expect(writeGlossaryCsv(shuffled, { neutraliseFormulas })).toBe(written);
      }),
    );
  });

  it("refuses a row with a relation or an answer that does not exist, and names the piece", () => {
    const head = "concept,language,term,paraphrased,relations\n";
    const read = (cells: string) => readGlossaryCsv(`${head}c1,zh,防汛,${cells}\n`);
    expect(read("是,contrast:c2; part-of:c3=汛期的一段").value).toMatchObject([
      {
        paraphrased: true,
        relations: [
          { type: "contrast", conceptId: "c2" },
          { type: "part-of", conceptId: "c3", note: "汛期的一段" },
        ],
      },
    ]);
    const refused = [
      ["perhaps,", "paraphrased", "perhaps"],
      [",contrast:c2;like:c3", "relations", "like:c3"],
      [",contrast:", "relations", "contrast:"],
      [",c2", "relations", "c2"],
    ];
    for (const [cells = "", column, value] of refused) {
      expect(read(cells)).toMatchObject({
        value: [],
        diagnostics: [{ code: "glossary-bad-value", line: 2, values: { column, value } }],
      });
    }
  });

  it("reads a simple table in English or Chinese, with synonyms split by bars", () => {
    const { value, diagnostics } = readGlossaryCsv(
      "中文,英文,备注,状态,来源\n防汛,flood control|flood prevention,常用,批准,house\n",
    );
    expect(diagnostics).toEqual([]);
    expect(value).toMatchObject([
      {
        id: "line:2",
        kind: "term",
        terms: [
          {
            language: "en",
            text: "flood control",
            status: "approved",
            note: "常用",
            matching: "inflecting",
            attestations: [{ source: "house" }],
          },
          { language: "en", text: "flood prevention", status: "approved" },
          { language: "zh", text: "防汛", status: "approved", matching: "exact", attestations: [{ source: "house" }] },
        ],
      },
    ]);
    expect(value?.map(hasOwnId)).toEqual([false]);
  });

  it("gives rows without a status the one that is asked for", () => {
    const statusOf = (defaultStatus?: "approved") =>
      readGlossaryCsv("zh,en\n防汛,flood control\n", defaultStatus ? { defaultStatus } : {}).value?.[0]?.terms[0]?.status;
    expect(statusOf()).toBe("proposed");
    expect(statusOf("approved")).toBe("approved");
  });

  it("takes rows of one concept from anywhere in the table", () => {
    const { value } = readGlossaryCsv(
      "concept,language,term,status,source\nc1,zh,防汛,approved,house\nc2,zh,抗旱,approved,house\nc1,en,flood control,approved,GOC1\nc1,en,flood control,,GOC2\n",
    );
    expect(value?.map((concept) => concept.terms.map((term) => [term.text, term.attestations.length]))).toEqual([
      [
        ["flood control", 2],
        ["防汛", 1],
      ],
      [["抗旱", 1]],
    ]);
  });

  it("names the line of everything it cannot take and keeps the rest", () => {
    const { value, diagnostics } = readGlossaryCsv(
      [
        "concept,language,term,status,source,place,date,colour",
        "c1,zh,防汛,aproved,,,,",
        "c1,zh,,approved,,,,",
        "c1,,防汛,approved,,,,",
        "c1,zh,抗旱,approved,,p. 3,,",
        "c1,zh,抗旱,approved,house,,17 June,",
        "c1,zh,抗旱,approved,house,,,",
        "c1,zh,抗旱,rejected,,,,",
        '"c2,zh',
        "c3,zh,救灾,approved,house,,,",
      ].join("\n"),
    );
    expect(diagnostics.map(({ code, line }) => [code, line])).toEqual([
      ["glossary-unknown-column", 1],
      ["glossary-bad-value", 2],
      ["glossary-missing-text", 3],
      ["glossary-missing-language", 4],
      ["glossary-attestation-without-source", 5],
      ["glossary-bad-date", 6],
      ["glossary-conflicting-row", 8],
      ["csv-quote-unclosed", 9],
    ]);
    expect(value?.map((concept) => concept.terms.map((term) => term.text))).toEqual([["抗旱"], ["救灾"]]);
  });

  it("refuses a table without the columns of a glossary", () => {
    expect(readGlossaryCsv("防汛,flood control\n").diagnostics).toEqual([
      { code: "glossary-without-columns", severity: "error", line: 1 },
    ]);
  });

  it("survives any text", () => {
    fc.assert(
      fc.property(fc.string(), (given) => {
        readGlossaryCsv(`concept,language,term,status\n${given}`);
      }),
    );
  });
});
