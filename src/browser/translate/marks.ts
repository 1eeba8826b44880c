/** Where terms stand in the sources, asked for in pieces as rows come into view. */
import { project } from "../shell/dom.ts";
import { get } from "../shell/request.ts";

export type Underline = {
  readonly start: number;
  readonly end: number;
  readonly level: 1 | 2 | 3;
  readonly line: "approved" | "proposed" | "candidate" | "avoid";
  readonly concepts: readonly string[];
};

type MarksAnswer = { readonly version: number; readonly rows: readonly (readonly [string, readonly Underline[]])[] };

export type Marks = {
  /** What is known; asks for the piece of this row when it was not asked for yet. */
  readonly of: (row: { readonly id: string; readonly index: number }) => readonly Underline[];
  /** The glossary may have changed: everything is asked for again. */
  readonly forget: () => void;
};

const PIECE = 200;
const NONE: readonly Underline[] = [];

/** `arrived` is told the first and last place (half-open) of a piece. */
export function createMarks(documentId: string, arrived: (from: number, end: number) => void): Marks {
  let known = new Map<string, readonly Underline[]>();
  let asked = new Set<number>();
  let version: number | undefined;

  const ask = async (piece: number) => {
    const from = piece * PIECE;
    const at = asked;
    const url = `/api/p/${project()}/documents/${encodeURIComponent(documentId)}/marks?from=${from}&count=${PIECE}`;
    const answer = await get<MarksAnswer>(url, { quiet: true });
    if (at !== asked) return;
    // Marks help; a row is readable without them. The next look at this piece asks again.
    if (!answer.ok) return void asked.delete(piece);
    if (version !== undefined && version !== answer.value.version) {
      known = new Map();
      asked = new Set([piece]);
    }
    version = answer.value.version;
    for (const [id, underlines] of answer.value.rows) known.set(id, underlines);
    arrived(from, from + PIECE);
  };

  return {
    of: ({ id, index }) => {
      const piece = Math.floor(index / PIECE);
      if (!asked.has(piece)) {
        asked.add(piece);
        void ask(piece);
      }
      return known.get(id) ?? NONE;
    },
    forget: () => {
      known = new Map();
      asked = new Set();
      version = undefined;
    },
  };
}
