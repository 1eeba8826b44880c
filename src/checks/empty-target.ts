/**
 * No translation where there is something to translate. An error when a person has confirmed the empty target,
 * else a warning: the row may only be waiting.
 */
import type { CheckedPair, Finding } from "../model/finding.ts";
import { hasText, hasWords, makeFinding } from "./rule.ts";
import type { Rule } from "./rule.ts";

export const emptyTarget: Rule = {
  id: "empty-target",
  severity: "warning",
  checkPair: (pair) => (hasText(pair.target) || !hasWords(pair.source) ? [] : [report(pair)]),
};

function report(pair: CheckedPair): Finding {
  const confirmed = pair.state !== "initial";
  return makeFinding("empty-target", confirmed ? "error" : "warning", pair, {
    message: confirmed ? "confirmed" : "waiting",
    subject: pair.source,
    sourceSpan: { start: 0, end: pair.source.length },
  });
}
