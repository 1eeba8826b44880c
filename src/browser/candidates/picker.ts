/**
 * Choosing one of many by writing a part of it: a field with a list below. Arrows move, Enter chooses, a press chooses
 * too. While an input method composes, nothing is searched and Enter belongs to it.
 */
import { element } from "../shell/dom.ts";
import { isComposing } from "../shell/keys.ts";
import { t } from "../shell/strings.ts";

export type Choice = {
  readonly value: string;
  readonly content: readonly (Node | string)[];
  /** What stands below it, quietly. */
  readonly note?: string;
};

export type PickerOptions = {
  readonly label: string;
  /** What is offered for what is written; called with "" at first. */
  readonly search: (find: string) => Promise<readonly Choice[]>;
  /** Words for when nothing is found; `find` is what was searched for. */
  readonly nothing: (find: string) => string;
  readonly onPick: (choice: Choice) => void;
  /** There is something to choose, or nothing. */
  readonly onOffer: (canChoose: boolean) => void;
};

const DELAY = 120;
let made = 0;

export function createPicker(options: PickerOptions): { readonly node: HTMLElement; readonly chosen: () => Choice | undefined } {
  made += 1;
  const id = `picker-${String(made)}`;
  let choices: readonly Choice[] = [];
  let at = -1;
  let asked = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const field = element("input", {
    class: "field",
    id: `${id}-field`,
    type: "search",
    role: "combobox",
    autocomplete: "off",
    autofocus: true,
    "aria-expanded": "true",
    "aria-controls": id,
    "aria-autocomplete": "list",
  });
  const list = element("ul", { class: "picker-list", id, role: "listbox", "aria-label": options.label });
  const nothing = element("p", { class: "quiet picker-nothing", role: "status" });

  const mark = (next: number) => {
    at = choices.length === 0 ? -1 : Math.min(choices.length - 1, Math.max(0, next));
    [...list.children].forEach((item, index) => {
      item.setAttribute("aria-selected", String(index === at));
      if (index === at) item.scrollIntoView({ block: "nearest" });
    });
    if (at < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", `${id}-${String(at)}`);
  };
  const pick = () => {
    const choice = choices[at];
    if (choice) options.onPick(choice);
  };
  const search = async () => {
    asked += 1;
    const turn = asked;
    const find = field.value.trim();
    const found = await options.search(find);
    if (turn !== asked) return;
    choices = found;
    list.replaceChildren(...choices.map((choice, index) => renderChoice(choice, `${id}-${String(index)}`)));
    list.hidden = choices.length === 0;
    nothing.textContent = choices.length === 0 ? options.nothing(find) : "";
    mark(0);
    options.onOffer(choices.length > 0);
  };
  const searchSoon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void search(), DELAY);
  };
  field.addEventListener("input", (event) => {
    if (!(event instanceof InputEvent && event.isComposing)) searchSoon();
  });
  field.addEventListener("compositionend", searchSoon);
  field.addEventListener("keydown", (event) => {
    if (isComposing(event)) return;
    if (event.key === "ArrowDown") mark(at + 1);
    else if (event.key === "ArrowUp") mark(at - 1);
    else if (event.key === "Enter") pick();
    else return;
    event.preventDefault();
  });
  list.addEventListener("click", (event) => {
    const item = event.target instanceof Element ? event.target.closest("li") : null;
    if (!item) return;
    mark([...list.children].indexOf(item));
    pick();
  });
  void search();
  const node = element(
    "div",
    { class: "form-item" },
    element("label", { class: "label", for: `${id}-field` }, options.label),
    field,
    list,
    nothing,
    element("p", { class: "quiet tiny" }, t("candidates:picker.keys")),
  );
  return { node, chosen: () => choices[at] };
}

function renderChoice({ content, note }: Choice, id: string): HTMLElement {
  return element(
    "li",
    { id, role: "option", "aria-selected": "false" },
    element("span", { class: "picker-words" }, ...content),
    note === undefined || note === "" ? undefined : element("span", { class: "quiet" }, note),
  );
}
