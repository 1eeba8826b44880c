/** The comparison as the server gives it, and what of it is shown. */

export type Side = "base" | "other";
type Span = { readonly start: number; readonly end: number };
export type Difference = { readonly class: string; readonly base: Span; readonly other: Span };
type SideText = { readonly text: string; readonly line: number; readonly excluded: boolean };
export type Row = {
  readonly place: string;
  readonly base?: SideText;
  readonly other?: SideText;
  readonly differences: readonly Difference[];
  readonly moved?: true;
};
export type Decision = {
  readonly sequence: number;
  readonly place: string;
  readonly reading?: Side;
  readonly note?: string;
  readonly author: string;
  readonly at: string;
};
export type Comparison = { readonly rows: readonly Row[]; readonly decisions: readonly Decision[] };

/** The class of a row that only one version has. */
export const MISSING = "missing";
/** The class of a row that stands elsewhere in the other version. */
export const MOVED = "moved";

/** A row that is shown, with its number in the whole comparison and the differences of the classes shown. */
export type ShownRow = {
  readonly row: Row;
  readonly number: number;
  readonly differences: readonly Difference[];
  readonly isMissing: boolean;
  readonly isMoved: boolean;
  /** Of a row that moved: the number of the row behind which the other version has it, 0 for its beginning. */
  readonly after?: number;
};

/** A stop of the keys n and p: a row, and which of its differences (0 for a row of one version or one that only moved). */
export type Stop = { readonly index: number; readonly difference: number };

export type Filter = { readonly classes: ReadonlySet<string>; readonly equal: boolean };

export function countClasses(rows: readonly Row[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const add = (name: string) => counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const row of rows) {
    if (!row.base || !row.other) add(MISSING);
    if (row.moved) add(MOVED);
    for (const difference of row.differences) add(difference.class);
  }
  return counts;
}

export function countEqual(rows: readonly Row[]): number {
  return rows.filter((row) => row.base && row.other && !row.moved && row.differences.length === 0).length;
}

export function selectRows(rows: readonly Row[], { classes, equal }: Filter): readonly ShownRow[] {
  return rows.flatMap((row, at) => {
    const differences = row.differences.filter((difference) => classes.has(difference.class));
    const isMissing = (!row.base || !row.other) && classes.has(MISSING);
    const isMoved = row.moved === true && classes.has(MOVED);
    return equal || isMissing || isMoved || differences.length > 0
      ? [{ row, number: at + 1, differences, isMissing, isMoved, ...(isMoved ? { after: findBefore(rows, row) } : {}) }]
      : [];
  });
}

/** The number of the row that the other version has right before this one; 0 for none. */
function findBefore(rows: readonly Row[], { other: own }: Row): number {
  let number = 0;
  let line = -1;
  rows.forEach(({ other }, at) => {
    if (!own || !other || other.line >= own.line || other.line <= line) return;
    line = other.line;
    number = at + 1;
  });
  return number;
}

export function listStops(rows: readonly ShownRow[]): readonly Stop[] {
  return rows.flatMap(({ differences, isMissing, isMoved }, index) =>
    isMissing || (isMoved && differences.length === 0)
      ? [{ index, difference: 0 }]
      : differences.map((_, difference) => ({ index, difference })),
  );
}
