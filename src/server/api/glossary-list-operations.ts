/** The operations of the list of the glossary: what is found, one step on many entries, sources. Words in `api`. */
import { z } from "zod";
import { bulkInput, sourceInput, undoInput } from "../pages/glossary-bulk.ts";
import { fillQuery, filters } from "../pages/glossary-input.ts";
import { source } from "./glossary-answers.ts";
import type { Operation } from "./glossary-operations.ts";

const text = z.string();
const count = z.int().min(0);
const counts = z.record(text, count);
const project = "/api/p/{project}";

const facetsAnswer = z.object({
  ...{ all: count, status: counts, kind: counts, class: counts, domain: counts, level: counts, source: counts },
});
const bulkAnswer = z.object({
  ...{ done: z.array(text), waiting: count, at: text.meta({ format: "date-time" }) },
  refused: z.array(z.object({ conceptId: text, text, code: text, reason: text })),
});

const place = z.object({ before: text, found: text, after: text, paragraph: count });
const usesAnswer = z.object({
  ...{ count, read: count },
  documents: z.array(
    z.object({
      ...{ id: text, title: text, date: text.optional(), body: text.optional(), language: text },
      ...{ side: z.enum(["source", "target"]), count, line: place },
    }),
  ),
});
const piece = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("text"), text }),
  z.object({ kind: z.literal("filled"), slot: text, filler: text, term: z.looseObject({ id: text, text }) }),
  z.object({ kind: z.literal("open"), slot: text, filler: text.optional() }),
]);
const fillAnswer = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("filled"),
    fillings: z.array(z.object({ termId: text, source: text, pieces: z.array(piece) })),
  }),
  z.object({ kind: z.literal("not-this-frame") }),
]);

export const GLOSSARY_LIST_OPERATIONS: readonly Operation[] = [
  {
    ...{ method: "get", path: `${project}/glossary/{concept}/fill`, id: "fill-frame", query: fillQuery },
    answer: { status: 200, schema: fillAnswer },
  },
  {
    ...{ method: "get", path: `${project}/glossary/{concept}/uses`, id: "list-uses" },
    answer: { status: 200, schema: usesAnswer },
  },
  {
    ...{ method: "get", path: `${project}/glossary-facets`, id: "count-traits", query: filters },
    answer: { status: 200, schema: facetsAnswer },
  },
  {
    ...{ method: "get", path: `${project}/glossary-ids`, id: "list-entry-ids", query: filters },
    answer: { status: 200, schema: z.object({ ids: z.array(text) }) },
  },
  {
    ...{ method: "get", path: `${project}/glossary-sources`, id: "list-sources" },
    answer: { status: 200, schema: z.object({ sources: z.array(source) }) },
  },
  {
    ...{ method: "put", path: `${project}/glossary-sources/{source}`, id: "change-source", body: sourceInput },
    answer: { status: 200, schema: z.object({ source }) },
  },
  {
    ...{ method: "post", path: `${project}/glossary-bulk`, id: "change-entries", body: bulkInput },
    answer: { status: 200, schema: bulkAnswer },
  },
  {
    ...{ method: "post", path: `${project}/glossary-bulk/undo`, id: "undo-entries", body: undoInput },
    answer: { status: 200, schema: bulkAnswer },
  },
];
