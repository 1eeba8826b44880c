/** What both XLIFF serialisers need: safe ids, inline codes as placeholders, terms marked in a source. */
import type { BilingualFile, BilingualSegment, InlineCode } from "../model/interchange.ts";
import type { Loss } from "../model/diagnostic.ts";
import type { LanguageTag } from "../model/span.ts";
import { mainLanguage, regionalTag } from "./language-tag.ts";

export type XliffProfile = "trados" | "memoq" | "phrase" | "omegat";

export type XliffWriteOptions = {
  readonly toolVersion: string;
  readonly profile?: XliffProfile;
  /** zh-CN and en-US for zh and en, which is what CAT tools list; `as-is` keeps tags as they are. */
  readonly languageTags?: "regional" | "as-is";
  /** Mark terms in the source: `mrk` in 1.2, glossary module in 2.x. */
  readonly withTerms?: boolean;
  /** Write matches of the memory: `alt-trans` in 1.2, matches module in 2.x. */
  readonly withMatches?: boolean;
  /** XLIFF 2: tell tools to leave the segmentation alone. */
  readonly keepSegmentation?: boolean;
};

export type Written = { readonly text: string; readonly losses: readonly Loss[] };

export function tagWriter(options: XliffWriteOptions): (language: LanguageTag) => LanguageTag {
  return (language) => (options.languageTags === "as-is" ? language : regionalTag(language));
}

/**
 * The target as a profile wants it: OmegaT takes no segment from a unit without a target, and shows the target as what is
 * to be translated, so the source is copied in.
 */
export function targetFor(
  segment: BilingualSegment,
  options: XliffWriteOptions,
): Pick<BilingualSegment, "target" | "targetCodes"> {
  const isEmpty = segment.target === undefined || segment.target === "";
  if (isEmpty && options.profile === "omegat") return { target: segment.source, targetCodes: segment.sourceCodes };
  return segment;
}

const SPACELESS = new Set(["zh", "ja", "th", "lo", "km", "my", "bo", "yue", "wuu"]);

/** Sentences that stand without a blank in Chinese need one between them in English. */
export function blankBetween(file: BilingualFile): (segment: BilingualSegment) => string {
  const sourceHasNone = SPACELESS.has(mainLanguage(file.sourceLanguage));
  const targetHasNone = SPACELESS.has(mainLanguage(file.targetLanguage ?? "und"));
  return ({ after = "" }) => {
    if (sourceHasNone && !targetHasNone && after === "") return " ";
    return !sourceHasNone && targetHasNone && /^\s*$/u.test(after) ? "" : after;
  };
}

/** Gives each name an NMTOKEN of its own; a name that is one already and still free stays as it is. */
export function createIds(prefix: string): (name: string) => string {
  const used = new Set<string>();
  return (name) => {
    let id = /^[A-Za-z0-9_.:-]+$/u.test(name) ? name : "";
    for (let number = used.size + 1; id === "" || used.has(id); number += 1) id = `${prefix}${number}`;
    used.add(id);
    return id;
  };
}

/**
 * Numbers the codes of a unit so that the same code has the same number in source and target.
 * Each code of a source has its own; a code of a target takes the number of the first equal one not yet taken there.
 */
export function createCodeNumbers(): {
  readonly source: (codes: readonly InlineCode[]) => readonly number[];
  readonly target: (codes: readonly InlineCode[], sourceNumbers: readonly number[]) => readonly number[];
  readonly list: () => readonly string[];
} {
  const list: string[] = [];
  const next = (xml: string) => list.push(xml);
  return {
    source: (codes) => codes.map(({ xml }) => next(xml)),
    target(codes, sourceNumbers) {
      const free = new Set(sourceNumbers);
      return codes.map(({ xml }) => {
        for (const number of free) {
          if (list[number - 1] !== xml) continue;
          free.delete(number);
          return number;
        }
        return next(xml);
      });
    },
    list: () => list,
  };
}

/** Text with something put in at offsets. */
export function interleave(
  text: string,
  inserts: readonly { readonly at: number; readonly xml: string }[],
  escape: (text: string) => string,
): string {
  if (inserts.length === 0) return escape(text);
  const pieces: string[] = [];
  let at = 0;
  for (const insert of inserts) {
    const place = Math.min(Math.max(insert.at, at), text.length);
    pieces.push(escape(text.slice(at, place)), insert.xml);
    at = place;
  }
  pieces.push(escape(text.slice(at)));
  return pieces.join("");
}

/** Where terms stand in a text: longest first, none inside or across another. */
export function termSpans(text: string, terms: readonly string[]): readonly { readonly start: number; readonly end: number }[] {
  const spans: { start: number; end: number }[] = [];
  const isFree = (start: number, end: number) => spans.every((span) => end <= span.start || start >= span.end);
  for (const term of [...new Set(terms)].filter(Boolean).sort((first, second) => second.length - first.length)) {
    for (let at = text.indexOf(term); at !== -1; at = text.indexOf(term, at + term.length)) {
      if (isFree(at, at + term.length)) spans.push({ start: at, end: at + term.length });
    }
  }
  return spans.sort((first, second) => first.start - second.start);
}
