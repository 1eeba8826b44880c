/**
 * Compares two files as versions of one text: what `dingyi compare` prints.
 *
 * Line numbers are those of the files, counted from 1. `comparison` is the JSON of the command line contract;
 * `rows` are the same findings with their surroundings, for a person to read.
 */
import { compareVersions } from "../alignment/compare-versions.ts";
import { readDocument } from "../formats/document-reader.ts";
import type { NamedBytes } from "../formats/document-reader.ts";
import type { Difference, DifferenceClass } from "../model/alignment.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { ReceivedParagraph } from "../model/document.ts";

export type FileComparison = {
  readonly pairs: readonly {
    readonly base: readonly number[];
    readonly other: readonly number[];
    readonly differences: readonly { readonly class: DifferenceClass; readonly base: string; readonly other: string }[];
  }[];
  readonly baseOnly: readonly number[];
  readonly otherOnly: readonly number[];
};

/** A difference as a line of a report: `before` and `after` stand in the base, or in the other where the base has nothing. */
export type ComparisonRow = {
  readonly class: DifferenceClass;
  readonly baseLine: number;
  readonly otherLine: number;
  readonly before: string;
  readonly base: string;
  readonly other: string;
  readonly after: string;
};

/** Lines that stand elsewhere in the other file: the first of each side, and how the base has them. */
export type MovedRow = { readonly baseLine: number; readonly otherLine: number; readonly text: string };

export type OnlyRow = { readonly side: "base" | "other"; readonly line: number; readonly text: string };

export type FileComparisonResult = {
  /** Undefined when one of the files could not be read. */
  readonly comparison: FileComparison | undefined;
  readonly rows: readonly ComparisonRow[];
  readonly only: readonly OnlyRow[];
  readonly moved: readonly MovedRow[];
  readonly counts: Readonly<Partial<Record<DifferenceClass, number>>>;
  readonly diagnostics: readonly (Diagnostic & { readonly file: string })[];
};

const CONTEXT = 10;

export async function compareFiles(base: NamedBytes, other: NamedBytes): Promise<FileComparisonResult> {
  const readBase = await readDocument(base);
  const readOther = await readDocument(other);
  const diagnostics = [
    ...readBase.diagnostics.map((diagnostic) => ({ ...diagnostic, file: base.name })),
    ...readOther.diagnostics.map((diagnostic) => ({ ...diagnostic, file: other.name })),
  ];
  if (!readBase.value || !readOther.value)
    return { comparison: undefined, rows: [], only: [], moved: [], counts: {}, diagnostics };
  return { ...compareParagraphs(readBase.value.paragraphs, readOther.value.paragraphs), diagnostics };
}

type Paragraphs = readonly ReceivedParagraph[];

function compareParagraphs(base: Paragraphs, other: Paragraphs): Omit<FileComparisonResult, "diagnostics"> {
  const versions = compareVersions(
    base.map((paragraph) => paragraph.text),
    other.map((paragraph) => paragraph.text),
  );
  const linesOf = (paragraphs: Paragraphs, indices: readonly number[]) => indices.map((at) => paragraphs[at]?.line ?? 0);
  const comparison: FileComparison = {
    pairs: versions.pairs.map((pair) => ({
      base: linesOf(base, pair.base),
      other: linesOf(other, pair.other),
      differences: pair.differences.map((difference) => ({
        class: difference.class,
        base: difference.base,
        other: difference.other,
      })),
    })),
    baseOnly: linesOf(base, versions.baseOnly),
    otherOnly: linesOf(other, versions.otherOnly),
  };
  const rows = versions.pairs.flatMap((pair) =>
    pair.differences.map((difference) => describe(difference, { base, other, baseIndices: pair.base, otherIndices: pair.other })),
  );
  const counts: Partial<Record<DifferenceClass, number>> = {};
  for (const row of rows) counts[row.class] = (counts[row.class] ?? 0) + 1;
  const listOnly = (side: "base" | "other", paragraphs: Paragraphs, indices: readonly number[]): readonly OnlyRow[] =>
    indices.map((at) => ({ side, line: paragraphs[at]?.line ?? 0, text: paragraphs[at]?.text.trim() ?? "" }));
  return {
    comparison,
    rows,
    counts,
    moved: versions.pairs
      .filter((pair) => pair.moved)
      .map((pair) => ({
        baseLine: base[pair.base[0] ?? 0]?.line ?? 0,
        otherLine: other[pair.other[0] ?? 0]?.line ?? 0,
        text: pair.base.map((at) => base[at]?.text.trim() ?? "").join(""),
      })),
    only: [...listOnly("base", base, versions.baseOnly), ...listOnly("other", other, versions.otherOnly)],
  };
}

type PairTexts = {
  readonly base: Paragraphs;
  readonly other: Paragraphs;
  readonly baseIndices: readonly number[];
  readonly otherIndices: readonly number[];
};

function describe(difference: Difference, { base, other, baseIndices, otherIndices }: PairTexts): ComparisonRow {
  const inBase = difference.base !== "";
  const text = (inBase ? baseIndices : otherIndices).map((at) => (inBase ? base : other)[at]?.text ?? "").join("");
  const start = inBase ? difference.baseStart : difference.otherStart;
  const end = start + (inBase ? difference.base.length : difference.other.length);
  return {
    class: difference.class,
    baseLine: findLine(base, baseIndices, difference.baseStart),
    otherLine: findLine(other, otherIndices, difference.otherStart),
    before: takeSigns(text.slice(0, start), -CONTEXT),
    base: difference.base,
    other: difference.other,
    after: takeSigns(text.slice(end), CONTEXT),
  };
}

/** So many code points from the end (negative) or the beginning. */
function takeSigns(text: string, count: number): string {
  const near = count < 0 ? text.slice(4 * count) : text.slice(0, 4 * count);
  const signs = [...near];
  return (count < 0 ? signs.slice(count) : signs.slice(0, count)).join("");
}

function findLine(paragraphs: Paragraphs, indices: readonly number[], offset: number): number {
  let rest = offset;
  for (const at of indices) {
    const length = paragraphs[at]?.text.length ?? 0;
    if (rest < length) return paragraphs[at]?.line ?? 0;
    rest -= length;
  }
  return paragraphs[indices.at(-1) ?? -1]?.line ?? 0;
}
