/** The form about the entry as a whole: kind, class, domain, note. */
import { element, project } from "../shell/dom.ts";
import { put } from "../shell/request.ts";
import { t } from "../shell/strings.ts";
import { showToast } from "../shell/toast.ts";
import { selectField, textField, valueOf } from "../glossary/fields.ts";
import { openForm } from "./form.ts";
import { concept, refreshPage } from "./state.ts";
import { sendBased } from "./term-step.ts";
import { undoStep } from "./undo.ts";

export function openEntryForm(): void {
  const { concept: entry, choices } = concept();
  let base = entry.revision;
  openForm({
    title: t("glossary:form.entry-title"),
    name: "entry",
    action: t("glossary:form.save"),
    fields: [
      element(
        "div",
        { class: "form-row" },
        selectField({
          name: "kind",
          label: t("glossary:field.kind"),
          value: entry.kind,
          choices: choices.kinds.map((kind) => ({ value: kind, label: t(`glossary:kind.${kind}`) })),
        }),
        classField(entry.class),
      ),
      textField({
        name: "domain",
        label: t("glossary:field.domain"),
        value: entry.domain,
        hint: t("glossary:field.domain-hint"),
      }),
      textField({ name: "note", label: t("glossary:field.note"), value: entry.note, lines: 4 }),
    ],
    send: (form) => {
      const names = ["kind", "class", "domain", "note"];
      const body = Object.fromEntries(names.map((name) => [name, valueOf(form, name)]));
      return sendBased(form, {
        language: document.documentElement.lang,
        send: (revision) =>
          put(
            `/api/p/${project()}/glossary/${encodeURIComponent(entry.id)}`,
            { ...body, paraphrased: entry.paraphrased === true, baseRevision: revision ?? base },
            { quiet: true },
          ),
        onBase: (revision) => {
          base = revision;
        },
      });
    },
    onDone: async () => {
      await refreshPage();
      showToast(t("glossary:done.entry"), { undo: undoStep });
    },
  });
}

/** A class that came from a file and that we do not know stays as it is written. */
function classField(value: string | undefined): HTMLElement {
  const known = concept().choices.classes;
  const foreign = value === undefined || known.includes(value) ? [] : [{ value, label: value }];
  return selectField({
    name: "class",
    label: t("glossary:field.class"),
    value,
    choices: [
      { value: "", label: t("glossary:field.no-class") },
      ...known.map((name) => ({ value: name, label: t(`glossary:class.${name}`) })),
      ...foreign,
    ],
  });
}
