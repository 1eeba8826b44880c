/** The discussion: writing, answering, settling and reopening. What is half written stays on this computer. */
import { all, closest, project, required } from "../shell/dom.ts";
import { isComposing } from "../shell/keys.ts";
import { post } from "../shell/request.ts";
import { showSavedState } from "../shell/saved-state.ts";
import { t } from "../shell/strings.ts";
import { chooseTab } from "../shell/tabs.ts";
import { showToast } from "../shell/toast.ts";
import { concept, findTerm, refreshPage } from "./state.ts";

const key = () => `glossary-remark:${project()}:${concept().concept.id}`;
const address = () => `/api/p/${project()}/glossary/${encodeURIComponent(concept().concept.id)}/comments`;
let thread: string | undefined;
/** The wording that a new remark is about. */
let about: string | undefined;

export function startTalk(): void {
  const form = required<HTMLFormElement>("[data-remark]");
  const text = required<HTMLTextAreaElement>("#remark");
  text.value = localStorage.getItem(key()) ?? "";
  text.addEventListener("input", () => localStorage.setItem(key(), text.value));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void send();
  });
  form.addEventListener("keydown", (event) => {
    if (isComposing(event)) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === "Escape" && thread !== undefined) {
      event.preventDefault();
      turnTo(undefined);
    }
  });
  required("[data-remark-cancel]").addEventListener("click", () => turnTo(undefined));
  required("#panel-talk").addEventListener("click", (event) => {
    const id = closest(event, "[data-thread]")?.dataset["thread"];
    const settle = closest(event, "[data-settle]")?.dataset["settle"];
    if (id === undefined) return;
    if (settle !== undefined) void settleThread(id, settle);
    else if (closest(event, "[data-answer]")) turnTo(id);
  });
}

/** Opens the discussion with the cursor in the field; a remark may be about one wording. */
export function openTalk(termId?: string): void {
  const tabs = all('.concept-rail [role="tab"]');
  chooseTab(tabs, required("#tab-talk"));
  about = termId;
  turnTo(undefined);
  required("#remark").focus();
  required("[data-remark]").scrollIntoView({ block: "nearest" });
}

/** What is written next answers this discussion, or opens one. */
function turnTo(id: string | undefined): void {
  thread = id;
  for (const one of all("[data-thread]")) one.classList.toggle("is-answered", one.dataset["thread"] === id);
  const wording = id === undefined ? findTerm(about ?? "") : undefined;
  required("[data-remark-label]").textContent = wording
    ? t("glossary:talk.write-about", { text: wording.text })
    : t(id === undefined ? "glossary:talk.write" : "glossary:talk.write-answer");
  required("[data-remark-cancel]").hidden = id === undefined;
  if (id !== undefined) required("#remark").focus();
}

async function send(): Promise<void> {
  const text = required<HTMLTextAreaElement>("#remark");
  if (text.value.trim() === "") return text.focus();
  const dock = required("[data-saved]");
  showSavedState(dock, { kind: "saving" });
  const term = thread === undefined ? about : undefined;
  const answer = await post(address(), {
    text: text.value,
    ...(thread === undefined ? {} : { thread }),
    ...(term ? { term } : {}),
  });
  if (!answer.ok) return showSavedState(dock, { kind: answer.code === "offline" ? "offline" : "unsaved" });
  text.value = "";
  localStorage.removeItem(key());
  turnTo(undefined);
  about = undefined;
  await refreshPage();
  showSavedState(dock, { kind: "saved", at: new Date() });
}

async function settleThread(id: string, kind: string): Promise<void> {
  const step = (next: string) => post(`${address()}/${encodeURIComponent(id)}/state`, { kind: next });
  const answer = await step(kind);
  if (!answer.ok) return;
  await refreshPage();
  const contrary = kind === "resolve" ? "reopen" : "resolve";
  showToast(t(kind === "resolve" ? "glossary:talk.settled" : "glossary:talk.reopened"), {
    undo: async () => {
      if ((await step(contrary)).ok) await refreshPage();
    },
  });
}
