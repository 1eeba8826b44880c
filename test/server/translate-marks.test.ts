import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Term, TermMatch, TermStatus } from "../../src/model/concept.ts";
import { listUnderlines } from "../../src/server/view-models/translate-marks.ts";

function hit(start: number, end: number, conceptId = `${start}-${end}`, status: TermStatus = "approved"): TermMatch {
  const term: Term = {
    id: conceptId,
    language: "zh",
    text: "x",
    status,
    termType: "fullForm",
    matching: "exact",
    attestations: [],
  };
  return { start, end, conceptId, depth: 0, term };
}

const levels = (...hits: readonly TermMatch[]) => listUnderlines(hits).map(({ start, end, level }) => [start, end, level]);

describe("underlines", () => {
  it("lie the nearer to the text the deeper a term is nested", () => {
    expect(levels(hit(0, 12), hit(4, 12), hit(8, 12))).toEqual([
      [0, 12, 3],
      [4, 12, 2],
      [8, 12, 1],
    ]);
  });

  it("stay in the first line for terms side by side", () => {
    expect(levels(hit(0, 4), hit(4, 8))).toEqual([
      [0, 4, 1],
      [4, 8, 1],
    ]);
  });

  it("are at most three deep", () => {
    expect(levels(hit(0, 8), hit(0, 6), hit(0, 4), hit(0, 2)).map(([, , level]) => level)).toEqual([3, 2, 1]);
  });

  it("are one for two concepts at the same place, drawn as the better one stands", () => {
    expect(listUnderlines([hit(0, 4, "one", "candidate"), hit(0, 4, "other", "approved")])).toEqual([
      { start: 0, end: 4, level: 1, line: "approved", concepts: ["one", "other"] },
    ]);
  });

  it("say how far a term is settled by their line", () => {
    const line = (status: TermStatus) => listUnderlines([hit(0, 2, "one", status)])[0]?.line;
    expect((["approved", "admitted", "proposed", "candidate", "forbidden", "superseded"] as const).map(line)).toEqual([
      "approved",
      "approved",
      "proposed",
      "candidate",
      "avoid",
      "avoid",
    ]);
  });

  it("never share a line where they touch, and no term is lost while fewer than four overlap", () => {
    const span = fc.tuple(fc.nat(30), fc.integer({ min: 1, max: 12 })).map(([start, length]) => hit(start, start + length));
    fc.assert(
      fc.property(fc.array(span, { maxLength: 12 }), (hits) => {
        const found = listUnderlines(hits);
        for (const one of found) {
          for (const other of found) {
            if (one === other || one.end <= other.start || other.end <= one.start) continue;
            if (one.level === other.level) return false;
          }
        }
        const places = new Set(hits.map(({ start, end }) => `${start}-${end}`));
        return found.every(({ start, end }) => places.has(`${start}-${end}`)) && found.length >= Math.min(3, places.size);
      }),
    );
  });
});
