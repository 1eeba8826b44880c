/** The selected candidate: state, reasons, nesting, time, variants and look-alikes. */
import type { Evidence } from "../../model/formulation.ts";
import { element, icon, setAttributes } from "../shell/dom.ts";
import { formatInstant, formatNumber, hasWords, t } from "../shell/strings.ts";
import { actionOf, isFrame } from "./model.ts";
import type { Decision, Row, TextPart } from "./model.ts";
import { LOOK, showParts, showText } from "./rows.ts";
import type { RowContext } from "./rows.ts";
import type { Line, LineDocuments } from "./lines.ts";

type Bar = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export type Timeline = {
  readonly width: number;
  readonly height: number;
  readonly unit: "month" | "quarter" | "year";
  readonly empty: readonly Bar[];
  readonly all: readonly Bar[];
  readonly alone: readonly Bar[];
  readonly rules: readonly { readonly y: number; readonly count: number }[];
  readonly years: readonly { readonly x: number; readonly year: string }[];
  readonly baseline: number;
  readonly undated: number;
  readonly words: string;
};

export type TreeRow = {
  readonly text: string;
  readonly depth: number;
  readonly isHere: boolean;
  readonly texts: number;
  readonly alone?: number;
  readonly width: number;
  readonly aloneWidth: number;
};

/** What the server sends of one candidate. */
export type Detail = {
  readonly text: string;
  readonly rank: number;
  readonly evidence: readonly Evidence[];
  readonly variants: readonly { readonly text: string; readonly count: number }[];
  readonly contrasts: readonly {
    readonly text: string;
    readonly distinctCount?: number;
    readonly parts: readonly TextPart[];
  }[];
  readonly fillers: readonly string[];
  readonly tree: readonly TreeRow[];
  readonly moreParents: number;
  readonly moreChildren: number;
  readonly timeline?: Timeline;
  readonly lines: readonly Line[];
  readonly lost: number;
  readonly documents: LineDocuments;
  readonly decision?: Decision;
  readonly concept?: { readonly id: string; readonly status: string; readonly address: string };
};

export type DetailContext = RowContext & {
  readonly total: number;
  /** Address of a row that the list may select. */
  readonly rowOf: (text: string) => Row | undefined;
  readonly reason: HTMLElement;
};

/** The head needs only the row; it is shown at once while the rest is on its way. */
export function renderHead(row: Row, rank: number, context: DetailContext): HTMLElement {
  const { language, classNames, total } = context;
  const counts = t("candidates:detail.counts", { uses: row.count, texts: row.distinctCount, documents: row.documents });
  const last = row.lastDate ?? row.firstDate;
  const span =
    row.firstDate !== undefined && last !== undefined ? t("candidates:detail.span", { first: row.firstDate, last }) : undefined;
  return element(
    "div",
    { class: "cand-head" },
    element(
      "div",
      { class: "stack-s grow" },
      element(
        "div",
        { class: "line" },
        element("span", { class: "badge badge-line" }, classNames[row.class] ?? row.class),
        stateWords(row),
        element("span", { class: "quiet" }, t("candidates:detail.rank", { rank, total })),
      ),
      element("h2", { class: "headword", lang: language }, ...showText(row.text)),
      element("p", { class: "muted" }, counts, span === undefined ? undefined : " · ", span),
    ),
    context.reason,
  );
}

/** The state with who, when and why. */
export function stateWords(row: Row): HTMLElement {
  const action = actionOf(row);
  const look = LOOK[action];
  const { decision } = row;
  const state = t(`candidates:state.${action}`);
  const words = decision
    ? t("candidates:decide.by", { state, author: decision.author, at: formatInstant(new Date(decision.at)) })
    : state;
  return element(
    "span",
    { class: "line", "data-state-words": true },
    element("span", { class: look.className }, icon(look.icon), words),
    decision?.reason === undefined ? undefined : element("span", { class: "muted" }, decision.reason),
  );
}

/** All below the head. */
export function renderEvidence(row: Row, detail: Detail, context: DetailContext): readonly HTMLElement[] {
  return [
    reasonSection(row, detail),
    treeSection(row, detail, context),
    timeSection(detail),
    familySection(row, detail, context),
  ].filter((section) => section !== undefined);
}

export function renderLoading(): HTMLElement {
  return element(
    "div",
    { class: "cand-tree stack-m", "aria-busy": "true" },
    element("p", { class: "quiet" }, t("candidates:detail.loading")),
    element("span", { class: "skeleton w-4" }),
    element("span", { class: "skeleton w-3" }),
  );
}

function title(words: string, note?: string): HTMLElement {
  return element(
    "h3",
    { class: "section-title" },
    words,
    note === undefined ? undefined : element("span", { class: "quiet" }, ` · ${note}`),
  );
}

function reasonSection(row: Row, detail: Detail): HTMLElement | undefined {
  const sentences = detail.evidence.map(({ code, values }) => {
    const key = `evidence:${code}`;
    return hasWords(key) || hasWords(`${key}_other`) ? t(key, values) : code;
  });
  if (isFrame(row)) sentences.push(t("candidates:fillings", { count: detail.fillers.length }));
  if (sentences.length === 0 && !detail.concept) return undefined;
  const { concept } = detail;
  return element(
    "section",
    { class: "cand-tree stack-s" },
    title(t("candidates:detail.why")),
    element("p", { class: "cand-reason" }, sentences.join(document.documentElement.lang.startsWith("zh") ? "" : " ")),
    concept &&
      element(
        "p",
        {},
        t("candidates:detail.in-glossary"),
        " ",
        element("a", { href: concept.address }, t(`candidates:term-status.${concept.status}`)),
      ),
  );
}

const MOST_DEPTH = 3;
const SVG = "http://www.w3.org/2000/svg";

function svg(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  ...children: readonly (Node | string)[]
): SVGElement {
  const made = document.createElementNS(SVG, name);
  setAttributes(made, attributes);
  made.append(...children);
  return made;
}

function treeSection(row: Row, detail: Detail, context: DetailContext): HTMLElement | undefined {
  if (isFrame(row)) return undefined;
  const section = element(
    "section",
    { class: "cand-tree stack-s" },
    title(t("candidates:detail.nesting"), t("candidates:detail.nesting-note")),
  );
  if (detail.tree.length <= 1) {
    section.append(element("p", { class: "quiet" }, t("candidates:detail.no-nesting")));
    return section;
  }
  if (detail.moreParents > 0) {
    const words = t("candidates:detail.more-parents", { count: detail.moreParents });
    section.append(element("div", {}, element("button", { class: "btn btn-s", type: "button", "data-find": row.text }, words)));
  }
  section.append(element("div", { class: "tree" }, ...detail.tree.map((one) => treeRow(one, context))));
  if (detail.moreChildren > 0) {
    section.append(element("p", { class: "quiet" }, t("candidates:detail.more-children", { count: detail.moreChildren })));
  }
  return section;
}

function treeRow(one: TreeRow, { language, rowOf }: DetailContext): HTMLElement {
  const row = rowOf(one.text);
  const action = row ? actionOf(row) : "undecided";
  const mark =
    action === "undecided"
      ? undefined
      : element(
          "span",
          { class: LOOK[action].className },
          icon(LOOK[action].icon),
          element("span", { class: "visually-hidden" }, t(`candidates:state.${action}`)),
        );
  const alone = one.alone === undefined ? undefined : ` · ${t("candidates:detail.alone", { alone: one.alone })}`;
  return element(
    "a",
    {
      class: `tree-row d${String(Math.min(MOST_DEPTH, one.depth))}${one.isHere ? " is-here" : ""}`,
      href: `?at=${encodeURIComponent(one.text)}`,
      "data-at": one.text,
      "aria-current": one.isHere ? "true" : undefined,
    },
    element("span", { class: "tree-text" }, element("span", { lang: language }, one.text), mark),
    element(
      "span",
      { class: "tree-count" },
      element("span", {}, t("candidates:detail.texts", { texts: one.texts }), alone),
      svg(
        "svg",
        { class: "tree-bar", viewBox: "0 0 100 4", preserveAspectRatio: "none", "aria-hidden": "true" },
        svg("rect", { class: "c-rest", width: 100, height: 4 }),
        svg("rect", { class: "c-soft", width: one.width, height: 4 }),
        svg("rect", { class: "c-accent", width: one.aloneWidth, height: 4 }),
      ),
    ),
  );
}

function timeSection({ timeline, lines }: Detail): HTMLElement | undefined {
  if (lines.length === 0) return undefined;
  if (!timeline) {
    const words = element("p", { class: "quiet" }, t("candidates:detail.no-dates"));
    return element("section", { class: "stack-s" }, title(t("candidates:detail.time-title")), words);
  }
  const bars = (className: string, list: readonly Bar[]) => list.map((bar) => svg("rect", { class: className, ...bar }));
  const chart = svg(
    "svg",
    { class: "chart", viewBox: `0 0 ${timeline.width} ${timeline.height}`, role: "img", "aria-label": timeline.words },
    ...timeline.rules.flatMap(({ y, count }) => [
      svg("path", { class: "c-rule", d: `M20 ${y}H${timeline.width}` }),
      svg("text", { x: 14, y: y + 4, "text-anchor": "end" }, formatNumber(count)),
    ]),
    ...bars("c-rest", timeline.empty),
    ...bars("c-soft", timeline.all),
    ...bars("c-accent", timeline.alone),
    svg("path", { class: "c-axis", d: `M20 ${timeline.baseline + 0.5}H${timeline.width}` }),
    ...timeline.years.map(({ x, year }) => svg("text", { x, y: timeline.baseline + 15 }, year)),
  );
  const undated = timeline.undated > 0 ? t("candidates:detail.undated", { count: timeline.undated }) : undefined;
  return element(
    "section",
    { class: "stack-s cand-time" },
    title(t(`candidates:detail.time.${timeline.unit}`), t("candidates:detail.time-note")),
    chart,
    element("p", { class: "quiet tiny" }, timeline.words, undated === undefined ? undefined : " ", undated),
  );
}

function familySection(row: Row, detail: Detail, { language, rowOf }: DetailContext): HTMLElement {
  const list = element("dl", { class: "dl" });
  const add = (name: string, ...items: readonly (Node | string)[][]) => {
    if (items.length === 0) return;
    const joined = items.flatMap((item, at) => (at === 0 ? item : [" · ", ...item]));
    list.append(element("dt", {}, name), element("dd", {}, ...joined));
  };
  const chinese = (...words: readonly (Node | string)[]) => element("span", { lang: language }, ...words);
  add(
    t("candidates:detail.variants"),
    ...detail.variants.map(({ text, count }) => [chinese(text), " ", element("span", { class: "quiet" }, formatNumber(count))]),
  );
  add(
    t("candidates:detail.look-alikes"),
    ...detail.contrasts.map(({ text, parts, distinctCount }) => {
      const words = showParts(parts);
      const shown = rowOf(text)
        ? element("a", { class: "cand-twin", href: `?at=${encodeURIComponent(text)}`, "data-at": text, lang: language }, ...words)
        : chinese(...words);
      const count = distinctCount === undefined ? "" : formatNumber(distinctCount);
      return [shown, " ", element("span", { class: "quiet" }, count)];
    }),
  );
  add(t("candidates:detail.fillers"), ...detail.fillers.map((filler) => [chinese(filler)]));
  if (list.childElementCount === 0 && isFrame(row)) return element("section", {});
  const body = list.childElementCount > 0 ? list : element("p", { class: "quiet" }, t("candidates:detail.no-family"));
  return element("section", { class: "stack-s" }, title(t("candidates:detail.family")), body);
}
