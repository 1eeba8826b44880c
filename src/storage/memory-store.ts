import type { InlineCode } from "../model/interchange.ts";
import type { IsoDay, IsoInstant } from "../model/span.ts";
import type { TranslationState, TranslationUnit } from "../model/translation-unit.ts";
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
  /** It gives matches; a memory that does not is kept and can be looked through. */
  readonly isUsed: boolean;
  readonly createdAt: IsoInstant;
  /** When units were last added, changed or removed. */
  readonly changedAt?: IsoInstant;
};

/** It gives matches unless said otherwise. */
export type NewMemory = Omit<Memory, "id" | "isUsed"> & { readonly isUsed?: boolean };

export type ListedMemory = Memory & {
  readonly unitCount: number;
  /** It belongs to another project, which lends it: read-only, with a priority and a penalty of its own here. */
  readonly isLent?: boolean;
};

/** What a unit was made from, so that the page can lead there. */
export type UnitLink = {
  readonly documentId?: string;
  readonly segmentId?: string;
  readonly alignmentId?: string;
  readonly groupId?: string;
};

/** What only the file of another tool says of a unit. */
export type ForeignParts = {
  /** The id that the unit had in its file. */
  readonly tuid?: string;
  /** Inline codes, at offsets of the plain texts. */
  readonly sourceCodes?: readonly InlineCode[];
  readonly targetCodes?: readonly InlineCode[];
};

export type StoredUnit = TranslationUnit &
  ForeignParts & {
    readonly memoryId: string;
    /** Place in its memory; gaps are possible, order is kept. */
    readonly position: number;
    readonly originKey: string;
    readonly link: UnitLink;
    /** The import (a step, see memory-steps.ts) that brought the unit, or brought it last. */
    readonly importId?: string;
  };

/**
 * `originKey` names the place a unit comes from ("segment:<id>", "group:<id>", "import:<file sha256>:<number>"):
 * a unit saved again under its key replaces the old one, which goes to the history.
 */
export type NewUnit = Omit<TranslationUnit, "id"> & ForeignParts & { readonly originKey: string; readonly link?: UnitLink };

/** What an edit of a unit may change. */
export type UnitContent = Partial<
  Pick<StoredUnit, "source" | "target" | "state" | "author" | "document" | "notes" | "properties"> & ForeignParts
>;

/** The unit is removed, because another one stands for both. */
export type Merged = { readonly mergedInto: string };

export type TrashedMemory = Pick<ListedMemory, "id" | "name" | "unitCount"> & { readonly removedAt: IsoInstant };

export type AttachableMemory = Pick<ListedMemory, "id" | "name" | "unitCount" | "projectId"> & {
  readonly projectName: string;
  readonly sourceLanguage: string;
  readonly targetLanguage: string;
};

export type UnitCounts = { readonly added: number; readonly replaced: number; readonly unchanged: number };

export type UnitRevision = Signed & {
  readonly unitId: string;
  readonly originKey: string;
  /** `restore`: a unit that had been removed came back when a step was undone. */
  readonly action: "replace" | "remove" | "restore";
  /** As it was before; of a restored unit, what came back. */
  readonly unit: TranslationUnit & ForeignParts & { readonly link?: UnitLink; readonly importId?: string };
  /** Of a removed unit: the one that it was merged into. */
  readonly mergedInto?: string;
  /** The step that did it, when it was one. */
  readonly stepId?: string;
};

/** Which units; all conditions hold together. Nothing given: all units of the project's memories. */
export type UnitFilter = {
  readonly memoryIds?: readonly string[];
  /** The title of the source document; "" for units without one. */
  readonly document?: string;
  /** "" for units without one. */
  readonly author?: string;
  /** Days of the last change (of creation, when there was none since), both included. */
  readonly from?: IsoDay;
  readonly to?: IsoDay;
  readonly states?: readonly TranslationState[];
  /** Plain text that stands in the unit; width, quotation marks, spaces between Han and capitals do not matter. */
  readonly text?: string;
  /** Where `text` must stand; in either when not given. */
  readonly side?: "source" | "target";
  readonly importId?: string;
};

export type Facet = { readonly value: string; readonly count: number };

/** What there is to filter by, most frequent first (years: latest first). The value "" stands for units without any. */
export type UnitFacets = {
  readonly documents: readonly Facet[];
  readonly authors: readonly Facet[];
  readonly states: readonly Facet[];
  /** Of the last change. */
  readonly years: readonly Facet[];
};

export type RevisedUnit = { readonly memoryId: string; readonly unitId: string };

export type UnitSource = Pick<StoredUnit, "position" | "source">;

export type MemoryStore = {
  create(memory: NewMemory): Promise<Memory>;
  /** The memory of that name in the project; made when there is none, once, whoever asks at the same time. */
  open(memory: NewMemory): Promise<Memory>;
  find(id: string): Promise<Memory | undefined>;
  /** Those of the project and those lent to it; highest priority first, then oldest. */
  list(projectId: string): Promise<readonly ListedMemory[]>;
  change(memory: Pick<Memory, "id" | "name" | "priority" | "penalty" | "readOnly" | "isUsed">): Promise<Memory | undefined>;
  /** Its units are not found any more, and nothing of it is lost. */
  moveToTrash(id: string, at: IsoInstant): Promise<boolean>;
  takeFromTrash(id: string): Promise<boolean>;
  listTrash(projectId: string): Promise<readonly TrashedMemory[]>;
  /** Lends a memory of another project, or changes how it counts here. */
  attach(lending: Signed & Pick<Memory, "projectId" | "priority" | "penalty"> & { readonly memoryId: string }): Promise<boolean>;
  detach(lending: { readonly projectId: string; readonly memoryId: string }): Promise<boolean>;
  /** Memories of other projects that are not lent to this one. */
  listAttachable(projectId: string): Promise<readonly AttachableMemory[]>;
  /**
   * Changes units as `change` says of each as it stands: other contents, "remove", or undefined to leave it. Units of
   * memories that are read-only, lent or not of the project are left. In pieces of one transaction each.
   */
  changeUnits(
    changes: Signed & {
      readonly projectId: string;
      readonly unitIds: readonly string[];
      readonly change: (unit: StoredUnit) => UnitContent | "remove" | Merged | undefined;
      /** The step that they are part of, so that they can be undone together. */
      readonly stepId?: string;
      readonly onProgress?: (done: number) => void;
      readonly signal?: AbortSignal;
    },
  ): Promise<Omit<UnitCounts, "added"> & { readonly removed: number }>;
  /**
   * Saves units by origin key. Up to 2,000 units are one transaction; more are written in pieces, so that other work
   * goes on between them: an interrupted import can simply be run again.
   */
  saveUnits(
    save: Signed & {
      readonly memoryId: string;
      readonly units: readonly NewUnit[];
      /** The import that brings them, so that it can be undone as a whole. */
      readonly importId?: string;
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
  /** The same in the same order, with nothing but what an index needs: a fifth of the time. */
  readSources(memoryId: string, afterPosition?: number): AsyncIterable<readonly UnitSource[]>;
  /** The number of the latest replacement or removal in any memory; 0 when there was none. */
  lastRevision(): Promise<number>;
  /** Units of any memory that were replaced, removed or restored since that number, oldest first, some at a time. */
  revisedUnits(afterRevision: number): AsyncIterable<readonly RevisedUnit[]>;
  /** All units of all memories of a project, highest priority first, in stable order. */
  loadUnits(projectId: string): Promise<readonly StoredUnit[]>;
  countUnits(memoryId: string): Promise<number>;
  /**
   * How many units a filter lets through. This, `readFiltered` and `findFacets` go through the memories in pieces, other
   * work going on meanwhile: about a second for a million units, so that callers keep answers by `memoryVersion`.
   */
  countFiltered(projectId: string, filter: UnitFilter): Promise<number>;
  /** In order of memory and position: at most `limit`, behind the unit with the id `after`. */
  readFiltered(
    projectId: string,
    filter: UnitFilter,
    page: { readonly after?: string; readonly limit: number },
  ): Promise<readonly StoredUnit[]>;
  findFacets(projectId: string, filter?: UnitFilter): Promise<UnitFacets>;
  findUnit(unitId: string): Promise<StoredUnit | undefined>;
  /** Those that are there, by id; other work goes on between the pieces. */
  findUnits(unitIds: readonly string[]): Promise<ReadonlyMap<string, StoredUnit>>;
  /** Grows with every change of the project's memories: callers cache by it. */
  memoryVersion(projectId: string): Promise<number>;
  /** Oldest first. */
  unitHistory(memoryId: string, originKey: string): Promise<readonly UnitRevision[]>;
};
