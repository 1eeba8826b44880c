/** How a term stands: a shape and a word; the colour only helps. */
import type { TermStatus } from "../../model/concept.ts";
import { element, icon } from "../shell/dom.ts";
import { t } from "../shell/strings.ts";

const COLOURS: Readonly<Record<TermStatus, string>> = {
  candidate: "",
  proposed: "is-now",
  approved: "is-good",
  admitted: "is-good",
  rejected: "is-bad",
  deprecated: "is-warn",
  superseded: "is-warn",
  forbidden: "is-bad",
};

type Options = {
  readonly wordHidden?: boolean;
  /** In place of the name of the standing: what the step to it is called. */
  readonly words?: string;
};

export function standing(status: TermStatus, { wordHidden = false, words }: Options = {}): HTMLElement {
  const shape = icon(status === "admitted" ? "s-check" : `s-${status}`);
  const word = words ?? t(`glossary:status.${status}`);
  const mark = element("span", { class: `status ${COLOURS[status]}`, title: wordHidden ? word : undefined }, shape);
  mark.append(element("span", wordHidden ? { class: "visually-hidden" } : {}, word));
  return mark;
}

/** The value of a `lang` attribute: bare Chinese is the simplified script. */
export function langOf(tag: string): string {
  return tag === "zh" || tag === "zh-CN" ? "zh-Hans" : tag;
}
