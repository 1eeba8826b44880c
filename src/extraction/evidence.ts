/**
 * Why a formulation has its rank, as codes with values; the sentences are in the catalogue `evidence`.
 *
 * Each reason is weighed by what it moved the score (`reason-weights.ts`); the decisive one comes first, whether it
 * speaks for or against. What occurs once opens with the evidence that it stands on all the same. There are at least
 * two reasons: how often and where it occurs, and how it stands to longer formulations.
 */
import type { Evidence } from "../model/formulation.ts";
import type { Material } from "./candidates.ts";
import { changeSides, recount, unmark, weighReasons } from "./reason-weights.ts";
import type { Change } from "./reason-weights.ts";
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
  "same-pattern",
  "series",
  "idiom",
  "coinage",
  "institution-name",
  "name-ending",
  "recurs",
  "single-document",
  "several-bodies",
  "occurs-once",
  "stands-alone",
  "only-inside-longer",
  "not-inside-longer",
  "nearly-always-free",
  "free-neighbours",
  "clause-end",
  "cohesive",
  "many-contexts",
  "neighbour-often",
  "inside-marked",
  "half-of-frame",
  "generic-words",
  "grammar-inside",
  "verb-first",
  "one-word",
  "short",
  "long",
  "copies-left-out",
] as const;

export type EvidenceCode = (typeof EVIDENCE_CODES)[number];

export type Counted = {
  /** All occurrences, copies among them. */
  readonly all: number;
  readonly independent: number;
  readonly parents: number;
  /** Issuing bodies of the texts that hold it, as far as they are known. */
  readonly bodies: number;
};

type Values = Readonly<Record<string, string | number>>;
type Found = { readonly code: EvidenceCode; readonly values?: Values; readonly weight: number };

/** Less says nothing about the rank. */
const LEAST_WEIGHT = 0.1;

export function explain(material: Material, scored: Scored, counted: Counted): readonly Evidence[] {
  const marks = listMarks(material, scored);
  const others = [...listPlaces(material, scored, counted), ...listShape(material, scored)].sort(byWeight);
  const { distinct } = scored.candidate;
  const found = distinct > 1 ? [...marks, ...others].sort(byWeight) : [...marks.sort(byWeight), ...onceFirst(others)];
  if (counted.all > distinct) found.push({ code: "copies-left-out", values: { count: counted.all - distinct }, weight: 0 });
  return found.map(({ code, values }) => (values ? { code, values } : { code }));
}

function byWeight(one: Found, other: Found): number {
  return Math.abs(other.weight) - Math.abs(one.weight);
}

function onceFirst(list: readonly Found[]): readonly Found[] {
  return [...list.filter(({ code }) => code === "occurs-once"), ...list.filter(({ code }) => code !== "occurs-once")];
}

/** What its writers, its own form or a glossary say. */
function listMarks(material: Material, scored: Scored): Found[] {
  const { candidate, seriesLikeness } = scored;
  const { key, marks, siblings } = candidate;
  const { features, weigh } = weighReasons(material, scored);
  const found: Found[] = [];
  // A mark is a fact also where it moved nothing; it never speaks against.
  const say = (code: EvidenceCode, change: Change, values?: Values): void => {
    found.push({ code, weight: Math.max(0, weigh(change)), ...(values ? { values } : {}) });
  };
  const without = (...kinds: Parameters<typeof unmark>[1][]): Change => ({ known: { candidate: unmark(candidate, ...kinds) } });
  if (hasMark(candidate, "glossary")) say("in-glossary", without("glossary"));
  if (hasMark(candidate, "quoted")) say("quoted", without("quoted"), { count: marks.get("quoted") ?? 0 });
  if (hasMark(candidate, "title")) say("titled", without("title"), { count: marks.get("title") ?? 0 });
  if (hasMark(candidate, "numeral")) say("numeral-label", without("numeral"));
  if (hasMark(candidate, "couplet")) say("couplet", without("couplet"));
  if (hasMark(candidate, "parallel")) {
    if (siblings >= 3) say("same-pattern", without("parallel"), { count: siblings });
    else say("parallel", without("parallel"));
  } else if (hasMark(candidate, "idiom")) say("idiom", without("idiom"));
  if (key.includes("、") && seriesLikeness > 0) {
    const change: Change = { known: { candidate: unmark(candidate, "series"), seriesLikeness: 0 } };
    say("series", change, { members: key.split("、").length });
  }
  const isCoined = (features["coinage"] ?? 0) >= COINED && !hasMark(candidate, "parallel") && !hasMark(candidate, "idiom");
  if (isCoined) say("coinage", { features: { coinage: 0.5 } });
  const nameless = { hasNameEnding: false, candidate: unmark(candidate, "institution", "name") };
  if (hasMark(candidate, "institution")) say("institution-name", { known: nameless });
  else if (scored.hasNameEnding || hasMark(candidate, "name")) say("name-ending", { known: nameless });
  return found;
}

/** Words that the dictionary makes of it, by characters: nearly each character is one. */
const COINED = 0.75;
const NEARLY_ALWAYS = 0.85;
const MOSTLY = 0.6;
const MANY = 3;

/** Where it stands, how often, and beside what. */
function listPlaces(material: Material, scored: Scored, counted: Counted): readonly Found[] {
  const { candidate, around, everywhere, documents } = scored;
  const { distinct } = candidate;
  const { weigh, pointsLost } = weighReasons(material, scored);
  const found: Found[] = [];
  const tell = (code: EvidenceCode, weight: number, values?: Values): void => {
    found.push({ code, weight, ...(values ? { values } : {}) });
  };
  const { parents, independent, bodies } = counted;
  if (distinct >= 2) {
    const rare = { candidate: recount(candidate, 2), independent: Math.min(scored.independent, 2), documents: 1, stretches: 1 };
    const weight = Math.max(0, weigh({ known: rare }));
    tell(documents >= 2 ? "recurs" : "single-document", weight, { count: distinct, documents });
    // Directly behind the number of texts.
    if (bodies >= 2) tell("several-bodies", weight * 0.999, { count: bodies });
  } else {
    const usual = { candidate: recount(candidate, 3), independent: 3, documents: 2, stretches: 2 };
    tell("occurs-once", Math.min(0, weigh({ known: usual })));
  }
  if (parents === 0) {
    const half = Math.ceil(scored.independent / 2);
    tell("not-inside-longer", Math.max(0, weigh({ known: { independent: half, parents: 1 } })));
  } else if (independent === 0) {
    tell("only-inside-longer", Math.min(0, weigh({ known: { independent: distinct, parents: 0 } })) - pointsLost, { parents });
  } else {
    tell("stands-alone", Math.max(0, weigh({ known: { independent: 0 } })), { count: independent, parents });
  }
  if (distinct === 1) return found;

  /** Said only where it moved the score the way the sentence says. */
  const tellFor = (code: EvidenceCode, weight: number, values?: Values): void => {
    if (weight >= LEAST_WEIGHT) tell(code, weight, values);
  };
  const tellAgainst = (code: EvidenceCode, weight: number, values?: Values): void => {
    if (weight <= -LEAST_WEIGHT) tell(code, weight, values);
  };
  const free = Math.min(around.before.free, around.after.free);
  if (free >= MOSTLY) {
    const values = { before: percent(around.before.free), after: percent(around.after.free) };
    const usual = changeSides(scored, { before: { free: 0.4, entropy: 1.5 }, after: { free: 0.4, entropy: 1.5 } });
    tellFor(free >= NEARLY_ALWAYS ? "nearly-always-free" : "free-neighbours", weigh({ known: usual }), values);
  }
  if (around.after.edges >= 0.5) {
    const weight = weigh({ known: changeSides(scored, { after: { edges: 0.2 } }) });
    tellFor("clause-end", weight, { percent: percent(around.after.edges) });
  }
  const variety = Math.min(around.before.variety, around.after.variety);
  if (variety >= MANY) {
    const same = changeSides(scored, { before: { entropy: 0 }, after: { entropy: 0 } });
    tellFor("many-contexts", weigh({ known: same }), { before: around.before.variety, after: around.after.variety });
  }
  const { before, after } = everywhere;
  const largest = Math.max(before.largest, after.largest, before.largestAdverb, before.largestGrammar, after.largestFree);
  if (largest >= MOSTLY) {
    const none = { largest: 0.2, largestAdverb: 0.1, largestFree: 0.1, largestGrammar: 0.1 };
    tellAgainst("neighbour-often", weigh({ known: changeSides(scored, { before: none, after: none }) }), {
      percent: percent(largest),
    });
  }
  const enclosed = Math.max(0, ...scored.enclosure.slice(0, 3));
  if (enclosed >= 0.3) tellAgainst("inside-marked", weigh({ known: { enclosure: [] } }), { percent: percent(enclosed) });
  if (scored.halfShare > 0.5) tellAgainst("half-of-frame", weigh({ known: { halfShare: 0 } }));
  return found;
}

/** The parts of most listed wordings keep together as much. */
const USUAL_COHESION = 8;

/** What its words and its length say. */
function listShape(material: Material, scored: Scored): readonly Found[] {
  const { candidate, genericShare, cohesion } = scored;
  const { length } = candidate;
  const { features, weigh } = weighReasons(material, scored);
  const found: Found[] = [];
  const tell = (code: EvidenceCode, weight: number, values?: Values): void => {
    if (Math.abs(weight) >= LEAST_WEIGHT) found.push({ code, weight, ...(values ? { values } : {}) });
  };
  const tellAgainst = (code: EvidenceCode, change: Change, values?: Values): void => {
    tell(code, Math.min(0, weigh(change)), values);
  };
  // Once is no habit.
  if (cohesion > USUAL_COHESION && length > 2 && candidate.distinct > 1)
    tell("cohesive", Math.max(0, weigh({ known: { cohesion: USUAL_COHESION } })));
  if (genericShare >= 0.5) {
    const known = { genericShare: 0, lightShare: 0 };
    tellAgainst("generic-words", { known, features: { genericLast: 0, genericFirst: 0 } }, { percent: percent(genericShare) });
  }
  if (scored.hasGrammar) tellAgainst("grammar-inside", { known: { hasGrammar: false } });
  if ((features["verbFirst"] ?? 0) + (features["adverbFirst"] ?? 0) > 0)
    tellAgainst("verb-first", { features: { verbFirst: 0, adverbFirst: 0, verbLinks: 0 } });
  if (features["oneWord"] === 1) tellAgainst("one-word", { features: { oneWord: 0 } });
  if (length <= 3) {
    const value = (features["value"] ?? 0) + Math.log2(length === 2 ? 4 : 1.8);
    tellAgainst("short", { features: { value, two: 0, three: 0, length: 2 } }, { length });
  }
  if (length > 14) tellAgainst("long", { features: { long: 0, longer: 0, longGrammar: 0 } }, { length });
  return found;
}

function percent(share: number): number {
  return Math.round(share * 100);
}
