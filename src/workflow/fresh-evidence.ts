/**
 * Pairs with a wording that a person confirmed after renderings were last looked for: sentences of an alignment, rows of
 * a translation. They are read from the memories as they are now, so a pair that is taken back is gone at once.
 * Cost: O(units of the project's own two memories), a tenth of a second for 100,000, other work going on in between.
 */
import type { Term } from "../model/concept.ts";
import type { MinedUnit } from "../model/rendering.ts";
import type { IsoInstant, Span } from "../model/span.ts";
import type { StoredUnit } from "../storage/memory-store.ts";
import type { Project } from "../storage/project-store.ts";
import { createTermAutomaton } from "../terminology/term-automaton.ts";
import type { Application } from "./application.ts";
import { mainLanguage } from "./glossary.ts";
import { describeUnit, orient } from "./mined-units.ts";

export type FreshPair = { readonly unit: MinedUnit; readonly sourceSpan: Span };

/** As many as one reads; to count and compare them all is what looking again is for. */
const MOST_PAIRS = 40;
/** Units that are looked at before the newest of them are kept. */
const PAGE = 400;
const CONFIRMED = ["alignments", "translations"];

/** The newest first. `since`: undefined when nobody has looked yet. */
export async function findFreshPairs(
  application: Application,
  {
    project,
    terms,
    since,
  }: { readonly project: Project; readonly terms: readonly Term[]; readonly since: IsoInstant | undefined },
): Promise<readonly FreshPair[]> {
  const { stores } = application;
  const memories = (await stores.memories.list(project.id)).filter(
    ({ projectId, name }) => projectId === project.id && CONFIRMED.includes(name),
  );
  if (memories.length === 0 || terms.length === 0) return [];
  let newest: readonly StoredUnit[] = [];
  for (const text of new Set(terms.map((term) => term.text))) {
    const filter = {
      memoryIds: memories.map(({ id }) => id),
      states: ["translated", "reviewed", "final"] as const,
      text,
      side: "source" as const,
      ...(since === undefined ? {} : { from: since.slice(0, 10) }),
    };
    let after: string | undefined;
    do {
      // Oldest first, so the newest are known only at the end.
      const page = await stores.memories.readFiltered(project.id, filter, {
        limit: PAGE,
        ...(after === undefined ? {} : { after }),
      });
      newest = keepNewest([...newest, ...page.filter((unit) => since === undefined || changedAt(unit) > since)]);
      after = page.length < PAGE ? undefined : page.at(-1)?.id;
    } while (after !== undefined);
  }
  return newest.length === 0 ? [] : describe(application, { project, terms, units: newest, memories });
}

/** A pair that holds two wordings is there once. */
function keepNewest(units: readonly StoredUnit[]): readonly StoredUnit[] {
  const byId = new Map(units.map((unit) => [unit.id, unit]));
  return [...byId.values()]
    .sort((one, other) => compareTexts(changedAt(other), changedAt(one)) || compareTexts(other.id, one.id))
    .slice(0, MOST_PAIRS);
}

function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function changedAt(unit: StoredUnit): IsoInstant {
  return unit.changedAt ?? unit.createdAt ?? "";
}

async function describe(
  { stores }: Application,
  given: {
    readonly project: Project;
    readonly terms: readonly Term[];
    readonly units: readonly StoredUnit[];
    readonly memories: readonly { readonly id: string; readonly name: string }[];
  },
): Promise<readonly FreshPair[]> {
  const { project, terms, units, memories } = given;
  const documents = new Map((await stores.documents.list({ projectId: project.id })).map((document) => [document.id, document]));
  const targets = new Map(
    (await stores.alignments.list(project.id)).map(({ id, targetDocumentId }) => [id, documents.get(targetDocumentId)]),
  );
  const names = new Map(memories.map(({ id, name }) => [id, name]));
  const automaton = createTermAutomaton(terms.map((term) => ({ term, conceptId: term.text })));
  const direction = { from: mainLanguage(project.sourceLanguage), to: mainLanguage(project.targetLanguage) };
  return units.flatMap((unit) => {
    const texts = orient(unit, direction);
    const [hit] = texts ? automaton.recognizeTerms(texts.source) : [];
    if (!texts || !hit) return [];
    const memory = names.get(unit.memoryId) ?? "";
    return [{ unit: describeUnit(unit, texts, { memory, documents, targets }), sourceSpan: { start: hit.start, end: hit.end } }];
  });
}
