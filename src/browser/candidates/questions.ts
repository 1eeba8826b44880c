/** The questions behind g, t and p: which entry, which look-alike, which part may change. */
import { element, project } from "../shell/dom.ts";
import { showDialog } from "../shell/dialogs.ts";
import { isComposing } from "../shell/keys.ts";
import { get } from "../shell/request.ts";
import { formatNumber, t } from "../shell/strings.ts";
import { createSlotFinder } from "./model.ts";
import type { Row, TextPart } from "./model.ts";
import { createPicker } from "./picker.ts";
import type { Choice } from "./picker.ts";
import { showParts, showText } from "./rows.ts";

export type EntryChoice = {
  readonly id: string;
  readonly head: string;
  readonly status: string;
  readonly wordings: readonly string[];
  readonly renderings: readonly string[];
};

export type MergeAnswer = { readonly entry: EntryChoice; readonly termType: string };

export type MergeQuestion = {
  readonly row: Row;
  readonly run: string;
  readonly language: string;
  readonly termTypes: readonly string[];
  /** Where the one before was merged into: variants of one wording come one after another. */
  readonly recent: EntryChoice | undefined;
};

/** Which entry gets the wording, and as what. */
export async function askForEntry({ row, run, language, termTypes, recent }: MergeQuestion): Promise<MergeAnswer | undefined> {
  const entries = new Map<string, EntryChoice>();
  const search = async (find: string): Promise<readonly Choice[]> => {
    const found = await findEntries({ run, text: row.text, find });
    const offered = find === "" && recent && !found.some(({ id }) => id === recent.id) ? [recent, ...found] : found;
    for (const entry of offered) entries.set(entry.id, entry);
    return offered.map((entry) => entryChoice(entry, language));
  };
  const action = element("button", { class: "btn btn-primary", type: "button" }, t("candidates:merge.action"));
  const picker = createPicker({
    label: t("candidates:merge.label"),
    search,
    nothing: (find) => (find === "" ? t("candidates:merge.no-suggestion") : t("candidates:picker.nothing", { find })),
    onPick: () => action.click(),
    onOffer: (canChoose) => {
      action.disabled = !canChoose;
    },
  });
  const type = element(
    "select",
    { class: "field", id: "merge-type" },
    ...termTypes.map((name) => element("option", { value: name }, t(`candidates:term-type.${name}`))),
  );
  const typeItem = element(
    "div",
    { class: "form-item" },
    element("label", { class: "label", for: "merge-type" }, t("candidates:merge.type")),
    type,
  );
  const pressed = await showDialog({
    title: t("candidates:merge.title"),
    body: [subject(row, language), picker.node, typeItem],
    actions: [action],
  });
  const entry = pressed && entries.get(picker.chosen()?.value ?? "");
  return entry && { entry, termType: type.value };
}

async function findEntries(wanted: { readonly run: string; readonly text: string; readonly find: string }) {
  const query = new URLSearchParams({ text: wanted.text, find: wanted.find });
  const url = `/api/p/${project()}/candidates/runs/${encodeURIComponent(wanted.run)}/entries?${query.toString()}`;
  const answer = await get<{ readonly entries: readonly EntryChoice[] }>(url);
  return answer.ok ? answer.value.entries : [];
}

function entryChoice(entry: EntryChoice, language: string): Choice {
  const also = entry.wordings.length > 0 ? [t("candidates:merge.also", { wordings: entry.wordings.join(" / ") })] : [];
  const status = t(`candidates:term-status.${entry.status}`);
  return {
    value: entry.id,
    content: [element("span", { lang: language }, ...showText(entry.head))],
    note: [status, ...also, ...entry.renderings].join(" · "),
  };
}

function subject(row: Row, language: string): HTMLElement {
  return element("p", { class: "picker-subject", lang: language }, ...showText(row.text));
}

export type LookAlike = { readonly text: string; readonly parts: readonly TextPart[]; readonly distinctCount?: number };

export type ContrastQuestion = {
  readonly row: Row;
  readonly run: string;
  readonly language: string;
  readonly offered: readonly LookAlike[];
  /** Rows that have the words. */
  readonly findRows: (find: string) => readonly Row[];
};

const MOST_ROWS = 12;

/** What the wording is not to be confused with. */
export async function askForLookAlike({ row, run, language, offered, findRows }: ContrastQuestion): Promise<string | undefined> {
  const fromRow = (one: Row): Choice => ({
    value: one.text,
    content: [element("span", { lang: language }, ...showText(one.text))],
    note: t("candidates:contrast.candidate", { uses: one.distinctCount }),
  });
  const search = async (find: string): Promise<readonly Choice[]> => {
    if (find === "") {
      return offered.map(({ text, parts, distinctCount }) => ({
        value: text,
        content: [element("span", { lang: language }, ...showParts(parts))],
        note: t("candidates:contrast.offered", { uses: distinctCount ?? 0 }),
      }));
    }
    const rows = findRows(find)
      .filter(({ text }) => text !== row.text)
      .slice(0, MOST_ROWS);
    const known = new Set(rows.map(({ text }) => text));
    const entries = (await findEntries({ run, text: row.text, find })).filter(({ head }) => !known.has(head));
    return [...rows.map(fromRow), ...entries.map((entry) => ({ ...entryChoice(entry, language), value: entry.head }))];
  };
  const action = element("button", { class: "btn btn-primary", type: "button" }, t("candidates:contrast.action"));
  const picker = createPicker({
    label: t("candidates:contrast.label"),
    search,
    nothing: (find) => (find === "" ? t("candidates:contrast.none-offered") : t("candidates:picker.nothing", { find })),
    onPick: () => action.click(),
    onOffer: (canChoose) => {
      action.disabled = !canChoose;
    },
  });
  const pressed = await showDialog({
    title: t("candidates:contrast.title"),
    body: [subject(row, language), element("p", { class: "muted" }, t("candidates:contrast.text")), picker.node],
    actions: [action],
  });
  return pressed && picker.chosen()?.value;
}

const SLOTS = ["X", "Y", "Z"];
const MOST_EXAMPLES = 6;

export type PatternQuestion = { readonly row: Row; readonly rows: readonly Row[]; readonly language: string };

/** Which part of the wording changes: the person marks it, and sees what else in the list fits. */
export async function askForPattern({ row, rows, language }: PatternQuestion): Promise<string | undefined> {
  const action = element("button", { class: "btn btn-primary", type: "button" }, t("candidates:make-frame.action"));
  const field = element("input", {
    class: "field work",
    id: "frame-pattern",
    type: "text",
    lang: language,
    value: row.text,
    autofocus: true,
    autocomplete: "off",
    maxlength: 200,
  });
  const slot = element("button", { class: "btn", type: "button" }, t("candidates:make-frame.slot"), " ", kbd("Alt+X"));
  const preview = element("div", { class: "stack-s", role: "status" });
  const pattern = () => field.value.trim();
  const show = () => {
    const isPattern = hasSlotAndWords(pattern());
    action.disabled = !isPattern;
    preview.replaceChildren(
      ...(isPattern
        ? showFitting(pattern(), rows, language)
        : [element("p", { class: "quiet" }, t("candidates:make-frame.how"))]),
    );
  };
  const makeSlot = () => {
    const { value, selectionStart, selectionEnd } = field;
    const name = SLOTS.find((letter) => !value.includes(`{${letter}}`));
    if (name === undefined || selectionStart === null || selectionEnd === null) return;
    field.setRangeText(`{${name}}`, selectionStart, selectionEnd, "end");
    field.focus();
    show();
  };
  slot.addEventListener("click", makeSlot);
  field.addEventListener("input", show);
  field.addEventListener("keydown", (event) => {
    if (isComposing(event)) return;
    if (event.altKey && event.code === "KeyX") makeSlot();
    else if (event.key === "Enter" && !action.disabled) action.click();
    else return;
    event.preventDefault();
  });
  show();
  const item = element(
    "div",
    { class: "form-item" },
    element("label", { class: "label", for: "frame-pattern" }, t("candidates:make-frame.label")),
    element("div", { class: "line" }, field, slot),
    preview,
  );
  const pressed = await showDialog({ title: t("candidates:make-frame.title"), body: [item], actions: [action] });
  return pressed && pattern();
}

function kbd(keys: string): HTMLElement {
  return element("kbd", {}, keys);
}

function hasSlotAndWords(pattern: string): boolean {
  const fixed = pattern.replace(/\{[A-Z]\}/g, "");
  return fixed !== pattern && /[\p{L}\p{N}]/u.test(fixed) && !/[{}]/.test(fixed);
}

function showFitting(pattern: string, rows: readonly Row[], language: string): readonly HTMLElement[] {
  const find = createSlotFinder(pattern);
  const fillings = rows.flatMap(({ text, isGone }) => (isGone === true ? [] : [find(text)])).filter((one) => one !== undefined);
  const examples = fillings.slice(0, MOST_EXAMPLES).map((parts) => parts.join(" … "));
  const count = t("candidates:make-frame.fitting", { count: fillings.length });
  if (examples.length === 0) return [element("p", { class: "quiet" }, count)];
  const more = fillings.length > examples.length ? ` +${formatNumber(fillings.length - examples.length)}` : "";
  return [element("p", {}, count), element("p", { class: "quiet", lang: language }, examples.join(" · "), more)];
}
