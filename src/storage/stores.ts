/**
 * All that is stored, behind narrow interfaces. Everything is asynchronous, so that a database server can stand
 * behind the same interfaces. Each method is one transaction unless it says otherwise: when it has answered, it is on disk.
 */
import type { AlignmentStore } from "./alignment-store.ts";
import type { ConceptStore } from "./concept-store.ts";
import type { DocumentStore } from "./document-store.ts";
import type { ExtractionStore } from "./extraction-store.ts";
import type { FileStore } from "./file-store.ts";
import type { FindingStore, JobStore } from "./job-store.ts";
import type { MemoryStore } from "./memory-store.ts";
import type { ProjectStore, SettingStore } from "./project-store.ts";
import type { SegmentStore } from "./segment-store.ts";

export type Stores = {
  readonly projects: ProjectStore;
  readonly files: FileStore;
  readonly documents: DocumentStore;
  readonly segments: SegmentStore;
  readonly concepts: ConceptStore;
  readonly extraction: ExtractionStore;
  readonly alignments: AlignmentStore;
  readonly memories: MemoryStore;
  readonly jobs: JobStore;
  readonly findings: FindingStore;
  readonly settings: SettingStore;
  close(): Promise<void>;
};
