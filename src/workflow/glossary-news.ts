/** "Changed since you last looked": what others did to the glossary since a person looked at the list or an entry. */
import type { StoredConcept } from "../storage/concept-store.ts";
import type { ConceptNews } from "../storage/vetting-store.ts";
import type { Application } from "./application.ts";

export type NewsItem = ConceptNews & { readonly concept: StoredConcept | undefined };
export type GlossaryNews = {
  readonly items: readonly NewsItem[];
  readonly total: number;
  /** When the person last looked at the list; absent on the first visit, when there is nothing to compare with. */
  readonly since?: string;
};

/** Newest first. A person's own steps are no news to them. */
export async function findGlossaryNews(
  { stores }: Application,
  query: { readonly projectId: string; readonly person: string; readonly offset?: number; readonly limit?: number },
): Promise<GlossaryNews> {
  const news = await stores.vetting.findNews(query);
  const items: NewsItem[] = [];
  for (const item of news.items) items.push({ ...item, concept: await stores.concepts.find(item.conceptId) });
  return { ...news, items };
}

/** How many entries have news, for a badge. */
export async function countGlossaryNews(
  { stores }: Application,
  query: { readonly projectId: string; readonly person: string },
): Promise<{ readonly total: number; readonly since?: string }> {
  const { total, since } = await stores.vetting.findNews({ ...query, limit: 0 });
  return { total, ...(since === undefined ? {} : { since }) };
}

/** How many of the newest decisions and remarks on one entry are new to the person. */
export async function countEntryNews(
  { stores }: Application,
  query: { readonly projectId: string; readonly person: string; readonly conceptId: string },
): Promise<{ readonly decisions: number; readonly comments: number }> {
  const { items } = await stores.vetting.findNews(query);
  const { decisions = 0, comments = 0 } = items[0] ?? {};
  return { decisions, comments };
}

/** The person has seen what there is now: of one entry, or of the whole list. */
export async function markGlossarySeen(
  { stores, clock }: Application,
  mark: { readonly projectId: string; readonly person: string; readonly conceptId?: string },
): Promise<void> {
  await stores.vetting.markSeen({ ...mark, at: clock() });
}
