/** One change for many units: chosen, previewed with its differences, done as a step that Undo takes back whole. */
import { element, icon, project } from "../shell/dom.ts";
import { showDialog } from "../shell/dialogs.ts";
import { post } from "../shell/request.ts";
import { t } from "../shell/strings.ts";
import { showToast } from "../shell/toast.ts";
import { button, choice, differences, field, langOf, STATES } from "./model.ts";
import type { ShownUnit, Whole } from "./model.ts";

type Preview = {
  readonly changed: number;
  readonly readOnly: number;
  readonly isComplete: boolean;
  readonly first: readonly { readonly before: ShownUnit; readonly after?: ShownUnit }[];
};

const KINDS = ["replace", "state", "document", "author", "note", "remove"] as const;

export type Bulk = { readonly place: HTMLElement; readonly update: () => void };

export function createBulk(given: {
  readonly whole: Whole;
  readonly selection: () => object;
  readonly ticked: () => number;
}): Bulk {
  const { whole } = given;
  const kind = choice(KINDS.map((name) => [name, t(`memory:edit.${name}`)] as const));
  const find = element("input", { class: "field", autocomplete: "off", spellcheck: "false" });
  const replacement = element("input", { class: "field", autocomplete: "off", spellcheck: "false" });
  const side = choice([
    ["target", t("memory:filter.target")],
    ["source", t("memory:filter.source")],
  ]);
  const matchCase = element("input", { type: "checkbox", checked: true });
  const state = choice(
    STATES.map((name) => [name, t(`memory:state.${name}`)] as const),
    "reviewed",
  );
  const value = element("input", { class: "field", autocomplete: "off" });
  const scope = element("p", { class: "quiet", role: "status" });
  const fields = element("div", { class: "memory-edit" });
  const preview = button(t("memory:edit.preview"), () => void run(), "btn");
  const place = element(
    "details",
    { class: "card" },
    element("summary", { class: "card-head" }, t("memory:edit.title"), icon("down")),
    element("div", { class: "card-body stack-m" }, scope, fields),
  );
  kind.addEventListener("change", draw);
  draw();

  function draw(): void {
    const parts: HTMLElement[] = [field(t("memory:edit.what"), kind)];
    if (kind.value === "replace") {
      const caseLabel = element("label", { class: "check" }, matchCase, element("span", {}, t("memory:edit.case")));
      parts.push(
        field(t("memory:edit.find"), find),
        field(t("memory:edit.by"), replacement),
        field(t("memory:filter.side"), side),
        caseLabel,
      );
    }
    if (kind.value === "state") parts.push(field(t("memory:edit.state"), state));
    if (kind.value === "document" || kind.value === "author" || kind.value === "note")
      parts.push(field(t(`memory:edit.${kind.value}`), value));
    fields.replaceChildren(...parts, preview);
  }

  function update(): void {
    const ticked = given.ticked();
    scope.textContent = ticked > 0 ? t("memory:edit.ticked", { count: ticked }) : t("memory:edit.filtered");
  }
  update();

  function readEdit(): object | undefined {
    switch (kind.value) {
      case "replace":
        return find.value === ""
          ? undefined
          : { kind: "replace", side: side.value, find: find.value, replacement: replacement.value, matchCase: matchCase.checked };
      case "state":
        return { kind: "state", state: state.value };
      case "note":
        return value.value.trim() === "" ? undefined : { kind: "note", note: value.value };
      case "remove":
        return { kind: "remove" };
      default:
        return { kind: kind.value, value: value.value };
    }
  }

  async function run(): Promise<void> {
    const edit = readEdit();
    if (!edit) return void (kind.value === "replace" ? find : value).focus();
    const body = { selection: given.selection(), edit };
    preview.disabled = true;
    whole.say(t("memory:edit.looking"));
    const answer = await post<Preview>(`/api/p/${project()}/units/preview`, body);
    preview.disabled = false;
    whole.say("");
    if (!answer.ok || !(await ask(answer.value))) return;
    const started = await post<{ readonly job: string }>(`/api/p/${project()}/units/edit`, body);
    if (!started.ok) return;
    const step = await whole.follow(started.value.job);
    if (step === undefined) return;
    await whole.changed({ overview: true });
    showToast(t("memory:edit.done"), { undo: () => undoStep(step, whole) });
  }

  async function ask(found: Preview): Promise<boolean> {
    const count = { count: found.changed };
    const words = t(found.isComplete ? "memory:edit.count" : "memory:edit.count-least", count);
    const lines: Node[] = [element("p", { class: "strong" }, words)];
    if (found.readOnly > 0) lines.push(element("p", { class: "quiet" }, t("memory:edit.read-only", { count: found.readOnly })));
    const list = element("div", { class: "memory-preview", tabindex: 0, role: "region", "aria-label": t("memory:edit.first") });
    for (const { before, after } of found.first) list.append(change(before, after));
    if (found.first.length > 0) lines.push(list);
    const action = element(
      "button",
      { class: kind.value === "remove" ? "btn btn-danger" : "btn btn-primary", type: "button" },
      t("memory:edit.do", { count: found.changed }),
    );
    const actions = found.changed > 0 ? [action] : [];
    return (await showDialog({ title: t(`memory:edit.${kind.value}`), body: lines, actions })) === action;
  }

  function change(before: ShownUnit, after: ShownUnit | undefined): HTMLElement {
    const { sourceLanguage, targetLanguage } = whole.page;
    const source = after ? differences(before.source, after.source) : [element("del", { class: "diff" }, before.source)];
    const target = after ? differences(before.target, after.target) : [element("del", { class: "diff" }, before.target)];
    const made = element(
      "div",
      { class: "memory-unit is-plain" },
      element("div", { lang: langOf(sourceLanguage) }, ...source),
      element("div", { lang: langOf(targetLanguage) }, ...target),
    );
    const facts: readonly (readonly [string, string])[] = [
      [t(`memory:state.${before.state}`), t(`memory:state.${after?.state ?? before.state}`)],
      [before.document ?? "", after?.document ?? ""],
      [before.author ?? "", after?.author ?? ""],
      [(before.notes ?? []).join(" "), (after?.notes ?? []).join(" ")],
    ];
    const changed = after ? facts.filter(([old, next]) => old !== next) : [];
    if (changed.length > 0) {
      const words = changed.map(([old, next]) => element("span", {}, ...differences(old, next)));
      made.append(element("div", { class: "memory-about" }, ...words));
    }
    return made;
  }

  return { place, update };
}

/** `seen`: the end of the step's chain of undos as it is shown; without one it is the step itself. */
export async function undoStep(stepId: string, whole: Whole, seen = stepId): Promise<void> {
  const address = `/api/p/${project()}/memory-steps/${encodeURIComponent(stepId)}/undo`;
  const started = await post<{ readonly job: string }>(address, { seen });
  if (!started.ok) return;
  if ((await whole.follow(started.value.job)) === undefined) return;
  await whole.changed({ overview: true });
  whole.say(t("memory:steps.undone-now"));
}
