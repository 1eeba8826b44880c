/** Where the wording stands in the project's documents. It is looked up after the page is there. */
import { element, project, required } from "../shell/dom.ts";
import { get } from "../shell/request.ts";
import { formatNumber, t } from "../shell/strings.ts";
import { langOf } from "../glossary/standing.ts";
import { concept } from "./state.ts";

type Use = {
  readonly id: string;
  readonly title: string;
  readonly date?: string;
  readonly body?: string;
  readonly language: string;
  readonly side: "source" | "target";
  readonly count: number;
  readonly line: { readonly before: string; readonly found: string; readonly after: string; readonly paragraph: number };
};
type Uses = { readonly count: number; readonly read: number; readonly documents: readonly Use[] };

const SHOWN = 12;

export async function showUses(): Promise<void> {
  const place = required("[data-uses]");
  const answer = await get<Uses>(`/api/p/${project()}/glossary/${encodeURIComponent(concept().concept.id)}/uses`, {
    quiet: true,
  });
  const say = (words: string) => place.replaceChildren(element("p", { class: "card-body quiet" }, words));
  if (!answer.ok) return say(t("glossary:uses.failed"));
  const { count, read, documents } = answer.value;
  if (read === 0) return say(t("glossary:uses.no-documents"));
  if (documents.length === 0) return say(t("glossary:uses.none", { count: read }));
  required("[data-uses-count]").textContent = t("glossary:uses.found", { places: count, count: documents.length });
  const list = element("ul", { class: "use-list" }, ...documents.slice(0, SHOWN).map(createUse));
  place.replaceChildren(list);
  const rest = documents.slice(SHOWN);
  if (rest.length === 0) return;
  const more = element(
    "button",
    { class: "btn btn-s btn-quiet", type: "button" },
    t("glossary:uses.more", { count: rest.length }),
  );
  more.addEventListener("click", () => {
    more.parentElement?.remove();
    list.append(...rest.map(createUse));
    list.children[SHOWN]?.querySelector<HTMLElement>("a")?.focus();
  });
  place.append(element("div", { class: "card-body" }, more));
}

function createUse(use: Use): HTMLElement {
  const { id, title, date, body, language, side, count, line } = use;
  const lang = langOf(language);
  const document = encodeURIComponent(id);
  const translate = `/p/${project()}/translate?document=${document}`;
  const align = `/p/${project()}/align?${side}=${document}`;
  const meta = element("span", { class: "use-meta" }, date === undefined ? t("glossary:uses.undated") : date);
  if (body !== undefined) meta.append(" · ", element("span", { lang }, body));
  const links = element("span", { class: "use-links" });
  if (side === "source") links.append(element("a", { href: translate }, t("glossary:uses.translate")));
  links.append(element("a", { href: align }, t("glossary:uses.align")));
  return element(
    "li",
    { class: "use" },
    element(
      "div",
      { class: "use-head" },
      element("a", { class: "use-title", lang, href: side === "source" ? translate : align }, title),
      element("span", { class: "count nowrap", title: formatNumber(count) }, t("glossary:uses.times", { count })),
    ),
    element("p", { class: "quote use-line", lang }, line.before, element("mark", {}, line.found), line.after),
    element(
      "div",
      { class: "use-foot" },
      meta,
      element("span", { class: "use-meta" }, t("glossary:uses.paragraph", { number: line.paragraph })),
      links,
    ),
  );
}
