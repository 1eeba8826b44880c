/** Choosing what takes the place of a superseded wording: another of this entry, or one of another entry. */
import { element, project } from "../shell/dom.ts";
import { get } from "../shell/request.ts";
import { t } from "../shell/strings.ts";
import { entryPicker } from "../glossary/entry-picker.ts";
import { selectField, toOption } from "../glossary/fields.ts";
import { concept } from "./state.ts";
import type { PageTerm } from "./state.ts";

const UNUSABLE = new Set(["rejected", "forbidden"]);
const ELSEWHERE = "elsewhere";

export function successorField(term: PageTerm): HTMLElement {
  const usable = (terms: readonly PageTerm[]) =>
    terms.filter((one) => one.id !== term.id && one.language === term.language && !UNUSABLE.has(one.status));
  const toChoice = ({ id, text }: PageTerm) => ({ value: id, label: text });
  const own = usable(concept().terms).map(toChoice);
  const field = selectField({
    name: "successor",
    label: t("glossary:field.successor"),
    value: own[0]?.value ?? "",
    choices: [
      { value: "", label: t("glossary:field.choose") },
      ...own,
      { value: ELSEWHERE, label: t("glossary:field.successor-elsewhere") },
    ],
  });
  const select = field.querySelector("select");
  const picker = entryPicker({
    label: t("glossary:field.successor-entry"),
    except: concept().concept.id,
    onChoose: async (id) => {
      const answer = await get<{ readonly concept: { readonly terms: readonly PageTerm[] } }>(
        `/api/p/${project()}/glossary/${encodeURIComponent(id)}`,
      );
      if (!answer.ok || !select) return;
      const found = usable(answer.value.concept.terms).map(toChoice);
      if (found.length === 0) return picker.say(t("glossary:field.successor-none"));
      const added = found.filter(({ value }) => ![...select.options].some((option) => option.value === value));
      select.append(...added.map(toOption));
      select.value = found[0]?.value ?? "";
      picker.element.hidden = true;
      select.focus();
    },
  });
  picker.element.hidden = true;
  select?.addEventListener("change", () => {
    picker.element.hidden = select.value !== ELSEWHERE;
    if (select.value !== ELSEWHERE) return;
    select.value = "";
    picker.focus();
  });
  return element("div", { class: "form" }, field, picker.element);
}
