/**
 * Writes a glossary as TBX: version 3 (ISO 30042:2019) Core, Min and Basic in both styles, and version 2 (martif, TBX-Basic).
 *
 * Guarantee: sorted, one element a line, so that equal glossaries give equal bytes and one changed term changes its own lines;
 * valid against the schemas of the dialect; `readTbx` gives back an equal glossary. What the dialect has no category for stands
 * in notes that begin with `dingyi`, and is counted as a notice. Lost: characters that XML cannot hold, and concepts without terms.
 */
import type { Attestation, Concept, Term } from "../model/concept.ts";
import type { Loss } from "../model/diagnostic.ts";
import type { IsoInstant, LanguageTag } from "../model/span.ts";
import type { Field } from "./field-list.ts";
import { writeFields } from "./field-list.ts";
import { createFieldTally } from "./glossary-losses.ts";
import type { FieldTally, WrittenGlossary } from "./glossary-losses.ts";
import { writeRelations } from "./glossary-relations.ts";
import { defaultMatching, sortConcepts } from "./glossary-rows.ts";
import { mainLanguage } from "./language-tag.ts";
import type { TbxForm } from "./tbx-dialect.ts";
import {
  ADMINISTRATIVE_STATUS,
  CATEGORIES,
  DIALECT_NAMES,
  MODULE_NAMESPACES,
  NOTE,
  OWN_MARK,
  PARTS_OF_SPEECH,
  PLAIN_STATUSES,
  TBX_NAMESPACE,
  modulesOf,
  writeXmlId,
} from "./tbx-dialect.ts";
import { createXmlWriter } from "./xml-write.ts";
import type { XmlWriter } from "./xml-write.ts";

/** Who made or changed an entry, and when. */
export type TbxTransaction = { readonly type: "origination" | "modification"; readonly by: string; readonly at: IsoInstant };

export type TbxWriteOptions = {
  readonly form: TbxForm;
  /** The working language: quotations in it stand with terms in it. */
  readonly sourceLanguage: LanguageTag;
  readonly title?: string;
  /** By concept id; written where the dialect has transactions. */
  readonly transactions?: ReadonlyMap<string, readonly TbxTransaction[]>;
};

const LANGUAGE = /^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*$/u;
const ADDRESS = /^https?:\/\/[A-Za-z0-9][!#$&-;=?-Z_a-z~%]*$/u;

/** What xml:lang takes; the reader decides by it whose quotation a context is. */
function writtenTag(language: LanguageTag): LanguageTag {
  return LANGUAGE.test(language) ? language : "und";
}

type Writing = {
  readonly options: TbxWriteOptions;
  readonly xml: XmlWriter;
  readonly tally: FieldTally;
  readonly ids: ReadonlySet<string>;
  readonly has: (category: string) => boolean;
};

export function writeTbx(concepts: readonly Concept[], options: TbxWriteOptions): WrittenGlossary {
  const { form } = options;
  const modules = modulesOf(DIALECT_NAMES[form.dialect]) ?? [];
  const sorted = sortConcepts(concepts).filter(({ terms }) => terms.length > 0);
  const writing: Writing = {
    options,
    xml: createXmlWriter(),
    tally: createFieldTally(),
    ids: new Set(sorted.map(({ id }) => id)),
    has: (category) => modules.some((module) => CATEGORIES[category]?.module === module),
  };
  const entries = sorted.map((concept) => writeConcept(writing, concept));
  const without = concepts.length - sorted.length;
  const losses: Loss[] = [...writing.xml.losses()];
  if (without > 0) losses.push({ code: "concepts-without-terms", count: without });
  return { text: writeFrame(writing, entries.join("")), losses, notices: writing.tally.list("notes") };
}

function writeFrame({ options, xml }: Writing, entries: string): string {
  const { form, sourceLanguage } = options;
  const language = writtenTag(sourceLanguage);
  const title = options.title ? `<titleStmt><title>${xml.text(options.title)}</title></titleStmt>` : "";
  const description = `<fileDesc>${title}<sourceDesc><p>${OWN_MARK}</p></sourceDesc></fileDesc>`;
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
  // A body must not be empty in version 3; without entries there is none.
  const body = entries === "" && form.version === 3 ? "" : `<body>\n${entries}</body>\n`;
  if (form.version === 2) {
    const encoding = '<encodingDesc><p type="XCSURI">TBXBasicXCSV02.xcs</p></encodingDesc>';
    return `${declaration}<martif type="TBX-Basic" xml:lang="${language}">\n<martifHeader>${description}${encoding}</martifHeader>\n<text>\n${body}</text>\n</martif>\n`;
  }
  const modules = form.style === "dct" ? (modulesOf(DIALECT_NAMES[form.dialect]) ?? []) : [];
  const namespaces = modules.map((module) => ` xmlns:${module}="${MODULE_NAMESPACES[module]}"`).join("");
  const root = `<tbx type="${DIALECT_NAMES[form.dialect]}" style="${form.style}" xml:lang="${language}" xmlns="${TBX_NAMESPACE}"${namespaces}>`;
  return `${declaration}${root}\n<tbxHeader>${description}</tbxHeader>\n<text>\n${body}</text>\n</tbx>\n`;
}

/** A data category in the style of the file: `<termNote type="…">` or `<min:…>`. */
function datum(writing: Writing, category: string, value: string, target?: string): string {
  const known = CATEGORIES[category];
  if (!known) throw new Error(`no data category ${category}`);
  const { form } = writing.options;
  const link = target === undefined ? "" : ` target="${writing.xml.attribute(target)}"`;
  const [open, close] =
    form.style === "dct"
      ? [`${known.module}:${category}${link}`, `${known.module}:${category}`]
      : [`${known.meta} type="${category}"${link}`, known.meta];
  return `<${open}>${writing.xml.text(value)}</${close}>`;
}

function noteOf({ xml }: Writing, text: string): string {
  return `<note>${xml.text(text)}</note>`;
}

/** A person's note; one that begins like ours is marked as theirs. */
function ownNote(writing: Writing, text: string): string {
  return noteOf(writing, text.startsWith("dingyi") ? NOTE.note + text : text);
}

function writeConcept(writing: Writing, concept: Concept): string {
  const { form } = writing.options;
  const [entry, section] = form.version === 2 ? ["termEntry", "langSet"] : ["conceptEntry", "langSec"];
  const lines = [`<${entry} id="${writing.xml.attribute(writeXmlId(concept.id))}">`];
  const add = (depth: number, line: string) => lines.push(`${" ".repeat(depth)}${line}`);
  for (const each of describeConcept(writing, concept)) add(1, each);
  let open: string | undefined;
  // Readers of pairs (translate-toolkit) take the first language for the source.
  const isSource = ({ language }: Term) => mainLanguage(language) === mainLanguage(writing.options.sourceLanguage);
  const terms = [...concept.terms.filter(isSource), ...concept.terms.filter((term) => !isSource(term))];
  for (const term of terms) {
    const language = writtenTag(term.language);
    if (language !== open) {
      if (open !== undefined) add(1, `</${section}>`);
      add(1, `<${section} xml:lang="${language}">`);
      open = language;
    }
    const holder = form.version === 2 ? "tig" : "termSec";
    add(2, `<${holder}>`);
    for (const each of describeTerm(writing, term)) add(3, each);
    add(2, `</${holder}>`);
  }
  add(1, `</${section}>`);
  lines.push(`</${entry}>`, "");
  return lines.join("\n");
}

function describeConcept(writing: Writing, concept: Concept): readonly string[] {
  const { tally, has, ids, options } = writing;
  const lines: string[] = [];
  const fields: Field[] = [];
  const keep = (name: "kind" | "class" | "domain" | "paraphrased", value: string) => {
    fields.push([name, value]);
    tally.add(name);
  };
  if (concept.kind !== "term") keep("kind", concept.kind);
  if (concept.class) keep("class", concept.class);
  if (concept.domain && has("subjectField")) lines.push(datum(writing, "subjectField", concept.domain));
  else if (concept.domain) keep("domain", concept.domain);
  if (concept.paraphrased !== undefined) keep("paraphrased", concept.paraphrased ? "yes" : "no");
  if (fields.length > 0) lines.push(noteOf(writing, NOTE.fields + writeFields(fields)));
  // A reference must lead somewhere within the file; all stand in one place, so that their order stays.
  const relations = concept.relations ?? [];
  const isLinked = has("crossReference") && relations.every(({ conceptId }) => ids.has(conceptId));
  for (const { type, conceptId, note } of isLinked ? relations : []) {
    lines.push(datum(writing, "crossReference", note === undefined ? type : `${type}: ${note}`, writeXmlId(conceptId)));
  }
  if (!isLinked && relations.length > 0) {
    lines.push(noteOf(writing, NOTE.relations + writeRelations(relations)));
    tally.add("relations");
  }
  if (concept.note) lines.push(ownNote(writing, concept.note));
  if (has("transactionType")) {
    for (const transaction of options.transactions?.get(concept.id) ?? []) lines.push(writeTransaction(writing, transaction));
  }
  return lines;
}

function writeTransaction(writing: Writing, { type, by, at }: TbxTransaction): string {
  const date = `<date>${writing.xml.text(at)}</date>`;
  return `<transacGrp>${datum(writing, "transactionType", type)}${datum(writing, "responsibility", by)}${date}</transacGrp>`;
}

function describeTerm(writing: Writing, term: Term): readonly string[] {
  const { tally, has, xml } = writing;
  const lines = [`<term>${xml.text(term.text)}</term>`];
  const fields: Field[] = [];
  const status = has("administrativeStatus") ? ADMINISTRATIVE_STATUS[term.status] : undefined;
  if (status !== undefined) lines.push(datum(writing, "administrativeStatus", status));
  if (status === undefined || !PLAIN_STATUSES.has(term.status)) {
    fields.push(["status", term.status]);
    tally.add("status");
  }
  if (term.partOfSpeech) {
    const isListed = PARTS_OF_SPEECH.has(term.partOfSpeech);
    if (has("partOfSpeech")) lines.push(datum(writing, "partOfSpeech", isListed ? term.partOfSpeech : "other"));
    if (!isListed || !has("partOfSpeech")) {
      fields.push(["partOfSpeech", term.partOfSpeech]);
      tally.add("part-of-speech");
    }
  }
  if (has("termType")) lines.push(datum(writing, "termType", term.termType));
  else if (term.termType !== "fullForm") {
    fields.push(["type", term.termType]);
    tally.add("type");
  }
  if (term.matching !== defaultMatching(term.language)) {
    fields.push(["matching", term.matching]);
    tally.add("matching");
  }
  if (term.usage) {
    fields.push(["usage", term.usage]);
    tally.add("usage");
  }
  if (term.validFrom ?? term.validUntil) tally.add("validity");
  if (term.validFrom) fields.push(["from", term.validFrom]);
  if (term.validUntil) fields.push(["until", term.validUntil]);
  if (!LANGUAGE.test(term.language)) {
    fields.push(["language", term.language]);
    tally.add("language");
  }
  for (const attestation of term.attestations) lines.push(...writeAttestation(writing, term, attestation));
  if (fields.length > 0) lines.push(noteOf(writing, NOTE.fields + writeFields(fields)));
  if (term.note) lines.push(ownNote(writing, term.note));
  return lines;
}

function writeAttestation(writing: Writing, term: Term, attestation: Attestation): readonly string[] {
  const { has, options, tally } = writing;
  const { source, place, ...rest } = attestation;
  const isBare = Object.values(rest).every((value) => value === undefined);
  if (isBare && place !== undefined && ADDRESS.test(place) && has("externalCrossReference") && source.trim() !== "") {
    return [datum(writing, "externalCrossReference", source, place)];
  }
  if (!has("source")) {
    tally.add("citations");
    return [noteOf(writing, NOTE.attestation + writeFields([["source", source], ...attestationFields(attestation)]))];
  }
  const isSource = mainLanguage(writtenTag(term.language)) === mainLanguage(writtenTag(options.sourceLanguage));
  const context = isSource ? attestation.sourceQuotation : attestation.targetQuotation;
  const left = attestationFields({ ...attestation, [isSource ? "sourceQuotation" : "targetQuotation"]: undefined });
  if (left.length > 0) tally.add("citations");
  const more = left.length > 0 ? noteOf(writing, NOTE.source + writeFields(left)) : "";
  const cited = datum(writing, "source", source);
  if (context) return [`<descripGrp>${datum(writing, "context", context)}${cited}${more}</descripGrp>`];
  return more === "" ? [cited] : [cited, more];
}

function attestationFields(
  attestation: Omit<Attestation, "source" | "sourceQuotation" | "targetQuotation"> & {
    readonly sourceQuotation?: string | undefined;
    readonly targetQuotation?: string | undefined;
  },
): readonly Field[] {
  return (["place", "date", "sourceQuotation", "targetQuotation"] as const).flatMap((name) => {
    const value = attestation[name];
    return value === undefined ? [] : [[name, value] as const];
  });
}
