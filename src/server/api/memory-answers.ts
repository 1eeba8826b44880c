/** What the interface of the memories answers, as schemas (see glossary-answers.ts). */
import { z } from "zod";

const text = z.string();
const optional = text.optional();
const count = z.int().min(0);
const instant = text.meta({ format: "date-time" });
const state = z.enum(["initial", "translated", "reviewed", "final"]);
const signed = { author: text, at: instant };

export const jobAnswer = z.object({ job: text });

const memory = z.object({
  ...{ id: text, projectId: text, name: text, priority: z.int(), penalty: count },
  ...{ readOnly: z.boolean(), isUsed: z.boolean(), createdAt: instant, changedAt: instant.optional() },
  ...{ unitCount: count.optional(), isLent: z.boolean().optional() },
});
export const memoriesAnswer = z.object({
  memories: z.array(memory.extend({ unitCount: count, projectName: optional })),
  trash: z.array(z.looseObject({ id: text, name: text, removedAt: instant })),
  attachable: z.array(z.looseObject({ id: text, name: text })),
});
/** A refusal that a person can do something about is an answer: `name-taken`, `name-missing`, `own-memory`. */
export const memoryAnswer = z.union([z.object({ memory }), z.object({ refused: text })]);

const facets = z.array(z.object({ value: text, count }));
const side = z.object({ characters: count, words: count, average: z.number(), longest: count, longestUnit: optional });
export const facetsAnswer = z.object({ documents: facets, authors: facets, states: facets, years: facets });
export const statisticsAnswer = facetsAnswer.extend({ units: count, repeated: count, source: side, target: side });

const link = z.object({ documentId: optional, segmentId: optional, alignmentId: optional, groupId: optional });
const codes = z.array(z.object({ at: count, xml: text })).optional();
const content = {
  ...{ id: text, source: text, target: text, sourceLanguage: text, targetLanguage: text, state },
  ...{ previous: optional, next: optional, author: optional, createdAt: instant.optional(), changedAt: instant.optional() },
  ...{ document: optional, notes: z.array(text).optional(), tuid: optional, sourceCodes: codes, targetCodes: codes },
  ...{ properties: z.array(z.object({ type: text, value: text })).optional(), importId: optional },
};
const storedUnit = z.object({ ...content, memoryId: text, position: count, originKey: text, link });
const keptUnit = z.object({ ...content, link: link.optional() });
const shownUnit = z.object({
  ...{ id: text, memoryId: text, source: text, target: text, state, codes: count, changedAt: instant.optional() },
  ...{ document: optional, author: optional, notes: z.array(text).optional(), address: optional },
});
const action = z.enum(["replace", "remove", "restore"]);
const revision = z.object({
  ...{ unitId: text, originKey: text, action, unit: keptUnit, mergedInto: optional, stepId: optional, ...signed },
});

export const unitsAnswer = z.object({ units: z.array(shownUnit) });
export const countAnswer = z.object({ count });
export const historyAnswer = z.object({ unit: storedUnit, revisions: z.array(revision) });
export const previewAnswer = z.object({
  ...{ changed: count, looked: count, readOnly: count, isComplete: z.boolean() },
  first: z.array(z.object({ before: shownUnit, after: shownUnit.optional() })),
});

const group = z.object({
  ...{ position: count, kind: text, similarity: z.number().optional() },
  ...{ units: z.array(shownUnit), more: count, keep: text },
});
const run = z.object({
  ...{ id: text, projectId: text, createdAt: instant, memoryIds: z.array(text), memoryVersion: count, unitCount: count },
  groups: z.record(text, count),
});
export const duplicatesAnswer = z.discriminatedUnion("state", [
  z.object({ state: z.literal("none") }),
  z.object({ state: z.literal("found"), run, isStale: z.boolean(), total: count, groups: z.array(group) }),
]);

const step = z.looseObject({ id: text, projectId: text, kind: text, ...signed });
export const stepsAnswer = z.object({
  items: z.array(step.extend({ isUndone: z.boolean(), isHalfUndone: z.boolean(), last: step.optional() })),
  total: count,
});
export const changesAnswer = z.object({
  changes: z.array(z.object({ action, before: keptUnit, now: storedUnit.optional(), isMerged: z.boolean() })),
});

const mark = z.object({ start: count, end: count, kind: z.enum(["found", "hint"]), hint: count.optional() });
const sideText = z.object({
  text,
  marks: z.array(mark),
  changes: z.array(z.object({ kind: text, text })).optional(),
});
const hit = z.object({
  ...{ id: text, memory: text, document: optional, author: optional, day: optional, state: text, address: text },
  ...{ source: sideText, target: sideText, distance: count.optional() },
});
const hint = z.object({
  ...{ term: text, text, language: text, conceptId: optional, status: optional, seen: count.optional() },
});
const counts = z.array(z.looseObject({ count }));
export const concordanceAnswer = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("reading"), done: count, total: count }),
  z.object({
    ...{ kind: z.literal("found"), end: optional, share: z.number(), searched: count.optional(), units: count, total: count },
    ...{ offset: count, rows: z.array(hit) },
    counts: z.object({ memories: counts, documents: counts, authors: counts, states: counts }),
    hints: z.object({ source: z.array(hint), target: z.array(hint) }),
  }),
]);

const amount = z.object({ segments: count, words: count, characters: count, asianCharacters: count, otherWords: count });
const analysed = z.looseObject({ total: amount });
export const analysisAnswer = z.discriminatedUnion("state", [
  z.object({ state: z.literal("none") }),
  z.object({
    ...{ state: z.literal("ready"), id: text, madeAt: instant, documentIds: z.array(text), memories: z.array(text) },
    ...{ isInternalCounted: z.boolean(), milliseconds: count },
    analysis: z.object({ texts: z.array(analysed.extend({ name: text })), total: analysed }),
  }),
]);

export const pretranslationAnswer = z.object({ rows: count });
export const rowsAnswer = z.object({ rows: z.array(z.looseObject({ id: text })) });
