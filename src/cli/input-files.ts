/** Finds and reads the files that a command is given. */
import { access, constants, readFile, readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { CommandContext } from "./context.ts";
import { EXIT, Problem } from "./problem.ts";

export type InputFile = { readonly path: string; readonly name: string; readonly bytes: Uint8Array };

/** Kinds that a folder is searched for; a file named outright is read whatever it is called. */
const DOCUMENT_NAMES = /\.(?:txt|text|md|markdown|docx|html?|xhtml)$/i;

function explainFileError(context: CommandContext, path: string, error: unknown): Problem {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  const known = ["ENOENT", "EACCES", "EISDIR", "EPERM"].includes(code) ? code : "other";
  return new Problem(EXIT.unreadable, `${path}: ${context.t(`cli:file.${known}`, { detail: (error as Error).message })}`);
}

/** The paths of documents in `paths`: files as given, folders searched to any depth in name order. */
export async function findDocuments(context: CommandContext, paths: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const path of paths) {
    let isFolder: boolean;
    try {
      isFolder = (await stat(path)).isDirectory();
    } catch (error) {
      throw explainFileError(context, path, error);
    }
    if (!isFolder) {
      found.push(path);
      continue;
    }
    const entries = await readdir(path, { withFileTypes: true });
    const names = entries
      .filter((entry) => !entry.name.startsWith(".") && (entry.isDirectory() || DOCUMENT_NAMES.test(entry.name)))
      .map((entry) => join(path, entry.name))
      .sort();
    found.push(...(await findDocuments(context, names)));
  }
  return found;
}

export async function readInput(context: CommandContext, path: string): Promise<InputFile> {
  try {
    return { path, name: path, bytes: await readFile(path) };
  } catch (error) {
    throw explainFileError(context, path, error);
  }
}

export async function readInputs(context: CommandContext, paths: readonly string[]): Promise<readonly InputFile[]> {
  return Promise.all(paths.map((path) => readInput(context, path)));
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
