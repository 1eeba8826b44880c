/** One row of the glossary list. */
import type { ConceptKind, TermStatus, TermUsage } from "../../model/concept.ts";
import { element, icon, project } from "../shell/dom.ts";
import { formatInstant, t } from "../shell/strings.ts";
import { langOf, standing } from "./standing.ts";

export type GlossaryRow = {
  readonly id: string;
  readonly headword: string;
  readonly language: string;
  readonly status?: TermStatus;
  readonly kind: ConceptKind;
  readonly domain?: string;
  readonly renderings: readonly {
    readonly text: string;
    readonly language: string;
    readonly status: TermStatus;
    readonly usage?: TermUsage;
  }[];
  readonly changedAt: string;
  readonly paraphrased: boolean;
  readonly waiting: boolean;
  readonly openThreads: number;
};

/** More than these make a row too high; the entry's page has them all. */
const SHOWN = 3;

export function addressOf(row: Pick<GlossaryRow, "id">): string {
  return `/p/${project()}/glossary/${encodeURIComponent(row.id)}`;
}

export function createRow(row: GlossaryRow, isChosen: boolean): HTMLTableRowElement {
  const link = element("a", { class: "gloss-word", href: addressOf(row), lang: langOf(row.language) }, row.headword);
  const word = element("td", {}, element("span", { class: "gloss-head" }, link));
  if (row.status !== undefined && row.status !== "approved") {
    word.firstElementChild?.append(standing(row.status, { wordHidden: true }));
  }
  word.append(...createMarks(row));
  const renderings = element("ul", { class: "gloss-renderings" });
  for (const { text, language, status, usage } of row.renderings.slice(0, SHOWN)) {
    const item = element("li", {}, standing(status, { wordHidden: true }), element("span", { lang: langOf(language) }, text));
    if (usage !== undefined && usage !== "running") {
      item.append(element("span", { class: "quiet tiny nowrap" }, t(`glossary:usage.${usage}`)));
    }
    renderings.append(item);
  }
  const more = row.renderings.length - SHOWN;
  if (more > 0) renderings.append(element("li", { class: "quiet tiny" }, t("glossary:more-renderings", { count: more })));
  const none = element("span", { class: "quiet" }, t(row.paraphrased ? "glossary:paraphrased.yes" : "glossary:no-rendering"));
  const pick = element("input", { type: "checkbox", "data-pick": true, "aria-label": t("glossary:bulk.pick", { text: row.headword }) });
  pick.checked = isChosen;
  return element(
    "tr",
    { class: isChosen ? "is-row is-chosen" : "is-row", "data-concept": row.id },
    element("td", { class: "gloss-pick" }, element("label", {}, pick)),
    word,
    element("td", {}, row.renderings.length > 0 ? renderings : none),
    element(
      "td",
      { class: "nowrap" },
      t(`glossary:kind.${row.kind}`),
      row.domain === undefined ? undefined : element("span", { class: "gloss-domain quiet" }, row.domain),
    ),
    element(
      "td",
      { class: "nowrap quiet" },
      element("time", { datetime: row.changedAt }, formatInstant(new Date(row.changedAt))),
    ),
  );
}

/** What waits for somebody. */
function createMarks(row: GlossaryRow): HTMLElement[] {
  const marks: HTMLElement[] = [];
  const add = (shape: string, words: string) => marks.push(element("span", { class: "quiet tiny" }, icon(shape), " ", words));
  if (row.waiting) add("people", t("glossary:todo.waiting"));
  if (row.openThreads > 0) add("comment", t("glossary:open-threads", { count: row.openThreads }));
  if (row.paraphrased) add("s-check", t("glossary:paraphrased.yes"));
  return marks.length === 0 ? [] : [element("span", { class: "gloss-marks" }, ...marks)];
}

/** Stands where a row will be that the server has not sent yet. */
export function createPlaceholder(): HTMLTableRowElement {
  const line = (width: string) => element("td", {}, element("span", { class: `skeleton ${width}` }));
  return element("tr", { class: "is-row is-loading", "aria-busy": "true" }, element("td", { class: "gloss-pick" }), line("w-4"), line("w-3"), line("w-2"), line("w-2"));
}
