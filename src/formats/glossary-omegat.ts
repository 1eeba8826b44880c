/**
 * Glossaries of OmegaT: a line a pair, source, target and comment split by tabs (or commas with quotation marks in .csv), lines
 * that begin with # passed over. Quotation marks in tab-separated files are text.
 * After omegat-org/omegat, App_Glossaries and GlossaryReaderTSV: the file is UTF-8 when it is called .txt or .utf8.
 */
import type { Concept, TermStatus } from "../model/concept.ts";
import type { Diagnostic, ReadResult } from "../model/diagnostic.ts";
import { readCsv } from "./csv.ts";
import { createFieldTally } from "./glossary-losses.ts";
import type { WrittenGlossary } from "./glossary-losses.ts";
import { flattenCell, gatherPairs, listPairs, readComment, writeComment } from "./glossary-pairs.ts";
import type { GlossaryPair, PairLanguages } from "./glossary-pairs.ts";

export type OmegatReadOptions = {
  readonly languages: PairLanguages;
  readonly defaultStatus?: TermStatus;
  readonly delimiter?: "\t" | ",";
};

/** What OmegaT would offer to a translator; it has no way to say that a rendering must not be used. */
const USABLE: ReadonlySet<TermStatus> = new Set(["candidate", "proposed", "approved", "admitted"]);
const MOST_NAMED = 20;

function splitLines(text: string): readonly string[] {
  return (text.startsWith("\ufeff") ? text.slice(1) : text).split(/\r\n|\n|\r/u);
}

export function readOmegatGlossary(text: string, options: OmegatReadOptions): ReadResult<readonly Concept[]> {
  const { languages, defaultStatus = "proposed", delimiter = "\t" } = options;
  const diagnostics: Diagnostic[] = [];
  const pairs: GlossaryPair[] = [];
  let without = 0;
  const add = (cells: readonly string[], line: number): void => {
    const [source = "", target = "", comment = ""] = cells.map((cell) => cell.trim());
    if (source.startsWith("#") || cells.every((cell) => cell.trim() === "")) return;
    if (source === "" || target === "") {
      without += 1;
      if (without <= MOST_NAMED) diagnostics.push({ code: "glossary-pair-incomplete", severity: "error", line });
      return;
    }
    pairs.push({ line, source, targets: [{ language: languages.target, text: target }], ...readComment(comment) });
  };
  if (delimiter === "\t") splitLines(text).forEach((line, at) => add(line.split("\t"), at + 1));
  else {
    const read = readCsv(text, { header: false, delimiter });
    diagnostics.push(...read.diagnostics);
    read.value?.rows.forEach((row, at) => add(row, read.value?.lines[at] ?? 0));
  }
  if (without > MOST_NAMED)
    diagnostics.push({ code: "glossary-pairs-incomplete", severity: "error", values: { count: without } });
  if (pairs.length === 0 && diagnostics.length === 0) diagnostics.push({ code: "glossary-empty", severity: "warning" });
  return { value: gatherPairs(pairs, { source: languages.source, defaultStatus }), diagnostics };
}

export function writeOmegatGlossary(concepts: readonly Concept[], languages: PairLanguages): WrittenGlossary {
  const tally = createFieldTally();
  let flattened = 0;
  let likeComments = 0;
  const { pairs, losses } = listPairs(concepts, { languages, tally, isUsable: (status) => USABLE.has(status) });
  const lines = pairs.flatMap(({ source, target }) => {
    const cells = [source.text, target.text, writeComment(target)].map((cell) => flattenCell(cell, () => (flattened += 1)));
    if (target.partOfSpeech) tally.add("part-of-speech");
    if (!cells[0]?.startsWith("#")) return [`${cells.join("\t")}\n`];
    likeComments += 1;
    return [];
  });
  const further = [
    { code: "line-ends-replaced", count: flattened },
    { code: "terms-like-comments", count: likeComments },
  ];
  return {
    text: [...new Set(lines)].join(""),
    losses: [...losses, ...further.filter(({ count }) => count > 0), ...tally.list("lost")],
    notices: [],
  };
}
