/**
 * The difference between a unit's source and a query, with each number and date as one piece: 2月3日 became 3月5日, and not
 * 2月 was taken out and 5日 put in. Cost: that of one comparison of texts.
 */
import type { LanguageTag } from "../model/span.ts";
import { diffTexts } from "../text/difference.ts";
import type { TextChange } from "../text/difference.ts";
import { findNumbers } from "../text/numbers.ts";

export type SourceChange = Pick<TextChange, "kind" | "text">;

/** Private-use characters stand for the numbers; texts with more than these are compared as they are. */
const FIRST_MARK = 0xe100;
const MOST_NUMBERS = 6000;

export function diffSources(base: string, other: string, language: LanguageTag): readonly SourceChange[] {
  const marks = new Map<string, string>();
  const written: string[] = [];
  const mask = (text: string): string => {
    let masked = "";
    let end = 0;
    for (const mention of findNumbers(text, language)) {
      const number = text.slice(mention.start, mention.end);
      let mark = marks.get(number);
      if (mark === undefined) {
        mark = String.fromCharCode(FIRST_MARK + written.length);
        marks.set(number, mark);
        written.push(number);
      }
      masked += text.slice(end, mention.start) + mark;
      end = mention.end;
    }
    return masked + text.slice(end);
  };
  const [before, after] = [mask(base), mask(other)];
  if (written.length > MOST_NUMBERS || /[\ue100-\uf8ff]/.test(base + other)) return diffTexts(base, other);
  const unmask = (text: string) => text.replace(/[\ue100-\uf8ff]/g, (mark) => written[mark.charCodeAt(0) - FIRST_MARK] ?? mark);
  return diffTexts(before, after).map(({ kind, text }) => ({ kind, text: unmask(text) }));
}
