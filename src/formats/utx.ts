/**
 * UTX (Universal Terminology eXchange, AAMT) from 1.00 (UTX-S) to 1.20 and later: lines of tab-separated cells behind a header,
 *
 *   #UTX 1.20; zh/en; 2026-01-31T00:00:00Z; key: value
 *   #src	tgt	src:pos	term status	concept ID	comment
 *
 * where quotation marks are text. Columns may also be named by language (term:en). Lines that begin with # after the header are
 * remarks. Written are 1.20, two languages, line ends CR LF as the specification has them.
 */
import type { Concept, TermStatus } from "../model/concept.ts";
import type { Diagnostic, ReadResult } from "../model/diagnostic.ts";
import type { LanguageTag } from "../model/span.ts";
import { createFieldTally } from "./glossary-losses.ts";
import type { WrittenGlossary } from "./glossary-losses.ts";
import { flattenCell, gatherPairs, listPairs, readComment, writeComment } from "./glossary-pairs.ts";
import type { GlossaryPair, PairLanguages } from "./glossary-pairs.ts";

export type UtxFacts = { readonly version: string; readonly languages: readonly LanguageTag[] };

const HEADER = /^#\s*UTX(?:-S(?:imple)?)?\s+([\d.]+)\s*;(.*)$/iu;
const STATUS_WORDS: Readonly<Record<string, TermStatus>> = {
  approved: "approved",
  provisional: "proposed",
  "non-standard": "admitted",
  rejected: "rejected",
  forbidden: "forbidden",
};
const WRITTEN_STATUS: Readonly<Record<TermStatus, string>> = {
  candidate: "provisional",
  proposed: "provisional",
  approved: "approved",
  admitted: "non-standard",
  rejected: "forbidden",
  deprecated: "forbidden",
  superseded: "forbidden",
  forbidden: "forbidden",
};

export function isUtx(text: string): boolean {
  return /^\ufeff?#\s*UTX/iu.test(text.slice(0, 100));
}

type Columns = {
  readonly terms: readonly { readonly at: number; readonly language: LanguageTag }[];
  readonly cell: (names: readonly string[]) => number;
};

/** Where each term stands, the source first, and a look-up of other columns by any of their names. */
function readColumns(names: readonly string[], languages: readonly LanguageTag[]): Columns {
  const bare = names.map((name) => name.trim().toLowerCase());
  const terms = bare.flatMap((name, at) => {
    const named = /^term:(.+)$/u.exec(name)?.[1];
    const language = name === "src" ? languages[0] : name === "tgt" ? (languages[1] ?? "und") : named;
    return language === undefined ? [] : [{ at, language }];
  });
  const isSource = ({ language }: { readonly language: string }) => language.toLowerCase() === languages[0]?.toLowerCase();
  return {
    terms: [...terms.filter(isSource), ...terms.filter((term) => !isSource(term))],
    cell: (wanted) => wanted.map((name) => bare.indexOf(name)).find((at) => at !== -1) ?? -1,
  };
}

export function readUtx(
  received: string,
  { defaultStatus = "proposed" }: { readonly defaultStatus?: TermStatus } = {},
): ReadResult<readonly Concept[]> & { readonly facts?: UtxFacts } {
  const text = received.startsWith("\ufeff") ? received.slice(1) : received;
  const lines = text.split(/\r\n|\n|\r/u);
  const header = HEADER.exec(lines[0] ?? "");
  const languages = splitTags(header?.[2]);
  if (!header || languages.length === 0) return refuse({ code: "utx-header-broken", severity: "error", line: 1, column: 1 });
  // The names of the columns stand in the last of the lines that begin the file with #.
  let last = 0;
  while (lines[last + 1]?.startsWith("#")) last += 1;
  const columns = readColumns((lines[last] ?? "").slice(1).split("\t"), languages);
  if (last === 0 || columns.terms.length === 0) {
    return refuse({ code: "utx-columns-missing", severity: "error", line: last + 1, column: 1 });
  }
  const diagnostics: Diagnostic[] = [];
  const pairs: GlossaryPair[] = [];
  const places = {
    id: columns.cell(["concept id", "conceptid", "src:concept id"]),
    status: columns.cell(["term status", "tgt:term status", "src:term status", "status"]),
    comment: columns.cell(["comment", "tgt:comment", "src:comment"]),
    sourcePos: columns.cell(["src:pos", `pos:${languages[0]?.toLowerCase() ?? ""}`, "pos"]),
    targetPos: columns.cell(["tgt:pos", `pos:${languages[1]?.toLowerCase() ?? ""}`]),
  };
  lines.forEach((line, at) => {
    if (at <= last || line.startsWith("#") || line.trim() === "") return;
    const cells = line.split("\t");
    const cell = (place: number) => (cells[place] ?? "").trim();
    const [head, ...others] = columns.terms.map(({ at: place, language }) => ({ language, text: cell(place) }));
    if (!head || head.text === "") {
      diagnostics.push({ code: "glossary-pair-incomplete", severity: "error", line: at + 1 });
      return;
    }
    const word = cell(places.status).toLowerCase();
    const status = STATUS_WORDS[word];
    if (word !== "" && !status) {
      const values = { column: "term status", value: word.slice(0, 200) };
      diagnostics.push({ code: "glossary-bad-value", severity: "error", line: at + 1, values });
      return;
    }
    const [conceptId, sourcePos, targetPos] = [cell(places.id), cell(places.sourcePos), cell(places.targetPos)];
    pairs.push({
      line: at + 1,
      source: head.text,
      targets: others.filter((each) => each.text !== ""),
      ...(conceptId === "" ? {} : { conceptId }),
      ...(status ? { status } : {}),
      ...(sourcePos === "" ? {} : { sourcePartOfSpeech: sourcePos }),
      ...(targetPos === "" ? {} : { targetPartOfSpeech: targetPos }),
      ...readComment(cell(places.comment)),
    });
  });
  if (pairs.length === 0 && diagnostics.length === 0) diagnostics.push({ code: "glossary-empty", severity: "warning" });
  const source = languages[0] ?? "und";
  const facts: UtxFacts = { version: header[1] ?? "", languages };
  return { value: gatherPairs(pairs, { source, defaultStatus }), diagnostics, facts };
}

/** The languages are the first thing behind the version. */
function splitTags(fields = ""): readonly LanguageTag[] {
  const tags = (fields.split(";")[0] ?? "").split("/");
  return tags.map((tag) => tag.trim()).filter((tag) => tag !== "");
}

function refuse(diagnostic: Diagnostic): ReadResult<never> {
  return { value: undefined, diagnostics: [diagnostic] };
}

/** `date`: when the glossary last changed, so that equal glossaries give equal bytes. */
export function writeUtx(
  concepts: readonly Concept[],
  { languages, date }: { readonly languages: PairLanguages; readonly date: string },
): WrittenGlossary {
  const tally = createFieldTally();
  let flattened = 0;
  const { pairs, losses } = listPairs(concepts, { languages, tally, isUsable: () => true });
  let likeComments = 0;
  const lines = pairs.flatMap(({ concept, source, target }) => {
    const cells = [
      ...[source.text, target.text, source.partOfSpeech ?? "", target.partOfSpeech ?? ""],
      ...[WRITTEN_STATUS[target.status], concept.id, writeComment(target)],
    ].map((cell) => flattenCell(cell, () => (flattened += 1)));
    if (!cells[0]?.startsWith("#")) return [cells.join("\t")];
    likeComments += 1;
    return [];
  });
  const head = [
    `#UTX 1.20; ${languages.source}/${languages.target}; ${date}`,
    ["#src", "tgt", "src:pos", "tgt:pos", "term status", "concept ID", "comment"].join("\t"),
  ];
  const further = [
    { code: "line-ends-replaced", count: flattened },
    { code: "terms-like-comments", count: likeComments },
  ].filter(({ count }) => count > 0);
  return {
    text: [...head, ...lines].map((line) => `${line}\r\n`).join(""),
    losses: [...losses, ...further, ...tally.list("lost")],
    notices: [],
  };
}
