/** Gathers texts as dense codes, equal texts once, before a part of the index is built from them. */
import type { Codes } from "../text/edit-distance.ts";
import { giveBack, grow, SequenceTable } from "./sequence-table.ts";

export class TextCollector {
  /** The distinct texts. */
  readonly table: SequenceTable;
  /** Positions that were added, in that order, and the text of each. */
  positionCount = 0;
  positions: Int32Array<ArrayBuffer>;
  texts: Int32Array<ArrayBuffer>;

  /** With room for as many positions as are expected; there may be more. */
  constructor(expected = 0) {
    this.table = new SequenceTable(expected);
    this.positions = new Int32Array(Math.max(64, expected));
    this.texts = new Int32Array(Math.max(64, expected));
  }

  get count(): number {
    return this.table.count;
  }

  /** Adds codes [from, to) as the text at a position of the memory. */
  add(codes: Codes, { from, to, position }: { readonly from: number; readonly to: number; readonly position: number }): void {
    const text = this.table.add(codes, from, to);
    this.positions = grow(this.positions, this.positionCount + 1);
    this.texts = grow(this.texts, this.positionCount + 1);
    this.positions[this.positionCount] = position;
    this.texts[this.positionCount++] = text;
  }

  /** Lets go of everything, as if nothing had been added. */
  release(): void {
    this.table.release();
    giveBack(this.positions);
    giveBack(this.texts);
    this.positionCount = 0;
    this.positions = new Int32Array(64);
    this.texts = new Int32Array(64);
  }
}
