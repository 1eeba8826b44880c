import type { Command } from "commander";
import type { CommandContext } from "./context.ts";

/** Adds one command to the program; it calls `finish` with its exit code when that is not 0. */
export type AddCommand = (program: Command, context: CommandContext, finish: (exitCode: number) => void) => void;
