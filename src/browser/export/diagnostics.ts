/** What is wrong with a file, in words with its place. */
import type { Diagnostic } from "../../model/diagnostic.ts";
import { t } from "../shell/strings.ts";

/** Needs the catalogues `export` and `diagnostics`. */
export function describeDiagnostic({ code, line, column, values }: Diagnostic): string {
  const message = t(`diagnostics:${code}`, values);
  if (line === undefined) return message;
  if (column === undefined) return t("export:back.at-line", { line, message });
  return t("export:back.at", { line, column, message });
}
