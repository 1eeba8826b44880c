/** The operations on alignments: made, opened, followed, edited step by step, exported, imported. Words in `api`. */
import { z } from "zod";
import { basedInput, pairInput, realignInput, stepInput } from "../pages/align.ts";
import { acceptanceInput, exportWish } from "../pages/alignment-files.ts";
import { presenceInput } from "../pages/alignment-live.ts";
import type { Operation } from "./glossary-operations.ts";

const text = z.string();
const count = z.int().min(0);
const project = "/api/p/{project}";
const alignment = `${project}/alignments/{alignment}`;
const imports = `${project}/alignment-imports`;

const head = { revision: count, changedAt: text.meta({ format: "date-time" }) };
/** Counts of sentences: the order of a side never changes. */
const group = z.looseObject({ id: text, source: count, target: count });
const change = z.looseObject({ start: count, removed: count, inserted: z.array(group) });
const side = z.looseObject({ title: text, language: text, texts: z.array(text), paragraphs: z.array(count) });
const openAnswer = z.looseObject({ ...head, source: side, target: side, groups: z.array(group) });
/** By the place of the sentence on its side: an entry of the glossary, and where a wording of it starts and ends. */
const termsBySentence = z.record(text, z.array(z.tuple([text, count, count])));
const termsAnswer = z.object({ revision: count, source: termsBySentence, target: termsBySentence });
const newsAnswer = z.looseObject(head);
/** What cannot be done is an answer: the row stays as it is. */
const stepAnswer = z.union([z.looseObject({ ...head, change }), z.object({ refusal: text })]);
const jobAnswer = z.object({ job: text });
const sinceQuery = z.object({ since: z.coerce.number().int().min(0) });
const ok = (schema: z.ZodType) => ({ status: 200, schema }) as const;

export const ALIGNMENT_OPERATIONS: readonly Operation[] = [
  {
    ...{ method: "post", path: `${project}/alignments`, id: "align", body: pairInput },
    answer: { status: 202, schema: z.union([jobAnswer, z.object({ alignment: text })]) },
  },
  { method: "get", path: alignment, id: "get-alignment", answer: ok(openAnswer) },
  { method: "get", path: `${alignment}/terms`, id: "list-alignment-terms", answer: ok(termsAnswer) },
  {
    ...{ method: "get", path: `${alignment}/changes`, id: "list-alignment-changes", query: sinceQuery },
    answer: ok(newsAnswer),
  },
  { method: "post", path: `${alignment}/steps`, id: "edit-alignment", body: stepInput, answer: ok(stepAnswer) },
  { method: "post", path: `${alignment}/undo`, id: "undo-alignment-step", body: basedInput, answer: ok(stepAnswer) },
  { method: "post", path: `${alignment}/redo`, id: "redo-alignment-step", body: basedInput, answer: ok(stepAnswer) },
  {
    ...{ method: "post", path: `${alignment}/realign`, id: "realign", body: realignInput },
    answer: { status: 202, schema: z.union([jobAnswer, z.object({ refusal: text })]) },
  },
  { method: "post", path: `${alignment}/here`, id: "say-where", body: presenceInput, answer: { status: 204 } },
  {
    ...{ method: "get", path: `${alignment}/export`, id: "preview-alignment-export", query: exportWish },
    answer: ok(z.object({ name: text, count, size: count, losses: z.array(z.unknown()) })),
  },
  {
    ...{ method: "post", path: `${alignment}/undo-import`, id: "undo-alignment-import" },
    answer: ok(z.union([z.object({ kept: z.array(text) }), z.object({ refusal: text })])),
  },
  { method: "post", path: `${alignment}/redo-import`, id: "redo-alignment-import", answer: { status: 204 } },
  {
    ...{ method: "post", path: imports, id: "send-alignment", takesFile: true },
    answer: { status: 201, schema: z.object({ address: text }) },
  },
  {
    ...{ method: "post", path: `${imports}/{import}/accept`, id: "accept-alignment", body: acceptanceInput },
    answer: { status: 201, schema: z.object({ address: text }) },
  },
  { method: "post", path: `${imports}/{import}/discard`, id: "discard-alignment", answer: { status: 204 } },
];
