import type { IsoInstant } from "../model/span.ts";

/** A received file. Its bytes are kept as they came, once for equal contents. */
export type StoredFile = {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly mediaType: string;
  readonly encoding?: string;
  readonly sha256: string;
  readonly size: number;
  readonly receivedAt: IsoInstant;
};

export type NewFile = Omit<StoredFile, "id" | "sha256" | "size"> & { readonly bytes: Uint8Array };

export type FileStore = {
  add(file: NewFile): Promise<StoredFile>;
  find(id: string): Promise<StoredFile | undefined>;
  /** Oldest first. */
  list(projectId: string): Promise<readonly StoredFile[]>;
  /** Files of this project with exactly these contents: the same file was imported before. */
  findBySha256(projectId: string, sha256: string): Promise<readonly StoredFile[]>;
  /** All bytes; throws when there is no such file. */
  getBytes(id: string): Promise<Uint8Array>;
  /** The bytes in pieces of at most 1 MiB, for downloads. */
  readBytes(id: string): AsyncIterable<Uint8Array>;
};
