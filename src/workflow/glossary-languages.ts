/** The languages of a glossary that nobody has named: the source is Chinese where there is any, else the most frequent one. */
import { mainLanguage } from "../formats/language-tag.ts";
import type { Concept } from "../model/concept.ts";
import type { LanguageTag } from "../model/span.ts";
import type { Languages } from "./interchange-content.ts";

export function languagesOf(
  concepts: readonly Concept[],
  wish: { readonly from?: LanguageTag; readonly toLanguage?: LanguageTag } = {},
): Languages {
  const counts = new Map<LanguageTag, number>();
  for (const { terms } of concepts) {
    for (const { language } of terms) counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  const frequent = [...counts].sort(([, one], [, other]) => other - one).map(([language]) => language);
  const source = wish.from ?? frequent.find((language) => mainLanguage(language) === "zh") ?? frequent[0] ?? "zh";
  const other = frequent.find((language) => mainLanguage(language) !== mainLanguage(source));
  return { source, target: wish.toLanguage ?? other ?? (mainLanguage(source) === "zh" ? "en" : "zh") };
}
