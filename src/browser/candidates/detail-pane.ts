/** The pane of the selected candidate and the pane of its lines, filled at once or when the evidence has come. */
import { all, element, required } from "../shell/dom.ts";
import { t } from "../shell/strings.ts";
import { renderEvidence, renderHead, renderLoading, stateWords } from "./detail.ts";
import type { Detail, DetailContext } from "./detail-data.ts";
import type { Details } from "./details.ts";
import type { LinesPane } from "./lines.ts";
import type { Row } from "./model.ts";

export type DetailPaneContext = {
  readonly place: HTMLElement;
  readonly lines: LinesPane;
  readonly details: () => Details;
  /** Undefined: nothing is selected. */
  readonly current: () => Row | undefined;
  /** What is likely to be asked for next. */
  readonly next: () => Row | undefined;
  readonly rankOf: (row: Row) => number;
  readonly context: () => DetailContext;
};

export type DetailPane = {
  readonly show: () => void;
  /** The decision of the selected row changed. */
  readonly showState: (row: Row) => void;
  /** The evidence of this text may be another now; what is shown stays until the answer is there. */
  readonly reload: (text: string) => void;
};

export function createDetailPane(pane: DetailPaneContext): DetailPane {
  const { place, lines, current } = pane;

  const showOpenButtons = (detail: Detail | undefined) => {
    for (const button of all("[data-open-concept]")) button.setAttribute("aria-disabled", String(detail?.concept === undefined));
  };

  const showEvidence = (row: Row, detail: Detail, head: HTMLElement) => {
    place.replaceChildren(head, ...renderEvidence(row, detail, pane.context()));
    const { documents, lost } = detail;
    lines.show({ lines: detail.lines, documents, uses: row.count, lost });
    showOpenButtons(detail);
  };

  const showNothing = (...content: readonly Node[]) => {
    place.replaceChildren(...content);
    lines.show(undefined);
    showOpenButtons(undefined);
  };

  const show = () => {
    const row = current();
    if (!row) return showNothing(element("p", { class: "quiet" }, t("candidates:detail.none")));
    const head = renderHead(row, pane.rankOf(row), pane.context());
    const known = pane.details().known(row.text);
    if (known) return showEvidence(row, known, head);
    showNothing(head, renderLoading());
    void pane
      .details()
      .load(row.text)
      .then((answer) => {
        if (!answer || current() !== row) return;
        if (answer.ok) {
          showEvidence(row, answer.value, head);
          const next = pane.next();
          if (next) pane.details().prefetch(next.text);
        } else {
          const retry = element("button", { class: "btn btn-s", type: "button" }, t("candidates:retry"));
          retry.addEventListener("click", show);
          const words = element("div", { class: "notice is-bad cand-tree" }, element("div", {}, answer.message), retry);
          place.replaceChildren(head, words);
        }
      });
  };

  return {
    show,
    showState: (row) => required("[data-state-words]", place).replaceWith(stateWords(row)),
    reload: (text) => {
      void pane
        .details()
        .load(text)
        .then((answer) => {
          if (answer?.ok && current()?.text === text) show();
        });
    },
  };
}
