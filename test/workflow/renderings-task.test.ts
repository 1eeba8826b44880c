import { describe, expect, it } from "vitest";
import type { Progress } from "../../src/model/job.ts";
import { cutIntoSentences, mineRenderings } from "../../src/workflow/renderings-task.ts";
import { loadDictionary } from "../../src/workflow/dictionary.ts";
import { CACHE_FOLDER } from "../caches.ts";

const UNITS = [
  [
    "云溪省加强森林防火工作。各地要压实责任，加强巡查。",
    "Yunxi Province is stepping up forest fire prevention. All localities must assign responsibilities and step up patrols.",
  ],
  ["森林防火关系人民生命财产安全。", "Forest fire prevention bears on the safety of people's lives and property."],
  [
    "会议强调，要推进乡村振兴。会议要求，抓好森林防火。",
    "The meeting stressed the need to promote rural revitalization. It called for good forest fire prevention.",
  ],
  ["乡村振兴取得新进展。", "New progress has been made in rural revitalization."],
].map(([source = "", target = ""], at) => ({ id: String(at), source, target }));

describe("mining renderings in a task", () => {
  it("proposes what the texts say, in the order of the terms, and tells how far it is", async () => {
    const progress: Progress[] = [];
    const terms = ["森林防火", "不存在的词", "乡村振兴"];
    const found = await mineRenderings({ units: UNITS, terms, cacheFolder: CACHE_FOLDER, limit: 3, sightingLimit: 2 }, (step) =>
      progress.push(step),
    );
    expect(found.map(({ term, units, proposals }) => [term, units, proposals[0]?.text.toLowerCase()])).toEqual([
      ["森林防火", 3, "forest fire prevention"],
      ["不存在的词", 0, undefined],
      ["乡村振兴", 2, "rural revitalization"],
    ]);
    expect(found[0]?.proposals.length).toBeLessThanOrEqual(3);
    expect(found[0]?.proposals[0]?.sightings).toHaveLength(2);
    expect([...new Set(progress.map(({ stage }) => stage))]).toEqual(expect.arrayContaining(["units", "words", "terms"]));
    for (const { done, total } of progress) expect(done).toBeLessThanOrEqual(total);
  }, 120_000);

  it("learns from approved pairs which words belong to a term", async () => {
    const [unit] = UNITS;
    const input = { units: unit ? [unit] : [], terms: ["压实"], cacheFolder: CACHE_FOLDER };
    const [taught] = await mineRenderings({ ...input, approvedPairs: [{ source: "压实", target: "assign" }] }, () => undefined);
    expect(taught?.proposals[0]?.text).toBe("assign");
  }, 120_000);

  it("cuts a unit into the sentences that belong together, and leaves a single sentence whole", async () => {
    const cut = cutIntoSentences(await loadDictionary({ cacheFolder: CACHE_FOLDER }));
    const texts = UNITS.map((unit) =>
      cut(unit).map(({ source, target }) => [
        unit.source.slice(source.start, source.end),
        unit.target.slice(target.start, target.end),
      ]),
    );
    expect(texts[0]).toEqual([
      ["云溪省加强森林防火工作。", "Yunxi Province is stepping up forest fire prevention."],
      ["各地要压实责任，加强巡查。", "All localities must assign responsibilities and step up patrols."],
    ]);
    expect(texts[1]).toEqual([]);
  }, 120_000);
});
