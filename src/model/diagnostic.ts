/**
 * A problem in an input file, as a value: readers keep what they can and report the rest.
 * The code is a stable slug; messages come from the catalogues (`diagnostics:<code>`, with `values`).
 */
export type Diagnostic = {
  readonly code: string;
  readonly severity: "error" | "warning" | "information";
  /** 1-based, as editors count them. Absent when the problem is the whole file. */
  readonly line?: number;
  /** 1-based, in UTF-16 code units. */
  readonly column?: number;
  readonly values?: Readonly<Record<string, string | number>>;
};

/** What every reader returns. `value` is undefined when nothing could be used. */
export type ReadResult<T> = { readonly value: T | undefined; readonly diagnostics: readonly Diagnostic[] };

/** Something a format cannot carry. Announced in words (`losses:<code>`) before an import or export happens. */
export type Loss = {
  readonly code: string;
  readonly count: number;
  readonly values?: Readonly<Record<string, string | number>>;
};
