import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { extractFormulations } from "../../src/extraction/extract-formulations.ts";
import type { ExtractionDocument, Frame } from "../../src/model/formulation.ts";

/**
 * Frames a translator would look up, with the sentences that hold them: one document for each group of sentences parted
 * by ‖. A line can be added by anyone; the sentences are invented.
 */
const EXPECTED: readonly (readonly [pattern: string, count: number, texts: string])[] = [
  [
    "加大{X}力度",
    4,
    "省水利厅要加大巡查力度。各县加大堤坝加固力度。‖要加大宣传引导力度，做好值守。‖进一步加大对重点河段的排查力度。",
  ],
  [
    "为{X}提供{Y}保障|支撑",
    5,
    "为安全度汛提供有力保障。要为灾后重建提供资金保障。‖为粮食生产提供科技支撑。为群众生活提供坚实保障。‖为山区发展提供人才支撑。",
  ],
  ["把{X}作为{Y}来抓", 3, "要把堤坝巡查作为头等大事来抓。‖把群众转移作为首要任务来抓。‖把灾后重建作为中心工作来抓。"],
  [
    "不仅{X}，而且|还{Y}",
    3,
    "河长制不仅改善了水质，而且带动了旅游。‖新渠不仅灌溉良田，还方便了出行。‖治水不仅保安全，而且惠民生。",
  ],
  ["越是{X}，越要|越{Y}", 3, "越是汛情紧张，越要压实责任。‖越是关键时刻，越考验作风。‖越是困难，各地越要沉着应对。"],
  ["既是{X}，也是{Y}", 2, "防汛既是政治任务也是民生工程。‖这场大考，既是挑战，也是机遇。"],
  ["再{X}、再{Y}", 2, "对防汛工作进行再动员、再部署。‖全省再部署、再检查、再落实，不留死角。"],
  ["统一{X}、统一{Y}", 2, "实行统一指挥、统一调度、统一发布。‖坚持统一调度、统一管理。"],
  ["应{X}尽{X}", 3, "做到应转尽转、应避尽避。‖确保应修尽修。"],
  ["该{X}的{X}", 3, "该投入的投入，该问责的问责。‖隐患该整改的必须整改。"],
  ["撤县不撤{X}", 3, "落实撤县不撤责任、撤县不撤服务。‖坚持撤县不撤队伍。"],
  [
    "按照{X}要求",
    3,
    "按照属地管理要求，各县落实责任。‖按照省委的要求开展排查。按照统一部署的要求，做好值守。‖按照分级负责要求，压实责任。",
  ],
  [
    "{X}强调|指出",
    5,
    "会议指出，汛期已到。陈远山强调，要抓紧。‖会议强调，不能松懈。‖陈远山指出，成绩来之不易。陈远山强调，要总结。",
  ],
  ["在{X}领导下", 3, "在省委坚强领导下，各县有序推进。‖在云溪省委统一领导下，灾区恢复生产。‖在党组织领导下，群众安全转移。"],
  ["一是{X}二是{Y}三是{Z}", 3, "一是压实责任。二是加强巡查。三是备足物资。"],
  ["直接关系|关系{X}，关系{Y}", 2, "防汛直接关系群众安全，关系全省大局。‖水库安全关系下游百姓，关系农业生产。"],
];

function makeDocuments(texts: string): readonly ExtractionDocument[] {
  return texts.split("‖").map((text, i) => ({
    id: `d${i}`,
    title: `d${i}`,
    date: `2023-0${i + 1}-10`,
    paragraphs: text.split(/(?<=。)/u),
  }));
}

function findFrames(documents: readonly ExtractionDocument[]): readonly Frame[] {
  return extractFormulations(documents).frames;
}

/** The words of one fixed part that may stand in its place. */
function partsOf(pattern: string): readonly (readonly string[])[] {
  return pattern.split(/\{[XYZ]\}/u).map((part) => part.replace(/^[，、]/u, "").split("|"));
}

function checkFrame(documents: readonly ExtractionDocument[], frame: Frame): void {
  expect(frame.occurrences).toHaveLength(frame.count);
  const isList = /^(?:第?一|一)[，是要]/u.test(frame.pattern);
  const isSeries = frame.pattern.includes("}、");
  for (const { document, paragraph, start, end, slots = [] } of frame.occurrences) {
    const source = documents.find(({ id }) => id === document)?.paragraphs[paragraph] ?? "";
    const whole = source.slice(start, end);
    expect(whole, frame.pattern).not.toMatch(/[。！？；\n].+/u);
    if (isList) continue;
    const parts = partsOf(frame.pattern);
    slots.forEach((slot, i) => {
      expect(slot.start).toBeGreaterThanOrEqual(start);
      expect(slot.end).toBeLessThanOrEqual(end);
      expect(slot.end, `${frame.pattern} ${whole}`).toBeGreaterThan(slot.start);
      // Behind and before a slot stand its fixed parts; commas, particles and aspects may come between.
      const before = source.slice(i === 0 ? start : (slots[i - 1]?.end ?? start), slot.start);
      const wanted = parts[Math.min(i, parts.length - 1)] ?? [""];
      expect(
        wanted.some((text) => before.includes(text)),
        `${frame.pattern}: ${before}`,
      ).toBe(true);
    });
    const last = parts[slots.length] ?? [""];
    if (!isSeries)
      expect(
        last.some((text) => source.slice(slots.at(-1)?.end, end).includes(text)),
        frame.pattern,
      ).toBe(true);
  }
  frame.slots?.forEach((slot, i) => {
    const total = slot.fillers.reduce((sum, { count }) => sum + count, slot.others);
    const isWhole = frame.occurrences.every(({ slots = [] }) => slots.length > i);
    if (isSeries) expect(total).toBe(frame.occurrences.reduce((sum, { slots = [] }) => sum + slots.length, 0));
    else if (isWhole) expect(total).toBe(frame.count);
    expect(slot.fillers.map(({ count }) => count)).toEqual(
      slot.fillers.map(({ count }) => count).sort((one, other) => other - one),
    );
  });
}

describe("frames", () => {
  it.each(EXPECTED)("finds %s at %i places", (pattern, count, texts) => {
    const documents = makeDocuments(texts);
    const frames = findFrames(documents);
    const found = frames.find((frame) => frame.pattern === pattern);
    expect(found?.count, `among ${frames.map((frame) => `${frame.pattern} ${frame.count}`).join(" · ")}`).toBe(count);
    for (const frame of frames) checkFrame(documents, frame);
  });

  it("says when a frame was first and last used, what fills it and how often, and which frame is its wider one", () => {
    const documents = makeDocuments(
      "加大支持力度。加大政策支持力度。‖加大金融支持力度。加大巡查力度。‖加大人才支持力度。加大金融支持力度。加大宣传力度。",
    );
    const frames = findFrames(documents);
    const wide = frames.find(({ pattern }) => pattern === "加大{X}力度");
    expect(wide).toMatchObject({ count: 7, documents: 3, firstDate: "2023-01-10", lastDate: "2023-03-10" });
    expect(wide?.slots?.[0]?.fillers[0]).toEqual({ text: "金融支持", count: 2 });
    expect(wide?.versions).toEqual([{ pattern: "加大{X}支持力度", count: 4 }]);
    expect(frames.find(({ pattern }) => pattern === "加大{X}支持力度")).toMatchObject({ count: 4, general: "加大{X}力度" });
  });

  it("prefers the verb that goes with the noun everywhere to one that only stands before it", () => {
    const texts = "及时解决群众困难问题。解决突出问题。‖努力解决遗留问题。及时解决排水问题。‖及时解决供水问题。";
    const patterns = findFrames(makeDocuments(texts)).map(({ pattern }) => pattern);
    expect(patterns).toContain("解决{X}问题");
    expect(patterns).not.toContain("及时{X}问题");
  });

  it("gives no frame for a wording that never changes, one verb for many nouns, or neighbours of a list", () => {
    const texts = "加强巡查。加强值守。加强演练。加强宣传。‖贫困县、贫困地区、贫困人口。‖研究水情、雨情等资料。";
    expect(findFrames(makeDocuments(texts))).toEqual([]);
  });

  it("reads traditional script", () => {
    const texts = "為客戶提供優質服務。‖為社會提供公共服務。為長者提供貼心服務。‖為市民提供多元服務。";
    const patterns = findFrames(makeDocuments(texts)).map(({ pattern }) => pattern);
    expect(patterns.some((pattern) => pattern.startsWith("為{X}提供{Y}"))).toBe(true);
  });

  it("keeps slots inside their sentence and its parts in place on random texts", () => {
    const pieces = fc.constantFrom(
      ..."把 为 以 作为 提供 加大 力度 保障 不仅 而且 越是 越要 既是 也是 应 尽 再 、 ， 。 “ ” 的 会议 指出 统一 巡查 值守 一是 二是 防汛 𠮷".split(
        " ",
      ),
    );
    const paragraphs = fc.array(
      fc.array(pieces, { maxLength: 60 }).map((list) => list.join("")),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(fc.array(paragraphs, { minLength: 1, maxLength: 3 }), (texts) => {
        const documents = texts.map((list, i) => ({ id: `d${i}`, title: "", paragraphs: list }));
        for (const frame of findFrames(documents)) {
          for (const { document, paragraph, start, end, slots = [] } of frame.occurrences) {
            const source = documents.find(({ id }) => id === document)?.paragraphs[paragraph] ?? "";
            expect(source.slice(start, end)).toHaveLength(end - start);
            expect(source.slice(start, end)).not.toContain("。");
            for (const slot of slots) expect(slot.start >= start && slot.end <= end && slot.end > slot.start).toBe(true);
          }
        }
      }),
      { numRuns: 80 },
    );
  });
});
