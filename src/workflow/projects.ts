/** Projects: found by name, created with an address that a person can read. */
import type { LanguageTag } from "../model/span.ts";
import type { Project } from "../storage/project-store.ts";
import type { Application } from "./application.ts";

export type ProjectWish = {
  readonly name: string;
  readonly sourceLanguage?: LanguageTag;
  readonly targetLanguage?: LanguageTag;
};

/** Creates a project, zh to en unless said otherwise. A name may be there twice; an address may not. */
export async function createProject(application: Application, wish: ProjectWish): Promise<Project> {
  const base = slug(wish.name);
  for (let number = 1; ; number += 1) {
    const outcome = await application.stores.projects.create({
      id: number === 1 ? base : `${base}-${number}`,
      name: wish.name,
      sourceLanguage: wish.sourceLanguage ?? "zh",
      targetLanguage: wish.targetLanguage ?? "en",
      createdAt: application.clock(),
    });
    if (outcome.kind === "created") return outcome.project;
  }
}

/** The project with this name, created when there is none: `dingyi import --project NAME`. */
export async function openProject(application: Application, wish: ProjectWish): Promise<Project> {
  return (await application.stores.projects.findByName(wish.name)) ?? createProject(application, wish);
}

/** Letters and digits of any script stay: 汛期文件 is a fair address, browsers show it as it is. */
function slug(name: string): string {
  const words =
    name
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.join("-").slice(0, 60) || "project";
}
