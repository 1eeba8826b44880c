/** Rows of the comparison: two texts with what differs marked, and the classes between them. */
import { element, icon } from "../shell/dom.ts";
import { t } from "../shell/strings.ts";
import { MISSING, MOVED } from "./model.ts";
import type { Decision, ShownRow, Side } from "./model.ts";

export type RowLook = {
  readonly language: string;
  readonly decision: Decision | undefined;
  readonly isActive: boolean;
  /** The difference that the keys have come to. */
  readonly current: number | undefined;
};

export function createRow(shown: ShownRow, look: RowLook): HTMLElement {
  const { row, differences, isMissing, isMoved } = shown;
  const isSame = differences.length === 0 && !isMissing && !isMoved;
  const made = element(
    "div",
    {
      class: `row is-row${isSame ? " is-same" : ""}${look.isActive ? " is-active" : ""}`,
      "aria-current": look.isActive ? "true" : undefined,
    },
    element("div", { class: "row-no" }, element("button", { type: "button", "data-row": true }, String(shown.number))),
    createSide("base", shown, look),
    element("div", { class: "row-mid" }, ...createBadges(shown, look.decision)),
    createSide("other", shown, look),
  );
  if (row.base?.excluded ?? row.other?.excluded) made.classList.add("is-same");
  return made;
}

function createBadges(
  { row, differences, isMissing, isMoved }: ShownRow,
  decision: Decision | undefined,
): readonly HTMLElement[] {
  const names = isMissing ? [MISSING] : [...new Set(differences.map((difference) => difference.class))];
  if (isMoved) names.push(MOVED);
  const badges = names.map((name) => element("span", { class: "badge badge-line" }, t(`compare:class.${name}`)));
  if (badges.length === 0) badges.push(element("span", { class: "badge" }, t("compare:same")));
  if ((row.base ?? row.other)?.excluded) badges.push(element("span", { class: "badge" }, t("compare:noise")));
  if (decision?.reading)
    badges.push(
      element("span", { class: "status is-good tiny" }, icon("s-check"), t(`compare:decided.mark-${decision.reading}`)),
    );
  if (decision?.note)
    badges.push(element("span", { class: "quiet tiny", title: decision.note }, icon("comment"), " ", t("compare:decided.note")));
  return badges;
}

function createSide(side: Side, { row, differences }: ShownRow, { language, current }: RowLook): HTMLElement {
  const text = row[side]?.text;
  if (text === undefined) {
    const none = element("span", { class: "void" }, icon("s-omit"), element("span", {}, t("compare:not-here")));
    return element("div", { class: "row-side" }, none);
  }
  const parts: (Node | string)[] = [];
  let at = 0;
  differences.forEach((difference, number) => {
    const { start, end } = difference[side];
    if (start < at) return;
    parts.push(text.slice(at, start));
    const isCurrent = number === current ? " is-current" : "";
    parts.push(
      start === end
        ? element("span", { class: `gap-mark${isCurrent}` })
        : element("mark", { class: `differs${isCurrent}` }, text.slice(start, end)),
    );
    at = end;
  });
  parts.push(text.slice(at));
  return element("div", { class: "row-side work", lang: language }, ...parts);
}

/** What differs in a row, in words. */
export function describeRow(shown: ShownRow): string {
  if (shown.isMissing) return t("compare:not-here");
  if (!shown.isMoved) return describeDifferences(shown);
  const { after = 0 } = shown;
  const place = after === 0 ? t("compare:moved-first") : t("compare:moved-after", { row: after });
  return `${place} ${shown.differences.length === 0 ? t("compare:moved-same") : describeDifferences(shown)}`;
}

function describeDifferences({ row, differences }: ShownRow): string {
  if (differences.length === 0) return t("compare:equal-row");
  const list = differences.slice(0, 4).map((difference) => {
    const base = row.base?.text.slice(difference.base.start, difference.base.end) ?? "";
    const other = row.other?.text.slice(difference.other.start, difference.other.end) ?? "";
    if (other === "") return t("compare:only-base", { base });
    return base === "" ? t("compare:only-other", { other }) : t("compare:pair", { base, other });
  });
  return t("compare:differences", { count: differences.length, list: `${list.join("; ")}${differences.length > 4 ? " …" : ""}` });
}
