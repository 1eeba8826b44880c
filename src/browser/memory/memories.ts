/** The list of memories: how each counts, naming, the trash, memories of other projects. */
import { element, project } from "../shell/dom.ts";
import { askToConfirm, showDialog } from "../shell/dialogs.ts";
import { post } from "../shell/request.ts";
import { formatNumber, t } from "../shell/strings.ts";
import { showProblem, showToast } from "../shell/toast.ts";
import { button, choice, empty, field, nameOf, whenOf } from "./model.ts";
import type { ShownMemory, Whole } from "./model.ts";

type Answer = { readonly refused?: string };
const OWN = new Set(["translations", "alignments", "unconfirmed"]);
const base = (): string => `/api/p/${project()}/memories`;

export function drawMemories(panel: HTMLElement, whole: Whole): void {
  const { memories, trash, attachable } = whole.page.overview;
  panel.replaceChildren();
  if (memories.length === 0) {
    panel.append(empty(t("memory:empty.title"), t("memory:empty.text")));
  } else {
    const head = element("tr", {});
    for (const name of ["name", "units", "changed", "used", "priority", "penalty", "read-only"] as const) {
      const className = name === "units" ? "num" : undefined;
      head.append(
        element("th", { scope: "col", class: className }, t(name === "units" ? "memory:tabs.units" : `memory:columns.${name}`)),
      );
    }
    head.append(element("th", { scope: "col" }, element("span", { class: "visually-hidden" }, t("memory:columns.actions"))));
    const body = element("tbody", {}, ...memories.map((memory) => row(memory, whole)));
    const table = element("table", { class: "table as-cards" }, element("thead", {}, head), body);
    panel.append(element("div", { class: "table-wrap" }, table), element("p", { class: "hint" }, t("memory:weights-hint")));
  }
  if (attachable.length > 0) panel.append(lending(whole));
  if (trash.length > 0) panel.append(trashList(whole));
}

function row(memory: ShownMemory, whole: Whole): HTMLElement {
  const name = nameOf(memory);
  const isOwn = OWN.has(memory.name);
  const title = element("td", {}, element("strong", {}, name));
  if (memory.isLent) title.append(" ", element("span", { class: "badge badge-line" }, t("memory:lent")));
  const number = (key: "priority" | "penalty", min: number, max: number) => {
    const label = t(`memory:${key}-of`, { name });
    const input = element("input", {
      ...{ class: "field memory-number", type: "number", step: 1, min, max, value: memory[key], "aria-label": label },
    });
    input.addEventListener("change", () => {
      if (input.validity.valid && input.value !== "") void change(memory, { [key]: Number(input.value) }, whole);
      else input.reportValidity();
    });
    const narrow = element("span", { class: "only-narrow quiet" }, `${t(`memory:columns.${key}`)} `);
    return element("td", {}, narrow, input);
  };
  const tick = (key: "isUsed" | "readOnly", words: string) => {
    const box = element("input", {
      ...{ type: "checkbox", checked: memory[key], disabled: memory.isLent === true, "aria-label": `${words}: ${name}` },
    });
    box.addEventListener("change", () => void change(memory, { [key]: box.checked }, whole));
    return element("td", {}, element("label", { class: "check" }, box, element("span", { class: "only-narrow" }, words)));
  };
  return element(
    "tr",
    { class: "is-row", "data-memory": memory.id },
    title,
    element(
      "td",
      { class: "num" },
      formatNumber(memory.unitCount),
      element("span", { class: "only-narrow" }, ` ${t("memory:columns.units")}`),
    ),
    element("td", { class: "nowrap" }, whenOf(memory.changedAt) || t("memory:never")),
    tick("isUsed", t("memory:columns.used")),
    number("priority", -1000, 1000),
    number("penalty", 0, 100),
    tick("readOnly", t("memory:columns.read-only")),
    element("td", {}, actions(memory, { name, isOwn, whole })),
  );
}

function actions(
  memory: ShownMemory,
  given: { readonly name: string; readonly isOwn: boolean; readonly whole: Whole },
): HTMLElement {
  const { name, isOwn, whole } = given;
  const line = element("div", { class: "memory-line" });
  const labelled = (made: HTMLButtonElement | HTMLAnchorElement, words: string) => {
    made.setAttribute("aria-label", `${words}: ${name}`);
    line.append(made);
  };
  const show = t("memory:act.units");
  labelled(
    button(show, () => whole.showUnits({ memory: memory.id })),
    show,
  );
  const words = t("memory:act.export");
  const address = `/p/${project()}/memories/${encodeURIComponent(memory.id)}/tmx`;
  labelled(element("a", { class: "btn btn-s", href: address, download: true }, words), words);
  if (!isOwn && !memory.isLent) {
    const rename = t("memory:act.rename");
    labelled(
      button(rename, () => void renameMemory(memory, whole)),
      rename,
    );
  }
  if (!isOwn || memory.isLent) {
    const remove = t(memory.isLent ? "memory:act.detach" : "memory:act.remove");
    labelled(
      button(remove, () => void removeMemory(memory, whole), "btn btn-s btn-danger"),
      remove,
    );
  }
  return line;
}

async function change(memory: ShownMemory, settings: object, whole: Whole): Promise<void> {
  const answer = await post<Answer>(`${base()}/${encodeURIComponent(memory.id)}`, settings);
  if (!answer.ok) return;
  whole.say(t("memory:saved", { name: nameOf(memory) }));
  await whole.changed({ overview: true });
}

function refuse(answer: { readonly ok: boolean; readonly value?: Answer }): boolean {
  const code = answer.ok ? answer.value?.refused : undefined;
  if (code !== undefined) showProblem(t(`memory:refused.${code}`));
  return !answer.ok || code !== undefined;
}

/** Asks for a name (and, for a new memory, a penalty); undefined when the dialog was left. */
async function askForName(title: string, value: string, action: string): Promise<string | undefined> {
  const input = element("input", { class: "field", maxlength: 200, required: true, autocomplete: "off", value });
  const act = element("button", { class: "btn btn-primary", type: "button" }, action);
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    act.click();
  });
  const answer = showDialog({ title, body: [field(t("memory:columns.name"), input)], actions: [act] });
  input.focus();
  input.select();
  return (await answer) === act ? input.value : undefined;
}

export async function createMemory(whole: Whole): Promise<void> {
  const name = await askForName(t("memory:new.title"), "", t("memory:new.action"));
  if (name === undefined || refuse(await post<Answer>(base(), { name }))) return;
  whole.say(t("memory:new.done", { name: name.trim() }));
  await whole.changed({ overview: true });
}

async function renameMemory(memory: ShownMemory, whole: Whole): Promise<void> {
  const name = await askForName(t("memory:rename.title"), memory.name, t("memory:rename.action"));
  if (name === undefined || refuse(await post<Answer>(`${base()}/${encodeURIComponent(memory.id)}`, { name }))) return;
  await whole.changed({ overview: true });
  showToast(t("memory:rename.done", { name: name.trim() }), {
    undo: async () => {
      await post(`${base()}/${encodeURIComponent(memory.id)}`, { name: memory.name });
      await whole.changed({ overview: true });
    },
  });
}

async function removeMemory(memory: ShownMemory, whole: Whole): Promise<void> {
  const name = nameOf(memory);
  const kind = memory.isLent ? "detach" : "remove";
  const question = {
    title: t(`memory:${kind}.title`, { name }),
    text: t(`memory:${kind}.text`, { count: memory.unitCount }),
    action: t(`memory:act.${kind}`),
    danger: true,
  };
  if (!(await askToConfirm(question))) return;
  const address = `${base()}/${encodeURIComponent(memory.id)}`;
  if (refuse(await post<Answer>(`${address}/remove`))) return;
  await whole.changed({ overview: true });
  showToast(t(`memory:${kind}.done`, { name }), {
    undo: async () => {
      const { priority, penalty } = memory;
      await (memory.isLent ? post(`${base()}/lend`, { memory: memory.id }) : post(`${address}/restore`));
      if (memory.isLent) await post(address, { priority, penalty });
      await whole.changed({ overview: true });
    },
  });
}

function lending(whole: Whole): HTMLElement {
  const { attachable } = whole.page.overview;
  const options = attachable.map(
    (memory) => [memory.id, t("memory:lend.option", { name: nameOf(memory), count: memory.unitCount })] as const,
  );
  const select = choice(options);
  const act = button(t("memory:lend.action"), () => {
    void post<Answer>(`${base()}/lend`, { memory: select.value }).then(async (answer) => {
      if (refuse(answer)) return;
      whole.say(t("memory:lend.done"));
      await whole.changed({ overview: true });
    });
  });
  const line = element("div", { class: "memory-edit" }, field(t("memory:lend.label"), select, true), act);
  return element(
    "section",
    { class: "stack-s" },
    element("h2", {}, t("memory:lend.title")),
    element("p", { class: "hint" }, t("memory:lend.hint")),
    line,
  );
}

function trashList(whole: Whole): HTMLElement {
  const list = element("ul", { class: "stack-s" });
  for (const memory of whole.page.overview.trash) {
    const back = button(t("memory:trash.restore"), () => {
      void post<Answer>(`${base()}/${encodeURIComponent(memory.id)}/restore`).then(async (answer) => {
        if (refuse(answer)) return;
        whole.say(t("memory:trash.restored", { name: memory.name }));
        await whole.changed({ overview: true });
      });
    });
    back.setAttribute("aria-label", `${t("memory:trash.restore")}: ${memory.name}`);
    const about = t("memory:trash.item", { name: memory.name, count: memory.unitCount, at: whenOf(memory.removedAt) });
    list.append(element("li", { class: "memory-line" }, element("span", {}, about), back));
  }
  return element(
    "section",
    { class: "stack-s" },
    element("h2", {}, t("memory:trash.title")),
    element("p", { class: "hint" }, t("memory:trash.hint")),
    list,
  );
}
