/** Finds and reads the files that a command is given. */
import { access, constants, readFile, readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { makeVisible } from "../text/visible-text.ts";
import type { CommandContext } from "./context.ts";
import { EXIT, Problem } from "./problem.ts";
import { say } from "./terminal.ts";

export type InputFile = { readonly path: string; readonly name: string; readonly bytes: Uint8Array };

/** `failed`: how many could not be opened; each has been named on standard error. */
export type FoundFiles = { readonly paths: readonly string[]; readonly failed: number };
export type ReadFiles = { readonly files: readonly InputFile[]; readonly failed: number };

/** Kinds that a folder is searched for; a file named outright is read whatever it is called. */
const DOCUMENT_NAMES = /\.(?:txt|text|md|markdown|docx|html?|xhtml)$/i;

function explainFileError(context: CommandContext, path: string, error: unknown): Problem {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  const known = ["ENOENT", "EACCES", "EISDIR", "EPERM"].includes(code) ? code : "other";
  const detail = makeVisible((error as Error).message);
  return new Problem(EXIT.unreadable, `${makeVisible(path)}: ${context.t(`cli:file.${known}`, { detail })}`);
}

/**
 * The paths of documents in `paths`: files as given, folders searched to any depth in name order. What cannot be opened
 * is named and passed over.
 */
export async function findDocuments(context: CommandContext, paths: readonly string[]): Promise<FoundFiles> {
  const found: string[] = [];
  let failed = 0;
  // The next to be looked at stands last.
  const waiting = paths.toReversed();
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const folder = path;
    try {
      if (!(await stat(folder)).isDirectory()) {
        found.push(folder);
        continue;
      }
      const entries = await readdir(folder, { withFileTypes: true });
      const names = entries
        .filter((entry) => !entry.name.startsWith(".") && (entry.isDirectory() || DOCUMENT_NAMES.test(entry.name)))
        .map((entry) => join(folder, entry.name))
        .sort();
      waiting.push(...names.reverse());
    } catch (error) {
      failed += 1;
      say(explainFileError(context, folder, error).message);
    }
  }
  return { paths: found, failed };
}

export async function readInput(context: CommandContext, path: string): Promise<InputFile> {
  try {
    return { path, name: path, bytes: await readFile(path) };
  } catch (error) {
    throw explainFileError(context, path, error);
  }
}

/** Every file that can be opened, in order; the others are named and passed over. */
export async function readInputs(context: CommandContext, paths: readonly string[]): Promise<ReadFiles> {
  const files: InputFile[] = [];
  for (const path of paths) {
    try {
      files.push(await readInput(context, path));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      say(error.message);
    }
  }
  return { files, failed: paths.length - files.length };
}

/** The name a project shows for a file: no folders. */
export function shownName(path: string): string {
  return basename(path);
}

/** Ends the command when a file cannot be opened; for files that are read as a stream later. */
export async function assertReadable(context: CommandContext, path: string): Promise<void> {
  try {
    await access(path, constants.R_OK);
    if ((await stat(path)).isDirectory()) throw Object.assign(new Error(path), { code: "EISDIR" });
  } catch (error) {
    throw explainFileError(context, path, error);
  }
}
