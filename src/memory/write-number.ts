/**
 * Writes a value in the manner of a number that stands in a target text: "34,000" for 27000 gives "27,000",
 * "3.4 million" for 2500000 gives "2.5 million", "third" for 5 gives "fifth", 三成 for 50% gives 五成.
 *
 * Values are those of src/text/numbers.ts. Undefined when the manner cannot be carried over safely; the caller reads
 * back what was written, so a slip here is a number left alone, never a wrong one. Cost: O(1).
 */
import type { LanguageTag } from "../model/span.ts";
import type { NumberMention } from "../text/numbers.ts";
import { writeChineseNumber } from "./write-chinese-number.ts";
import { writeChineseDate, writeEnglishDate } from "./write-date.ts";
import { writeEnglishNumber } from "./write-english-number.ts";

export type NumberToWrite = {
  /** What stands at the mention now. */
  readonly text: string;
  readonly mention: NumberMention;
  /** The new value, of a kind that goes with the mention's. */
  readonly value: string;
  readonly language: LanguageTag;
};

export function writeNumberLike({ text, mention, value, language }: NumberToWrite): string | undefined {
  if (mention.form === "code") return undefined;
  const isChinese = /^zh\b/i.test(language);
  if (mention.kind === "date") {
    return (isChinese ? writeChineseDate : writeEnglishDate)(text, mention.value, value);
  }
  return (isChinese ? writeChineseNumber : writeEnglishNumber)(text, mention, value);
}
