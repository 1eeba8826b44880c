/** The dock: which row, why it is grouped as it is, what can be done with it, and whether all is saved. */
import { element, icon, required, setAttributes } from "../shell/dom.ts";
import { t } from "../shell/strings.ts";
import { stateOf, unmeasuredOf } from "./alignment.ts";
import type { Alignment, Group, SideName } from "./alignment.ts";
import { evidenceOf, langOf } from "./row.ts";
import { STATE_LOOK, ratioOf, stepWords } from "./words.ts";
import type { Head } from "./alignment.ts";

export function showRowInDock(alignment: Alignment, index: number, side: SideName): void {
  const group = alignment.groups[index];
  if (!group) return;
  required("[data-row-name]").textContent = t("align:row", { row: index + 1 });
  const state = stateOf(group);
  const look = STATE_LOOK[state];
  const status = element("span", { class: look.className }, icon(look.icon), t(`align:state.${state}`));
  required("[data-row-state]").replaceChildren(status);
  const touched = group.touchedBy?.at(-1);
  const notes = [
    ...(isInMemory(group) ? [t("align:in-memory")] : []),
    ...(touched ? [t("align:touched", { name: touched })] : []),
  ];
  required("[data-reason]").replaceChildren(...reasonOf(alignment, index), ...notes.flatMap((words) => [" ", words]));
  required("[data-reason]").removeAttribute("role");
  label("confirm", t(group.status === "confirmed" ? "align:action.unconfirm" : "align:action.confirm"));
  pressItem("lock", t(group.status === "locked" ? "align:action.unlock" : "align:action.lock"), group.status === "locked");
  press("bookmark", t("align:action.bookmark"), group.bookmark === true);
  press("doubtful", t("align:action.doubtful"), group.doubtful === true);
  pressItem("pin", t(group.pinned === true ? "align:action.unpin" : "align:action.pin"), group.pinned === true);
  press("note", t("align:action.note"), group.notes !== undefined);
  for (const action of ["shift-down", "shift-up"] as const) {
    // The sign says which way; the name says it in words.
    label(action, t(`align:side.${side}`));
    const words = t(`align:action.${action}.${side}`);
    setAttributes(required(`[data-action="${action}"]`), { "aria-label": words, title: words });
  }
  label("omit", t(`align:action.omit.${group.omission ? "unmark" : group.source === 0 ? "added" : "omitted"}`));
  required<HTMLButtonElement>('[data-action="remove"]').disabled = state !== "empty";
}

/** What a person settled is a match at once; a pair that somebody doubts is none. */
function isInMemory({ status, source, target, doubtful }: Group): boolean {
  return status !== "automatic" && source > 0 && target > 0 && doubtful !== true;
}

/** A button without words beside its sign. */
function press(action: string, words: string, isPressed: boolean): void {
  setAttributes(required(`[data-action="${action}"]`), {
    "aria-label": words,
    title: words,
    "aria-pressed": isPressed ? "true" : "false",
  });
}

/** An item of the menu, with its words. */
function pressItem(action: string, words: string, isPressed: boolean): void {
  label(action, words);
  required(`[data-action="${action}"]`).setAttribute("aria-pressed", isPressed ? "true" : "false");
}

function label(action: string, words: string): void {
  required(`[data-action="${action}"] [data-label]`).textContent = words;
}

/** Said instead of the reason until the row changes: a refusal, or what somebody else did. */
export function sayInDock(words: string, kind: "refusal" | "news"): void {
  const place = required("[data-reason]");
  const className = kind === "refusal" ? "status is-warn align-said" : "status align-said";
  place.setAttribute("role", "status");
  place.replaceChildren(
    element("span", { class: className }, icon(kind === "refusal" ? "s-warn" : "s-info"), element("span", {}, words)),
  );
}

function reasonOf(alignment: Alignment, index: number): readonly (Node | string)[] {
  const group = alignment.groups[index];
  if (!group) return [];
  const state = stateOf(group);
  if (group.doubtful) return [t("align:reason.marked-doubtful"), ...listLost(alignment, index)];
  if (group.moved !== undefined) return describeMoved(alignment, index);
  if (group.omission) return [t(`align:reason.${group.omission}`)];
  // What a person confirmed so is not in want of a partner any more.
  if (group.status !== "automatic" && (group.source === 0 || group.target === 0)) return [t("align:reason.settled-alone")];
  if (state === "omitted" || state === "added" || state === "alone" || state === "empty") return [t(`align:reason.${state}`)];
  const lost = listLost(alignment, index);
  const unmeasured = unmeasuredOf(group);
  if (unmeasured) return [t(`align:reason.${unmeasured}`), ...lost];
  const values = { ratio: ratioOf(group), confidence: group.confidence > 0.99 ? "> 0.99" : group.confidence.toFixed(2) };
  if (group.anchors.length === 0) return [t("align:reason.length", values), ...lost];
  const language = langOf(alignment.source.language);
  const named = group.anchors.flatMap((anchor, at): Node[] => {
    const text = element("span", { lang: language }, anchor.source);
    return at === 0 ? [text] : [document.createTextNode(t("align:comma")), text];
  });
  return [t("align:reason.because", values), ...named, t("align:reason.after", values), ...lost];
}

/** Where the other half of the passage stands, with the way there. */
function describeMoved(alignment: Alignment, index: number): readonly (Node | string)[] {
  const rows = partnerRows(alignment, index);
  const [first, last] = [rows[0], rows.at(-1)];
  const side = alignment.groups[index]?.source === 0 ? "target" : "source";
  if (first === undefined || last === undefined) return [t(`align:moved.gone-${side}`)];
  const button = element("button", { class: "btn btn-s", type: "button", "data-action": "partner" }, t("align:action.partner"));
  button.append(" ", element("kbd", {}, "o"));
  const where =
    first === last ? t("align:moved.row", { row: first + 1 }) : t("align:moved.rows", { first: first + 1, last: last + 1 });
  return [t(`align:moved.${side}`, { rows: where }), " ", button];
}

/** Rows of the same passage on the other side. */
export function partnerRows({ groups }: Alignment, index: number): readonly number[] {
  const own = groups[index];
  if (own?.moved === undefined) return [];
  return groups.flatMap((group, at) => (group.moved === own.moved && (group.source === 0) !== (own.source === 0) ? [at] : []));
}

function listLost(alignment: Alignment, index: number): readonly Node[] {
  const { lost } = evidenceOf(alignment, index);
  return (["source", "target"] as const).flatMap((side) => {
    const texts = [...new Set(lost.flatMap((one) => (one.side === side ? [one.text] : [])))];
    if (texts.length === 0) return [];
    const words = t(`align:reason.lost-${side}`, { texts: texts.join(t("align:comma")) });
    return [document.createTextNode(" "), element("strong", { class: "strong" }, words)];
  });
}

/** The names of the steps that undo and redo would take. */
export function showTravel({ undo, redo }: Head): void {
  name("undo", undo ? t("align:undo", { step: stepWords(undo) }) : undefined);
  name("redo", redo ? t("align:redo", { step: stepWords(redo) }) : undefined);
}

function name(action: "undo" | "redo", words: string | undefined): void {
  const button = required<HTMLButtonElement>(`[data-action="${action}"]`);
  button.disabled = words === undefined;
  const shown = words ?? t(`align:nothing-to-${action}`);
  button.title = `${shown} (${action === "undo" ? "Ctrl+Z" : "Ctrl+Shift+Z"})`;
  label(action, shown);
}
