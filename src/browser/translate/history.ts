/** The History tab: every revision of the active row, newest first, each of which can be taken again. */
import { closest, element, icon, project, required } from "../shell/dom.ts";
import { get } from "../shell/request.ts";
import { formatInstant, t } from "../shell/strings.ts";
import { renderChanges } from "./match-view.ts";
import type { TextPiece } from "./match-view.ts";
import type { RowLanguages } from "./row-view.ts";
import type { Row, StoredRow } from "./rows.ts";

type Revision = Pick<StoredRow, "revision" | "state" | "origin"> & {
  readonly target: string;
  readonly author: string;
  readonly at: string;
  readonly changes: readonly TextPiece[];
};

export type HistoryPane = {
  /** The active row, or what is stored of it, has changed. */
  readonly show: (row: Row) => void;
};

export function createHistoryPane(languages: RowLanguages, restore: (row: Row, target: string) => void): HistoryPane {
  const place = required("[data-history]");
  let current: Row | undefined;
  let revisions: readonly Revision[] = [];

  const load = async () => {
    const row = current;
    if (!row || place.hidden) return;
    if (revisions.length === 0) say(t("translate:history.loading"));
    const url = `/api/p/${project()}/segments/${encodeURIComponent(row.id)}/history`;
    const answer = await get<{ readonly revisions: readonly Revision[] }>(url, { quiet: true });
    if (row !== current) return;
    if (!answer.ok) return say(t("translate:history.failed"));
    revisions = answer.value.revisions;
    if (revisions.length === 0) return say(t("translate:history.empty"));
    place.replaceChildren(
      element(
        "div",
        { class: "tool-section" },
        element("ol", { class: "trail" }, ...revisions.map((one, at) => renderRevision(one, at, languages))),
      ),
    );
  };
  const say = (words: string) => place.replaceChildren(element("p", { class: "tool-section quiet" }, words));

  // The tab shows and hides the panel.
  new MutationObserver(() => void load()).observe(place, { attributeFilter: ["hidden"] });
  place.addEventListener("click", (event) => {
    const at = closest(event, "[data-restore]")?.dataset["restore"];
    const revision = at === undefined ? undefined : revisions[Number(at)];
    if (revision && current) restore(current, revision.target);
  });

  return {
    show: (row) => {
      if (row !== current) revisions = [];
      current = row;
      void load();
    },
  };
}

function renderRevision(revision: Revision, at: number, languages: RowLanguages): HTMLElement {
  const { state, origin, target, changes, author } = revision;
  const isConfirmed = state !== "initial";
  const what = isConfirmed ? "confirmed" : target === "" ? "cleared" : (origin ?? "typed");
  const meta = { author, at: formatInstant(new Date(revision.at)), revision: revision.revision };
  return element(
    "li",
    {},
    element(
      "span",
      { class: isConfirmed ? "trail-dot status is-good" : "trail-dot status" },
      icon(isConfirmed ? "s-check" : "s-draft"),
    ),
    element("div", { class: "trail-what" }, t(`translate:history.what.${what}`)),
    element("p", { class: "match-text", lang: languages.target }, ...renderChanges(changes)),
    element("div", { class: "trail-meta" }, t("translate:history.meta", meta)),
    at === 0
      ? undefined
      : element("button", { class: "btn btn-s", type: "button", "data-restore": at }, t("translate:history.restore")),
  );
}
