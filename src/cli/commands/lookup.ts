import { fstatSync } from "node:fs";
import { createInterface } from "node:readline";
import type { AddCommand } from "../command.ts";
import { sayDiagnostics } from "../context.ts";
import { assertReadable } from "../input-files.ts";
import { gather, readChoice, readNumber } from "../options.ts";
import { EXIT, Problem } from "../problem.ts";
import { say, writeOut } from "../terminal.ts";

type Options = {
  readonly memory: readonly string[];
  readonly threshold: number;
  readonly limit: number;
  readonly fold: "width" | "none";
};

const MOST_MATCHES = 1000;

export const addLookup: AddCommand = (program, context, finish) => {
  const { t } = context;
  program
    .command("lookup")
    .description(t("cli:lookup.description"))
    .requiredOption("--memory <file>", t("cli:lookup.memory"), gather, [])
    .option("--threshold <percent>", t("cli:lookup.threshold"), readNumber(context, { least: 0, most: 100 }), 70)
    .option("--limit <n>", t("cli:lookup.limit"), readNumber(context, { least: 1, most: MOST_MATCHES }), 5)
    .option("--fold <width|none>", t("cli:lookup.fold"), readChoice(context, ["width", "none"]), "width")
    .argument("[file...]", t("cli:lookup.memory"))
    .action(async (more: readonly string[], options: Options) => {
      // `--memory a.tmx b.tmx`: the contract allows several files after one option.
      const paths = [...options.memory, ...more];
      if (paths.length === 0) throw new Problem(EXIT.usage, t("cli:lookup.no-memory"));
      for (const path of paths) await assertReadable(context, path);
      const { createLookup, openMemoryFile } = await import("../../workflow/lookup.ts");
      const files = await Promise.all(paths.map(openMemoryFile));
      const memory = await createLookup(files, { fold: options.fold });
      for (const { file, diagnostics } of memory.diagnostics) sayDiagnostics(context, file, diagnostics);
      // What stands before the fault is searched; the exit code says that it is not all.
      if (memory.diagnostics.some(({ diagnostics }) => diagnostics.some(({ severity }) => severity === "error"))) {
        finish(EXIT.unreadable);
      }
      if (memory.unitCount === 0) throw new Problem(EXIT.unreadable, t("cli:nothing-readable"));
      if (process.stderr.isTTY) say(t("cli:lookup.ready", { count: memory.unitCount }));
      const { threshold, limit } = options;
      // Node reads a folder as standard input without a word; the line reader does the same with a fault while reading.
      if (fstatSync(0).isDirectory()) throw new Problem(EXIT.unreadable, `-: ${t("cli:file.EISDIR")}`);
      let fault: Error | undefined;
      process.stdin.once("error", (error) => (fault = error));
      for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
        await writeOut(`${JSON.stringify(memory.lookup(line, { threshold, limit }))}\n`);
      }
      if (fault) throw new Problem(EXIT.unreadable, `-: ${t("cli:file.other", { detail: fault.message })}`);
    });
};
