/** Analysis: documents and memories are chosen, a job counts, the table shows each document and the total by band. */
import { all, element, icon, pageData, project, required } from "./shell/dom.ts";
import { cancelJob, followJob, jobPercent, jobWords } from "./shell/jobs.ts";
import { registerKeys } from "./shell/keys.ts";
import { showPane } from "./shell/panes.ts";
import { get, post } from "./shell/request.ts";
import { startPage } from "./shell/start.ts";
import { formatNumber, formatInstant, hasWords, t } from "./shell/strings.ts";
import { showProblem } from "./shell/toast.ts";

type AmountName = "segments" | "words" | "characters" | "asianCharacters" | "otherWords";
type Amount = Readonly<Record<AmountName, number>>;
type Counted = { readonly bands: Readonly<Record<string, Amount>>; readonly total: Amount };
type Result = {
  readonly state: "ready" | "none";
  readonly madeAt: string;
  readonly milliseconds: number;
  readonly memories: readonly string[];
  readonly documentIds: readonly string[];
  readonly isInternalCounted: boolean;
  readonly analysis: { readonly texts: readonly (Counted & { readonly name: string })[]; readonly total: Counted };
};

await startPage();
const { amounts } = pageData() as { readonly amounts: readonly AmountName[] };
const address = `/api/p/${project()}/analysis`;
const dock = required("[data-dock]");
const start = document.querySelector<HTMLButtonElement>("[data-start]");
if (start) await open(start);

async function open(button: HTMLButtonElement): Promise<void> {
  button.addEventListener("click", () => void run(button));
  registerKeys([{ keys: "r", label: "analysis:keys.start", run: () => void run(button) }]);
  required("[data-all]").addEventListener("click", () => choose(true));
  required("[data-none]").addEventListener("click", () => choose(false));
  for (const box of boxes("document")) box.addEventListener("change", () => count(button));
  for (const label of all("[data-memory-name]")) label.textContent = nameOf(label.textContent);
  const known = await get<Result>(address, { quiet: true });
  if (known.ok && known.value.state === "ready") {
    for (const box of boxes("document")) box.checked = known.value.documentIds.includes(box.dataset["document"] ?? "");
    required<HTMLInputElement>("[data-internal]").checked = known.value.isInternalCounted;
    show(known.value);
  }
  count(button);

  function choose(isChosen: boolean): void {
    for (const box of boxes("document")) box.checked = isChosen;
    count(button);
  }
}

function boxes(kind: "document" | "memory"): HTMLInputElement[] {
  return all<HTMLInputElement>(`[data-${kind}]`);
}

function chosen(kind: "document" | "memory"): readonly string[] {
  return boxes(kind).flatMap((box) => (box.checked ? [box.dataset[kind] ?? ""] : []));
}

function count(button: HTMLButtonElement): void {
  const documents = chosen("document").length;
  button.disabled = documents === 0;
  dock.textContent = documents === 0 ? t("analysis:choose.nothing") : t("analysis:dock", { count: documents });
}

async function run(button: HTMLButtonElement): Promise<void> {
  if (button.disabled) return;
  button.disabled = true;
  showPane(required(".analysis"), "result");
  const memories = boxes("memory").every(({ checked }) => checked) ? {} : { memories: chosen("memory") };
  const internal = required<HTMLInputElement>("[data-internal]").checked;
  const started = await post<{ readonly job: string }>(address, { documents: chosen("document"), internal, ...memories });
  if (started.ok) {
    const id = started.value.job;
    const job = await followJob(id, (now) => showRunning(jobWords(now), jobPercent(now), id));
    if (job.state === "done") await load();
    else if (job.state === "cancelled") showInstead(element("h2", { class: "strong" }, t("analysis:cancelled")));
    else showFailed(job.error);
  } else showFailed(undefined);
  count(button);
}

async function load(): Promise<void> {
  const answer = await get<Result>(address);
  if (answer.ok && answer.value.state === "ready") show(answer.value);
  else if (!answer.ok) showProblem(answer.message);
}

function showRunning(words: string, percent: number | undefined, id: string): void {
  const cancel = element("button", { class: "btn btn-s", type: "button" }, t("common:cancel"));
  cancel.addEventListener("click", () => void cancelJob(id));
  const progress = element("progress", { max: 100, value: percent, "aria-label": words });
  showInstead(
    element("h2", { class: "strong", "aria-busy": "true" }, t("analysis:running")),
    element("p", {}, words),
    progress,
    cancel,
  );
}

function showFailed(error: string | undefined): void {
  const title = element("h2", { class: "status is-bad strong" }, icon("s-error"), t("analysis:failed.title"));
  showInstead(title, element("p", {}, t("analysis:failed.text")), ...(error ? [element("p", { class: "quiet" }, error)] : []));
}

function showInstead(...content: HTMLElement[]): void {
  required("[data-result]").replaceChildren(element("div", { class: "empty" }, ...content));
}

function show(result: Result): void {
  const { texts, total } = result.analysis;
  const made = t("analysis:made", {
    segments: total.total.segments,
    memories: result.memories.length > 0 ? result.memories.map(nameOf).join(", ") : t("analysis:no-memories"),
    seconds: formatNumber(Math.max(0.1, Math.round(result.milliseconds / 100) / 10)),
    time: formatInstant(new Date(result.madeAt)),
  });
  const tables =
    texts.length > 1
      ? [showTable(t("analysis:total"), total), ...texts.map((text) => showTable(text.name, text))]
      : texts.map((text) => showTable(text.name, text));
  required("[data-result]").replaceChildren(element("p", { class: "analysis-made quiet", role: "status" }, made), ...tables);
  required("[data-downloads]").hidden = false;
}

/** The memories that a project fills itself are named in the reader's language. */
function nameOf(memory: string): string {
  return hasWords(`common:memory.${memory}`) ? t(`common:memory.${memory}`) : memory;
}

function showTable(name: string, counted: Counted): HTMLElement {
  const columns = ["band", ...amounts, "share"];
  const head = element(
    "tr",
    {},
    ...columns.map((column, at) =>
      element("th", { scope: "col", class: at === 0 ? undefined : "num" }, t(`analysis:column.${column}`)),
    ),
  );
  const lines = Object.entries(counted.bands)
    .filter(([, amount]) => amount.segments > 0)
    .map(([band, amount]) => showLine(t(`analysis:band.${band}`), amount, band === "locked" ? undefined : counted.total.words));
  const sum = showLine(t("analysis:total"), counted.total, undefined);
  sum.classList.add("analysis-sum");
  return element(
    "section",
    { class: "analysis-text" },
    element("h2", { class: "strong", lang: /\p{Script=Han}/u.test(name) ? "zh-Hans" : undefined }, name),
    element(
      "div",
      { class: "table-wrap", role: "region", "aria-label": name, tabindex: 0 },
      element("table", { class: "table analysis-table" }, element("thead", {}, head), element("tbody", {}, ...lines, sum)),
    ),
  );
}

function showLine(name: string, amount: Amount, whole: number | undefined): HTMLElement {
  const share = whole === undefined || whole === 0 ? undefined : amount.words / whole;
  const percent = share === undefined ? "" : `${formatNumber(Math.round(100 * share))} %`;
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, name),
    ...amounts.map((column) => element("td", { class: "num" }, formatNumber(amount[column]))),
    element("td", { class: "num" }, percent),
  );
}
