/** A hit: both texts side by side, what was found marked, what differs coloured, the known rendering underlined. */
import { element, icon } from "../shell/dom.ts";
import { t } from "../shell/strings.ts";
import { langOf, memoryName } from "./model.ts";
import type { Found, Hint, Hit, Mark, PageData, SideText } from "./model.ts";

type Parts = {
  readonly hit: Hit;
  readonly hints: Found["hints"];
  readonly page: PageData;
  readonly isActive: boolean;
  readonly isTicked: boolean;
};

export function createHit({ hit, hints, page, isActive, isTicked }: Parts): HTMLElement {
  const row = element(
    "div",
    {
      class: `conc-row${isActive ? " is-active" : ""}`,
      role: "listitem",
      "data-hit": hit.id,
      "aria-current": isActive ? "true" : undefined,
    },
    showSide(hit.source, { lang: langOf(page.sourceLanguage), hints: hints.target }),
    showSide(hit.target, { lang: langOf(page.targetLanguage), hints: hints.source }),
    showOrigin(hit, page, isTicked),
  );
  return row;
}

export function createPlaceholder(): HTMLElement {
  return element(
    "div",
    { class: "conc-row", role: "listitem", "aria-busy": "true" },
    element("span", { class: "skeleton w-4" }),
    element("span", { class: "skeleton w-3" }),
  );
}

function showSide(side: SideText, { lang, hints }: { readonly lang: string; readonly hints: readonly Hint[] }): HTMLElement {
  const text = element("p", { class: "conc-text", lang });
  let at = 0;
  for (const mark of side.marks) {
    text.append(side.text.slice(at, mark.start));
    text.append(...showMark(side, mark, hints));
    at = mark.end;
  }
  text.append(side.text.slice(at));
  return text;
}

function showMark({ text, changes }: SideText, mark: Mark, hints: readonly Hint[]): Node[] {
  const words = text.slice(mark.start, mark.end);
  if (mark.kind === "hint") {
    const hint = hints[mark.hint ?? -1];
    return [element("span", { class: "conc-hint", title: hint ? describeHint(hint) : undefined }, words)];
  }
  if (!changes) return [element("mark", { class: "conc-found" }, words)];
  const found = element("mark", { class: "conc-found is-near" });
  for (const { kind, text: part } of changes) {
    if (kind === "equal") found.append(part);
    else found.append(element(kind === "removed" ? "del" : "ins", { class: "diff" }, part));
  }
  return [found];
}

export function describeHint(hint: Hint): string {
  if (hint.status !== undefined)
    return t("concordance:hint.term", { term: hint.term, status: t(`concordance:status.${hint.status}`) });
  return t("concordance:hint.seen", { term: hint.term, count: hint.seen ?? 0 });
}

function showOrigin(hit: Hit, page: PageData, isTicked: boolean): HTMLElement {
  const tick = element("input", { type: "checkbox", checked: isTicked, "data-tick": true });
  const parts = [
    hit.distance ? element("span", { class: "badge" }, t("concordance:row.differs", { count: hit.distance })) : undefined,
    element("span", {}, memoryName(hit.memory)),
    hit.document
      ? element("span", { class: "conc-document", lang: langOf(page.sourceLanguage), title: hit.document }, hit.document)
      : undefined,
    hit.day ? element("time", { datetime: hit.day }, hit.day) : undefined,
    hit.author ? element("span", {}, hit.author) : undefined,
    hit.state === "translated" ? undefined : element("span", { class: "badge badge-line" }, t(`concordance:state.${hit.state}`)),
  ];
  const copy = element(
    "button",
    { class: "btn btn-s btn-quiet", type: "button", "data-copy": true },
    icon("copy"),
    t("concordance:row.copy"),
  );
  const open = hit.address
    ? element(
        "a",
        { class: "btn btn-s btn-quiet", href: hit.address, "data-open": true },
        icon("arrow"),
        t("concordance:row.open"),
      )
    : undefined;
  return element(
    "div",
    { class: "conc-origin" },
    element("span", { class: "conc-from" }, ...parts.filter((part) => part !== undefined)),
    element(
      "span",
      { class: "btn-row" },
      element("label", { class: "check conc-tick" }, tick, element("span", {}, t("concordance:row.tick"))),
      copy,
      open,
    ),
  );
}
