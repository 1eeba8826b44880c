/**
 * Brings the project's memory `translations` in line with many saved rows at once: each document is listed once and all
 * units are one save, where `keepInMemory` (translations.ts) serves a single row.
 */
import type { NewUnit } from "../storage/memory-store.ts";
import type { StoredSegment } from "../storage/segment-store.ts";
import type { Application } from "./application.ts";
import { openOwnMemory } from "./project-memories.ts";

export async function keepRowsInMemory(
  application: Application,
  given: { readonly projectId: string; readonly segments: readonly StoredSegment[]; readonly author: string },
): Promise<void> {
  if (given.segments.length === 0) return;
  const { stores, clock } = application;
  const { projectId, author } = given;
  const memory = await openOwnMemory(application, projectId, "translations");
  const project = await stores.projects.find(projectId);
  const signed = { author, at: clock() };
  const units: NewUnit[] = [];
  const withdrawn: string[] = [];
  for (const documentId of new Set(given.segments.map((segment) => segment.documentId))) {
    const document = await stores.documents.findSummary(documentId);
    const rows = (await stores.segments.list({ documentId })).filter((row) => row.kind === "segment");
    const places = new Map(rows.map((row, at) => [row.id, at]));
    for (const segment of given.segments.filter((one) => one.documentId === documentId)) {
      const originKey = `segment:${segment.id}`;
      const at = places.get(segment.id);
      // As it stands now: it may have been saved again since.
      const row = at === undefined ? segment : (rows[at] ?? segment);
      if (row.state === "initial" || row.target === undefined || row.target.trim() === "") {
        withdrawn.push(originKey);
        continue;
      }
      const previous = at === undefined ? undefined : rows[at - 1]?.source;
      const next = at === undefined ? undefined : rows[at + 1]?.source;
      units.push({
        originKey,
        link: { documentId, segmentId: row.id },
        source: row.source,
        target: row.target,
        sourceLanguage: document?.language ?? project?.sourceLanguage ?? "zh",
        targetLanguage: project?.targetLanguage ?? "en",
        state: row.state,
        ...(previous === undefined ? {} : { previous }),
        ...(next === undefined ? {} : { next }),
        ...(document === undefined ? {} : { document: document.title }),
        author,
        createdAt: signed.at,
        changedAt: signed.at,
      });
    }
  }
  if (units.length > 0) await stores.memories.saveUnits({ ...signed, memoryId: memory.id, units });
  if (withdrawn.length > 0) await stores.memories.removeUnits({ ...signed, memoryId: memory.id, originKeys: withdrawn });
}
