/**
 * How the glossary decides: four eyes, the authority levels in their order, and the sources. Each change is stored at once and
 * can be taken back; earlier rules are kept by the server.
 */
import type { Source } from "../../model/concept.ts";
import { element, icon, project } from "../shell/dom.ts";
import { get, put } from "../shell/request.ts";
import { showSavedState } from "../shell/saved-state.ts";
import { formatInstant, t } from "../shell/strings.ts";
import { nameLevel } from "./facets.ts";
import { sourceList } from "./source-list.ts";

export type Level = { readonly id: string; readonly name?: string; readonly bodies: readonly string[]; readonly kinds: readonly string[] };
export type Rules = {
  readonly fourEyes: boolean;
  readonly authorities: readonly Level[];
  readonly setBy?: { readonly author: string; readonly at: string };
};

const address = () => `/api/p/${project()}/vetting-rules`;

export async function openSettings(onChanged: () => Promise<void>): Promise<void> {
  const [found, cited] = [await get<Rules>(address()), await get<{ readonly sources: readonly Source[] }>(`/api/p/${project()}/glossary-sources`)];
  if (!found.ok || !cited.ok) return;
  let rules = found.value;
  /** The ways back, newest last. */
  const undos: (() => Promise<boolean>)[] = [];
  const saved = element("span", { class: "quiet", role: "status" }, describeSetter(rules));
  const undo = element("button", { class: "btn btn-s", type: "button", hidden: true }, icon("undo"), t("common:undo"), " ", element("kbd", {}, "Ctrl+Z"));
  const eyes = element("input", { type: "checkbox" });
  const levels = element("ol", { class: "level-list" });

  const draw = () => {
    eyes.checked = rules.fourEyes;
    levels.replaceChildren(...rules.authorities.map((level, at) => drawLevel(level, at)));
    undo.hidden = undos.length === 0;
  };
  const store = async (next: Rules) => {
    showSavedState(saved, { kind: "saving" });
    const { fourEyes, authorities } = next;
    const answer = await put<Rules>(address(), { fourEyes, authorities }, { quiet: true });
    if (answer.ok) {
      rules = answer.value;
      showSavedState(saved, { kind: "saved", at: new Date() });
      await onChanged();
    } else {
      showSavedState(saved, { kind: answer.code === "offline" ? "offline" : "unsaved" });
      saved.append(` ${answer.message}`);
    }
    draw();
    return answer.ok;
  };
  const keepUndo = (way: () => Promise<boolean>) => {
    undos.push(way);
    undo.hidden = false;
  };
  const change = async (next: Partial<Rules>) => {
    const standing = rules;
    const now = await get<Rules>(address());
    if (now.ok && now.value.setBy?.at !== standing.setBy?.at) {
      // Somebody else changed them while the dialog was open: nothing is overwritten unseen.
      rules = now.value;
      draw();
      return void saved.replaceChildren(t("glossary:settings.changed-by", { author: rules.setBy?.author ?? "" }));
    }
    if (await store({ ...rules, ...next })) keepUndo(() => store(standing));
  };
  const changeLevels = (authorities: readonly Level[]) => change({ authorities });
  const takeBack = async () => {
    const last = undos.pop();
    if (last && !(await last())) undos.push(last);
    undo.hidden = undos.length === 0;
  };

  const drawLevel = (level: Level, at: number): HTMLElement => {
    const list = rules.authorities;
    const name = nameLevel(level.id, level.name);
    const replace = (fields: Partial<Level>) => void changeLevels(list.map((one, which) => (which === at ? { ...one, ...fields } : one)));
    const field = (label: string, value: string, onChange: (value: string) => void) => {
      const input = element("input", { class: "field", type: "text", value, "aria-label": `${label}: ${name}` });
      input.value = value;
      input.addEventListener("change", () => onChange(input.value.trim()));
      return element("label", { class: "level-field" }, element("span", { class: "quiet tiny" }, label), input);
    };
    const split = (value: string) => value.split(/[;；\n]/u).map((one) => one.trim()).filter((one) => one !== "");
    const button = (label: string, shape: string, run: () => void, off = false) => {
      const made = element("button", { class: "btn btn-quiet btn-icon btn-s", type: "button", "aria-label": `${label}: ${name}`, title: label, disabled: off }, icon(shape));
      made.addEventListener("click", run);
      return made;
    };
    const moveTo = async (to: number) => {
      const moved = [...list];
      moved.splice(at, 1);
      moved.splice(to, 0, level);
      await changeLevels(moved);
      levels.children[to]?.querySelector<HTMLElement>("input")?.focus();
    };
    const row = element(
      "li",
      { class: "level" },
      element("span", { class: "level-rank num" }, String(at + 1)),
      element(
        "div",
        { class: "level-fields" },
        field(t("glossary:settings.name"), name, (value) => replace(value === "" ? {} : { name: value })),
        field(t("glossary:settings.kinds"), level.kinds.join("; "), (value) => replace({ kinds: split(value) })),
        field(t("glossary:settings.bodies"), level.bodies.join("; "), (value) => replace({ bodies: split(value) })),
      ),
      element(
        "div",
        { class: "level-buttons" },
        button(t("glossary:settings.up"), "up", () => void moveTo(at - 1), at === 0),
        button(t("glossary:settings.down"), "dn", () => void moveTo(at + 1), at === list.length - 1),
        button(t("glossary:settings.remove"), "close", () => void changeLevels(list.filter((_, which) => which !== at))),
      ),
    );
    row.addEventListener("keydown", (event) => {
      if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
      event.preventDefault();
      const to = at + (event.key === "ArrowUp" ? -1 : 1);
      if (to >= 0 && to < list.length) void moveTo(to);
    });
    return row;
  };

  eyes.addEventListener("change", () => void change({ fourEyes: eyes.checked }));
  undo.addEventListener("click", () => void takeBack());
  const add = element("button", { class: "btn btn-s", type: "button" }, icon("plus"), t("glossary:settings.add"));
  add.addEventListener("click", () => {
    const taken = new Set(rules.authorities.map(({ id }) => id));
    let number = rules.authorities.length + 1;
    while (taken.has(`level-${String(number)}`)) number += 1;
    const level = { id: `level-${String(number)}`, name: t("glossary:settings.new-level"), bodies: [], kinds: [] };
    // Above the last one, which takes whatever no other level names.
    const [last] = rules.authorities.slice(-1);
    const isCatchAll = last !== undefined && last.bodies.length + last.kinds.length === 0;
    void changeLevels(isCatchAll ? [...rules.authorities.slice(0, -1), level, last] : [...rules.authorities, level]);
  });

  const close = element("button", { class: "btn btn-primary", type: "button", "data-close": true }, t("common:close"), " ", element("kbd", {}, "Esc"));
  const dialog = element(
    "dialog",
    { class: "dialog-settings", "aria-labelledby": "settings-title" },
    element("div", { class: "dialog-head" }, element("h2", { id: "settings-title" }, t("glossary:settings.title")), saved),
    element(
      "div",
      { class: "dialog-body form" },
      element("label", { class: "check" }, eyes, element("span", {}, element("span", { class: "strong" }, t("glossary:settings.four-eyes")), element("br"), element("span", { class: "hint" }, t("glossary:settings.four-eyes-hint")))),
      section("levels", element("p", { class: "hint" }, t("glossary:settings.levels-hint")), levels, element("div", { class: "btn-row" }, add, undo)),
      section("sources", element("p", { class: "hint" }, t("glossary:settings.sources-hint")), sourceList(cited.value.sources, { saved, onChanged, keepUndo })),
    ),
    element("div", { class: "dialog-foot" }, close),
  );
  dialog.addEventListener("keydown", (event) => {
    const isField = event.target instanceof HTMLInputElement && event.target.type === "text";
    if (!isField && event.key === "z" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void takeBack();
    }
  });
  dialog.addEventListener("close", () => dialog.remove());
  draw();
  document.body.append(dialog);
  dialog.showModal();
}

function section(name: "levels" | "sources", ...content: readonly Node[]): HTMLElement {
  return element("section", { class: "settings-part", "aria-labelledby": `settings-${name}` }, element("h3", { id: `settings-${name}` }, t(`glossary:settings.${name}`)), ...content);
}

function describeSetter({ setBy }: Rules): string {
  return setBy ? t("glossary:settings.set-by", { author: setBy.author, at: formatInstant(new Date(setBy.at)) }) : t("glossary:settings.default");
}
