/**
 * The sheet "why this rendering" as an outline in words: facts, citations, renderings, decisions. The page, the HTML file
 * and the terminal all show this outline, so that they say the same.
 */
import type { Span } from "../model/span.ts";
import type { ShownSource } from "./cited-source.ts";
import type { WhyConflict } from "./why-conflicts.ts";
import type { WhyCitation, WhySheet, WhyStep, WhyTerm } from "./why.ts";

/** The words of the sheet, from the catalogues. */
export type WhyWords = { readonly t: (key: string, values?: Readonly<Record<string, unknown>>) => string };

/** A piece of text; `lang` where it is not in the language of the sheet. `mark`: the wording in question. */
export type Run = { readonly text: string; readonly lang?: string; readonly mark?: "wording" | "quiet"; readonly href?: string };
export type Line = readonly Run[];
export type Block =
  | { readonly kind: "facts"; readonly facts: readonly { readonly label: string; readonly lines: readonly Line[] }[] }
  | { readonly kind: "table"; readonly head: readonly string[]; readonly rows: readonly (readonly Line[])[] }
  /** A citation: quotations, then where they stand. */
  | { readonly kind: "citation"; readonly quotations: readonly Line[]; readonly place: Line }
  | { readonly kind: "text"; readonly line: Line };
export type Section = { readonly id: string; readonly title: string; readonly blocks: readonly Block[] };

export type Outline = {
  readonly title: string;
  readonly about: string;
  readonly headword: Run;
  readonly rendering: Run | undefined;
  readonly facts: Block & { readonly kind: "facts" };
  readonly sections: readonly Section[];
  readonly foot: string;
};

type Sheet = { readonly sheet: WhySheet; readonly words: WhyWords };
const plain = (text: string): Run => ({ text });
/** The day of an instant, as the record has it. */
const dayOf = (at: string): string => at.slice(0, 10);

export function outlineWhy(sheet: WhySheet, { words, at }: { readonly words: WhyWords; readonly at: string }): Outline {
  const context = { sheet, words };
  const { t } = words;
  const sections: readonly Section[] = [
    { id: "citations", title: t("why:section.citations"), blocks: listCitations(context) },
    { id: "renderings", title: t("why:section.renderings"), blocks: listTerms(sheet.renderings, context) },
    { id: "forms", title: t("why:section.forms"), blocks: sheet.forms.length > 1 ? listTerms(sheet.forms, context) : [] },
    { id: "relations", title: t("why:section.relations"), blocks: listRelated(context) },
    { id: "conflicts", title: t("why:section.conflicts"), blocks: sheet.conflicts.map((one) => describeConflict(one, words)) },
    { id: "decisions", title: t("why:section.decisions"), blocks: [tabulateSteps(context)] },
    { id: "discussion", title: t("why:section.discussion"), blocks: listDiscussion(context) },
  ];
  return {
    title: t("why:title"),
    about: [sheet.project.name, sheet.concept.id, dayOf(at)].join(" · "),
    headword: { text: sheet.headword.text, lang: sheet.headword.language },
    rendering: sheet.rendering && { text: sheet.rendering.text, lang: sheet.rendering.language },
    facts: { kind: "facts", facts: listFacts(context) },
    sections: sections.filter(({ blocks }) => blocks.length > 0),
    foot: t("why:foot"),
  };
}

function listFacts({ sheet, words }: Sheet) {
  const { t } = words;
  const { concept, rendering } = sheet;
  const facts: { label: string; lines: readonly Line[] }[] = [];
  const add = (label: string, ...lines: readonly Line[]) => facts.push({ label, lines });
  const kinds = [t(`glossary:kind.${concept.kind}`), concept.class === undefined ? "" : nameClass(concept.class, words)];
  add(t("why:fact.kind"), [plain([...kinds, concept.domain ?? ""].filter((part) => part !== "").join(" · "))]);
  if (rendering) {
    add(t("why:fact.standing"), [plain(describeStanding(rendering, words))]);
    add(t("why:fact.decided"), [plain(describeDecider(rendering, words))]);
    if (rendering.decided?.reason !== undefined) add(t("why:fact.reason"), [plain(rendering.decided.reason)]);
  } else add(t("why:fact.standing"), [plain(concept.paraphrased ? t("why:paraphrased") : t("why:unsettled"))]);
  for (const term of sheet.renderings) {
    const waiting = term.waitingApproval;
    if (waiting) {
      const line = t("why:waiting", { author: waiting.author, day: dayOf(waiting.at) });
      add(t("why:fact.waiting"), [{ text: term.text, lang: term.language }, plain(` ${line}`)]);
    }
  }
  const others = sheet.renderings.filter((term) => term.status === "approved" && term.id !== rendering?.id);
  for (const term of others) {
    const label = term.usage === undefined ? t("why:fact.also") : t(`glossary:usage.${term.usage}`);
    add(label, [{ text: term.text, lang: term.language }]);
  }
  const unwanted = sheet.renderings.filter(({ status }) => ["superseded", "deprecated", "forbidden"].includes(status));
  if (unwanted.length > 0) {
    add(
      t("why:fact.avoid"),
      ...unwanted.map((term): Line => [
        { text: term.text, lang: term.language },
        { text: ` (${describeStanding(term, words)})`, mark: "quiet" },
      ]),
    );
  }
  const contrasts = sheet.relations.filter(({ type }) => type === "contrast");
  if (contrasts.length > 0) {
    add(t("why:fact.confuse"), ...contrasts.map((one): Line => [{ text: one.text, lang: one.language }, ...noteOf(one.note)]));
  }
  if (concept.note !== undefined) add(t("why:fact.note"), [plain(concept.note)]);
  return facts;
}

function nameClass(name: string, { t }: WhyWords): string {
  const words = t(`glossary:class.${name}`);
  // A class that a file brought has no words of ours.
  return words.startsWith("class.") ? name : words;
}

function noteOf(note: string | undefined): Line {
  return note === undefined ? [] : [{ text: ` (${note})`, mark: "quiet" }];
}

function describeStanding(term: WhyTerm, { t }: WhyWords): string {
  return [
    t(`glossary:status.${term.status}`),
    term.usage === undefined ? "" : t(`glossary:usage.${term.usage}`),
    term.validFrom === undefined ? "" : t("why:valid-from", { day: term.validFrom }),
    term.validUntil === undefined ? "" : t("why:valid-until", { day: term.validUntil }),
    term.successor ? t("why:successor", { text: term.successor.text }) : "",
    term.decided ? dayOf(term.decided.at) : "",
  ]
    .filter((part) => part !== "")
    .join(", ");
}

function describeDecider({ decided, proposedBy }: WhyTerm, { t }: WhyWords): string {
  if (!decided) return t("why:not-on-record");
  const by = t("why:by", { author: decided.author, day: dayOf(decided.at) });
  return proposedBy && proposedBy.author !== decided.author
    ? `${by}; ${t("why:on-proposal", { author: proposedBy.author })}`
    : by;
}

/** The citations of what is approved; without anything approved, of whatever has been seen. */
function listCitations({ sheet, words }: Sheet): readonly Block[] {
  const approved = sheet.renderings.filter(({ status }) => status === "approved");
  const shown = approved.length > 0 ? approved : sheet.renderings.filter(({ status }) => status !== "rejected");
  return shown.flatMap((term): readonly Block[] => {
    const name: Run = { text: term.text, lang: term.language, mark: "wording" };
    const head: Block = { kind: "text", line: [name] };
    const headed = shown.length > 1 ? [head] : [];
    if (term.citations.length === 0) {
      const line: Line = [...(shown.length > 1 ? [] : [name, plain(" ")]), plain(words.t("why:uncited"))];
      return [...headed, { kind: "text", line }];
    }
    return [...headed, ...term.citations.map((cited) => describeCitation(cited, term, { sheet, words }))];
  });
}

function describeCitation(cited: WhyCitation, term: WhyTerm, { sheet, words }: Sheet): Block {
  const { t } = words;
  const { sourceQuotation, targetQuotation, place, date, level, link } = cited;
  const quotations = [
    sourceQuotation === undefined ? [] : quote(sourceQuotation, sheet.headword.text, sheet.headword.language),
    targetQuotation === undefined ? [] : quote(targetQuotation, term.text, term.language),
  ].filter((line) => line.length > 0);
  const parts: Run[] = [...nameSource(cited.source, words)];
  if (place !== undefined) parts.push(plain(`, ${place}`));
  if (date !== undefined) parts.push(plain(`; ${t("why:seen", { day: date })}`));
  if (level) parts.push(plain(`; ${t("why:level", { rank: level.rank, name: nameLevel(level, words) })}`));
  if (link !== undefined) parts.push(plain(" "), { text: link, href: link });
  return { kind: "citation", quotations, place: parts };
}

export function nameLevel(level: { readonly id: string; readonly name?: string }, { t }: WhyWords): string {
  return level.name ?? t(`why:authority.${level.id}`);
}

/** The wording in question stands out where the quotation has it. */
function quote(quotation: string, wording: string, lang: string): Line {
  const found = findWording(quotation, wording);
  if (!found) return [{ text: quotation, lang }];
  return [
    { text: quotation.slice(0, found.start), lang },
    { text: quotation.slice(found.start, found.end), lang, mark: "wording" as const },
    { text: quotation.slice(found.end), lang },
  ].filter(({ text }) => text !== "");
}

function findWording(quotation: string, wording: string): Span | undefined {
  const folded = quotation.toLowerCase();
  // Lower case of some letters is longer; then offsets do not fit, and capitals count.
  const start = folded.length === quotation.length ? folded.indexOf(wording.toLowerCase()) : quotation.indexOf(wording);
  return start < 0 || wording === "" ? undefined : { start, end: start + wording.length };
}

function nameSource(source: ShownSource, { t }: WhyWords): Line {
  if (source.kind === "house") return [plain(t("glossary:citation.house-name"))];
  if (source.kind === "proposed") return [plain(t("glossary:citation.proposed-name"))];
  const { body, title, date, locator, link } = source;
  const named: Run[] = [plain([body, title, date].filter((part) => part !== undefined && part !== "").join(", "))];
  if (locator === undefined && source.kind === "source") return [...named, plain(`; ${t("why:no-place")}`)];
  if (locator !== undefined && locator !== body)
    named.push(plain("; "), { text: locator, ...(link === undefined ? {} : { href: link }) });
  return named;
}

function listTerms(terms: readonly WhyTerm[], { words }: Sheet): readonly Block[] {
  if (terms.length === 0) return [];
  const { t } = words;
  const head = [t("why:column.wording"), t("why:column.standing"), t("why:column.cited"), t("why:column.why")];
  const rows = terms.map((term): readonly Line[] => [
    [{ text: term.text, lang: term.language }],
    [plain(describeStanding(term, words))],
    joinLines(
      term.citations.map(({ source, place }) => [
        ...nameSource(source, words),
        ...(place === undefined ? [] : [plain(`, ${place}`)]),
      ]),
      t("why:uncited"),
    ),
    [plain([term.decided?.reason, term.note].filter((part) => part !== undefined).join(" · "))],
  ]);
  return [{ kind: "table", head, rows }];
}

function joinLines(lines: readonly Line[], otherwise: string): Line {
  if (lines.length === 0) return [plain(otherwise)];
  return lines.flatMap((line, at) => (at === 0 ? line : [plain(" / "), ...line]));
}

function listRelated({ sheet, words: { t } }: Sheet): readonly Block[] {
  if (sheet.relations.length === 0) return [];
  const facts = sheet.relations.map(({ type, side, text, language, note }) => ({
    label: type === "contrast" ? t("why:relation.contrast") : t(`why:relation.${type}.${side}`),
    lines: [[{ text, lang: language }, ...noteOf(note)]],
  }));
  return [{ kind: "facts", facts }];
}

function describeConflict(conflict: WhyConflict, { t }: WhyWords): Block {
  const usage = "usage" in conflict && conflict.usage !== undefined ? t(`glossary:usage.${conflict.usage}`) : t("why:any-use");
  const wordings = conflict.terms.flatMap(({ text, language, rank }, at): Line => [
    ...(at === 0 ? [] : [plain("; ")]),
    { text, lang: language },
    ...(rank === undefined ? [] : [{ text: ` (${t("why:rank", { rank })})`, mark: "quiet" as const }]),
  ]);
  const others = conflict.kind === "shared-rendering" ? conflict.others.map(({ text }) => text).join("、") : "";
  const intro = t(`why:conflict.${conflict.kind}`, { usage, others });
  return { kind: "text", line: [plain(`${intro} `), ...wordings] };
}

function tabulateSteps({ sheet, words }: Sheet): Block {
  const { t } = words;
  if (sheet.decisions.length === 0) return { kind: "text", line: [plain(t("why:no-decisions"))] };
  const head = [t("why:column.number"), t("why:column.when"), t("why:column.who"), t("why:column.what"), t("why:column.why")];
  const rows = sheet.decisions.map((step, at): readonly Line[] => [
    [plain(String(at + 1))],
    [plain(dayOf(step.at))],
    [plain(step.author)],
    describeStep(step, words),
    [
      plain(step.reason ?? ""),
      ...(step.citation
        ? [plain(step.reason === undefined ? "" : " "), { text: "[" }, ...nameSource(step.citation, words), plain("]")]
        : []),
    ].filter(({ text }) => text !== ""),
  ]);
  return { kind: "table", head, rows };
}

function describeStep(step: WhyStep, { t }: WhyWords): Line {
  const what =
    step.undoneStep === undefined ? t(`glossary:trail.${step.what}`) : t("why:undone", { number: step.undoneStep + 1 });
  const runs: Run[] = [plain(what)];
  if (step.text !== undefined)
    runs.push(plain(" "), { text: step.text, ...(step.language === undefined ? {} : { lang: step.language }) });
  if (step.otherText !== undefined) runs.push(plain(" "), { text: step.otherText });
  if (step.before !== undefined && step.after !== undefined) {
    runs.push({ text: ` (${t(`glossary:status.${step.before}`)} → ${t(`glossary:status.${step.after}`)})`, mark: "quiet" });
  }
  if (step.successorText !== undefined) runs.push(plain(`; ${t("why:successor", { text: step.successorText })}`));
  for (const { name, before, after } of step.fields) {
    const field = t(`glossary:field.${name}`);
    runs.push(plain(`; ${t("why:changed", { field, before: before || t("why:empty"), after: after || t("why:empty") })}`));
  }
  return runs;
}

function listDiscussion({ sheet, words }: Sheet): readonly Block[] {
  return sheet.openThreads.flatMap(({ opening, answers }) =>
    [opening, ...answers]
      .filter(({ text }) => text !== "")
      .map((comment): Block => ({
        kind: "text",
        line: [
          { text: `${words.t("why:by", { author: comment.author, day: dayOf(comment.at) })}: `, mark: "quiet" },
          plain(comment.text),
        ],
      })),
  );
}
