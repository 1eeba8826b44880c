import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BEAD_SHAPES, NULL_RUNS } from "../../src/alignment/bead-shapes.ts";
import { prepareTexts } from "../../src/alignment/prepare.ts";
import { createScorer } from "../../src/alignment/score.ts";
import { createScores, findBestBeads, scoreBeads, scoreRows } from "../../src/alignment/search.ts";
import type { FoundBead } from "../../src/alignment/search.ts";
import { readWeights } from "../../src/alignment/weights.ts";
import type { AlignmentText } from "../../src/model/alignment.ts";
import { LEXICON, PAIRS, toText } from "./samples.ts";

const SHAPES = [...BEAD_SHAPES, ...NULL_RUNS];

function searchBoth(source: AlignmentText, target: AlignmentText, withLexicon: boolean) {
  const prepared = prepareTexts(source, target, { lexicon: withLexicon ? LEXICON : undefined });
  const weights = readWeights(prepared.model);
  const search = (whole: boolean) => {
    const { space, context } = prepared.open({ whole });
    return { space, beads: findBestBeads(scoreBeads({ space, shapes: SHAPES, score: createScorer(context, weights) })) };
  };
  return { prepared, weights, wide: search(true), narrow: search(false) };
}

const name = (bead: FoundBead): string => `${bead.i0}-${bead.i1}:${bead.j0}-${bead.j1}`;

/** Pairs of samples with their numbers changed, some joined, some left out on one side. */
const tampered = fc.array(
  fc.record({
    pair: fc.nat({ max: PAIRS.length - 1 }),
    number: fc.nat({ max: 9999 }),
    fate: fc.constantFrom("kept", "kept", "kept", "kept", "omitted", "added", "joined"),
  }),
  { minLength: 5, maxLength: 60 },
);

describe("findNarrowSpace", () => {
  it("leaves the search what the whole space would have given: the same beads, as sure, for a fraction of the nodes", () => {
    let narrowNodes = 0;
    let wideNodes = 0;
    fc.assert(
      fc.property(tampered, fc.boolean(), (rows, withLexicon) => {
        const zh: string[] = [];
        const en: string[] = [];
        for (const { pair, number, fate } of rows) {
          const [source = "", target = ""] = PAIRS[pair] ?? [];
          if (fate !== "added") zh.push(`${source.slice(0, -1)}（第${number}号）。`);
          if (fate === "joined" && en.length > 0) en.push(`${en.pop() ?? ""} ${target.slice(0, -1)} (No. ${number}).`);
          else if (fate !== "omitted") en.push(`${target.slice(0, -1)} (No. ${number}).`);
        }
        if (zh.length === 0 || en.length === 0) return;
        const { wide, narrow } = searchBoth(toText(zh, "zh"), toText(en, "en"), withLexicon);
        narrowNodes += narrow.space.offsets.at(-1) ?? 0;
        wideNodes += wide.space.offsets.at(-1) ?? 0;
        const known = new Map(wide.beads.map((bead) => [name(bead), bead.confidence]));
        for (const bead of narrow.beads) {
          // Where two ways are as good as equal either may be taken.
          if (bead.confidence < 0.6) continue;
          expect(known.get(name(bead))).toBeCloseTo(bead.confidence, 1);
        }
      }),
      { numRuns: 60, seed: 7 },
    );
    expect(narrowNodes).toBeLessThan(wideNodes / 2);
  });

  it("scores block by block what it scores at once", () => {
    const zh = Array.from({ length: 5 }, (_, round) => PAIRS.map(([text]) => `${round}${text}`)).flat();
    const en = Array.from({ length: 5 }, (_, round) => PAIRS.map(([, text]) => `${round} ${text}`)).flat();
    const { prepared, weights, narrow } = searchBoth(toText(zh, "zh"), toText(en.toSpliced(20, 9), "en"), true);
    const scored = createScores(narrow.space, SHAPES);
    const rowCount = narrow.space.low.length;
    for (let from = 0; from < rowCount; from += 13) {
      const rows = { from, to: Math.min(rowCount, from + 13) };
      scoreRows(scored, { ...rows, score: createScorer(prepared.gather(narrow.space, rows), weights) });
    }
    const whole = scoreBeads({
      space: narrow.space,
      shapes: SHAPES,
      score: createScorer(prepared.gather(narrow.space), weights),
    });
    expect(scored.scores).toEqual(whole.scores);
  });
});
