/** S1, the library: filter, sort, keys, removing with undo, and receiving files. */
import { receiveFiles } from "./shell/drop-files.ts";
import { all, closest, pageData, project, required } from "./shell/dom.ts";
import { registerKeys } from "./shell/keys.ts";
import { post } from "./shell/request.ts";
import { startPage } from "./shell/start.ts";
import { formatNumber, t } from "./shell/strings.ts";
import { showProblem, showToast, undoShown } from "./shell/toast.ts";
import { uploadFiles } from "./shell/upload.ts";

type Limits = { readonly maxFiles: number; readonly maxFileBytes: number };

await startPage();
const limits = pageData() as Limits;
const table = document.querySelector<HTMLElement>("[data-rows]");
const filter = document.querySelector<HTMLInputElement>("[data-filter]");

startRows();
startFilter();
startSorting();
startReceiving();
welcomeBack();

/** After an import: says what came in, once. */
function welcomeBack(): void {
  const count = Number(new URLSearchParams(location.search).get("imported") ?? 0);
  if (count > 0) showToast(t("library:imported", { count }));
  if (location.search.includes("imported")) history.replaceState(undefined, "", location.pathname);
}

function rows(): HTMLElement[] {
  return table ? all(".is-row", table) : [];
}

function shownRows(): HTMLElement[] {
  return rows().filter((row) => !row.hidden);
}

function startRows(): void {
  table?.addEventListener("click", (event) => {
    const row = closest(event, ".is-row");
    if (!row) return;
    activate(row);
    if (closest(event, "[data-remove]")) void removeDocument(row);
  });
  registerKeys([
    { keys: "j", label: "library:keys.move", run: () => move(1) },
    { keys: "k", label: "library:keys.move", run: () => move(-1) },
    { keys: "ArrowDown", label: "library:keys.move", hidden: true, run: () => move(1) },
    { keys: "ArrowUp", label: "library:keys.move", hidden: true, run: () => move(-1) },
    { keys: "Enter", label: "library:keys.open", run: openActive },
    { keys: "Delete", label: "library:action.remove", run: () => void removeActive() },
    { keys: "i", label: "library:import.button", run: chooseFiles },
    { keys: "Ctrl+Z", label: "common:undo", run: () => void undoShown() },
  ]);
}

function activate(row: HTMLElement): void {
  for (const other of rows()) other.classList.toggle("is-active", other === row);
}

function activeRow(): HTMLElement | undefined {
  return rows().find((row) => row.classList.contains("is-active") && !row.hidden);
}

function move(step: number): void {
  const list = shownRows();
  const active = activeRow();
  const at = active ? list.indexOf(active) + step : step > 0 ? 0 : list.length - 1;
  const next = list[Math.min(list.length - 1, Math.max(0, at))];
  if (!next) return;
  activate(next);
  next.scrollIntoView({ block: "nearest" });
  next.querySelector<HTMLAnchorElement>(".doc-title a")?.focus({ preventScroll: true });
}

function openActive(event: KeyboardEvent): void {
  // A button or link with the focus has its own Enter.
  if (event.target instanceof Element && event.target.closest("a, button, summary")) {
    event.target.closest<HTMLElement>("a, button, summary")?.click();
    return;
  }
  activeRow()?.querySelector<HTMLAnchorElement>(".doc-title a")?.click();
}

async function removeActive(): Promise<void> {
  const row = activeRow();
  if (row) await removeDocument(row);
}

async function removeDocument(row: HTMLElement): Promise<void> {
  const url = `/api/p/${project()}/documents/${encodeURIComponent(row.dataset["document"] ?? "")}`;
  row.classList.add("is-leaving");
  const answer = await post(`${url}/remove`);
  row.classList.remove("is-leaving");
  if (!answer.ok) return;
  const next = row.nextElementSibling;
  row.remove();
  countRows();
  showToast(t("library:removed", { title: row.dataset["title"] ?? "" }), {
    undo: async () => {
      if (!(await post(`${url}/restore`)).ok) return;
      table?.insertBefore(row, next?.isConnected ? next : null);
      countRows();
      activate(row);
    },
  });
}

function startFilter(): void {
  if (!filter) return;
  filter.value = new URLSearchParams(location.search).get("find") ?? "";
  filter.addEventListener("input", applyFilter);
  document.querySelector("[data-clear-filter]")?.addEventListener("click", () => {
    filter.value = "";
    applyFilter();
    filter.focus();
  });
  applyFilter();
}

function applyFilter(): void {
  const words = (filter?.value ?? "").normalize("NFKC").toLowerCase().trim().split(/\s+/).filter(Boolean);
  for (const row of rows()) {
    const text = (row.querySelector(".doc-title")?.textContent + " " + (row.dataset["date"] ?? ""))
      .normalize("NFKC")
      .toLowerCase();
    row.hidden = !words.every((word) => text.includes(word));
  }
  countRows();
}

function countRows(): void {
  const shown = shownRows().length;
  const total = rows().length;
  const nothing = document.querySelector<HTMLElement>("[data-nothing]");
  if (nothing) {
    nothing.hidden = shown > 0 || total === 0;
    required("[data-nothing-text]", nothing).textContent = t("library:nothing.text", { words: filter?.value ?? "" });
  }
  required("[data-summary]").textContent =
    shown === total ? t("library:documents", { count: total }) : t("library:shown", { shown, total });
}

function startSorting(): void {
  for (const button of all<HTMLButtonElement>("[data-sort]")) {
    button.addEventListener("click", () => {
      const direction = button.dataset["dir"] === "up" ? "down" : "up";
      for (const other of all("[data-sort]")) {
        delete other.dataset["dir"];
        other.closest("th")?.removeAttribute("aria-sort");
      }
      button.dataset["dir"] = direction;
      button.closest("th")?.setAttribute("aria-sort", direction === "up" ? "ascending" : "descending");
      sortRows(button.dataset["sort"] ?? "title", direction === "up" ? 1 : -1);
    });
  }
}

function sortRows(name: string, sign: number): void {
  const numeric = name === "paragraphs" || name === "aligned" || name === "translated";
  const collator = new Intl.Collator("zh-u-co-pinyin", { numeric: true });
  const value = (row: HTMLElement) => row.dataset[name] ?? "";
  const sorted = rows().sort((one, other) =>
    numeric ? sign * (Number(value(one)) - Number(value(other))) : sign * collator.compare(value(one), value(other)),
  );
  table?.append(...sorted);
}

function startReceiving(): void {
  for (const button of all("[data-import]")) button.addEventListener("click", chooseFiles);
  receiveFiles((files) => void sendFiles(files));
}

function chooseFiles(): void {
  required<HTMLInputElement>("[data-files]").click();
}

async function sendFiles(files: readonly File[]): Promise<void> {
  const fitting = files.filter(({ size }) => size <= limits.maxFileBytes).slice(0, limits.maxFiles);
  const left = files.length - fitting.length;
  const leftWords = t("library:import.left-out", {
    count: left,
    megabytes: Math.round(limits.maxFileBytes / 1024 / 1024),
    files: limits.maxFiles,
  });
  if (fitting.length === 0) return showProblem(leftWords);
  const words = required("[data-drop-words]");
  const progress = required<HTMLProgressElement>(".drop-progress");
  const before = words.textContent;
  progress.hidden = false;
  const answer = await uploadFiles<{ readonly address: string }>(`/api/p/${project()}/imports`, fitting, (share) => {
    progress.value = share;
    words.textContent = t("library:import.sending-percent", { percent: formatNumber(Math.round(share * 100)) });
  });
  progress.hidden = true;
  words.textContent = before;
  if (!answer.ok) return showProblem(answer.message);
  // What could not be sent is said on the preview page too.
  location.assign(left > 0 ? `${answer.value.address}?left=${String(left)}` : answer.value.address);
}
