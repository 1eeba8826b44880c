/**
 * Cuts a paragraph into sentences by SRX rules.
 *
 * Method: the places where any break rule matches are candidates; at each the rules are tried in order and the first that
 * matches decides (SRX 2.0, section "Processing rules"). White space at the ends of a sentence is `ignorable`.
 * Guarantee: glued together, the spans are the paragraph again; they are in order and never empty; any string is accepted.
 * Cost: rules x length, since our patterns have bounded repetition. One scan per break rule, then a look per candidate.
 */
import type { SegmentSpan } from "../model/document.ts";
import type { LanguageTag } from "../model/span.ts";
import { ENGLISH } from "./rules-en.ts";
import { CHINESE } from "./rules-zh.ts";
import type { SegmentationRule, SegmentationRules } from "./rules.ts";

/** What we ship. Every language may quote Chinese and English, so that both lists serve all, the own language first. */
export const SHIPPED_RULES: SegmentationRules = {
  cascade: true,
  languageRules: [CHINESE, ENGLISH],
  mapRules: [
    { languagePattern: "(?:zh|yue|wuu|cmn|ja)(?:-.{0,60})?", languageRule: "Chinese" },
    { languagePattern: ".{0,60}", languageRule: "English" },
    { languagePattern: ".{0,60}", languageRule: "Chinese" },
  ],
};

/** A run of rules that say the same, tried as one pattern: which of them matches makes no difference. */
type RuleGroup = { readonly break: boolean; readonly pattern: RegExp };
type CompiledRules = {
  readonly groups: readonly RuleGroup[];
  /** Finds every place where some break rule matches. */
  readonly candidates: RegExp | undefined;
};

const compiled = new WeakMap<SegmentationRules, Map<LanguageTag, CompiledRules>>();

function writePattern(rule: SegmentationRule): string {
  return `${rule.beforeBreak === "" ? "" : `(?<=${rule.beforeBreak})`}(?=${rule.afterBreak})`;
}

function compileRules(rules: readonly SegmentationRule[]): CompiledRules {
  const runs: { break: boolean; patterns: string[] }[] = [];
  for (const rule of rules) {
    const last = runs.at(-1);
    if (last && last.break === rule.break) last.patterns.push(writePattern(rule));
    else runs.push({ break: rule.break, patterns: [writePattern(rule)] });
  }
  const breaks = rules.filter((rule) => rule.break).map(writePattern);
  return {
    groups: runs.map((run) => ({ break: run.break, pattern: new RegExp(run.patterns.join("|"), "uy") })),
    candidates: breaks.length === 0 ? undefined : new RegExp(breaks.join("|"), "gu"),
  };
}

/** The rules for a language, in the order in which they are tried. */
function selectRules(language: LanguageTag, rules: SegmentationRules): CompiledRules {
  const cache = compiled.get(rules) ?? new Map<LanguageTag, CompiledRules>();
  compiled.set(rules, cache);
  const known = cache.get(language);
  if (known) return known;
  const maps = rules.mapRules.filter((map) => new RegExp(`^(?:${map.languagePattern})$`, "iu").test(language));
  const names = new Set((rules.cascade ? maps : maps.slice(0, 1)).map((map) => map.languageRule));
  const lists = [...names].flatMap((name) => rules.languageRules.find((rule) => rule.name === name)?.rules ?? []);
  const selected = compileRules(lists);
  // Tags come from files: an endless number of them must not fill the memory.
  if (cache.size < 1000) cache.set(language, selected);
  return selected;
}

function isBreak(text: string, place: number, groups: readonly RuleGroup[]): boolean {
  for (const group of groups) {
    group.pattern.lastIndex = place;
    if (group.pattern.test(text)) return group.break;
  }
  return false;
}

function findBreaks(text: string, rules: CompiledRules): number[] {
  const { candidates, groups } = rules;
  const breaks: number[] = [];
  if (!candidates) return breaks;
  candidates.lastIndex = 0;
  while (candidates.test(text)) {
    const place = candidates.lastIndex;
    if (place >= text.length) break;
    if (place > 0 && isBreak(text, place, groups)) breaks.push(place);
    // By code points: within a surrogate pair the engine would step back and find the same place for ever.
    candidates.lastIndex = place + ((text.codePointAt(place) ?? 0) > 0xffff ? 2 : 1);
  }
  return breaks;
}

export function segmentParagraph(text: string, language: LanguageTag, rules: SegmentationRules = SHIPPED_RULES): SegmentSpan[] {
  const spans: SegmentSpan[] = [];
  let ignorableStart = 0;
  let start = 0;
  for (const end of [...findBreaks(text, selectRules(language, rules)), text.length]) {
    const piece = text.slice(start, end);
    const words = piece.trim();
    if (words !== "") {
      const first = start + (piece.length - piece.trimStart().length);
      if (first > ignorableStart) spans.push({ start: ignorableStart, end: first, kind: "ignorable" });
      spans.push({ start: first, end: first + words.length, kind: "segment" });
      ignorableStart = first + words.length;
    }
    start = end;
  }
  if (ignorableStart < text.length) spans.push({ start: ignorableStart, end: text.length, kind: "ignorable" });
  return spans;
}
