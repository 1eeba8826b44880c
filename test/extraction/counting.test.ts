import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { extractFormulations } from "../../src/extraction/extract-formulations.ts";
import { findFamilies, keepApart } from "../../src/extraction/families.ts";
import type { ExtractionDocument, Formulation } from "../../src/model/formulation.ts";

function makeDocument(id: string, paragraphs: readonly string[], date?: string): ExtractionDocument {
  return { id, title: id, paragraphs, ...(date === undefined ? {} : { date }) };
}

function get(formulations: readonly Formulation[], text: string): Formulation {
  const found = formulations.find((formulation) => formulation.text === text);
  if (!found) throw new Error(`${text} is not among ${formulations.map((formulation) => formulation.text).join(" ")}`);
  return found;
}

const WORDS = "防汛抗旱教育医疗交通水利农业林业环境科技文化旅游就业养老住房安全财政金融贸易能源".match(/../gu) ?? [];

/** Invented sentences; different seeds share no long pieces. */
function invent(seed: number, sentences: number): string {
  let state = seed * 7919 + 1;
  const next = (): string => WORDS[(state = (state * 1103515245 + 12345) % 2147483648) % WORDS.length] ?? "";
  return Array.from({ length: sentences }, () => `${next()}${next()}要${next()}和${next()}${next()}。`).join("");
}

const REPRINTED =
  "云溪省委指出，要坚持河湖长制不动摇，压紧压实各级河湖长责任，统筹水资源、水环境、水生态治理，让人民群众共享水清岸绿。";

describe("counting", () => {
  it("counts a paragraph that several documents reprint once, and dates it by the first of them", () => {
    const documents = [
      makeDocument("report", [invent(1, 12), REPRINTED], "2023-05-02"),
      makeDocument("notice", [invent(2, 12), REPRINTED, "会议还研究了河湖长制考核办法。"], "2023-05-01"),
      makeDocument("digest", [invent(3, 12), REPRINTED.replaceAll("，", ",")], "2023-06-01"),
    ];
    const { twins } = findFamilies(documents);
    expect(twins.map(({ document }) => document).sort()).toEqual([0, 2]);
    const found = get(extractFormulations(documents, { glossaryTerms: ["河湖长制"] }).formulations, "河湖长制");
    expect(found).toMatchObject({ count: 4, distinctCount: 2, documents: 1, firstDate: "2023-05-01", lastDate: "2023-05-01" });
  });

  it("takes the same line with another day or figure for another event", () => {
    const meeting = (day: string, figure: string): string =>
      `云溪省防汛抗旱指挥部${day}召开会议，听取各市防汛准备情况汇报，部署下一步工作，下达补助资金${figure}万元，会议还研究了其他事项。`;
    const documents = [
      makeDocument("first", [invent(1, 12), meeting("6月3日", "300")]),
      makeDocument("second", [invent(2, 12), meeting("6月9日", "300")]),
      makeDocument("third", [invent(3, 12), meeting("六月三日", "300")]),
      makeDocument("fourth", [invent(4, 12), meeting("6月3日", "500")]),
    ];
    expect(findFamilies(documents).twins).toEqual([]);
  });

  it("counts a lead once that the body repeats with who said it in front", () => {
    const lead = "面对今年汛情偏重的严峻形势，各地要压实防汛责任，坚持预防为主、防抗结合，加密巡查堤防，及时转移受威胁群众。";
    const documents = [makeDocument("one", [lead, invent(1, 3), `省长指出，${lead}`]), makeDocument("two", ["要压实防汛责任。"])];
    const found = get(extractFormulations(documents).formulations, "压实防汛责任");
    expect(found).toMatchObject({ count: 3, distinctCount: 2, documents: 2 });
  });

  it("gives back the opening that the counted copy has lost, and no other", () => {
    const whole = `会议强调，要推进河湖长制，守护一河清水。${invent(7, 6)}`;
    const cut = whole.slice(whole.indexOf("清水"));
    const rest = [invent(8, 10), invent(9, 10)];
    const damaged = whole.replaceAll("，", ",");
    const documents = [
      makeDocument("clean", [rest[0] ?? "", "会议听取了汇报，审议了方案", cut, rest[1] ?? ""]),
      makeDocument("copy", [...rest.map((text) => text.replaceAll("，", ",")), damaged, "河湖长制考核,也在这里."]),
      makeDocument("other", ["要落实河湖长制。"]),
    ];
    const families = findFamilies(documents);
    expect(families.representatives).toEqual([0, 0, 2]);
    expect(families.openings).toEqual([{ document: 1, paragraph: 2, length: damaged.indexOf("清水") }]);
    const found = get(extractFormulations(documents).formulations, "河湖长制");
    expect(found).toMatchObject({ count: 3, distinctCount: 2, documents: 2 });
  });

  it("says the same of the same texts in any order", () => {
    const texts = [
      makeDocument("a", [invent(1, 8), REPRINTED, "要压实防汛责任。"], "2023-05-02"),
      makeDocument("b", [invent(1, 8).replaceAll("。", "."), REPRINTED, "要压实防汛责任。"], "2023-05-02"),
      makeDocument("c", [REPRINTED, invent(3, 5), "坚持压实防汛责任，坚持“石桥经验”。"], "2023-04-02"),
      makeDocument("d", [invent(4, 5), "推广“石桥经验”，压实防汛责任。"]),
      makeDocument("e", [invent(5, 5), `${REPRINTED}还要推广“石桥经验”。`]),
    ];
    const show = (documents: readonly ExtractionDocument[]): string => {
      const { formulations, frames } = extractFormulations(documents);
      const places = (uses: Formulation["occurrences"]): readonly string[] =>
        uses.map(({ document, paragraph, start, end }) => `${document} ${paragraph} ${start} ${end}`).sort();
      return JSON.stringify([
        formulations.map((one) => ({ ...one, occurrences: places(one.occurrences) })),
        frames.map((one) => ({ ...one, occurrences: places(one.occurrences) })),
      ]);
    };
    const expected = show(texts);
    fc.assert(
      fc.property(fc.shuffledSubarray(texts, { minLength: texts.length }), (shuffled) => {
        expect(show(shuffled)).toBe(expected);
      }),
      { numRuns: 20 },
    );
  });

  it("leaves everything but the raw count as it is when texts come again under other names", () => {
    const texts = [1, 2, 3, 4].map((seed) =>
      makeDocument(
        `d${seed}`,
        [invent(seed, 30), `各地要压实防汛责任，推广“石桥经验”。${invent(seed + 50, 4)}`],
        `2023-0${seed}-01`,
      ),
    );
    const again = ["-x", "-y"].flatMap((suffix) => texts.map((text) => ({ ...text, id: text.id + suffix })));
    const once = extractFormulations(texts);
    const thrice = extractFormulations([...again, ...texts]);
    const strip = (formulations: readonly Formulation[], times: number) =>
      formulations.map((one) => ({
        ...one,
        count: one.count / times,
        occurrences: one.occurrences.length / times,
        evidence: one.evidence.filter(({ code }) => code !== "copies-left-out"),
      }));
    expect(strip(thrice.formulations, 3)).toEqual(strip(once.formulations, 1));
    expect(thrice.frames.map(({ pattern, count, documents }) => [pattern, count, documents])).toEqual(
      once.frames.map(({ pattern, count, documents }) => [pattern, count, documents]),
    );
  });

  it("counts what stands outside longer formulations, and names every parent and child, as a search through the texts does", () => {
    const nests = [
      "河湖长制",
      "河湖长制改革",
      "全面河湖长制改革试点",
      "防汛责任",
      "压实防汛责任",
      "防汛责任、河湖长制",
      "“石桥经验”",
    ];
    const sentence = fc
      .tuple(
        fc.constantFrom("会议强调，要坚持", "各地推进", "省政府决定落实", "村里的"),
        fc.constantFrom(...nests),
        fc.constantFrom("，成效明显。", "工作。", "和学校建设。", "。"),
      )
      .map((parts) => parts.join(""));
    const texts = fc.array(fc.array(sentence, { minLength: 1, maxLength: 5 }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(texts, (lists) => {
        const documents = lists.map((list, i) => makeDocument(`d${i}`, list));
        const { formulations } = extractFormulations(documents, { families: keepApart(documents) });
        const placesOf = (paragraph: string, text: string): readonly number[] => {
          const places: number[] = [];
          for (let at = paragraph.indexOf(text); at >= 0; at = paragraph.indexOf(text, at + 1)) places.push(at);
          return places;
        };
        const paragraphs = lists.flat();
        const keys = formulations.map(({ text }) => text);
        for (const { text, distinctCount, independentCount, parents, children } of formulations) {
          const longer = keys.filter((key) => key !== text && key.includes(text));
          expect([...parents].sort()).toEqual(longer.sort());
          expect([...children].sort()).toEqual(keys.filter((key) => key !== text && text.includes(key)).sort());
          let all = 0;
          let covered = 0;
          for (const paragraph of paragraphs) {
            const spans = longer.flatMap((key) => placesOf(paragraph, key).map((at) => [at, at + key.length] as const));
            for (const at of placesOf(paragraph, text)) {
              all++;
              if (spans.some(([start, end]) => start <= at && end >= at + text.length)) covered++;
            }
          }
          expect([text, distinctCount, independentCount]).toEqual([text, all, all - covered]);
        }
      }),
      { numRuns: 60 },
    );
  });
});
