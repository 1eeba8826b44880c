/** The filter side: one choice a facet, with the number of findings that each would show. */
import type { Severity } from "../../model/finding.ts";
import { element, icon } from "../shell/dom.ts";
import { formatNumber, t } from "../shell/strings.ts";
import { FACETS, facetValue, passing } from "./model.ts";
import type { Checks, Facet, Filters } from "./model.ts";
import { langOf, severityStatus } from "./rows.ts";

const ORDER: Readonly<Record<Facet, readonly string[]>> = {
  severity: ["error", "warning", "information"],
  rule: [],
  kind: ["rows", "aligned"],
  document: [],
};

export function valueName(checks: Checks, facet: Facet, value: string): string {
  if (facet === "severity") return t(`checks-page:severity.${value}s`);
  if (facet === "rule") return t(`checks:${value}.name`);
  if (facet === "kind") return t(`checks-page:facet.${value}`);
  return checks.documents.find(({ id }) => id === value)?.title ?? value;
}

export function showFacets(given: {
  readonly checks: Checks;
  readonly filters: Filters;
  readonly sourceLanguage: string;
  readonly onChange: (filters: Filters) => void;
}): readonly HTMLElement[] {
  const { checks, filters, onChange } = given;
  const sections = FACETS.flatMap((facet) => {
    const counts = new Map<string, number>();
    for (const finding of passing(checks, filters, facet)) {
      const value = facetValue(checks, finding, facet);
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const chosen = filters[facet];
    if (chosen !== undefined && !counts.has(chosen)) counts.set(chosen, 0);
    // A facet with one value chooses nothing.
    if (counts.size < 2 && chosen === undefined && facet !== "severity") return [];
    const values = [...counts].toSorted(
      (one, other) => ORDER[facet].indexOf(one[0]) - ORDER[facet].indexOf(other[0]) || other[1] - one[1],
    );
    if (values.length === 0) return [];
    const list = element("div", { class: "facet-list" });
    for (const [value, count] of values) {
      const name = valueName(checks, facet, value);
      const words =
        facet === "severity"
          ? severityStatus(value as Severity, name)
          : element("span", facet === "document" ? { lang: langOf(given.sourceLanguage) } : {}, name);
      const button = facetButton(words, count, chosen === value);
      button.addEventListener("click", () => onChange({ ...filters, [facet]: chosen === value ? undefined : value }));
      list.append(button);
    }
    return [element("section", {}, element("h2", { class: "section-title" }, t(`checks-page:facet.${facet}`)), list)];
  });
  const ignored = checks.findings.filter((finding) => finding.ignored !== undefined).length;
  const button = facetButton(element("span", {}, t("checks-page:facet.ignored")), ignored, filters.ignored);
  button.addEventListener("click", () => onChange({ ignored: !filters.ignored }));
  return [...sections, element("section", {}, button)];
}

function facetButton(words: HTMLElement, count: number, pressed: boolean): HTMLButtonElement {
  return element(
    "button",
    { class: "facet", type: "button", "aria-pressed": String(pressed) },
    words,
    element("span", { class: "count" }, formatNumber(count)),
    pressed ? icon("close") : undefined,
  );
}
