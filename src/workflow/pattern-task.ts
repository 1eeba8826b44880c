/**
 * Regular expressions over the units of memories, in a worker thread: a pattern can take for ever on a single text, and only
 * ending its thread stops it. Between units the time is looked at here, so that what was found so far is answered.
 * Texts are searched as they are written: a pattern says itself what may stand for what.
 */
import type { ProgressReporter } from "../model/job.ts";
import type { Span } from "../model/span.ts";
import { openUnitTexts } from "../storage/unit-texts.ts";

export type Pattern = { readonly source: string; readonly isCaseExact: boolean };

export type PatternSearchInput = {
  readonly pattern: Pattern;
  readonly file: string;
  readonly memoryIds: readonly string[];
  readonly side: "source" | "target" | "both";
  /** Milliseconds. */
  readonly limit: number;
  /** Units in all, for the progress. */
  readonly total: number;
};

export type PatternSearchOutput = {
  /** One list a memory, in the order given: positions, and at the same place 1 source, 2 target, 3 both. */
  readonly positions: readonly Int32Array[];
  readonly sides: readonly Uint8Array[];
  /** Units that were looked at: fewer than there are when the time was over. */
  readonly searched: number;
  readonly isComplete: boolean;
};

export type PatternSpansInput = { readonly pattern: Pattern; readonly texts: readonly string[] };

const UNITS_PER_LOOK = 256;
/** Marks of one text that are shown. */
const MOST_SPANS = 200;

/** Undefined when it is no regular expression. */
export function compilePattern({ source, isCaseExact }: Pattern): RegExp | undefined {
  try {
    return new RegExp(source, isCaseExact ? "gu" : "giu");
  } catch {
    return undefined;
  }
}

export function searchPattern(input: PatternSearchInput, report?: ProgressReporter): PatternSearchOutput {
  const expression = compilePattern(input.pattern);
  const end = performance.now() + input.limit;
  const positions: Int32Array[] = [];
  const sides: Uint8Array[] = [];
  let searched = 0;
  let isComplete = true;
  const texts = openUnitTexts(input.file);
  const holds = (text: string) => {
    if (!expression) return false;
    expression.lastIndex = 0;
    return expression.test(text);
  };
  try {
    for (const memoryId of input.memoryIds) {
      const found: number[] = [];
      const marks: number[] = [];
      if (isComplete) {
        for (const { position, source, target } of texts.read(memoryId)) {
          const mark = (input.side !== "target" && holds(source) ? 1 : 0) + (input.side !== "source" && holds(target) ? 2 : 0);
          if (mark > 0) {
            found.push(position);
            marks.push(mark);
          }
          if (++searched % UNITS_PER_LOOK !== 0) continue;
          report?.({ done: searched, total: input.total, stage: "searching" });
          if (performance.now() < end) continue;
          isComplete = false;
          break;
        }
      }
      positions.push(Int32Array.from(found));
      sides.push(Uint8Array.from(marks));
    }
    return { positions, sides, searched, isComplete };
  } finally {
    texts.close();
  }
}

export function findPatternSpans({ pattern, texts }: PatternSpansInput): readonly (readonly Span[])[] {
  const expression = compilePattern(pattern);
  return texts.map((text) => {
    const spans: Span[] = [];
    if (!expression) return spans;
    for (const match of text.matchAll(expression)) {
      if (match[0] !== "") spans.push({ start: match.index, end: match.index + match[0].length });
      if (spans.length === MOST_SPANS) break;
    }
    return spans;
  });
}
