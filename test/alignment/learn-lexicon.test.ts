import { describe, expect, it } from "vitest";
import { FOLDS, learnLexicon } from "../../src/alignment/learn-lexicon.ts";
import type { LearntLexicon } from "../../src/alignment/learn-lexicon.ts";
import { prepareTexts } from "../../src/alignment/prepare.ts";
import { stemWord } from "../../src/text/english.ts";
import { LEXICON, PAIRS, toText } from "./samples.ts";

/** The pairs again and again, in each a name that no dictionary knows; one name in one block only. */
const COUNT = 96;
const SEEN_ONCE = 3;
const pairs = Array.from({ length: COUNT }, (_, at) => {
  const [zh, en] = PAIRS[at % PAIRS.length] ?? ["", ""];
  if (at >> 3 === SEEN_ONCE) return [`嵊嵊${zh}`, `Trevelyan: ${en}`] as const;
  return at % 3 === 0 ? ([`郄${zh}`, `Misty: ${en}`] as const) : ([zh, en] as const);
});

describe("learnLexicon", () => {
  const prepared = prepareTexts(
    toText(
      pairs.map(([zh]) => zh),
      "zh",
    ),
    toText(
      pairs.map(([, en]) => en),
      "en",
    ),
    { lexicon: LEXICON },
  );
  const { units, translations } = prepared;
  const beads = pairs.map((_, at) => ({ i0: at, i1: at + 1, j0: at, j1: at + 1, confidence: 0.9 }));
  const learnt = learnLexicon({ units, translations, beads });
  const find = (table: LearntLexicon, fold: number, zh: string, en: string): number => {
    const f = units.first.kinds.findIndex((kind) => kind.text === zh);
    const e = units.second.kinds.findIndex((kind) => kind.text === stemWord(en));
    const rows = table.forward[fold];
    const from = rows?.starts[f] ?? 0;
    const place = rows?.columns.subarray(from, rows.starts[f + 1]).indexOf(e) ?? -1;
    return place < 0 ? 0 : (rows?.weights[from + place] ?? 0);
  };

  it("learns a name that stands in all parts, for every part", () => {
    for (let fold = 0; fold < FOLDS; fold++) expect(find(learnt, fold, "郄", "Misty")).toBeGreaterThan(5);
  });

  it("tells no part what only its own sentences say", () => {
    for (let fold = 0; fold < FOLDS; fold++) {
      const ratio = find(learnt, fold, "嵊", "Trevelyan");
      if (fold === SEEN_ONCE % FOLDS) expect(ratio).toBe(0);
      else expect(ratio).toBeGreaterThan(5);
    }
    expect(new Set(learnt.firstFolds)).toEqual(new Set(Array.from({ length: FOLDS }, (_, fold) => fold)));
    expect(learnt.secondFolds).toEqual(learnt.firstFolds);
  });

  it("has the same links in both directions, and learns nothing from beads nobody is sure of", () => {
    const sum = (rows: readonly { readonly weights: Float32Array }[]) =>
      rows.map((row) => row.weights.reduce((total, weight) => total + weight, 0));
    sum(learnt.backward).forEach((total, fold) => {
      expect(total).toBeCloseTo(sum(learnt.forward)[fold] ?? -1, 1);
    });
    const unsure = learnLexicon({ units, translations, beads: beads.map((bead) => ({ ...bead, confidence: 0.1 })) });
    expect(unsure.forward.every((rows) => rows.columns.length === 0)).toBe(true);
  });
});
