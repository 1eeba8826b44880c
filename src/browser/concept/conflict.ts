/** A save that met a later one: what both say, and what is sent next. */
import type { Failure } from "../shell/request.ts";
import { askAboutConflict } from "../shell/conflict.ts";
import type { Resolution } from "../shell/conflict.ts";
import { formatInstant, hasWords, t } from "../shell/strings.ts";

export type StaleDetails = {
  readonly mine: unknown;
  readonly theirs: { readonly revision: number; readonly text?: string };
  readonly base: unknown;
  readonly author?: string;
  readonly at?: string;
};

export function staleDetails(failure: Failure): StaleDetails | undefined {
  return failure.code === "stale" ? (failure.details as StaleDetails) : undefined;
}

export async function askWhichStands(stale: StaleDetails, language: string): Promise<Resolution> {
  const names = differingFields(stale);
  return askAboutConflict({
    mine: describe(stale.mine, names),
    theirs: describe(stale.theirs, names),
    base: describe(stale.base, names),
    language,
    ...(stale.author === undefined ? {} : { author: stale.author }),
    ...(stale.at === undefined ? {} : { at: formatInstant(new Date(stale.at)) }),
  });
}

const FIELDS = [
  "text",
  "usage",
  "termType",
  "matching",
  "partOfSpeech",
  "validFrom",
  "validUntil",
  "note",
  "kind",
  "class",
  "domain",
  "paraphrased",
];

function differingFields({ mine, theirs, base }: StaleDetails): readonly string[] {
  // A status stands alone, without fields.
  if (typeof mine === "string") return ["status"];
  const differ = FIELDS.filter((name) => new Set([mine, theirs, base].map((one) => fieldText(one, name))).size > 1);
  return differ.length > 0 ? differ : ["text"];
}

function describe(value: unknown, names: readonly string[]): string {
  if (names.length === 1 && names[0] === "text") return fieldText(value, "text");
  return names.map((name) => `${t(`glossary:field.${name}`)}: ${inWords(name, value)}`).join("\n");
}

function inWords(name: string, value: unknown): string {
  const text = name === "status" && typeof value === "string" ? value : fieldText(value, name);
  if (text === "") return t("glossary:trail.empty-value");
  for (const list of ["status", "usage", "kind"]) {
    if (list === name && hasWords(`glossary:${list}.${text}`)) return t(`glossary:${list}.${text}`);
  }
  if (name === "termType") return t(`glossary:type.${text}`);
  return name === "matching" ? t(`glossary:matching.${text}`) : text;
}

function fieldText(value: unknown, name: string): string {
  if (typeof value !== "object" || value === null) return "";
  const field = (value as Readonly<Record<string, unknown>>)[name];
  if (name === "paraphrased") return t(field === true ? "glossary:paraphrased.yes" : "glossary:paraphrased.no");
  return typeof field === "string" ? field : "";
}
