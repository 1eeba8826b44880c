/** Imports, edits, removals and merges: who, when, how much; each undone, or done again, as a whole. */
import { element, project } from "../shell/dom.ts";
import { askToConfirm, showDialog } from "../shell/dialogs.ts";
import { get } from "../shell/request.ts";
import { formatNumber, t } from "../shell/strings.ts";
import { undoStep } from "./bulk.ts";
import { button, differences, empty, langOf, nameOf, whenOf } from "./model.ts";
import type { Whole } from "./model.ts";

type Counts = { readonly added: number; readonly replaced: number; readonly removed: number; readonly unchanged: number };
type Step = Counts & {
  readonly id: string;
  readonly memoryId?: string;
  readonly kind: "import" | "edit" | "delete" | "merge";
  readonly detail: Readonly<Record<string, unknown>>;
  readonly author: string;
  readonly at: string;
  readonly finishedAt?: string;
  readonly isUndone: boolean;
  readonly isHalfUndone: boolean;
  readonly last?: Counts & { readonly id: string; readonly author: string; readonly at: string };
};

type Texts = { readonly source: string; readonly target: string };
type Change = {
  readonly action: "replace" | "remove" | "restore";
  readonly before: Texts;
  readonly now?: Texts;
  readonly isMerged: boolean;
};

const PAGE = 50;

export function createSteps(panel: HTMLElement, whole: Whole): { readonly open: () => void; readonly refresh: () => void } {
  let isOpen = false;

  async function load(offset = 0): Promise<void> {
    const address = `/api/p/${project()}/memory-steps?offset=${offset}&limit=${PAGE}`;
    const answer = await get<{ readonly items: readonly Step[]; readonly total: number }>(address, { quiet: true });
    if (!answer.ok) {
      const again = button(t("memory:failed.again"), () => void load());
      return panel.replaceChildren(empty(t("memory:failed.title"), t("memory:failed.text"), again));
    }
    const { items, total } = answer.value;
    if (offset === 0) panel.replaceChildren(element("p", { class: "hint" }, t("memory:steps.hint")));
    if (total === 0) return panel.append(empty(t("memory:steps.none"), t("memory:steps.none-text")));
    panel.append(...items.map(card));
    if (offset + items.length >= total) return;
    const more = button(t("memory:steps.more"), () => {
      more.remove();
      void load(offset + items.length);
    });
    panel.append(more);
  }

  function card(step: Step): HTMLElement {
    const memory = whole.page.overview.memories.find(({ id }) => id === step.memoryId);
    const head = element("h2", {}, titleOf(step));
    const facts = [
      t("memory:steps.by", { author: step.author, at: whenOf(step.at) }),
      memory ? nameOf(memory) : "",
      countsOf(step),
    ];
    const made = element(
      "article",
      { class: "card memory-group stack-s", "data-step": step.id },
      head,
      element("p", { class: "quiet" }, facts.filter((fact) => fact !== "").join(" · ")),
    );
    if (step.finishedAt === undefined) made.append(element("p", { class: "notice is-warn" }, t("memory:steps.cut-off")));
    if (step.last) {
      const key = step.isHalfUndone ? "half" : step.isUndone ? "undone" : "redone";
      const words = t(`memory:steps.${key}`, { author: step.last.author, at: whenOf(step.last.at) });
      const kept = step.last.unchanged > 0 ? ` ${t("memory:steps.kept", { count: step.last.unchanged })}` : "";
      made.append(element("p", {}, words + kept));
    }
    const act = step.isHalfUndone ? "finish" : step.isUndone ? "redo" : "undo";
    const line = element(
      "div",
      { class: "memory-line" },
      button(t(`memory:steps.act.${act}`), () => void run(step, act)),
    );
    if (step.kind === "import" && !step.isUndone) {
      line.append(button(t("memory:act.units"), () => whole.showUnits({ import: step.id }), "btn btn-s btn-quiet"));
    }
    if (step.replaced + step.removed > 0) {
      line.append(button(t("memory:steps.show"), () => void showChanges(step), "btn btn-s btn-quiet"));
    }
    made.append(line);
    return made;
  }

  async function showChanges(step: Step): Promise<void> {
    const address = `/api/p/${project()}/memory-steps/${encodeURIComponent(step.id)}/changes`;
    const answer = await get<{ readonly changes: readonly Change[] }>(address);
    if (!answer.ok) return;
    const { sourceLanguage, targetLanguage } = whole.page;
    const list = element("div", { class: "memory-preview", tabindex: 0, role: "region", "aria-label": titleOf(step) });
    for (const { action, before, now, isMerged } of answer.value.changes) {
      const after = now ?? { source: "", target: "" };
      const isGone = action === "remove" && !isMerged && !now;
      const key = isMerged ? "merged" : isGone ? "gone" : undefined;
      list.append(
        element(
          "div",
          { class: "memory-unit is-plain" },
          element("div", { lang: langOf(sourceLanguage) }, ...differences(before.source, after.source)),
          element("div", { lang: langOf(targetLanguage) }, ...differences(before.target, after.target)),
          key && element("div", { class: "memory-about" }, t(`memory:steps.change.${key}`)),
        ),
      );
    }
    await showDialog({
      title: titleOf(step),
      body: [element("p", { class: "hint" }, t("memory:steps.show-hint")), list],
      actions: [],
    });
  }

  async function run(step: Step, act: "undo" | "redo" | "finish"): Promise<void> {
    const units = step.added + step.replaced + step.removed;
    const question = {
      title: t(`memory:steps.act.${act}`),
      text: t("memory:steps.question", { what: titleOf(step), count: units }),
      action: t(`memory:steps.act.${act}`),
    };
    if (await askToConfirm(question)) await undoStep(step.id, whole, step.last?.id);
  }

  return {
    open: () => {
      isOpen = true;
      void load();
    },
    refresh: () => {
      if (isOpen) void load();
    },
  };
}

/** “Replaced “flood prevention” by “flood control””. */
function titleOf({ kind, detail }: Step): string {
  const value = (name: string): string => {
    const found = detail[name];
    return typeof found === "string" ? found : "";
  };
  if (kind === "import") return t("memory:steps.import", { name: value("name") });
  if (kind === "merge") return t("memory:steps.merge");
  if (kind === "delete") return t("memory:steps.delete");
  const edit = value("edit");
  if (edit === "replace") return t("memory:steps.replace", { find: value("find"), by: value("replacement") });
  if (edit === "state") return t("memory:steps.state", { state: t(`memory:state.${value("state")}`) });
  if (edit === "note") return t("memory:steps.note", { note: value("note") });
  return edit === "document"
    ? t("memory:steps.document", { value: value("value") })
    : t("memory:steps.author", { value: value("value") });
}

function countsOf(step: Step): string {
  const words: string[] = [];
  for (const key of ["added", "replaced", "removed"] as const) {
    if (step[key] > 0) words.push(t(`memory:steps.count.${key}`, { count: step[key] }));
  }
  return words.length > 0 ? words.join(", ") : t("memory:steps.count.nothing", { number: formatNumber(0) });
}
