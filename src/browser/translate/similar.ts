/** The Similar paragraphs tab: paragraphs of other texts like the one of the active row, with their translation. */
import { closest, element, project } from "../shell/dom.ts";
import { get } from "../shell/request.ts";
import { formatNumber, t } from "../shell/strings.ts";
import { renderChanges } from "./match-view.ts";
import type { TextPiece } from "./match-view.ts";
import type { RowLanguages } from "./row-view.ts";
import type { Row } from "./rows.ts";
import { createToolTab } from "./tool-tab.ts";

type Similar = {
  readonly document: string;
  readonly date?: string;
  readonly address: string;
  readonly paragraph: number;
  readonly similarity: number;
  readonly changes: readonly TextPiece[];
  readonly translation?: {
    readonly text: string;
    readonly kind: "translated" | "aligned";
    readonly isConfirmed: boolean;
    readonly address?: string;
  };
};

export type SimilarPane = { readonly show: (row: Row) => void };

export function createSimilarPane(languages: RowLanguages, insert: (text: string) => void): SimilarPane {
  let current: Row | undefined;
  let shown: { readonly row: Row; readonly paragraphs: readonly Similar[] } | undefined;

  const load = async () => {
    const row = current;
    if (!row || !tab.isOpen() || shown?.row === row) return;
    // What is there stays until the new answer is; only a first question has nothing to show.
    if (!shown) tab.say(t("translate:similar.loading"));
    const url = `/api/p/${project()}/segments/${encodeURIComponent(row.id)}/similar-paragraphs`;
    const answer = await get<{ readonly paragraphs: readonly Similar[] }>(url, { quiet: true });
    if (row !== current) return;
    if (!answer.ok) {
      shown = undefined;
      return tab.say(t("translate:similar.failed"));
    }
    const { paragraphs } = answer.value;
    shown = { row, paragraphs };
    tab.count(paragraphs.length);
    if (paragraphs.length === 0) return tab.say(t("translate:similar.nothing"));
    tab.place.replaceChildren(...paragraphs.map((one, at) => renderSimilar(one, at, languages)));
    tab.place.scrollTop = 0;
  };
  const tab = createToolTab("similar", () => void load());

  tab.place.addEventListener("mousedown", (event) => {
    if (closest(event, "button")) event.preventDefault();
  });
  tab.place.addEventListener("click", (event) => {
    const at = closest(event, "[data-similar]")?.dataset["similar"];
    const text = at === undefined ? undefined : shown?.paragraphs[Number(at)]?.translation?.text;
    if (text !== undefined) insert(text);
  });

  return {
    show: (row) => {
      current = row;
      if (!tab.isOpen()) tab.count(undefined);
      void load();
    },
  };
}

function renderSimilar(similar: Similar, at: number, languages: RowLanguages): HTMLElement {
  const { document: title, date, address, paragraph, similarity, changes, translation } = similar;
  const where = [t("translate:similar.paragraph", { number: paragraph }), date].filter((part) => part !== undefined);
  return element(
    "article",
    { class: "match" },
    element(
      "div",
      { class: "match-head" },
      element("span", { class: "score" }, `${formatNumber(similarity)} %`),
      element("a", { href: address, lang: languages.source }, title),
      element("span", { class: "quiet" }, where.join(" · ")),
    ),
    element("p", { class: "match-text", lang: languages.source }, ...renderChanges(changes)),
    ...(translation
      ? [
          element("p", { class: "match-text", lang: languages.target }, translation.text),
          element(
            "p",
            { class: "match-why" },
            translation.address === undefined
              ? t(`translate:similar.${translation.kind}`)
              : element("a", { href: translation.address }, t(`translate:similar.${translation.kind}`)),
            translation.isConfirmed ? undefined : ` · ${t("translate:similar.unconfirmed")}`,
          ),
          element("button", { class: "btn btn-s", type: "button", "data-similar": at }, t("translate:similar.insert")),
        ]
      : [element("p", { class: "quiet" }, t("translate:similar.untranslated"))]),
  );
}
