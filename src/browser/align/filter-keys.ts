/** Filters and search by mouse and keyboard: `f` and a letter, `/` for the search field. */
import { all, required } from "../shell/dom.ts";
import { registerKeys } from "../shell/keys.ts";
import { t } from "../shell/strings.ts";
import type { Editor } from "./editor.ts";
import { FILTERS } from "./filters.ts";
import type { Filter } from "./filters.ts";

const LETTERS: Readonly<Record<Filter, string>> = {
  all: "a",
  open: "u",
  confirmed: "c",
  doubtful: "d",
  odd: "o",
  empty: "e",
  large: "l",
  mine: "m",
  bookmarked: "b",
  notes: "n",
  edited: "t",
  moved: "v",
};

/**
 * Above the rows: passages that stand elsewhere in the other text. Closed, it comes back only for a passage that it has
 * not named; it goes by itself when there is none any more.
 */
function announceMoved(editor: Editor): () => void {
  const notice = required("[data-moved-notice]");
  const named = new Set<string>();
  required("[data-show-moved]", notice).addEventListener("click", () => editor.setFilter("moved"));
  required("[data-hide-moved]", notice).addEventListener("click", () => (notice.hidden = true));
  const announce = () => {
    const passages = new Set(editor.alignment().groups.flatMap(({ moved }) => moved ?? []));
    const isNew = [...passages].some((passage) => !named.has(passage));
    for (const passage of passages) named.add(passage);
    if (isNew) notice.hidden = false;
    if (passages.size === 0) notice.hidden = true;
    else required("[data-moved-words]", notice).textContent = t("align:moved.notice", { count: passages.size });
  };
  announce();
  return announce;
}

/** Typing goes on for so long before 10,000 rows are searched. */
const WAIT = 150;

/** Gives what is to be called after rows came or went: the notice of passages that stand elsewhere follows. */
export function bindFilters(editor: Editor, grid: HTMLElement): () => void {
  for (const chip of all("[data-filter]")) {
    chip.addEventListener("click", (event) => {
      editor.setFilter(chip.dataset["filter"] as Filter);
      chip.closest("details")?.removeAttribute("open");
      if (event.detail > 0) grid.focus({ preventScroll: true });
    });
  }
  required("[data-show-all]").addEventListener("click", () => editor.setFilter("all"));
  registerKeys(
    FILTERS.map((filter) => ({
      keys: `f ${LETTERS[filter]}`,
      label: `align:filter-keys.${filter}`,
      run: () => editor.setFilter(filter),
    })),
  );
  bindSearch(editor, grid);
  return announceMoved(editor);
}

function bindSearch(editor: Editor, grid: HTMLElement): void {
  const field = required<HTMLInputElement>("[data-find]");
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const search = () => {
    clearTimeout(waiting);
    editor.find(field.value);
  };
  field.addEventListener("input", (event) => {
    // Half-typed pinyin is not what is sought.
    if (event instanceof InputEvent && event.isComposing) return;
    clearTimeout(waiting);
    waiting = setTimeout(search, WAIT);
  });
  field.addEventListener("compositionend", search);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    if (event.key === "Escape") field.value = "";
    search();
    grid.focus({ preventScroll: true });
  });
}
