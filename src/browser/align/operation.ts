/** A step that a person asks for, before the server has taken it. */
/** An operation as the server takes it (src/alignment/edit.ts). */
export type Operation = {
  readonly kind: string;
  readonly group: string;
  readonly side?: "source" | "target";
  readonly count?: number;
  readonly sourceAt?: number;
  readonly targetAt?: number;
  readonly sentence?: number;
  readonly at?: number;
  readonly text?: string;
  readonly note?: string;
};
