/**
 * One translation for different sources: often right (two wordings with one meaning), sometimes a row pasted twice.
 * Information only. Sources that differ in marks alone are one source.
 * Cost: O(total length).
 */
import type { Finding } from "../model/finding.ts";
import { findVariants, foldWords } from "./consistency.ts";
import { hasWords, makeFinding } from "./rule.ts";
import type { Rule } from "./rule.ts";

export const sameTargetDifferentSource: Rule = {
  id: "same-target-different-source",
  severity: "information",
  checkPairs: ({ translated }) =>
    findVariants(
      translated.filter(({ target }) => hasWords(target)),
      "target",
      foldWords,
    ).flatMap(reportGroup),
};

function reportGroup(variants: ReturnType<typeof findVariants>[number]): readonly Finding[] {
  const [commonest, ...others] = variants;
  const model = commonest?.pairs[0];
  if (!model) return [];
  return others.flatMap(({ pairs }) =>
    pairs.map((pair) =>
      makeFinding("same-target-different-source", "information", pair, {
        message: "sources",
        subject: model.target,
        actual: pair.source,
        expected: [model.source],
        sourceSpan: { start: 0, end: pair.source.length },
        values: { file: model.file, unit: model.unit, source: model.source },
      }),
    ),
  );
}
