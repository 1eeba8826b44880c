/** What the server sends of one candidate, and what its parts are drawn with. */
import type { Evidence, FrameSlot } from "../../model/formulation.ts";
import type { Line, LineDocuments } from "./lines.ts";
import type { Decision, Pair, Row, TextPart } from "./model.ts";
import type { RowContext } from "./rows.ts";

export type Timeline = {
  /** The picture as SVG, drawn by the server. */
  readonly drawing: string;
  readonly unit: "month" | "quarter" | "year";
  readonly undated: number;
  readonly words: string;
};

export type TreeRow = {
  readonly text: string;
  readonly depth: number;
  readonly isHere: boolean;
  readonly texts: number;
  readonly alone?: number;
  readonly width: number;
  readonly aloneWidth: number;
};

/** What the server sends of one candidate. */
export type Detail = {
  readonly text: string;
  readonly rank: number;
  readonly evidence: readonly Evidence[];
  readonly variants: readonly {
    readonly text: string;
    readonly count: number;
    readonly firstDate?: string;
    readonly lastDate?: string;
    /** How it differs. */
    readonly kind?: string;
  }[];
  readonly contrasts: readonly {
    readonly text: string;
    readonly distinctCount?: number;
    readonly parts: readonly TextPart[];
  }[];
  readonly slots: readonly FrameSlot[];
  readonly general?: string;
  readonly versions: readonly { readonly pattern: string; readonly count: number }[];
  readonly pairs: readonly Pair[];
  readonly tree: readonly TreeRow[];
  readonly moreParents: number;
  readonly moreChildren: number;
  readonly timeline?: Timeline;
  readonly lines: readonly Line[];
  readonly lost: number;
  readonly documents: LineDocuments;
  readonly decision?: Decision;
  readonly concept?: { readonly id: string; readonly status: string; readonly head: string; readonly address: string };
};

export type DetailContext = RowContext & {
  readonly total: number;
  /** Address of a row that the list may select. */
  readonly rowOf: (text: string) => Row | undefined;
  readonly reason: HTMLElement;
};
