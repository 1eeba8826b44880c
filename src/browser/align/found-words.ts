/** What was typed into the search field, where it stands in a sentence; width and capitals do not matter, as for the search. */
import type { Span } from "../../model/span.ts";
import { matchKey, matchKeyWithOffsets, toOriginalSpan } from "../../text/match-key.ts";
import { element } from "../shell/dom.ts";

/** Offsets in the text, in order, none over another; none when nothing was searched for. */
export function findPlaces(text: string, words: string): readonly Span[] {
  const wanted = matchKey(words).toLowerCase();
  if (wanted === "") return [];
  const folded = matchKeyWithOffsets(text);
  const key = folded.key.toLowerCase();
  // A few capitals become two letters: offsets would be those of another text.
  if (key.length !== folded.key.length) return [];
  const places: Span[] = [];
  for (let at = key.indexOf(wanted); at >= 0; at = key.indexOf(wanted, at + wanted.length)) {
    places.push(toOriginalSpan(folded, { start: at, end: at + wanted.length }));
  }
  return places;
}

/** The text from `start` to `end` in pieces, what was found in an element of its own. */
export function markPlaces(text: string, { start, end }: Span, places: readonly Span[]): readonly (string | HTMLElement)[] {
  const pieces: (string | HTMLElement)[] = [];
  let from = start;
  for (const place of places) {
    const first = Math.max(from, place.start);
    const last = Math.min(end, place.end);
    if (first >= last) continue;
    if (first > from) pieces.push(text.slice(from, first));
    pieces.push(element("mark", { class: "is-sought" }, text.slice(first, last)));
    from = last;
  }
  if (from < end) pieces.push(text.slice(from, end));
  return pieces;
}
