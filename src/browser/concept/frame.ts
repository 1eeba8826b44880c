/** Trying a frame on a text: what stands in its slots, and what its renderings make of it. */
import { element, project, required } from "../shell/dom.ts";
import { get } from "../shell/request.ts";
import { t } from "../shell/strings.ts";
import { langOf } from "../glossary/standing.ts";
import { concept, findTerm } from "./state.ts";

type FilledPiece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "filled"; readonly term: { readonly text: string } }
  | { readonly kind: "open"; readonly slot: string; readonly filler?: string };

type Tried = {
  readonly kind: "filled" | "not-this-frame";
  readonly fillings?: readonly { readonly termId: string; readonly pieces: readonly FilledPiece[] }[];
};

export function startFrame(): void {
  const form = document.querySelector<HTMLFormElement>("[data-frame]");
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    void fill(form);
  });
}

async function fill(form: HTMLFormElement): Promise<void> {
  const place = required("[data-filled]", form);
  const text = required<HTMLInputElement>("input", form).value.trim();
  if (text === "") return place.replaceChildren();
  const id = encodeURIComponent(concept().concept.id);
  const answer = await get<Tried>(`/api/p/${project()}/glossary/${id}/fill?text=${encodeURIComponent(text)}`, { quiet: true });
  const say = (words: string) => place.replaceChildren(element("p", { class: "quiet" }, words));
  if (!answer.ok) return say(answer.message);
  const { kind, fillings = [] } = answer.value;
  if (kind === "not-this-frame") return say(t("glossary:frame.not-this"));
  if (fillings.length === 0) return say(t("glossary:frame.no-template"));
  const lines = fillings.map(({ termId, pieces }) =>
    element("p", { class: "frame-example", lang: langOf(findTerm(termId)?.language ?? "en") }, ...pieces.map(showPiece)),
  );
  const isOpen = fillings.some(({ pieces }) => pieces.some((piece) => piece.kind === "open"));
  place.replaceChildren(...lines, ...(isOpen ? [element("p", { class: "hint" }, t("glossary:frame.open"))] : []));
}

function showPiece(piece: FilledPiece): Node | string {
  if (piece.kind === "text") return piece.text;
  if (piece.kind === "filled") return element("span", { class: "slot-filled" }, piece.term.text);
  return element("span", { class: "slot", lang: "zh-Hans" }, piece.filler ?? piece.slot);
}
