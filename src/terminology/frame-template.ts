/**
 * Frames, 把{X}作为{Y}来抓, and their renderings, `take {X} as {Y}`: comparing their slots, reading what fills the slots of
 * a frame in a text, and filling a rendering with what the glossary has for the fillers.
 *
 * A slot is a name in braces; `{{` and `}}` are braces themselves. A pattern of alternatives, {指出|强调}, is a slot too: it
 * has no name of its own and is called by its alternatives.
 * Policy: nothing is made up. A slot whose filler has no approved rendering is answered as open, with its filler.
 * Cost: linear in the lengths of pattern and text for each place at which the first literal piece stands.
 */
import type { Term } from "../model/concept.ts";
import type { Diagnostic } from "../model/diagnostic.ts";

export type FramePiece = { readonly kind: "text"; readonly text: string } | { readonly kind: "slot"; readonly name: string };

/** The literal pieces and slots of a pattern, in order; a brace that is never closed is text. */
export function parseFrame(pattern: string): readonly FramePiece[] {
  const pieces: FramePiece[] = [];
  let text = "";
  for (let at = 0; at < pattern.length; at++) {
    const unit = pattern.charAt(at);
    if ((unit === "{" || unit === "}") && pattern.charAt(at + 1) === unit) {
      text += unit;
      at++;
      continue;
    }
    const end = unit === "{" ? pattern.indexOf("}", at) : -1;
    const name = end < 0 ? "" : pattern.slice(at + 1, end).trim();
    if (name === "" || name.includes("{")) {
      text += unit;
      continue;
    }
    if (text !== "") pieces.push({ kind: "text", text });
    text = "";
    pieces.push({ kind: "slot", name });
    at = end;
  }
  if (text !== "") pieces.push({ kind: "text", text });
  return pieces;
}

/** Names of slots in the order in which they first stand. */
export function listSlots(pattern: string): readonly string[] {
  return [...new Set(parseFrame(pattern).flatMap((piece) => (piece.kind === "slot" ? [piece.name] : [])))];
}

/** What keeps a template from being a rendering of the pattern: slots that it lacks, slots that the pattern does not have. */
export function compareSlots(pattern: string, template: string): readonly Diagnostic[] {
  const [wanted, given] = [listSlots(pattern), listSlots(template)];
  const report = (code: string) => (slot: string) => ({ code, severity: "error" as const, values: { slot } });
  return [
    ...wanted.filter((slot) => !given.includes(slot)).map(report("template-slot-missing")),
    ...given.filter((slot) => !wanted.includes(slot)).map(report("template-slot-unknown")),
  ];
}

/**
 * What stands in the slots when the text, as a whole, is the frame: {X: 防汛, Y: 头等大事}. The shortest filling that fits,
 * from the left; a slot that occurs twice must be filled with the same. Undefined when the text is not the frame.
 */
export function readFillers(pattern: string, text: string): ReadonlyMap<string, string> | undefined {
  const pieces = parseFrame(pattern);
  const match = (at: number, from: number, fillers: ReadonlyMap<string, string>): ReadonlyMap<string, string> | undefined => {
    const piece = pieces[at];
    if (!piece) return from === text.length ? fillers : undefined;
    if (piece.kind === "text") {
      return text.startsWith(piece.text, from) ? match(at + 1, from + piece.text.length, fillers) : undefined;
    }
    const known = fillers.get(piece.name);
    if (known !== undefined) return text.startsWith(known, from) ? match(at + 1, from + known.length, fillers) : undefined;
    const next = pieces[at + 1];
    if (!next) return from < text.length ? new Map([...fillers, [piece.name, text.slice(from)]]) : undefined;
    for (let end = from + 1; end <= text.length; end++) {
      if (next.kind === "text") {
        end = text.indexOf(next.text, end);
        if (end < 0) return undefined;
      }
      const found = match(at + 1, end, new Map([...fillers, [piece.name, text.slice(from, end)]]));
      if (found) return found;
    }
    return undefined;
  };
  return match(0, 0, new Map());
}

/** A piece of a filled rendering. `term`: what fills the slot. `open`: nothing approved was found for the filler. */
export type FilledPiece =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "filled"; readonly slot: string; readonly filler: string; readonly term: Term }
  | { readonly kind: "open"; readonly slot: string; readonly filler: string | undefined };

export type FilledTemplate = {
  readonly pieces: readonly FilledPiece[];
  /** With every slot filled; undefined while one is open. */
  readonly text: string | undefined;
};

/** `findApproved` answers the approved rendering of a filler, if the glossary has one. */
export function fillTemplate(
  template: string,
  fillers: ReadonlyMap<string, string>,
  findApproved: (filler: string) => Term | undefined,
): FilledTemplate {
  const pieces = parseFrame(template).map((piece): FilledPiece => {
    if (piece.kind === "text") return piece;
    const { name: slot } = piece;
    const filler = fillers.get(slot);
    const term = filler === undefined ? undefined : findApproved(filler);
    if (filler === undefined || !term || term.status !== "approved") return { kind: "open", slot, filler };
    return { kind: "filled", slot, filler, term };
  });
  const texts = pieces.map((piece) =>
    piece.kind === "text" ? piece.text : piece.kind === "filled" ? piece.term.text : undefined,
  );
  return { pieces, text: texts.includes(undefined) ? undefined : texts.join("") };
}
