/** The rows on the screen: a long list of which one row is active and has the editor. */
import { closest, required } from "../shell/dom.ts";
import { createVirtualList } from "../shell/virtual-list.ts";
import { createEditor } from "./editor.ts";
import type { Editor } from "./editor.ts";
import { createMarks } from "./marks.ts";
import { renderRow, showSource, showState, showTarget } from "./row-view.ts";
import type { RowLanguages } from "./row-view.ts";
import { textOf } from "./rows.ts";
import type { Row, RowList } from "./rows.ts";

export type Grid = {
  readonly active: () => Row | undefined;
  readonly editor: () => Editor | undefined;
  readonly activate: (row: Row, options?: ActivateOptions) => void;
  /** What a row says has changed; the text in the editor stays as it is written. */
  readonly refresh: (row: Row) => void;
  /** Other rows are shown. */
  readonly reset: () => void;
  /** The glossary may have changed. */
  readonly askForMarks: () => void;
  /** Puts the cursor into the active row. */
  readonly focus: () => void;
};

export type ActivateOptions = {
  /** Where the list goes: nowhere when the row was pressed, third from the top when keys moved there. */
  readonly scroll?: boolean;
  readonly focus?: boolean;
  /** Where the cursor goes; the end without. */
  readonly caret?: number;
};

export type GridEvents = {
  readonly activated: (row: Row) => void;
  readonly changed: (row: Row, text: string) => void;
  /** The cursor left the editor. */
  readonly left: () => void;
  readonly termPressed: (row: Row, concepts: readonly string[]) => void;
  readonly isOffline: () => boolean;
};

export type GridOptions = {
  readonly documentId: string;
  readonly list: RowList;
  readonly languages: RowLanguages;
  readonly events: GridEvents;
};

/** Two lines of source and the padding: most rows of official texts. */
const ROW_HEIGHT = 76;

export function createGrid({ documentId, list, languages, events }: GridOptions): Grid {
  const container = required("[data-rows]");
  let active: Row | undefined;
  let editor: Editor | undefined;

  const marks = createMarks(documentId, (from, end) => {
    for (const element of container.querySelectorAll<HTMLElement>("[data-row]")) {
      const row = list.find(element.dataset["row"] ?? "");
      if (row && row.index >= from && row.index < end) showSource(element, row, marks.of(row));
    }
    virtual.remeasure();
  });

  const draw = (place: number): HTMLElement => {
    const row = list.shown()[place];
    if (!row) throw new Error(`no row at ${place}`);
    const element = renderRow(row, languages, marks.of(row), events.isOffline());
    if (row === active && editor) {
      element.classList.add("is-active");
      element.setAttribute("aria-current", "true");
      element.classList.remove("is-empty");
      element.querySelector(".row-target")?.replaceChildren(editor.place);
    }
    return element;
  };

  const virtual = createVirtualList({
    scroller: required("[data-grid]"),
    container,
    count: list.shown().length,
    rowHeight: ROW_HEIGHT,
    renderRow: draw,
  });

  const elementOf = (row: Row) => virtual.rowOf(list.placeOf(row));

  const activate = (row: Row, { scroll = true, focus = true, caret }: ActivateOptions = {}) => {
    const before = active;
    if (before !== row) {
      const number = String(row.index + 1);
      active = row;
      const made = createEditor({
        text: textOf(row),
        language: languages.target,
        row: number,
        changed: (text) => {
          events.changed(row, text);
          virtual.remeasure();
        },
      });
      made.area.addEventListener("blur", events.left);
      editor = made;
      if (before) virtual.refresh(list.placeOf(before));
      virtual.refresh(list.placeOf(row));
    }
    if (scroll) virtual.scrollTo(list.placeOf(row), "third");
    if (focus) putCursor(caret);
    if (before !== row) events.activated(row);
  };

  const putCursor = (caret?: number) => {
    if (!editor) return;
    editor.area.focus({ preventScroll: true });
    const at = caret ?? editor.area.value.length;
    editor.area.setSelectionRange(at, at);
  };

  container.addEventListener("click", (event) => {
    const element = closest(event, "[data-row]");
    const row = element && list.find(element.dataset["row"] ?? "");
    if (!element || !row) return;
    if (closest(event, "a")) event.preventDefault();
    const concepts = conceptsAt(event);
    // Text that a person has just marked, to copy it, must stay marked.
    const isMarking = !window.getSelection()?.isCollapsed && row !== active;
    if (!isMarking && !closest(event, ".editor")) {
      const caret = row !== active && closest(event, ".row-target:not(:has(.row-nothing))") ? caretAt(event) : undefined;
      activate(row, { scroll: false, ...(caret === undefined ? {} : { caret }) });
    }
    if (concepts.length > 0) events.termPressed(row, concepts);
  });

  return {
    active: () => active,
    editor: () => editor,
    activate,
    refresh: (row) => {
      const element = elementOf(row);
      if (!element) return;
      showState(element, row, events.isOffline());
      if (row !== active) showTarget(element, row);
      virtual.remeasure();
    },
    reset: () => virtual.reset(list.shown().length),
    askForMarks: () => {
      marks.forget();
      for (const element of container.querySelectorAll<HTMLElement>("[data-row]")) {
        const row = list.find(element.dataset["row"] ?? "");
        if (row) marks.of(row);
      }
    },
    focus: () => putCursor(),
  };
}

/** All terms that lie over the place that was pressed. */
function conceptsAt(event: Event): readonly string[] {
  const concepts: string[] = [];
  let term = closest(event, ".term");
  while (term) {
    concepts.push(...(term.dataset["concepts"] ?? "").split(" ").filter(Boolean));
    term = term.parentElement?.closest<HTMLElement>(".term") ?? undefined;
  }
  return concepts;
}

/** The offset in the text that was pressed, so that the cursor lands where the person looked. */
function caretAt(event: MouseEvent): number | undefined {
  if (!("caretPositionFromPoint" in document)) return undefined;
  const position = document.caretPositionFromPoint(event.clientX, event.clientY);
  return position?.offsetNode.nodeType === Node.TEXT_NODE ? position.offset : undefined;
}
