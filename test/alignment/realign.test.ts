import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { realignPending } from "../../src/alignment/realign.ts";
import type { RealignSide } from "../../src/alignment/realign.ts";
import type { AlignmentGroup, AlignmentState } from "../../src/model/alignment.ts";
import { LEXICON, PAIRS } from "./samples.ts";

const toSide = (texts: readonly string[], language: string, letter: string): RealignSide => ({
  language,
  segments: texts.map((text, at) => ({ id: `${letter}${at}`, text, paragraph: 0 })),
});
const source = toSide(
  PAIRS.map(([zh]) => zh),
  "zh",
  "s",
);
const target = toSide(
  PAIRS.map(([, en]) => en),
  "en",
  "t",
);

/** Groups that take so many segments of either side, until all are dealt out. */
function deal(sizes: readonly { source: number; target: number; status: AlignmentGroup["status"] }[]): AlignmentState {
  const groups: AlignmentGroup[] = [];
  let sourceAt = 0;
  let targetAt = 0;
  for (const size of [...sizes, { source: PAIRS.length, target: PAIRS.length, status: "automatic" as const }]) {
    const sourceIds = source.segments.slice(sourceAt, sourceAt + size.source).map((segment) => segment.id);
    const targetIds = target.segments.slice(targetAt, targetAt + size.target).map((segment) => segment.id);
    sourceAt += sourceIds.length;
    targetAt += targetIds.length;
    if (sourceIds.length + targetIds.length === 0) continue;
    groups.push({
      id: `g${groups.length}`,
      source: sourceIds,
      target: targetIds,
      confidence: 0,
      anchors: [],
      status: size.status,
    });
  }
  return { groups };
}

const makeNote = (id: string) => ({ id, text: "查", author: "林岚", at: "2026-03-01T08:00:00.000Z" });

const show = (state: AlignmentState): string =>
  state.groups.map((group) => `${group.source.join("+")}:${group.target.join("+")}`).join(" ");

describe("realignPending", () => {
  it("keeps all segments in order and every confirmed or locked group as it is", () => {
    const size = fc.record({
      source: fc.nat({ max: 3 }),
      target: fc.nat({ max: 3 }),
      status: fc.constantFrom("automatic" as const, "confirmed" as const, "locked" as const),
    });
    fc.assert(
      fc.property(fc.array(size, { maxLength: 8 }), fc.nat(), fc.nat(), (sizes, from, to) => {
        const dealt = deal(sizes);
        // Every group has a note, every second one a pin.
        const groups = dealt.groups.map((group, at) => ({
          ...group,
          ...(at % 2 ? { pinned: true } : {}),
          notes: [makeNote(group.id)],
        }));
        const state = { groups };
        const id = (place: number) => groups[place % groups.length]?.id ?? "";
        const range = from % 3 === 0 ? undefined : { first: id(from), last: id(to) };
        const next = realignPending(state, { source, target, lexicon: LEXICON, range });
        const [first, last] = range ? [from % groups.length, to % groups.length] : [0, groups.length];
        for (const [at, group] of groups.entries()) if (at < first || at > last) expect(next.groups).toContain(group);
        expect(next.groups.flatMap(({ notes = [] }) => notes.map((note) => note.id)).sort()).toEqual(
          groups.map((one) => one.id).sort(),
        );
        expect(next.groups.flatMap((group) => group.source)).toEqual(source.segments.map((segment) => segment.id));
        expect(next.groups.flatMap((group) => group.target)).toEqual(target.segments.map((segment) => segment.id));
        for (const group of state.groups) if (group.status !== "automatic") expect(next.groups).toContain(group);
        expect(new Set(next.groups.map((group) => group.id)).size).toBe(next.groups.length);
      }),
      { numRuns: 40 },
    );
  });

  it("mends what is not confirmed, between what is", () => {
    const state = deal([
      { source: 1, target: 1, status: "confirmed" },
      { source: 2, target: 1, status: "automatic" },
      { source: 1, target: 2, status: "automatic" },
      { source: 1, target: 1, status: "locked" },
    ]);
    const next = realignPending(state, { source, target, lexicon: LEXICON });
    expect(show(next)).toBe(PAIRS.map((_, at) => `s${at}:t${at}`).join(" "));
  });

  it("begins a group with two pinned segments", () => {
    const pinned = realignPending(deal([]), { source, target, lexicon: LEXICON, pins: [{ source: "s5", target: "t6" }] });
    const group = pinned.groups.find((one) => one.source.includes("s5"));
    expect([group?.source[0], group?.target[0]]).toEqual(["s5", "t6"]);
  });

  it("keeps a pin through later runs, whether or not the pair is likely", () => {
    const pinned = realignPending(deal([]), { source, target, lexicon: LEXICON, pins: [{ source: "s5", target: "t6" }] });
    expect(pinned.groups.filter((one) => one.pinned).map((one) => one.source[0])).toEqual(["s5"]);
    const again = realignPending(pinned, { source, target, lexicon: LEXICON });
    expect(show(again)).toBe(show(pinned));
  });

  it("names a passage that the run finds elsewhere, the same at both halves", () => {
    // The four last sentences of the translation stand first.
    const moved = toSide(
      [...PAIRS.slice(-4), ...PAIRS.slice(0, -4)].map(([, en]) => en),
      "en",
      "t",
    );
    const next = realignPending(deal([]), { source, target: moved, lexicon: LEXICON });
    const halves = next.groups.filter((group) => group.moved !== undefined);
    expect(new Set(halves.map((group) => group.moved)).size).toBeLessThanOrEqual(1);
    for (const group of halves) expect(group.source.length * group.target.length).toBe(0);
  });

  it("keeps id and bookmark of a group that comes out the same", () => {
    const state: AlignmentState = {
      groups: deal([{ source: 1, target: 1, status: "automatic" }]).groups.map((group, at) =>
        at === 0 ? { ...group, bookmark: true } : group,
      ),
    };
    const [first] = realignPending(state, { source, target, lexicon: LEXICON }).groups;
    expect([first?.id, first?.bookmark]).toEqual(["g0", true]);
  });
});
