/** What the forms about a wording share: where they send, how they meet a later save, and what is shown after. */
import { all, element, icon, project } from "../shell/dom.ts";
import type { Answer, Failure } from "../shell/request.ts";
import { t } from "../shell/strings.ts";
import { showToast } from "../shell/toast.ts";
import { textField } from "../glossary/fields.ts";
import { askWhichStands, staleDetails } from "./conflict.ts";
import { closeForm } from "./form.ts";
import { refreshPage } from "./state.ts";
import type { PageTerm } from "./state.ts";
import { undoStep } from "./undo.ts";

export const termAddress = (term: PageTerm) => `/api/p/${project()}/terms/${encodeURIComponent(term.id)}`;

/** After a step: the page as it is now, the card in view, and the way back. */
export async function finish(words: string | (() => string), find: () => PageTerm | undefined): Promise<void> {
  await refreshPage();
  showToast(typeof words === "string" ? words : words(), { undo: undoStep });
  const id = find()?.id;
  const card = all(".term-card").find((one) => one.dataset["term"] === id);
  card?.dispatchEvent(new CustomEvent("activate", { bubbles: true }));
  card?.focus({ preventScroll: true });
  card?.scrollIntoView({ block: "nearest" });
}

export const reasonField = (beside?: string) =>
  textField({ name: "reason", label: t("glossary:field.reason"), beside: beside ?? t("glossary:field.reason-hint"), lines: 3 });

export const failureOf = (answer: Answer<unknown>): Failure | undefined => (answer.ok ? undefined : answer);

/** The form itself shows what is missing; nothing is sent then. */
export const HELD: Failure = { ok: false, code: "held", message: "", status: 0, details: { code: "held" } };

/** House and not-seen stand for themselves in the list of citations; all else is a source. */
export function valueFor(source: string): string {
  return source === "house" || source === "proposed" ? source : `source:${source}`;
}

type Based = {
  readonly language: string;
  readonly send: (revision: number | undefined) => Promise<Answer<unknown>>;
  /** The form goes on from this revision. */
  readonly onBase: (revision: number) => void;
};

/** Sends; when somebody saved in between, shows all texts and does what the person decides. */
export async function sendBased(form: HTMLFormElement, { language, send, onBase }: Based): Promise<Failure | undefined> {
  let answer = await send(undefined);
  for (;;) {
    if (answer.ok) return undefined;
    const stale = staleDetails(answer);
    if (!stale) return answer;
    const resolution = await askWhichStands(stale, language);
    if (resolution === "mine") {
      answer = await send(stale.theirs.revision);
      continue;
    }
    if (resolution === "theirs") {
      closeForm();
      await refreshPage();
      return undefined;
    }
    onBase(stale.theirs.revision);
    const theirs = element("blockquote", { class: "quote", lang: language }, stale.theirs.text ?? "");
    const notice = element("div", {}, t("glossary:form.saved-together"), theirs);
    form.querySelector(".card-body")?.prepend(element("div", { class: "notice is-warn" }, icon("s-warn"), notice));
    form.querySelector<HTMLElement>(".field")?.focus();
    return { ...answer, message: t("glossary:form.saved-together") };
  }
}
