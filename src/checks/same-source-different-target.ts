/**
 * One source, translated in more than one way, in this document or in another. Each pair that departs from the
 * commonest translation (the first, if none is commoner) is reported with that translation as the expected one.
 * Cost: O(total length).
 */
import type { Finding } from "../model/finding.ts";
import { findVariants, foldText, foldWords } from "./consistency.ts";
import { hasWords, makeFinding } from "./rule.ts";
import type { Rule } from "./rule.ts";

export const sameSourceDifferentTarget: Rule = {
  id: "same-source-different-target",
  severity: "warning",
  checkPairs: ({ translated }) =>
    findVariants(
      translated.filter(({ source }) => hasWords(source)),
      "source",
      foldText,
    ).flatMap(reportGroup),
};

function reportGroup(variants: ReturnType<typeof findVariants>[number]): readonly Finding[] {
  const [commonest, ...others] = variants;
  const model = commonest?.pairs[0];
  if (!commonest || !model) return [];
  return others.flatMap(({ pairs }) =>
    pairs.map((pair) => {
      const onlyMarks = foldWords(pair.target) === foldWords(model.target);
      return makeFinding("same-source-different-target", onlyMarks ? "information" : "warning", pair, {
        message: onlyMarks ? "marks" : "words",
        subject: model.source,
        actual: pair.target,
        expected: [model.target],
        values: { count: commonest.pairs.length, ways: variants.length, file: model.file, unit: model.unit },
      });
    }),
  );
}
