/** The glossary of a project as a file, built in a worker, and what each format would lose. */
import type { TbxTransaction } from "../formats/tbx-write.ts";
import type { Decision } from "../model/concept.ts";
import type { StoredConcept } from "../storage/concept-store.ts";
import type { Application } from "./application.ts";
import { buildGlossary } from "./export-files.ts";
import { glossaryFileName } from "./glossary-write.ts";
import type { GlossaryFileContent, GlossaryOffer, GlossaryWriteOptions } from "./glossary-write.ts";

export { findGlossaryFormat, GLOSSARY_FORMATS, writeGlossary } from "./glossary-write.ts";
export type { GlossaryFileContent, GlossaryFormat } from "./glossary-write.ts";

export type GlossaryExportRequest = Omit<GlossaryWriteOptions, "languages" | "title" | "changedAt" | "transactions"> & {
  readonly projectId: string;
  /** Only these entries; all otherwise. */
  readonly conceptIds?: readonly string[];
  /** Say who made and changed each entry, where the format can. */
  readonly withHistory?: boolean;
};

/** Undefined when there is no such project. */
export async function exportGlossary(
  { stores, jobs }: Application,
  request: GlossaryExportRequest,
): Promise<(GlossaryFileContent & { readonly name: string; readonly count: number }) | undefined> {
  const project = await stores.projects.find(request.projectId);
  if (!project) return undefined;
  const { projectId, withHistory, conceptIds, ...options } = request;
  const wanted = conceptIds && new Set(conceptIds);
  const all = (await stores.concepts.loadGlossary(project.id)).concepts;
  const concepts = wanted ? all.filter(({ id }) => wanted.has(id)) : all;
  const transactions = withHistory ? listTransactions(concepts, await stores.concepts.listDecisions(projectId)) : undefined;
  const content = await jobs.runTask("writeGlossary", {
    concepts: buildGlossary(concepts),
    options: {
      ...options,
      languages: { source: project.sourceLanguage, target: project.targetLanguage },
      title: project.name,
      changedAt: concepts.reduce((best, { changedAt }) => (changedAt > best ? changedAt : best), "1970-01-01T00:00:00Z"),
      ...(transactions ? { transactions } : {}),
    },
  });
  return { ...content, name: glossaryFileName(project.name, request.format), count: concepts.length };
}

/** The first decision on an entry made it, the last changed it. */
function listTransactions(
  concepts: readonly StoredConcept[],
  decisions: readonly Decision[],
): ReadonlyMap<string, readonly TbxTransaction[]> {
  const found = new Map<string, TbxTransaction[]>();
  const ids = new Set(concepts.map(({ id }) => id));
  // Newest first: the last one seen of an entry is its beginning.
  for (const { conceptId, author, at } of decisions) {
    if (!ids.has(conceptId)) continue;
    const own = found.get(conceptId) ?? [];
    found.set(conceptId, own);
    const [newest] = own;
    if (!newest) own.push({ type: "modification", by: author, at });
    else own[1] = { type: "origination", by: author, at };
  }
  return new Map(
    [...found].map(([id, [newest, oldest]]) => {
      if (!newest) return [id, []];
      return [id, oldest ? [oldest, newest] : [{ ...newest, type: "origination" as const }]];
    }),
  );
}

/** What each format would lose, before anything is downloaded. */
export async function describeGlossaryExport(
  { stores, jobs }: Application,
  projectId: string,
): Promise<{ readonly count: number; readonly offers: readonly GlossaryOffer[] } | undefined> {
  const project = await stores.projects.find(projectId);
  if (!project) return undefined;
  const { concepts } = await stores.concepts.loadGlossary(projectId);
  const languages = { source: project.sourceLanguage, target: project.targetLanguage };
  const offers = await jobs.runTask("describeGlossary", { concepts: buildGlossary(concepts), languages });
  return { count: concepts.length, offers };
}
