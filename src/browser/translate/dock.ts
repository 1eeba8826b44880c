/** The dock under the rows: the first finding, the size of the translation, what is saved. It is always there. */
import { element, icon, project, required } from "../shell/dom.ts";
import { showSavedState } from "../shell/saved-state.ts";
import type { SavedState } from "../shell/saved-state.ts";
import { t } from "../shell/strings.ts";
import { markHan } from "./row-view.ts";
import type { RowLanguages } from "./row-view.ts";
import type { FindingView } from "./saver.ts";

export type Dock = {
  /** `undefined`: not checked yet. */
  readonly showFindings: (findings: readonly FindingView[] | undefined) => void;
  readonly say: (words: string) => void;
  readonly showSize: (text: string) => void;
  readonly showSaved: (state: SavedState) => void;
};

const LOOKS = {
  error: { icon: "s-error", className: "status is-bad strong" },
  warning: { icon: "s-warn", className: "status is-warn strong" },
  information: { icon: "s-info", className: "status strong" },
} as const;

export function createDock(languages: RowLanguages): Dock {
  const finding = required("[data-finding]");
  const size = required("[data-size]");
  const saved = required("[data-saved]");
  const words = new Intl.Segmenter(languages.target, { granularity: "word" });

  const showFindings = (findings: readonly FindingView[] | undefined) => {
    const [first] = findings ?? [];
    if (!first) {
      const key = findings ? "translate:finding.none" : "translate:finding.unchecked";
      return finding.replaceChildren(element("span", { class: "quiet" }, t(key)));
    }
    const look = LOOKS[first.severity];
    const message = t(`checks:${first.rule}.${first.message}`, first.values);
    const rest = (findings?.length ?? 1) - 1;
    finding.replaceChildren(
      element("span", { class: look.className }, icon(look.icon), t(`checks:${first.rule}.name`)),
      element("span", { class: "muted grow finding-words", title: message }, ...markHan(message, languages.source)),
      ...(rest > 0 ? [element("span", { class: "quiet nowrap" }, t("translate:finding.more", { count: rest }))] : []),
      element("a", { class: "btn btn-s btn-quiet only-wide", href: `/p/${project()}/checks` }, t("translate:finding.all")),
    );
  };

  return {
    showFindings,
    say: (text) => finding.replaceChildren(element("span", { class: "status is-now" }, icon("s-info"), text)),
    showSize: (text) => {
      let count = 0;
      for (const part of words.segment(text)) if (part.isWordLike) count += 1;
      size.textContent = t("translate:size", { characters: [...text].length, words: count });
    },
    showSaved: (state) => showSavedState(saved, state),
  };
}
