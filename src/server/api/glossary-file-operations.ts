/** The operations on glossary files and on evidence: import with its preview, export in any format, renderings found. */
import { z } from "zod";
import { TAKEN_EVIDENCE } from "../pages/evidence.ts";
import { exportWish } from "../pages/glossary-export.ts";
import { acceptance, importReading } from "../pages/glossary-import.ts";
import { STATUSES } from "../../workflow/glossary.ts";
import { GLOSSARY_OPERATIONS } from "./glossary-operations.ts";
import type { Operation } from "./glossary-operations.ts";

const text = z.string();
const optional = text.optional();
const count = z.int().min(0);
const status = z.enum(STATUSES);

const diagnostic = z.object({
  code: text,
  severity: z.enum(["error", "warning", "information"]),
  line: count.optional(),
  column: count.optional(),
  values: z.record(text, z.union([text, z.number()])).optional(),
});
const table = z.object({
  hasHeader: z.boolean(),
  header: z.array(text),
  columns: z.array(text),
  sample: z.array(z.array(text)),
});
const facts = z.object({
  format: text,
  dialect: optional,
  encoding: optional,
  delimiter: optional,
  sheets: z.array(text).optional(),
  sheet: optional,
  table: table.optional(),
});
const change = z.object({
  kind: z.enum(["add", "content", "status"]),
  text,
  language: text,
  before: status.optional(),
  after: status.optional(),
  citations: count,
});
const previewRow = z.object({
  kind: z.enum(["new", "unchanged", "changed", "conflicting"]),
  headword: text,
  language: text,
  renderings: z.array(z.object({ text, language: text, status })),
  stored: z.array(text),
  changes: z.array(change),
  ownChanges: count,
});
const previewAnswer = z.object({
  counts: z.object({ new: count, unchanged: count, changed: count, conflicting: count }),
  rows: z.array(previewRow),
  diagnostics: z.array(diagnostic),
  hasErrors: z.boolean(),
  facts: facts.optional(),
});
const summaryAnswer = z.object({
  at: text.meta({ format: "date-time" }),
  added: count,
  changed: count,
  unchanged: count,
  left: z.array(z.object({ text, code: text })),
});

const span = z.object({ start: count, end: count });
const unit = z.object({
  ...{ id: text, source: text, target: text, memory: text, number: z.int().min(1).optional(), confirmed: z.boolean() },
  ...{ document: optional, documentId: optional, body: optional, date: optional },
  ...{ targetDocument: optional, targetBody: optional, targetDate: optional },
  ...{ alignmentId: optional, groupId: optional, segmentId: optional },
});
const line = z.object({
  text,
  term: text,
  forms: z.array(text),
  count,
  confidence: z.number().min(0).max(1),
  under: optional,
  standing: z.object({ termId: text, status }).optional(),
  sightings: z.array(z.object({ unit, sourceSpan: span, targetSpan: span })),
});
const evidenceAnswer = z.object({
  state: z.enum(["none", "unread", "ready"]),
  madeAt: text.meta({ format: "date-time" }).optional(),
  isOld: z.boolean(),
  read: count,
  units: count,
  lines: z.array(line),
  fresh: z.array(z.object({ unit, sourceSpan: span })),
  running: z.looseObject({ id: text }).optional(),
});

const project = "/api/p/{project}";
const imports = `${project}/glossary-imports`;
const evidence = `${project}/glossary/{concept}/evidence`;

const FILE_OPERATIONS: readonly Operation[] = [
  {
    ...{ method: "post", path: imports, id: "send-glossary", takesFile: true },
    answer: { status: 201, schema: z.object({ id: text, address: text }) },
  },
  {
    ...{ method: "get", path: `${imports}/{import}`, id: "preview-import" },
    answer: { status: 200, schema: previewAnswer },
  },
  {
    ...{ method: "post", path: `${imports}/{import}/reading`, id: "read-otherwise", body: importReading },
    answer: { status: 204 },
  },
  {
    ...{ method: "post", path: `${imports}/{import}/accept`, id: "accept-import", body: acceptance },
    answer: { status: 200, schema: summaryAnswer },
  },
  { method: "post", path: `${imports}/{import}/discard`, id: "discard-import", answer: { status: 204 } },
  {
    ...{ method: "get", path: "/p/{project}/glossary-export/file", id: "export-file", query: exportWish },
    answer: { status: 200, mediaType: "application/octet-stream" },
  },
  { method: "get", path: evidence, id: "list-evidence", answer: { status: 200, schema: evidenceAnswer } },
  {
    ...{ method: "post", path: evidence, id: "take-evidence", body: TAKEN_EVIDENCE },
    answer: { status: 200, schema: z.object({ kind: text, term: text }) },
  },
  {
    ...{ method: "post", path: `${project}/renderings/runs`, id: "look-for-renderings" },
    answer: { status: 202, schema: z.object({ job: text }) },
  },
];

/** The glossary as programs use it: its entries, its files, its evidence. */
export const GLOSSARY_API: readonly Operation[] = [...GLOSSARY_OPERATIONS, ...FILE_OPERATIONS];
