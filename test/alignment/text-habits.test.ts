import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BEAD_SHAPES } from "../../src/alignment/bead-shapes.ts";
import { prepareTexts } from "../../src/alignment/prepare.ts";
import { createHabitScorer, createScorer } from "../../src/alignment/score.ts";
import { addToRows, createScores, scoreRows } from "../../src/alignment/search.ts";
import { readSurface } from "../../src/alignment/surface.ts";
import { learnHabits } from "../../src/alignment/text-habits.ts";
import type { TextHabits } from "../../src/alignment/text-habits.ts";
import { readWeights } from "../../src/alignment/weights.ts";
import type { AlignmentText } from "../../src/model/alignment.ts";

type Found = Parameters<typeof learnHabits>[0]["beads"][number];

const toText = (lines: readonly string[], language: string): AlignmentText => ({
  segments: lines.map((text) => ({ text, paragraph: 0 })),
  language,
});
const learn = (zh: readonly string[], en: readonly string[], beads: readonly Found[]): TextHabits =>
  learnHabits({ first: readSurface(toText(zh, "zh")), second: readSurface(toText(en, "en")), beads, lengthRatio: 3.3 });
const pairUp = (count: number, confidence = 1): readonly Found[] =>
  Array.from({ length: count }, (_, at) => ({ i0: at, i1: at + 1, j0: at, j1: at + 1, confidence }));
const repeat = (lines: readonly string[], times: number): readonly string[] => Array.from({ length: times }, () => lines).flat();

const ZH = ["省防汛办发出通知。", "“水位还在涨吗？”", "“马上转移！”", "各县连夜巡堤。"];
const EN = [
  "The provincial office issued a circular.",
  '"Is the water still rising?"',
  '"Move now!"',
  "Counties patrolled by night.",
];

describe("the habits of two texts", () => {
  it("speak for kinds that meet oftener than by chance, and against those that do not", () => {
    const { marks, states, quotes } = learn(repeat(ZH, 20), repeat(EN, 20), pairUp(80));
    const at = (pairs: TextHabits["marks"], one: number, other: number): number => pairs.ratios[one * pairs.kinds + other] ?? 0;
    expect(at(marks, 2, 2)).toBeGreaterThan(1);
    expect(at(marks, 1, 1)).toBeGreaterThan(0.5);
    expect(at(marks, 1, 2)).toBeLessThan(-1.5);
    expect(at(states, 1, 1)).toBeGreaterThan(0.5);
    expect(at(states, 1, 0)).toBeLessThan(-1.5);
    expect(at(quotes, 2, 2)).toBeGreaterThan(0.5);
  });

  it("say nothing of marks that one of the texts does not use", () => {
    const bare = ZH.map((line) => line.replaceAll(/[“”]/gu, ""));
    const { states, openings, quotes } = learn(repeat(bare, 20), repeat(EN, 20), pairUp(80));
    for (const pairs of [states, openings, quotes]) for (const ratio of pairs.ratios) expect(Math.abs(ratio)).toBeLessThan(0.1);
  });

  it("are no evidence where no bead is sure", () => {
    const habits = learn(ZH, EN, pairUp(4, 0.4));
    for (const { ratios } of [habits.marks, habits.states, habits.openings, habits.questions, habits.quotes])
      expect([...ratios].every((ratio) => ratio === 0)).toBe(true);
    expect([habits.lengthRatio, habits.spread]).toEqual([expect.closeTo(3.3), expect.closeTo(3)]);
  });

  it("trust lengths the more, the closer they follow each other", () => {
    const words = (count: number): string => Array.from({ length: count }, () => "river").join(" ");
    const zh = Array.from({ length: 40 }, (_, at) => "江".repeat(5 + (at % 7)));
    const close = learn(zh, zh.map((line) => words(line.length)), pairUp(40)); // prettier-ignore
    const loose = learn(zh, zh.map((line, at) => words(line.length + (at % 2 === 0 ? 5 : -3))), pairUp(40)); // prettier-ignore
    expect(close.lengthRatio).toBeGreaterThan(4.5);
    expect(close.spread).toBeLessThan(1);
    expect(loose.spread).toBeGreaterThan(2 * close.spread);
  });

  it("count as a plain walk over the beads does", () => {
    const line = (lines: readonly string[]) => fc.array(fc.constantFrom(...lines), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(line(ZH), line(EN), fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (zh, en, sure) => {
        const count = Math.min(zh.length, en.length);
        const beads = pairUp(count).map((bead) => ({ ...bead, confidence: sure.next().value }));
        const { marks } = learn(zh, en, beads);
        const kind = (text: string): string => /[？?]/u.exec(text)?.[0] ?? /[！!]/u.exec(text)?.[0] ?? ".";
        const [zhKinds, enKinds] = [zh.slice(0, -1).map(kind), en.slice(0, -1).map(kind)];
        const inner = beads.filter((bead) => bead.confidence >= 0.5 && bead.i1 < zh.length && bead.j1 < en.length);
        const sum = (some: readonly Found[]): number => some.reduce((total, bead) => total + bead.confidence, 0);
        const met = sum(inner.filter(({ i0, j0 }) => kind(zh[i0] ?? "") === "？" && kind(en[j0] ?? "") === "?"));
        const share = (kinds: readonly string[], sign: string) => kinds.filter((own) => own === sign).length / kinds.length;
        const byChance = sum(inner) * share(zhKinds, "？") * share(enKinds, "?");
        expect(marks.ratios[2 * marks.kinds + 2]).toBeCloseTo(Math.log((met + 1.5) / (byChance + 1.5)));
      }),
    );
  });

  it("change the scores of all beads as weighing them anew does", () => {
    const prepared = prepareTexts(toText(repeat(ZH, 8), "zh"), toText(repeat(EN, 8), "en"), {});
    const space = prepared.findSpace({ whole: true });
    const context = { ...prepared.gather(space), habits: prepared.learnHabits(pairUp(32)) };
    const after = prepared.learnHabits(pairUp(32).filter((_, at) => at % 3 > 0));
    const weights = readWeights("plain learnt");
    const rows = { from: 0, to: space.low.length };
    const changed = createScores(space, BEAD_SHAPES);
    scoreRows(changed, { ...rows, score: createScorer(context, weights) });
    const untouched = changed.scores.slice();
    addToRows(changed, { ...rows, score: createHabitScorer(prepared.sides, { before: context.habits, after, weights }) });
    const anew = createScores(space, BEAD_SHAPES);
    scoreRows(anew, { ...rows, score: createScorer({ ...context, habits: after }, weights) });
    expect(changed.scores).not.toEqual(untouched);
    changed.scores.forEach((score, at) => {
      const wanted = anew.scores[at] ?? Number.NaN;
      expect(score === wanted || Math.abs(score - wanted) < 1e-4).toBe(true);
    });
  });
});
