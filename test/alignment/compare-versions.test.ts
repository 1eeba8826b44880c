import { existsSync, readFileSync, readdirSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareVersions, listDifferences } from "../../src/alignment/compare-versions.ts";

const PARAGRAPHS = [
  "云溪省召开防汛工作会议",
  "会议指出，当前防汛形势严峻，各地要坚持人民至上，落实责任，做好群众转移和安置工作。",
  "要加强水库巡查，及时发布预警信息，确保堤防安全。省防汛指导组要赴一线督促检查，发现问题立即整改。",
  "要稳定市场供应，保障粮油蔬菜价格平稳，严厉打击囤积居奇、哄抬物价等违法行为。",
  "要做好灾后重建，加快道路桥梁抢修，组织企业复工复产，支持农民恢复农业生产。",
];

describe("listDifferences", () => {
  it.each<[string, string, string, readonly (readonly [string, string, string])[]]>([
    ["width", "落实责任，做好工作。", "落实责任,做好工作。", [["width", "，", ","]]],
    [
      "quotation style",
      "“五到位”工作",
      '"五到位"工作',
      [
        ["width", "“", '"'],
        ["width", "”", '"'],
      ],
    ],
    [
      "an ellipsis",
      "等待……开始",
      "等待......开始",
      [
        ["width", "…", "..."],
        ["width", "…", "..."],
      ],
    ],
    ["white space", "防汛 工作", "防汛工作", [["white-space", " ", ""]]],
    ["foreign letters", "防汛和抗旱", "防汛and抗旱", [["foreign-letters", "和", "and"]]],
    ["wording", "保障农村道路", "保障乡村道路", [["wording", "农", "乡"]]],
    ["the name of a body", "省防汛指导组", "省防汛督导组", [["name", "指", "督"]]],
    ["a number", "转移3400人", "转移3500人", [["number", "3400", "3500"]]],
    ["a Chinese number", "下降三米", "下降四米", [["number", "三", "四"]]],
    ["doubling", "奋战在一线的干部", "奋战在一线的一线的干部", [["damage", "", "一线的"]]],
    ["a full stop of the other width", "落实责任。", "落实责任.", [["width", "。", "."]]],
    ["a dash of another length", "今年——明年", "今年--明年", [["width", "——", "--"]]],
    [
      "a lost opening",
      "要做好巡查，关系到人民生命安全和身体健康。",
      "身体健康。",
      [["damage", "要做好巡查，关系到人民生命安全和", ""]],
    ],
    ["a lost end", "做好巡查，确保安全。", "做好巡查，", [["wording", "确保安全。", ""]]],
    ["an end lost inside a clause", "做好巡查，确保群众安全。", "做好巡查，确保", [["damage", "群众安全。", ""]]],
    ["words put before a title", "云溪省召开会议 研究防汛工作", "研究防汛工作", [["wording", "云溪省召开会议", ""]]],
    ["damage", "确保安全", "确保\ufffd全", [["damage", "安", "\ufffd"]]],
    ["attribution", "会议强调，要落实责任。", "要落实责任。", [["attribution", "会议强调，", ""]]],
    ["a name", "王建国主任出席", "王建军主任出席", [["name", "国", "军"]]],
    ["a dateline", "新华社云溪6月17日电会议决定。", "会议决定。", [["attribution", "新华社云溪6月17日电", ""]]],
    ["a number with its thousands parted", "转移1,200人", "转移1200人", [["width", "1,200", "1200"]]],
    ["a passage with a foreign name", "防汛工作由Li Ming负责到底", "防汛任务到底", [["wording", "工作由Li Ming负责", "任务"]]],
    ["one long change", "新型冠状病毒肺炎疫情", "新冠肺炎疫情", [["wording", "型冠状病毒", "冠"]]],
  ])("classifies %s", (_name, base, other, expected) => {
    expect(listDifferences(base, other).map((difference) => [difference.class, difference.base, difference.other])).toEqual(
      expected,
    );
  });

  it("compares what was rewritten by sentences, and shows another number in it by itself", () => {
    const base =
      "各地要抓好水库巡查，发现问题马上整改到位。全省已转移群众3400人，妥善安排好他们的生活。天气转好之后尽快恢复农业生产。";
    const other =
      "气象部门将每日会商雨情。发现险情要立刻报告。全省已安全转移居民3500人，他们的起居要有人管。天气转好之后尽快恢复农业生产。";
    const found = listDifferences(base, other);
    expect(found[0]).toMatchObject({ class: "wording", baseStart: 0, otherStart: 0 });
    expect(found.map(({ class: name, base: one, other: two }) => [name, one, two])).toContainEqual(["number", "3400", "3500"]);
    expect(found.length).toBeLessThanOrEqual(6);
  });

  it("gives pieces that stand where they say, and none for equal texts", () => {
    const text = fc.string({ unit: fc.constantFrom("防", "汛", "和", "，", ",", " ", "…", ".", "“", '"', "a", "３", "3") });
    fc.assert(
      fc.property(text, text, (base, other) => {
        for (const difference of listDifferences(base, other)) {
          expect(base.startsWith(difference.base, difference.baseStart)).toBe(true);
          expect(other.startsWith(difference.other, difference.otherStart)).toBe(true);
          expect(difference.base).not.toBe(difference.other);
        }
        expect(listDifferences(base, base)).toEqual([]);
      }),
    );
  });

  it("reports a text set in half width as width and nothing else", () => {
    const text = PARAGRAPHS.join("");
    const classes = listDifferences(text, text.replaceAll("，", ",").replaceAll("。", ".")).map((difference) => difference.class);
    expect(new Set(classes)).toEqual(new Set(["width"]));
    const commas = listDifferences(text, text.replaceAll("，", ","));
    expect(new Set(commas.map((difference) => difference.class))).toEqual(new Set(["width"]));
    expect(commas).toHaveLength(text.split("，").length - 1);
  });
});

describe("compareVersions", () => {
  const pairsOf = (other: readonly string[]) =>
    compareVersions(PARAGRAPHS, other).pairs.map((pair) => `${pair.base.join("+")}:${pair.other.join("+")}`);

  it("pairs a text with itself without differences", () => {
    const { pairs, baseOnly, otherOnly } = compareVersions(PARAGRAPHS, PARAGRAPHS);
    expect(pairs.flatMap((pair) => pair.differences)).toEqual([]);
    expect([pairs.length, baseOnly, otherOnly]).toEqual([PARAGRAPHS.length, [], []]);
  });

  it("finds a paragraph that moved, one that is missing and one that is new", () => {
    const [title = "", first = "", second = "", third = ""] = PARAGRAPHS;
    const comparison = compareVersions(PARAGRAPHS, [
      title,
      third,
      first,
      second,
      "气象部门发布高温橙色预警，提醒公众注意防暑降温。",
    ]);
    expect(comparison.pairs.map((pair) => `${pair.base.join("+")}:${pair.other.join("+")}`)).toEqual([
      "0:0",
      "1:2",
      "2:3",
      "3:1",
    ]);
    expect(comparison.baseOnly).toEqual([4]);
    expect(comparison.otherOnly).toEqual([4]);
  });

  it("pairs a line that stands in several places with the one beside its neighbours", () => {
    const closing = "会议还研究了其他事项。";
    const other = [
      "各市汇报近期工作安排和存在困难。",
      closing,
      ...PARAGRAPHS,
      closing,
      ...PARAGRAPHS.map((_, at) => `第${at}号附件`),
    ];
    const { pairs } = compareVersions([...PARAGRAPHS, closing], [...other, "附则另行印发并报省政府备案。", closing]);
    expect(pairs.at(-1)).toMatchObject({ base: [5], other: [7] });
  });

  it("finds a paragraph that was parted, and two that were joined", () => {
    const [title = "", first = "", second = "", third = "", fourth = ""] = PARAGRAPHS;
    expect(pairsOf([title, first, second.slice(0, 24), second.slice(24), third, fourth])).toContain("2:2+3");
    expect(pairsOf([title, first, second + third, fourth])).toContain("2+3:2");
  });

  it("joins two halves of a heading though one of them stands over another text too", () => {
    const heading = ["云溪省人民政府召开常务会议", "研究部署今年防汛抗旱工作"];
    const base = [
      ...PARAGRAPHS.slice(1),
      heading[0] ?? "",
      "会议审议了其他三项议题并作出安排。",
      heading.join(" "),
      "各市县汇报了堤防检查情况。",
    ];
    const { pairs } = compareVersions(base, [...heading, "各市县汇报了堤防检查情况。"]);
    expect(pairs.map((pair) => `${pair.base.join("+")}:${pair.other.join("+")}`)).toEqual(["6:0+1", "7:2"]);
  });

  it("puts each paragraph into one place only, whatever the texts", () => {
    const texts = fc.array(
      fc.oneof(
        fc.constantFrom(...PARAGRAPHS, ""),
        fc.string({ unit: fc.constantFrom("防", "汛", "工", "作", "，"), maxLength: 30 }),
      ),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(texts, texts, (base, other) => {
        const { pairs, baseOnly, otherOnly } = compareVersions(base, other);
        expect([...pairs.flatMap((pair) => pair.base), ...baseOnly].sort((one, two) => one - two)).toEqual([...base.keys()]);
        expect([...pairs.flatMap((pair) => pair.other), ...otherOnly].sort((one, two) => one - two)).toEqual([...other.keys()]);
      }),
    );
  });
});

const SAMPLES = new URL("../../../shared/corpus/official-zh/", import.meta.url);
const hasSamples = existsSync(SAMPLES);
if (!hasSamples) console.log("left out: the damaged copy among the sample documents (../shared/corpus/official-zh is missing)");

describe.skipIf(!hasSamples)("the damaged copy among the sample documents", () => {
  const read = (number: string): readonly string[] => {
    const name = readdirSync(SAMPLES).find((file) => file.startsWith(number)) ?? "";
    return readFileSync(new URL(name, SAMPLES), "utf8")
      .split("\n")
      .filter((line) => line.trim() !== "");
  };
  // The first part of 003 ends before its 20th paragraph; its twin is the second document of 001.
  const comparison = hasSamples ? compareVersions(read("001").slice(10, 22), read("003").slice(0, 18)) : undefined;
  const found = (comparison?.pairs ?? []).flatMap((pair) => pair.differences);

  it.each([
    ["foreign-letters", "和", "and"],
    ["name", "指", "督"],
    ["wording", "人员", "者"],
    ["wording", "社会", "市场"],
    ["wording", "乡", "农"],
    ["wording", "战", ""],
    ["wording", "兴", ""],
    ["wording", "病", ""],
    ["damage", "", "一线"],
    ["damage", "", "习近平强调,做好疫情防控工作,直接关系到人民生命安全和"],
  ])("shows %s: %s → %s", (name, base, other) => {
    const hits = found.filter(
      (difference) => difference.base.trim() === base && difference.other.trim().startsWith(other) && difference.class === name,
    );
    expect(hits.length).toBeGreaterThan(0);
  });

  it("counts every half-width comma as width", () => {
    const commas = found.filter((difference) => difference.base === "，" || difference.other === ",");
    expect(commas.length).toBeGreaterThan(100);
    expect(commas.filter((difference) => difference.class !== "width" && difference.base !== "、")).toEqual([]);
  });
});
