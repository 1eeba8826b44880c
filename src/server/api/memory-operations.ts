/** The operations on memories: their units, duplicates, steps, concordance, analysis, pre-translation. Words in `api`. */
import { z } from "zod";
import { analysisInput } from "../pages/analysis.ts";
import { question } from "../pages/concordance.ts";
import { filterFields, mergeInput, pageInput, settingsInput } from "../pages/memory-input.ts";
import { editing, groupPage, searching } from "../pages/memory-units.ts";
import { lendInput, stepListing, undoInput } from "../pages/memory.ts";
import { pretranslationInput } from "../pages/translate-memory.ts";
import type { Operation } from "./glossary-operations.ts";
import * as answers from "./memory-answers.ts";

const project = "/api/p/{project}";
const memory = `${project}/memories/{memory}`;
const pretranslation = `${project}/documents/{document}/pretranslation`;
const ok = (schema: z.ZodType) => ({ status: 200, schema }) as const;
const asJob = { status: 202, schema: answers.jobAnswer } as const;

export const MEMORY_OPERATIONS: readonly Operation[] = [
  { method: "get", path: `${project}/memories`, id: "list-memories", answer: ok(answers.memoriesAnswer) },
  {
    ...{ method: "post", path: `${project}/memories`, id: "create-memory", body: settingsInput },
    answer: ok(answers.memoryAnswer),
  },
  { method: "post", path: `${project}/memories/lend`, id: "lend-memory", body: lendInput, answer: ok(answers.memoryAnswer) },
  { method: "post", path: memory, id: "change-memory", body: settingsInput, answer: ok(answers.memoryAnswer) },
  { method: "post", path: `${memory}/remove`, id: "remove-memory", answer: ok(answers.memoryAnswer) },
  { method: "post", path: `${memory}/restore`, id: "restore-memory", answer: ok(answers.memoryAnswer) },
  { method: "get", path: `${memory}/statistics`, id: "measure-memory", answer: ok(answers.statisticsAnswer) },
  {
    ...{ method: "get", path: "/p/{project}/memories/{memory}/tmx", id: "export-memory" },
    answer: { status: 200, mediaType: "application/xml" },
  },
  {
    ...{ method: "get", path: `${project}/units`, id: "list-units" },
    query: z.object({ ...filterFields.shape, ...pageInput.shape }),
    answer: ok(answers.unitsAnswer),
  },
  { method: "get", path: `${project}/units/count`, id: "count-units", query: filterFields, answer: ok(answers.countAnswer) },
  { method: "get", path: `${project}/units/facets`, id: "list-unit-facets", answer: ok(answers.facetsAnswer) },
  { method: "get", path: `${project}/units/{unit}/history`, id: "list-unit-history", answer: ok(answers.historyAnswer) },
  { method: "post", path: `${project}/units/preview`, id: "preview-edit", body: editing, answer: ok(answers.previewAnswer) },
  { method: "post", path: `${project}/units/edit`, id: "edit-units", body: editing, answer: asJob },
  {
    ...{ method: "get", path: `${project}/duplicates`, id: "list-duplicates", query: groupPage },
    answer: ok(answers.duplicatesAnswer),
  },
  { method: "post", path: `${project}/duplicates/search`, id: "look-for-duplicates", body: searching, answer: asJob },
  { method: "post", path: `${project}/duplicates/merge`, id: "merge-duplicates", body: mergeInput, answer: asJob },
  {
    ...{ method: "get", path: `${project}/memory-steps`, id: "list-memory-steps", query: stepListing },
    answer: ok(answers.stepsAnswer),
  },
  { method: "get", path: `${project}/memory-steps/{step}/changes`, id: "list-changes", answer: ok(answers.changesAnswer) },
  { method: "post", path: `${project}/memory-steps/{step}/undo`, id: "undo-memory-step", body: undoInput, answer: asJob },
  {
    ...{ method: "get", path: `${project}/concordance`, id: "search-concordance", query: question },
    answer: ok(answers.concordanceAnswer),
  },
  { method: "get", path: `${project}/analysis`, id: "get-analysis", answer: ok(answers.analysisAnswer) },
  { method: "post", path: `${project}/analysis`, id: "analyse", body: analysisInput, answer: asJob },
  { method: "get", path: pretranslation, id: "get-pretranslation", answer: ok(answers.pretranslationAnswer) },
  { method: "post", path: pretranslation, id: "pretranslate", body: pretranslationInput, answer: asJob },
  { method: "post", path: `${pretranslation}/undo`, id: "undo-pretranslation", answer: ok(answers.rowsAnswer) },
];
