/**
 * The table of alignments: sorted, filtered, searched, gone through by keys; what is shown stands in the address, so that
 * it is there again after a look into one of them. Imports are taken back and brought again from here.
 */
import { all, closest, project, required } from "../shell/dom.ts";
import { registerKeys } from "../shell/keys.ts";
import { post } from "../shell/request.ts";
import { t } from "../shell/strings.ts";
import { showProblem, showToast, undoShown } from "../shell/toast.ts";

const NUMBERS = new Set(["progress", "doubtful"]);
/** Where a press on the heading begins: dates and counts with the largest. */
const FIRST_DOWN = new Set(["progress", "doubtful", "changed"]);
const UNDONE = "undone";

export function startList(): void {
  const table = document.querySelector<HTMLElement>("[data-alignments]");
  if (table) startRows(table);
  for (const place of all("[data-undone]")) {
    const button = required<HTMLButtonElement>("[data-redo-import]", place);
    button.addEventListener("click", () => void redo(place.dataset["undone"] ?? "", button));
  }
  document.querySelector("[data-open-start]")?.addEventListener("click", ({ currentTarget }) => {
    const isOpen = required(".align-list").classList.toggle("is-starting");
    if (currentTarget instanceof Element) currentTarget.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) document.querySelector<HTMLElement>("#align-start select, #align-start a")?.focus();
  });
  registerKeys([{ keys: "Ctrl+Z", label: "common:undo", run: () => void undoShown() }]);
  sayUndone();
}

/** An import that was just taken back, from here or from the editor. */
function sayUndone(): void {
  const address = new URL(location.href);
  const id = address.searchParams.get(UNDONE);
  if (id === null) return;
  address.searchParams.delete(UNDONE);
  history.replaceState(undefined, "", address);
  const button = all<HTMLButtonElement>("[data-undone]").find((place) => place.dataset["undone"] === id);
  if (button) showToast(t("align-files:undo.done"), { undo: () => redo(id, undefined) });
}

function addressOf(id: string): string {
  return `/api/p/${project()}/alignments/${encodeURIComponent(id)}`;
}

/** Takes the import of an alignment back and shows the list, where it can be brought again. */
export async function undoImport(id: string, button: HTMLButtonElement): Promise<void> {
  button.disabled = true;
  const answer = await post<{ readonly kept?: readonly string[]; readonly refusal?: string }>(`${addressOf(id)}/undo-import`, {});
  if (answer.ok && answer.value.refusal === undefined) {
    return location.assign(`/p/${project()}/align?${UNDONE}=${encodeURIComponent(id)}`);
  }
  if (answer.ok) showProblem(t("align-files:undo.changed"));
  button.disabled = false;
}

async function redo(id: string, button: HTMLButtonElement | undefined): Promise<void> {
  if (button) button.disabled = true;
  const answer = await post(`${addressOf(id)}/redo-import`, {});
  if (answer.ok) location.assign(`/p/${project()}/align`);
  else if (button) button.disabled = false;
}

function startRows(table: HTMLElement): void {
  const rows = all<HTMLElement>(".is-row", table);
  const keys = new Map(rows.map((row) => [row, fold(row.querySelector(".doc-title")?.textContent ?? "")]));
  const find = required<HTMLInputElement>("[data-find]");
  const asked = new URLSearchParams(location.search);
  let stage = asked.get("show") ?? "all";
  let sort = asked.get("sort") ?? "changed-down";
  find.value = asked.get("find") ?? "";

  const shown = () => [...table.children].filter((row): row is HTMLElement => row instanceof HTMLElement && !row.hidden);

  function apply(): void {
    const words = fold(find.value).split(/\s+/u).filter(Boolean);
    for (const row of rows) {
      const isStage =
        stage === "all" || (stage === "doubtful" ? Number(row.dataset["doubtful"]) > 0 : row.dataset["stage"] === stage);
      row.hidden = !isStage || !words.every((word) => keys.get(row)?.includes(word));
    }
    for (const chip of all("[data-show]")) chip.setAttribute("aria-pressed", String(chip.dataset["show"] === stage));
    const count = shown().length;
    required("[data-summary]").textContent =
      count === rows.length ? t("align:list.count", { count }) : t("align:list.shown", { shown: count, count: rows.length });
    required("[data-nothing]").hidden = count > 0;
    if (count === 0) required("[data-nothing-text]").textContent = nothingWords();
    remember();
  }

  function nothingWords(): string {
    const name = t(`align:list.stage.${stage}`);
    return find.value.trim() === ""
      ? t("align:list.nothing-text", { stage: name })
      : t("align:list.nothing-words", { stage: name, words: find.value });
  }

  function order(): void {
    const [name = "changed", direction] = sort.split("-");
    const sign = direction === "up" ? 1 : -1;
    const collator = new Intl.Collator("zh-u-co-pinyin", { numeric: true });
    const value = (row: HTMLElement) => (name === "title" ? (keys.get(row) ?? "") : (row.dataset[name] ?? ""));
    const compare = NUMBERS.has(name)
      ? (one: HTMLElement, other: HTMLElement) => Number(value(one)) - Number(value(other))
      : (one: HTMLElement, other: HTMLElement) => collator.compare(value(one), value(other));
    table.append(...rows.toSorted((one, other) => sign * compare(one, other)));
    for (const button of all("[data-sort]")) {
      const isIt = button.dataset["sort"] === name;
      button.toggleAttribute("data-dir", isIt);
      if (isIt) button.dataset["dir"] = sign > 0 ? "up" : "down";
      const head = button.closest("th");
      if (isIt) head?.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
      else head?.removeAttribute("aria-sort");
    }
  }

  function remember(): void {
    const address = new URL(location.href);
    for (const [name, value, usual] of [
      ["show", stage, "all"],
      ["sort", sort, "changed-down"],
      ["find", find.value, ""],
    ] as const) {
      if (value === usual) address.searchParams.delete(name);
      else address.searchParams.set(name, value);
    }
    history.replaceState(undefined, "", address);
  }

  function show(wanted: string): void {
    stage = wanted;
    apply();
  }

  const active = () => shown().find((row) => row.classList.contains("is-active"));

  function activate(row: HTMLElement): void {
    for (const other of rows) other.classList.toggle("is-active", other === row);
  }

  function move(step: number): void {
    const list = shown();
    const at = active();
    const from = at ? list.indexOf(at) + step : step > 0 ? 0 : list.length - 1;
    const next = list[Math.min(list.length - 1, Math.max(0, from))];
    if (!next) return;
    activate(next);
    next.querySelector<HTMLAnchorElement>(".doc-title a")?.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }

  find.addEventListener("input", (event) => {
    // Half-typed pinyin is not what is sought.
    if (event instanceof InputEvent && event.isComposing) return;
    apply();
  });
  find.addEventListener("compositionend", apply);
  find.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "ArrowDown" || event.key === "Enter") {
      event.preventDefault();
      move(active() ? 0 : 1);
    }
  });
  for (const chip of all("[data-show]")) chip.addEventListener("click", () => show(chip.dataset["show"] ?? "all"));
  for (const button of all("[data-sort]")) {
    button.addEventListener("click", () => {
      const name = button.dataset["sort"] ?? "changed";
      const before = button.dataset["dir"];
      const first = FIRST_DOWN.has(name) ? "down" : "up";
      sort = `${name}-${before === undefined ? first : before === "up" ? "down" : "up"}`;
      order();
      remember();
    });
  }
  required("[data-show-all]").addEventListener("click", () => {
    find.value = "";
    show("all");
    find.focus();
  });
  table.addEventListener("click", (event) => {
    const row = closest(event, ".is-row");
    if (!row) return;
    activate(row);
    const undo = closest<HTMLButtonElement>(event, "[data-undo-import]");
    if (undo) return void undoImport(row.dataset["alignment"] ?? "", undo);
    // Anywhere in the row opens it, unless text is being marked or something else is pressed.
    if (closest(event, "a, button, summary, .menu") || getSelection()?.type === "Range") return;
    row.querySelector<HTMLAnchorElement>(".doc-title a")?.click();
  });
  registerKeys([
    { keys: "j", label: "align:list.keys.move", run: () => move(1) },
    { keys: "k", label: "align:list.keys.move", run: () => move(-1) },
    { keys: "ArrowDown", label: "align:list.keys.move", hidden: true, run: () => move(1) },
    { keys: "ArrowUp", label: "align:list.keys.move", hidden: true, run: () => move(-1) },
    { keys: "Home", label: "align:list.keys.move", hidden: true, run: () => move(-Infinity) },
    { keys: "End", label: "align:list.keys.move", hidden: true, run: () => move(Infinity) },
    {
      keys: "Enter",
      label: "align:list.keys.open",
      run: (event) => {
        // A button or link with the focus has its own Enter.
        const control = event.target instanceof Element ? event.target.closest<HTMLElement>("a, button, summary, select") : null;
        (control ?? active()?.querySelector<HTMLElement>(".doc-title a"))?.click();
      },
    },
    {
      keys: "c",
      label: "align:list.keys.new",
      run: () => {
        required(".align-list").classList.add("is-starting");
        document.querySelector<HTMLElement>("#align-start select, #align-start a")?.focus();
      },
    },
    ...(["all", "new", "work", "done", "doubtful"] as const).map((name) => ({
      keys: `f ${name === "doubtful" ? "d" : name === "done" ? "e" : name.slice(0, 1)}`,
      label: `align:list.stage-keys.${name}`,
      run: () => show(name),
    })),
  ]);
  // As it comes: the last change first.
  if (sort !== "changed-down") order();
  if (stage !== "all" || find.value !== "") apply();
}

/** Width and capitals do not matter. */
function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}
