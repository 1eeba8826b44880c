/**
 * Why a formulation has its rank, as codes with values; the sentences are in the catalogue `evidence`.
 * The strongest reasons come first; what speaks against it is said as well.
 */
import type { Evidence } from "../model/formulation.ts";
import { hasMark } from "./value.ts";
import type { Scored } from "./score.ts";

/** All codes that can be given; the catalogues hold a sentence for each. */
export const EVIDENCE_CODES = [
  "in-glossary",
  "quoted",
  "titled",
  "numeral-label",
  "couplet",
  "parallel",
  "series",
  "idiom",
  "institution-name",
  "name-ending",
  "recurs",
  "single-document",
  "occurs-once",
  "stands-alone",
  "only-inside-longer",
  "free-neighbours",
  "clause-end",
  "cohesive",
  "many-contexts",
  "neighbour-often",
  "generic-words",
  "short",
  "copies-left-out",
] as const;

export type EvidenceCode = (typeof EVIDENCE_CODES)[number];

const percent = (share: number): number => Math.round(share * 100);

export function explain(
  scored: Scored,
  counts: { readonly all: number; readonly independent: number; readonly parents: number },
): readonly Evidence[] {
  const { candidate, around, documents } = scored;
  const { marks, distinct, length } = candidate;
  const found: Evidence[] = [];
  const say = (code: EvidenceCode, values?: Readonly<Record<string, string | number>>): void => {
    found.push(values ? { code, values } : { code });
  };
  if (hasMark(candidate, "glossary")) say("in-glossary");
  if (hasMark(candidate, "quoted")) say("quoted", { count: marks.get("quoted") ?? 0 });
  if (hasMark(candidate, "title")) say("titled", { count: marks.get("title") ?? 0 });
  if (hasMark(candidate, "numeral")) say("numeral-label");
  if (hasMark(candidate, "couplet")) say("couplet");
  if (hasMark(candidate, "parallel")) say("parallel");
  if (candidate.key.includes("、") && scored.seriesLikeness > 0) say("series", { members: candidate.key.split("、").length });
  if (hasMark(candidate, "idiom") && !hasMark(candidate, "parallel")) say("idiom");
  if (hasMark(candidate, "institution")) say("institution-name");
  else if (scored.hasNameEnding) say("name-ending");
  if (distinct >= 2) say(documents >= 2 ? "recurs" : "single-document", { count: distinct, documents });
  else say("occurs-once");
  if (counts.parents > 0) {
    if (counts.independent > 0) say("stands-alone", { count: counts.independent, parents: counts.parents });
    else say("only-inside-longer", { parents: counts.parents });
  }
  if (distinct >= 2) {
    const free = Math.min(around.before.free, around.after.free);
    if (free >= 0.6) say("free-neighbours", { before: percent(around.before.free), after: percent(around.after.free) });
    if (around.after.edges >= 0.5) say("clause-end", { percent: percent(around.after.edges) });
    const variety = Math.min(around.before.variety, around.after.variety);
    if (variety >= 3) say("many-contexts", { before: around.before.variety, after: around.after.variety });
    const largest = Math.max(around.before.largest, around.after.largest);
    if (largest >= 0.6) say("neighbour-often", { percent: percent(largest) });
  }
  if (scored.cohesion >= 8 && length > 2) say("cohesive", { times: Math.round(2 ** Math.min(20, scored.cohesion)) });
  if (scored.genericShare >= 0.5) say("generic-words", { percent: percent(scored.genericShare) });
  if (length <= 3) say("short", { length });
  if (counts.all > distinct) say("copies-left-out", { count: counts.all - distinct });
  return found;
}
