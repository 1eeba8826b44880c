/** The operations of the glossary's HTTP API: where they are, what they take and answer. Words in the catalogue `api`. */
import type { z } from "zod";
import {
  additionInput,
  attestation,
  decisionInput,
  editInput,
  entryInput,
  filters,
  newEntryInput,
  relationEndInput,
  relationInput,
  remarkInput,
  rulesInput,
  seenInput,
  threadInput,
} from "../pages/glossary-input.ts";
import { findQuery, newsQuery } from "../pages/glossary-api.ts";
import * as answers from "./glossary-answers.ts";

export type Operation = {
  readonly method: "get" | "post" | "put";
  /** As OpenAPI writes it: parameters in braces. */
  readonly path: string;
  /** Its id, and the key of its words: `api:operation.<id>`. */
  readonly id: string;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** The request is a form with one file in the field `files`. */
  readonly takesFile?: true;
  readonly answer:
    | { readonly status: 200 | 201 | 202; readonly schema: z.ZodType }
    | { readonly status: 200; readonly mediaType: string }
    | { readonly status: 204 };
};

const project = "/api/p/{project}";
const entry = `${project}/glossary/{concept}`;
const wording = `${project}/terms/{term}`;
const ok = (schema: z.ZodType) => ({ status: 200, schema }) as const;

export const GLOSSARY_OPERATIONS: readonly Operation[] = [
  { method: "get", path: `${project}/glossary`, id: "list-entries", query: filters, answer: ok(answers.listAnswer) },
  { method: "get", path: `${project}/glossary-counts`, id: "count-entries", query: filters, answer: ok(answers.countsAnswer) },
  { method: "get", path: `${project}/glossary-find`, id: "find-wording", query: findQuery, answer: ok(answers.conceptsAnswer) },
  {
    ...{ method: "post", path: `${project}/glossary`, id: "create-entry", body: newEntryInput },
    answer: { status: 201, schema: answers.createdAnswer },
  },
  { method: "get", path: `${project}/glossary-export`, id: "export-entries", answer: ok(answers.exportAnswer) },
  {
    ...{ method: "get", path: "/p/{project}/glossary.csv", id: "export-csv" },
    answer: { status: 200, mediaType: "text/csv" },
  },
  { method: "get", path: entry, id: "get-entry", answer: ok(answers.entryAnswer) },
  { method: "put", path: entry, id: "change-entry", body: entryInput, answer: ok(answers.conceptAnswer) },
  { method: "post", path: `${entry}/terms`, id: "add-wording", body: additionInput, answer: ok(answers.termAnswer) },
  { method: "put", path: wording, id: "change-wording", body: editInput, answer: ok(answers.termAnswer) },
  { method: "post", path: `${wording}/status`, id: "decide", body: decisionInput, answer: ok(answers.decidedAnswer) },
  { method: "post", path: `${wording}/attestations`, id: "cite", body: attestation, answer: ok(answers.termAnswer) },
  { method: "post", path: `${entry}/undo`, id: "undo", answer: ok(answers.undoneAnswer) },
  { method: "get", path: `${entry}/history`, id: "list-decisions", answer: ok(answers.historyAnswer) },
  { method: "get", path: `${entry}/why`, id: "explain-entry", answer: ok(answers.whyAnswer) },
  { method: "get", path: `${entry}/relations`, id: "list-relations", answer: ok(answers.relationsAnswer) },
  { method: "post", path: `${entry}/relations`, id: "relate", body: relationInput, answer: ok(answers.relationsAnswer) },
  {
    ...{ method: "post", path: `${entry}/relations/end`, id: "end-relation", body: relationEndInput },
    answer: ok(answers.relationsAnswer),
  },
  { method: "get", path: `${entry}/comments`, id: "list-comments", answer: ok(answers.threadsAnswer) },
  {
    ...{ method: "post", path: `${entry}/comments`, id: "add-comment", body: remarkInput },
    answer: { status: 201, schema: answers.threadsAnswer },
  },
  {
    ...{ method: "post", path: `${entry}/comments/{thread}/state`, id: "settle-thread", body: threadInput },
    answer: ok(answers.threadsAnswer),
  },
  { method: "get", path: `${project}/glossary-news`, id: "list-news", query: newsQuery, answer: ok(answers.newsAnswer) },
  { method: "post", path: `${project}/glossary-news/seen`, id: "mark-seen", body: seenInput, answer: { status: 204 } },
  { method: "get", path: `${project}/vetting-rules`, id: "get-rules", answer: ok(answers.rulesAnswer) },
  { method: "put", path: `${project}/vetting-rules`, id: "set-rules", body: rulesInput, answer: ok(answers.rulesAnswer) },
  { method: "get", path: "/api/glossary-transitions", id: "list-transitions", answer: ok(answers.transitionsAnswer) },
];
