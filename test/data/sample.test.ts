import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runChecks } from "../../src/checks/run-checks.ts";
import { readGlossaryCsv } from "../../src/formats/glossary-csv.ts";
import { readTmx } from "../../src/formats/tmx.ts";
import type { CheckedPair } from "../../src/model/finding.ts";

const folder = new URL("../../tm/sample/", import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), "utf8");
const concepts = readGlossaryCsv(readFileSync(new URL("../../glossary/starter.csv", import.meta.url), "utf8")).value ?? [];
const pair = (source: string, target: string, id: string): CheckedPair => ({
  id,
  source,
  target,
  state: "final",
  file: "sample",
  unit: id,
});
const check = (pairs: readonly CheckedPair[]) =>
  runChecks({ pairs, concepts, sourceLanguage: "zh", targetLanguage: "en" }).filter(({ severity }) => severity !== "information");

describe("the sample texts", () => {
  it("are UTF-8, dated and of a readable length", () => {
    for (const name of readdirSync(folder).filter((one) => one.endsWith(".txt"))) {
      const paragraphs = read(name).trimEnd().split("\n");
      expect(paragraphs.length, name).toBeGreaterThanOrEqual(12);
      expect(paragraphs.length, name).toBeLessThanOrEqual(26);
      expect(read(name), name).toMatch(/2024年|2024/);
      expect(read(name), name).not.toContain("\ufffd");
    }
  });

  it("hold formulations that recur, in several texts", () => {
    const texts = readdirSync(folder)
      .filter((one) => one.endsWith(".zh.txt"))
      .map(read);
    for (const formulation of ["人民至上、生命至上", "查在汛前、改在汛前、备在汛前", "宁可十防九空、不可失防万一", "四个到位"]) {
      expect(texts.filter((text) => text.includes(formulation)).length, formulation).toBeGreaterThanOrEqual(3);
    }
  });

  it("give no alarm where the translation follows the glossary", () => {
    const source = read("flood-season-notice.zh.txt").trimEnd().split("\n");
    const target = read("flood-season-notice.en.txt").trimEnd().split("\n");
    // Paragraph 5 was split in two, 11 and 12 were merged.
    const rows: [string, string][] = source.slice(0, 4).map((text, at) => [text, target[at] ?? ""]);
    rows.push([source[4] ?? "", `${target[4] ?? ""} ${target[5] ?? ""}`]);
    for (let at = 5; at < 10; at++) rows.push([source[at] ?? "", target[at + 1] ?? ""]);
    rows.push([`${source[10] ?? ""}${source[11] ?? ""}`, target[11] ?? ""]);
    for (let at = 12; at < source.length; at++) rows.push([source[at] ?? "", target[at] ?? ""]);
    expect(check(rows.map(([zh, en], at) => pair(zh, en, String(at))))).toEqual([]);
  });
});

describe("the sample memory", () => {
  it("is read without a word and keeps to the glossary", () => {
    const { value, diagnostics } = readTmx(read("memory.tmx"), { sourceLanguage: "zh", targetLanguage: "en" });
    expect(diagnostics).toEqual([]);
    expect(value?.length).toBeGreaterThanOrEqual(20);
    expect(check((value ?? []).map(({ source, target }, at) => pair(source, target, String(at))))).toEqual([]);
  });
});
