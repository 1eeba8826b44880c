/**
 * Keyboard shortcuts. Every key is registered with the words of what it does; the help dialog is made from the list.
 *
 * Guarantees: nothing runs while an input method composes (`isComposing`, and keyCode 229, which Safari and old
 * Chromium send for the key that ends a composition); keys without Ctrl or Alt are dead in fields; a key that was
 * used by a widget (`preventDefault`) is left alone.
 *
 * Notation: "j", "Shift+N", "Ctrl+Enter", "Alt+1", "ArrowDown", "?"; two keys one after the other: "g l".
 * Ctrl also means Command on a Mac.
 */
import { element } from "./dom.ts";
import { t } from "./strings.ts";

export type KeyBinding = {
  readonly keys: string;
  /** Key of the catalogues: what it does, as a line of the help dialog. */
  readonly label: string;
  readonly run: (event: KeyboardEvent) => void;
  /** Also works inside a field. Only for keys with Ctrl or Alt, function keys and Escape. */
  readonly inFields?: boolean;
  /** Not in the dialog: a second binding of the same thing. */
  readonly hidden?: boolean;
};

const SEQUENCE_TIME = 1200;
/** A key that does something itself and may also begin a sequence waits so long for the second key. */
const CHOICE_TIME = 400;
const FIELDS = "input:not([type=checkbox],[type=radio],[type=button],[type=submit]), textarea, select, [contenteditable]";

const bindings: KeyBinding[] = [];
let pending: { readonly key: string; readonly until: number; readonly runAlone?: () => void } | undefined;

/** Adds shortcuts and returns what takes them away again. A later binding of the same keys comes first. */
export function registerKeys(added: readonly KeyBinding[]): () => void {
  bindings.unshift(...[...added].reverse());
  return () => {
    for (const binding of added) bindings.splice(bindings.indexOf(binding), 1);
  };
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(FIELDS) !== null;
}

/** An input method is at work: every key, Enter above all, belongs to it. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

export function startKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (isComposing(event) || event.defaultPrevented) return;
    // A question that blocks (a modal dialog) keeps the page's keys away; its own buttons listen themselves.
    const blocked = document.querySelector("dialog:modal") !== null;
    const typing = isTyping(event.target);
    const name = keyName(event);
    const now = Date.now();
    const before = pending;
    const sequence = before && before.until > now ? `${before.key} ${name}` : undefined;
    pending = undefined;
    const usable = (binding: KeyBinding) => !blocked && (!typing || binding.inFields === true);
    const second = bindings.find((binding) => binding.keys === sequence && usable(binding));
    if (!second && before?.runAlone) {
      // It stood alone after all. What it opens may want this key, so the key goes where the focus is then.
      before.runAlone();
      return;
    }
    const found = second ?? bindings.find((binding) => binding.keys === name && usable(binding));
    if (found && !second && bindings.some((binding) => binding.keys.startsWith(`${name} `) && usable(binding))) {
      event.preventDefault();
      waitForSecond(name, () => found.run(event));
    } else if (found) {
      event.preventDefault();
      found.run(event);
    } else if (bindings.some((binding) => binding.keys.startsWith(`${name} `) && usable(binding))) {
      pending = { key: name, until: now + SEQUENCE_TIME };
    } else if (event.key === "Escape" && typing && event.target instanceof HTMLElement) {
      event.target.blur();
    }
  });
  registerKeys([{ keys: "?", label: "common:keys.help", run: showKeys }]);
}

function waitForSecond(key: string, run: () => void): void {
  const waiting = {
    key,
    until: Date.now() + CHOICE_TIME,
    runAlone: () => {
      if (pending === waiting) pending = undefined;
      clearTimeout(timer);
      run();
    },
  };
  const timer = setTimeout(() => {
    if (pending === waiting) waiting.runAlone();
  }, CHOICE_TIME);
  pending = waiting;
}

/** Fills the dialog with the keys of this page and opens it. */
export function showKeys(): void {
  const dialog = document.querySelector<HTMLDialogElement>("#keys");
  const list = dialog?.querySelector(".keylist");
  if (!dialog || !list) return;
  const lines = new Map<string, string[]>();
  for (const binding of [...bindings].reverse()) {
    if (!binding.hidden) lines.set(binding.label, [...(lines.get(binding.label) ?? []), binding.keys]);
  }
  list.replaceChildren(
    ...[...lines].map(([label, keys]) =>
      element("div", {}, element("dt", {}, t(label)), element("dd", {}, ...keys.flatMap(showBinding))),
    ),
  );
  if (!dialog.open) dialog.showModal();
}

function showBinding(keys: string): HTMLElement[] {
  return keys.split(" ").map((key) => element("kbd", {}, key.replace("Arrow", "")));
}

function keyName(event: KeyboardEvent): string {
  const key = event.key === " " ? "Space" : event.key;
  // AltGr types a sign on many keyboards ({, @); Windows reports it as Ctrl and Alt.
  if (event.ctrlKey && event.altKey && key.length === 1 && event.getModifierState("AltGraph")) return key;
  const modified = event.ctrlKey || event.metaKey || event.altKey;
  // On a Mac, Alt+1 types a sign of its own; the physical key tells what was meant.
  const plain = modified && /^(Key[A-Z]|Digit\d)$/.test(event.code) ? event.code.slice(-1).toLowerCase() : key;
  const parts = [
    event.ctrlKey || event.metaKey ? "Ctrl" : "",
    event.altKey ? "Alt" : "",
    event.shiftKey && (modified || key.length > 1 || /^[A-Z]$/.test(key)) ? "Shift" : "",
    plain.length === 1 && (modified || event.shiftKey) ? plain.toUpperCase() : plain,
  ];
  return parts.filter((part) => part !== "").join("+");
}
