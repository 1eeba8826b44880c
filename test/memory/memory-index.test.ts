import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fold } from "../../src/text/folded-text.ts";
import { createMemoryIndex } from "../../src/memory/memory-index.ts";
import type { MemoryHit, SearchOptions } from "../../src/memory/memory-index.ts";
import { measureDistance, similarityOf } from "../../src/text/edit-distance.ts";
import { matchKey } from "../../src/text/match-key.ts";

const keys = new Map<string, string>();

function keyOf(text: string, fold: Fold): string {
  const name = fold + text;
  let key = keys.get(name);
  if (key === undefined) keys.set(name, (key = fold === "width" ? matchKey(text) : text.normalize("NFC")));
  return key;
}

/** The slow twin: measures every unit. `undefined` stands for a removed one. */
function scan(units: readonly (string | undefined)[], query: string, options: SearchOptions, fold: Fold = "width"): MemoryHit[] {
  const key = (text: string) => keyOf(text, fold);
  const wanted = key(query);
  return units
    .flatMap((source, unit) => {
      if (source === undefined) return [];
      const found = key(source);
      const longer = Math.max([...wanted].length, [...found].length);
      return [{ unit, similarity: similarityOf(measureDistance(wanted, found), longer) }];
    })
    .filter((hit) => hit.similarity >= options.threshold)
    .sort((one, other) => other.similarity - one.similarity || one.unit - other.unit)
    .slice(0, options.limit);
}

const CHARACTERS = [
  "防",
  "汛",
  "抗",
  "旱",
  "工",
  "作",
  "的",
  "，",
  "。",
  "“",
  "1",
  "１",
  " ",
  "a",
  "Ａ",
  "𠮷",
  "e\u0301",
  "…",
  "\ud842",
];
const text = (maxLength: number, characters = CHARACTERS) =>
  fc.array(fc.constantFrom(...characters), { maxLength }).map((pieces) => pieces.join(""));

/** Copies with a few changes, so that there is something to find. */
const edited = (base: fc.Arbitrary<string>) =>
  fc.tuple(base, fc.array(fc.tuple(fc.nat(60), fc.constantFrom("", "汛", "新新")), { maxLength: 4 })).map(([source, changes]) => {
    const copy = [...source];
    for (const [at, piece] of changes) copy.splice(at % (copy.length + 1), piece === "新新" ? 0 : 1, piece);
    return copy.join("");
  });

const options = fc.record({
  threshold: fc.oneof(fc.constantFrom(0, 50, 70, 75, 90, 100), fc.double({ min: 0, max: 100, noNaN: true })),
  limit: fc.oneof(fc.constantFrom(1, 2, 5), fc.integer({ min: 1, max: 60 })),
});

function checkAll(memory: fc.Arbitrary<readonly [string[], string]>, numRuns: number): void {
  fc.assert(
    fc.property(memory, options, fc.constantFrom<Fold>("width", "none"), ([units, query], wanted, fold) => {
      const index = createMemoryIndex(
        units.map((source) => ({ source })),
        { fold },
      );
      expect(index.search(query, wanted)).toEqual(scan(units, query, wanted, fold));
    }),
    { numRuns },
  );
}

describe("search equals the scan", () => {
  it("on short texts of few characters, with many ties and copies", () => {
    checkAll(fc.tuple(fc.array(text(8, ["防", "汛", "抗"]), { maxLength: 60 }), text(8, ["防", "汛", "抗"])), 400);
  });

  it("on mixed texts", () => {
    checkAll(fc.tuple(fc.array(text(30), { maxLength: 40 }), text(30)), 300);
  });

  it("on edited copies of a query, short and long", () => {
    for (const length of [12, 40, 150]) {
      const memory = text(length).chain((query) =>
        fc.tuple(fc.array(fc.oneof(edited(fc.constant(query)), text(length)), { maxLength: 30 }), fc.constant(query)),
      );
      checkAll(memory, 150);
    }
  });

  it("with a large memory of near-copies, where the lists are used and not the scan", () => {
    let seed = 7;
    const random = (below: number) => (seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff) % below;
    const word = () => String.fromCharCode(0x4e00 + Math.floor((random(1000) * random(1000)) / 700));
    const units = Array.from({ length: 2000 }, () => Array.from({ length: 1 + random(40) }, word).join(""));
    for (let at = 0; at < 1500; at++) {
      const copy = [...(units[random(2000)] ?? "")];
      for (let edits = random(4); edits >= 0; edits--)
        copy.splice(random(copy.length + 1), random(2), ...(random(2) ? [word()] : []));
      units.push(copy.join(""));
    }
    const index = createMemoryIndex(units.map((source) => ({ source })));
    for (let at = 0; at < 25; at++) {
      const query = units[random(units.length)] ?? "";
      const wanted = { threshold: [30, 50, 70, 85, 100][random(5)] ?? 70, limit: [1, 5, 30][random(3)] ?? 5 };
      expect(index.search(query, wanted)).toEqual(scan(units, query, wanted));
    }
  });

  it("for queries of no and of a thousand characters", () => {
    const long = Array.from({ length: 1000 }, (_, at) => String.fromCharCode(0x4e00 + ((at * 37) % 211))).join("");
    const units = ["", "防", long, long.slice(120), `${long}防汛`, long.slice(0, 500), ""];
    for (const query of ["", "，", long, long.slice(3), "\u200b"]) {
      for (const threshold of [0, 40, 70, 100]) {
        const index = createMemoryIndex(units.map((source) => ({ source })));
        expect(index.search(query, { threshold, limit: 4 })).toEqual(scan(units, query, { threshold, limit: 4 }));
      }
    }
  });

  it("when there are more characters than 16 bits can number, and fewer or more units than were expected", () => {
    const units = Array.from({ length: 9000 }, (_, at) =>
      Array.from({ length: 8 }, (__, place) => String.fromCodePoint(0x10000 + at * 8 + place)).join(""),
    );
    units.push(...units.slice(0, 20));
    const expectations = [0, 100, units.length, 50_000];
    const indexes = expectations.map((expected) =>
      createMemoryIndex(
        units.map((source) => ({ source })),
        { expected },
      ),
    );
    for (const at of [0, 5, 8999]) {
      const query = `${units[at]?.slice(0, 14) ?? ""}变`;
      const found = scan(units, query, { threshold: 60, limit: 5 });
      for (const index of indexes) expect(index.search(query, { threshold: 60, limit: 5 })).toEqual(found);
    }
  });
});

describe("a memory that changes", () => {
  const change = fc.oneof(
    fc.record({ kind: fc.constant("add" as const), source: text(10, ["防", "汛", "抗"]) }),
    fc.record({ kind: fc.constant("remove" as const), at: fc.nat() }),
    fc.record({ kind: fc.constant("change" as const), at: fc.nat(), source: text(10, ["防", "汛", "抗"]) }),
    fc.record({ kind: fc.constant("compact" as const), steps: fc.nat(8) }),
  );

  it("is searched as if it had been built anew, also while it is being compacted", () => {
    fc.assert(
      fc.property(
        fc.array(text(10, ["防", "汛", "抗"]), { maxLength: 20 }),
        fc.array(change, { maxLength: 60 }),
        text(10, ["防", "汛", "抗"]),
        options,
        (first, changes, query, wanted) => {
          const units: (string | undefined)[] = [...first];
          const index = createMemoryIndex(first.map((source) => ({ source })));
          let compacting: Generator<void, void> | undefined;
          for (const step of changes) {
            const at = "at" in step ? step.at % Math.max(1, units.length) : 0;
            if (step.kind === "add") {
              expect(index.add(step.source)).toBe(units.length);
              units.push(step.source);
            } else if (step.kind === "compact") {
              compacting ??= index.compact();
              for (let left = step.steps; left >= 0 && compacting; left--) if (compacting.next().done) compacting = undefined;
            } else if (units.length > 0) {
              if (step.kind === "remove") index.remove(at);
              else index.change(at, step.source);
              units[at] = step.kind === "remove" ? undefined : step.source;
            }
          }
          expect(index.search(query, wanted)).toEqual(scan(units, query, wanted));
          expect(index.size).toBe(units.filter((source) => source !== undefined).length);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("folds many additions into parts and stays equal to the scan", () => {
    const units = Array.from({ length: 3000 }, (_, at) => `第${at}号文件关于做好第${(at * 7) % 900}项工作的通知`);
    const index = createMemoryIndex([]);
    for (const source of units) index.add(source);
    expect(index.partCount).toBeLessThan(12);
    const wanted = { threshold: 70, limit: 5 };
    expect(index.search(units[1234] ?? "", wanted)).toEqual(scan(units, units[1234] ?? "", wanted));
    for (const step = index.compact(); !step.next().done;);
    expect(index.partCount).toBe(1);
    expect(index.search(units[2999] ?? "", wanted)).toEqual(scan(units, units[2999] ?? "", wanted));
  });
});
