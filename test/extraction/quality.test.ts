import { describe, expect, it } from "vitest";
import { extractFiles } from "../../src/workflow/extract-files.ts";
import { NO_GOLD, hasGold, measureGold, readGold, readOfficialFiles } from "./gold.ts";

if (!hasGold) console.log(`Quality of extraction is not measured here: ${NO_GOLD}.`);

/** Floors a little below what was measured; the figures themselves are printed by `npm run bench -- extraction`. */
describe.skipIf(!hasGold)("quality of extraction on the shared sample documents", () => {
  it("finds the graded formulations early, with equal counts, and keeps fragments out", async () => {
    const { extraction } = await extractFiles(readOfficialFiles());
    const measured = measureGold(readGold(), extraction.formulations);
    expect(extraction.documents).toHaveLength(18);
    expect(measured.listed(100)).toBeGreaterThanOrEqual(31);
    expect(measured.listed(200)).toBeGreaterThanOrEqual(58);
    expect(measured.negatives(200)).toEqual([]);
    expect(measured.recall(500, true)).toBeGreaterThanOrEqual(0.87);
    expect(measured.recall(1000, true)).toBeGreaterThanOrEqual(0.96);
    expect(measured.recall(500, false)).toBeGreaterThanOrEqual(0.74);
    expect(measured.recall(1000, false)).toBeGreaterThanOrEqual(0.86);
    expect(measured.equal.right / measured.equal.found).toBeGreaterThanOrEqual(0.98);
    const patterns = extraction.frames.map(({ pattern }) => pattern);
    expect(patterns).toEqual(expect.arrayContaining(["加大{X}力度", "应{X}尽{X}", "把{X}作为{Y}来抓"]));
  });
});
