import { describe, expect, it } from "vitest";
import { alignTexts } from "../../src/alignment/align.ts";
import { keepNearest } from "../../src/alignment/known-pairs.ts";
import { formatBeads, LEXICON, PAIRS, toText } from "./samples.ts";

type Pair = { readonly source: string; readonly target: string };

/** One sentence with a name no dictionary has, and two that may be its translation. */
const OTHERS = [...PAIRS, ...PAIRS.slice(0, 8)];
const ZH = "嵊泗已经准备就绪。";
const EN = ["Trevelyan is entirely prepared at last.", "Misty is entirely prepared at last."];

function alignWith(known: { readonly memory?: readonly Pair[]; readonly terms?: readonly Pair[] }): string {
  const source = toText([...OTHERS.map(([zh]) => zh), ZH, "农民抢收小麦。"], "zh");
  const target = toText([...OTHERS.map(([, en]) => en), ...EN, "Farmers are hurrying to harvest the wheat."], "en");
  const beads = alignTexts(source, target, { lexicon: LEXICON, ...known });
  return formatBeads(beads.filter((bead) => bead.source.includes(OTHERS.length)));
}

/** The name beside other sentences, never alone, so that no sentence of the texts is known as a whole. */
const tellInMemory = (name: string): readonly Pair[] =>
  PAIRS.slice(0, 12).map(([zh, en]) => ({ source: `嵊泗：${zh}`, target: `${name}: ${en}` }));

describe("what a person has translated before", () => {
  it("decides a bead by a word that only the memory or a term knows", () => {
    const first = "24:24";
    const second = "24:25";
    expect(alignWith({ memory: tellInMemory("Trevelyan") })).toBe(first);
    expect(alignWith({ memory: tellInMemory("Misty") })).toBe(second);
    expect(alignWith({ terms: [{ source: "嵊泗港", target: "Trevelyan Harbour" }] })).toBe(first);
    expect(alignWith({ terms: [{ source: "嵊泗港", target: "Misty Harbour" }] })).toBe(second);
  });

  it("keeps of a large memory what is nearest to the text, in its order", () => {
    const pairs = Array.from({ length: 40 }, (_, at) => ({
      source: at % 4 === 0 ? `水库水位${at}` : `无关句子${at}`,
      target: `${at}`,
    }));
    const kept = keepNearest(pairs, toText(["水库水位下降了2米。"], "zh"), 10);
    expect(kept).toEqual(pairs.filter((_, at) => at % 4 === 0));
    expect(keepNearest(pairs, toText([], "zh"), 15)).toEqual(pairs.slice(0, 15));
    expect(keepNearest(pairs, toText([], "zh"), 40)).toBe(pairs);
  });
});
