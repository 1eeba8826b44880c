/** A memory that came back: what is in it, where it should go, importing with progress, taking it out again. */
import type { Diagnostic } from "../model/diagnostic.ts";
import type { Job } from "../model/job.ts";
import { describeDiagnostic } from "./export/diagnostics.ts";
import { askToConfirm } from "./shell/dialogs.ts";
import { element, icon, pageData, project, required } from "./shell/dom.ts";
import { cancelJob, followJob, hasEnded, jobPercent } from "./shell/jobs.ts";
import { get, post } from "./shell/request.ts";
import { startPage } from "./shell/start.ts";
import { formatNumber, hasWords, t } from "./shell/strings.ts";
import { showProblem } from "./shell/toast.ts";

type Given = { readonly return: string; readonly sourceLanguage: string; readonly targetLanguage: string };
type Description = {
  readonly units: number;
  readonly languages: readonly { readonly source: string; readonly target: string; readonly count: number }[];
  readonly version: string;
  readonly tool: string;
  readonly sample: readonly { readonly source: string; readonly target: string }[];
  readonly withCodes: number;
  readonly withoutText?: number;
  readonly diagnostics: readonly Diagnostic[];
};
type Result = {
  readonly name: string;
  readonly added: number;
  readonly replaced: number;
  readonly unchanged: number;
  readonly isPartial?: boolean;
  readonly undone?: { readonly units: number };
};
type Answered = { readonly description?: Description; readonly result?: Result; readonly job?: string };

await startPage();
const given = pageData() as Given;
const base = `/api/p/${project()}/returns/${given.return}`;
const place = required("[data-place]");
const form = required<HTMLFormElement>("[data-form]");
const into = required<HTMLSelectElement>("[data-into]");
const importButton = required<HTMLButtonElement>("[data-import]");

into.addEventListener("change", () => {
  const isNew = into.value === "";
  required("[data-new]").hidden = !isNew;
  required<HTMLInputElement>("[data-name]").disabled = !isNew;
  required<HTMLInputElement>("[data-penalty]").disabled = !isNew;
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  void importUnits();
});
required("[data-discard]").addEventListener("click", () => void discard());
await open();

async function open({ isAgain = false } = {}): Promise<void> {
  const answer = await get<Answered>(base);
  if (!answer.ok) return;
  const { description, result, job } = answer.value;
  showResult(undefined);
  if (job !== undefined) {
    const now = await get<Job>(`/api/jobs/${encodeURIComponent(job)}`, { quiet: true });
    if (now.ok && !hasEnded(now.value)) return follow(job, description ? "returns:memory.importing" : "returns:memory.reading");
    // It was read while the two questions were on their way.
    if (!description && now.ok && now.value.state === "done" && !isAgain) return open({ isAgain: true });
    if (!description) {
      const error = now.ok ? now.value.error : undefined;
      return showInstead(message("returns:memory.broken", t("returns:memory.broken-text"), error));
    }
  }
  showResult(result);
  if (description) showDescription(description, result);
}

async function follow(id: string, label: string): Promise<void> {
  form.hidden = true;
  const job = await followJob(id, (now) => showProgress(t(label), now));
  if (job.state === "cancelled") showProblem(t("returns:memory.cancelled"));
  if (job.state === "failed" && job.error !== undefined) showProblem(job.error);
  place.replaceChildren();
  await open();
}

function showProgress(label: string, job: Job): void {
  const percent = jobPercent(job);
  const { done, total } = job.progress;
  const numbers = job.progress.stage === "store" ? `${formatNumber(done)} / ${formatNumber(total)}` : "";
  const cancel = element("button", { class: "btn btn-s", type: "button" }, t("common:cancel"));
  cancel.addEventListener("click", () => void cancelJob(job.id));
  showInstead(
    element(
      "div",
      { class: "empty", "aria-busy": "true" },
      element("h2", { class: "strong" }, percent === undefined ? label : `${label} ${formatNumber(percent)} %`),
      element("progress", { max: 100, value: percent, "aria-label": label }),
      element("p", { class: "num" }, numbers),
      cancel,
    ),
  );
}

function showInstead(content: HTMLElement): void {
  place.replaceChildren(content);
}

function message(title: string, text: string, more?: string): HTMLElement {
  return element(
    "div",
    { class: "notice is-bad", role: "alert" },
    icon("s-error"),
    element(
      "div",
      {},
      element("p", { class: "strong" }, t(title)),
      element("p", {}, text),
      more === undefined ? undefined : element("p", {}, more),
    ),
  );
}

function languageName(tag: string): string {
  const key = `common:languages.${tag}`;
  if (hasWords(key)) return t(key);
  try {
    return new Intl.DisplayNames(document.documentElement.lang, { type: "language" }).of(tag) ?? tag;
  } catch {
    // A file may call a language anything.
    return tag;
  }
}

function pairNames(): { readonly source: string; readonly target: string } {
  return { source: languageName(given.sourceLanguage), target: languageName(given.targetLanguage) };
}

function showDescription(description: Description, result: Result | undefined): void {
  const { units, diagnostics } = description;
  const broken = diagnostics.filter(({ severity }) => severity === "error");
  // An import that was cut off can be gone on with.
  const isDone = result !== undefined && !result.undone && !result.isPartial;
  form.hidden = units === 0 || isDone;
  importButton.textContent = t("returns:memory.import", { count: units });
  const parts: HTMLElement[] = [];
  if (units === 0 && broken.length > 0) parts.push(message("returns:memory.broken", t("returns:memory.broken-text")));
  else if (units === 0) parts.push(message("returns:memory.none", t("returns:memory.none-text", pairNames())));
  else parts.push(element("h2", {}, t("returns:memory.found", { count: units, ...pairNames() })));
  if (units > 0 && broken.length > 0) {
    const words = t("returns:memory.partly", { count: units });
    parts.push(element("div", { class: "notice is-warn" }, icon("s-warn"), element("div", {}, words)));
  }
  place.replaceChildren(element("div", { class: "stack-m" }, ...parts));
  required("[data-details]").replaceChildren(...details(description));
}

function details(description: Description): HTMLElement[] {
  const { diagnostics, languages, version, tool, sample, withCodes, withoutText = 0 } = description;
  const parts: HTMLElement[] = [];
  const remarks = diagnostics.map(describeDiagnostic);
  if (withoutText > 0) remarks.push(t("returns:memory.without-text", { count: withoutText }));
  if (remarks.length > 0) {
    const lines = remarks.map((words) => element("li", {}, words));
    parts.push(section(t("returns:memory.more"), element("ul", {}, ...lines)));
  }
  const facts: [string, string][] = [];
  if (version !== "") facts.push([t("returns:memory.version"), version]);
  if (tool !== "") facts.push([t("returns:memory.tool"), tool]);
  const pairs = languages.map(({ source, target, count }) =>
    t("returns:memory.pair", { source: languageName(source), target: languageName(target), count }),
  );
  if (pairs.length > 0) facts.push([t("returns:memory.languages"), pairs.join(" · ")]);
  if (withCodes > 0) facts.push([t("returns:memory.codes"), t("returns:memory.codes-kept", { count: withCodes })]);
  const list = element("dl", { class: "dl" });
  for (const [name, value] of facts) list.append(element("dt", {}, name), element("dd", {}, value));
  parts.push(list);
  if (sample.length > 0) {
    const rows = sample.map(({ source, target }) =>
      element(
        "tr",
        {},
        element("td", { lang: langOf(given.sourceLanguage) }, source),
        element("td", { lang: langOf(given.targetLanguage) }, target),
      ),
    );
    const table = element("table", { class: "table" }, element("tbody", {}, ...rows));
    parts.push(
      section(
        t("returns:memory.sample"),
        element(
          "div",
          { class: "card table-wrap", tabindex: 0, role: "region", "aria-label": t("returns:memory.sample") },
          table,
        ),
      ),
    );
  }
  return parts;
}

function langOf(tag: string): string {
  return tag === "zh" || tag === "zh-CN" ? "zh-Hans" : tag;
}

function section(title: string, content: HTMLElement): HTMLElement {
  return element("section", { class: "stack-s" }, element("h3", {}, title), content);
}

function showResult(result: Result | undefined): void {
  const where = required("[data-result]");
  if (!result) return where.replaceChildren();
  const { undone, name, added, replaced, unchanged } = result;
  const words = undone
    ? t("returns:memory.undone", { count: undone.units })
    : t(result.isPartial ? "returns:memory.imported-partly" : "returns:memory.imported", {
        name: hasWords(`common:memory.${name}`) ? t(`common:memory.${name}`) : name,
        added,
        replaced,
        unchanged,
      });
  const open = element("a", { class: "btn btn-s", href: `/p/${project()}/memory` }, t("returns:memory.open"));
  const button = element(
    "button",
    { class: "btn btn-s", type: "button", "data-undo": true },
    icon("undo"),
    t("returns:memory.undo"),
  );
  button.addEventListener("click", () => void undo());
  where.replaceChildren(
    element(
      "div",
      { class: undone ? "notice" : result.isPartial ? "notice is-warn" : "notice is-good", role: "status" },
      icon(undone ? "undo" : result.isPartial ? "s-warn" : "s-check"),
      element("div", { class: "grow" }, words),
      undone ? undefined : open,
      undone ? undefined : button,
    ),
  );
}

async function importUnits(): Promise<void> {
  const name = required<HTMLInputElement>("[data-name]").value;
  const penalty = Number(required<HTMLInputElement>("[data-penalty]").value);
  const wish = into.value === "" ? { name, penalty } : { memoryId: into.value };
  importButton.disabled = true;
  const answer = await post<{ readonly job?: string; readonly refused?: string }>(`${base}/memory`, wish);
  importButton.disabled = false;
  if (!answer.ok) return;
  if (answer.value.refused !== undefined) return showProblem(t(`returns:memory.refused.${answer.value.refused}`));
  if (answer.value.job !== undefined) await follow(answer.value.job, "returns:memory.importing");
}

async function undo(): Promise<void> {
  const answer = await post<{ readonly job: string }>(`${base}/undo`);
  if (answer.ok) await follow(answer.value.job, "returns:memory.removing");
}

async function discard(): Promise<void> {
  const question = { title: t("returns:discard-question"), text: t("returns:discard-text"), action: t("returns:discard") };
  if (!(await askToConfirm(question))) return;
  if ((await post(`${base}/discard`)).ok) location.assign(`/p/${project()}/memory`);
}
