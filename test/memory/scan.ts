/** The slow twin of the memory index: measures every unit with the plain table of distances. */
import type { MemoryHit, SearchOptions } from "../../src/memory/memory-index.ts";
import { splitWords } from "../../src/memory/words.ts";
import type { Tokens } from "../../src/memory/text-coder.ts";
import type { Fold } from "../../src/text/folded-text.ts";
import { similarityOf } from "../../src/text/edit-distance.ts";
import { matchKey } from "../../src/text/match-key.ts";

/** `undefined` stands for a unit that was removed. */
export type ScannedUnit = { readonly source: string; readonly group?: number } | undefined;

export type ScanOptions = SearchOptions & { readonly fold?: Fold; readonly tokens?: Tokens };

export function tokensIn(
  text: string,
  { fold = "width", tokens = "characters" }: Pick<ScanOptions, "fold" | "tokens">,
): string[] {
  const key = fold === "width" ? matchKey(text) : text.normalize("NFC");
  return tokens === "words" ? [...splitWords(key)] : [...key];
}

export function distanceBetween(one: readonly string[], other: readonly string[]): number {
  let before = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (const [row, token] of one.entries()) {
    const now = [row + 1];
    for (const [column, against] of other.entries()) {
      const changed = (before[column] ?? 0) + (token === against ? 0 : 1);
      now.push(Math.min(changed, (before[column + 1] ?? 0) + 1, (now[column] ?? 0) + 1));
    }
    before = now;
  }
  return before[other.length] ?? 0;
}

export function scan(units: readonly ScannedUnit[], query: string, options: ScanOptions): MemoryHit[] {
  const wanted = tokensIn(query, options);
  const hits = units.flatMap((unit, position) => {
    const group = options.groups ? options.groups[unit?.group ?? 0] : { penalty: 0, rank: 0 };
    if (!unit || !group) return [];
    const found = tokensIn(unit.source, options);
    const similarity = similarityOf(distanceBetween(wanted, found), Math.max(wanted.length, found.length));
    return similarity >= options.threshold ? [{ unit: position, similarity, score: similarity - group.penalty, ...group }] : [];
  });
  hits.sort((one, other) => other.score - one.score || one.rank - other.rank || one.unit - other.unit);
  return hits.slice(0, options.limit).map(({ unit, similarity }) => ({ unit, similarity }));
}
