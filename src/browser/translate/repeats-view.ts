/** One row that says the same as the active one, as an element of the Repeats tab. */
import { element, icon, project } from "../shell/dom.ts";
import { t } from "../shell/strings.ts";
import { renderChanges } from "./match-view.ts";
import type { TextPiece } from "./match-view.ts";
import type { RowLanguages } from "./row-view.ts";

export type Repeat = {
  readonly id: string;
  readonly document: string;
  readonly documentTitle: string;
  readonly paragraph: number;
  readonly kind: "equal" | "twin";
  readonly standing: "open" | "same" | "differs" | "excepted";
  readonly reason?: string;
  readonly changes: readonly TextPiece[];
  readonly target?: string;
  readonly proposal?: string;
  readonly isToDo?: true;
};

const LOOKS = {
  open: { icon: "s-draft", className: "status" },
  same: { icon: "s-check", className: "status is-good" },
  differs: { icon: "s-warn", className: "status is-warn" },
  excepted: { icon: "s-rejected", className: "status" },
} as const;

export function renderRepeat(
  repeat: Repeat,
  {
    languages,
    canPropose,
    rowNumber,
  }: {
    readonly languages: RowLanguages;
    readonly canPropose: boolean;
    /** Of a row of this text. */
    readonly rowNumber: number | undefined;
  },
): HTMLElement {
  const {
    id,
    document: documentId,
    documentTitle,
    paragraph,
    kind,
    standing,
    reason,
    changes,
    target,
    proposal,
    isToDo,
  } = repeat;
  const look = LOOKS[standing];
  const address = `/p/${project()}/translate?document=${encodeURIComponent(documentId)}&row=${encodeURIComponent(id)}`;
  const isOpen = standing === "open";
  return element(
    "article",
    { class: "match" },
    element(
      "div",
      { class: "match-head" },
      element("span", { class: `${look.className} tiny` }, icon(look.icon), t(`translate:repeats.standing.${standing}`)),
      ...(rowNumber === undefined
        ? [
            element("a", { href: address, lang: languages.source }, documentTitle),
            element("span", { class: "quiet" }, t("translate:similar.paragraph", { number: paragraph })),
          ]
        : [element("a", { href: address }, t("translate:grid.open", { row: rowNumber }))]),
    ),
    kind === "equal" ? undefined : element("p", { class: "match-text", lang: languages.source }, ...renderChanges(changes)),
    target === undefined ? undefined : element("p", { class: "match-text", lang: languages.target }, target),
    isOpen && kind === "twin" && proposal !== undefined
      ? element("p", { class: "match-text", lang: languages.target }, proposal)
      : undefined,
    isOpen && isToDo
      ? element("p", { class: "match-why match-doubts" }, icon("s-warn"), element("span", {}, t("translate:repeats.to-do")))
      : undefined,
    reason === undefined ? undefined : element("p", { class: "match-why" }, t("translate:repeats.because", { reason })),
    element(
      "div",
      { class: "repeat-acts" },
      isOpen && canPropose && proposal !== undefined
        ? element("button", { class: "btn btn-s", type: "button", "data-here": id }, t("translate:repeats.here"))
        : undefined,
      isOpen
        ? element("button", { class: "btn btn-s btn-quiet", type: "button", "data-except": id }, t("translate:repeats.not-here"))
        : undefined,
      standing === "excepted"
        ? element("button", { class: "btn btn-s btn-quiet", type: "button", "data-allow": id }, t("translate:repeats.allow"))
        : undefined,
    ),
    isOpen ? renderReason(id) : undefined,
  );
}

function renderReason(id: string): HTMLElement {
  return element(
    "form",
    { class: "repeat-reason", "data-reason": id, hidden: true },
    element("input", {
      class: "field",
      type: "text",
      required: true,
      maxlength: 500,
      "aria-label": t("translate:repeats.reason"),
      placeholder: t("translate:repeats.reason"),
    }),
    element("button", { class: "btn btn-s", type: "submit" }, t("translate:repeats.except")),
  );
}
