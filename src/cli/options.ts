/** Readers for option values; what does not fit ends the command with exit code 2. */
import { InvalidArgumentError } from "commander";
import type { CommandContext } from "./context.ts";

export function readNumber(context: CommandContext, range: { readonly least: number; readonly most: number }) {
  return (value: string): number => {
    const number = Number(value);
    if (value.trim() !== "" && Number.isInteger(number) && number >= range.least && number <= range.most) return number;
    throw new InvalidArgumentError(context.t("cli:not-a-number", { ...range, value }));
  };
}

export function readChoice<T extends string>(context: CommandContext, choices: readonly T[]) {
  return (value: string): T => {
    const chosen = choices.find((choice) => choice === value);
    if (chosen !== undefined) return chosen;
    throw new InvalidArgumentError(context.t("cli:not-a-choice", { value, choices: choices.join(", ") }));
  };
}

/** Gathers an option that may be given several times. */
export function gather(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
