/** A group and a finding as elements. All text goes in as text, with the language of its run. */
import type { Span } from "../../model/span.ts";
import type { Severity } from "../../model/finding.ts";
import { element, icon, setAttributes } from "../shell/dom.ts";
import { formatInstant, formatNumber, t } from "../shell/strings.ts";
import { standingOf } from "./model.ts";
import type { Checks, Group, ShownFinding, Standing } from "./model.ts";

export type Languages = { readonly sourceLanguage: string; readonly targetLanguage: string };

const LOOK = {
  error: { icon: "s-error", className: "status is-bad" },
  warning: { icon: "s-warn", className: "status is-warn" },
  information: { icon: "s-info", className: "status" },
} as const;
const NAMED_PLACES = 3;
const NAMED_READINGS = 4;
const BAR = { width: 100, height: 6 };
const SVG = "http://www.w3.org/2000/svg";

export function severityStatus(severity: Severity, words: string): HTMLElement {
  return element("span", { class: LOOK[severity].className }, icon(LOOK[severity].icon), words);
}

/** The value of `lang`: fonts for Han are chosen by the script. */
export function langOf(tag: string): string {
  return tag === "zh" || tag === "zh-CN" ? "zh-Hans" : tag;
}

/** Most subjects are source texts; a number that was added is the target's. */
function subjectLanguage(subject: string, { sourceLanguage, targetLanguage }: Languages): string {
  const han = /\p{Script=Han}/u.test(subject);
  return langOf(han === /^zh|^ja/.test(sourceLanguage) ? sourceLanguage : targetLanguage);
}

export function messageOf({ rule, message, values }: ShownFinding): string {
  return t(`checks:${rule}.${message}`, values).trim();
}

export function showGroup(given: {
  readonly checks: Checks;
  readonly group: Group;
  readonly isOpen: boolean;
  readonly languages: Languages;
}): HTMLElement {
  const { checks, group, isOpen, languages } = given;
  const standing = standingOf(checks, group);
  const rendering = standing ? group.findings.find(({ expected }) => expected.length > 0)?.expected[0] : undefined;
  return element(
    "button",
    { class: "finding-group", type: "button", "data-group": group.subject, "aria-expanded": String(isOpen) },
    icon("right"),
    element(
      "span",
      { class: "group-title" },
      element("strong", { lang: subjectLanguage(group.subject, languages) }, group.subject),
      rendering === undefined
        ? undefined
        : element("em", { class: "rendering muted", lang: langOf(languages.targetLanguage) }, rendering),
    ),
    element("span", { class: "stack-cell" }, standing ? bar(standing) : undefined),
    severityStatus(group.severity, t(`checks-page:severity.${group.severity}`)),
    element("span", { class: "group-say" }, ...(standing ? sayStanding(standing, group, languages) : sayFirst(group, languages))),
  );
}

/** "11 as approved, precise policies 2, 1 missing (¶ 14)". */
function sayStanding(standing: Standing, group: Group, languages: Languages): (Node | string)[] {
  const parts: (Node | string)[][] = [[t("checks-page:group.as-approved", { count: standing.approved })]];
  for (const { text, count } of standing.actual.slice(0, NAMED_READINGS)) {
    const [before = "", after = ""] = t("checks-page:group.of", { text: "\u0001", count }).split("\u0001");
    parts.push([before, element("em", { class: "rendering", lang: langOf(languages.targetLanguage) }, text), after]);
  }
  const rest = standing.actual.slice(NAMED_READINGS).reduce((sum, { count }) => sum + count, 0);
  if (rest > 0) parts.push([t("checks-page:group.more", { count: rest })]);
  const lost = [
    { key: "checks-page:group.missing", ...standing.missing },
    { key: "checks-page:group.fewer", ...standing.fewer },
  ];
  for (const { key, count, paragraphs } of lost) if (count > 0) parts.push([t(key, { count, places: sayPlaces(paragraphs) })]);
  const others = group.findings.filter(({ rule }) => rule !== "rendering-missing" && rule !== "rendering-forbidden").length;
  if (others > 0) parts.push([t("checks-page:group.others", { count: others })]);
  const comma = document.documentElement.lang.startsWith("zh") ? "，" : ", ";
  return parts.flatMap((part, at) => (at === 0 ? part : [comma, ...part]));
}

function sayPlaces(paragraphs: readonly number[]): string {
  const named = paragraphs.slice(0, NAMED_PLACES).map((paragraph) => t("checks-page:group.place", { paragraph }));
  const more = paragraphs.length - named.length;
  const zh = document.documentElement.lang.startsWith("zh");
  return [...named, ...(more > 0 ? [t("checks-page:group.more", { count: more })] : [])].join(zh ? "、" : ", ");
}

function sayFirst({ findings }: Group, languages: Languages): (Node | string)[] {
  const [first] = findings;
  if (!first) return [];
  const more = findings.length - 1;
  const message = inLanguages(messageOf(first), languages);
  return more > 0 ? [...message, " ", t("checks-page:group.others", { count: more })] : message;
}

const HAN_RUN = /[\p{Script=Han}][\p{Script=Han}\p{N}，、；：。“”《》（）·—]*/gu;
const LATIN_RUN = /[\p{Script=Latin}][\p{Script=Latin}\p{N} ,;:'’.()-]*/gu;

/** A sentence in the language of the interface that quotes the other one: the quoted runs say what they are. */
function inLanguages(text: string, { sourceLanguage, targetLanguage }: Languages): (Node | string)[] {
  const isChinese = document.documentElement.lang.startsWith("zh");
  const sides = [sourceLanguage, targetLanguage];
  const other = sides.find((tag) => tag.startsWith("zh") !== isChinese);
  if (other === undefined) return [text];
  const parts: (Node | string)[] = [];
  let end = 0;
  for (const run of text.matchAll(isChinese ? LATIN_RUN : HAN_RUN)) {
    parts.push(text.slice(end, run.index), element("span", { lang: langOf(other) }, run[0]));
    end = run.index + run[0].length;
  }
  return [...parts, text.slice(end)];
}

function bar({ approved, actual, missing, fewer }: Standing): SVGSVGElement {
  const different = actual.reduce((sum, { count }) => sum + count, 0);
  const lost = missing.count + fewer.count;
  const total = Math.max(1, approved + different + lost);
  const svg = document.createElementNS(SVG, "svg");
  const label = t("checks-page:group.bar", { approved, different, missing: lost });
  const box = `0 0 ${BAR.width} ${BAR.height}`;
  setAttributes(svg, { class: "stack", viewBox: box, preserveAspectRatio: "none", role: "img", "aria-label": label });
  let x = 0;
  for (const [className, count] of [["c-soft", approved] as const, ["c-warn", different] as const, ["c-bad", lost] as const]) {
    const width = (BAR.width * count) / total;
    const part = document.createElementNS(SVG, "rect");
    setAttributes(part, { class: className, x: x.toFixed(2), width: width.toFixed(2), height: BAR.height });
    svg.append(part);
    x += width;
  }
  return svg;
}

export function showFinding(given: {
  readonly checks: Checks;
  readonly finding: ShownFinding;
  readonly key: string;
  readonly isActive: boolean;
  readonly languages: Languages;
}): HTMLElement {
  const { checks, finding, languages } = given;
  const pair = checks.texts[finding.pair];
  if (!pair) return element("div");
  const title = checks.documents.find(({ id }) => id === pair.document)?.title ?? "";
  const { ignored } = finding;
  const decide = element(
    "button",
    { class: "btn btn-s", type: "button", "data-decide": true },
    t(ignored ? "checks-page:show-again" : "checks-page:ignore"),
    " ",
    element("kbd", {}, "i"),
  );
  return element(
    "div",
    {
      class: given.isActive ? "finding is-active" : "finding",
      "data-finding": given.key,
      "aria-current": given.isActive ? "true" : undefined,
    },
    element(
      "span",
      { class: "finding-place" },
      element("a", { href: pair.address }, t("checks-page:place", { title, paragraph: pair.paragraph })),
      pair.aligned ? element("span", { class: "badge badge-line" }, t("checks-page:aligned-row")) : undefined,
    ),
    element("p", { class: "work", lang: langOf(languages.sourceLanguage) }, ...marked(pair.source, finding.sourceSpan, "found")),
    element(
      "p",
      { class: "work", lang: langOf(languages.targetLanguage) },
      ...marked(pair.target, finding.targetSpan, finding.severity === "error" ? "flag is-bad" : "flag"),
    ),
    element(
      "span",
      { class: "btn-row" },
      element("a", { class: "btn btn-s", href: pair.address, tabindex: -1, "aria-hidden": "true" }, t("checks-page:go")),
      decide,
    ),
    element(
      "p",
      { class: "finding-say" },
      severityStatus(finding.severity, t(`checks:${finding.rule}.name`)),
      " ",
      ...inLanguages(messageOf(finding), languages),
    ),
    ignored
      ? element(
          "p",
          { class: "finding-say quiet" },
          t("checks-page:ignored-by", {
            author: ignored.author,
            at: formatInstant(new Date(ignored.at)),
            reason: ignored.reason,
          }),
        )
      : undefined,
  );
}

function marked(text: string, span: Span | undefined, className: string): (Node | string)[] {
  if (!span || span.end <= span.start) return [text];
  return [
    text.slice(0, span.start),
    element("span", { class: className }, text.slice(span.start, span.end)),
    text.slice(span.end),
  ];
}

export function seconds(milliseconds: number): string {
  return formatNumber(Math.max(0.1, Math.round(milliseconds / 100) / 10));
}
