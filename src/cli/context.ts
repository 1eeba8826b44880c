/** What every command gets: the words of its language and how to put a diagnostic into them. */
import type { Diagnostic, Loss } from "../model/diagnostic.ts";
import type { InterfaceLanguage } from "../server/i18n.ts";
import { makeVisible } from "../text/visible-text.ts";
import { say } from "./terminal.ts";

export type Translate = (key: string, values?: Readonly<Record<string, unknown>>) => string;

export type CommandContext = { readonly t: Translate; readonly language: string };

/** `file:line:column: what`, the form that editors and CI systems know how to open. One line whatever the file is called. */
export function formatDiagnostic(context: CommandContext, file: string, diagnostic: Diagnostic): string {
  const place = [makeVisible(file), diagnostic.line, diagnostic.line === undefined ? undefined : diagnostic.column]
    .filter((part) => part !== undefined)
    .join(":");
  // Values come out of the file: an escape sequence among them must not reach the terminal.
  return `${place}: ${makeVisible(context.t(`diagnostics:${diagnostic.code}`, diagnostic.values))}`;
}

export function sayDiagnostics(context: CommandContext, file: string, diagnostics: readonly Diagnostic[]): void {
  for (const diagnostic of diagnostics) {
    if (diagnostic.severity !== "information") say(formatDiagnostic(context, file, diagnostic));
  }
}

export function formatLoss(context: CommandContext, loss: Loss): string {
  return context.t(`losses:${loss.code}`, { count: loss.count, ...loss.values });
}

/** The language of a terminal, from LC_ALL, LC_MESSAGES or LANG; English unless it is Chinese. */
export function languageOfTerminal(environment: NodeJS.ProcessEnv): InterfaceLanguage {
  const locale = environment["LC_ALL"] || environment["LC_MESSAGES"] || environment["LANG"] || "";
  return /^zh/i.test(locale) ? "zh-CN" : "en";
}
