/** Lines of the evidence board and the pairs of texts below them. */
import { element, icon, project } from "../shell/dom.ts";
import { formatNumber, t } from "../shell/strings.ts";
import { standing } from "../glossary/standing.ts";
import type { EvidenceLine, Sighting } from "./evidence-model.ts";

/** From here on a rendering is shown as sure, or at least as likely; below, the reader is asked. */
const SURE = 0.9;
const LIKELY = 0.6;

const SVG = "http://www.w3.org/2000/svg";
const SPARK = { width: 150, height: 18, bar: 4 };

export type LineGroup = { readonly line: EvidenceLine; readonly under: readonly EvidenceLine[] };

/** Each line with those that lie inside it or contain it. */
export function groupLines(lines: readonly EvidenceLine[]): readonly LineGroup[] {
  const heads = lines.filter(({ term, under }) => !lines.some((other) => other.term === term && other.text === under));
  return heads.map((line) => ({
    line,
    under: lines.filter((other) => other !== line && other.term === line.term && other.under === line.text),
  }));
}

export type Languages = { readonly source: string; readonly target: string };

export function createLine(
  line: EvidenceLine,
  options: { readonly languages: Languages; readonly isUnder: boolean; readonly span: DayRange },
): HTMLTableRowElement {
  const text = element("span", { lang: options.languages.target, class: options.isUnder ? "" : "strong" }, line.text);
  const open = element(
    "button",
    { class: "sort", type: "button", "aria-expanded": "false", "data-open": true },
    icon("right"),
    text,
  );
  const bodies = [
    ...new Set(
      line.sightings.flatMap(({ unit }) => unit.targetBody ?? unit.body ?? unit.targetDocument ?? unit.document ?? unit.memory),
    ),
  ];
  return element(
    "tr",
    { class: options.isUnder ? "evidence-under" : "evidence-line" },
    element("td", {}, open),
    element("td", { class: "num" }, formatNumber(line.count)),
    element("td", {}, describeConfidence(line.confidence)),
    element("td", {}, bodies.slice(0, 3).join(" · "), bodies.length > 3 ? " …" : ""),
    element("td", {}, createSpark(line, options.span)),
    createStanding(line),
  );
}

/** The cell that says how the line stands in the entry, or lets one propose it. */
export function createStanding(line: EvidenceLine): HTMLTableCellElement {
  return element("td", {}, line.standing ? standing(line.standing.status) : createTake(line));
}

/** Takes the line with its best pair: one that a person has confirmed, if there is one. */
function createTake({ sightings, text }: EvidenceLine): Node {
  const best = sightings.find(({ unit }) => unit.confirmed) ?? sightings[0];
  if (!best) return element("span", { class: "quiet" }, t("glossary:evidence.undecided"));
  const label = t("glossary:evidence.propose-label", { text });
  return element(
    "button",
    { class: "btn btn-s", type: "button", "data-take": best.unit.id, "aria-label": label, title: t("glossary:evidence.propose") },
    icon("plus"),
    t("glossary:evidence.propose-short"),
  );
}

function describeConfidence(confidence: number): HTMLElement {
  const [word, look, shape] =
    confidence >= SURE
      ? ([t("glossary:evidence.sure"), "is-good", "s-check"] as const)
      : confidence >= LIKELY
        ? ([t("glossary:evidence.likely"), "", "s-doubt"] as const)
        : ([t("glossary:evidence.ask"), "is-warn", "s-doubt"] as const);
  const percent = t("glossary:evidence.percent", { percent: Math.round(confidence * 100) });
  return element(
    "span",
    { class: `status ${look}`, title: percent },
    icon(shape),
    element("span", {}, word),
    element("span", { class: "quiet tiny" }, ` ${percent}`),
  );
}

/** First and last day of all that is shown: one scale for all lines. */
export type DayRange = { readonly first: number; readonly last: number } | undefined;

export function findRange(lines: readonly EvidenceLine[]): DayRange {
  const days = lines.flatMap(({ sightings }) => sightings.flatMap((sighting) => dayOf(sighting) ?? []));
  return days.length === 0 ? undefined : { first: Math.min(...days), last: Math.max(...days) };
}

function dayOf({ unit }: Sighting): number | undefined {
  const day = unit.targetDate ?? unit.date;
  const time = day === undefined ? Number.NaN : Date.parse(day);
  return Number.isNaN(time) ? undefined : time;
}

function createSpark({ sightings }: EvidenceLine, range: DayRange): Node {
  const days = sightings.flatMap((sighting) => dayOf(sighting) ?? []);
  const written = sightings.flatMap(({ unit }) => unit.targetDate ?? unit.date ?? []).sort();
  const [first, last] = [written[0], written.at(-1)];
  if (!range || first === undefined || last === undefined)
    return element("span", { class: "quiet" }, t("glossary:evidence.undated"));
  const svg = document.createElementNS(SVG, "svg");
  const words = first === last ? first : t("glossary:evidence.dates", { first, last });
  for (const [name, value] of [
    ["class", "evidence-spark"],
    ["viewBox", `0 0 ${SPARK.width} ${SPARK.height}`],
    ["role", "img"],
    ["aria-label", words],
  ] as const) {
    svg.setAttribute(name, value);
  }
  const rule = document.createElementNS(SVG, "path");
  rule.setAttribute("class", "c-rule");
  rule.setAttribute("d", `M0 9.5H${SPARK.width}`);
  const title = document.createElementNS(SVG, "title");
  title.textContent = words;
  svg.append(title, rule);
  const counts = new Map<number, number>();
  const length = Math.max(1, range.last - range.first);
  for (const day of days) {
    const x = Math.round(((day - range.first) / length) * (SPARK.width - SPARK.bar));
    counts.set(x, (counts.get(x) ?? 0) + 1);
  }
  for (const [x, count] of counts) {
    const height = Math.min(SPARK.height, 2 + 2 * count);
    const bar = document.createElementNS(SVG, "rect");
    bar.setAttribute("class", "c-accent");
    for (const [name, value] of Object.entries({ x, y: 9 - height / 2, width: SPARK.bar, height }))
      bar.setAttribute(name, String(value));
    svg.append(bar);
  }
  return svg;
}

/** The two sentences with term and rendering marked, where they stand, and the button that takes them. */
export function createPair(line: EvidenceLine, sighting: Sighting, languages: Languages): HTMLElement {
  const { unit, sourceSpan, targetSpan } = sighting;
  const names = [unit.targetBody ?? unit.body, unit.targetDocument ?? unit.document ?? unit.memory, unit.targetDate ?? unit.date];
  const cite = element(
    "p",
    { class: "pair-cite" },
    element("span", {}, names.filter((name) => name !== undefined && name !== "").join(", ")),
  );
  cite.append(element("span", {}, t(unit.confirmed ? "glossary:evidence.confirmed" : "glossary:evidence.unconfirmed")));
  const address = addressOf(sighting);
  if (address !== undefined) cite.append(element("a", { href: address }, t("glossary:evidence.open-pair")));
  const take = element(
    "button",
    { class: "btn btn-s", type: "button", "data-take": unit.id },
    icon("plus"),
    t(line.standing && line.standing.status !== "rejected" ? "glossary:evidence.cite" : "glossary:evidence.propose"),
  );
  cite.append(take);
  return element(
    "div",
    { class: "pair" },
    markText(unit.source, sourceSpan, languages.source),
    markText(unit.target, targetSpan, languages.target),
    cite,
  );
}

/** A pair that was confirmed since: nobody has looked for its rendering yet. */
export function createFreshPair({ unit, sourceSpan }: Omit<Sighting, "targetSpan">, languages: Languages): HTMLElement {
  const names = [unit.targetBody ?? unit.body, unit.targetDocument ?? unit.document, unit.targetDate ?? unit.date];
  const cite = element("p", { class: "pair-cite" }, element("span", {}, names.filter(Boolean).join(", ")));
  cite.append(element("span", {}, t("glossary:evidence.confirmed")));
  const address = addressOf({ unit });
  if (address !== undefined) cite.append(element("a", { href: address }, t("glossary:evidence.open-pair")));
  const source = markText(unit.source, sourceSpan, languages.source);
  return element("div", { class: "pair" }, source, element("p", { class: "quote", lang: languages.target }, unit.target), cite);
}

function addressOf({ unit }: Pick<Sighting, "unit">): string | undefined {
  if (unit.alignmentId !== undefined) {
    const group = unit.groupId === undefined ? "" : `?group=${encodeURIComponent(unit.groupId)}`;
    return `/p/${project()}/align/${encodeURIComponent(unit.alignmentId)}${group}`;
  }
  if (unit.documentId === undefined || unit.segmentId === undefined) return undefined;
  return `/p/${project()}/translate?document=${encodeURIComponent(unit.documentId)}&row=${encodeURIComponent(unit.segmentId)}`;
}

function markText(text: string, span: { readonly start: number; readonly end: number }, lang: string): HTMLElement {
  return element(
    "p",
    { class: "quote", lang },
    text.slice(0, span.start),
    element("mark", {}, text.slice(span.start, span.end)),
    text.slice(span.end),
  );
}
