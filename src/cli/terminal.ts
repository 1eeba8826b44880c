/**
 * What commands write. Results go to standard output, everything said about them to standard error,
 * so that a pipe carries results only. The progress line appears on a terminal alone.
 */
import { once } from "node:events";
import { chmod, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import type { ProgressReporter } from "../model/job.ts";

const BAR_WIDTH = 24;
const REDRAW_EVERY_MS = 80;

/** Writes to standard output and waits while the reader is slow. A reader that went away ends the command quietly. */
export async function writeOut(text: string | Uint8Array): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, "drain");
}

export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/**
 * Writes a whole file or nothing: a file of that name is replaced only when everything has been written. A link stays a
 * link, and who could read the file before still can. A device or a pipe (/dev/stdout, /dev/null) is written into.
 */
export async function writeWholeFile(path: string, content: string | Uint8Array | AsyncIterable<string>): Promise<void> {
  const known = await stat(path).catch(() => undefined);
  if (known && !known.isFile()) return writeFile(path, content);
  const goal = known ? await realpath(path) : path;
  const unfinished = `${goal}.${process.pid}.part`;
  try {
    await writeFile(unfinished, content);
    if (known) await chmod(unfinished, known.mode);
    await rename(unfinished, goal);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

export type ProgressLine = { readonly report: ProgressReporter; readonly end: () => void };

/** One line on standard error that is drawn over; silent when standard error is no terminal. */
export function startProgressLine(label: string, stageName: (stage: string) => string = (stage) => stage): ProgressLine {
  if (!process.stderr.isTTY) return { report: () => undefined, end: () => undefined };
  let drawnAt = 0;
  return {
    report: ({ done, total, stage }) => {
      const now = performance.now();
      if (now - drawnAt < REDRAW_EVERY_MS && done < total) return;
      drawnAt = now;
      const share = total > 0 ? Math.min(1, done / total) : 0;
      const filled = Math.round(share * BAR_WIDTH);
      const bar = "█".repeat(filled) + "░".repeat(BAR_WIDTH - filled);
      process.stderr.write(`\r\u001b[2K${label} ${bar} ${Math.floor(share * 100)} % ${stageName(stage)}`);
    },
    end: () => process.stderr.write("\r\u001b[2K"),
  };
}
