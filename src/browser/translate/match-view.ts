/** One match of the memory as an element: percentage and its reasons, difference, origin, and the keys that insert it. */
import type { TranslationState } from "../../model/translation-unit.ts";
import { element, icon } from "../shell/dom.ts";
import { formatNumber, t } from "../shell/strings.ts";
import { markHan } from "./row-view.ts";
import type { RowLanguages } from "./row-view.ts";

type Span = { readonly start: number; readonly end: number };
export type TextPiece = { readonly kind: "equal" | "removed" | "added"; readonly text: string };

export type MatchView = {
  readonly kind: "icm" | "exact" | "fuzzy";
  readonly score: number;
  readonly similarity: number;
  readonly inWords?: true;
  readonly penalties: readonly {
    readonly code: string;
    readonly points: number;
    readonly values?: Readonly<Record<string, string | number>>;
  }[];
  readonly caution?: true;
  readonly changes: readonly TextPiece[];
  readonly target: string;
  readonly adapted?: readonly Span[];
  readonly doubts?: readonly { readonly reason: string; readonly query?: string; readonly unit?: string }[];
  readonly original?: string;
  readonly memory: string;
  readonly ownMemory: boolean;
  readonly document?: string;
  readonly address?: string;
  readonly author?: string;
  readonly changedAt?: string;
  readonly state: TranslationState;
};

const day = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium" });

export function renderMatch(match: MatchView, number: number, languages: RowLanguages): HTMLElement {
  const { score, caution, original, doubts } = match;
  const target = element("p", { class: "match-text", lang: languages.target }, ...markSpans(match.target, match.adapted ?? []));
  const name = `${t("translate:help.insert-match", { number })} (Ctrl+${number}, Ctrl+Alt+${number})`;
  return element(
    "article",
    { class: `match${number === 1 ? " is-best" : ""}${caution ? " is-caution" : ""}`, "data-match-card": number - 1 },
    element(
      "div",
      { class: "match-head" },
      element(
        "button",
        { class: "match-key", type: "button", "data-match": number - 1, title: name },
        element("kbd", {}, `Ctrl ${number}`),
        element("span", { class: "visually-hidden" }, ` ${t("translate:help.insert-match", { number })}`),
      ),
      element("span", { class: "score" }, `${formatNumber(score)} %`),
      element("span", { class: "badge" }, t(`matches:kind.${match.kind}`)),
      element(
        "button",
        { class: "match-copy", type: "button", "data-copy-match": number - 1, title: t("translate:help.copy-match", { number }) },
        icon("copy"),
        element("span", { class: "visually-hidden" }, t("translate:help.copy-match", { number })),
      ),
    ),
    element("p", { class: "match-why" }, ...markHan(explain(match), languages.source)),
    caution
      ? element(
          "p",
          { class: "status is-warn", "data-caution": true, role: "status" },
          icon("s-warn"),
          element("span", {}, t("matches:caution")),
        )
      : undefined,
    element("p", { class: "match-text", lang: languages.source }, ...renderChanges(match.changes)),
    target,
    original === undefined
      ? undefined
      : element("p", { class: "match-why" }, `${t("matches:adapted")}. `, t("translate:help.original", { text: original })),
    doubts === undefined ? undefined : renderDoubts(doubts, languages),
    renderOrigin(match, languages),
  );
}

/** Where it is from: the document leads to the row or alignment; then memory, person, day. */
function renderOrigin(match: MatchView, languages: RowLanguages): HTMLElement {
  const { memory, ownMemory, document: from, address, author, changedAt, state } = match;
  const name = ownMemory ? t(`common:memory.${memory}`) : memory;
  const rest = [
    from === undefined && address !== undefined ? undefined : name,
    author,
    changedAt === undefined ? undefined : day.format(new Date(changedAt)),
    state === "initial" ? t("translate:help.unconfirmed") : undefined,
  ].filter((part) => part !== undefined);
  const title = from ?? name;
  const place =
    address !== undefined
      ? element("a", { href: address, ...(from === undefined ? {} : { lang: languages.source }) }, title)
      : from === undefined
        ? undefined
        : element("span", { lang: languages.source }, from);
  return element("p", { class: "match-why match-origin" }, place, place && rest.length > 0 ? " · " : undefined, rest.join(" · "));
}

function renderDoubts(doubts: NonNullable<MatchView["doubts"]>, languages: RowLanguages): HTMLElement {
  const lines = doubts.map(({ reason, query = "", unit = "" }) => t(`matches:doubts.${reason}`, { query, unit }));
  return element(
    "p",
    { class: "match-why match-doubts" },
    icon("s-warn"),
    element("span", {}, ...markHan(`${t("matches:doubts.title")} ${lines.join("; ")}`, languages.source)),
  );
}

/** Why it has this percentage, in one sentence. */
function explain(match: MatchView): string {
  const parts = match.penalties.map(({ code, points, values }) => {
    const taken = points > 0 ? ` (${t("matches:explanation.points", { points })})` : "";
    const isOneSided = code === "numbers" && (values?.["query"] === undefined || values["unit"] === undefined);
    const words = isOneSided
      ? t("matches:penalty.numbers-extra", { query: "", unit: "", ...values })
      : t(`matches:penalty.${code}`, values);
    return words + taken;
  });
  const kind = match.kind === "fuzzy" && match.inWords ? "fuzzy-words" : match.kind;
  const opening = t(`matches:explanation.${kind}`, { similarity: match.similarity });
  if (match.kind === "fuzzy" && parts.length === 0) parts.push(t("matches:explanation.none"));
  if (parts.length === 0) return opening;
  const reasons = parts.join(t("matches:explanation.and"));
  // The other openings are sentences of their own.
  return `${opening} ${match.kind === "fuzzy" ? reasons : reasons.charAt(0).toLocaleUpperCase() + reasons.slice(1)}`;
}

export function renderChanges(pieces: readonly TextPiece[]): (Node | string)[] {
  return pieces.map(({ kind, text }) =>
    kind === "equal" ? text : element(kind === "removed" ? "del" : "ins", { class: "diff" }, text),
  );
}

function markSpans(text: string, spans: readonly Span[]): (Node | string)[] {
  const nodes: (Node | string)[] = [];
  let at = 0;
  for (const { start, end } of spans) {
    nodes.push(text.slice(at, start), element("span", { class: "adapted", title: t("matches:adapted") }, text.slice(start, end)));
    at = end;
  }
  return [...nodes, text.slice(at)];
}
