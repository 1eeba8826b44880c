/**
 * A term of the glossary stands in the source and none of its accepted renderings in the target.
 *
 * Nothing found: a warning, or an error when the rendering of a look-alike that is not in the source stands there
 * instead. Fewer found than asked for: information, because pronouns and merged mentions are good English.
 * Nothing is asked for where the glossary says that there is no fixed rendering.
 * When a refused rendering explains the gap, that rule reports it and this one keeps still.
 */
import type { CheckedPair, Finding } from "../model/finding.ts";
import { makeFinding } from "./rule.ts";
import type { CheckContext, Rule } from "./rule.ts";
import type { TermVerdict } from "./term-evidence.ts";

export const renderingMissing: Rule = {
  id: "rendering-missing",
  severity: "warning",
  checkPair: (pair, context) =>
    context.judgeTerms(pair).flatMap((verdict) => {
      const finding = judge(pair, verdict, context);
      return finding ? [finding] : [];
    }),
};

function judge(pair: CheckedPair, verdict: TermVerdict, context: CheckContext): Finding | undefined {
  const { entry, places, expected, found, own, refused, sibling } = verdict;
  const [place] = places;
  const [wanted] = expected;
  if (!place || wanted === undefined || entry.isParaphrased || own >= places.length) return undefined;
  if (refused.length > 0 && own + refused.length >= places.length && context.isOn("rendering-forbidden")) return undefined;
  const common = {
    subject: entry.text,
    expected,
    sourceSpan: place,
    values: { term: entry.text, rendering: wanted, count: places.length, found: found.length === 0 ? 0 : own },
  };
  if (found.length > 0) {
    if (own === 0 && places.length === 1) return undefined;
    const [first] = found;
    const actual = first ? pair.target.slice(first.span.start, first.span.end) : "";
    return makeFinding("rendering-missing", "information", pair, {
      ...common,
      message: "fewer",
      actual,
      sourceSpan: places[Math.min(own, places.length - 1)] ?? place,
      values: { ...common.values, actual },
    });
  }
  if (sibling) {
    const actual = pair.target.slice(sibling.span.start, sibling.span.end);
    return makeFinding("rendering-missing", "error", pair, {
      ...common,
      message: "sibling",
      actual,
      targetSpan: sibling.span,
      values: { ...common.values, actual, sibling: sibling.text },
    });
  }
  return makeFinding("rendering-missing", "warning", pair, {
    ...common,
    message: places.length > 1 ? "none-of-several" : "none",
  });
}
