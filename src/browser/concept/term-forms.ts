/** The forms about one wording: adding, editing, deciding, citing. */
import { all, element, project } from "../shell/dom.ts";
import { post, put } from "../shell/request.ts";
import type { Failure } from "../shell/request.ts";
import { formatInstant, t } from "../shell/strings.ts";
import { attestationFields, citationField, lacksSource, readAttestation, readCitation } from "../glossary/citation.ts";
import { dayField, moreFields, selectField, showFieldError, textField, valueOf } from "../glossary/fields.ts";
import { langOf } from "../glossary/standing.ts";
import { openForm } from "./form.ts";
import { openDecideForm } from "./decide-form.ts";
import { concept, findTerm } from "./state.ts";
import type { PageTerm } from "./state.ts";
import { HELD, failureOf, finish, reasonField, sendBased, termAddress, valueFor } from "./term-step.ts";

const entry = () => `/api/p/${project()}/glossary/${encodeURIComponent(concept().concept.id)}`;

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
    explain: explainRejected,
    onDone: () => finish(t("glossary:done.added", { text: added }), () => concept().terms.findLast(({ text }) => text === added)),
  });
}
let added = "";

type RejectedBefore = {
  readonly code?: string;
  readonly term?: { readonly id: string };
  readonly decision?: { readonly reason?: string; readonly author: string; readonly at: string };
};

/** A wording that was turned down before: the reason of then, and the way to take it up again. */
function explainRejected({ message, details }: Failure): Node | undefined {
  const { code, term, decision } = (details ?? {}) as RejectedBefore;
  const known = findTerm(term?.id ?? "");
  const card = all(".term-card").find((one) => one.dataset["term"] === term?.id);
  if (code !== "rejected-before" || !known || !card) return undefined;
  const reopen = element("button", { class: "btn btn-s", type: "button", "data-reopen": true }, t("glossary:form.reopen"));
  reopen.addEventListener("click", () => openDecideForm(known, card, "proposed"));
  const parts: Node[] = [element("p", {}, message)];
  if (decision) {
    const { author, at, reason } = decision;
    parts.push(element("blockquote", { class: "quote" }, reason ?? t("glossary:form.no-reason")));
    parts.push(element("p", { class: "quiet tiny" }, t("glossary:trail.by", { author, at: formatInstant(new Date(at)) })));
  }
  return element("div", { class: "stack-s" }, ...parts, reopen);
}

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
