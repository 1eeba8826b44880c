import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { restoreImage, takeImage } from "../../src/memory/index-image.ts";
import type { IndexImage } from "../../src/memory/index-image.ts";
import { createMemoryIndex, finishNow } from "../../src/memory/memory-index.ts";
import type { MemoryIndex } from "../../src/memory/memory-index.ts";
import { scan } from "./scan.ts";
import type { ScannedUnit } from "./scan.ts";

/** As a file would keep it: the head as JSON, the arrays in one buffer. */
function throughBytes({ head, arrays }: IndexImage): IndexImage {
  const buffer = new ArrayBuffer(arrays.reduce((sum, array) => sum + array.byteLength + 8, 0));
  let start = 0;
  const copies = arrays.map((array) => {
    const copy = new (array.constructor as Uint16ArrayConstructor)(buffer, start, array.length);
    copy.set(array);
    start = Math.ceil((start + array.byteLength) / 8) * 8;
    return copy;
  });
  return { head: JSON.parse(JSON.stringify(head)) as IndexImage["head"], arrays: copies };
}

function restore(image: IndexImage): MemoryIndex {
  const index = finishNow(restoreImage(throughBytes(image)));
  if (!index) throw new Error("not restored");
  return index;
}

const text = fc
  .array(fc.constantFrom("防", "汛 ", "plan ", "Ａ", "𠮷", "\ud842"), { maxLength: 8 })
  .map((pieces) => pieces.join(""));
const change = fc.record({ kind: fc.constantFrom("add", "remove", "change", "compact"), at: fc.nat(), source: text });

describe("an index that is saved and restored", () => {
  it("is searched, and goes on changing, as the one it was taken from", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("characters" as const, "words" as const),
        fc.constantFrom("width" as const, "none" as const),
        fc.array(text, { maxLength: 12 }),
        fc.array(change, { maxLength: 12 }),
        fc.array(change, { maxLength: 12 }),
        text,
        (tokens, fold, first, before, after, query) => {
          const units: ScannedUnit[] = first.map((source, at) => ({ source, group: at % 2 }));
          let index = createMemoryIndex(
            first.map((source, at) => ({ source, group: at % 2 })),
            { tokens, fold },
          );
          for (const changes of [before, after]) {
            for (const { kind, at, source } of changes) {
              const position = units.length === 0 ? 0 : at % units.length;
              if (kind === "compact") finishNow(index.compact());
              else if (kind === "add") index.add(source, units.push({ source, group: 1 }) % 1 || 1);
              else if (kind === "remove") {
                index.remove(position);
                if (units.length > 0) units[position] = undefined;
              } else if (units[position]) {
                index.change(position, source);
                units[position] = { ...units[position], source };
              }
            }
            index = restore(takeImage(index));
          }
          const groups = [
            { penalty: 3, rank: 0 },
            { penalty: 0, rank: 1 },
          ];
          const wanted = { threshold: 40, limit: 6, groups };
          expect(index.search(query, wanted)).toEqual(scan(units, query, { ...wanted, tokens, fold }));
          expect(index.size).toBe(units.filter(Boolean).length);
          units.forEach((unit, at) =>
            expect([index.has(at), unit ? index.holds(at, unit.source) : false]).toEqual([Boolean(unit), Boolean(unit)]),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it("is not restored when the folding was another, or arrays are missing or of another kind", () => {
    const { head, arrays } = takeImage(createMemoryIndex([{ source: "做好防汛工作。" }]));
    const isRestored = (image: IndexImage) => finishNow(restoreImage(image)) !== undefined;
    expect(isRestored({ head, arrays })).toBe(true);
    expect(isRestored({ head: { ...head, folding: head.folding ^ 1 }, arrays })).toBe(false);
    expect(isRestored({ head, arrays: arrays.slice(1) })).toBe(false);
    for (const at of arrays.keys()) {
      // Characters need only one of the two arrays of tokens.
      if (at === 4) continue;

      expect(isRestored({ head, arrays: arrays.with(at, new Uint8Array(2)) }) && !(arrays[at] instanceof Uint8Array)).toBe(false);
    }
  });
});
