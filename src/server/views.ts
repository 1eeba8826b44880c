/** Templates: Eta with escaping switched on. `<%~ %>` (raw) is for layouts and includes only; a test holds that. */
import { join } from "node:path";
import { Eta } from "eta";

export type Views = { readonly render: (page: string, data: object) => string };

export function createViews(folder: string, options: { readonly cache: boolean }): Views {
  const eta = new Eta({ views: folder, cache: options.cache, cacheFilepaths: options.cache, autoEscape: true });
  return { render: (page, data) => eta.render(join("/pages", page), data) };
}
