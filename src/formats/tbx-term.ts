/** One term of a TBX file (termSec, tig, ntig) with what is said of it. See tbx.ts for the policy. */
import type { Attestation, Term, TermStatus, TermType } from "../model/concept.ts";
import type { LanguageTag } from "../model/span.ts";
import { readFields } from "./field-list.ts";
import { MATCHING, STATUSES, TERM_TYPES, USAGES } from "./glossary-columns.ts";
import { defaultMatching } from "./glossary-rows.ts";
import { mainLanguage } from "./language-tag.ts";
import { NOTE, readAdministrativeStatus, readTermType } from "./tbx-dialect.ts";
import { checkCategory, plainNote } from "./tbx-reading.ts";
import type { TbxReading } from "./tbx-reading.ts";
import type { TbxNode } from "./tbx-tree.ts";

type Draft = {
  /** Of the section; a note of ours may name another for the term, which XML did not take. */
  language: LanguageTag;
  text?: string;
  status?: TermStatus;
  termType?: TermType;
  matching?: Term["matching"];
  usage?: Term["usage"];
  partOfSpeech?: string;
  validFrom?: string;
  validUntil?: string;
  readonly notes: string[];
  readonly attestations: Attestation[];
};

/** `isSource`: the term is in the working language, and so is a quotation that stands with it. */
type TermReading = TbxReading & { readonly isSource: boolean };

/** Undefined, and reported, when there is no text. */
export function readTerm(
  reading: TbxReading,
  { language, holder }: { readonly language: LanguageTag; readonly holder: TbxNode },
): Omit<Term, "id"> | undefined {
  const { report, defaultStatus } = reading;
  const draft: Draft = { language, notes: [], attestations: [] };
  describeTerm({ ...reading, isSource: mainLanguage(language) === mainLanguage(reading.sourceLanguage) }, draft, holder.children);
  const { text, notes, attestations, ...rest } = draft;
  if (text === undefined) {
    report.error("tbx-term-missing", holder);
    return undefined;
  }
  // The schema takes an empty term, and tools write them; there is nothing to keep.
  if (text.trim() === "") {
    report.tell("warning", "tbx-term-empty", holder, {});
    return undefined;
  }
  return {
    ...rest,
    text,
    status: draft.status ?? defaultStatus,
    termType: draft.termType ?? "fullForm",
    matching: draft.matching ?? defaultMatching(draft.language),
    ...(notes.length > 0 ? { note: notes.join("\n") } : {}),
    attestations,
  } as Omit<Term, "id">;
}

function describeTerm(reading: TermReading, draft: Draft, nodes: readonly TbxNode[]): void {
  for (const node of nodes) {
    if (node.name === "term" && node.module === "core") draft.text ??= reading.textOf(node);
    else if (node.name === "termGrp" || node.name === "termNoteGrp" || node.name === "adminGrp") {
      describeTerm(reading, draft, node.children);
    } else if (node.name === "descripGrp") readDescription(reading, draft, node);
    else describe(reading, draft, node);
  }
}

function describe(reading: TermReading, draft: Draft, node: TbxNode): void {
  const { report, textOf, isOwn } = reading;
  if (node.name === "note" && isOwn && readOwnNote(draft, node.text)) return;
  checkCategory(reading, node);
  const text = textOf(node);
  const category = node.category ?? node.name;
  if (node.name === "transacGrp" || node.name === "transac") {
    for (const child of node.children) checkCategory(reading, child);
    report.tell("information", "tbx-transactions-left-out", node, {});
    return;
  }
  if (text === "" && node.attributes["target"] === undefined) return;
  switch (category) {
    case "administrativeStatus":
    case "usageStatus":
      return readStatus(reading, draft, node);
    case "partOfSpeech":
      draft.partOfSpeech = text;
      return;
    case "termType": {
      const type = readTermType(text);
      if (type) draft.termType = type;
      else keepInNote(reading, draft, node);
      return;
    }
    case "source":
    case "sourceIdentifier":
      draft.attestations.push({ source: text });
      return;
    case "context":
      return addQuotation(reading, draft, { text, source: undefined, left: [] });
    case "externalCrossReference": {
      const place = node.attributes["target"];
      draft.attestations.push({ source: text || (place ?? ""), ...(place ? { place } : {}) });
      return;
    }
    case "note":
      draft.notes.push(plainNote(text));
      return;
    default:
      keepInNote(reading, draft, node);
  }
}

function keepInNote({ report, textOf }: TermReading, draft: Draft, node: TbxNode): void {
  const category = node.category ?? node.name;
  const inner = [textOf(node), ...node.children.map(textOf)].filter((each) => each !== "").join(" ");
  const target = node.attributes["target"];
  draft.notes.push(`${category}: ${target ? `${inner} ${target}`.trim() : inner}`);
  report.tell("information", "tbx-kept-in-note", node, { category });
}

function readStatus(reading: TermReading, draft: Draft, node: TbxNode): void {
  const text = reading.textOf(node);
  const status = readAdministrativeStatus(text);
  if (status) draft.status ??= status;
  else reading.report.error("tbx-status-unknown", node, { value: text.slice(0, 200) });
}

/** A context with its source is a citation; a definition or other description goes to the note. */
function readDescription(reading: TermReading, draft: Draft, group: TbxNode): void {
  const { textOf, isOwn } = reading;
  const context = group.children.find(({ category }) => category === "context");
  if (!context) {
    describeTerm(reading, draft, group.children);
    return;
  }
  let source: string | undefined;
  const left: (readonly [string, string])[] = [];
  const others: TbxNode[] = [];
  for (const child of group.children) {
    checkCategory(reading, child);
    if (child === context) continue;
    const isSource = child.category === "source" || child.category === "sourceIdentifier";
    if (isSource && source === undefined) source = textOf(child);
    else if (child.name === "note" && isOwn && child.text.startsWith(NOTE.source)) {
      left.push(...(readFields(child.text.slice(NOTE.source.length)) ?? []));
    } else others.push(child);
  }
  addQuotation(reading, draft, { text: textOf(context), source, left });
  for (const other of others) describe(reading, draft, other);
}

/** A quotation nobody is named for is a note. */
function addQuotation(
  { isSource }: TermReading,
  draft: Draft,
  { text, source, left }: { text: string; source: string | undefined; left: readonly (readonly [string, string])[] },
): void {
  if (source === undefined || source === "") {
    draft.notes.push(text);
    return;
  }
  const quotation = text === "" ? {} : isSource ? { sourceQuotation: text } : { targetQuotation: text };
  draft.attestations.push({ source, ...quotation, ...citationFields(left) });
}

function citationFields(fields: readonly (readonly [string, string])[]): Omit<Attestation, "source"> {
  const named = ["place", "date", "sourceQuotation", "targetQuotation"];
  return Object.fromEntries(fields.filter(([name]) => named.includes(name)));
}

function readOwnNote(draft: Draft, text: string): boolean {
  if (text.startsWith(NOTE.attestation)) {
    const fields = readFields(text.slice(NOTE.attestation.length));
    const source = fields?.find(([name]) => name === "source")?.[1];
    if (!fields || source === undefined) return false;
    draft.attestations.push({ source, ...citationFields(fields) });
    return true;
  }
  if (text.startsWith(NOTE.source)) {
    const fields = readFields(text.slice(NOTE.source.length));
    const last = draft.attestations.pop();
    if (!last) return false;
    draft.attestations.push({ ...last, ...citationFields(fields ?? []) });
    return fields !== undefined;
  }
  if (!text.startsWith(NOTE.fields)) return false;
  const fields = readFields(text.slice(NOTE.fields.length));
  for (const [name, value] of fields ?? []) readField(draft, name, value);
  return fields !== undefined;
}

function readField(draft: Draft, name: string, value: string): void {
  const oneOf = <T extends string>(values: readonly T[]): T | undefined => values.find((each) => each === value);
  switch (name) {
    case "status":
      draft.status = oneOf(STATUSES) ?? draft.status ?? "proposed";
      return;
    case "type":
      draft.termType = oneOf(TERM_TYPES) ?? "fullForm";
      return;
    case "matching":
      draft.matching = oneOf(MATCHING) ?? "inflecting";
      return;
    case "usage": {
      const usage = oneOf(USAGES);
      if (usage) draft.usage = usage;
      return;
    }
    case "partOfSpeech":
      draft.partOfSpeech = value;
      return;
    case "from":
      draft.validFrom = value;
      return;
    case "until":
      draft.validUntil = value;
      return;
    case "language":
      draft.language = value;
  }
}
