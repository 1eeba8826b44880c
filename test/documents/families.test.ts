import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findRepeatedParagraphs, groupFamilies } from "../../src/documents/families.ts";
import { findLostOpenings } from "../../src/text/lost-openings.ts";
import { makeShingles, measureContainment } from "../../src/text/shingles.ts";

/** A text of invented sentences whose words depend on the seed. */
function invent(seed: number, sentences: number): string {
  const words = "防汛抗旱教育医疗交通水利农业林业环境科技文化旅游就业养老住房安全财政金融贸易能源".match(/../gu) ?? [];
  let state = seed * 7919 + 1;
  const next = () => words[(state = (state * 1103515245 + 12345) % 2147483648) % words.length] ?? "";
  return Array.from({ length: sentences }, () => `${next()}${next()}要${next()}和${next()}${next()}。`).join("");
}

function areCopies(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  const [small, large] = [Math.min(one.size, other.size), Math.max(one.size, other.size)];
  return small > 0 && small >= large * 0.4 && measureContainment(one, other) > 0.7;
}

/** The slow twin: compares all with all. */
function groupSlowly(documents: readonly { id: string; paragraphs: readonly string[] }[]): string[][] {
  const sets = documents.map((document) => makeShingles(document.paragraphs.join("\n")));
  const label = documents.map((_, at) => at);
  for (let one = 0; one < sets.length; one++) {
    for (let other = one + 1; other < sets.length; other++) {
      const [first, second] = [sets[one], sets[other]];
      if (!first || !second || !areCopies(first, second)) continue;
      const [from, to] = [label[other], label[one]];
      label.forEach((value, at) => {
        if (value === from) label[at] = to ?? value;
      });
    }
  }
  const groups = new Map<number, string[]>();
  documents.forEach((document, at) => groups.set(label[at] ?? at, [...(groups.get(label[at] ?? at) ?? []), document.id]));
  return [...groups.values()];
}

describe("groupFamilies", () => {
  it("finds the same families as a comparison of all with all", () => {
    const sample = fc.array(
      fc.record({
        seed: fc.integer({ min: 0, max: 5 }),
        length: fc.integer({ min: 1, max: 60 }),
        extra: fc.integer({ min: 0, max: 9 }),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(sample, (recipes) => {
        const documents = recipes.map((recipe, at) => ({
          id: String(at),
          paragraphs: [invent(recipe.seed, recipe.length), invent(100 + at, recipe.extra)],
        }));
        const members = groupFamilies(documents).map((family) => [...family.members].sort());
        expect(members.sort()).toEqual(
          groupSlowly(documents)
            .map((group) => group.sort())
            .sort(),
        );
      }),
    );
  });

  it("represents a family by the least damaged copy", () => {
    const text = "会议指出，要统筹推进防汛抗旱和经济社会发展，切实保障人民群众安全，确保平稳。";
    const families = groupFamilies([
      { id: "damaged", paragraphs: [text.replaceAll("，", ",").replace("和", "and")] },
      { id: "good", paragraphs: [text] },
    ]);
    expect(families).toEqual([{ representative: "good", members: ["damaged", "good"] }]);
  });

  it("does not count an extract as a copy of the long text it comes from", () => {
    const text = invent(1, 100);
    expect(
      groupFamilies([
        { id: "long", paragraphs: [text] },
        { id: "short", paragraphs: [text.slice(0, 200)] },
      ]),
    ).toHaveLength(2);
  });
});

describe("findRepeatedParagraphs", () => {
  const body = "习惯上，要压实责任、加强统筹，切实把各项防汛措施落到实处，确保人民群众生命财产安全，维护社会大局稳定。";

  it("drops the shorter of a lead and the paragraph that repeats it", () => {
    const document = { id: "d", paragraphs: [body, "别的一段。", `会议指出，${body}`] };
    expect(findRepeatedParagraphs([document]).map(({ paragraph, repeats }) => [paragraph, repeats])).toEqual([[0, 2]]);
  });

  it("leaves short paragraphs and other documents alone", () => {
    expect(findRepeatedParagraphs([{ id: "d", paragraphs: ["会议还研究了其他事项。", "会议还研究了其他事项。"] }])).toEqual([]);
    expect(
      findRepeatedParagraphs([
        { id: "d", paragraphs: [body] },
        { id: "e", paragraphs: [body] },
      ]),
    ).toEqual([]);
  });
});

describe("findLostOpenings", () => {
  const before = "会议强调，要抓好就业工作，确保就业大局稳定。";
  const whole =
    "会议指出，要扩大内需、稳定外需。要聚焦重点领域，优化专项资金投向，用好预算内投资，加快建设一批重大项目，推动服务消费提质扩容。";

  it("finds the words that a page break took", () => {
    const damaged = { id: "damaged", paragraphs: [before, whole.slice(whole.indexOf("化专项"))] };
    const [found] = findLostOpenings([damaged, { id: "good", paragraphs: [before, whole] }]);
    expect(found).toEqual({
      document: "damaged",
      paragraph: 1,
      opening: whole.slice(0, whole.indexOf("化专项")),
      copy: "good",
      copyParagraph: 1,
    });
  });

  it("finds nothing where a paragraph was only cut in two", () => {
    const at = whole.indexOf("化专项");
    const cut = { id: "cut", paragraphs: [before, whole.slice(0, at), whole.slice(at)] };
    expect(findLostOpenings([cut, { id: "good", paragraphs: [before, whole] }])).toEqual([]);
  });
});
