/** One row of the editor: number, source, badge, target, state. Only what is near the window is made. */
import { element, icon } from "../shell/dom.ts";
import { t } from "../shell/strings.ts";
import { sentencesOf, stateOf } from "./alignment.ts";
import type { Alignment, SideName } from "./alignment.ts";
import { findEvidence } from "./evidence.ts";
import type { Evidence, Mark } from "./evidence.ts";
import { STATE_LOOK, anchorWords, confidenceWords, ratioOf } from "./words.ts";

export type RowView = {
  readonly alignment: Alignment;
  readonly index: number;
  readonly isActive: boolean;
  readonly side: SideName;
  /** The chosen sentence of each side, from 0; only the active row has one. */
  readonly chosen: Readonly<Partial<Record<SideName, number | undefined>>>;
};

export function langOf(tag: string): string {
  return tag === "zh" || tag === "zh-CN" ? "zh-Hans" : tag;
}

export function evidenceOf(alignment: Alignment, index: number): Evidence {
  return findEvidence({
    source: sentencesOf(alignment, index, "source"),
    target: sentencesOf(alignment, index, "target"),
    sourceLanguage: alignment.source.language,
    targetLanguage: alignment.target.language,
    anchors: alignment.groups[index]?.anchors ?? [],
  });
}

export function renderRow(view: RowView): HTMLElement {
  const { alignment, index, isActive } = view;
  const group = alignment.groups[index];
  if (!group) return element("div", { class: "row" });
  const number = index + 1;
  const state = stateOf(group);
  const evidence = evidenceOf(alignment, index);
  const isDoubtful = state === "doubtful" || state === "alone";
  const row = element("div", {
    class: ["row is-row", isActive ? "is-active" : "", isDoubtful ? "is-doubtful" : ""].filter(Boolean).join(" "),
    id: `row-${number}`,
    "aria-current": isActive ? "true" : undefined,
  });
  const link = element("a", { class: "quiet", href: `#row-${number}`, "aria-label": t("align:row", { row: number }) });
  link.textContent = String(number);
  const bookmark = group.bookmark
    ? element("span", { title: t("align:bookmarked") }, icon("bookmarked"), hiddenWords(t("align:bookmarked")))
    : undefined;
  const isOdd = group.source !== 1 || group.target !== 1;
  const look = STATE_LOOK[state];
  row.append(
    element("div", { class: "row-no" }, link, bookmark),
    renderSide(view, "source", evidence),
    element(
      "div",
      { class: "bead" },
      element("span", { class: isOdd ? "bead-ratio is-odd" : "bead-ratio" }, ratioOf(group)),
      element("span", {}, confidenceWords(group)),
      element("span", {}, anchorWords(group)),
    ),
    renderSide(view, "target", evidence),
    element(
      "div",
      { class: "row-state" },
      element("span", { class: look.className }, icon(look.icon), element("span", {}, t(`align:state.${state}`))),
    ),
  );
  return row;
}

function renderSide(view: RowView, side: SideName, evidence: Evidence): HTMLElement {
  const { alignment, index, isActive } = view;
  const { language } = alignment[side];
  const sentences = sentencesOf(alignment, index, side);
  const isFocus = isActive && view.side === side;
  const place = element("div", {
    class: isFocus ? "row-side work is-focus" : "row-side work",
    lang: langOf(language),
    "data-side": side,
  });
  if (sentences.length === 0) {
    place.append(renderVoid(view, side));
    return place;
  }
  // Between sentences stands what the language puts there, so that a copied row reads as the text did.
  const gap = /^(?:zh|ja)/.test(language) ? "" : " ";
  sentences.forEach((text, at) => {
    if (at > 0 && gap !== "") place.append(gap);
    place.append(renderSentence(view, { side, at, text, marks: evidence[side][at] ?? [], isOnly: sentences.length === 1 }));
  });
  return place;
}

function renderVoid({ alignment, index }: RowView, side: SideName): HTMLElement {
  const group = alignment.groups[index];
  const words = group?.omission ? t(`align:void.${group.omission}`) : t("align:void.empty");
  const language = document.documentElement.lang;
  return element("span", { class: "void", lang: language, "data-void": side }, icon("s-omit"), element("span", {}, words));
}

type Sentence = {
  readonly side: SideName;
  readonly at: number;
  readonly text: string;
  readonly marks: readonly Mark[];
  readonly isOnly: boolean;
};

function renderSentence(view: RowView, { side, at, text, marks, isOnly }: Sentence): HTMLElement {
  const isChosen = view.isActive && view.chosen[side] === at;
  const place = element("span", { class: isChosen ? "sent is-chosen" : "sent", "data-sentence": at });
  if (!isOnly) place.append(renderNumber(view, { side, at, isChosen }));
  let from = 0;
  for (const mark of marks) {
    if (mark.start > from) place.append(text.slice(from, mark.start));
    place.append(renderMark(text.slice(mark.start, mark.end), mark, view.isActive));
    from = mark.end;
  }
  place.append(text.slice(from));
  return place;
}

function renderNumber(
  view: RowView,
  { side, at, isChosen }: { readonly side: SideName; readonly at: number; readonly isChosen: boolean },
): HTMLElement {
  const number = String(at + 1);
  if (!view.isActive) return element("span", { class: "sent-no", "aria-hidden": "true" }, number);
  const label = t(`align:sentence.${side}`, { number: at + 1 });
  return element(
    "button",
    { class: "sent-no", type: "button", "aria-pressed": String(isChosen), "aria-label": label, "data-key": `${side} ${at}` },
    number,
  );
}

function renderMark(text: string, mark: Mark, isActive: boolean): HTMLElement {
  const kind = mark.letter === undefined ? "anchor is-lost" : mark.isNumber ? "anchor is-number" : "anchor";
  const letter = mark.letter === undefined || !isActive ? undefined : String.fromCharCode(97 + mark.letter);
  // The letter is drawn by the style sheet, so that copied text does not have it and no line is broken anew.
  return element("span", { class: kind, "data-letter": letter }, text);
}

function hiddenWords(words: string): HTMLElement {
  return element("span", { class: "visually-hidden" }, words);
}
