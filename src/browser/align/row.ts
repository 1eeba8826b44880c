/** One row of the editor: number, source, badge, target, state. Only what is near the window is made. */
import { element, icon } from "../shell/dom.ts";
import type { RowNote } from "../../model/alignment.ts";
import { formatInstant, t } from "../shell/strings.ts";
import { beginsParagraph, sentencesOf, stateOf } from "./alignment.ts";
import type { Alignment, Sentence, SentenceChange, SideName } from "./alignment.ts";
import { findEvidence } from "./evidence.ts";
import type { Evidence, Mark } from "./evidence.ts";
import { findPlaces, markPlaces } from "./found-words.ts";
import type { Person } from "./live.ts";
import { describePerson, initialsOf } from "./person-words.ts";
import { STATE_LOOK, anchorWords, confidenceWords, ratioOf } from "./words.ts";

export type RowView = {
  readonly alignment: Alignment;
  readonly index: number;
  readonly isActive: boolean;
  readonly side: SideName;
  /** It belongs to the stretch that is marked. */
  readonly isMarked: boolean;
  /** The sentence of a pin that waits for its partner: side and place in this row. */
  readonly pin?: { readonly side: SideName; readonly sentence: number } | undefined;
  /** What was searched for; empty for nothing. */
  readonly words: string;
  /** Somebody else who is at this row. */
  readonly person?: Person | undefined;
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
  const isDoubtful = state === "doubtful" || state === "alone" || state === "moved";
  const row = element("div", {
    class: ["row is-row", isActive ? "is-active" : "", isDoubtful ? "is-doubtful" : "", view.isMarked ? "is-marked" : ""]
      .filter(Boolean)
      .join(" "),
    id: `row-${number}`,
    "aria-current": isActive ? "true" : undefined,
  });
  const link = element("a", { class: "quiet", href: `#row-${number}`, "aria-label": t("align:row", { row: number }) });
  link.textContent = String(number);
  const bookmark = group.bookmark
    ? element("span", { title: t("align:bookmarked") }, icon("bookmarked"), hiddenWords(t("align:bookmarked")))
    : undefined;
  const pinned = group.pinned
    ? element("span", { title: t("align:pinned") }, icon("pin"), hiddenWords(t("align:pinned")))
    : undefined;
  const isOdd = group.source !== 1 || group.target !== 1;
  const look = STATE_LOOK[state];
  row.append(
    element("div", { class: "row-no" }, link, bookmark, pinned),
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
      view.person ? renderPerson(view.person, index) : undefined,
    ),
  );
  if (group.notes) row.append(renderNotes(group.notes));
  return row;
}

function renderPerson(person: Person, index: number): HTMLElement {
  const words = describePerson(person, index);
  return element(
    "span",
    { class: person.isEditing ? "row-person is-writing" : "row-person", title: words },
    element("span", { class: "avatar person", "data-tone": person.tone, "aria-hidden": "true" }, initialsOf(person.name)),
    person.isEditing ? element("span", { class: "quiet" }, t("align:people.writes")) : undefined,
    hiddenWords(words),
  );
}

/** Who wrote it and when, and who edited it last. */
export function describeNote({ author, at, earlier }: RowNote): string {
  const first = earlier?.[0];
  const when = formatInstant(new Date(at));
  return first ? t("align:note-edited", { author: first.author, editor: author, at: when }) : `${author}, ${when}`;
}

function renderNotes(notes: readonly RowNote[]): HTMLElement {
  const lines = notes.map((note) =>
    element(
      "p",
      { class: "row-note", title: note.earlier?.map(({ text, author }) => `${author}: ${text}`).join("\n") },
      icon("comment"),
      element("span", { class: "quiet" }, describeNote(note)),
      element("span", { class: "row-note-text" }, note.text),
    ),
  );
  return element("div", { class: "row-notes" }, ...lines);
}

function renderSide(view: RowView, side: SideName, evidence: Evidence): HTMLElement {
  const { alignment, index, isActive } = view;
  const { language } = alignment[side];
  const sentences = sentencesOf(alignment, index, side);
  const first = alignment.starts[side][index] ?? 0;
  const isFocus = isActive && view.side === side;
  const begins = sentences.length > 0 && beginsParagraph(alignment[side], first);
  const place = element("div", {
    class: ["row-side work", isFocus ? "is-focus" : "", begins ? "begins-paragraph" : ""].filter(Boolean).join(" "),
    lang: langOf(language),
    "data-side": side,
    // Paragraphs are told apart by a band at the edge, dark and light in turn.
    "data-band": sentences[0] ? sentences[0].paragraph % 2 : undefined,
  });
  if (sentences.length === 0) {
    place.append(renderVoid(view, side));
    return place;
  }
  // Between sentences stands what the language puts there, so that a copied row reads as the text did.
  const gap = /^(?:zh|ja)/.test(language) ? "" : " ";
  sentences.forEach((sentence, at) => {
    if (at > 0 && gap !== "") place.append(gap);
    if (at > 0 && beginsParagraph(alignment[side], first + at)) {
      place.append(element("span", { class: "paragraph-sign", title: t("align:new-paragraph") }, "¶"));
    }
    const marks = evidence[side][at] ?? [];
    place.append(renderSentence(view, { side, at, sentence, marks, isOnly: sentences.length === 1 }));
  });
  if (isActive) place.append(renderMoves(side));
  return place;
}

/** The first sentence up, the last one down: for the mouse and the finger, beside the sentences themselves. */
function renderMoves(side: SideName): HTMLElement {
  const button = (name: "move-first-up" | "move-last-down", sign: string) => {
    const words = t(`align:move.${name}.${side}`);
    return element(
      "button",
      { class: "btn btn-icon btn-s btn-quiet", type: "button", "data-move": name, title: words, "aria-label": words },
      icon(sign),
    );
  };
  const language = document.documentElement.lang;
  return element("span", { class: "cell-moves", lang: language }, button("move-first-up", "up"), button("move-last-down", "dn"));
}

function renderVoid({ alignment, index }: RowView, side: SideName): HTMLElement {
  const group = alignment.groups[index];
  const words = group?.omission ? t(`align:void.${group.omission}`) : t("align:void.empty");
  const language = document.documentElement.lang;
  return element("span", { class: "void", lang: language, "data-void": side }, icon("s-omit"), element("span", {}, words));
}

type SentenceView = {
  readonly side: SideName;
  readonly at: number;
  readonly sentence: Sentence;
  readonly marks: readonly Mark[];
  readonly isOnly: boolean;
};

function renderSentence(view: RowView, { side, at, sentence, marks, isOnly }: SentenceView): HTMLElement {
  const { text, change } = sentence;
  const isChosen = view.isActive && view.chosen[side] === at;
  const isPin = view.pin?.side === side && view.pin.sentence === at;
  const names = ["sent", isChosen ? "is-chosen" : "", isPin ? "is-pin" : "", change ? `is-changed is-${change.kind}` : ""];
  const place = element("span", { class: names.filter(Boolean).join(" "), "data-sentence": at });
  if (!isOnly) place.append(renderNumber(view, { side, at, isChosen }));
  const places = findPlaces(text, view.words);
  let from = 0;
  for (const mark of marks) {
    if (mark.start > from) place.append(...markPlaces(text, { start: from, end: mark.start }, places));
    place.append(renderMark(markPlaces(text, mark, places), mark, view.isActive));
    from = mark.end;
  }
  place.append(...markPlaces(text, { start: from, end: text.length }, places));
  if (change) place.append(renderChange(change));
  return place;
}

/** A sign behind the sentence that says what was done to it, and what the document has. */
function renderChange({ kind, original, author, at }: SentenceChange): HTMLElement {
  const values = { author, at: formatInstant(new Date(at)), original };
  const language = document.documentElement.lang;
  const sign = { text: "edit", split: "split", joined: "merge" }[kind];
  return element(
    "span",
    { class: "sent-changed", lang: language, title: t(`align:changed.${kind}`, values) },
    icon(sign),
    hiddenWords(t(`align:changed-short.${kind}`)),
  );
}

function renderNumber(
  view: RowView,
  { side, at, isChosen }: { readonly side: SideName; readonly at: number; readonly isChosen: boolean },
): HTMLElement {
  const number = String(at + 1);
  if (!view.isActive) return element("span", { class: "sent-no", "aria-hidden": "true", draggable: "true" }, number);
  const label = t(`align:sentence.${side}`, { number: at + 1 });
  return element(
    "button",
    {
      class: "sent-no",
      type: "button",
      "aria-pressed": String(isChosen),
      "aria-label": label,
      "data-key": `${side} ${at}`,
      draggable: "true",
    },
    number,
  );
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz";

function renderMark(pieces: readonly (string | HTMLElement)[], mark: Mark, isActive: boolean): HTMLElement {
  const kind = mark.letter === undefined ? "anchor is-lost" : mark.isNumber ? "anchor is-number" : "anchor";
  const letter = !isActive ? undefined : LETTERS[mark.letter ?? -1];
  // The letter is drawn by the style sheet, so that copied text does not have it and no line is broken anew.
  return element("span", { class: kind, "data-letter": letter }, ...pieces);
}

function hiddenWords(words: string): HTMLElement {
  return element("span", { class: "visually-hidden" }, words);
}
