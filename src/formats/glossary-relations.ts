/**
 * The relations of a concept in one cell: `contrast:c012; part-of:c040=note`, in the order in which they are held.
 *
 * Guarantee: reading what was written gives the same relations. A backslash stands before `;`, `=` and itself inside an id or a note.
 * Policy: a cell with a relation that does not exist or names no concept is refused as a whole, with the piece at fault.
 */
import type { ConceptRelation, RelationType } from "../model/concept.ts";

export const RELATIONS: readonly RelationType[] = ["contrast", "superseded-by", "broader", "part-of", "headline-form-of"];

export function writeRelations(relations: readonly ConceptRelation[] = []): string {
  return relations
    .map(({ type, conceptId, note }) => `${type}:${escape(conceptId)}${note === undefined ? "" : `=${escape(note)}`}`)
    .join(";");
}

export function readRelations(cell: string): { readonly relations: readonly ConceptRelation[] } | { readonly fault: string } {
  const relations: ConceptRelation[] = [];
  for (const piece of split(cell, ";")) {
    if (piece.trim() === "") continue;
    const colon = piece.indexOf(":");
    const type = RELATIONS.find((each) => each === piece.slice(0, Math.max(0, colon)).trim());
    const [id = "", ...note] = split(piece.slice(colon + 1), "=");
    if (type === undefined || id.trim() === "") return { fault: piece.trim() };
    relations.push({ type, conceptId: unescape(id.trim()), ...(note.length > 0 ? { note: unescape(note.join("=")) } : {}) });
  }
  return { relations };
}

function escape(text: string): string {
  return text.replaceAll(/[\\;=]/g, String.raw`\$&`);
}

function unescape(text: string): string {
  return text.replaceAll(/\\(.)/gsu, "$1");
}

/** At marks that no backslash stands before. */
function split(text: string, mark: ";" | "="): readonly string[] {
  const pieces: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === mark) {
      pieces.push(text.slice(start, at));
      start = at + 1;
    }
  }
  pieces.push(text.slice(start));
  return pieces;
}
