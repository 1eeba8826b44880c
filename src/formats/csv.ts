/**
 * Reads and writes comma- and tab-separated tables; the only place that knows the parser (PapaParse).
 *
 * Policy: a row with a broken quotation mark is reported with its line and left out, and reading goes on at the next line,
 * so one bad mark does not swallow the rest of the file. Rows that are wholly blank are skipped. Cells are never altered,
 * but for the apostrophe put before spreadsheet formulas, which is taken off again only when asked.
 * Cost: one pass; each broken quotation mark costs one more over the rest, at most `MAX_BROKEN` of them.
 */
import Papa from "papaparse";
import type { Diagnostic, ReadResult } from "../model/diagnostic.ts";

export type CsvTable = {
  /** The first row, when it was asked for. */
  readonly header: readonly string[] | undefined;
  readonly rows: readonly (readonly string[])[];
  /** 1-based line on which each row begins. */
  readonly lines: readonly number[];
  readonly delimiter: string;
};

export type CsvReadOptions = {
  readonly header: boolean;
  /** Detected among , ; tab and | when absent. */
  readonly delimiter?: string;
  /** Take off the apostrophe that `neutraliseFormulas` put on. */
  readonly undoFormulas?: boolean;
};

export type CsvWriteOptions = {
  readonly header?: readonly string[];
  readonly delimiter?: string;
  /** Put an apostrophe before cells that a spreadsheet would run as formulas. */
  readonly neutraliseFormulas?: boolean;
  /** Excel reads UTF-8 only with a byte-order mark. */
  readonly bom?: boolean;
  readonly newline?: "\n" | "\r\n";
};

const MAX_BROKEN = 20;
const DELIMITERS = ["\t", ",", ";", "|"] as const;
/** After OWASP's list: a cell that starts so is a formula to a spreadsheet. Apostrophes before them are ours to undo. */
const FORMULA = /^'*[=+\-@\t\r]/u;
const NEUTRALISED = /^'+[=+\-@\t\r]/u;

/** What stands outside quotation marks: every other piece between them, since a doubled mark closes and opens again. */
function outsideQuotes(text: string): string {
  return text
    .split('"')
    .filter((_, index) => index % 2 === 0)
    .join("");
}

/** Rows end the same way throughout, or PapaParse, which goes by the first row's ending, joins them. */
function evenLineEnds(text: string): string {
  if (!text.includes("\r")) return text;
  const outside = outsideQuotes(text);
  const pairs = (outside.match(/\r\n/gu) ?? []).length;
  const feeds = (outside.match(/\n/gu) ?? []).length;
  const returns = (outside.match(/\r/gu) ?? []).length;
  const kinds = [pairs > 0, feeds > pairs, returns > pairs].filter(Boolean).length;
  return kinds > 1 ? text.replace(/\r\n?/gu, "\n") : text;
}

/** The delimiter that gives the first rows the same number of cells, more than one; the earlier in the list wins a tie. */
export function detectDelimiter(text: string): string {
  let best: string = ",";
  let bestScore = 0;
  for (const delimiter of DELIMITERS) {
    const { data } = Papa.parse<string[]>(text.slice(0, 200_000), { delimiter, preview: 50, skipEmptyLines: "greedy" });
    const width = data[0]?.length ?? 0;
    if (width < 2) continue;
    const same = data.filter((row) => row.length === width).length / data.length;
    if (same > bestScore) {
      best = delimiter;
      bestScore = same;
    }
  }
  return best;
}

/** A spreadsheet would run it. Words that only begin with a hyphen, an at sign or a plus are no formulas. */
export function isFormula(cell: string): boolean {
  return /^\s*(?:=\S|[+@-][^(]*\w\(|[+@-].*\|)/u.test(cell.slice(0, 1000));
}

export function neutraliseFormula(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell;
}

export function restoreFormula(cell: string): string {
  return NEUTRALISED.test(cell) ? cell.slice(1) : cell;
}

/** Counts lines up to ever higher offsets; CR LF and CR alone count as one each. */
function lineCounter(text: string): (offset: number) => number {
  let line = 1;
  let at = 0;
  return (offset) => {
    for (; at < offset; at += 1) {
      const code = text.charCodeAt(at);
      if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) line += 1;
    }
    return line;
  };
}

/** The offset just after the line that holds `offset`. */
function nextLine(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && text.charCodeAt(at) !== 10 && text.charCodeAt(at) !== 13) at += 1;
  if (text.charCodeAt(at) === 13 && text.charCodeAt(at + 1) === 10) at += 1;
  return at + 1;
}

/** Blank lines before a row belong to what PapaParse has read over; the row begins after them. */
function skipBlank(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && (text.charCodeAt(at) === 10 || text.charCodeAt(at) === 13)) at += 1;
  return at;
}

export function readCsv(received: string, options: CsvReadOptions): ReadResult<CsvTable> {
  const text = evenLineEnds(received.startsWith("\ufeff") ? received.slice(1) : received);
  const delimiter = options.delimiter ?? detectDelimiter(text);
  const newline = /\r\n|\n|\r/u.exec(outsideQuotes(text))?.[0] as "\n" | "\r\n" | "\r" | undefined;
  const diagnostics: Diagnostic[] = [];
  const rows: (readonly string[])[] = [];
  const lines: number[] = [];
  const countLine = lineCounter(text);

  // Each round reads up to the end or to a broken quotation mark; the next starts on the line after it.
  let start = 0;
  while (start < text.length) {
    let cursor = start;
    let resume = text.length;
    Papa.parse<string[]>(start === 0 ? text : text.slice(start), {
      delimiter,
      ...(newline === undefined ? {} : { newline }),
      skipEmptyLines: false,
      step: (result, parser) => {
        const rowStart = cursor;
        cursor = start + result.meta.cursor;
        const broken = result.errors.find((error) => error.type === "Quotes");
        if (broken) {
          const at = Math.max(rowStart, start + (broken.index ?? 0) - 1);
          const line = countLine(at);
          const column = at - Math.max(text.lastIndexOf("\n", at - 1), text.lastIndexOf("\r", at - 1));
          const code = broken.code === "InvalidQuotes" ? "csv-quote-broken" : "csv-quote-unclosed";
          diagnostics.push({ code, severity: "error", line, column });
          resume = nextLine(text, at);
          parser.abort();
          return;
        }
        if (result.data.every((cell) => cell.trim() === "")) return;
        lines.push(countLine(skipBlank(text, rowStart)));
        rows.push(options.undoFormulas ? result.data.map(restoreFormula) : result.data);
      },
    });
    start = resume;
    if (diagnostics.length >= MAX_BROKEN && start < text.length) {
      diagnostics.push({ code: "csv-too-many-errors", severity: "error", line: countLine(start), values: { count: MAX_BROKEN } });
      break;
    }
  }
  if (rows.length === 0) {
    if (diagnostics.length === 0) diagnostics.push({ code: "csv-empty", severity: "error" });
    return { value: undefined, diagnostics };
  }
  const header = options.header ? rows.shift() : undefined;
  if (options.header) lines.shift();
  return { value: { header, rows, lines, delimiter }, diagnostics };
}

/** Always ends with a line end, so that files can be joined and differences stay one line. */
export function writeCsv(rows: readonly (readonly string[])[], options: CsvWriteOptions = {}): string {
  const newline = options.newline ?? "\n";
  const all = options.header ? [options.header, ...rows] : rows;
  const cells = options.neutraliseFormulas ? all.map((row) => row.map(neutraliseFormula)) : all;
  const body = Papa.unparse(cells as string[][], { delimiter: options.delimiter ?? ",", newline });
  return (options.bom ? "\ufeff" : "") + (body === "" ? "" : body + newline);
}

export type PairReader = { readonly write: (chunk: string) => void; readonly end: () => readonly Diagnostic[] };

/** How many lines without a tab are named one by one; a file of another kind would name each. */
const MAX_NAMED_LINES = 20;

/** "…" with the marks inside doubled, as spreadsheets write a cell that holds a quotation mark. */
function unquote(cell: string): string {
  if (cell.length < 4 || cell.charCodeAt(0) !== 34 || cell.charCodeAt(cell.length - 1) !== 34) return cell;
  const inner = cell.slice(1, -1);
  return inner.includes('""') && !inner.replaceAll('""', "").includes('"') ? inner.replaceAll('""', '"') : cell;
}

/**
 * Streams source and target out of a two-column tab-separated file, one pair a line, further columns passed over.
 * Quotation marks are text, as in the plain TSV of corpora; only a cell wrapped as spreadsheets wrap it is unwrapped.
 */
export function createPairReader(onPair: (source: string, target: string, line: number) => void): PairReader {
  const diagnostics: Diagnostic[] = [];
  let carried = "";
  let line = 0;
  let without = 0;

  function readLine(raw: string): void {
    line += 1;
    const text = raw.endsWith("\r") ? raw.slice(0, -1) : raw;
    if (text === "") return;
    const tab = text.indexOf("\t");
    if (tab === -1) {
      without += 1;
      if (without <= MAX_NAMED_LINES) diagnostics.push({ code: "pair-without-tab", severity: "warning", line });
      return;
    }
    const next = text.indexOf("\t", tab + 1);
    onPair(unquote(text.slice(0, tab)), unquote(next === -1 ? text.slice(tab + 1) : text.slice(tab + 1, next)), line);
  }

  return {
    write(received) {
      const chunk = line === 0 && carried === "" && received.startsWith("\ufeff") ? received.slice(1) : received;
      let from = 0;
      let at = chunk.indexOf("\n");
      if (at !== -1 && carried !== "") {
        readLine(carried + chunk.slice(0, at));
        carried = "";
        from = at + 1;
        at = chunk.indexOf("\n", from);
      }
      for (; at !== -1; at = chunk.indexOf("\n", from)) {
        readLine(chunk.slice(from, at));
        from = at + 1;
      }
      carried += chunk.slice(from);
    },
    end() {
      if (carried !== "") readLine(carried);
      carried = "";
      if (without > MAX_NAMED_LINES) {
        diagnostics.push({ code: "pairs-without-tab", severity: "warning", values: { count: without } });
      }
      return diagnostics;
    },
  };
}
