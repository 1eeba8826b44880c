/** One entry of a glossary file, and what would happen to it. */
import type { TermStatus } from "../../model/concept.ts";
import { element, project } from "../shell/dom.ts";
import { t } from "../shell/strings.ts";
import { langOf, standing } from "../glossary/standing.ts";

export type ImportRow = {
  readonly kind: "new" | "changed" | "conflicting" | "unchanged";
  readonly headword: string;
  readonly language: string;
  readonly renderings: readonly { readonly text: string; readonly language: string; readonly status: TermStatus }[];
  readonly stored: readonly string[];
  readonly changes: readonly {
    readonly kind: "add" | "content" | "status";
    readonly text: string;
    readonly language: string;
    readonly before?: TermStatus;
    readonly after?: TermStatus;
    readonly citations: number;
  }[];
  readonly ownChanges: number;
};

const COLOURS = { new: "is-good", changed: "is-now", conflicting: "is-warn", unchanged: "" } as const;

export function createImportRow(row: ImportRow): HTMLTableRowElement {
  const several = row.stored.length > 1;
  const words = several ? t("glossary:import.what.several", { count: row.stored.length }) : t(`glossary:import.what.${row.kind}`);
  const what = element("td", {}, element("span", { class: `import-what ${COLOURS[row.kind]}` }, words));
  for (const id of row.kind === "new" ? [] : row.stored.slice(0, 5)) {
    what.append(
      element(
        "a",
        { class: "import-open tiny", href: `/p/${project()}/glossary/${encodeURIComponent(id)}` },
        t("glossary:import.open"),
      ),
    );
  }
  const renderings = element("ul", { class: "gloss-renderings" });
  if (row.ownChanges > 0) {
    renderings.append(element("li", { class: "quiet" }, t("glossary-files:own-changes", { count: row.ownChanges })));
  }
  if (row.changes.length > 0) renderings.append(...row.changes.map(createChange));
  else {
    for (const { text, language, status } of row.renderings) {
      renderings.append(
        element("li", {}, standing(status, { wordHidden: true }), element("span", { lang: langOf(language) }, text)),
      );
    }
  }
  const none = element("span", { class: "quiet" }, t("glossary:no-rendering"));
  return element(
    "tr",
    { class: "is-row" },
    what,
    element("td", {}, element("span", { class: "gloss-word", lang: langOf(row.language) }, row.headword)),
    element("td", {}, renderings.childElementCount > 0 ? renderings : none),
  );
}

function createChange({ kind, text, language, before, after, citations }: ImportRow["changes"][number]): HTMLElement {
  const term = element("span", { lang: langOf(language) }, text);
  const item = element("li", {}, element("span", { class: "quiet" }, t(`glossary:import.change.${kind}`)), term);
  if (before !== undefined && after !== undefined) {
    item.append(standing(before), element("span", { "aria-hidden": "true" }, "→"), standing(after));
  } else if (citations > 0)
    item.append(element("span", { class: "quiet" }, t("glossary:import.citations", { count: citations })));
  return item;
}
