/** The selected candidate: state, reasons, nesting, time, variants and look-alikes. */
import { element, icon, setAttributes } from "../shell/dom.ts";
import { formatInstant, hasWords, t } from "../shell/strings.ts";
import { actionOf, isFrame } from "./model.ts";
import type { Row } from "./model.ts";
import type { Detail, DetailContext, TreeRow } from "./detail-data.ts";
import { stateOf } from "./decisions.ts";
import { familySection, sectionTitle } from "./family.ts";
import { LOOK, showText } from "./rows.ts";

/** The head needs only the row; it is shown at once while the rest is on its way. */
export function renderHead(row: Row, rank: number, context: DetailContext): HTMLElement {
  const { language, classNames, total } = context;
  const counts = t("candidates:detail.counts", { uses: row.count, texts: row.distinctCount, documents: row.documents });
  const gone = t("candidates:detail.gone");
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
        element("span", { class: "quiet" }, row.isGone === true ? gone : t("candidates:detail.rank", { rank, total })),
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
  const state = stateOf(decision);
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

/** The decisive ones come first. */
const MOST_REASONS = 5;

function reasonSection(row: Row, detail: Detail): HTMLElement | undefined {
  const sentences = detail.evidence.slice(0, MOST_REASONS).map(({ code, values }) => {
    const key = `evidence:${code}`;
    return hasWords(key) || hasWords(`${key}_other`) ? t(key, values) : code;
  });
  if (isFrame(row)) sentences.push(t("candidates:fillings", { count: row.fillers ?? 0 }));
  if (sentences.length === 0 && !detail.concept) return undefined;
  const { concept } = detail;
  return element(
    "section",
    { class: "cand-tree stack-s" },
    sectionTitle(t("candidates:detail.why")),
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
    sectionTitle(t("candidates:detail.nesting"), t("candidates:detail.nesting-note")),
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
    return element("section", { class: "stack-s" }, sectionTitle(t("candidates:detail.time-title")), words);
  }
  const undated = timeline.undated > 0 ? t("candidates:detail.undated", { count: timeline.undated }) : undefined;
  return element(
    "section",
    { class: "stack-s cand-time" },
    sectionTitle(t(`candidates:detail.time.${timeline.unit}`), t("candidates:detail.time-note")),
    readDrawing(timeline.drawing),
    element("p", { class: "quiet tiny" }, timeline.words, undated === undefined ? undefined : " ", undated),
  );
}

/** Read as XML and never as HTML: what is no drawing gives nothing that could run. */
function readDrawing(drawing: string): Element {
  return document.importNode(new DOMParser().parseFromString(drawing, "image/svg+xml").documentElement, true);
}
