/** Export: what to take out, what each format would lose, downloads; and a file that is brought back. */
import type { Diagnostic, Loss } from "../model/diagnostic.ts";
import { describeDiagnostic } from "./export/diagnostics.ts";
import { all, element, icon, pageData, project, required } from "./shell/dom.ts";
import { receiveFiles } from "./shell/drop-files.ts";
import { registerKeys } from "./shell/keys.ts";
import { get } from "./shell/request.ts";
import { startPage } from "./shell/start.ts";
import { formatNumber, t } from "./shell/strings.ts";
import { showProblem, showToast } from "./shell/toast.ts";
import { uploadFiles } from "./shell/upload.ts";

type Offer = { readonly format: string; readonly count: number; readonly losses?: readonly Loss[] };
type Received =
  | { readonly address: string }
  | { readonly refused: "format" | "unreadable" | "empty"; readonly diagnostics: readonly Diagnostic[] };

const SETTLE = 250;
const FEW_DIAGNOSTICS = 10;

await startPage();
const { maxFileBytes } = pageData() as { readonly maxFileBytes: number };
const wish = required<HTMLFormElement>("[data-wish]");
let asked: AbortController | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

wish.addEventListener("submit", (event) => event.preventDefault());
wish.addEventListener("change", changed);
for (const box of all("[data-spreadsheet]")) box.addEventListener("change", showLinks);
startDocuments();
receiveFiles((files) => void bringBack(files));
registerKeys([{ keys: "i", label: "export:keys.choose", run: () => required("[data-files]").click() }]);
changed();

function startDocuments(): void {
  const find = wish.querySelector<HTMLInputElement>("[data-find]");
  if (!find) return;
  const rows = all("li[data-title]", wish);
  find.addEventListener("input", () => {
    const words = find.value.normalize("NFKC").toLowerCase().trim();
    for (const row of rows) row.hidden = !(row.dataset["title"] ?? "").normalize("NFKC").toLowerCase().includes(words);
    const nothing = required("[data-nothing]", wish);
    nothing.hidden = rows.some((row) => !row.hidden);
    nothing.textContent = t("export:out.nothing-matches", { words: find.value });
  });
  const set = (checked: boolean) => {
    for (const row of rows.filter(({ hidden }) => !checked || !hidden))
      required<HTMLInputElement>("input", row).checked = checked;
    changed();
  };
  required("[data-all]", wish).addEventListener("click", () => set(true));
  required("[data-none]", wish).addEventListener("click", () => set(false));
}

/** The wish as it stands; documents are undefined for the whole project. */
function readWish(): { readonly documents: readonly string[] | undefined; readonly profile: string } {
  const form = new FormData(wish);
  const documents = form.get("scope") === "chosen" ? form.getAll("document").map(String) : undefined;
  return { documents, profile: String(form.get("profile") ?? "") };
}

function queryOf({ documents, profile }: ReturnType<typeof readWish>): URLSearchParams {
  const query = new URLSearchParams();
  for (const id of documents ?? []) query.append("document", id);
  if (profile !== "") query.set("profile", profile);
  return query;
}

function changed(): void {
  const now = readWish();
  const list = wish.querySelector<HTMLElement>("[data-documents]");
  if (list) {
    list.hidden = now.documents === undefined;
    required("[data-chosen]", wish).textContent = t("export:out.chosen-count", { count: now.documents?.length ?? 0 });
  }
  required("[data-advice]", wish).textContent = t(`export:out.advice.${now.profile === "" ? "any" : now.profile}`);
  const tmx = document.querySelector('[data-format="tmx"] [data-text]');
  if (tmx) tmx.textContent = t(now.documents === undefined ? "export:format.tmx.text" : "export:format.tmx.text-documents");
  showLinks();
  clearTimeout(timer);
  timer = setTimeout(() => void askForOffers(), SETTLE);
}

function showLinks(): void {
  const now = readWish();
  for (const card of all("[data-format]")) {
    const query = queryOf(now);
    query.set("format", card.dataset["format"] ?? "");
    if (card.querySelector<HTMLInputElement>("[data-spreadsheet]")?.checked) query.set("spreadsheet", "yes");
    setLink(card, now.documents?.length === 0 && card.dataset["format"] !== "glossary-csv" ? undefined : query);
  }
}

function setLink(card: HTMLElement, query: URLSearchParams | undefined): void {
  const link = required<HTMLAnchorElement>("[data-download]", card);
  if (query) {
    link.href = `/p/${project()}/export/file?${query.toString()}`;
    link.removeAttribute("aria-disabled");
  } else {
    link.removeAttribute("href");
    link.setAttribute("aria-disabled", "true");
  }
}

async function askForOffers(): Promise<void> {
  asked?.abort();
  const controller = new AbortController();
  asked = controller;
  const now = readWish();
  for (const place of all("[data-losses]")) place.replaceChildren(hint(t("export:losses.counting")));
  if (now.documents?.length === 0) return showOffers([]);
  const query = queryOf(now).toString();
  const answer = await get<{ readonly offers: readonly Offer[] }>(`/api/p/${project()}/export/offers?${query}`, {
    signal: controller.signal,
    quiet: true,
  });
  if (answer.ok) return showOffers(answer.value.offers);
  if (answer.code === "aborted") return;
  for (const place of all("[data-losses]")) place.replaceChildren(hint(t("export:losses.failed")));
}

function showOffers(offers: readonly Offer[]): void {
  for (const card of all("[data-format]")) {
    const format = card.dataset["format"] ?? "";
    const offer = offers.find((one) => one.format === format);
    const count = offer?.count ?? 0;
    required("[data-count]", card).textContent = count === 0 ? t("export:nothing-in-it") : t(countKey(format), { count });
    required("[data-losses]", card).replaceChildren(...(count === 0 ? [] : showLosses(offer?.losses)));
  }
}

function countKey(format: string): string {
  if (format === "glossary-csv") return "export:count.concepts";
  return format === "tmx" && readWish().documents === undefined ? "export:count.memory" : "export:count.units";
}

function showLosses(losses: readonly Loss[] | undefined): HTMLElement[] {
  if (!losses) return [hint(t("export:losses.unknown"))];
  if (losses.length === 0) return [element("p", { class: "status is-good" }, icon("s-check"), t("export:losses.none"))];
  const lines = losses.map(({ code, count, values }) => element("li", {}, t(`losses:${code}`, { ...values, count })));
  return [element("p", { class: "section-title" }, t("export:losses.title")), element("ul", {}, ...lines)];
}

function hint(words: string): HTMLElement {
  return element("p", { class: "hint" }, words);
}

async function bringBack(files: readonly File[]): Promise<void> {
  const [file] = files;
  if (!file) return;
  const refusal = required("[data-refusal]");
  refusal.replaceChildren();
  if (file.size > maxFileBytes)
    return showProblem(t("export:back.too-large", { megabytes: Math.round(maxFileBytes / 1024 / 1024) }));
  if (files.length > 1) showToast(t("export:back.one", { name: file.name }));
  const words = required("[data-drop-words]");
  const progress = required<HTMLProgressElement>(".drop-progress");
  const before = words.textContent;
  progress.hidden = false;
  const answer = await uploadFiles<Received>(`/api/p/${project()}/returns`, [file], (share) => {
    progress.value = share;
    words.textContent =
      share < 1 ? t("export:back.sending-percent", { percent: formatNumber(Math.round(share * 100)) }) : t("export:back.reading");
  });
  progress.hidden = true;
  words.textContent = before;
  if (!answer.ok) return showProblem(answer.message);
  if ("address" in answer.value) return location.assign(answer.value.address);
  const { refused, diagnostics } = answer.value;
  const lines = diagnostics.slice(0, FEW_DIAGNOSTICS).map((diagnostic) => element("li", {}, describeDiagnostic(diagnostic)));
  refusal.replaceChildren(
    element(
      "div",
      { class: "notice is-bad", role: "alert" },
      icon("s-error"),
      element("div", {}, t(`export:back.refused.${refused}`, { name: file.name }), element("ul", {}, ...lines)),
    ),
  );
}
