/** Rows of translation units to values and back. */
import type { InlineCode } from "../../model/interchange.ts";
import type { TranslationState, TranslationUnit } from "../../model/translation-unit.ts";
import type { ForeignParts, NewUnit, StoredUnit, UnitLink, UnitRevision } from "../memory-store.ts";
import type { Schema } from "../schema.ts";
import { parseJson } from "./rows.ts";

export type UnitRow = Schema["translation_unit"];

export const MAXIMAL_POSITION = 999_999_999;

/**
 * Ids rise with the position. Random ones would put the units of one transaction all over the index: with a million
 * units, writing 2,000 would rewrite nearly as many pages.
 */
export function toUnitId({ memoryId, position }: { readonly memoryId: string; readonly position: number }): string {
  return `${memoryId}.${String(position).padStart(String(MAXIMAL_POSITION).length, "0")}`;
}

/** The position that an id was made from. */
export function positionOf(unitId: string): number {
  return Number(unitId.slice(unitId.lastIndexOf(".") + 1));
}

export type UnitPlace = { readonly memoryId: string; readonly position: number; readonly importId?: string | undefined };

export function toUnitRow(unit: NewUnit, place: UnitPlace): UnitRow {
  return {
    id: toUnitId(place),
    memory_id: place.memoryId,
    position: place.position,
    origin_key: unit.originKey,
    source: unit.source,
    target: unit.target,
    source_language: unit.sourceLanguage,
    target_language: unit.targetLanguage,
    state: unit.state,
    previous: unit.previous ?? null,
    next: unit.next ?? null,
    author: unit.author ?? null,
    created_at: unit.createdAt ?? null,
    changed_at: unit.changedAt ?? null,
    document: unit.document ?? null,
    notes: unit.notes ? JSON.stringify(unit.notes) : null,
    properties: unit.properties ? JSON.stringify(unit.properties) : null,
    document_id: unit.link?.documentId ?? null,
    segment_id: unit.link?.segmentId ?? null,
    alignment_id: unit.link?.alignmentId ?? null,
    group_id: unit.link?.groupId ?? null,
    tuid: unit.tuid ?? null,
    source_codes: toCodesText(unit.sourceCodes),
    target_codes: toCodesText(unit.targetCodes),
    import_id: place.importId ?? null,
  };
}

function toCodesText(codes: readonly InlineCode[] | undefined): string | null {
  return codes && codes.length > 0 ? JSON.stringify(codes) : null;
}

type Content = TranslationUnit & ForeignParts;

/** The unit alone. Written out field by field: a million units pass here when an index is built. */
function toContent(row: UnitRow): Content {
  const unit: { -readonly [Key in keyof Content]: Content[Key] } = {
    id: row.id,
    source: row.source,
    target: row.target,
    sourceLanguage: row.source_language,
    targetLanguage: row.target_language,
    state: row.state as TranslationState,
  };
  if (row.previous !== null) unit.previous = row.previous;
  if (row.next !== null) unit.next = row.next;
  if (row.author !== null) unit.author = row.author;
  if (row.created_at !== null) unit.createdAt = row.created_at;
  if (row.changed_at !== null) unit.changedAt = row.changed_at;
  if (row.document !== null) unit.document = row.document;
  if (row.notes !== null) unit.notes = parseJson<string[]>(row.notes);
  if (row.properties !== null) unit.properties = parseJson<NonNullable<TranslationUnit["properties"]>>(row.properties);
  if (row.tuid !== null) unit.tuid = row.tuid;
  if (row.source_codes !== null) unit.sourceCodes = parseJson<InlineCode[]>(row.source_codes);
  if (row.target_codes !== null) unit.targetCodes = parseJson<InlineCode[]>(row.target_codes);
  return unit;
}

/** What the history keeps of a unit: enough to bring it back. */
export function toKeptUnit(row: UnitRow): UnitRevision["unit"] {
  const link = toLink(row);
  return {
    ...toContent(row),
    ...(Object.keys(link).length > 0 ? { link } : {}),
    ...(row.import_id === null ? {} : { importId: row.import_id }),
  };
}

function toLink(row: UnitRow): UnitLink {
  const link: { -readonly [Key in keyof UnitLink]: UnitLink[Key] } = {};
  if (row.document_id !== null) link.documentId = row.document_id;
  if (row.segment_id !== null) link.segmentId = row.segment_id;
  if (row.alignment_id !== null) link.alignmentId = row.alignment_id;
  if (row.group_id !== null) link.groupId = row.group_id;
  return link;
}

export function toUnit(row: UnitRow): StoredUnit {
  const place = { memoryId: row.memory_id, position: row.position, originKey: row.origin_key, link: toLink(row) };
  return Object.assign(toContent(row), place, row.import_id === null ? undefined : { importId: row.import_id });
}

const SAME_COLUMNS = [
  "source",
  "target",
  "source_language",
  "target_language",
  "state",
  "previous",
  "next",
  "author",
  "document",
  "notes",
  "properties",
  "document_id",
  "segment_id",
  "alignment_id",
  "group_id",
  "tuid",
  "source_codes",
  "target_codes",
] as const;

/** Nothing changed but perhaps the times: saving again is no event. */
export function isSameUnit(one: UnitRow, other: UnitRow): boolean {
  return SAME_COLUMNS.every((column) => one[column] === other[column]);
}

/** A line of the history. */
export function toRevision(row: Omit<Schema["unit_history"], "sequence">): UnitRevision {
  const { unit_id: unitId, origin_key: originKey, author, at } = row;
  const action = row.action as UnitRevision["action"];
  const { mergedInto, ...unit } = parseJson<UnitRevision["unit"] & Pick<UnitRevision, "mergedInto">>(row.unit);
  const step = row.step_id === null ? {} : { stepId: row.step_id };
  const merge = mergedInto === undefined ? {} : { mergedInto };
  return { unitId, originKey, action, unit, author, at, ...step, ...merge };
}
