/** Relating the entry to others, and ending a relation. Both are decisions that can be taken back. */
import { element, project } from "../shell/dom.ts";
import { post } from "../shell/request.ts";
import type { Answer } from "../shell/request.ts";
import { t } from "../shell/strings.ts";
import { showToast } from "../shell/toast.ts";
import { entryPicker } from "../glossary/entry-picker.ts";
import { fieldOf, selectField, showFieldError, textField, valueOf } from "../glossary/fields.ts";
import { openForm } from "./form.ts";
import { concept, refreshPage } from "./state.ts";
import { HELD } from "./term-step.ts";
import { undoStep } from "./undo.ts";

/** The entry that has the relation is the one that is asked; the other one is named. */
function addressOf(name: string, other: string, path: string): { readonly address: string; readonly body: object } {
  const own = concept().concept.id;
  const end = concept().relationEnds[name];
  const [from, to] = end?.side === "to" ? [other, own] : [own, other];
  return { address: `/api/p/${project()}/glossary/${encodeURIComponent(from)}/${path}`, body: { type: end?.type, other: to } };
}

export function openRelateForm(): void {
  const other = element("input", { type: "hidden", name: "other", value: "" });
  const chosen = element("input", { type: "hidden", name: "otherText", value: "" });
  const picker = entryPicker({
    label: t("glossary:relation.entry"),
    except: concept().concept.id,
    onChoose: (id, row) => {
      other.value = id;
      chosen.value = row.headword;
      other.dispatchEvent(new Event("input", { bubbles: true }));
      picker.say(t("glossary:relation.chosen", { text: row.headword }));
    },
  });
  const label = () => (chosen.value === "" ? "" : t("glossary:relation.chosen", { text: chosen.value }));
  chosen.addEventListener("change", () => picker.say(label()));
  openForm({
    title: t("glossary:relation.form"),
    about: { text: concept().headword, lang: "zh-Hans" },
    name: "relate",
    action: t("glossary:relation.save"),
    fields: [
      selectField({
        name: "relation",
        label: t("glossary:relation.type"),
        value: "contrast",
        choices: concept().relationNames.map((name) => ({ value: name, label: t(`glossary:relation.${name}`) })),
      }),
      picker.element,
      other,
      chosen,
      textField({ name: "note", label: t("glossary:field.note"), beside: t("glossary:relation.note"), lines: 2 }),
    ],
    send: async (form) => {
      if (other.value === "") {
        picker.say(t("glossary:relation.choose"));
        picker.focus();
        return { ...HELD, message: t("glossary:relation.choose"), details: {} };
      }
      const { address, body } = addressOf(valueOf(form, "relation"), other.value, "relations");
      const answer = await post(address, { ...body, note: valueOf(form, "note") }, { quiet: true });
      if (!answer.ok && fieldOf(form, "relation")) showFieldError(form, "relation", answer.message);
      return answer.ok ? undefined : answer;
    },
    onDone: async () => {
      await refreshPage();
      showToast(t("glossary:relation.done", { text: chosen.value }), { undo: undoStep });
    },
  });
}

export async function removeRelation(button: HTMLElement): Promise<void> {
  const { unrelate = "", other = "" } = button.dataset;
  const words = button.closest("li")?.querySelector(".relation-word")?.textContent ?? other;
  const { address, body } = addressOf(unrelate, other, "relations/end");
  const answer: Answer<unknown> = await post(address, body);
  if (!answer.ok) return;
  await refreshPage();
  showToast(t("glossary:relation.removed", { text: words }), { undo: undoStep });
}
