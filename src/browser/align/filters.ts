/** Which rows are shown: by what they are, and by words that stand in them. */
import { matchKey } from "../../text/match-key.ts";
import { isOpen, isSuspicious } from "./alignment.ts";
import type { Alignment, Sentence } from "./alignment.ts";

export const FILTERS = [
  "all",
  "open",
  "confirmed",
  "doubtful",
  "odd",
  "empty",
  "large",
  "mine",
  "bookmarked",
  "notes",
  "edited",
  "moved",
] as const;
export type Filter = (typeof FILTERS)[number];

/** `words` is what was typed into the search field; `me` the name by which steps are signed. */
export type RowFilter = { readonly name: Filter; readonly words: string; readonly me: string };

/** Rows with more sentences than this on a side are seldom right. */
const LARGE = 2;

export function passes(alignment: Alignment, index: number, { name, me }: Pick<RowFilter, "name" | "me">): boolean {
  const group = alignment.groups[index];
  if (!group) return false;
  switch (name) {
    case "all":
      return true;
    case "open":
      return isOpen(group);
    case "confirmed":
      return group.status !== "automatic";
    case "doubtful":
      return isSuspicious(group);
    case "odd":
      return group.source !== 1 || group.target !== 1;
    case "empty":
      return group.source === 0 || group.target === 0;
    case "large":
      return group.source > LARGE || group.target > LARGE;
    case "mine":
      return group.touchedBy?.includes(me) === true;
    case "bookmarked":
      return group.bookmark === true;
    case "notes":
      return group.notes !== undefined;
    case "moved":
      return group.moved !== undefined;
    case "edited":
      return hasChange(alignment, index);
  }
}

function hasChange(alignment: Alignment, index: number): boolean {
  return (["source", "target"] as const).some((side) => {
    if (!alignment[side].hasChanges) return false;
    const starts = alignment.starts[side];
    for (let at = starts[index] ?? 0; at < (starts[index + 1] ?? 0); at += 1) {
      if (alignment[side].sentences[at]?.change) return true;
    }
    return false;
  });
}

const keys = new WeakMap<Sentence, string>();

function keyOf(sentence: Sentence): string {
  let key = keys.get(sentence);
  if (key === undefined) keys.set(sentence, (key = matchKey(sentence.text).toLowerCase()));
  return key;
}

const WARMED_AT_ONCE = 500;

/** Makes the keys of all sentences while nothing else is to be done, so that the first search is as quick as the next. */
export function prepareSearch({ source, target }: Alignment): void {
  const sentences = [...source.sentences, ...target.sentences];
  let at = 0;
  const work = () => {
    for (const sentence of sentences.slice(at, at + WARMED_AT_ONCE)) keyOf(sentence);
    at += WARMED_AT_ONCE;
    if (at < sentences.length) whenIdle(work);
  };
  whenIdle(work);
}

/** Safari learnt requestIdleCallback late. */
function whenIdle(work: () => void): void {
  if ("requestIdleCallback" in window) requestIdleCallback(work);
  else setTimeout(work, 100);
}

/** Says for each row whether the words stand in one of its sentences or notes; width and capitals do not matter. */
export function createFinder(alignment: Alignment, words: string): (index: number) => boolean {
  const wanted = matchKey(words).toLowerCase();
  if (wanted === "") return () => true;
  return (index) => {
    for (const side of ["source", "target"] as const) {
      const starts = alignment.starts[side];
      for (let at = starts[index] ?? 0; at < (starts[index + 1] ?? 0); at += 1) {
        const sentence = alignment[side].sentences[at];
        if (sentence && keyOf(sentence).includes(wanted)) return true;
      }
    }
    return alignment.groups[index]?.notes?.some(({ text }) => matchKey(text).toLowerCase().includes(wanted)) === true;
  };
}

/** Rows of each kind, and how many are settled. A mark that a person set on the row itself is a decision. */
export function countRows(alignment: Alignment, me: string): Readonly<Record<Filter | "done", number>> {
  const counts = { done: 0 } as Record<Filter | "done", number>;
  for (const name of FILTERS) {
    let count = 0;
    for (let index = 0; index < alignment.groups.length; index += 1) if (passes(alignment, index, { name, me })) count += 1;
    counts[name] = count;
  }
  counts.done = counts.all - counts.open;
  return counts;
}
