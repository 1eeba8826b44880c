/**
 * The import preview: what was found in the files, what the person makes of it, and accepting. Every change is kept on
 * the server (600 ms after the last), so that a reload or a restart loses nothing; nothing is stored before *Accept*.
 */
import { showDetail } from "./import/detail.ts";
import { showFiles } from "./import/list.ts";
import type { Selection } from "./import/list.ts";
import { acceptedCount, changeDocument, mergeWithPrevious, moveStart, splitAt, toggle } from "./import/model.ts";
import type { DocumentChoice, FileChoice, PreviewedFile, ShownParagraph } from "./import/model.ts";
import { askToConfirm } from "./shell/dialogs.ts";
import { all, element, icon, pageData, project, required } from "./shell/dom.ts";
import { cancelJob, followJob, jobPercent, jobWords } from "./shell/jobs.ts";
import { registerKeys } from "./shell/keys.ts";
import { showPane } from "./shell/panes.ts";
import { get, post, put } from "./shell/request.ts";
import { showSavedState } from "./shell/saved-state.ts";
import { startPage } from "./shell/start.ts";
import { t } from "./shell/strings.ts";

type Given = { readonly preview: string; readonly job?: string };
type Answered =
  | { readonly state: "ready"; readonly files: readonly PreviewedFile[] }
  | { readonly state: "reading" | "failed"; readonly error?: string };

const SAVE_AFTER = 600;

await startPage();
const given = pageData() as Given;
const base = `/api/p/${project()}/imports/${given.preview}`;
const list = required("[data-files-list]");
const detail = required("[data-detail]");
const acceptButton = required<HTMLButtonElement>("[data-accept-all]");
const saved = required("[data-saved]");
let files: PreviewedFile[] = [];
let selected: Selection | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

required("[data-discard]").addEventListener("click", () => void discard());
acceptButton.addEventListener("click", () => void accept());
registerKeys([
  { keys: "j", label: "import:keys.move", run: () => step(1) },
  { keys: "k", label: "import:keys.move", run: () => step(-1) },
  { keys: "x", label: "import:keys.take", run: toggleSelected },
  { keys: "Ctrl+Enter", label: "import:keys.accept", run: () => void accept(), inFields: true },
]);
// A change that was made just before the page is left is sent on its way out.
addEventListener("pagehide", () => {
  if (timer === undefined) return;
  clearTimeout(timer);
  void fetch(`${base}/choices`, {
    method: "PUT",
    keepalive: true,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(choices()),
  });
});
await open();

async function open(): Promise<void> {
  const answer = await get<Answered>(base);
  if (!answer.ok) return;
  if (answer.value.state === "ready") return showReady(answer.value.files);
  if (answer.value.state === "failed") return showFailed(answer.value.error);
  if (given.job === undefined) return;
  const job = await followJob(given.job, (now) => showReading(jobWords(now), jobPercent(now)));
  if (job.state === "done") return open();
  showFailed(job.error);
}

function showReading(words: string, percent: number | undefined): void {
  const cancel = element("button", { class: "btn btn-s", type: "button" }, t("common:cancel"));
  cancel.addEventListener("click", () => void cancelJob(given.job ?? ""));
  list.replaceChildren(
    element(
      "div",
      { class: "empty", "aria-busy": "true" },
      element("h2", { class: "strong" }, words),
      element("progress", { max: 100, value: percent, "aria-label": words }),
      element("p", {}, t("import:reading")),
      cancel,
    ),
  );
}

function showFailed(error: string | undefined): void {
  list.replaceChildren(
    element(
      "div",
      { class: "empty" },
      element("h2", { class: "status is-bad strong" }, icon("s-error"), t("import:failed.title")),
      element("p", {}, t("import:failed.text")),
      error ? element("p", { class: "quiet" }, error) : undefined,
    ),
  );
  acceptButton.disabled = true;
}

function showReady(found: readonly PreviewedFile[]): void {
  files = [...found];
  const first = files.findIndex(({ choice }) => choice.documents.length > 0);
  selected = first >= 0 ? { file: first, document: 0 } : undefined;
  drawList();
  drawDetail();
}

function drawList(): void {
  const focused =
    document.activeElement?.getAttribute("data-open-document") ?? document.activeElement?.getAttribute("data-accept");
  const attribute = document.activeElement?.hasAttribute("data-accept") ? "data-accept" : "data-open-document";
  list.replaceChildren(
    ...showFiles(files, selected, {
      onSelect: (selection) => {
        select(selection);
        showPane(required("[data-pane-shown]"), "detail");
      },
      onAccept: (selection, accepted) =>
        changeFile(selection.file, (choice) => changeDocument(choice, selection.document, { accepted })),
      onKeepAsOne: keepAsOne,
    }),
  );
  if (focused) list.querySelector<HTMLElement>(`[${attribute}="${focused}"]`)?.focus();
  const count = acceptedCount(files);
  acceptButton.disabled = count === 0;
  required("[data-accept-words]", acceptButton).textContent = t("import:accept", { count });
  const found = files.reduce((sum, { choice }) => sum + choice.documents.length, 0);
  required("[data-summary]").textContent = t("import:summary", {
    files: t("import:files", { count: files.length }),
    found: t("import:found", { count: found }),
  });
}

function drawDetail(): void {
  const file = selected && files[selected.file];
  const document = file && selected ? file.choice.documents[selected.document] : undefined;
  if (!file || !document || !selected) {
    detail.replaceChildren(element("div", { class: "empty" }, element("p", {}, t("import:nothing-to-show"))));
    return;
  }
  const { file: number, document: at } = selected;
  detail.replaceChildren(
    ...showDetail({
      file,
      at,
      document,
      events: {
        onChange: (change: Partial<DocumentChoice>) => changeFile(number, (choice) => changeDocument(choice, at, change)),
        onJoin: (paragraph, accepted) =>
          changeFile(number, (choice) => ({ ...choice, rejectedJoins: toggle(choice.rejectedJoins, paragraph, !accepted) })),
        onExclusion: (paragraph, accepted) =>
          changeFile(number, (choice) => ({
            ...choice,
            rejectedExclusions: toggle(choice.rejectedExclusions, paragraph, !accepted),
          })),
        // The choice as it is at the press, not as it was when the pane was drawn.
        onMove: (by) => reshape(number, at, (choice) => moveStart(choice, at, by)),
        onMerge: () => reshape(number, at - 1, (choice) => mergeWithPrevious(choice, at)),
        onSplit: (paragraph) => reshape(number, at + 1, (choice) => splitAt(choice, at, paragraph)),
        loadParagraphs: (first, end) => loadParagraphs(number, first, end),
      },
    }),
  );
}

async function loadParagraphs(file: number, first: number, end: number): Promise<readonly ShownParagraph[]> {
  const answer = await get<{ readonly paragraphs: readonly ShownParagraph[] }>(
    `${base}/files/${file}/paragraphs?first=${first}&end=${end}`,
  );
  return answer.ok ? answer.value.paragraphs : [];
}

/** A change of values: the form that is being typed in stays as it is. */
function changeFile(number: number, change: (choice: FileChoice) => FileChoice): void {
  const file = files[number];
  if (!file) return;
  files[number] = { ...file, choice: change(file.choice) };
  drawList();
  keep();
}

/** A change of where documents begin: both panes are drawn anew. */
function reshape(number: number, at: number, change: (choice: FileChoice) => FileChoice | undefined): void {
  const file = files[number];
  const choice = file && change(file.choice);
  if (!choice) return;
  changeFile(number, () => choice);
  select({ file: number, document: at });
}

function keepAsOne(number: number): void {
  reshape(number, 0, (choice) => {
    const first = choice.documents[0];
    const last = choice.documents.at(-1);
    return first && last && { ...choice, documents: [{ ...first, end: last.end, accepted: true }] };
  });
}

function select(selection: Selection): void {
  selected = selection;
  drawList();
  drawDetail();
}

function step(by: 1 | -1): void {
  const order = files.flatMap(({ choice }, file) => choice.documents.map((_document, document) => ({ file, document })));
  const at = order.findIndex(({ file, document }) => file === selected?.file && document === selected.document);
  const next = order[Math.min(order.length - 1, Math.max(0, at + by))];
  if (!next) return;
  select(next);
  const opened = list.querySelector<HTMLElement>(`[data-open-document="${next.file}-${next.document}"]`);
  opened?.scrollIntoView({ block: "nearest" });
  opened?.focus({ preventScroll: true });
}

function toggleSelected(): void {
  const at = selected;
  const document = at && files[at.file]?.choice.documents[at.document];
  if (at && document) changeFile(at.file, (choice) => changeDocument(choice, at.document, { accepted: !document.accepted }));
}

/** Keeps the choices on the server, a moment after the last change. */
function keep(): void {
  showSavedState(saved, { kind: "unsaved" });
  clearTimeout(timer);
  timer = setTimeout(() => void saveNow(), SAVE_AFTER);
}

async function saveNow(): Promise<void> {
  timer = undefined;
  showSavedState(saved, { kind: "saving" });
  const answer = await put(`${base}/choices`, choices(), { quiet: true });
  if (timer === undefined) showSavedState(saved, answer.ok ? { kind: "saved", at: new Date() } : { kind: "unsaved" });
}

function choices(): readonly FileChoice[] {
  return files.map(({ choice }) => choice);
}

async function accept(): Promise<void> {
  if (acceptButton.disabled) return;
  clearTimeout(timer);
  timer = undefined;
  acceptButton.disabled = true;
  for (const area of all("[data-pane]")) area.setAttribute("aria-busy", "true");
  const answer = await post<{ readonly documents: readonly string[] }>(`${base}/accept`, { choices: choices() });
  if (answer.ok) location.assign(`/p/${project()}/library?imported=${answer.value.documents.length}`);
  else acceptButton.disabled = false;
}

async function discard(): Promise<void> {
  const sure = await askToConfirm({
    title: t("import:discard.title"),
    text: t("import:discard.text"),
    action: t("import:discard.action"),
    danger: true,
  });
  if (sure && (await post(`${base}/discard`)).ok) location.assign(`/p/${project()}/library`);
}
