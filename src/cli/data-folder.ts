/** Where a person's data lives, and opening it for one command. */
import { homedir } from "node:os";
import { join } from "node:path";
import type { Application } from "../workflow/application.ts";
import type { CommandContext } from "./context.ts";
import { EXIT, Problem } from "./problem.ts";

/** `--data`, else DINGYI_DATA, else the folder that the XDG base directory specification names. */
export function chooseDataFolder(asked: string | undefined, environment: NodeJS.ProcessEnv): string {
  const home = environment["XDG_DATA_HOME"] || join(homedir(), ".local", "share");
  return asked ?? (environment["DINGYI_DATA"] || join(home, "dingyi"));
}

export async function openDataFolder(context: CommandContext, folder: string): Promise<Application> {
  const { openApplication } = await import("../workflow/application.ts");
  const outcome = await openApplication({ dataFolder: folder });
  if (outcome.kind === "opened") {
    const { resumeAlignmentUnits } = await import("../workflow/alignment-units.ts");
    await resumeAlignmentUnits(outcome.application);
    return outcome.application;
  }
  throw new Problem(EXIT.unreadable, context.t(`cli:folder.${outcome.code}`, { folder, ...outcome.values }));
}

/** Runs `work` on a data folder and closes it whatever happens. */
export async function withDataFolder<T>(
  context: CommandContext,
  asked: string | undefined,
  work: (application: Application) => Promise<T>,
): Promise<T> {
  const application = await openDataFolder(context, chooseDataFolder(asked, process.env));
  try {
    return await work(application);
  } finally {
    await application.close();
  }
}

/** The project of that id; without an id the only one there is. */
export async function findProject(context: CommandContext, application: Application, id: string | undefined) {
  const projects = await application.stores.projects.list();
  const found = id === undefined ? (projects.length === 1 ? projects[0] : undefined) : projects.find((one) => one.id === id);
  if (found) return found;
  const known = projects.map((one) => one.id).join(", ");
  throw new Problem(EXIT.usage, context.t("cli:no-project", { project: id ?? "?", projects: known || context.t("cli:none") }));
}

/** The project of that id or name; undefined when there is none yet, so that an import can make it. */
export async function findNamedProject(context: CommandContext, application: Application, wish: string | undefined) {
  if (!wish) return findProject(context, application, undefined);
  const { projects } = application.stores;
  return (await projects.find(wish)) ?? projects.findByName(wish);
}

/** Who acts from a terminal, for histories. */
export function authorOfTerminal(environment: NodeJS.ProcessEnv): string {
  return environment["DINGYI_USER"] || environment["USER"] || environment["LOGNAME"] || "me";
}
