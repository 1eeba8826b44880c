/** A row of a returned file: the source, what stands here and what the file has, with the differences marked. */
import { diffTexts } from "../../text/difference.ts";
import { element, icon, project } from "../shell/dom.ts";
import { formatInstant, t } from "../shell/strings.ts";
import { canTake } from "./model.ts";
import type { Change, Kind } from "./model.ts";

const LOOK: Readonly<Record<Kind, { readonly icon: string; readonly className: string }>> = {
  changed: { icon: "plus", className: "status is-good" },
  conflict: { icon: "s-warn", className: "status is-warn" },
  older: { icon: "s-later", className: "status" },
  "source-differs": { icon: "s-error", className: "status is-bad" },
  unknown: { icon: "s-doubt", className: "status" },
};

export function kindStatus(kind: Kind): HTMLElement {
  return element("span", { class: LOOK[kind].className }, icon(LOOK[kind].icon), t(`returns:kind.${kind}`));
}

export function showRow(given: {
  readonly change: Change;
  readonly title: string;
  readonly isTaken: boolean;
  readonly isActive: boolean;
  readonly sourceLanguage: string;
  readonly targetLanguage: string;
}): HTMLElement {
  const { change, title, sourceLanguage, targetLanguage } = given;
  const { stored, kind } = change;
  const box = element("input", {
    type: "checkbox",
    checked: given.isTaken,
    disabled: !canTake(change),
    "data-box": true,
    "aria-label": t("returns:take-row", { source: change.source.slice(0, 60) }),
  });
  return element(
    "div",
    {
      class: given.isActive ? "return-row is-active" : "return-row",
      "data-row": change.at,
      "aria-current": given.isActive ? "true" : undefined,
    },
    box,
    element("span", { class: "return-place" }, kindStatus(kind), stored ? placeLink(stored, title) : undefined),
    element("p", { class: "work", lang: langOf(sourceLanguage) }, ...showSource(change)),
    element("div", { class: "return-texts" }, ...showTexts(change, langOf(targetLanguage))),
    element("p", { class: "return-why" }, t(`returns:why.${kind}`)),
  );
}

function langOf(tag: string): string {
  return tag === "zh" || tag === "zh-CN" ? "zh-Hans" : tag;
}

function placeLink(stored: NonNullable<Change["stored"]>, title: string): HTMLElement {
  const query = new URLSearchParams({ document: stored.document, row: stored.id });
  const href = `/p/${project()}/translate?${query.toString()}`;
  return element("a", { href }, t("returns:place", { title, paragraph: stored.paragraph }));
}

function showSource({ kind, source, stored }: Change): Node[] {
  if (kind !== "source-differs" || !stored) return [document.createTextNode(source)];
  return marks(stored.source, source, "both");
}

function showTexts({ stored, target, state, kind }: Change, language: string): HTMLElement[] {
  const here = stored?.target ?? "";
  const differs = kind !== "source-differs" && here !== "" && here !== target;
  const rows: HTMLElement[] = [];
  if (stored) {
    const signed =
      here !== "" && stored.author !== undefined && stored.changedAt !== undefined
        ? t("returns:saved-by", { author: stored.author, at: formatInstant(new Date(stored.changedAt)) })
        : undefined;
    const text =
      here === ""
        ? element("p", { class: "quiet" }, t("returns:empty-here"))
        : element("p", { class: "work", lang: language }, ...(differs ? marks(here, target, "base") : [here]));
    rows.push(line(t("returns:here"), here === "" ? undefined : stored.state, text, signed));
  }
  const text = element("p", { class: "work", lang: language }, ...(differs ? marks(here, target, "other") : [target]));
  rows.push(line(t("returns:file"), state, text, undefined));
  return rows;
}

function line(label: string, state: string | undefined, text: HTMLElement, signed: string | undefined): HTMLElement {
  const stateWords = state === undefined ? undefined : element("span", { class: "hint" }, t(`returns:state.${state}`));
  const head = element("span", { class: "hint stack-s" }, element("span", { class: "strong" }, label), stateWords);
  const body = element("div", {}, text, signed === undefined ? undefined : element("p", { class: "hint" }, signed));
  return element("div", { class: "return-text" }, head, body);
}

/** One side of a difference, or both in one text. */
function marks(base: string, other: string, side: "base" | "other" | "both"): Node[] {
  return diffTexts(base, other).flatMap(({ kind, text }): Node[] => {
    if (kind === "equal") return [document.createTextNode(text)];
    if (kind === "removed") return side === "other" ? [] : [element("del", { class: "diff" }, text)];
    return side === "base" ? [] : [element("ins", { class: "diff" }, text)];
  });
}
