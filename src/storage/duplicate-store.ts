/** What the last search for duplicates of a project found: evidence, made again at will. Decisions are steps of memories. */
import type { IsoInstant } from "../model/span.ts";
import type { Page, PageRequest } from "./outcomes.ts";

export type DuplicateRun = {
  readonly id: string;
  readonly projectId: string;
  readonly createdAt: IsoInstant;
  readonly memoryIds: readonly string[];
  /** Of the memories when they were read: a later one says that units have changed since. */
  readonly memoryVersion: number;
  readonly unitCount: number;
  /** Kind -> how many groups. */
  readonly groups: Readonly<Record<string, number>>;
};

export type StoredGroup = {
  /** Number in its run. */
  readonly position: number;
  readonly kind: string;
  readonly unitIds: readonly string[];
  readonly similarity?: number;
};

export type DuplicateStore = {
  /** Replaces what the last search of the project found. */
  save(run: Omit<DuplicateRun, "groups">, groups: readonly Omit<StoredGroup, "position">[]): Promise<void>;
  findLatest(projectId: string): Promise<DuplicateRun | undefined>;
  list(runId: string, page: PageRequest & { readonly kind?: string }): Promise<Page<StoredGroup>>;
  find(runId: string, positions: readonly number[]): Promise<readonly StoredGroup[]>;
  /** A group that was dealt with leaves the list. */
  remove(runId: string, positions: readonly number[]): Promise<void>;
};
