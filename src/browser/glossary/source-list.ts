/** The sources that are cited, with what is known of each; date, place and kind can be mended. */
import type { Source } from "../../model/concept.ts";
import { element, project } from "../shell/dom.ts";
import { put } from "../shell/request.ts";
import { askAboutConflict } from "../shell/conflict.ts";
import { showSavedState } from "../shell/saved-state.ts";
import { t } from "../shell/strings.ts";

type Options = {
  readonly saved: HTMLElement;
  readonly onChanged: () => Promise<void>;
  readonly keepUndo: (way: () => Promise<boolean>) => void;
};
/** Rows that are drawn; the search narrows down to the rest. */
const SHOWN = 30;

export function sourceList(sources: readonly Source[], options: Options): HTMLElement {
  let list = sources;
  const find = element("input", { class: "field", type: "search", placeholder: t("glossary:settings.find-source"), "aria-label": t("glossary:settings.find-source"), autocomplete: "off" });
  const rows = element("ul", { class: "source-list" });
  const more = element("p", { class: "quiet", role: "status" });
  const replace = (next: Source) => {
    list = list.map((one) => (one.id === next.id ? next : one));
  };
  const draw = () => {
    const words = find.value.trim().toLowerCase();
    const found = list.filter(({ id, body, title }) => `${id} ${body} ${title}`.toLowerCase().includes(words));
    rows.replaceChildren(...found.slice(0, SHOWN).map((source) => drawSource(source, { ...options, replace })));
    more.textContent =
      found.length === 0
        ? t("glossary:settings.no-source")
        : found.length > SHOWN
          ? t("glossary:settings.more-sources", { count: found.length - SHOWN })
          : "";
  };
  find.addEventListener("input", (event) => {
    if (!(event as InputEvent).isComposing) draw();
  });
  find.addEventListener("compositionend", draw);
  draw();
  return element("div", { class: "form" }, find, rows, more);
}

type Editable = "date" | "locator" | "kind";

function drawSource(
  given: Source,
  { saved, onChanged, keepUndo, replace }: Options & { readonly replace: (next: Source) => void },
): HTMLElement {
  let source = given;
  const inputs = new Map<Editable, HTMLInputElement>();
  const show = (next: Source) => {
    source = next;
    replace(next);
    for (const [name, input] of inputs) input.value = next[name] ?? "";
  };
  const store = async (fields: Partial<Record<Editable, string>>): Promise<boolean> => {
    showSavedState(saved, { kind: "saving" });
    const address = `/api/p/${project()}/glossary-sources/${encodeURIComponent(source.id)}`;
    const answer = await put<{ readonly source: Source }>(address, { ...edit(source), ...fields, base: edit(source) }, { quiet: true });
    if (answer.ok) {
      show(answer.value.source);
      showSavedState(saved, { kind: "saved", at: new Date() });
      await onChanged();
      return true;
    }
    if (answer.code === "stale") {
      const { theirs } = answer.details as { readonly theirs: Source };
      const words = (one: object) => Object.values(one).join("\n");
      const mine = { ...edit(source), ...fields };
      const texts = { mine: words(mine), theirs: words(edit(theirs)), base: words(edit(source)) };
      const resolution = await askAboutConflict({ ...texts, language: document.documentElement.lang });
      show(theirs);
      return resolution === "mine" && store(mine);
    }
    showSavedState(saved, { kind: answer.code === "offline" ? "offline" : "unsaved" });
    saved.append(` ${answer.message}`);
    return false;
  };
  const change = async (name: Editable, value: string) => {
    const before = source[name] ?? "";
    if (value !== before && (await store({ [name]: value }))) keepUndo(() => store({ [name]: before }));
  };
  const field = (name: Editable, label: string) => {
    const input = element("input", { class: "field", type: "text", "aria-label": `${label}: ${source.body}, ${source.title}` });
    input.value = source[name] ?? "";
    input.addEventListener("change", () => void change(name, input.value.trim()));
    inputs.set(name, input);
    return element("label", { class: "level-field" }, element("span", { class: "quiet tiny" }, label), input);
  };
  return element(
    "li",
    { class: "source-item" },
    element("p", {}, element("span", { class: "strong" }, source.body), source.title === "" ? "" : `, ${source.title}`),
    element("div", { class: "level-fields" }, field("date", t("glossary:field.document-date")), field("locator", t("glossary:field.locator")), field("kind", t("glossary:settings.kind"))),
  );
}

function edit({ date = "", locator = "", kind = "" }: Source): Record<Editable, string> {
  return { date, locator, kind };
}
