/** What is known of a source: when it appeared, where it is found, of which kind it is. Its name stays: citations hold it. */
import type { Source } from "../model/concept.ts";
import type { Application } from "./application.ts";

export type SourceFacts = { readonly date: string; readonly locator: string; readonly kind: string };

export type SourceOutcome =
  | { readonly kind: "saved"; readonly source: Source }
  | { readonly kind: "stale"; readonly theirs: Source }
  | { readonly kind: "refused"; readonly code: "not-found" };

/** Stored when it is still as the person saw it (`base`). Empty fields say nothing. */
export async function changeSource(
  { stores: { concepts } }: Application,
  change: { readonly projectId: string; readonly sourceId: string; readonly base: SourceFacts; readonly fields: SourceFacts },
): Promise<SourceOutcome> {
  const { projectId, sourceId, base, fields } = change;
  const known = (await concepts.listSources(projectId)).find(({ id }) => id === sourceId);
  if (!known) return { kind: "refused", code: "not-found" };
  const names = ["date", "locator", "kind"] as const;
  if (names.some((name) => (known[name] ?? "") !== base[name])) return { kind: "stale", theirs: known };
  const given = Object.fromEntries(names.flatMap((name) => (fields[name] === "" ? [] : [[name, fields[name]]])));
  const source: Source = { id: known.id, body: known.body, title: known.title, ...given };
  await concepts.saveSource(source, projectId);
  return { kind: "saved", source };
}
