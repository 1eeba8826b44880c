/** Taking back the newest step on the entry. The server knows the steps, so this works after a reload too. */
import { project, required } from "../shell/dom.ts";
import { post } from "../shell/request.ts";
import { showSavedState } from "../shell/saved-state.ts";
import { t } from "../shell/strings.ts";
import { showToast } from "../shell/toast.ts";
import { concept, refreshPage } from "./state.ts";

let running = false;

export async function undoStep(): Promise<void> {
  if (running) return;
  running = true;
  const what = document.querySelector<HTMLElement>("[data-undo]")?.dataset["undoWhat"];
  const address = `/api/p/${project()}/glossary/${encodeURIComponent(concept().concept.id)}/undo`;
  const answer = await post(address);
  running = false;
  if (!answer.ok) return;
  await refreshPage();
  showSavedState(required("[data-saved]"), { kind: "saved", at: new Date() });
  showToast(t("glossary:done.undone", { what: what ?? "" }));
}
