/** Known pieces of a sentence in its order, each with its renderings to insert, and the gaps between them. */
import { element } from "../shell/dom.ts";
import { t } from "../shell/strings.ts";
import type { RowLanguages } from "./row-view.ts";

export type FragmentView = {
  readonly text: string;
  readonly kind?: "term" | "unit";
  readonly options?: readonly string[];
};

/** Undefined when no piece is known. */
export function renderFragments(fragments: readonly FragmentView[], languages: RowLanguages): HTMLElement | undefined {
  const known = fragments.filter(({ options }) => options !== undefined);
  if (known.length === 0) return undefined;
  const gaps = fragments.length - known.length;
  return element(
    "section",
    { class: "tool-section fragments", "aria-labelledby": "fragments-title" },
    element("h2", { class: "section-title", id: "fragments-title" }, t("translate:fragments.title")),
    element(
      "p",
      { class: "quiet" },
      [t("translate:fragments.known", { count: known.length }), t("translate:fragments.gaps", { count: gaps })].join(" "),
    ),
    element("ol", { class: "fragment-list" }, ...fragments.map((fragment) => renderFragment(fragment, languages))),
    known.length > 1
      ? element("button", { class: "btn btn-s", type: "button", "data-fragments": true }, t("translate:fragments.insert-all"))
      : undefined,
  );
}

function renderFragment({ text, kind, options }: FragmentView, languages: RowLanguages): HTMLElement {
  const source = element("span", { class: "fragment-source", lang: languages.source }, text);
  if (!options || !kind) {
    return element(
      "li",
      { class: "fragment is-gap" },
      source,
      element("span", { class: "visually-hidden" }, t("translate:fragments.gap")),
    );
  }
  return element(
    "li",
    { class: "fragment" },
    source,
    element("span", { class: "quiet" }, t(`translate:fragments.from.${kind}`)),
    ...options.map((option) =>
      element(
        "button",
        {
          class: "hit-en",
          type: "button",
          lang: languages.target,
          "data-term": option,
          title: t("translate:help.insert", { text: option }),
        },
        option,
      ),
    ),
  );
}

/** What is put in when all known pieces are taken: each by its first rendering, gaps as the source has them in brackets. */
export function joinFragments(fragments: readonly FragmentView[], targetLanguage: string): string {
  const isSpaced = !/^(?:zh|ja)/i.test(targetLanguage);
  return fragments
    .map(({ text, options }) => options?.[0] ?? (/[\p{L}\p{N}]/u.test(text) ? `[${text.trim()}]` : ""))
    .filter((part) => part !== "")
    .join(isSpaced ? " " : "");
}
