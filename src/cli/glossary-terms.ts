/** Reads the glossary that a file-to-file command is given. */
import { makeVisible } from "../text/visible-text.ts";
import type { CommandContext } from "./context.ts";
import { sayDiagnostics } from "./context.ts";
import { readInput } from "./input-files.ts";
import { EXIT, Problem } from "./problem.ts";
import type { Concept } from "../model/concept.ts";

/** The concepts of a glossary file, none without a file. A file with errors ends the command. */
export async function readGlossary(context: CommandContext, path: string | undefined): Promise<readonly Concept[]> {
  if (path === undefined) return [];
  const file = await readInput(context, path);
  const { readGlossaryFile } = await import("../workflow/glossary-file.ts");
  const { value, diagnostics } = readGlossaryFile(file);
  sayDiagnostics(context, path, diagnostics);
  if (value === undefined || diagnostics.some(({ severity }) => severity === "error"))
    throw new Problem(EXIT.unreadable, `${makeVisible(path)}: ${context.t("cli:nothing-readable")}`);
  return value;
}

/** All terms of one language, by its main subtag. */
export function listTerms(concepts: readonly Concept[], language: string): readonly string[] {
  return concepts.flatMap((concept) =>
    concept.terms.filter((term) => term.language.split("-")[0] === language).map((term) => term.text),
  );
}
