/**
 * All that is stored, behind narrow interfaces. Everything is asynchronous, so that a database server can stand
 * behind the same interfaces. Each method is one transaction unless it says otherwise: when it has answered, it is on disk.
 */
import { openDatabase } from "./database.ts";
import { createAlignmentStore } from "./sql/alignments.ts";
import { createConceptStore } from "./sql/concepts.ts";
import { createDocumentStore } from "./sql/documents.ts";
import { createDuplicateStore } from "./sql/duplicates.ts";
import { createExtractionStore } from "./sql/extraction.ts";
import { createFileStore } from "./sql/files.ts";
import { createFindingStore, createJobStore, interruptJobs } from "./sql/jobs.ts";
import { createMemoryStore } from "./sql/memories.ts";
import { createMemoryStepStore } from "./sql/memory-steps.ts";
import { createProjectStore, createSettingStore } from "./sql/projects.ts";
import { createReadingStore } from "./sql/readings.ts";
import { createRenderingStore } from "./sql/renderings.ts";
import { createSegmentStore } from "./sql/segments.ts";
import { createVettingStore } from "./sql/vetting.ts";
import type { AlignmentStore } from "./alignment-store.ts";
import type { ConceptStore } from "./concept-store.ts";
import type { DocumentStore } from "./document-store.ts";
import type { DuplicateStore } from "./duplicate-store.ts";
import type { ExtractionStore } from "./extraction-store.ts";
import type { FileStore } from "./file-store.ts";
import type { FindingStore, JobStore } from "./job-store.ts";
import type { MemoryStore } from "./memory-store.ts";
import type { MemoryStepStore } from "./memory-step-store.ts";
import type { ProjectStore, SettingStore } from "./project-store.ts";
import type { ReadingStore } from "./reading-store.ts";
import type { RenderingStore } from "./rendering-store.ts";
import type { SegmentStore } from "./segment-store.ts";
import type { VettingStore } from "./vetting-store.ts";

export type Stores = {
  readonly projects: ProjectStore;
  readonly files: FileStore;
  readonly documents: DocumentStore;
  readonly segments: SegmentStore;
  readonly concepts: ConceptStore;
  readonly extraction: ExtractionStore;
  readonly alignments: AlignmentStore;
  readonly memories: MemoryStore;
  readonly memorySteps: MemoryStepStore;
  readonly duplicates: DuplicateStore;
  readonly jobs: JobStore;
  readonly findings: FindingStore;
  readonly readings: ReadingStore;
  readonly renderings: RenderingStore;
  readonly settings: SettingStore;
  readonly vetting: VettingStore;
  close(): Promise<void>;
};

/**
 * Opens the store in the file `path`, or a fresh one in memory (":memory:"), and brings its tables up to date.
 * Jobs that were unfinished become `interrupted`: one process at a time works on a file (see openApplication).
 * Throws a StorageError when the file is no store, is damaged, or was written by a later version.
 */
export async function openStores(path: string): Promise<Stores> {
  const database = await openDatabase(path);
  await interruptJobs(database);
  return {
    projects: createProjectStore(database),
    files: createFileStore(database),
    documents: createDocumentStore(database),
    segments: createSegmentStore(database),
    concepts: createConceptStore(database),
    extraction: createExtractionStore(database),
    alignments: createAlignmentStore(database),
    memories: createMemoryStore(database),
    memorySteps: createMemoryStepStore(database),
    duplicates: createDuplicateStore(database),
    jobs: createJobStore(database),
    findings: createFindingStore(database),
    readings: createReadingStore(database),
    renderings: createRenderingStore(database),
    settings: createSettingStore(database),
    vetting: createVettingStore(database),
    close: () => database.close(),
  };
}
