/**
 * All that the search needs to know about two texts: units and anchors, computed once; the space to search; and the
 * evidence for the beads of some rows of it, so that a long text never holds the evidence of all its rows at once.
 *
 * A Chinese text becomes the first one, whichever side it is on: exchanging the texts exchanges the sides of the beads.
 * Without anchors (no lexicon, no numbers) the space is a wide band along the diagonal.
 */
import type { AlignmentText } from "../model/alignment.ts";
import { keepHeaviestChain, listCandidates } from "./anchors.ts";
import type { SentenceAnchor } from "./anchors.ts";
import { scoreCoarse } from "./coarse-search.ts";
import { markClauses } from "./edge-evidence.ts";
import { LONGEST_SIDE } from "./bead-shapes.ts";
import type { BeadContext, BeadSides } from "./features.ts";
import { learnLexicon } from "./learn-lexicon.ts";
import type { LearnInput, LearntLexicon } from "./learn-lexicon.ts";
import { findNarrowSpace } from "./narrow-space.ts";
import type { SpaceOptions } from "./narrow-space.ts";
import { readKnownPairs } from "./known-pairs.ts";
import type { Lexicon } from "./lexicon.ts";
import { createPairGatherer } from "./pair-evidence.ts";
import { layOutSpace } from "./search-space.ts";
import type { SearchSpace } from "./search-space.ts";
import { readSurface } from "./surface.ts";
import { learnHabits } from "./text-habits.ts";
import type { TextHabits } from "./text-habits.ts";
import { weighTranslations, weighWords } from "./translations.ts";
import type { Translations } from "./translations.ts";
import { addWords, readUnits } from "./units.ts";
import type { TermPair, TextUnits } from "./units.ts";
import type { FirstModel } from "./weights.ts";

export type PrepareOptions = {
  readonly lexicon?: Lexicon | undefined;
  readonly terms?: readonly TermPair[] | undefined;
  readonly memory?: readonly TermPair[] | undefined;
};

export type PreparedTexts = {
  /** The first text of the model is the target of the caller. */
  readonly swapped: boolean;
  readonly model: FirstModel;
  readonly units: TextUnits;
  readonly translations: Translations;
  readonly anchors: readonly SentenceAnchor[];
  /** Pairs of sentences that speak for each other, in whatever order; the anchors are a chain of them. */
  readonly candidates: readonly SentenceAnchor[];
  /** The space between the anchors, narrowed by a first look with a cheap score. */
  readonly findSpace: (options?: SpaceOptions) => SearchSpace;
  /** The evidence for the beads that end in some rows of a space, or in all. */
  readonly gather: EvidenceGatherer;
  /** The same with what the beads of a first alignment teach. */
  readonly learn: (beads: LearnInput["beads"]) => EvidenceGatherer;
  /** What marks and lengths are worth in these texts, as the beads of an alignment have it. */
  readonly learnHabits: (beads: LearnInput["beads"]) => TextHabits;
  readonly sides: BeadSides;
  /** Space and evidence of all of it at once: for short texts and for the fit. */
  readonly open: (options?: SpaceOptions) => { readonly space: SearchSpace; readonly context: BeadContext };
};

export type EvidenceGatherer = (space: SearchSpace, rows?: RowRange) => BeadContext;

export type RowRange = { readonly from: number; readonly to: number };

const CHINESE = /^zh\b/iu;
const ENGLISH = /^en\b/iu;
/** English characters for a Chinese one when the texts are too short to tell. */
const USUAL_RATIO = 3.3;
/** Log ratios of the whole texts and of anchored sentences stray from each other so far by chance, and never so far. */
const USUAL_STRAY = 0.35;
const SURE_STRAY = 0.5;
/** So many characters of the first text are as good as the usual ratio. */
const RATIO_PRIOR = 60;

export function prepareTexts(source: AlignmentText, target: AlignmentText, options: PrepareOptions): PreparedTexts {
  // Weights were fitted with the Chinese text first. Without one, the source is.
  const swapped = CHINESE.test(target.language) && !CHINESE.test(source.language);
  const languages = swapped ? [target.language, source.language] : [source.language, target.language];
  const isZhEn = CHINESE.test(languages[0] ?? "") && ENGLISH.test(languages[1] ?? "");
  const lexicon = isZhEn ? options.lexicon : undefined;
  const turn = (pairs: readonly TermPair[] = []): readonly TermPair[] =>
    swapped ? pairs.map((pair) => ({ source: pair.target, target: pair.source })) : pairs;
  const [first, second] = swapped ? [target, source] : [source, target];
  const terms = turn(options.terms);
  const memory = turn(options.memory);
  const units = readUnits({ first, second, lexicon, terms, memory });
  const translations = weighTranslations(units, lexicon);
  const candidates = listCandidates(units, translations);
  const anchors = dropStrays(keepHeaviestChain(candidates, second.segments.length));
  const surfaces = { first: readSurface(first), second: readSurface(second) };
  const lengthRatio = estimateRatio(surfaces.first.lengths, surfaces.second.lengths, {
    anchors,
    usual: isZhEn ? USUAL_RATIO : 1,
  });
  const ends = { firstCount: first.segments.length, secondCount: second.segments.length };
  const sides = {
    first: { units: units.first, surface: surfaces.first },
    second: { units: units.second, surface: surfaces.second },
  };
  const withParagraphs = hasParagraphs(first) && hasParagraphs(second);
  const findSpace = (spaceOptions: SpaceOptions = {}): SearchSpace => {
    if (spaceOptions.whole) return layOutSpace({ ...ends, anchors });
    const { pinnedStart = false } = spaceOptions;
    const coarse = { ...sides, translations, lengthRatio, withParagraphs, pinnedStart };
    return findNarrowSpace({ ...ends, anchors }, (space, onRow) => scoreCoarse(coarse, space, onRow), spaceOptions);
  };
  type Learnt = { readonly lexicon: LearntLexicon; readonly habits: TextHabits };
  const createGatherer = (own: TextUnits, links: Translations, learnt?: Learnt): EvidenceGatherer => {
    const clauses = {
      first: markClauses(own.first, listTexts(first), isWide(first)),
      second: markClauses(own.second, listTexts(second), isWide(second)),
    };
    const gatherPairs = createPairGatherer(own, links, { clauses, learnt: learnt?.lexicon });
    return (space, rows) => ({
      first: { units: own.first, surface: surfaces.first },
      second: { units: own.second, surface: surfaces.second },
      pairs: gatherPairs({ space, longest: LONGEST_SIDE, rows }),
      lengthRatio,
      withParagraphs,
      habits: learnt?.habits,
    });
  };
  const gather = createGatherer(units, translations);
  const learnOwnHabits = (beads: LearnInput["beads"]): TextHabits => learnHabits({ ...surfaces, beads, lengthRatio });
  const open = (spaceOptions?: SpaceOptions) => {
    const space = findSpace(spaceOptions);
    return { space, context: gather(space) };
  };
  // Without a lexicon the first pass knows shared units only; words are read when there is something to learn of them.
  const words = once(() => {
    const own = lexicon ? units : addWords(units, { first, second });
    return {
      own,
      links: lexicon ? translations : weighWords(own, translations),
      known: readKnownPairs(own, { first, second, lexicon, terms, memory }),
    };
  });
  const learn = (beads: LearnInput["beads"]): EvidenceGatherer => {
    const { own, links, known } = words();
    return createGatherer(own, links, {
      lexicon: learnLexicon({ units: own, translations: links, beads, known }),
      habits: learnOwnHabits(beads),
    });
  };
  return {
    swapped,
    model: lexicon ? "lexicon" : "plain",
    units,
    translations,
    anchors,
    candidates,
    findSpace,
    gather,
    open,
    learn,
    learnHabits: learnOwnHabits,
    sides,
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

const listTexts = (text: AlignmentText): readonly string[] => text.segments.map((segment) => segment.text);
const isWide = (text: AlignmentText): boolean => /^(?:zh|ja|ko)\b/iu.test(text.language);

function hasParagraphs(text: AlignmentText): boolean {
  return text.segments.some((segment) => segment.paragraph !== text.segments[0]?.paragraph);
}

/** An anchor much weaker than the usual one is no fixed point. */
function dropStrays(anchors: readonly SentenceAnchor[]): readonly SentenceAnchor[] {
  const scores = anchors.map((anchor) => anchor.score).sort((one, other) => one - other);
  const median = scores[Math.floor(scores.length / 2)] ?? 0;
  return anchors.filter((anchor) => anchor.score >= 0.4 * median);
}

/**
 * Geometric mean of the ratio of the whole texts and that of anchored sentences as far as they agree, drawn to the
 * usual one in short texts.
 */
function estimateRatio(
  first: Float64Array,
  second: Float64Array,
  known: { anchors: readonly SentenceAnchor[]; usual: number },
): number {
  const sum = (lengths: Float64Array) => lengths.reduce((total, length) => total + length, 0);
  const guess = (one: number, other: number) => (other + RATIO_PRIOR * known.usual) / (one + RATIO_PRIOR);
  const whole = guess(sum(first), sum(second));
  let one = 0;
  let other = 0;
  for (const anchor of known.anchors) {
    one += first[anchor.first] ?? 0;
    other += second[anchor.second] ?? 0;
  }
  const anchored = known.anchors.length > 0 ? guess(one, other) : whole;
  // Where a part was left out on one side, the whole texts say nothing of the ratio any more.
  const stray = Math.abs(Math.log(whole / anchored));
  const trust = Math.min(1, Math.max(0, (SURE_STRAY - stray) / (SURE_STRAY - USUAL_STRAY))) / 2;
  return Math.exp(trust * Math.log(whole) + (1 - trust) * Math.log(anchored));
}
