/** A tab of the tools beside the rows that asks for what it shows only while it is open. */
import { element, required } from "../shell/dom.ts";
import { formatNumber } from "../shell/strings.ts";

export type ToolTab = {
  readonly place: HTMLElement;
  readonly isOpen: () => boolean;
  readonly say: (words: string) => void;
  readonly count: (count: number | undefined) => void;
};

/** `opened` is called when the panel comes into view. `name` is that of the panel: panel-<name>. */
export function createToolTab(name: string, opened: () => void): ToolTab {
  const place = required(`#panel-${name}`);
  const count = document.querySelector<HTMLElement>(`#tab-${name} .count`);
  new MutationObserver(() => {
    if (!place.hidden) opened();
  }).observe(place, { attributeFilter: ["hidden"] });
  return {
    place,
    isOpen: () => !place.hidden,
    say: (words) => place.replaceChildren(element("p", { class: "tool-section quiet" }, words)),
    count: (found) => {
      if (count) count.textContent = found === undefined || found === 0 ? "" : formatNumber(found);
    },
  };
}
