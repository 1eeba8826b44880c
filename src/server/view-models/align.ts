/** An alignment as the page takes it: texts once, in order, and rows that say how many of them they hold. */
import type { AlignmentGroup } from "../../model/alignment.ts";
import { openPairFinder } from "../../workflow/alignment-terms.ts";
import type { PairFinder } from "../../workflow/alignment-terms.ts";
import type { Application } from "../../workflow/application.ts";
import { readStepName } from "../../workflow/alignment-steps.ts";
import type { StepName } from "../../workflow/alignment-steps.ts";
import { findSentences, getDocument } from "../../workflow/alignment-texts.ts";
import type { AlignedSentence, SentenceChange, SideName } from "../../workflow/alignment-texts.ts";
import { startTurns } from "../../workflow/take-turns.ts";
import type { AlignmentChange, AlignmentNews, MarkRun, OpenAlignment, StoredAlignment } from "../../workflow/alignments.ts";

/** `source` and `target` count sentences: the order of a side never changes, so counts are enough. */
export type ShownGroup = Omit<AlignmentGroup, "source" | "target"> & { readonly source: number; readonly target: number };
/** An entry of the glossary with an approved rendering, and where a wording of it stands. */
export type ShownTerm = readonly [entry: string, start: number, end: number];
export type ShownSentence = {
  readonly text: string;
  readonly paragraph: number;
  readonly change?: SentenceChange;
  readonly terms?: readonly ShownTerm[];
};
/** `start` counts the sentences of the side from the top. */
export type ShownSentences = { readonly start: number; readonly removed: number; readonly inserted: readonly ShownSentence[] };
export type ShownChange = {
  readonly start: number;
  readonly removed: number;
  /** Nothing when there are marks: then the rows stay, and are marked in turn. */
  readonly inserted: readonly ShownGroup[];
  readonly marks?: readonly MarkRun[];
  readonly sentences?: Readonly<Partial<Record<SideName, ShownSentences>>>;
};
export type ShownStep = StepName;

export type ShownSide = {
  readonly title: string;
  readonly language: string;
  readonly date: string | undefined;
  readonly body: string | undefined;
  readonly texts: readonly string[];
  /** Position of each sentence's paragraph in its document. */
  readonly paragraphs: readonly number[];
  /** By the place of the sentence: those that a person split, joined or edited. */
  readonly changes: Readonly<Record<number, SentenceChange>>;
};

/** By the place of the sentence: wordings of approved pairs. They come after the rows, which do not wait for a large glossary. */
type TermsBySentence = Readonly<Record<number, readonly ShownTerm[]>>;
export type ShownTerms = { readonly revision: number; readonly source: TermsBySentence; readonly target: TermsBySentence };

export type ShownHead = {
  readonly revision: number;
  readonly changedAt: string;
  readonly undo: ShownStep | undefined;
  readonly redo: ShownStep | undefined;
};

export type ShownAlignment = ShownHead & {
  readonly source: ShownSide;
  readonly target: ShownSide;
  readonly groups: readonly ShownGroup[];
};

export type ShownNews = ShownHead & {
  readonly change: ShownChange | undefined;
  readonly steps: readonly (ShownStep & { readonly author: string; readonly at: string; readonly kind: string })[];
};

export function showAlignment({ alignment, source, target }: OpenAlignment): ShownAlignment {
  return {
    ...showHead(alignment),
    source: showSide(source),
    target: showSide(target),
    groups: alignment.state.groups.map(showGroup),
  };
}

export async function showTerms(application: Application, { alignment, source, target }: OpenAlignment): Promise<ShownTerms> {
  const finder = await openFinder(application, { alignment, source: source.document.language, target: target.document.language });
  return {
    revision: alignment.revision,
    source: await findTerms(source.texts, finder.find.source),
    target: await findTerms(target.texts, finder.find.target),
  };
}

function openFinder(
  application: Application,
  given: { readonly alignment: StoredAlignment; readonly source: string; readonly target: string },
): Promise<PairFinder> {
  return openPairFinder(application, given.alignment.projectId, given);
}

async function findTerms(texts: readonly string[], find: PairFinder["find"]["source"]): Promise<TermsBySentence> {
  const terms: Record<number, readonly ShownTerm[]> = {};
  const turns = startTurns();
  for (const [at, text] of texts.entries()) {
    if (turns.isOver()) await turns.next();
    const found = find(text);
    if (found.length > 0) terms[at] = found.map(showTerm);
  }
  return terms;
}

function showSide({ document, sentences, texts }: OpenAlignment["source"]): ShownSide {
  const { title, language, date, body } = document;
  return {
    title,
    language,
    date,
    body,
    texts,
    paragraphs: sentences.map(({ paragraph }) => paragraph),
    changes: Object.fromEntries(sentences.flatMap(({ change }, at) => (change ? [[at, change]] : []))),
  };
}

const showTerm = ({ entry, start, end }: { readonly entry: string; readonly start: number; readonly end: number }): ShownTerm => [
  entry,
  start,
  end,
];

function showSentence({ text, paragraph, change }: AlignedSentence, find: PairFinder["find"]["source"]): ShownSentence {
  const terms = find(text).map(showTerm);
  return { text, paragraph, ...(change ? { change } : {}), ...(terms.length > 0 ? { terms } : {}) };
}

export function showHead({ revision, changedAt, undo, redo }: StoredAlignment): ShownHead {
  return {
    revision,
    changedAt,
    undo: undo === undefined ? undefined : readStepName(undo),
    redo: redo === undefined ? undefined : readStepName(redo),
  };
}

export async function showChange(
  application: Application,
  alignment: StoredAlignment,
  { start, removed, inserted, marks, sentences }: AlignmentChange,
): Promise<ShownChange> {
  if (marks) return { start, removed, inserted: [], marks };
  const groups = { start, removed, inserted: inserted.map(showGroup) };
  if (!sentences) return groups;
  const shown: Partial<Record<SideName, ShownSentences>> = {};
  const [source, target] = await Promise.all(
    [alignment.sourceDocumentId, alignment.targetDocumentId].map((id) => getDocument(application, id)),
  );
  const languages = { source: source?.language ?? "zh", target: target?.language ?? "en" };
  const finder = await openFinder(application, { alignment, ...languages });
  for (const side of ["source", "target"] as const) {
    const change = sentences[side];
    if (!change) continue;
    const found = await findSentences(application, { alignment, side, ids: change.inserted });
    shown[side] = {
      start: change.start,
      removed: change.removed,
      inserted: found.sentences.map((sentence) => showSentence(sentence, finder.find[side])),
    };
  }
  return { ...groups, sentences: shown };
}

export async function showNews(application: Application, { alignment, change, steps }: AlignmentNews): Promise<ShownNews> {
  return {
    ...showHead(alignment),
    change: change && (await showChange(application, alignment, change)),
    steps: steps.map(({ name, author, at, kind }) => ({ ...readStepName(name), author, at, kind })),
  };
}

function showGroup(group: AlignmentGroup): ShownGroup {
  return {
    ...group,
    source: group.source.length,
    target: group.target.length,
    confidence: Math.round(group.confidence * 1000) / 1000,
  };
}
