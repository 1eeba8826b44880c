import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  DistanceMeter,
  greatestDistance,
  measureDistance,
  measureSimilarity,
  similarityOf,
} from "../../src/text/edit-distance.ts";

/** The slow twin: the whole table, row by row. */
export function slowDistance(source: string, target: string): number {
  const columns = [...target];
  let row = columns.map((_, at) => at + 1);
  row.unshift(0);
  for (const [down, wanted] of [...source].entries()) {
    const next = [down + 1];
    for (const [at, found] of columns.entries()) {
      next.push(Math.min((row[at] ?? 0) + (wanted === found ? 0 : 1), (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
    }
    row = next;
  }
  return row[columns.length] ?? 0;
}

const text = (maxLength: number) =>
  fc.array(fc.constantFrom("防", "汛", "抗", "旱", "a", "b", "𠮷", "，"), { maxLength }).map((pieces) => pieces.join(""));

/** A text and a copy of it with some characters changed, so that bands and cut-offs matter. */
const nearPair = (maxLength: number) =>
  fc
    .tuple(text(maxLength), fc.array(fc.tuple(fc.nat(maxLength), fc.constantFrom("", "防", "新新", "𠮷")), { maxLength: 12 }))
    .map(([source, changes]) => {
      const target = [...source];
      for (const [at, piece] of changes) target.splice(at, piece === "新新" ? 0 : 1, piece);
      return [source, target.join("")] as const;
    });

describe("measureDistance", () => {
  it.each([
    ["", "", 0],
    ["", "防汛", 2],
    ["kitten", "sitting", 3],
    ["外防输入、内防扩散", "内防扩散、外防输出", 6],
    ["𠮷野家", "吉野家", 1],
    ["\ud842", "𠮷", 1],
  ])("of %j and %j is %i", (source, target, distance) => {
    expect(slowDistance(source, target)).toBe(distance);
    expect(measureDistance(source, target)).toBe(distance);
  });

  it("equals the slow twin on any two texts, over word and block borders", () => {
    fc.assert(
      fc.property(text(140), text(140), (source, target) => {
        expect(measureDistance(source, target)).toBe(slowDistance(source, target));
      }),
      { numRuns: 300 },
    );
  });

  it("equals the slow twin up to the cut-off and exceeds it beyond", () => {
    fc.assert(
      fc.property(nearPair(120), fc.nat(60), ([source, target], bound) => {
        const distance = slowDistance(source, target);
        const measured = measureDistance(source, target, bound);
        if (distance <= bound) expect(measured).toBe(distance);
        else expect(measured).toBeGreaterThan(bound);
      }),
      { numRuns: 600 },
    );
  });
});

describe("texts beyond ten thousand characters", () => {
  // What two texts begin with in common does not change their distance, and makes them long.
  const beginning = Array.from({ length: 10_001 }, (_, at) => String.fromCharCode(0x4e00 + ((at * at) % 977))).join("");

  it("have the distance of what differs, up to the cut-off", () => {
    fc.assert(
      fc.property(
        fc.oneof(nearPair(40), fc.tuple(text(12), text(12))),
        fc.nat(30),
        fc.boolean(),
        ([one, other], bound, isAhead) => {
          const distance = slowDistance(one, other);
          const long = (end: string) => (isAhead ? `${end}${beginning}` : `${beginning}${end}`);
          const measured = measureDistance(long(one), long(other), bound);
          if (distance <= bound) expect(measured).toBe(distance);
          else expect(measured).toBeGreaterThan(bound);
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe("DistanceMeter", () => {
  it("counts what a text has and the pattern has not, and measures as before afterwards", () => {
    const bag = fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 50 });
    fc.assert(
      fc.property(bag, bag, fc.nat(50), (pattern, found, most) => {
        const meter = new DistanceMeter(6);
        // 0 stands for codes that no pattern has.
        const wanted = pattern.map((code) => Math.max(1, code));
        meter.prepare(Int32Array.from(wanted), wanted.length);
        const codes = Int32Array.from(found);
        const before = meter.measureRange(codes, 0, found.length, 50);
        const left = [...wanted];
        const foreign = found.filter((code) => {
          const at = left.indexOf(code);
          if (at >= 0) left.splice(at, 1);
          return at < 0;
        }).length;
        expect(meter.countForeign(codes, 0, found.length, most)).toBe(Math.min(foreign, most + 1));
        expect(meter.countForeign(codes, 0, found.length, 50)).toBe(foreign);
        expect(meter.measureRange(codes, 0, found.length, 50)).toBe(before);
        expect(before).toBeGreaterThanOrEqual(foreign);
      }),
    );
  });

  it("forgets the pattern before", () => {
    const meter = new DistanceMeter(4);
    const codes = Uint16Array.from([1, 2, 3, 3]);
    meter.prepare(codes, 4);
    expect(meter.measureRange(codes, 0, 4, 4)).toBe(0);
    meter.prepare(Uint16Array.from([2]), 1);
    expect(meter.measureRange(codes, 0, 4, 4)).toBe(3);
    expect(meter.measure(codes, { start: 1, end: 2 }, 4)).toBe(0);
  });
});

describe("similarity", () => {
  it("reaches a round percentage exactly", () => {
    expect(measureSimilarity("一二三四五六七八九十", "一二三四五六七甲乙丙")).toBe(70);
    expect(measureSimilarity("", "")).toBe(100);
  });

  it("allows exactly the distances that reach a threshold", () => {
    fc.assert(
      fc.property(fc.nat(1200), fc.oneof(fc.nat(100), fc.double({ min: 0, max: 100, noNaN: true })), (longer, threshold) => {
        const distance = greatestDistance(longer, threshold);
        expect(similarityOf(distance, longer)).toBeGreaterThanOrEqual(threshold);
        if (distance < longer) expect(similarityOf(distance + 1, longer)).toBeLessThan(threshold);
      }),
    );
  });
});
