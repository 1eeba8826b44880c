/** Collects what a TBX reader has to say: errors by place, repeated remarks once with their number. */
import type { Diagnostic } from "../model/diagnostic.ts";

export type Place = { readonly line: number; readonly column: number };
type Values = Readonly<Record<string, string | number>>;

/** Of one kind of error this many are named one by one. */
const MOST_NAMED = 50;

export type TbxReport = {
  readonly error: (code: string, place: Place, values?: Values) => void;
  readonly warn: (code: string, place: Place, values?: Values) => void;
  /** Said once for all that are alike, at the first place, with `count`. */
  readonly tell: (severity: "warning" | "information", code: string, place: Place, values: Values) => void;
  readonly list: () => readonly Diagnostic[];
};

export function createTbxReport(): TbxReport {
  const single: Diagnostic[] = [];
  const told = new Map<string, { diagnostic: Diagnostic; count: number }>();
  const named = new Map<string, number>();

  function name(severity: Diagnostic["severity"], code: string, place: Place, values: Values): void {
    const count = (named.get(code) ?? 0) + 1;
    named.set(code, count);
    const { line, column } = place;
    if (count <= MOST_NAMED) single.push({ code, severity, line, column, values });
  }

  return {
    error: (code, place, values = {}) => name("error", code, place, values),
    warn: (code, place, values = {}) => name("warning", code, place, values),
    tell(severity, code, { line, column }, values) {
      const key = `${code}\u0000${JSON.stringify(values)}`;
      const known = told.get(key);
      if (known) known.count += 1;
      else told.set(key, { diagnostic: { code, severity, line, column, values }, count: 1 });
    },
    list() {
      const gathered = [...told.values()].map(({ diagnostic, count }) => ({
        ...diagnostic,
        values: { ...diagnostic.values, count },
      }));
      const rest = [...named]
        .filter(([, count]) => count > MOST_NAMED)
        .map(([code, count]): Diagnostic => ({
          code: "tbx-more-of-a-kind",
          severity: "error",
          values: { kind: code, count: count - MOST_NAMED },
        }));
      const all = [...single, ...gathered].sort(
        (first, second) => (first.line ?? 0) - (second.line ?? 0) || (first.column ?? 0) - (second.column ?? 0),
      );
      return [...all, ...rest];
    },
  };
}
