/** Single named differences of two texts: width, one character, words. See penalties.ts. Cost: O(length), words O(words²). */
import { matchKey } from "../text/match-key.ts";
import { splitWords } from "./text-coder.ts";

const SPACE = /\s/u;
/** What is compared as wording; marks have a name of their own. */
const WORD = /[\p{L}\p{N}\p{M}\ue001-\ue006]/u;

/** Key character -> the forms in which the text writes it, and how often. */
function formsOf(text: string): Map<string, Map<string, number>> {
  const forms = new Map<string, Map<string, number>>();
  for (const character of text) {
    if (SPACE.test(character)) continue;
    const key = matchKey(character);
    if (key === "") continue;
    let known = forms.get(key);
    if (!known) forms.set(key, (known = new Map<string, number>()));
    known.set(character, (known.get(character) ?? 0) + 1);
  }
  return forms;
}

/** Characters of the query that the source has too, but writes in another width or style. */
export function countWidthChanges(query: string, source: string): number {
  const sourceForms = formsOf(source);
  let changed = 0;
  for (const [key, forms] of formsOf(query)) {
    const others = sourceForms.get(key);
    if (!others) continue;
    let [mine, theirs] = [0, 0];
    for (const [form, count] of forms) if (!others.has(form)) mine += count;
    for (const [form, count] of others) if (!forms.has(form)) theirs += count;
    changed += Math.max(mine, theirs);
  }
  return changed;
}

/** The one character that was replaced, put in or left out. */
export function findSingleChange(
  queryKey: string,
  sourceKey: string,
): { readonly query: string; readonly unit: string } | undefined {
  const mine = [...queryKey];
  const theirs = [...sourceKey];
  if (queryKey === sourceKey || Math.abs(mine.length - theirs.length) > 1) return undefined;
  let head = 0;
  while (head < mine.length && head < theirs.length && mine[head] === theirs[head]) head++;
  let tail = 0;
  const room = Math.min(mine.length, theirs.length) - head;
  while (tail < room && mine[mine.length - 1 - tail] === theirs[theirs.length - 1 - tail]) tail++;
  const query = mine.slice(head, mine.length - tail);
  const unit = theirs.slice(head, theirs.length - tail);
  return query.length <= 1 && unit.length <= 1 ? { query: query.join(""), unit: unit.join("") } : undefined;
}

/** Edit distance of two lists, cell by cell: segments have few words. */
export function measureLists(mine: readonly string[], theirs: readonly string[]): number {
  let row = Array.from({ length: theirs.length + 1 }, (_, at) => at);
  for (const [at, word] of mine.entries()) {
    const next = [at + 1];
    for (const [place, other] of theirs.entries()) {
      const replaced = (row[place] ?? 0) + (word === other ? 0 : 1);
      next.push(Math.min(replaced, (row[place + 1] ?? 0) + 1, (next[place] ?? 0) + 1));
    }
    row = next;
  }
  return row[theirs.length] ?? 0;
}

/** How many words differ, and the words of the longer text. Marks do not count. */
export function countWordChanges(query: string, source: string): { readonly changed: number; readonly longer: number } {
  const [mine, theirs] = [query, source].map((text) => splitWords(text).filter((word) => WORD.test(word))) as [
    string[],
    string[],
  ];
  return { changed: measureLists(mine, theirs), longer: Math.max(mine.length, theirs.length) };
}
