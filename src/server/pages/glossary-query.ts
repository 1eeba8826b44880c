/** What a list of the glossary is asked for, from its address. */
import type { z } from "zod";
import type { GlossarySearch } from "../../workflow/glossary-search.ts";
import type { Project } from "../context.ts";
import type { filters } from "./glossary-input.ts";

/** Stands for "none" where a filter has a value for it. */
export const NONE = "-";

export function toSearch(project: Project, person: string, chosen: z.infer<typeof filters>): GlossarySearch {
  const { find, status, kind, sort, direction, level, source } = chosen;
  const given = (name: "class" | "domain") => {
    const value = chosen[name];
    return value === undefined || value === "" ? {} : { [name]: value === NONE ? "" : value };
  };
  return {
    projectId: project.id,
    person,
    ...(find === undefined ? {} : { search: find }),
    ...(status ? { status } : {}),
    ...(kind ? { kind } : {}),
    ...given("class"),
    ...given("domain"),
    ...(level ? { level } : {}),
    ...(source ? { source } : {}),
    sort: sort ?? "text",
    descending: direction === "down",
  };
}
