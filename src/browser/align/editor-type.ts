/** What other parts of the page may ask of the rows. */
import type { Alignment, Change, Group, Loaded, SideName, Terms } from "./alignment.ts";
import type { Filter } from "./filters.ts";
import type { Person } from "./live.ts";

export type Editor = {
  readonly alignment: () => Alignment;
  readonly active: () => Group | undefined;
  readonly activeIndex: () => number;
  readonly side: () => SideName;
  readonly chosen: (side: SideName) => number | undefined;
  readonly setSide: (side: SideName) => void;
  /** Chooses a sentence of the active row, or lets it go when it was chosen. */
  readonly choose: (side: SideName, sentence: number) => void;
  readonly move: (step: number) => void;
  /** Marks the rows from where marking began to the one that is so far away, which becomes the active one. */
  readonly extend: (step: number) => void;
  /** From now on every row that is gone to is marked with those between; or no longer. */
  readonly toggleMarking: () => boolean;
  readonly unmark: () => void;
  /** The marked rows, when they are more than one: the groups of the first and the last. */
  readonly stretch: () => Stretch | undefined;
  /** The group of a row that is shown. */
  readonly groupOf: (row: HTMLElement) => string | undefined;
  /** After the dock grew: the active row is not behind it. */
  readonly keepInView: () => void;
  /** Who else is at which row, by group. */
  readonly setPeople: (people: ReadonlyMap<string, Person>) => void;
  /** Called when the person has come to another row. */
  readonly onMove: (listener: () => void) => void;
  readonly setPin: (pin: Pin | undefined) => void;
  readonly pin: () => Pin | undefined;
  readonly goTo: (index: number) => void;
  readonly goToNext: (kind: "open" | "suspicious") => boolean;
  readonly setFilter: (filter: Filter) => void;
  /** Only rows in which these words stand. */
  readonly find: (words: string) => void;
  /** Takes a change in and stays where the person is, or goes to its first row. */
  readonly apply: (change: Change, options?: { readonly goThere?: boolean }) => void;
  /** Marks the terms in the sentences as they are now. */
  readonly showTerms: (terms: Terms) => void;
  readonly load: (loaded: Loaded) => void;
};

export type Stretch = { readonly first: string; readonly last: string; readonly count: number };
/** One half of a pin: a sentence that waits for its partner on the other side. */
export type Pin = { readonly group: string; readonly side: SideName; readonly sentence: number };
