/** The form of a decision: only the steps that may follow, each with what it needs. */
import type { TermStatus } from "../../model/concept.ts";
import { listTransitions } from "../../model/vetting.ts";
import type { Transition } from "../../model/vetting.ts";
import { all, element, icon } from "../shell/dom.ts";
import { post } from "../shell/request.ts";
import { t } from "../shell/strings.ts";
import { citationField, readCitation } from "../glossary/citation.ts";
import { langOf, standing } from "../glossary/standing.ts";
import { valueOf } from "../glossary/fields.ts";
import { openForm } from "./form.ts";
import { concept, findTerm } from "./state.ts";
import type { PageTerm } from "./state.ts";
import { successorField } from "./successor-field.ts";
import { HELD, finish, reasonField, sendBased, termAddress, valueFor } from "./term-step.ts";

/** What a person most likely wants next; nothing is chosen where any step is as likely. */
const LIKELY: Readonly<Partial<Record<TermStatus, TermStatus>>> = {
  candidate: "proposed",
  proposed: "approved",
  rejected: "proposed",
};

export function openDecideForm(term: PageTerm, card: HTMLElement, wanted?: TermStatus): void {
  let base = term.revision;
  const { sources, fourEyes, person } = concept();
  const own = term.attestations.map(({ source }) => source).filter((source) => source !== "proposed");
  const steps = listTransitions(term.status);
  const status = element("input", { type: "hidden", name: "status", value: "" });
  const hint = element("p", { class: "hint", id: "decide-hint" });
  const eyes = element("div", { class: "notice", hidden: true }, icon("people"), element("div", {}, describeEyes(term, person)));
  const successor = successorField(term);
  const chips = element("div", {
    class: "chips",
    role: "group",
    "aria-label": t("glossary:field.status"),
    "aria-describedby": "decide-hint",
  });
  const choose = (value: string) => {
    const step = steps.find(({ to }) => to === value);
    status.value = step ? value : "";
    for (const chip of all("[data-choice]", chips)) chip.setAttribute("aria-pressed", String(chip.dataset["choice"] === value));
    hint.textContent = step ? describeStep(step) : t("glossary:form.choose-step");
    successor.hidden = step?.needs.includes("successor") !== true;
    eyes.hidden = !(fourEyes && step?.to === "approved");
    const action = status.form?.querySelector("[data-action]");
    if (action) action.textContent = actionFor(step);
  };
  for (const step of steps) {
    const chip = element(
      "button",
      { class: "chip", type: "button", "data-choice": step.to },
      standing(step.to, { words: nameStep(step) }),
    );
    chip.addEventListener("click", () => {
      choose(step.to);
      status.dispatchEvent(new Event("input", { bubbles: true }));
    });
    chips.append(chip);
  }
  status.addEventListener("change", () => choose(status.value));
  const first = wanted ?? LIKELY[term.status] ?? "";
  let decided: PageTerm | undefined;
  const form = openForm({
    title: t("glossary:form.decide-title"),
    about: { text: term.text, lang: langOf(term.language) },
    name: `decide-${term.id}`,
    card,
    action: actionFor(steps.find(({ to }) => to === first)),
    fields: [
      element("div", { class: "form-item" }, chips, hint, status),
      successor,
      citationField({ sources, own, value: own[0] === undefined ? "" : valueFor(own[0]) }),
      reasonField(),
      eyes,
    ],
    send: async (sent) => {
      if (status.value === "") {
        chips.querySelector("button")?.focus();
        return { ...HELD, message: t("glossary:form.choose-step"), details: {} };
      }
      const body = {
        status: status.value,
        reason: valueOf(sent, "reason"),
        citation: readCitation(sent),
        ...(successor.hidden || valueOf(sent, "successor") === "" ? {} : { successor: valueOf(sent, "successor") }),
      };
      return sendBased(sent, {
        language: document.documentElement.lang,
        send: (revision) => post(`${termAddress(term)}/status`, { ...body, baseRevision: revision ?? base }, { quiet: true }),
        onBase: (revision) => {
          base = revision;
        },
      });
    },
    onDone: async () => {
      const words = () => {
        decided = findTerm(term.id);
        const waits = decided?.waitingApproval !== undefined && decided.status !== status.value;
        const name = t(`glossary:status.${decided?.status ?? status.value}`);
        return waits
          ? t("glossary:done.waits", { text: term.text })
          : t("glossary:done.decided", { text: term.text, status: name });
      };
      await finish(words, () => term);
    },
  });
  choose(status.value === "" ? first : status.value);
  form.querySelector<HTMLElement>(`[data-choice="${status.value}"]`)?.focus({ preventScroll: true });
}

/** Proposing again what was settled is another thing than proposing. */
function nameStep({ action, to }: Transition): string {
  return action === "reopen" ? t("glossary:form.reopen-step") : t(`glossary:status.${to}`);
}

function actionFor(step: Transition | undefined): string {
  return step ? t("glossary:form.save-status", { status: nameStep(step) }) : t("glossary:form.save");
}

function describeStep(step: Transition): string {
  const needs = step.needs.map((need) => t(`glossary:need.${need}`));
  const hint = t(step.action === "reopen" ? "glossary:status-hint.reopened" : `glossary:status-hint.${step.to}`);
  if (needs.length === 0) return `${hint} ${t("glossary:need.nothing")}`;
  return `${hint} ${t("glossary:need.list", { needs: needs.join(t("glossary:need.and")) })}`;
}

function describeEyes({ waitingApproval }: PageTerm, person: string): string {
  if (!waitingApproval) return t("glossary:four-eyes.rule");
  return waitingApproval.author === person
    ? t("glossary:four-eyes.own-second")
    : t("glossary:four-eyes.second", { author: waitingApproval.author });
}
