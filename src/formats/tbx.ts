/**
 * Reads TBX of version 3 (any dialect, DCA and DCT) and version 2 (martif) into concepts.
 *
 * Policy: broken XML gives nothing but its diagnostic. An entry without a term, or a term without a text or language, is left out and
 * reported. A category that the declared dialect does not have, or a status that does not exist, is an error at its place; the
 * entry is kept for whoever accepts that. What our model has no field for is kept in the note of its concept or term, and said
 * once a kind; transactions are counted. Places are line and column of the tag.
 * Cost: linear.
 */
import type { Concept, ConceptRelation, Term, TermStatus } from "../model/concept.ts";
import type { ReadResult } from "../model/diagnostic.ts";
import type { LanguageTag } from "../model/span.ts";
import { readRelations, RELATIONS } from "./glossary-relations.ts";
import { nameTerm, sortConcepts } from "./glossary-rows.ts";
import { NOTE, OWN_MARK, readXmlId } from "./tbx-dialect.ts";
import { checkCategory, checkHead, plainNote } from "./tbx-reading.ts";
import type { TbxReading } from "./tbx-reading.ts";
import { createTbxReport } from "./tbx-report.ts";
import { readTerm } from "./tbx-term.ts";
import { parseTbx } from "./tbx-tree.ts";
import type { TbxHead, TbxNode } from "./tbx-tree.ts";
import { decodeXml } from "./xml-encoding.ts";
import { readFields } from "./field-list.ts";
import { KINDS } from "./glossary-columns.ts";

export type TbxReadOptions = {
  /** For terms without a status. */
  readonly defaultStatus?: TermStatus;
  /** Whose quotations are `sourceQuotation`; the file's own language when left out. */
  readonly sourceLanguage?: LanguageTag;
};

/** What the file says of itself. */
export type TbxFacts = { readonly version: 2 | 3; readonly dialect?: string; readonly style?: string };

export function readTbx(
  received: string | Uint8Array,
  options: TbxReadOptions = {},
): ReadResult<readonly Concept[]> & { readonly facts?: TbxFacts } {
  const decoded = typeof received === "string" ? { text: received } : decodeXml(received);
  if ("code" in decoded) return { value: undefined, diagnostics: [decoded] };
  const text = decoded.text.startsWith("\ufeff") ? decoded.text.slice(1) : decoded.text;
  const report = createTbxReport();
  const concepts = new Map<string, Concept>();
  let head: TbxHead | undefined;
  let isOwn = false;
  let hasOrigin = false;
  const fault = parseTbx(text, {
    head(found) {
      head = found;
      checkHead(found, report);
    },
    origin(said) {
      hasOrigin = true;
      isOwn ||= said.trim() === OWN_MARK;
    },
    stray(node) {
      report.error("tbx-element-unexpected", node, { name: node.name });
    },
    entry(node) {
      if (!head) return;
      const sourceLanguage = (isOwn ? head.language : (options.sourceLanguage ?? head.language)) ?? "und";
      const textOf = isOwn ? (each: TbxNode) => each.text : (each: TbxNode) => each.text.replace(/\s+/gu, " ").trim();
      const { defaultStatus = "proposed" } = options;
      const concept = readConcept({ report, head, isOwn, defaultStatus, sourceLanguage, textOf }, node);
      if (!concept) return;
      if (concepts.has(concept.id)) report.error("tbx-id-repeated", node, { id: concept.id });
      else concepts.set(concept.id, concept);
    },
  });
  if (fault) return { value: undefined, diagnostics: [fault] };
  if (head && !hasOrigin) report.warn("tbx-header-incomplete", head);
  const { version, dialect, style } = head ?? { version: 3 as const };
  const facts: TbxFacts = { version, ...(dialect ? { dialect } : {}), ...(style ? { style } : {}) };
  return { value: sortConcepts([...concepts.values()]), diagnostics: report.list(), facts };
}

type Draft = {
  kind: Concept["kind"];
  class?: string;
  domain?: string;
  paraphrased?: boolean;
  notes: string[];
  relations: ConceptRelation[];
};

function readConcept(reading: TbxReading, entry: TbxNode): Concept | undefined {
  const { report, head } = reading;
  const ownId = entry.attributes["id"]?.trim();
  if (!ownId && head.version === 3) report.error("tbx-id-missing", entry);
  const id = ownId ? readXmlId(ownId) : `line:${entry.line}`;
  const draft: Draft = { kind: "term", notes: [], relations: [] };
  const terms = new Map<string, Term>();
  let sections = 0;
  for (const child of entry.children) {
    if (child.name === "langSec" || child.name === "langSet") {
      sections += 1;
      readSection(reading, { conceptId: id, section: child, terms, draft });
    } else describeConcept(reading, draft, child);
  }
  if (terms.size === 0) {
    if (sections === 0) report.error("tbx-entry-without-language", entry, { id });
    else report.warn("tbx-entry-without-term", entry, { id });
    return undefined;
  }
  const { notes, relations, ...rest } = draft;
  return {
    id,
    ...rest,
    ...(notes.length > 0 ? { note: notes.join("\n") } : {}),
    ...(relations.length > 0 ? { relations } : {}),
    terms: [...terms.values()],
  };
}

function readSection(
  reading: TbxReading,
  { conceptId, section, terms, draft }: { conceptId: string; section: TbxNode; terms: Map<string, Term>; draft: Draft },
): void {
  const { report } = reading;
  const given = section.attributes["xml:lang"]?.trim() ?? section.attributes["lang"]?.trim();
  if (!given) report.error("tbx-language-missing", section);
  const isTag = given !== undefined && /^[A-Za-z]{1,8}(?:[-_][A-Za-z0-9]{1,8})*$/u.test(given);
  if (given && !isTag) report.tell("warning", "tbx-language-unknown", section, { language: given });
  for (const child of section.children) {
    if (!["termSec", "tig", "ntig"].includes(child.name)) {
      describeConcept(reading, draft, child);
      continue;
    }
    const term = readTerm(reading, { language: isTag ? given : "und", holder: child });
    if (!term) continue;
    const key = `${term.language}\u0000${term.text}\u0000${term.usage ?? ""}`;
    const known = terms.get(key);
    if (known) report.tell("information", "tbx-term-repeated", child, { term: term.text });
    const notes = [known?.note, term.note].filter((note) => note !== undefined);
    const note = [...new Set(notes)].join("\n");
    terms.set(key, {
      id: nameTerm(conceptId, term),
      ...(known ?? term),
      ...(note === "" ? {} : { note }),
      attestations: [...(known?.attestations ?? []), ...term.attestations],
    });
  }
}

/** What stands at the concept or language level. */
function describeConcept(reading: TbxReading, draft: Draft, node: TbxNode): void {
  const { report, textOf, isOwn } = reading;
  checkCategory(reading, node);
  const text = textOf(node);
  if (node.name.endsWith("Grp") && node.name !== "transacGrp") {
    for (const child of node.children) describeConcept(reading, draft, child);
    return;
  }
  if (node.name === "note" && isOwn && readOwnNote(draft, node.text)) return;
  if (node.name === "transacGrp" || node.name === "transac") {
    for (const child of node.children) checkCategory(reading, child);
    report.tell("information", "tbx-transactions-left-out", node, {});
    return;
  }
  if (text === "") return;
  const relation = readReference(node, text);
  if (relation) draft.relations.push(relation);
  else if (node.category === "subjectField" && draft.domain === undefined) draft.domain = text;
  else if (node.name === "note" || node.category === "definition")
    draft.notes.push(node.name === "note" ? plainNote(text) : text);
  else if (node.category === "source" || node.category === "sourceIdentifier") draft.notes.push(text);
  else {
    const target = node.attributes["target"];
    draft.notes.push(`${node.category ?? node.name}: ${target ? `${text} ${target}` : text}`);
    report.tell("information", "tbx-kept-in-note", node, { category: node.category ?? node.name });
  }
}

function readOwnNote(draft: Draft, text: string): boolean {
  if (text.startsWith(NOTE.relations)) {
    const read = readRelations(text.slice(NOTE.relations.length));
    if ("relations" in read) draft.relations.push(...read.relations);
    return "relations" in read;
  }
  if (!text.startsWith(NOTE.fields)) return false;
  const fields = readFields(text.slice(NOTE.fields.length));
  for (const [name, value] of fields ?? []) {
    if (name === "kind") draft.kind = KINDS.find((kind) => kind === value) ?? draft.kind;
    else if (name === "class") draft.class = value;
    else if (name === "domain") draft.domain = value;
    else if (name === "paraphrased") draft.paraphrased = value === "yes";
  }
  return fields !== undefined;
}

/** A reference within the file, typed by its first word in our files, by its category in others. */
function readReference(node: TbxNode, text: string): ConceptRelation | undefined {
  const target = node.attributes["target"];
  if (!target) return undefined;
  const conceptId = readXmlId(target);
  if (node.category === "relatedConceptBroader") return { type: "broader", conceptId };
  if (node.category !== "crossReference") return undefined;
  const [, word = "", note] = /^([a-z-]+)(?:: ([^]*))?$/u.exec(text) ?? [];
  const type = RELATIONS.find((each) => each === word);
  return type && { type, conceptId, ...(note === undefined ? {} : { note }) };
}
