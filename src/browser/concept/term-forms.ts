/** The forms about one wording: adding, editing, deciding, citing. */
import { all, element, icon, project } from "../shell/dom.ts";
import { post, put } from "../shell/request.ts";
import type { Answer, Failure } from "../shell/request.ts";
import { t } from "../shell/strings.ts";
import { showToast } from "../shell/toast.ts";
import { attestationFields, citationField, lacksSource, readAttestation, readCitation } from "../glossary/citation.ts";
import { dayField, moreFields, selectField, showFieldError, textField, valueOf } from "../glossary/fields.ts";
import { langOf, standing } from "../glossary/standing.ts";
import { askWhichStands, staleDetails } from "./conflict.ts";
import { closeForm, openForm } from "./form.ts";
import { concept, refreshPage } from "./state.ts";
import type { PageTerm } from "./state.ts";
import { undoStep } from "./undo.ts";

const entry = () => `/api/p/${project()}/glossary/${encodeURIComponent(concept().concept.id)}`;
const termAddress = (term: PageTerm) => `/api/p/${project()}/terms/${encodeURIComponent(term.id)}`;

/** After a step: the page as it is now, the card in view, and the way back. */
async function finish(words: string, find: () => PageTerm | undefined): Promise<void> {
  await refreshPage();
  showToast(words, { undo: undoStep });
  const id = find()?.id;
  const card = all(".term-card").find((one) => one.dataset["term"] === id);
  card?.dispatchEvent(new CustomEvent("activate", { bubbles: true }));
  card?.focus({ preventScroll: true });
  card?.scrollIntoView({ block: "nearest" });
}

const reasonField = (beside?: string) =>
  textField({ name: "reason", label: t("glossary:field.reason"), beside: beside ?? t("glossary:field.reason-hint"), lines: 3 });

function usageField(value: string | undefined): HTMLElement {
  const choices = concept().choices.usages.map((usage) => ({ value: usage, label: t(`glossary:usage.${usage}`) }));
  return selectField({
    name: "usage",
    label: t("glossary:field.usage"),
    value,
    choices: [{ value: "", label: t("glossary:field.any-usage") }, ...choices],
  });
}

function detailFields(term: Pick<PageTerm, "termType" | "matching"> & Partial<PageTerm>): HTMLElement {
  const { types, matching } = concept().choices;
  return moreFields(
    t("glossary:more-fields"),
    selectField({
      name: "termType",
      label: t("glossary:field.termType"),
      value: term.termType,
      choices: types.map((type) => ({ value: type, label: t(`glossary:type.${type}`) })),
    }),
    selectField({
      name: "matching",
      label: t("glossary:field.matching"),
      value: term.matching,
      choices: matching.map((rule) => ({ value: rule, label: t(`glossary:matching.${rule}`) })),
    }),
    textField({ name: "partOfSpeech", label: t("glossary:field.partOfSpeech"), value: term.partOfSpeech }),
    element(
      "div",
      { class: "form-row" },
      dayField({ name: "validFrom", label: t("glossary:field.validFrom"), value: term.validFrom }),
      dayField({ name: "validUntil", label: t("glossary:field.validUntil"), value: term.validUntil }),
    ),
  );
}

function readDetails(form: HTMLFormElement): object {
  const usage = valueOf(form, "usage");
  const names = ["termType", "matching", "partOfSpeech", "validFrom", "validUntil", "note"];
  return {
    ...(usage === "" ? {} : { usage }),
    ...Object.fromEntries(names.map((name) => [name, valueOf(form, name)])),
  };
}

const failureOf = (answer: Answer<unknown>): Failure | undefined => (answer.ok ? undefined : answer);

/** The form itself shows what is missing; nothing is sent then. */
const HELD: Failure = { ok: false, code: "held", message: "", status: 0, details: { code: "held" } };

function askForSource(form: HTMLFormElement): Failure {
  showFieldError(form, "citation", t("glossary:form.new-source"));
  return { ...HELD, message: t("glossary:form.new-source"), details: { code: "approval-without-citation" } };
}

export function openAddForm(language: string): void {
  const { languages, sources } = concept();
  const isSource = language.split("-")[0] === languages.source.split("-")[0];
  const name = t(`common:languages.${language.split("-")[0] ?? language}`);
  openForm({
    title: t("glossary:form.add-title", { language: name }),
    name: `add-${language}`,
    action: t("glossary:form.add"),
    fields: [
      textField({ name: "text", label: t("glossary:field.text"), lines: 2, lang: langOf(language), required: true }),
      element(
        "div",
        { class: "form-row" },
        selectField({
          name: "status",
          label: t("glossary:field.status"),
          value: "proposed",
          choices: (["proposed", "candidate"] as const).map((status) => ({
            value: status,
            label: t(`glossary:status.${status}`),
          })),
        }),
        usageField(isSource ? "" : "running"),
      ),
      citationField({ sources }),
      attestationFields(),
      textField({ name: "note", label: t("glossary:field.note"), lines: 2 }),
      reasonField(""),
      detailFields({ termType: "fullForm", matching: isSource ? "exact" : "inflecting" }),
    ],
    send: async (form) => {
      if (lacksSource(form)) return askForSource(form);
      const body = {
        language,
        text: valueOf(form, "text"),
        status: valueOf(form, "status"),
        reason: valueOf(form, "reason"),
        attestation: readAttestation(form),
        ...readDetails(form),
      };
      added = body.text;
      return failureOf(await post(`${entry()}/terms`, body, { quiet: true }));
    },
    onDone: () => finish(t("glossary:done.added", { text: added }), () => concept().terms.findLast(({ text }) => text === added)),
  });
}
let added = "";

export function openEditForm(term: PageTerm, card: HTMLElement): void {
  let base = term.revision;
  const own = term.attestations.map(({ source }) => source);
  const grounds =
    term.status === "approved"
      ? [
          element("p", { class: "hint" }, t("glossary:form.text-change")),
          reasonField(),
          citationField({ sources: concept().sources, own, value: own[0] === undefined ? "" : valueFor(own[0]) }),
        ]
      : [reasonField("")];
  openForm({
    title: t("glossary:form.edit-title"),
    name: `edit-${term.id}`,
    card,
    action: t("glossary:form.save"),
    fields: [
      textField({
        name: "text",
        label: t("glossary:field.text"),
        value: term.text,
        lines: 2,
        lang: langOf(term.language),
        required: true,
      }),
      usageField(term.usage ?? ""),
      textField({ name: "note", label: t("glossary:field.note"), value: term.note, lines: 2 }),
      detailFields(term),
      ...grounds,
    ],
    send: (form) => {
      const body = {
        text: valueOf(form, "text"),
        reason: valueOf(form, "reason"),
        citation: readCitation(form),
        ...readDetails(form),
      };
      return sendBased(form, {
        language: langOf(term.language),
        send: (revision) => put(termAddress(term), { ...body, baseRevision: revision ?? base }, { quiet: true }),
        onBase: (revision) => {
          base = revision;
        },
      });
    },
    onDone: () => finish(t("glossary:done.edited", { text: term.text }), () => term),
  });
}

/** House and not-seen stand for themselves in the list of citations; all else is a source. */
function valueFor(source: string): string {
  return source === "house" || source === "proposed" ? source : `source:${source}`;
}

type Based = {
  readonly language: string;
  readonly send: (revision: number | undefined) => Promise<Answer<unknown>>;
  /** The form goes on from this revision. */
  readonly onBase: (revision: number) => void;
};

/** Sends; when somebody saved in between, shows all texts and does what the person decides. */
export async function sendBased(form: HTMLFormElement, { language, send, onBase }: Based): Promise<Failure | undefined> {
  let answer = await send(undefined);
  for (;;) {
    if (answer.ok) return undefined;
    const stale = staleDetails(answer);
    if (!stale) return answer;
    const resolution = await askWhichStands(stale, language);
    if (resolution === "mine") {
      answer = await send(stale.theirs.revision);
      continue;
    }
    if (resolution === "theirs") {
      closeForm();
      await refreshPage();
      return undefined;
    }
    onBase(stale.theirs.revision);
    const theirs = element("blockquote", { class: "quote", lang: language }, stale.theirs.text ?? "");
    const notice = element("div", {}, t("glossary:form.saved-together"), theirs);
    form.querySelector(".card-body")?.prepend(element("div", { class: "notice is-warn" }, icon("s-warn"), notice));
    form.querySelector<HTMLElement>(".field")?.focus();
    return { ...answer, message: t("glossary:form.saved-together") };
  }
}

export function openDecideForm(term: PageTerm, card: HTMLElement): void {
  let base = term.revision;
  const { choices, sources } = concept();
  const own = term.attestations.map(({ source }) => source).filter((source) => source !== "proposed");
  const status = element("input", { type: "hidden", name: "status", value: "" });
  const hint = element("p", { class: "hint", id: "decide-hint" });
  const chips = element("div", {
    class: "chips",
    role: "group",
    "aria-label": t("glossary:field.status"),
    "aria-describedby": "decide-hint",
  });
  const choose = (value: string) => {
    status.value = value;
    for (const chip of all("[data-choice]", chips)) chip.setAttribute("aria-pressed", String(chip.dataset["choice"] === value));
    const needs =
      value === "approved" ? t("glossary:form.needs-grounds") : value === "rejected" ? t("glossary:form.needs-reason") : "";
    hint.textContent = value === "" ? "" : `${t(`glossary:status-hint.${value}`)} ${needs}`.trim();
    const action = status.form?.querySelector("[data-action]");
    if (action) action.textContent = actionFor(value);
  };
  const actionFor = (value: string) =>
    value === "" ? t("glossary:form.save") : t("glossary:form.save-status", { status: t(`glossary:status.${value}`) });
  for (const value of choices.statuses.filter((one) => one !== term.status)) {
    const chip = element("button", { class: "chip", type: "button", "data-choice": value }, standing(value));
    chip.addEventListener("click", () => {
      choose(value);
      status.dispatchEvent(new Event("input", { bubbles: true }));
    });
    chips.append(chip);
  }
  status.addEventListener("change", () => choose(status.value));
  const first = term.status === "proposed" || term.status === "candidate" ? "approved" : "";
  const form = openForm({
    title: t("glossary:form.decide-title"),
    about: { text: term.text, lang: langOf(term.language) },
    name: `decide-${term.id}`,
    card,
    action: actionFor(first),
    fields: [
      element("div", { class: "form-item" }, chips, hint, status),
      citationField({ sources, own, value: own[0] === undefined ? "" : valueFor(own[0]) }),
      reasonField(),
    ],
    send: (sent) => {
      if (status.value === "") {
        chips.querySelector("button")?.focus();
        return Promise.resolve({ ...HELD, message: t("glossary:form.required"), details: {} });
      }
      const body = { status: status.value, reason: valueOf(sent, "reason"), citation: readCitation(sent) };
      return sendBased(sent, {
        language: document.documentElement.lang,
        send: (revision) => post(`${termAddress(term)}/status`, { ...body, baseRevision: revision ?? base }, { quiet: true }),
        onBase: (revision) => {
          base = revision;
        },
      });
    },
    onDone: () =>
      finish(t("glossary:done.decided", { text: term.text, status: t(`glossary:status.${status.value}`) }), () => term),
  });
  choose(status.value === "" ? first : status.value);
  form.querySelector<HTMLElement>(`[data-choice="${status.value}"]`)?.focus({ preventScroll: true });
}

export function openCiteForm(term: PageTerm, card: HTMLElement): void {
  openForm({
    title: t("glossary:form.cite-title"),
    about: { text: term.text, lang: langOf(term.language) },
    name: `cite-${term.id}`,
    card,
    action: t("glossary:form.cite"),
    fields: [citationField({ sources: concept().sources }), attestationFields({ open: true })],
    send: async (form) => {
      const attestation = readAttestation(form);
      if (!attestation) return askForSource(form);
      return failureOf(await post(`${termAddress(term)}/attestations`, attestation, { quiet: true }));
    },
    onDone: () => finish(t("glossary:done.cited", { text: term.text }), () => term),
  });
}
