/**
 * One step on all chosen entries: asked for in a dialog, sent in pieces that can be stopped, summed up with what was refused
 * and why, and taken back as one. The way back is kept on this computer, so that it outlives a reload.
 */
import type { Source } from "../../model/concept.ts";
import { element, icon, project, required } from "../shell/dom.ts";
import { post } from "../shell/request.ts";
import { formatNumber, t } from "../shell/strings.ts";
import { citationField, readCitation } from "./citation.ts";
import { fieldOf, selectField, showFieldError, textField, valueOf } from "./fields.ts";

export type BulkParts = {
  readonly ids: () => readonly string[];
  readonly sources: readonly Source[];
  readonly classes: readonly string[];
  /** Entries of one call. */
  readonly most: number;
  readonly formats: readonly string[];
  readonly onDone: () => Promise<void>;
};

type Refusal = { readonly conceptId: string; readonly text: string; readonly reason: string };
type Outcome = {
  readonly done: readonly string[];
  readonly waiting: number;
  readonly refused: readonly Refusal[];
  readonly at: string;
};
type Undo = { readonly what: string; readonly calls: readonly { readonly at: string; readonly concepts: readonly string[] }[] };

const KEY = `glossary-bulk:${project()}`;
/** More refusals than these are counted, not listed. */
const LISTED = 50;

export async function openBulk(kind: string, parts: BulkParts): Promise<void> {
  const ids = parts.ids();
  if (ids.length === 0) return;
  if (kind === "export") return exportSelection(ids, parts);
  const body = element("div", { class: "dialog-body form" }, element("p", {}, t(`glossary:bulk.hint.${kind}`)));
  if (kind === "domain") body.append(textField({ name: "value", label: t("glossary:field.domain"), hint: t("glossary:bulk.empty") }));
  if (kind === "class") {
    const choices = parts.classes.map((value) => ({ value, label: t(`glossary:class.${value}`) }));
    body.append(
      selectField({ name: "value", label: t("glossary:field.class"), choices: [{ value: "", label: t("glossary:field.no-class") }, ...choices] }),
    );
  }
  if (kind === "approve") {
    body.append(citationField({ sources: parts.sources, beside: t("glossary:bulk.citation") }));
  }
  if (["propose", "reject", "approve"].includes(kind)) {
    const isNeeded = kind !== "propose";
    body.append(textField({ name: "reason", label: t("glossary:field.reason"), beside: t("glossary:field.reason-hint"), lines: 3, required: isNeeded }));
  }
  const close = element("button", { class: "btn", type: "button", "data-close": true }, t("common:cancel"));
  const label = t("glossary:bulk.do", { what: t(`glossary:bulk.${kind}`), count: ids.length });
  const save = element("button", { class: "btn btn-primary" }, label, " ", element("kbd", {}, "Ctrl+Enter"));
  const form = element("form", { novalidate: true }, head(t(`glossary:bulk.${kind}`)), body, element("div", { class: "dialog-foot" }, close, save));
  const dialog = element("dialog", { class: "dialog-entry", "aria-labelledby": "bulk-title" }, form);
  dialog.addEventListener("close", () => dialog.remove());
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) form.requestSubmit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const reason = fieldOf(form, "reason");
    if (reason?.hasAttribute("data-required") && reason.value.trim() === "") {
      return showFieldError(form, "reason", t("glossary:form.required"));
    }
    const citation = fieldOf(form, "citation") ? readCitation(form) : undefined;
    if (citation && "incomplete" in citation) return showFieldError(form, citation.incomplete, t("glossary:form.new-source"));
    const fields = kind === "domain" || kind === "class" ? { value: valueOf(form, "value") } : { reason: valueOf(form, "reason") };
    dialog.close();
    void run(kind, { ids, action: { kind, ...fields, ...(citation ? { citation } : {}) } }, parts);
  });
  document.body.append(dialog);
  dialog.showModal();
  form.querySelector<HTMLElement>(".field")?.focus();
}

function head(title: string): HTMLElement {
  return element("div", { class: "dialog-head" }, element("h2", { id: "bulk-title" }, title));
}

async function run(
  kind: string,
  { ids, action }: { readonly ids: readonly string[]; readonly action: object },
  parts: BulkParts,
): Promise<void> {
  const calls: { at: string; concepts: readonly string[] }[] = [];
  const total = await sendAll(ids, parts.most, async (concepts) => {
    const answer = await post<Outcome>(`/api/p/${project()}/glossary-bulk`, { concepts, action });
    if (!answer.ok) return undefined;
    if (answer.value.done.length > 0) {
      calls.push({ at: answer.value.at, concepts: answer.value.done });
      // A page that is left on the way can still take back what was done.
      localStorage.setItem(KEY, JSON.stringify({ what: t(`glossary:bulk.${kind}`), calls }));
    }
    return answer.value;
  });
  await parts.onDone();
  showResult(t("glossary:bulk.done", { what: t(`glossary:bulk.${kind}`), count: total.done }), total, parts);
}

type Total = { done: number; waiting: number; refused: Refusal[] };

async function sendAll(
  ids: readonly string[],
  most: number,
  send: (piece: readonly string[]) => Promise<Outcome | undefined>,
): Promise<Total> {
  const total: Total = { done: 0, waiting: 0, refused: [] };
  const dock = required("[data-dock]");
  let isStopped = false;
  const stop = element("button", { class: "btn btn-s", type: "button" }, t("glossary:bulk.stop"));
  stop.addEventListener("click", () => (isStopped = true));
  const words = element("span");
  if (ids.length > most) dock.replaceChildren(words, " ", stop);
  for (let start = 0; start < ids.length && !isStopped; start += most) {
    words.textContent = t("glossary:bulk.running", { done: formatNumber(start), total: formatNumber(ids.length) });
    const outcome = await send(ids.slice(start, start + most));
    if (!outcome) break;
    total.done += outcome.done.length;
    total.waiting += outcome.waiting;
    total.refused.push(...outcome.refused);
  }
  dock.replaceChildren();
  return total;
}

/** What the last step on many entries did, with its way back; also after a reload. */
export function showKeptUndo(parts: BulkParts): void {
  const kept = readUndo();
  if (!kept) return;
  const count = kept.calls.reduce((sum, { concepts }) => sum + concepts.length, 0);
  showResult(t("glossary:bulk.done", { what: kept.what, count }), { done: count, waiting: 0, refused: [] }, parts);
}

function readUndo(): Undo | undefined {
  const kept = localStorage.getItem(KEY);
  return kept === null ? undefined : (JSON.parse(kept) as Undo);
}

/** True when there was something to take back. */
export async function undoBulk(parts: BulkParts): Promise<boolean> {
  const kept = readUndo();
  if (!kept) return false;
  localStorage.removeItem(KEY);
  const total: Total = { done: 0, waiting: 0, refused: [] };
  for (const { at, concepts } of kept.calls.toReversed()) {
    const part = await sendAll(concepts, parts.most, async (piece) => {
      const answer = await post<Outcome>(`/api/p/${project()}/glossary-bulk/undo`, { at, concepts: piece });
      return answer.ok ? answer.value : undefined;
    });
    total.done += part.done;
    total.refused.push(...part.refused);
  }
  await parts.onDone();
  showResult(t("glossary:bulk.undone", { what: kept.what, count: total.done }), total, parts);
  return true;
}

function showResult(words: string, { waiting, refused }: Total, parts: BulkParts): void {
  const place = required("[data-bulk-result]");
  const line = element("div", { class: "line" }, icon(refused.length > 0 ? "s-warn" : "s-check"), element("span", { class: "grow", role: "status" }, words));
  const kept = readUndo();
  if (kept) {
    const undo = element("button", { class: "btn btn-s", type: "button", "data-bulk-undo": true }, icon("undo"), t("glossary:dock.undo", { what: kept.what }), " ", element("kbd", {}, "Ctrl+Z"));
    undo.addEventListener("click", () => void undoBulk(parts));
    line.append(undo);
  }
  const close = element("button", { class: "btn btn-quiet btn-icon btn-s", type: "button", "aria-label": t("common:close") }, icon("close"));
  close.addEventListener("click", () => {
    localStorage.removeItem(KEY);
    place.hidden = true;
  });
  line.append(close);
  place.replaceChildren(line);
  if (waiting > 0) place.append(element("p", { class: "quiet" }, t("glossary:bulk.waiting", { count: waiting })));
  for (const [reason, list] of Map.groupBy(refused, (one) => one.reason)) {
    const items = list.slice(0, LISTED).map(({ conceptId, text }) =>
      element("li", {}, element("a", { href: `/p/${project()}/glossary/${encodeURIComponent(conceptId)}`, lang: "zh-Hans" }, text)),
    );
    const more = list.length - items.length;
    const summary = element("summary", {}, t("glossary:bulk.refused", { count: list.length }), ` ${reason}`);
    const names = element("ul", { class: "bulk-refused" }, ...items);
    if (more > 0) names.append(element("li", { class: "quiet" }, t("glossary:more-renderings", { count: more })));
    place.append(element("details", { class: "bulk-why" }, summary, names));
  }
  place.hidden = false;
}

/** The formats of the list's own menu, for the chosen entries alone. */
function exportSelection(ids: readonly string[], parts: BulkParts): void {
  const dialog = element("dialog", { class: "dialog-entry", "aria-labelledby": "bulk-title" });
  const form = element("form", { method: "post", action: `/p/${project()}/glossary-file`, class: "glossary-formats" });
  for (const format of parts.formats) {
    const text = element("span", { class: "stack-s" }, element("span", {}, t(`glossary-files:format.${format}.name`)));
    text.append(element("span", { class: "quiet tiny" }, t(`glossary-files:format.${format}.text`)));
    form.append(element("button", { class: "menu-item", name: "format", value: format }, text));
  }
  form.append(element("input", { type: "hidden", name: "concepts", value: ids.join("\n") }));
  form.addEventListener("submit", () => setTimeout(() => dialog.close()));
  const close = element("button", { class: "btn", type: "button", "data-close": true }, t("common:cancel"));
  const hint = element("p", {}, t("glossary:bulk.hint.export", { count: ids.length }));
  dialog.append(head(t("glossary:bulk.export")), element("div", { class: "dialog-body" }, hint, form), element("div", { class: "dialog-foot" }, close));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
