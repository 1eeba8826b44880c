/** Searching for another entry of the glossary: type, move with the arrows, choose with Enter. */
import { element, project } from "../shell/dom.ts";
import { isComposing } from "../shell/keys.ts";
import { get } from "../shell/request.ts";
import { t } from "../shell/strings.ts";
import { langOf } from "./standing.ts";
import type { GlossaryRow } from "./rows.ts";

const SHOWN = 8;
const TYPING_PAUSE = 180;
let number = 0;

export type EntryPicker = {
  readonly element: HTMLElement;
  readonly focus: () => void;
  /** Words below the field, in place of a list. */
  readonly say: (words: string) => void;
};

export type PickerOptions = {
  readonly label: string;
  /** The entry that cannot be chosen: one's own. */
  readonly except?: string;
  readonly onChoose: (id: string, row: GlossaryRow) => void | Promise<void>;
};

export function entryPicker({ label, except, onChoose }: PickerOptions): EntryPicker {
  number += 1;
  const id = `picker-${String(number)}`;
  const list = element("ul", { class: "picker-list", role: "listbox", id: `${id}-list`, "aria-label": label, hidden: true });
  const note = element("p", { class: "hint", role: "status" });
  const field = element("input", {
    class: "field",
    type: "search",
    id,
    role: "combobox",
    autocomplete: "off",
    "aria-expanded": "false",
    "aria-controls": `${id}-list`,
    "aria-autocomplete": "list",
    placeholder: t("glossary:picker.hint"),
  });
  let rows: readonly GlossaryRow[] = [];
  let active = -1;
  let typing = 0;

  const show = (open: boolean) => {
    list.hidden = !open;
    field.setAttribute("aria-expanded", String(open));
  };
  const mark = (index: number) => {
    active = index;
    [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    if (index >= 0) field.setAttribute("aria-activedescendant", `${id}-${String(index)}`);
    else field.removeAttribute("aria-activedescendant");
    list.children[index]?.scrollIntoView({ block: "nearest" });
  };
  const choose = (index: number) => {
    const row = rows[index];
    if (!row) return;
    show(false);
    field.value = row.headword;
    note.textContent = "";
    void onChoose(row.id, row);
  };
  const search = async () => {
    const find = field.value.trim();
    if (find === "") return show(false);
    const query = new URLSearchParams({ find, limit: String(SHOWN + 1) });
    const answer = await get<{ readonly rows: readonly GlossaryRow[] }>(`/api/p/${project()}/glossary?${query.toString()}`);
    if (!answer.ok || field.value.trim() !== find) return;
    rows = answer.value.rows.filter((row) => row.id !== except).slice(0, SHOWN);
    note.textContent = rows.length === 0 ? t("glossary:picker.none", { words: find }) : "";
    list.replaceChildren(
      ...rows.map((row, at) => {
        const option = element(
          "li",
          { role: "option", id: `${id}-${String(at)}`, class: "picker-item", "aria-selected": "false" },
          element("span", { lang: langOf(row.language) }, row.headword),
          element("span", { class: "quiet", lang: langOf(row.renderings[0]?.language ?? "en") }, row.renderings[0]?.text ?? ""),
        );
        // The field keeps the focus.
        option.addEventListener("pointerdown", (event) => event.preventDefault());
        option.addEventListener("click", () => choose(at));
        return option;
      }),
    );
    show(rows.length > 0);
    mark(rows.length > 0 ? 0 : -1);
  };
  const schedule = () => {
    clearTimeout(typing);
    typing = window.setTimeout(() => void search(), TYPING_PAUSE);
  };
  field.addEventListener("input", (event) => {
    if (!(event as InputEvent).isComposing) schedule();
  });
  field.addEventListener("compositionend", schedule);
  field.addEventListener("blur", () => show(false));
  field.addEventListener("keydown", (event) => {
    if (isComposing(event) || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      show(false);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (!list.hidden) choose(active);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) schedule();
      else mark((active + (event.key === "ArrowDown" ? 1 : -1) + rows.length) % rows.length);
    }
  });
  const box = element("div", { class: "form-item picker" }, element("label", { class: "label", for: id }, label), element("div", { class: "picker-field" }, field, list), note);
  return {
    element: box,
    focus: () => field.focus(),
    say: (words) => {
      note.textContent = words;
    },
  };
}
