/** Invented sentence pairs in official register, and a small lexicon that knows some of their words. */
import { buildLexicon } from "../../src/alignment/build-lexicon.ts";
import type { AlignmentText } from "../../src/model/alignment.ts";

export const PAIRS: readonly (readonly [string, string])[] = [
  ["云溪省召开防汛工作会议。", "Yunxi Province held a meeting on flood control."],
  ["会议要求各地做好人员转移。", "The meeting asked all localities to relocate residents in good time."],
  ["截至6月17日，全省已转移3400人。", "By June 17, a total of 3,400 people had been relocated across the province."],
  ["水库水位下降了2米。", "The water level of the reservoir fell by two metres."],
  ["粮食储备充足，价格稳定。", "Grain reserves are ample and prices are stable."],
  ["医院连夜接收伤员。", "Hospitals admitted the injured throughout the night."],
  ["“我们不能松懈！”省长说。", "“We must not slacken!” the governor said."],
  ["学校推迟开学，教师在线上课。", "Schools put off the new term and teachers taught online."],
  ["铁路部门加开了12趟列车。", "The railway department added 12 trains."],
  ["哪些道路还没有修好？", "Which roads have not been repaired?"],
  ["桥梁检查将在下周完成。", "The inspection of bridges will be finished next week."],
  ["企业复工需要资金支持。", "Enterprises need financial support to resume work."],
  ["税务部门减免税费4.5亿元。", "The tax authorities cut taxes and fees by 450 million yuan."],
  ["农民抢收小麦。", "Farmers are hurrying to harvest the wheat."],
  ["气象台发布高温警报。", "The observatory issued a heat alert."],
  ["志愿者为老人送去蔬菜。", "Volunteers delivered vegetables to the elderly."],
];

export const LEXICON = buildLexicon(
  (
    [
      ["防汛", "flood control"], ["会议", "meeting; conference"], ["要求", "to ask; to demand"], ["人员", "personnel"],
      ["转移", "to relocate; to shift"], ["水库", "reservoir"], ["水位", "water level"], ["下降", "to fall; to decline"],
      ["粮食", "grain; food"], ["储备", "reserves"], ["价格", "price"], ["稳定", "stable"], ["医院", "hospital"],
      ["伤员", "the injured; the wounded"], ["松懈", "to slacken"], ["省长", "governor"], ["学校", "school"], ["教师", "teacher"],
      ["铁路", "railway"], ["列车", "train"], ["部门", "department"], ["道路", "road"], ["桥梁", "bridge"], ["检查", "inspection"],
      ["企业", "enterprise"], ["资金", "funds; financial"], ["支持", "support"], ["税务", "tax authorities"], ["农民", "farmer"],
      ["小麦", "wheat"], ["气象台", "observatory"], ["警报", "alert"], ["志愿者", "volunteer"], ["蔬菜", "vegetables"], ["老人", "the elderly"],
    ] as const
  ).map(([headword, senses]) => ({ headword, senses: [senses] })),
); // prettier-ignore

export const toText = (sentences: readonly string[], language: string): AlignmentText => ({
  language,
  segments: sentences.map((text) => ({ text, paragraph: 0 })),
});

/** Sentence pairs joined into beads: `sizes[n]` says how many pairs bead n takes. */
export const formatBeads = (
  beads: readonly { readonly source: readonly number[]; readonly target: readonly number[] }[],
): string => beads.map((bead) => `${bead.source.join(",")}:${bead.target.join(",")}`).join(" ");
