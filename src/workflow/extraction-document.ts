import type { Document } from "../model/document.ts";
import type { ExtractionDocument } from "../model/formulation.ts";

/** Paragraphs keep their numbers: one that was excluded is there, but empty. */
export function toExtractionDocument(document: Document, id: string = document.id): ExtractionDocument {
  return {
    id,
    title: document.title,
    ...(document.date === undefined ? {} : { date: document.date }),
    ...(document.body === undefined ? {} : { body: document.body }),
    paragraphs: document.paragraphs.map((paragraph) => (paragraph.exclusion === undefined ? paragraph.text : "")),
  };
}
