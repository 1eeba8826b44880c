/** Glossaries as fast-check makes them: everything the model can hold, in any text that XML allows. */
import fc from "fast-check";
import { KINDS, MATCHING, STATUSES, TERM_TYPES, USAGES } from "../../src/formats/glossary-columns.ts";
import { RELATIONS } from "../../src/formats/glossary-relations.ts";
import { nameTerm } from "../../src/formats/glossary-rows.ts";
import type { Concept } from "../../src/model/concept.ts";

const UNITS = [..."防汛救灾a B,;=|\\\"'<>&-#@+．“”\t\n", "\u{20000}", "é", "\u00a0", "_x0041_", "dingyi note: ", "]]>", "："];
const text = fc.string({ unit: fc.constantFrom(...UNITS), minLength: 1, maxLength: 12 }).filter((each) => each.trim() !== "");
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const day = fc.constantFrom("2024-06-17", "2020-02", "1999");
const defined = <T extends object>(value: T): T =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T;

const id = fc.oneof(
  fc.constantFrom("c1", "c2", "c3", "1f0e-9", "line:12", "防汛", "dy.x_1"),
  fc.string({ unit: fc.constantFrom("a", "b", "1", "-", "_", "/", "."), minLength: 1, maxLength: 4 }),
);

const attestation = fc.record({
  source: fc.constantFrom("house", "GOC1", "云溪省水利厅，《通知》", "a; b=c"),
  place: maybe(fc.oneof(text, fc.constant("https://example.org/a?b=1&c=2"))),
  date: maybe(day),
  sourceQuotation: maybe(text),
  targetQuotation: maybe(text),
});

const term = fc.record({
  language: fc.constantFrom("zh", "en", "en-GB", "zh_Hant"),
  text,
  status: fc.constantFrom(...STATUSES),
  termType: fc.constantFrom(...TERM_TYPES),
  matching: fc.constantFrom(...MATCHING),
  usage: maybe(fc.constantFrom(...USAGES)),
  partOfSpeech: maybe(fc.oneof(text, fc.constantFrom("noun", "verb", "other"))),
  validFrom: maybe(day),
  validUntil: maybe(day),
  note: maybe(text),
  attestations: fc.array(attestation, { maxLength: 3 }),
});

export const arbitraryGlossary = fc
  .uniqueArray(
    fc.record({
      id,
      kind: fc.constantFrom(...KINDS),
      class: maybe(text),
      domain: maybe(text),
      note: maybe(text),
      paraphrased: maybe(fc.boolean()),
      relations: maybe(
        fc.uniqueArray(fc.record({ type: fc.constantFrom(...RELATIONS), conceptId: id, note: maybe(text) }), {
          selector: ({ type, conceptId }) => `${type} ${conceptId}`,
          minLength: 1,
          maxLength: 3,
        }),
      ),
      terms: fc.uniqueArray(term, {
        selector: (each) => `${each.language} ${each.text} ${each.usage ?? ""}`,
        minLength: 1,
        maxLength: 4,
      }),
    }),
    { selector: (concept) => concept.id, minLength: 1, maxLength: 4 },
  )
  .map((concepts) =>
    concepts.map((concept) =>
      defined({
        ...concept,
        relations: concept.relations?.map(defined),
        terms: concept.terms.map((each) =>
          defined({
            id: nameTerm(concept.id, { language: each.language, text: each.text, ...(each.usage ? { usage: each.usage } : {}) }),
            ...each,
            attestations: each.attestations.map(defined),
          }),
        ),
      }),
    ),
  ) as fc.Arbitrary<Concept[]>;

/** The same content held in another order. */
export function shuffle(concepts: readonly Concept[]): readonly Concept[] {
  return [...concepts].reverse().map((concept) => ({ ...concept, terms: [...concept.terms].reverse() }));
}
