/** S6, Translate: row by row with terms, matches, findings and history; saved as one writes. */
import { closest, element, pageData, project, required } from "./shell/dom.ts";
import { get } from "./shell/request.ts";
import { startPage } from "./shell/start.ts";
import { t } from "./shell/strings.ts";
import { createDraftShelf } from "./translate/drafts.ts";
import { createRowList } from "./translate/rows.ts";
import type { StoredRow } from "./translate/rows.ts";
import { startWorkbench } from "./translate/workbench.ts";

type PageData = {
  readonly document: string;
  readonly rows: number;
  readonly sourceLanguage: string;
  readonly targetLanguage: string;
};

// The rows are on their way while the words of the page are.
const page = pageData() as PageData;
const rowsAddress = `/api/p/${project()}/documents/${encodeURIComponent(page.document)}/rows`;
let loading = get<{ readonly rows: readonly StoredRow[] }>(rowsAddress, { quiet: true });

await startPage();
required("[data-again]").addEventListener("click", () => {
  loading = get(rowsAddress, { quiet: true });
  void open();
});
await open();

async function open(): Promise<void> {
  const failed = required("[data-failed]");
  const waiting = required("[data-loading]");
  failed.hidden = true;
  waiting.hidden = false;
  const answer = await loading;
  waiting.hidden = true;
  if (!answer.ok) {
    required("[data-failed-text]").textContent = answer.message;
    failed.hidden = false;
    return;
  }
  const list = createRowList(answer.value.rows);
  const shelf = createDraftShelf(page.document);
  const restored = list.rows.filter((row) => {
    const draft = shelf.list().get(row.id);
    if (!draft) return false;
    if (draft.target === (row.stored.target ?? "") && draft.state === row.stored.state) {
      // It had arrived; only the answer was lost.
      shelf.drop(row.id);
      return false;
    }
    row.draft = draft;
    return true;
  });
  startWorkbench({
    documentId: page.document,
    languages: { source: page.sourceLanguage, target: page.targetLanguage },
    list,
    shelf,
    restored,
  });
  showRestored(restored.map(({ index }) => index + 1));
}

function showRestored(numbers: readonly number[]): void {
  if (numbers.length === 0) return;
  const notice = required("[data-notice]");
  const close = element("button", { class: "btn btn-s btn-quiet", type: "button", "data-hide": true }, t("common:close"));
  notice.addEventListener("click", (event) => {
    if (closest(event, "[data-hide]")) notice.hidden = true;
  });
  const shown = numbers.slice(0, 12).join(", ") + (numbers.length > 12 ? " …" : "");
  notice.replaceChildren(
    element(
      "span",
      { class: "grow" },
      `${t("translate:restored", { count: numbers.length })} ${t("translate:restored-rows", { rows: shown })}`,
    ),
    close,
  );
  notice.hidden = false;
}
