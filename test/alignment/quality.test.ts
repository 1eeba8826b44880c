import { existsSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { measureScore, readAlignmentSet, scoreBeads } from "../../bench/alignment-sets.ts";
import { alignTexts } from "../../src/alignment/align.ts";
import type { Lexicon } from "../../src/alignment/lexicon.ts";
import type { Bead } from "../../src/model/alignment.ts";
import { alignFiles, formatBeads, formatJson, formatTsv } from "../../src/workflow/align-texts.ts";
import { loadDictionary } from "../../src/workflow/dictionary.ts";
import { PAIRS } from "./samples.ts";

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

describe("with the lexicon of CC-CEDICT", () => {
  let lexicon: Lexicon | undefined;
  beforeAll(async () => {
    lexicon = await loadDictionary();
  }, 120_000);

  it("knows the words of the dictionary", () => {
    expect(lexicon?.headwords.size).toBeGreaterThan(100_000);
    expect(lexicon?.headwords.has("防汛")).toBe(true);
  });

  it("aligns files by lines, as they are given", async () => {
    const { alignment, diagnostics } = await alignFiles({
      source: { name: "a.txt", bytes: encode(PAIRS.map(([zh]) => `${zh}\n`).join("")) },
      target: { name: "b.txt", bytes: encode(PAIRS.map(([, en]) => `${en}\r\n`).join("")) },
      from: "zh",
      to: "en",
      lines: true,
    });
    expect(diagnostics).toEqual([]);
    expect(formatBeads(alignment?.beads ?? [])).toBe(PAIRS.map((_, at) => `[${at}]:[${at}]\n`).join(""));
  });

  it("aligns documents by paragraphs and sentences", async () => {
    const zh = `云溪省防汛通知\n\n${PAIRS.slice(0, 4)
      .map(([text]) => text)
      .join("")}\n\n${PAIRS.slice(4, 8)
      .map(([text]) => text)
      .join("")}\n`;
    const en = `Yunxi Province Circular on Flood Control\n\n${PAIRS.slice(0, 4)
      .map(([, text]) => text)
      .join(" ")}\n\n${PAIRS.slice(4, 8)
      .map(([, text]) => text)
      .join(" ")}\n`;
    const { alignment } = await alignFiles({
      source: { name: "a.txt", bytes: encode(zh) },
      target: { name: "b.txt", bytes: encode(en) },
      from: "zh",
      to: "en",
      lines: false,
    });
    const beads = alignment?.beads ?? [];
    expect(formatBeads(beads)).toBe(Array.from({ length: 9 }, (_, at) => `[${at}]:[${at}]\n`).join(""));
    expect(formatTsv(beads, { from: "zh", to: "en" }).split("\n")[1]).toMatch(
      /^云溪省召开防汛工作会议。\tYunxi Province held a meeting on flood control\.\t[01]\.\d{3}$/u,
    );
    const json = JSON.parse(alignment ? formatJson(alignment) : "{}") as { beads?: readonly unknown[] };
    expect(json.beads).toHaveLength(9);
  });

  it("says which file could not be read", async () => {
    const { alignment, diagnostics } = await alignFiles({
      source: { name: "empty.txt", bytes: new Uint8Array() },
      target: { name: "b.txt", bytes: encode("Flood control.") },
      from: "zh",
      to: "en",
      lines: false,
    });
    expect(alignment).toBeUndefined();
    expect(diagnostics.map((diagnostic) => diagnostic.file)).toContain("empty.txt");
  });

  const hasCorpus = existsSync(new URL("../../../shared/corpus/align-pol-dev/", import.meta.url));
  if (!hasCorpus) console.log("left out: alignment quality on political texts (../shared/corpus/align-pol-dev is missing)");

  it.skipIf(!hasCorpus)("reaches the bar on the political development set, and knows how sure it is", () => {
    const [file] = readAlignmentSet("pol");
    if (!file) return;
    const beads: readonly Bead[] = alignTexts(file.source, file.target, { lexicon });
    expect(measureScore(scoreBeads(file, beads)).f1).toBeGreaterThanOrEqual(0.985);
    const sure = beads.filter((bead) => bead.confidence >= 0.95);
    expect(scoreBeads(file, sure).hits / sure.length).toBeGreaterThanOrEqual(0.985);
  });
});
