/** The concordance: lines aligned on the candidate, sorted by date or by what stands beside it, copies folded. */
import { all, element, required } from "../shell/dom.ts";
import { formatNumber, t } from "../shell/strings.ts";
import { createVirtualList } from "../shell/virtual-list.ts";
import type { VirtualList } from "../shell/virtual-list.ts";

export type Line = {
  readonly document: string;
  readonly paragraph: number;
  readonly left: string;
  readonly key: string;
  readonly right: string;
  readonly before: number;
  readonly after: number;
  readonly alone: boolean;
  readonly copies: number;
  /** Of a frame: what fills its slots, as places in `key`. */
  readonly slots?: readonly { readonly start: number; readonly end: number }[];
};

export type LineDocuments = Readonly<
  Record<string, { readonly title: string; readonly date?: string; readonly address: string }>
>;

export type LineOrder = "date" | "left" | "right";

export type ShownLines = {
  readonly lines: readonly Line[];
  readonly documents: LineDocuments;
  readonly uses: number;
  readonly lost: number;
};

export type LinesPane = {
  /** Undefined: nothing is there yet; what was there goes. */
  readonly show: (lines: ShownLines | undefined) => void;
  readonly order: () => LineOrder;
};

const ROW_HEIGHT = 26;
/** Longer ones may be cut where the window is narrow. */
const LONG_KEY = 20;

export function createLinesPane(
  pane: HTMLElement,
  { language, order: first, onOrder }: { readonly language: string; readonly order: LineOrder; readonly onOrder: () => void },
): LinesPane {
  let order = first;
  let aloneOnly = false;
  let given: ShownLines | undefined;
  let shown: readonly Line[] = [];
  let list: VirtualList | undefined;
  const head = required("[data-lines-head]", pane);
  const aloneChip = required("[data-alone]", pane);
  const collator = new Intl.Collator("zh-u-co-pinyin");

  const draw = () => {
    const { lines = [], documents = {}, uses = 0, lost = 0 } = given ?? {};
    const alone = lines.filter((line) => line.alone).length;
    const canNarrow = alone > 0 && alone < lines.length;
    shown = sortLines(canNarrow && aloneOnly ? lines.filter((line) => line.alone) : lines, documents, order, collator);
    head.hidden = given === undefined;
    required("[data-lines-title]", pane).textContent = t("candidates:lines.count", { count: shown.length });
    required("[data-lines-of]", pane).textContent = t("candidates:lines.of", { uses });
    required("[data-alone-count]", pane).textContent = formatNumber(alone);
    aloneChip.hidden = !canNarrow;
    aloneChip.setAttribute("aria-pressed", String(aloneOnly));
    for (const button of all("[data-order]", pane))
      button.setAttribute("aria-pressed", String(button.dataset["order"] === order));
    required("[data-line-count]").textContent = given ? formatNumber(lines.length) : "";
    const note = required("[data-lost]", pane);
    note.hidden = lost === 0;
    note.textContent = t("candidates:lines.lost", { count: lost });
    list ??= createVirtualList({
      scroller: pane,
      container: required("[data-lines]", pane),
      count: 0,
      rowHeight: ROW_HEIGHT,
      renderRow: (index) => renderLine(shown[index], { documents: given?.documents ?? {}, language }),
    });
    list.reset(shown.length);
  };

  for (const button of all("[data-order]", pane)) {
    button.addEventListener("click", () => {
      order = button.dataset["order"] as LineOrder;
      draw();
      onOrder();
    });
  }
  aloneChip.addEventListener("click", () => {
    aloneOnly = !aloneOnly;
    draw();
  });

  return {
    order: () => order,
    show: (lines) => {
      given = lines;
      draw();
    },
  };
}

/** Newest first; or by what stands nearest, so that equal neighbours come together. */
function sortLines(lines: readonly Line[], documents: LineDocuments, order: LineOrder, collator: Intl.Collator): readonly Line[] {
  if (order === "date") {
    const dateOf = ({ document }: Line) => documents[document]?.date ?? "";
    return [...lines].sort((one, other) => dateOf(other).localeCompare(dateOf(one)));
  }
  const sides = new Map(lines.map((line) => [line, order === "left" ? [...line.left].reverse().join("") : line.right]));
  return [...lines].sort((one, other) => collator.compare(sides.get(one) ?? "", sides.get(other) ?? ""));
}

type LineContext = { readonly documents: LineDocuments; readonly language: string };

function renderLine(line: Line | undefined, { documents, language }: LineContext): HTMLElement {
  if (!line) return element("div", { class: "kwic-row" });
  const { left, right, before, after } = line;
  const document = documents[line.document];
  const parent = (words: string) => (words === "" ? undefined : element("span", { class: "kwic-parent" }, words));
  return element(
    "div",
    { class: "kwic-row" },
    element("span", { class: "kwic-date" }, document?.date ?? t("candidates:lines.undated")),
    element(
      "span",
      { class: "kwic-line", lang: language },
      element(
        "span",
        { class: "kwic-left" },
        element("span", {}, left.slice(0, left.length - before), parent(left.slice(left.length - before))),
      ),
      element("span", { class: "kwic-key", title: line.key.length > LONG_KEY ? line.key : undefined }, ...showKey(line)),
      element("span", { class: "kwic-right" }, parent(right.slice(0, after)), right.slice(after)),
    ),
    element(
      "span",
      { class: "kwic-doc" },
      element("a", { href: document?.address ?? "#", lang: language, title: document?.title }, document?.title ?? ""),
      line.copies > 0 ? copiesBadge(line.copies) : undefined,
    ),
  );
}

function showKey({ key, slots = [] }: Line): readonly (Node | string)[] {
  const parts: (Node | string)[] = [];
  let at = 0;
  for (const { start, end } of slots) {
    parts.push(key.slice(at, start), element("span", { class: "kwic-slot" }, key.slice(start, end)));
    at = end;
  }
  return [...parts, key.slice(at)];
}

function copiesBadge(copies: number): HTMLElement {
  const words = t("candidates:lines.copies", { count: copies });
  return element(
    "span",
    { class: "badge", title: `+${formatNumber(copies)} ${words}` },
    `+${formatNumber(copies)}`,
    element("span", { class: "visually-hidden" }, ` ${words}`),
  );
}
