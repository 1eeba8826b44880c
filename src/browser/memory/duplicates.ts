/** Duplicates: a search as a job, groups by kind, one unit kept of each, merged one by one or all equal pairs at once. */
import { element, project } from "../shell/dom.ts";
import { askToConfirm } from "../shell/dialogs.ts";
import { get, post } from "../shell/request.ts";
import { t } from "../shell/strings.ts";
import { showToast } from "../shell/toast.ts";
import { undoStep } from "./bulk.ts";
import { button, choice, differences, empty, field, langOf, whenOf } from "./model.ts";
import type { ShownUnit, Whole } from "./model.ts";
import { about } from "./units.ts";

const KINDS = ["equal", "context", "form", "targets", "similar", "numbers"] as const;
type Kind = (typeof KINDS)[number];
type Group = {
  readonly position: number;
  readonly kind: Kind;
  readonly similarity?: number;
  readonly units: readonly ShownUnit[];
  readonly more: number;
  readonly keep: string;
};
type Found = {
  readonly state: "found";
  readonly run: { readonly createdAt: string; readonly unitCount: number; readonly groups: Readonly<Record<string, number>> };
  readonly isStale: boolean;
  readonly total: number;
  readonly groups: readonly Group[];
};

const PAGE = 30;
let groupCount = 0;

export function createDuplicates(panel: HTMLElement, whole: Whole): { readonly open: () => void; readonly refresh: () => void } {
  const api = `/api/p/${project()}/duplicates`;
  const threshold = choice(
    [95, 90, 85, 80, 70].map((percent) => [String(percent), t("memory:duplicates.percent", { percent })] as const),
    "90",
  );
  const search = button(t("memory:duplicates.search"), () => void run(), "btn btn-primary");
  const place = element("div", { class: "stack-m" });
  let kind: Kind | undefined;
  let isBuilt = false;

  function build(): void {
    isBuilt = true;
    const line = element("div", { class: "memory-edit" }, field(t("memory:duplicates.threshold"), threshold), search);
    panel.replaceChildren(element("p", { class: "hint" }, t("memory:duplicates.hint")), line, place);
    void load();
  }

  async function run(): Promise<void> {
    search.disabled = true;
    const started = await post<{ readonly job: string }>(`${api}/search`, { threshold: Number(threshold.value) });
    const done = started.ok ? await whole.follow(started.value.job) : undefined;
    search.disabled = false;
    kind = undefined;
    if (done !== undefined) await load();
  }

  async function load(): Promise<void> {
    const query = new URLSearchParams({ limit: String(PAGE), ...(kind === undefined ? {} : { kind }) }).toString();
    const answer = await get<Found | { readonly state: "none" }>(`${api}?${query}`, { quiet: true });
    if (!answer.ok) {
      const again = button(t("memory:failed.again"), () => void load());
      return place.replaceChildren(empty(t("memory:failed.title"), t("memory:failed.text"), again));
    }
    const found = answer.value;
    if (found.state === "none") {
      return place.replaceChildren(empty(t("memory:duplicates.none-yet"), t("memory:duplicates.none-yet-text")));
    }
    draw(found);
  }

  function draw(found: Found): void {
    const summary = t("memory:duplicates.searched", { count: found.run.unitCount, at: whenOf(found.run.createdAt) });
    place.replaceChildren(element("p", { class: "quiet" }, summary));
    if (found.isStale) place.append(element("p", { class: "notice is-warn" }, t("memory:duplicates.stale")));
    if (Object.keys(found.run.groups).length === 0) {
      return place.append(empty(t("memory:duplicates.nothing"), t("memory:duplicates.nothing-text")));
    }
    const chips = element("div", { class: "chips", role: "group", "aria-label": t("memory:duplicates.kinds") });
    for (const name of [undefined, ...KINDS]) {
      if (name !== undefined && !found.run.groups[name]) continue;
      const chip = element(
        "button",
        { class: "chip", type: "button", "aria-pressed": String(kind === name) },
        t(`memory:duplicates.kind.${name ?? "all"}`),
      );
      chip.addEventListener("click", () => {
        kind = name;
        void load();
      });
      chips.append(chip);
    }
    place.append(chips, element("p", { role: "status" }, t("memory:duplicates.groups", { count: found.total })));
    if (kind === undefined || kind === "equal") {
      if (found.groups.some((group) => group.kind === "equal")) {
        place.append(
          element(
            "div",
            {},
            button(t("memory:duplicates.merge-equal"), () => void mergeEqual(), "btn"),
          ),
        );
      }
    }
    const list = element("div", { class: "stack-m", role: "list", "aria-label": t("memory:duplicates.list") });
    place.append(list);
    addGroups(list, found);
  }

  function addGroups(list: HTMLElement, found: Found): void {
    list.append(...found.groups.map(card));
    if (list.children.length >= found.total || found.groups.length === 0) return;
    const more = button(t("memory:duplicates.more"), () => {
      const query = new URLSearchParams({
        offset: String(list.children.length),
        limit: String(PAGE),
        ...(kind === undefined ? {} : { kind }),
      });
      void get<Found>(`${api}?${query.toString()}`).then((answer) => {
        if (!answer.ok) return;
        more.remove();
        addGroups(list, answer.value);
      });
    });
    place.append(more);
  }

  function card(group: Group): HTMLElement {
    const { sourceLanguage, targetLanguage } = whole.page;
    const name = `keep-${groupCount++}`;
    let keep = group.keep;
    const [first] = group.units;
    const words = t(`memory:duplicates.kind.${group.kind}`);
    const similarity =
      group.similarity === undefined ? "" : ` ${t("memory:duplicates.percent", { percent: Math.floor(group.similarity) })}`;
    const made = element("div", { class: "card memory-group stack-s", role: "listitem" }, element("h2", {}, words + similarity));
    for (const unit of group.units) {
      const radio = element("input", {
        ...{ type: "radio", name, value: unit.id, checked: unit.id === keep },
        "aria-label": t("memory:duplicates.keep", { source: unit.source.slice(0, 60), target: unit.target.slice(0, 60) }),
      });
      radio.addEventListener("change", () => (keep = unit.id));
      const other = unit === first || !first ? unit : first;
      made.append(
        element(
          "div",
          { class: "memory-unit" },
          radio,
          element("div", { lang: langOf(sourceLanguage) }, ...differences(other.source, unit.source)),
          element("div", { lang: langOf(targetLanguage) }, ...differences(other.target, unit.target)),
          element("div", { class: "memory-about" }, ...about(unit, whole)),
        ),
      );
    }
    if (group.more > 0) made.append(element("p", { class: "quiet" }, t("memory:duplicates.more-units", { count: group.more })));
    if (group.units.length > 1) {
      made.append(
        element(
          "div",
          { class: "memory-line" },
          button(t("memory:duplicates.merge"), () => void merge({ groups: [{ position: group.position, keep }] })),
        ),
      );
    } else made.append(element("p", { class: "quiet" }, t("memory:duplicates.gone")));
    return made;
  }

  async function mergeEqual(): Promise<void> {
    const question = {
      title: t("memory:duplicates.merge-equal"),
      text: t("memory:duplicates.merge-equal-text"),
      action: t("memory:duplicates.merge"),
    };
    if (await askToConfirm(question)) await merge({ kind: "equal" });
  }

  async function merge(body: object): Promise<void> {
    const started = await post<{ readonly job: string }>(`${api}/merge`, body);
    const step = started.ok ? await whole.follow(started.value.job) : undefined;
    if (step === undefined) return;
    await whole.changed({ overview: true });
    await load();
    showToast(t("memory:duplicates.merged"), { undo: () => undoStep(step, whole) });
  }

  return {
    open: () => {
      if (!isBuilt) build();
    },
    refresh: () => {
      if (isBuilt) void load();
    },
  };
}
