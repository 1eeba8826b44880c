/**
 * Contrast pairs and the glossary: as soon as both wordings of a pair have an entry, the entries are related as
 * contrasts; when the pair is taken back, so is the relation.
 */
import type { StoredConcept } from "../storage/concept-store.ts";
import type { CandidateDecision } from "../storage/extraction-store.ts";
import type { Signed } from "../storage/outcomes.ts";
import type { Application } from "./application.ts";

type PairRequest = Signed & { readonly projectId: string; readonly text: string };

/** Relates the entries of every pair of which `text` is a half. */
export async function linkContrasts(application: Application, request: PairRequest): Promise<void> {
  const { concepts, extraction } = application.stores;
  const { projectId, text, author, at } = request;
  const pairs = await extraction.listPairs(projectId, text);
  if (pairs.length === 0) return;
  const one = await findEntryOf(application, projectId, text);
  if (!one) return;
  for (const pair of pairs) {
    const other = await findEntryOf(application, projectId, otherHalf(pair, text));
    if (!other || other.id === one.id || isContrasted(one, other)) continue;
    const note = pair.reason === undefined ? {} : { note: pair.reason };
    await concepts.relate({ author, at, conceptId: one.id, type: "contrast", otherId: other.id, ...note });
  }
}

export async function unlinkContrast(
  application: Application,
  { projectId, text, partner, author, at }: PairRequest & { readonly partner: string },
): Promise<void> {
  const one = await findEntryOf(application, projectId, text);
  const other = await findEntryOf(application, projectId, partner);
  if (!one || !other || !isContrasted(one, other)) return;
  await application.stores.concepts.unrelate({ author, at, conceptId: one.id, type: "contrast", otherId: other.id });
}

/** Before the entry of `text` goes: the pairs stay, and relate its entry again when it has one. */
export async function unlinkContrasts(application: Application, request: PairRequest): Promise<void> {
  for (const pair of await application.stores.extraction.listPairs(request.projectId, request.text)) {
    await unlinkContrast(application, { ...request, partner: otherHalf(pair, request.text) });
  }
}

function otherHalf({ text, partner = "" }: CandidateDecision, half: string): string {
  return text === half ? partner : text;
}

function isContrasted(one: StoredConcept, other: StoredConcept): boolean {
  return (one.relations ?? []).some(({ type, conceptId }) => type === "contrast" && conceptId === other.id);
}

/** The entry in which a wording stands and is not turned down. */
async function findEntryOf({ stores }: Application, projectId: string, text: string): Promise<StoredConcept | undefined> {
  const found = await stores.concepts.findByTerm({ projectId, text });
  return found.find(({ terms }) => terms.some((term) => term.text === text && term.status !== "rejected"));
}
