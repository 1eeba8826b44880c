/** The filters of the list: chips for standings and what is to do, one select for each other facet, all with counts. */
import type { Source } from "../../model/concept.ts";
import { all, element, required } from "../shell/dom.ts";
import { formatNumber, hasWords, t } from "../shell/strings.ts";
import { toOption } from "./fields.ts";

export type Facets = {
  readonly all: number;
  readonly status: Readonly<Record<string, number>>;
} & Readonly<Record<SelectFacet, Readonly<Record<string, number>>>>;

type SelectFacet = "kind" | "class" | "domain" | "level" | "source";
const FACETS: readonly SelectFacet[] = ["kind", "class", "domain", "level", "source"];
/** Sources beyond these are found by what they are called, in the settings. */
const MOST_CHOICES = 200;
/** In the address: entries without one. */
const NONE = "-";

export type FacetNames = {
  readonly sources: readonly Source[];
  readonly levels: readonly { readonly id: string; readonly name?: string }[];
};

export type FacetControls = {
  /** The facets as the address has them, without search and order. */
  readonly read: (query: URLSearchParams) => void;
  readonly show: (facets: Facets) => void;
  readonly clear: () => void;
  /** The filters that are set, in words. */
  readonly describe: () => readonly string[];
};

export function createFacets(
  chosen: Readonly<Record<string, string | undefined>>,
  { names, onChange }: { readonly names: FacetNames; readonly onChange: () => void },
): FacetControls {
  const sourceNames = new Map(names.sources.map(({ id, body, title }) => [id, title === "" ? body : `${body}, ${title}`]));
  const levelNames = new Map(names.levels.map(({ id, name }, at) => [id, `${String(at + 1)} ${nameLevel(id, name)}`]));
  const selects = new Map(FACETS.map((facet) => [facet, required<HTMLSelectElement>(`[data-facet="${facet}"]`)]));
  const values = new Map<SelectFacet, string>(FACETS.map((facet) => [facet, chosen[facet] ?? ""]));
  const chips = all<HTMLButtonElement>("[data-status]");

  const nameOf = (facet: SelectFacet, value: string): string => {
    if (value === NONE) return t(`glossary:facet.no-${facet}`);
    if (facet === "level") return levelNames.get(value) ?? value;
    if (facet === "source") return sourceNames.get(value) ?? (hasWords(`glossary:citation.${value}-name`) ? t(`glossary:citation.${value}-name`) : value);
    if (facet !== "domain" && hasWords(`glossary:${facet}.${value}`)) return t(`glossary:${facet}.${value}`);
    return value;
  };
  const status = () => chips.find((chip) => chip.getAttribute("aria-pressed") === "true")?.dataset["status"] ?? "";

  for (const chip of chips) {
    chip.addEventListener("click", () => {
      for (const other of chips) other.setAttribute("aria-pressed", String(other === chip));
      onChange();
    });
  }
  for (const [facet, select] of selects) {
    select.addEventListener("change", () => {
      values.set(facet, select.value);
      onChange();
    });
  }
  return {
    read: (query) => {
      if (status() !== "") query.set("status", status());
      for (const [facet, value] of values) if (value !== "") query.set(facet, value);
    },
    show: (facets) => {
      for (const chip of chips) {
        const name = chip.dataset["status"] ?? "";
        const count = name === "" ? facets.all : (facets.status[name] ?? 0);
        required("[data-count]", chip).textContent = formatNumber(count);
        chip.hidden = count === 0 && name !== "" && name !== status();
      }
      for (const [facet, select] of selects) {
        const value = values.get(facet) ?? "";
        const counts = Object.entries(facets[facet]).map(([name, count]) => ({ name: name === "" ? NONE : name, count }));
        if (facet !== "level") counts.sort((one, other) => other.count - one.count);
        else counts.sort((one, other) => [...levelNames.keys()].indexOf(one.name) - [...levelNames.keys()].indexOf(other.name));
        const shown = counts.slice(0, MOST_CHOICES);
        if (value !== "" && !shown.some(({ name }) => name === value)) shown.unshift({ name: value, count: 0 });
        select.replaceChildren(
          element("option", { value: "" }, t(`glossary:facet.all-${facet}`)),
          ...shown.map(({ name, count }) => toOption({ value: name, label: `${nameOf(facet, name)} (${formatNumber(count)})` })),
        );
        select.value = value;
        select.hidden = counts.length < 2 && value === "";
      }
    },
    clear: () => {
      for (const chip of chips) chip.setAttribute("aria-pressed", String(chip.dataset["status"] === ""));
      for (const [facet, select] of selects) {
        values.set(facet, "");
        select.value = "";
      }
    },
    describe: () => [
      ...(status() === "" ? [] : [t(hasWords(`glossary:todo.${status()}`) ? `glossary:todo.${status()}` : `glossary:status.${status()}`)]),
      ...[...values].flatMap(([facet, value]) => (value === "" ? [] : [nameOf(facet, value)])),
    ],
  };
}

export function nameLevel(id: string, name: string | undefined): string {
  if (name !== undefined && name !== "") return name;
  return hasWords(`why:authority.${id}`) ? t(`why:authority.${id}`) : id;
}
