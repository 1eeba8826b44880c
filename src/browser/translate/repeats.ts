/**
 * The Repeats tab and the notice after a row was confirmed: which rows say the same, what stands there, and proposals to
 * those in which nobody has written. A choice of this person on this computer proposes without being asked.
 */
import { all, closest, element, icon, project, required } from "../shell/dom.ts";
import { chooseTab } from "../shell/tabs.ts";
import { get, post, put } from "../shell/request.ts";
import { showToast } from "../shell/toast.ts";
import { formatNumber, t } from "../shell/strings.ts";
import { attempt } from "./drafts.ts";
import { renderRepeat } from "./repeats-view.ts";
import type { Repeat } from "./repeats-view.ts";
import type { RowLanguages } from "./row-view.ts";
import { isConfirmed, textOf } from "./rows.ts";
import type { Row, RowList, StoredRow } from "./rows.ts";
import type { WrittenRow } from "./steps.ts";
import { createToolTab } from "./tool-tab.ts";

export type ProposedRow = { readonly row: StoredRow; readonly document: string; readonly isToDo?: boolean };

export type RepeatsPane = {
  readonly show: (row: Row) => void;
  /** A row was confirmed and saved. */
  readonly confirmed: (row: Row) => void;
  /** Proposes to the repeats of the row that was confirmed last. */
  readonly propose: () => void;
  /** Takes proposals of a step back, or writes them again; answers what stands then. */
  readonly repeatStep: (
    segment: string,
    rows: readonly WrittenRow[],
    direction: "undo" | "redo",
  ) => Promise<readonly WrittenRow[]>;
};

export type RepeatsEvents = {
  /** Rows have a proposal now, or none any more. */
  readonly written: (rows: readonly ProposedRow[]) => void;
  /** They are one step that can be undone. */
  readonly proposed: (segment: string, rows: readonly WrittenRow[]) => void;
};

const AUTOMATIC = "dingyi-propose-repeats";

const base = (row: { readonly id: string }) => `/api/p/${project()}/segments/${encodeURIComponent(row.id)}`;

export type RepeatsOptions = {
  readonly languages: RowLanguages;
  readonly documentId: string;
  readonly list: RowList;
  readonly events: RepeatsEvents;
};

export function createRepeatsPane({ languages, documentId, list, events }: RepeatsOptions): RepeatsPane {
  const notice = required("[data-notice]");
  let current: Row | undefined;
  let shown: { readonly row: Row; readonly revision: number; repeats: readonly Repeat[] } | undefined;
  let last: Row | undefined;

  const fetchRepeats = async (row: Row): Promise<readonly Repeat[] | undefined> => {
    const answer = await get<{ readonly repeats: readonly Repeat[] }>(`${base(row)}/repeats`, { quiet: true });
    return answer.ok ? answer.value.repeats : undefined;
  };

  const load = async (again = false) => {
    const row = current;
    if (!row || !tab.isOpen()) return;
    if (!again && shown?.row === row && shown.revision === row.stored.revision) return;
    if (!shown) tab.say(t("translate:repeats.loading"));
    const repeats = await fetchRepeats(row);
    if (row !== current) return;
    if (!repeats) {
      shown = undefined;
      return tab.say(t("translate:repeats.failed"));
    }
    shown = { row, revision: row.stored.revision, repeats };
    render();
  };

  const render = () => {
    if (!shown) return;
    const { row, repeats } = shown;
    tab.count(repeats.length);
    if (repeats.length === 0) return tab.say(t("translate:repeats.nothing"));
    const open = repeats.filter(({ standing, isToDo, proposal }) => standing === "open" && !isToDo && proposal !== undefined);
    const canPropose = isConfirmed(row) && textOf(row) !== "";
    tab.place.replaceChildren(
      element(
        "div",
        { class: "tool-section stack-m" },
        element("p", { class: "strong" }, summarize(repeats)),
        canPropose
          ? element(
              "button",
              { class: "btn", type: "button", "data-propose": true, ...(open.length === 0 ? { disabled: true } : {}) },
              t("translate:repeats.propose", { count: open.length }),
            )
          : element("p", { class: "quiet" }, t("translate:repeats.confirm-first")),
        element(
          "label",
          { class: "check" },
          element("input", { type: "checkbox", "data-automatic": true, ...(isAutomatic() ? { checked: true } : {}) }),
          t("translate:repeats.automatic"),
        ),
      ),
      ...repeats.map((repeat) => renderRepeat(repeat, { languages, canPropose, rowNumber: numberOf(repeat.id) })),
    );
  };

  const numberOf = (id: string) => {
    const row = list.find(id);
    return row && row.index + 1;
  };

  const tab = createToolTab("repeats", () => void load());

  const send = async (address: string, body: object): Promise<readonly ProposedRow[]> => {
    const answer = await post<{ readonly rows: readonly ProposedRow[] }>(address, body);
    if (!answer.ok) return [];
    events.written(answer.value.rows);
    void load(true);
    return answer.value.rows;
  };
  const revisionsOf = (rows: readonly ProposedRow[]) => rows.map(({ row: { id, revision } }) => ({ id, revision }));

  const write = async (row: Row, rows?: readonly string[]) => {
    const written = await send(`${base(row)}/repeats`, rows ? { rows } : {});
    hideNotice();
    if (written.length > 0) events.proposed(row.id, revisionsOf(written));
    if (written.length === 0) return showToast(t("translate:repeats.none-written"));
    const elsewhere = written.filter(({ document }) => document !== documentId).length;
    const words = [t("translate:repeats.written", { count: written.length })];
    if (elsewhere > 0) words.push(t("translate:repeats.elsewhere", { count: elsewhere }));
    showToast(words.join(" "));
  };

  const except = async (id: string, reason: string | undefined) => {
    const answer = await put(`${base({ id })}/exception`, reason === undefined ? {} : { reason });
    if (answer.ok) void load(true);
  };

  const hideNotice = () => {
    notice.hidden = true;
  };

  const showNotice = (row: Row, repeats: readonly Repeat[]) => {
    const open = repeats.filter(({ standing, isToDo }) => standing === "open" && !isToDo).length;
    const propose = element(
      "button",
      { class: "btn btn-s", type: "button", "data-propose-last": true },
      t("translate:repeats.propose", { count: open }),
      " ",
      element("kbd", {}, "Alt+R"),
    );
    const look = element(
      "button",
      { class: "btn btn-s btn-quiet", type: "button", "data-look": true },
      t("translate:repeats.look"),
    );
    const close = element(
      "button",
      { class: "btn btn-s btn-quiet btn-icon", type: "button", "data-hide": true, "aria-label": t("common:close") },
      icon("close"),
    );
    const words = t("translate:repeats.notice", { row: row.index + 1, counts: summarize(repeats) });
    notice.replaceChildren(element("span", { class: "grow" }, words), ...(open > 0 ? [propose] : []), look, close);
    notice.hidden = false;
  };

  notice.addEventListener("mousedown", (event) => {
    if (closest(event, "button")) event.preventDefault();
  });
  notice.addEventListener("click", (event) => {
    if (closest(event, "[data-hide]")) hideNotice();
    else if (closest(event, "[data-propose-last]")) proposeLast();
    else if (closest(event, "[data-look]") && last) {
      current = last;
      chooseTab(all('.tools [role="tab"]'), required("#tab-repeats"));
      required<HTMLButtonElement>('[data-pane="tools"]').click();
      void load(true);
    }
  });
  const proposeLast = () => {
    if (last) void write(last);
  };

  tab.place.addEventListener("mousedown", (event) => {
    if (closest(event, "button")) event.preventDefault();
  });
  tab.place.addEventListener("click", (event) => {
    const row = shown?.row;
    const here = closest(event, "[data-here]")?.dataset["here"];
    const again = closest(event, "[data-allow]")?.dataset["allow"];
    const exception = closest(event, "[data-except]")?.dataset["except"];
    if (row && closest(event, "[data-propose]")) void write(row);
    else if (row && here !== undefined) void write(row, [here]);
    else if (again !== undefined) void except(again, undefined);
    else if (exception !== undefined) {
      const form = tab.place.querySelector<HTMLFormElement>(`form[data-reason="${CSS.escape(exception)}"]`);
      if (!form) return;
      form.hidden = false;
      form.querySelector("input")?.focus();
    }
  });
  tab.place.addEventListener("submit", (event) => {
    const form = event.target instanceof HTMLFormElement ? event.target : undefined;
    const id = form?.dataset["reason"];
    if (!form || id === undefined) return;
    event.preventDefault();
    const reason = form.querySelector("input")?.value.trim() ?? "";
    if (reason !== "") void except(id, reason);
  });
  tab.place.addEventListener("change", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || box.dataset["automatic"] === undefined) return;
    attempt(() => localStorage.setItem(AUTOMATIC, box.checked ? "yes" : "no"));
  });

  return {
    show: (row) => {
      current = row;
      if (!tab.isOpen()) tab.count(undefined);
      void load();
    },
    confirmed: (row) => {
      last = row;
      void fetchRepeats(row).then((repeats = []) => {
        if (last !== row || repeats.length === 0) return;
        const isOpen = repeats.some(({ standing, isToDo }) => standing === "open" && !isToDo);
        if (isOpen && isAutomatic()) void write(row);
        else if (isOpen || repeats.some(({ standing }) => standing === "differs")) showNotice(row, repeats);
      });
    },
    propose: proposeLast,
    repeatStep: async (segment, rows, direction) => {
      const address = `${base({ id: segment })}/repeats${direction === "undo" ? "/withdraw" : ""}`;
      return revisionsOf(await send(address, { rows: direction === "undo" ? rows : rows.map(({ id }) => id) }));
    },
  };
}

function isAutomatic(): boolean {
  let kept: string | null = null;
  attempt(() => {
    kept = localStorage.getItem(AUTOMATIC);
  });
  return kept === "yes";
}

/** "12 repeats, 3 differ": what there is, and what of it needs a look. */
function summarize(repeats: readonly Repeat[]): string {
  const count = (test: (repeat: Repeat) => boolean) => repeats.filter(test).length;
  const parts = [
    ["equal", count(({ kind }) => kind === "equal")],
    ["twins", count(({ kind }) => kind === "twin")],
    ["open", count(({ standing }) => standing === "open")],
    ["differ", count(({ standing }) => standing === "differs")],
    ["excepted", count(({ standing }) => standing === "excepted")],
  ] as const;
  return parts
    .filter(([, found]) => found > 0)
    .map(([name, found]) => t(`translate:repeats.count.${name}`, { count: found, shown: formatNumber(found) }))
    .join(t("translate:repeats.count.and"));
}
