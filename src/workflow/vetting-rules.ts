/** How a project decides: four eyes or not, and the weight that it gives to sources. Earlier rules are kept. */
import type { Source } from "../model/concept.ts";
import type { AuthorityLevel, VettingRules } from "../model/vetting.ts";
import { DEFAULT_AUTHORITIES } from "../terminology/authority.ts";
import type { Application } from "./application.ts";

export { findStanding } from "../terminology/authority.ts";
export type { AuthorityLevel, VettingRules } from "../model/vetting.ts";

/** Until somebody sets them: one person may decide alone, sources weigh by their kind. */
const DEFAULT_RULES: VettingRules = { fourEyes: false, authorities: DEFAULT_AUTHORITIES };

export type RulesView = VettingRules & {
  /** Who set them, and when; absent for those that a project begins with. */
  readonly setBy?: { readonly author: string; readonly at: string };
};

export async function findVettingRules({ stores }: Application, projectId: string): Promise<RulesView> {
  const found = await stores.vetting.findRules(projectId);
  return found ? { ...found.rules, setBy: { author: found.author, at: found.at } } : DEFAULT_RULES;
}

/** Levels without an id get one; what is not given stays as it is. */
export async function changeVettingRules(
  application: Application,
  change: {
    readonly projectId: string;
    readonly author: string;
    readonly fourEyes?: boolean;
    readonly authorities?: readonly AuthorityLevel[];
  },
): Promise<RulesView> {
  const { stores, clock } = application;
  const { projectId, author, fourEyes, authorities } = change;
  const standing = await findVettingRules(application, projectId);
  const rules: VettingRules = {
    fourEyes: fourEyes ?? standing.fourEyes,
    authorities: authorities ?? standing.authorities,
  };
  await stores.vetting.saveRules(rules, { projectId, author, at: clock() });
  return findVettingRules(application, projectId);
}

/** What `findStanding` and `rankTerm` of terminology/authority.ts need to place a citation. */
export async function loadAuthorities(
  application: Application,
  projectId: string,
): Promise<{ readonly sources: ReadonlyMap<string, Source>; readonly levels: readonly AuthorityLevel[] }> {
  const [{ authorities }, sources] = [
    await findVettingRules(application, projectId),
    await application.stores.concepts.listSources(projectId),
  ];
  return { sources: new Map(sources.map((source) => [source.id, source])), levels: authorities };
}
