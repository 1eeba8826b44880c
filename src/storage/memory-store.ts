import type { IsoInstant } from "../model/span.ts";
import type { TranslationUnit } from "../model/translation-unit.ts";
import type { Refused, Signed } from "./outcomes.ts";

export type Memory = {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  /** Higher goes first among equal scores. */
  readonly priority: number;
  /** Points taken off every score from this memory. */
  readonly penalty: number;
  readonly readOnly: boolean;
  readonly createdAt: IsoInstant;
};

/** What a unit was made from, so that the page can lead there. */
export type UnitLink = {
  readonly documentId?: string;
  readonly segmentId?: string;
  readonly alignmentId?: string;
  readonly groupId?: string;
};

export type StoredUnit = TranslationUnit & {
  readonly memoryId: string;
  /** Place in its memory; gaps are possible, order is kept. */
  readonly position: number;
  readonly originKey: string;
  readonly link: UnitLink;
};

/**
 * `originKey` names the place a unit comes from ("segment:<id>", "group:<id>", "import:<file sha256>:<number>"):
 * a unit saved again under its key replaces the old one, which goes to the history.
 */
export type NewUnit = Omit<TranslationUnit, "id"> & { readonly originKey: string; readonly link?: UnitLink };

export type UnitCounts = { readonly added: number; readonly replaced: number; readonly unchanged: number };

export type UnitRevision = Signed & {
  readonly unitId: string;
  readonly originKey: string;
  readonly action: "replace" | "remove";
  readonly unit: TranslationUnit;
};

export type MemoryStore = {
  create(memory: Omit<Memory, "id">): Promise<Memory>;
  find(id: string): Promise<Memory | undefined>;
  /** Highest priority first, then oldest. */
  list(projectId: string): Promise<readonly (Memory & { readonly unitCount: number })[]>;
  change(memory: Pick<Memory, "id" | "name" | "priority" | "penalty" | "readOnly">): Promise<Memory | undefined>;
  /**
   * Saves units by origin key. Up to 2,000 units are one transaction; more are written in pieces, so that other work
   * goes on between them: an interrupted import can simply be run again.
   */
  saveUnits(
    save: Signed & {
      readonly memoryId: string;
      readonly units: readonly NewUnit[];
      readonly onProgress?: (done: number) => void;
    },
  ): Promise<(UnitCounts & { readonly kind: "saved" }) | Refused>;
  /** A bead was taken apart or a confirmation withdrawn. Answers how many were there. */
  removeUnits(removal: Signed & { readonly memoryId: string; readonly originKeys: readonly string[] }): Promise<number>;
  /**
   * In stable order, in pieces, so that a million units can be indexed without one long pause; only those behind a
   * position when one is given: what was added since.
   */
  readUnits(memoryId: string, afterPosition?: number): AsyncIterable<readonly StoredUnit[]>;
  /** The number of the latest replacement or removal in any memory; 0 when there was none. */
  lastRevision(): Promise<number>;
  /** Units of any memory that were replaced or removed since that number, oldest first. */
  revisedUnits(afterRevision: number): Promise<readonly { readonly memoryId: string; readonly unitId: string }[]>;
  /** All units of all memories of a project, highest priority first, in stable order. */
  loadUnits(projectId: string): Promise<readonly StoredUnit[]>;
  countUnits(memoryId: string): Promise<number>;
  findUnit(unitId: string): Promise<StoredUnit | undefined>;
  /** Those that are there, by id; other work goes on between the pieces. */
  findUnits(unitIds: readonly string[]): Promise<ReadonlyMap<string, StoredUnit>>;
  /** Grows with every change of the project's memories: callers cache by it. */
  memoryVersion(projectId: string): Promise<number>;
  /** Oldest first. */
  unitHistory(memoryId: string, originKey: string): Promise<readonly UnitRevision[]>;
};
