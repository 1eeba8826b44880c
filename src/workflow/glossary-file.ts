/** A glossary as a file: for commands that need no store, and for the worker that reads one for an import. */
import { decodeText } from "../formats/encoding.ts";
import { readGlossaryCsv } from "../formats/glossary-csv.ts";
import type { GlossaryReadOptions } from "../formats/glossary-csv.ts";
import type { Concept } from "../model/concept.ts";
import type { ReadResult } from "../model/diagnostic.ts";
import type { LanguageTag } from "../model/span.ts";

export type GlossaryTaskInput = GlossaryReadOptions & { readonly file: { readonly name: string; readonly bytes: Uint8Array } };

/** The concepts of a CSV or TSV; undefined when the file cannot be used. */
export function readGlossaryFile(
  file: { readonly name: string; readonly bytes: Uint8Array },
  options: GlossaryReadOptions = {},
): ReadResult<readonly Concept[]> {
  const decoded = decodeText(file.bytes);
  if (!decoded.value) return { value: undefined, diagnostics: decoded.diagnostics };
  const read = readGlossaryCsv(decoded.value.text, options);
  return { value: read.value, diagnostics: [...decoded.diagnostics, ...read.diagnostics] };
}

const USABLE = new Set(["approved", "admitted", "proposed"]);

function speaks(tag: LanguageTag, language: LanguageTag): boolean {
  return tag.toLowerCase().split("-")[0] === language.toLowerCase().split("-")[0];
}

/** Pairs of terms that render each other, with rejected and forbidden ones left out: evidence for alignment. */
export function listTermPairs(
  concepts: readonly Concept[],
  { from, to }: { readonly from: LanguageTag; readonly to: LanguageTag },
): readonly { readonly source: string; readonly target: string }[] {
  return concepts.flatMap((concept) => {
    const usable = concept.terms.filter((term) => USABLE.has(term.status));
    const sources = usable.filter((term) => speaks(term.language, from));
    const targets = usable.filter((term) => speaks(term.language, to));
    return sources.flatMap((source) => targets.map((target) => ({ source: source.text, target: target.text })));
  });
}
