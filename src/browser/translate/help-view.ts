/** Terms and matches beside the active row, as elements. Buttons carry what they insert; the page listens. */
import { element, icon, project } from "../shell/dom.ts";
import { t } from "../shell/strings.ts";
import { renderFragments } from "./fragments-view.ts";
import type { FragmentView } from "./fragments-view.ts";
import { renderMatch } from "./match-view.ts";
import type { MatchView } from "./match-view.ts";
import type { RowLanguages } from "./row-view.ts";
import type { FindingView } from "./saver.ts";

type TermStatus = "candidate" | "proposed" | "approved" | "admitted" | "rejected" | "deprecated" | "superseded" | "forbidden";
type Rendering = { readonly text: string; readonly status: TermStatus; readonly note?: string };

export type Hint = {
  readonly conceptId: string;
  readonly text: string;
  readonly status: TermStatus;
  readonly depth: number;
  readonly renderings: readonly Rendering[];
  readonly avoid: readonly Rendering[];
};

export type Help = {
  readonly hints: readonly Hint[];
  readonly matches: readonly MatchView[];
  readonly fragments: readonly FragmentView[];
  readonly findings: readonly FindingView[];
};

const STATUS: Readonly<Record<TermStatus, { readonly icon: string; readonly className: string }>> = {
  approved: { icon: "s-approved", className: "is-good" },
  admitted: { icon: "s-check", className: "is-good" },
  proposed: { icon: "s-proposed", className: "is-now" },
  candidate: { icon: "s-candidate", className: "" },
  rejected: { icon: "s-rejected", className: "is-bad" },
  deprecated: { icon: "s-deprecated", className: "is-warn" },
  superseded: { icon: "s-superseded", className: "is-warn" },
  forbidden: { icon: "s-forbidden", className: "is-bad" },
};

/** Keys Alt+1 to Alt+9 belong to the first nine terms that have a rendering. */
export function insertableHints(hints: readonly Hint[]): readonly Hint[] {
  return hints.filter(({ renderings }) => renderings.length > 0).slice(0, 9);
}

export function renderHelp(
  help: Help,
  {
    languages,
    threshold,
    weaker,
  }: { readonly languages: RowLanguages; readonly threshold: number; readonly weaker: number | undefined },
): Node[] {
  const title = element(
    "h2",
    { class: "section-title" },
    t("translate:help.terms"),
    " ",
    help.hints.length > 1 ? element("span", { class: "quiet" }, t("translate:help.longest-first")) : undefined,
  );
  const numbered = insertableHints(help.hints);
  const terms = element(
    "section",
    { class: "tool-section" },
    title,
    ...(help.hints.length === 0
      ? [element("p", { class: "quiet" }, t("translate:help.no-terms"))]
      : help.hints.map((hint) => renderHint(hint, numbered.indexOf(hint) + 1, languages))),
  );
  const memory = element(
    "section",
    { class: "memory", "aria-labelledby": "memory-title" },
    element("h2", { class: "section-title memory-title", id: "memory-title" }, t("translate:help.memory")),
    ...help.matches.map((match, place) => renderMatch(match, place + 1, languages)),
    help.matches.length === 0
      ? element("p", { class: "quiet memory-nothing" }, t("translate:help.no-matches", { percent: threshold }))
      : undefined,
    weaker === undefined
      ? undefined
      : element(
          "div",
          { class: "memory-more" },
          element(
            "button",
            { class: "btn btn-s btn-quiet", type: "button", "data-weaker": true },
            t("translate:help.weaker", { percent: weaker }),
          ),
        ),
  );
  const fragments = renderFragments(help.fragments, languages);
  return fragments ? [terms, memory, fragments] : [terms, memory];
}

function renderHint(hint: Hint, number: number, languages: RowLanguages): HTMLElement {
  const [main, ...others] = hint.renderings;
  const made = element("div", { class: `hit d${hint.depth}`, "data-concept": hint.conceptId });
  if (main && number > 0) {
    made.append(
      element(
        "button",
        {
          class: "hit-key",
          type: "button",
          "data-term": main.text,
          title: t("translate:help.insert", { text: main.text }),
        },
        element("kbd", {}, `Alt ${number}`),
        element("span", { class: "visually-hidden" }, ` ${t("translate:help.insert", { text: main.text })}`),
      ),
    );
  } else made.append(element("span", { class: "hit-key" }));
  made.append(
    element(
      "a",
      {
        class: "hit-zh",
        lang: languages.source,
        href: `/p/${project()}/glossary/${encodeURIComponent(hint.conceptId)}`,
        title: t("translate:help.open-concept"),
      },
      hint.text,
    ),
    renderStatus(main?.status ?? hint.status),
  );
  if (main) {
    made.append(insertButton(main.text, languages.target, "hit-en"));
    if (main.note !== undefined) made.append(element("span", { class: "hit-note" }, main.note));
  } else {
    made.append(
      element(
        "span",
        { class: "hit-en quiet" },
        t("translate:help.no-rendering"),
        " ",
        element("a", { href: `/p/${project()}/glossary/${encodeURIComponent(hint.conceptId)}` }, t("translate:help.settle")),
      ),
    );
  }
  if (others.length > 0) {
    const buttons = others.flatMap(({ text }, place) => [
      place > 0 ? " · " : " ",
      insertButton(text, languages.target, "hit-other"),
    ]);
    made.append(element("span", { class: "hit-note" }, t("translate:help.also"), ...buttons));
  }
  if (hint.avoid.length > 0) {
    const words = hint.avoid.flatMap(({ text }, place) => [
      place > 0 ? " · " : " ",
      element("del", { class: "hit-avoid", lang: languages.target }, text),
    ]);
    made.append(element("span", { class: "hit-note" }, t("translate:help.avoid"), ...words));
  }
  return made;
}

function insertButton(text: string, language: string, className: string): HTMLElement {
  return element("button", { class: className, type: "button", lang: language, "data-term": text }, text);
}

function renderStatus(status: TermStatus): HTMLElement {
  const look = STATUS[status];
  return element("span", { class: `status ${look.className} tiny` }, icon(look.icon), t(`translate:status.${status}`));
}
