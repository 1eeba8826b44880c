import { pino } from "pino";

/** Where the server writes what happened. Lines name routes, ids and times; they never hold text of a document. */
export type Log = {
  readonly info: (fields: LogFields, message: string) => void;
  readonly warn: (fields: LogFields, message: string) => void;
  readonly error: (fields: LogFields, message: string) => void;
};

export type LogFields = Readonly<Record<string, string | number | boolean | Error | undefined>>;
export type LogLevel = "silent" | "error" | "warn" | "info";

export function createLog(level: LogLevel): Log {
  // Standard output belongs to the command line; the log goes to standard error.
  return pino({ level, base: {} }, process.stderr);
}
