/**
 * The sample project of a new data folder: invented notices, a translation of one, a starter glossary and a small memory,
 * brought in by the same paths that a person's files take, so that every page has something to show.
 *
 * Nothing happens in a store that has a project already. The step is done in order of what a person sees first; when it
 * is interrupted, the project stays as far as it got, and the person loses nothing.
 */
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { readTmx } from "../formats/tmx.ts";
import type { StoredDocument } from "../storage/document-store.ts";
import type { Project } from "../storage/project-store.ts";
import { startAlignment } from "./alignments.ts";
import type { Application } from "./application.ts";
import { importGlossary } from "./glossary-import.ts";
import { acceptImport, previewImport } from "./import.ts";
import { readSources } from "./source-list.ts";

export const SAMPLE_PROJECT = { id: "sample", name: "Sample: Yunxi notices · 示例：云溪公文" };

const ROOT = new URL("../../", import.meta.url);
const DOCUMENTS = [
  "flood-season-notice.zh.txt",
  "flood-season-notice.en.txt",
  "rural-roads-notice.zh.txt",
  "flood-control-speech.zh.txt",
  "flood-control-speech-reprint.zh.txt",
];
const PAIR = { source: "flood-season-notice.zh.txt", target: "flood-season-notice.en.txt" };
const MEMORY = "memory.tmx";

/**
 * Answers the project it made, or undefined when there were projects. The alignment is left to a job that goes on:
 * its first run builds the lexicon, and nobody should wait for that to see a page.
 */
export async function ensureSampleProject(
  application: Application,
  { author }: { readonly author: string },
): Promise<Project | undefined> {
  const { stores, clock } = application;
  if ((await stores.projects.list()).length > 0) return undefined;
  const { kind, project } = await stores.projects.create({
    ...SAMPLE_PROJECT,
    sourceLanguage: "zh",
    targetLanguage: "en",
    createdAt: clock(),
  });
  if (kind === "taken") return undefined;
  // A worker reads the documents while this thread stores the glossary.
  const [preview] = await Promise.all([
    readDocuments(application, author),
    loadGlossary(application, author).then(() => loadMemory(application, author)),
  ]);
  const documents = await importDocuments(application, author, preview);
  await startPair(application, { author, documents });
  return project;
}

async function loadGlossary(application: Application, author: string): Promise<void> {
  const sources = readSources(await readFile(new URL("glossary/sources.csv", ROOT), "utf8"));
  await application.stores.concepts.saveSources(sources, SAMPLE_PROJECT.id);
  const file = { name: "starter.csv", bytes: await readFile(new URL("glossary/starter.csv", ROOT)) };
  await importGlossary(application, { projectId: SAMPLE_PROJECT.id, author, file });
}

async function loadMemory(application: Application, author: string): Promise<void> {
  const { stores, clock } = application;
  const { value } = readTmx(await readFile(samplePath(MEMORY)), { sourceLanguage: "zh", targetLanguage: "en" });
  const memory = await stores.memories.create({
    projectId: SAMPLE_PROJECT.id,
    name: MEMORY,
    priority: 5,
    penalty: 0,
    readOnly: false,
    createdAt: clock(),
  });
  const units = (value ?? []).map((unit) => ({ ...unit, originKey: ["import", "sample", unit.id].join(":") }));
  await stores.memories.saveUnits({ memoryId: memory.id, units, author, at: clock() });
}

/** Answers the id of the preview that is to be accepted. */
async function readDocuments(application: Application, author: string): Promise<string> {
  const files = DOCUMENTS.map((name) => ({ name, mediaType: "text/plain", path: samplePath(name) }));
  const { id, jobId } = await previewImport(application, { projectId: SAMPLE_PROJECT.id, author, files });
  if (jobId !== undefined) await application.jobs.waitFor(jobId);
  return id;
}

async function importDocuments(
  application: Application,
  author: string,
  id: string,
): Promise<ReadonlyMap<string, StoredDocument>> {
  const { stores, dataFolder } = application;
  const outcome = await acceptImport(application, { dataFolder, projectId: SAMPLE_PROJECT.id, id, author });
  const documents = new Map<string, StoredDocument>();
  for (const document of outcome.kind === "accepted" ? outcome.documents : []) {
    const file = document.fileId === undefined ? undefined : await stores.files.find(document.fileId);
    if (file) documents.set(basename(file.name), document);
  }
  return documents;
}

async function startPair(
  application: Application,
  { author, documents }: { readonly author: string; readonly documents: ReadonlyMap<string, StoredDocument> },
): Promise<void> {
  const source = documents.get(PAIR.source);
  const target = documents.get(PAIR.target);
  if (!source || !target) return;
  await startAlignment(application, {
    projectId: SAMPLE_PROJECT.id,
    sourceDocumentId: source.id,
    targetDocumentId: target.id,
    author,
  });
}

function samplePath(name: string): string {
  return fileURLToPath(new URL(`tm/sample/${name}`, ROOT));
}
