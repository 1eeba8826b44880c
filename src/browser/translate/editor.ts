/**
 * The field of the active row: a transparent textarea over a layer that repeats its text. The layer gives the height
 * and carries the marks of findings, so nothing is measured and input methods are untouched.
 *
 * Enter makes a line break and nothing else. While an input method composes, the text is not reported: half-typed
 * pinyin is no draft.
 */
import { element } from "../shell/dom.ts";
import { t } from "../shell/strings.ts";
import type { FindingView } from "./saver.ts";

export type Editor = {
  readonly place: HTMLElement;
  readonly area: HTMLTextAreaElement;
  readonly text: () => string;
  /** Replaces all, as one step of the field's own undo. */
  readonly replace: (text: string) => void;
  /** Puts words where the cursor is, with a space before when a word would run into them. */
  readonly insert: (words: string) => void;
  /** Takes a text over that came from elsewhere (the server, an undo); the cursor goes to its end. */
  readonly adopt: (text: string) => void;
  readonly mark: (findings: readonly FindingView[]) => void;
};

export type EditorOptions = {
  readonly text: string;
  readonly language: string;
  readonly row: string;
  readonly changed: (text: string) => void;
};

const WORD = /[\p{L}\p{N}\p{Pe}\p{Pf},.;:!?%]$/u;
const SPACELESS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

export function createEditor({ text, language, row, changed }: EditorOptions): Editor {
  const marks = element("div", { class: "editor-marks", "aria-hidden": "true" }, text);
  const area = element("textarea", {
    lang: language,
    spellcheck: "true",
    rows: 1,
    "aria-label": t("translate:grid.editor", { row }),
    "aria-describedby": "row-finding",
  });
  area.value = text;
  let reported = text;
  const report = () => {
    marks.textContent = area.value;
    if (area.value === reported) return;
    reported = area.value;
    changed(area.value);
  };
  area.addEventListener("input", (event) => {
    if (event instanceof InputEvent && event.isComposing) marks.textContent = area.value;
    else report();
  });
  area.addEventListener("compositionend", report);

  /** Through the editing command, because only it keeps the field's own undo. */
  const type = (words: string) => {
    area.focus({ preventScroll: true });
    const done = words === "" ? document.execCommand("delete") : document.execCommand("insertText", false, words);
    if (!done) area.setRangeText(words, area.selectionStart, area.selectionEnd, "end");
    report();
  };

  return {
    place: element("div", { class: "editor" }, marks, area),
    area,
    text: () => area.value,
    replace: (words) => {
      if (area.value === words) return;
      area.focus({ preventScroll: true });
      area.setSelectionRange(0, area.value.length);
      type(words);
    },
    insert: (words) => {
      const before = area.value.slice(0, area.selectionStart);
      const needsSpace = WORD.test(before) && !SPACELESS.test(words.charAt(0)) && !SPACELESS.test(before.slice(-1));
      type(needsSpace ? ` ${words}` : words);
    },
    adopt: (words) => {
      area.value = words;
      reported = words;
      marks.textContent = words;
      area.setSelectionRange(words.length, words.length);
    },
    mark: (findings) => {
      const spans = findings
        .flatMap(({ targetSpan, severity }) => (targetSpan ? [{ ...targetSpan, severity }] : []))
        .sort((one, other) => one.start - other.start);
      const nodes: (Node | string)[] = [];
      let at = 0;
      for (const { start, end, severity } of spans) {
        if (start < at) continue;
        nodes.push(area.value.slice(at, start));
        nodes.push(element("span", { class: severity === "error" ? "flag is-bad" : "flag" }, area.value.slice(start, end)));
        at = end;
      }
      marks.replaceChildren(...nodes, area.value.slice(at));
    },
  };
}
