/** Units of memories as evidence: their texts in the direction of the project, and what is needed to cite them. */
import type { MinedUnit } from "../model/rendering.ts";
import type { DocumentSummary } from "../storage/document-store.ts";
import type { StoredUnit } from "../storage/memory-store.ts";
import { mainLanguage } from "./glossary.ts";
import { importedNumber } from "./import-memory.ts";

type Direction = { readonly from: string; readonly to: string };
type Texts = { readonly source: string; readonly target: string };

/** The texts in the direction of the project, also of a memory that was made the other way round. */
export function orient(unit: StoredUnit, { from, to }: Direction): Texts | undefined {
  const [one, two] = [mainLanguage(unit.sourceLanguage), mainLanguage(unit.targetLanguage)];
  if (one === from && two === to) return { source: unit.source, target: unit.target };
  return one === to && two === from ? { source: unit.target, target: unit.source } : undefined;
}

type Surroundings = {
  readonly memory: string;
  readonly documents: ReadonlyMap<string, DocumentSummary>;
  readonly targets: ReadonlyMap<string, DocumentSummary | undefined>;
};

export function describeUnit(unit: StoredUnit, texts: Texts, { memory, documents, targets }: Surroundings): MinedUnit {
  const { documentId, segmentId, alignmentId, groupId } = unit.link;
  const document = documentId === undefined ? undefined : documents.get(documentId);
  const target = alignmentId === undefined ? undefined : targets.get(alignmentId);
  const name = document?.title ?? unit.document;
  const number = importedNumber(unit.originKey);
  return {
    id: unit.id,
    ...texts,
    memory,
    confirmed: unit.state !== "initial",
    ...(number === undefined ? {} : { number }),
    ...(name === undefined ? {} : { document: name }),
    ...(document?.body === undefined ? {} : { body: document.body }),
    ...(document?.date === undefined ? {} : { date: document.date }),
    ...(target === undefined ? {} : { targetDocument: target.title }),
    ...(target?.body === undefined ? {} : { targetBody: target.body }),
    ...(target?.date === undefined ? {} : { targetDate: target.date }),
    ...(documentId === undefined ? {} : { documentId }),
    ...(segmentId === undefined ? {} : { segmentId }),
    ...(alignmentId === undefined ? {} : { alignmentId }),
    ...(groupId === undefined ? {} : { groupId }),
  };
}
