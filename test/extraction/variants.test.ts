import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { extractFormulations } from "../../src/extraction/extract-formulations.ts";
import { matchShort } from "../../src/extraction/short-forms.ts";
import { foldMarks, foldOrder } from "../../src/extraction/variants.ts";
import type { ExtractionDocument, Formulation } from "../../src/model/formulation.ts";

/** Each wording stands in its own sentences, in texts of different days, so that both are listed. */
function writeAbout(one: string, other: string): readonly ExtractionDocument[] {
  const frames = ["各县抓紧$。", "省里部署$，成效明显。", "群众关心$！", "会议研究了$。"];
  const write = (wording: string, from: number): string[] =>
    [0, 1, 2].map((step) => (frames[(from + step) % frames.length] ?? "").replace("$", wording));
  return [
    { id: "d1", title: "", date: "2023-03-01", paragraphs: write(one, 0) },
    { id: "d2", title: "", date: "2023-05-01", paragraphs: [...write(other, 1), ...write(one, 2).slice(0, 1)] },
    { id: "d3", title: "", date: "2023-09-01", paragraphs: write(other, 3) },
  ];
}

function find(formulations: readonly Formulation[], text: string): Formulation | undefined {
  return formulations.find((formulation) => formulation.text === text);
}

const isVariant = (formulations: readonly Formulation[], one: string, other: string): boolean =>
  [find(formulations, one)?.variants, find(formulations, other)?.variants].some((variants) =>
    variants?.some(({ text }) => text === one || text === other),
  );
const isContrast = (formulations: readonly Formulation[], one: string, other: string): boolean =>
  find(formulations, one)?.contrasts.includes(other) === true && find(formulations, other)?.contrasts.includes(one) === true;

/** Two wordings and what they are to each other. A line can be added by anyone; the wordings are invented or general. */
const PAIRS: readonly (readonly [one: string, other: string, relation: "variant" | "contrast" | "neither"])[] = [
  ["流域治理攻坚战", "流域治理的攻坚战", "variant"],
  ["上游保水、下游保堤", "下游保堤、上游保水", "variant"],
  ["河道保洁人员", "河道保洁者", "variant"],
  ["堤防与水库管护", "堤防和水库管护", "variant"],
  ["汛情通报帐目", "汛情通报账目", "variant"],
  ["云溪水利发展集团", "云水发展集团", "variant"],
  ["群防群控", "群防群治", "contrast"],
  ["外防输入、内防扩散", "内防扩散、外防输出", "contrast"],
  ["溺亡率", "溺死率", "contrast"],
  ["河长代表大会", "河长代表会议", "contrast"],
  ["轻症患者", "重症患者", "contrast"],
  ["坚定信心、同舟共济", "坚定信心、顽强奋斗", "neither"],
  ["前三季度汛情", "后三季度汛情", "neither"],
];

describe("variants and contrasts", () => {
  it.each(PAIRS)("takes %s and %s for %s", (one, other, relation) => {
    const { formulations } = extractFormulations(writeAbout(one, other));
    const shown = `${formulations.map(({ text, variants, contrasts }) => `${text}[${variants.map((v) => v.text).join()}|${contrasts.join()}]`).join(" ")}`;
    expect(isVariant(formulations, one, other), shown).toBe(relation === "variant");
    expect(isContrast(formulations, one, other), shown).toBe(relation === "contrast");
  });

  it("finds the headline form of a series, which stands once and is no candidate of its own", () => {
    const { formulations } = extractFormulations([
      { id: "d1", title: "", paragraphs: ["各县落实巡堤、查险、抢护要求。", "巡堤、查险、抢护是汛期的基本功。"] },
      { id: "d2", title: "", paragraphs: ["全省动员巡堤查险抢护", "省长到石桥县看望在坝上值守的干部。"] },
    ]);
    expect(find(formulations, "巡堤、查险、抢护")?.variants).toEqual([{ text: "巡堤查险抢护", count: 1, kind: "marks" }]);
  });

  it("says how often and when each variant was used", () => {
    const { formulations } = extractFormulations(writeAbout("流域治理攻坚战", "流域治理的攻坚战"));
    const head = formulations.find(({ text, variants }) => text.startsWith("流域治理") && variants.length > 0);
    expect(head?.variants).toHaveLength(1);
    const forms = [
      { text: head?.text, count: head?.distinctCount, first: head?.firstDate, last: head?.lastDate },
      ...(head?.variants ?? []).map(({ text, count, firstDate, lastDate }) => ({
        text,
        count,
        first: firstDate,
        last: lastDate,
      })),
    ].sort((left, right) => (left.text ?? "").length - (right.text ?? "").length);
    expect(forms).toEqual([
      { text: "流域治理攻坚战", count: 4, first: "2023-03-01", last: "2023-05-01" },
      { text: "流域治理的攻坚战", count: 6, first: "2023-05-01", last: "2023-09-01" },
    ]);
    expect(head?.variants[0]?.kind).toBe("marks");
  });

  it.each([
    ["世界 卫生 组织", "世卫组织", true],
    ["疾病 预防 控制 中心", "疾控中心", true],
    ["新型 冠状 病毒 感染 肺炎", "新冠肺炎", true],
    ["政治局 常务 委员会", "政治局常委会", true],
    ["经济 社会 发展 任务", "经济任务", false],
    ["全面 从严 治党", "全面治党", false],
  ])("takes %s as the full name of %s: %s", (full, short, expected) => {
    expect(matchShort(full.split(" "), short) !== undefined).toBe(expected);
  });

  it("names with a short name the full ones that only stand at the beginning of something longer, with their days", () => {
    const texts = [
      ["3", "新型冠状病毒感染的肺炎疫情防控工作要抓紧。", "做好新型冠状病毒感染的肺炎疫情防控工作。"],
      ["4", "新型冠状病毒肺炎疫情防控工作有进展。", "推进新型冠状病毒肺炎疫情防控工作。", "要认识新冠肺炎，防治新冠肺炎。"],
      ["5", "要防治新冠肺炎，救治患者。", "新冠肺炎，可防可治。", "各县了解新冠肺炎，不松劲。"],
    ].map(([month = "", ...paragraphs]) => ({ id: month, title: "", date: `2024-0${month}-01` as const, paragraphs }));
    const found = extractFormulations(texts).formulations.find(({ text }) => text === "新冠肺炎");
    const names = found?.variants.map(({ text, count, firstDate }) => [text, count, firstDate]) ?? [];
    expect(names).toContainEqual(["新型冠状病毒感染的肺炎", 2, "2024-03-01"]);
    expect(names).toContainEqual(["新型冠状病毒肺炎", 2, "2024-04-01"]);
  });

  it("does not list a series whose last member lacks the ending that all have", () => {
    const series = "堤防建设、道路建设、桥梁建设";
    const paragraphs = [
      `云溪省要求今后五年全面推进${series}、生态文明建设以及其他各方面的事业，资金按年度下达到县。`,
      `青川县的干部走村入户听取意见，在${series}、生态文明建设中始终牢记群众的期盼和安全的底线。`,
      `会议听取了各部门的汇报，决定明年继续加快${series}、生态文明建设，年底以前由省里派人逐项验收。`,
    ];
    const texts = paragraphs.map((text, at) => ({ id: String(at), title: "", paragraphs: [text] }));
    const found = extractFormulations(texts).formulations.map(({ text }) => text);
    expect(found.filter((text) => text.endsWith("生态文明"))).toEqual([]);
    expect(found).toContain(`${series}、生态文明建设`);
  });

  it("folds members in any order to one key, and no member away", () => {
    const member = fc.array(fc.constantFrom(..."防汛抗旱保供稳价"), { minLength: 2, maxLength: 4 }).map((list) => list.join(""));
    fc.assert(
      fc.property(
        fc.array(member, { minLength: 2, maxLength: 4 }),
        fc.array(member, { minLength: 2, maxLength: 4 }),
        (one, other) => {
          expect(foldOrder([...one].reverse().join("、"))).toBe(foldOrder(one.join("、")));
          const isSame = [...one].sort().join() === [...other].sort().join();
          expect(foldOrder(one.join("、")) === foldOrder(other.join("、"))).toBe(isSame);
          expect(foldMarks(`“${one.join("、")}”`)).toBe(one.join(""));
        },
      ),
    );
  });

  it("never offers one string as a variant and as a contrast, and links contrasts both ways", () => {
    const words = fc.constantFrom(
      ..."群防群控 群防群治 外防输入 内防扩散 外防输出 巡查 、 的 ， 。 坚决 保洁者 保洁人员".split(" "),
    );
    const paragraphs = fc.array(
      fc.array(words, { minLength: 3, maxLength: 40 }).map((list) => list.join("")),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(fc.array(paragraphs, { minLength: 1, maxLength: 3 }), (texts) => {
        const { formulations } = extractFormulations(texts.map((list, i) => ({ id: `d${i}`, title: "", paragraphs: list })));
        const heads = new Map(formulations.map((formulation) => [formulation.text, formulation]));
        for (const { text, variants, contrasts } of formulations) {
          for (const contrast of contrasts) {
            expect(variants.map((variant) => variant.text)).not.toContain(contrast);
            expect(foldMarks(contrast)).not.toBe(foldMarks(text));
            expect(heads.has(contrast)).toBe(true);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});
