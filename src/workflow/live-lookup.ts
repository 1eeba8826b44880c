/**
 * Live look-up for other programs, after the amaGama protocol: the memories of the project that has the asked-for pair of
 * languages. Nothing is changed by it. When several projects have the pair, one must be named: whose texts are given out
 * is not left to chance.
 */
import { languageServes, mainLanguage } from "../formats/language-tag.ts";
import type { LanguageTag } from "../model/span.ts";
import type { Project } from "../storage/project-store.ts";
import type { Application } from "./application.ts";
import { matchesFor } from "./match-segments.ts";

export type LiveQuery = {
  /** The address of a project; without one, the pair chooses. */
  readonly projectId?: string | undefined;
  readonly sourceLanguage: LanguageTag;
  readonly targetLanguage: LanguageTag;
  /** Readings of what was asked, as clients write blanks in two ways; the one with the best match is answered. */
  readonly readings: readonly string[];
  /** 0 to 100; what is no number is left to us, as amaGama does. */
  readonly minSimilarity?: number | undefined;
  readonly maxCandidates?: number | undefined;
};

export type LiveCandidate = {
  readonly source: string;
  readonly target: string;
  /** The score, 0 to 100: what clients compare with their threshold. */
  readonly quality: number;
  /** The similarity before penalties, 0 to 100. */
  readonly rank: number;
};

export type LiveOutcome =
  | { readonly kind: "found"; readonly candidates: readonly LiveCandidate[] }
  | { readonly kind: "no-project" }
  | { readonly kind: "ambiguous"; readonly projects: readonly string[] };

/** amaGama's defaults, with its floor and ceiling. */
const MIN_SIMILARITY = { usual: 70, least: 30 } as const;
const MAX_CANDIDATES = { usual: 5, most: 50 } as const;
/** Longer texts are no segments; amaGama answers them with nothing as well. */
export const LONGEST_TEXT = 2000;

export async function lookUpLive(application: Application, query: LiveQuery): Promise<LiveOutcome> {
  const { projectId, sourceLanguage, targetLanguage } = query;
  const all = await application.stores.projects.list();
  const named = projectId === undefined ? all : all.filter(({ id }) => id === projectId);
  if (projectId !== undefined && named.length === 0) return { kind: "no-project" };
  const serving = named.filter(
    (project) => languageServes(sourceLanguage, project.sourceLanguage) && languageServes(targetLanguage, project.targetLanguage),
  );
  if (serving.length > 1) return { kind: "ambiguous", projects: serving.map(({ id }) => id) };
  const [project] = serving;
  if (!project) return { kind: "found", candidates: [] };
  return { kind: "found", candidates: await findCandidates(application, project, query) };
}

async function findCandidates(application: Application, { id }: Project, query: LiveQuery): Promise<readonly LiveCandidate[]> {
  const threshold = Math.min(100, Math.max(MIN_SIMILARITY.least, query.minSimilarity ?? MIN_SIMILARITY.usual));
  const limit = Math.min(MAX_CANDIDATES.most, Math.max(1, query.maxCandidates ?? MAX_CANDIDATES.usual));
  let best: readonly LiveCandidate[] = [];
  for (const source of new Set(query.readings)) {
    if (source.trim() === "" || source.length > LONGEST_TEXT) continue;
    const matches = await matchesFor(application, { projectId: id, source, threshold, limit });
    const candidates = matches
      .map(({ unit, score, similarity }) => ({
        source: unit.source,
        target: unit.target,
        quality: round(Math.min(100, score)),
        rank: round(similarity),
      }))
      .filter(({ quality }) => quality >= threshold);
    if ((candidates[0]?.quality ?? 0) > (best[0]?.quality ?? 0)) best = candidates;
  }
  return best;
}

function round(points: number): number {
  return Math.round(points * 10) / 10;
}

export type LiveLanguages = { readonly sourceLanguages: readonly string[]; readonly targetLanguages: readonly string[] };

/** As clients write them: zh_cn; the main language alone as well, which is what most of them ask for. Undefined: no project. */
export async function listLiveLanguages(application: Application, projectId?: string): Promise<LiveLanguages | undefined> {
  const all = await application.stores.projects.list();
  const named = projectId === undefined ? all : all.filter(({ id }) => id === projectId);
  if (projectId !== undefined && named.length === 0) return undefined;
  const names = (tags: readonly LanguageTag[]) => [
    ...new Set(tags.flatMap((tag) => [mainLanguage(tag), tag.toLowerCase().replaceAll("-", "_")])),
  ];
  return {
    sourceLanguages: names(named.map(({ sourceLanguage }) => sourceLanguage)).sort(),
    targetLanguages: names(named.map(({ targetLanguage }) => targetLanguage)).sort(),
  };
}
