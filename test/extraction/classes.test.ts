import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { extractFormulations } from "../../src/extraction/extract-formulations.ts";
import type { FormulationClass } from "../../src/model/formulation.ts";
import { extractFiles } from "../../src/workflow/extract-files.ts";
import { NO_GOLD, hasGold, readOfficialFiles } from "./gold.ts";

/** Wordings and their class, each in sentences as the register has them. A line can be added by anyone. */
const CLASSES: Readonly<Record<FormulationClass, readonly string[]>> = {
  series: ["巡堤、查险、抢护", "上游保水、下游保堤"],
  law: ["《云溪省防汛条例》", "云溪省河道管理条例"],
  title: ["云溪省省长", "广大水利工作者"],
  institution: ["云溪人民党", "云溪省防汛指挥部", "国家防汛抗旱总指挥部办公室"],
  programme: ["流域治理战略", "山洪预警体系"],
  "numbered-slogan": ["三大工程", "四大防线"],
  "reporting-verb": ["会议指出", "发表重要讲话"],
  "set-phrase": ["打赢防汛攻坚战", "把堤坝安全放在首位", "应转尽转", "依法治水", "遵守河道规定"],
  "domain-term": ["山洪灾害", "堤坝隐患", "恢复期植被", "附属公司", "区域航运中心"],
};

const SHAPES = ["各县关注$。", "全省上下重视$，成效明显。", "$，事关全局。", "省里通报了$的情况。"];

describe("classes of formulations", () => {
  it.each(Object.entries(CLASSES))("takes wordings for %s", (wanted, wordings) => {
    for (const wording of wordings) {
      const shapes = wanted === "reporting-verb" ? ["$，要抓紧。", "$，各县值守。", "$。"] : SHAPES;
      const documents = shapes.map((shape, i) => ({ id: `d${i}`, title: "", paragraphs: [shape.replace("$", wording)] }));
      const found = extractFormulations(documents, { glossaryTerms: [wording] }).formulations.find(
        ({ text }) => text === wording,
      );
      expect(found?.class, wording).toBe(wanted);
    }
  });

  it.skipIf(!hasGold)("agrees with the labels of a person in nine of ten among the first three hundred", async () => {
    const lines = readFileSync("bench/extraction/classes.csv", "utf8").trim().split("\n").slice(1);
    const labels = new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(",")), line.slice(line.lastIndexOf(",") + 1)]));
    const { extraction } = await extractFiles(readOfficialFiles());
    const judged = extraction.formulations.slice(0, 300).filter(({ text }) => labels.has(text));
    const right = judged.filter((formulation) => labels.get(formulation.text) === formulation.class);
    expect(judged.length).toBeGreaterThan(200);
    expect(right.length / judged.length).toBeGreaterThanOrEqual(0.9);
  });
});

if (!hasGold) console.log(`Classes are not measured here: ${NO_GOLD}.`);
