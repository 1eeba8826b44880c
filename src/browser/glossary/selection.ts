/** Which entries are chosen: one by one, a run of rows, or all that the filters find. */
import { all, project, required } from "../shell/dom.ts";
import { get } from "../shell/request.ts";
import { t } from "../shell/strings.ts";

export type Selection = {
  readonly has: (id: string) => boolean;
  readonly ids: () => readonly string[];
  readonly toggle: (id: string) => void;
  /** All of them; `false` when all were chosen already and are let go. */
  readonly addRun: (ids: readonly string[]) => void;
  readonly addAll: (query: URLSearchParams) => Promise<void>;
  readonly clear: () => void;
  readonly show: () => void;
};

export function createSelection(): Selection {
  const chosen = new Set<string>();
  const show = () => {
    required("[data-bulk]").hidden = chosen.size === 0;
    required("[data-selected]").textContent = t("glossary:bulk.selected", { count: chosen.size });
    for (const row of all(".is-row[data-concept]")) {
      const isChosen = chosen.has(row.dataset["concept"] ?? "");
      row.classList.toggle("is-chosen", isChosen);
      const box = row.querySelector<HTMLInputElement>("[data-pick]");
      if (box) box.checked = isChosen;
    }
  };
  return {
    has: (id) => chosen.has(id),
    ids: () => [...chosen],
    toggle: (id) => {
      if (!chosen.delete(id)) chosen.add(id);
      show();
    },
    addRun: (ids) => {
      for (const id of ids) chosen.add(id);
      show();
    },
    addAll: async (query) => {
      const answer = await get<{ readonly ids: readonly string[] }>(`/api/p/${project()}/glossary-ids?${query.toString()}`);
      if (!answer.ok) return;
      for (const id of answer.value.ids) chosen.add(id);
      show();
    },
    clear: () => {
      chosen.clear();
      show();
    },
    show,
  };
}
