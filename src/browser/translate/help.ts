/**
 * The pane beside the active row. What the next row needs is asked for before a person gets there; all that was asked
 * for is forgotten when the memory has grown, so that a sentence that was just confirmed is found further down.
 */
import { closest, element, project, required } from "../shell/dom.ts";
import { get } from "../shell/request.ts";
import type { Answer } from "../shell/request.ts";
import { formatNumber, t } from "../shell/strings.ts";
import { showToast } from "../shell/toast.ts";
import { insertableHints, renderHelp } from "./help-view.ts";
import type { Help } from "./help-view.ts";
import { joinFragments } from "./fragments-view.ts";
import type { MatchView } from "./match-view.ts";
import type { RowLanguages } from "./row-view.ts";
import type { Row } from "./rows.ts";

export type HelpPane = {
  readonly show: (row: Row) => void;
  /** Asks for what this row will need. */
  readonly prefetch: (row: Row | undefined) => void;
  readonly forget: () => void;
  readonly match: (number: number) => MatchView | undefined;
  readonly term: (number: number) => string | undefined;
  /** Points out the terms of a place in the source. */
  readonly pointOut: (concepts: readonly string[]) => void;
};

export type HelpEvents = {
  readonly insertTerm: (text: string) => void;
  readonly insertMatch: (match: MatchView) => void;
  readonly insertDraft: (text: string) => void;
  /** Help for the row that is shown has come. */
  readonly arrived: (row: Row, help: Help) => void;
};

const USUAL = 70;
const WEAK = 50;
const MOST_KEPT = 50;
/** What the row before had stays so long, without effect, rather than that the pane flickers. */
const PATIENCE = 250;

export function createHelpPane(languages: RowLanguages, events: HelpEvents): HelpPane {
  const place = required("[data-help]");
  const counts = [required("[data-help-count]"), required("[data-tools-count]")];
  let asked = new Map<string, Promise<Answer<Help>>>();
  let shown: { readonly row: Row; readonly threshold: number; help?: Help } | undefined;

  const ask = (row: Row, threshold: number) => {
    const key = `${row.id} ${threshold}`;
    const known = asked.get(key);
    if (known) return known;
    const url = `/api/p/${project()}/segments/${encodeURIComponent(row.id)}/help?threshold=${threshold}`;
    const answer = get<Help>(url, { quiet: true });
    asked.set(key, answer);
    const oldest = asked.keys().next().value;
    if (asked.size > MOST_KEPT && oldest !== undefined) asked.delete(oldest);
    void answer.then(({ ok }) => {
      if (!ok && asked.get(key) === answer) asked.delete(key);
    });
    return answer;
  };

  const say = (words: string, again = false) => {
    for (const count of counts) count.textContent = "";
    const button = element("button", { class: "btn btn-s", type: "button", "data-again": true }, t("translate:failed.again"));
    place.replaceChildren(
      element("div", { class: "tool-section stack-m quiet" }, element("p", {}, words), again ? button : undefined),
    );
  };

  const load = async (row: Row, threshold: number) => {
    const current: NonNullable<typeof shown> = { row, threshold };
    const isSame = shown?.row === row && shown.help !== undefined;
    // Of the same row, what is there stays until the new answer replaces it.
    if (isSame && shown?.help) current.help = shown.help;
    shown = current;
    const waiting = setTimeout(
      () => {
        if (shown === current && !current.help) say(t("translate:help.loading"));
      },
      isSame ? 10_000 : PATIENCE,
    );
    const answer = await ask(row, threshold);
    clearTimeout(waiting);
    if (shown !== current) return;
    if (!answer.ok) return say(t("translate:help.failed"), true);
    const help = answer.value;
    current.help = help;
    for (const count of counts) count.textContent = formatNumber(help.hints.length + help.matches.length);
    place.replaceChildren(...renderHelp(help, { languages, threshold, weaker: threshold > WEAK ? WEAK : undefined }));
    if (!isSame) place.scrollTop = 0;
    events.arrived(row, help);
  };

  // Pressing a button leaves the cursor where it is in the text.
  place.addEventListener("mousedown", (event) => {
    if (closest(event, "button")) event.preventDefault();
  });
  place.addEventListener("click", (event) => {
    // What is still there is of the row before.
    if (shown && !shown.help && !closest(event, "[data-again]")) return;
    const term = closest(event, "[data-term]")?.dataset["term"];
    const match = closest(event, "[data-match]")?.dataset["match"];
    const chosen = match === undefined ? undefined : shown?.help?.matches[Number(match)];
    const copied = closest(event, "[data-copy-match]")?.dataset["copyMatch"];
    if (term !== undefined) events.insertTerm(term);
    else if (copied !== undefined) void copyMatch(Number(copied));
    else if (closest(event, "[data-fragments]") && shown?.help) {
      events.insertDraft(joinFragments(shown.help.fragments, languages.target));
    } else if (chosen) events.insertMatch(chosen);
    else if (closest(event, "[data-weaker]") && shown) void load(shown.row, WEAK);
    else if (closest(event, "[data-again]") && shown) void load(shown.row, shown.threshold);
  });

  const copyMatch = async (at: number) => {
    const match = shown?.help?.matches[at];
    if (!match) return;
    await navigator.clipboard.writeText(match.target);
    showToast(t("translate:help.copied", { number: at + 1 }));
  };

  return {
    show: (row) => void load(row, USUAL),
    prefetch: (row) => {
      if (row) void ask(row, USUAL);
    },
    forget: () => {
      asked = new Map();
    },
    match: (number) => shown?.help?.matches[number - 1],
    term: (number) => insertableHints(shown?.help?.hints ?? [])[number - 1]?.renderings[0]?.text,
    pointOut: (concepts) => {
      for (const hit of place.querySelectorAll<HTMLElement>("[data-concept]")) {
        const isMeant = concepts.includes(hit.dataset["concept"] ?? "");
        hit.classList.toggle("is-focus", isMeant);
        if (isMeant) hit.scrollIntoView({ block: "nearest" });
      }
    },
  };
}
