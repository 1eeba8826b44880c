import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../bench/random.ts";
import { matchVersions } from "../../src/alignment/match-versions.ts";
import type { ParagraphGroup } from "../../src/alignment/match-versions.ts";
import { plantVersions, scoreGroups, scoreLinks } from "./planted-versions.ts";
import type { ParagraphLink, VersionPlan } from "./planted-versions.ts";

const FORMULA = "会议还研究了其他事项。";
const SUBJECTS = [
  "省防汛指挥部",
  "云溪市农业农村局",
  "各县区卫生健康部门",
  "省发展改革委",
  "市场监管总站",
  "沿河乡镇党委",
  "教育主管单位",
  "铁路和公路运营企业",
  "基层社区工作者",
  "省属科研院所",
];
const TIMES = ["汛期到来之前", "三季度末", "全年", "近一段时间", "灾后恢复阶段", "春耕备耕期间", "下一步", "入冬以后"];
const VERBS = [
  "要抓紧修订",
  "着力完善",
  "应当逐项核查",
  "必须压实",
  "持续推进",
  "会同有关方面制定",
  "定期向社会公布",
  "稳妥实施",
];
const THINGS = [
  "水库巡查责任清单",
  "粮油蔬菜保供方案",
  "疫苗冷链运输记录",
  "小型桥梁加固工程",
  "困难群众救助台账",
  "高标准农田建设计划",
  "危化品仓储整改措施",
  "线上教学平台",
  "企业用工登记办法",
  "饮用水水源保护区划",
];
const AIMS = [
  "确保堤防安全",
  "稳定市场预期",
  "不误农时",
  "守住民生底线",
  "减少人员聚集",
  "提升应急响应速度",
  "方便群众办事",
  "杜绝形式主义",
  "做到心中有数",
  "巩固已有成果",
];
const pick = (list: readonly string[], random: (below: number) => number): string => list[random(list.length)] ?? "";

/** Invented official paragraphs of one to five sentences, all with much in common. */
function makeParagraphs(count: number, seed: number): readonly string[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () =>
    Array.from(
      { length: 1 + random(5) },
      () => `${pick(TIMES, random)}，${pick(SUBJECTS, random)}${pick(VERBS, random)}${pick(THINGS, random)}${random(900) + 100}项，${pick(AIMS, random)}。`,
    ).join(""),
  );
} // prettier-ignore

const name = (group: ParagraphLink): string => `${group.base.join("+")}:${group.other.join("+")}`;
const turn = ({ base, other }: ParagraphLink): ParagraphLink => ({ base: other, other: base });
const sortNumbers = (numbers: readonly number[]): readonly number[] => [...numbers].sort((one, two) => one - two);
const isRun = (numbers: readonly number[]): boolean =>
  numbers.every((number, at) => at === 0 || number === (numbers[at - 1] ?? 0) + 1);

type Planting = Omit<VersionPlan, "paragraphs" | "strangers" | "random">;
const plant = (planting: Planting, { count = 60, seed = 1 } = {}) =>
  plantVersions({
    ...planting,
    paragraphs: makeParagraphs(count, seed),
    strangers: makeParagraphs(count, seed + 1000),
    random: createRandom(seed + 7),
  });

const plantings = fc.record(
  {
    change: fc.constantFrom(0, 0.05, 0.2, 0.5),
    part: fc.constantFrom(0, 0.2),
    join: fc.constantFrom(0, 0.2),
    drop: fc.constantFrom(0, 0.2),
    insert: fc.constantFrom(0, 0.2),
    move: fc.constantFrom(0, 0.15),
    formula: fc.constant(FORMULA),
    formulaEvery: fc.constantFrom(3, 8),
    lineLength: fc.constantFrom(12, 30),
  },
  { requiredKeys: ["change"] },
);

describe("matchVersions", () => {
  it("pairs a text with itself, each paragraph with its own place, repeated and blank ones too", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...makeParagraphs(5, 3), FORMULA, "", "* * *", "一、", "同志们：")), (texts) => {
        expect(matchVersions(texts, texts).map(name)).toEqual([...texts.keys()].map((at) => `${at}:${at}`));
      }),
    );
  });

  it("gives unbroken runs in the order of the base, each paragraph once, and the same the other way round", () => {
    fc.assert(
      fc.property(plantings, fc.nat({ max: 10_000 }), fc.integer({ min: 1, max: 25 }), (planting, seed, count) => {
        const { base, other } = plant(planting, { count, seed });
        const groups = matchVersions(base, other);
        for (const side of ["base", "other"] as const) {
          const used = groups.flatMap((group) => group[side]);
          expect(new Set(used).size).toBe(used.length);
          expect(groups.every((group) => group[side].length > 0 && isRun(group[side]))).toBe(true);
        }
        const used = groups.flatMap((group) => group.base);
        expect(used).toEqual(sortNumbers(used));
        const inOrder = groups.filter((group) => !group.moved).flatMap((group) => group.other);
        expect(inOrder).toEqual(sortNumbers(inOrder));
        expect(groups.every(({ confidence }) => confidence >= 0 && confidence <= 1)).toBe(true);
        expect(
          matchVersions(other, base)
            .map((group) => name(turn(group)))
            .sort(),
        ).toEqual(groups.map(name).sort());
      }),
      { numRuns: 60 },
    );
  });

  it.each<[string, Planting, number, number]>([
    ["changed by a twentieth", { change: 0.05 }, 1, 1],
    ["changed by a third", { change: 0.33 }, 1, 0.99],
    ["changed by a half", { change: 0.5 }, 0.97, 0.7],
    ["parted and joined", { part: 0.2, join: 0.15, change: 0.05 }, 0.99, 0.98],
    ["left out and put in", { drop: 0.15, insert: 0.15, change: 0.1 }, 0.99, 0.99],
    ["moved one by one", { move: 0.1, change: 0.05 }, 0.99, 0.97],
    ["broken into lines", { lineLength: 24 }, 1, 0.99],
    ["under a formula", { formula: FORMULA, formulaEvery: 3, drop: 0.1, change: 0.1 }, 0.98, 0.97],
    ["with exchanged sections", { exchange: { start: 10, count: 60 }, change: 0.1 }, 1, 0.99],
    ["without a section of hundreds", { omit: { side: "other", start: 20, count: 120 }, change: 0.1 }, 1, 1],
    ["with all of it", { change: 0.15, part: 0.06, join: 0.06, drop: 0.05, insert: 0.05, move: 0.03, formula: FORMULA, formulaEvery: 9 }, 0.97, 0.95],
  ])("finds what belongs together in a text %s", (_, planting, precision, recall) => {
    const { base, other, gold } = plant(planting, { count: 160, seed: 11 });
    const groups = matchVersions(base, other);
    const { hits, found, wanted } = scoreLinks(gold, groups);
    expect(hits / found).toBeGreaterThanOrEqual(precision);
    expect(hits / wanted).toBeGreaterThanOrEqual(recall);
    const whole = scoreGroups(gold, groups);
    expect(whole.hits / whole.wanted).toBeGreaterThanOrEqual(recall - 0.05);
  }); // prettier-ignore

  const moved = (groups: readonly ParagraphGroup[]): readonly string[] => groups.filter((group) => group.moved).map(name);

  it("says what was moved, and of two that changed places only one", () => {
    const texts = makeParagraphs(12, 5);
    const [one = "", two = "", ...rest] = texts;
    expect(moved(matchVersions(texts, [...rest, one, two]))).toEqual(["0:10", "1:11"]);
    const changed = matchVersions(texts, [two, one, ...rest]);
    expect(changed.map(name).slice(0, 2)).toEqual(["0:1", "1:0"]);
    expect(moved(changed)).toHaveLength(1);
  });

  it("tells repeated formulas apart by what stands beside them", () => {
    const texts = makeParagraphs(9, 8);
    const under = (kept: readonly number[]) => kept.flatMap((at) => [texts[at] ?? "", FORMULA]);
    expect(matchVersions(under([0, 1, 2, 3, 4]), under([0, 1, 4])).map(name)).toEqual(["0:0", "1:1", "2:2", "3:3", "8:4", "9:5"]);
  });

  it("takes a paragraph for parted though all its lines are a paragraph each, and puts nothing else to it", () => {
    const [long = "", before = "", behind = ""] = [makeParagraphs(6, 21).join(""), ...makeParagraphs(2, 22)];
    const lines = long.match(/[^]{1,20}/gu) ?? [];
    const groups = matchVersions([before, long, behind], [before, ...lines, behind]);
    expect(groups.map((group) => group.other.length)).toEqual([1, lines.length, 1]);
  });

  it("pairs lines of two or three characters by their place", () => {
    const [one = "", two = ""] = makeParagraphs(2, 41);
    expect(matchVersions([one, "同志们：", two], [one, "同们：", two]).map(name)).toEqual(["0:0", "1:1", "2:2"]);
    expect(matchVersions([one, "同志们：", two], [one, "附件", two]).map(name)).toEqual(["0:0", "2:2"]);
  });

  it("leaves a short text alone that a long one holds, and headings of other texts", () => {
    const long = makeParagraphs(6, 31).join("");
    expect(matchVersions([long], [long.slice(0, 28)])).toEqual([]);
    expect(matchVersions(["一、关于粮食保供工作"], ["二、切实加强堤防建设"])).toEqual([]);
    expect(matchVersions(makeParagraphs(3, 1), [])).toEqual([]);
  });

  it("matches words, not letters, outside of Chinese", () => {
    const texts = ["The provincial government met on flood control.", "Reservoirs are inspected every week.", "Schools stay closed until Monday."];
    const other = ["Schools will stay closed until Monday.", "The provincial government met again on flood control and relief.", "All trains run on time."];
    expect(matchVersions(texts, other).map(name)).toEqual(["0:1", "2:0"]);
  }); // prettier-ignore
});
