/** Saying that there is no fixed rendering, only paraphrases, or taking that back: a decision with a reason. */
import { element, project } from "../shell/dom.ts";
import { put } from "../shell/request.ts";
import { t } from "../shell/strings.ts";
import { showToast } from "../shell/toast.ts";
import { textField, valueOf } from "../glossary/fields.ts";
import { openForm } from "./form.ts";
import { concept, refreshPage } from "./state.ts";
import { sendBased } from "./term-step.ts";
import { undoStep } from "./undo.ts";

export function openParaphrasedForm(): void {
  const { concept: entry, headword } = concept();
  const next = entry.paraphrased !== true;
  let base = entry.revision;
  const { kind, class: conceptClass, domain, note } = entry;
  openForm({
    title: t(next ? "glossary:paraphrased.set" : "glossary:paraphrased.end"),
    about: { text: headword, lang: "zh-Hans" },
    name: "paraphrased",
    action: t(next ? "glossary:paraphrased.save" : "glossary:paraphrased.save-end"),
    fields: [
      element("p", { class: "hint" }, t(next ? "glossary:paraphrased.hint" : "glossary:paraphrased.hint-end")),
      textField({
        name: "reason",
        label: t("glossary:field.reason"),
        beside: t("glossary:field.reason-hint"),
        lines: 3,
        required: true,
      }),
    ],
    send: (form) =>
      sendBased(form, {
        language: document.documentElement.lang,
        send: (revision) =>
          put(
            `/api/p/${project()}/glossary/${encodeURIComponent(entry.id)}`,
            {
              ...{ kind, class: conceptClass, domain, note },
              paraphrased: next,
              reason: valueOf(form, "reason"),
              baseRevision: revision ?? base,
            },
            { quiet: true },
          ),
        onBase: (revision) => {
          base = revision;
        },
      }),
    onDone: async () => {
      await refreshPage();
      showToast(t(next ? "glossary:paraphrased.done" : "glossary:paraphrased.done-end"), { undo: undoStep });
    },
  });
}
