/** Units of a project's memories as a person looks through them: by filter, counted, with their history. */
import type { StoredUnit, UnitFacets, UnitFilter, UnitRevision } from "../storage/memory-store.ts";
import type { Application } from "./application.ts";
import { findUnitsByText } from "./unit-text-filter.ts";

export type { UnitLink } from "../storage/memory-store.ts";

export async function listUnits(
  application: Application,
  given: {
    readonly projectId: string;
    readonly filter: UnitFilter;
    readonly page: { readonly after?: string | undefined; readonly limit: number };
  },
): Promise<readonly StoredUnit[]> {
  const { after, limit } = given.page;
  const { memories } = application.stores;
  const found = await findUnitsByText(application, given);
  if (found) {
    const ids = found.list(given.page);
    const units = await memories.findUnits(ids);
    return ids.flatMap((id) => units.get(id) ?? []);
  }
  return memories.readFiltered(given.projectId, given.filter, { limit, ...(after === undefined ? {} : { after }) });
}

export async function countUnits(
  application: Application,
  given: { readonly projectId: string; readonly filter: UnitFilter },
): Promise<number> {
  const found = await findUnitsByText(application, given);
  return found ? found.count : application.stores.memories.countFiltered(given.projectId, given.filter);
}

type Kept = { readonly version: number; readonly facets: Promise<UnitFacets> };
const kept = new WeakMap<Application, Map<string, Kept>>();

/** What there is to filter by in all memories; kept until one of them changes. */
export async function findFacets(application: Application, projectId: string): Promise<UnitFacets> {
  const version = await application.stores.memories.memoryVersion(projectId);
  let projects = kept.get(application);
  if (!projects) kept.set(application, (projects = new Map()));
  const known = projects.get(projectId);
  if (known?.version === version) return known.facets;
  const facets = application.stores.memories.findFacets(projectId);
  projects.set(projectId, { version, facets });
  facets.catch(() => projects.delete(projectId));
  return facets;
}

export type UnitHistory = { readonly unit: StoredUnit; readonly revisions: readonly UnitRevision[] };

/** What a unit was before, oldest first, with who changed it and when. */
export async function findUnitHistory(
  { stores }: Application,
  { projectId, unitId }: { readonly projectId: string; readonly unitId: string },
): Promise<UnitHistory | undefined> {
  const unit = await stores.memories.findUnit(unitId);
  if (!unit || !(await stores.memories.list(projectId)).some(({ id }) => id === unit.memoryId)) return undefined;
  return { unit, revisions: await stores.memories.unitHistory(unit.memoryId, unit.originKey) };
}
