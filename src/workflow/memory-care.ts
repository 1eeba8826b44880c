/** The memories of a project: made, named, weighed, made read-only, put in the trash, lent from other projects. */
import type { AttachableMemory, ListedMemory, Memory, TrashedMemory } from "../storage/memory-store.ts";
import type { Application } from "./application.ts";
import { isOwnMemory } from "./project-memories.ts";

export type { AttachableMemory, ListedMemory, Memory, TrashedMemory } from "../storage/memory-store.ts";

export type MemorySettings = Pick<Memory, "name" | "priority" | "penalty" | "readOnly" | "isUsed">;

export type CareOutcome =
  | { readonly kind: "done"; readonly memory: Memory }
  | { readonly kind: "refused"; readonly code: "not-found" | "name-missing" | "name-taken" | "own-memory" };

export type MemoryOverview = {
  readonly memories: readonly (ListedMemory & { readonly projectName?: string })[];
  readonly trash: readonly TrashedMemory[];
  readonly attachable: readonly AttachableMemory[];
};

const NEW_PRIORITY = 5;

export async function listMemories({ stores }: Application, projectId: string): Promise<MemoryOverview> {
  const projects = new Map((await stores.projects.list()).map((project) => [project.id, project]));
  const own = projects.get(projectId);
  const memories = (await stores.memories.list(projectId)).map((memory) => {
    const projectName = memory.isLent ? projects.get(memory.projectId)?.name : undefined;
    return { ...memory, ...(projectName === undefined ? {} : { projectName }) };
  });
  const attachable = (await stores.memories.listAttachable(projectId)).filter(
    (memory) => memory.sourceLanguage === own?.sourceLanguage && memory.targetLanguage === own.targetLanguage,
  );
  return { memories, attachable, trash: await stores.memories.listTrash(projectId) };
}

async function nameProblem(
  { stores }: Application,
  { projectId, name, id }: { readonly projectId: string; readonly name: string; readonly id?: string },
): Promise<"name-missing" | "name-taken" | undefined> {
  if (name === "") return "name-missing";
  // The names of the project's own memories are slugs; another memory of that name would be taken for them.
  if (isOwnMemory(name)) return "name-taken";
  const memories = await stores.memories.list(projectId);
  return memories.some((memory) => !memory.isLent && memory.name === name && memory.id !== id) ? "name-taken" : undefined;
}

export async function createMemory(
  application: Application,
  given: { readonly projectId: string; readonly name: string; readonly penalty?: number; readonly priority?: number },
): Promise<CareOutcome> {
  const { projectId, penalty = 0, priority = NEW_PRIORITY } = given;
  const name = given.name.trim();
  const code = await nameProblem(application, { projectId, name });
  if (code) return { kind: "refused", code };
  const createdAt = application.clock();
  return {
    kind: "done",
    memory: await application.stores.memories.create({ projectId, name, priority, penalty, readOnly: false, createdAt }),
  };
}

/** Changes what is given. A lent memory has a priority and a penalty here, and nothing else of it is this project's. */
export async function changeMemory(
  application: Application,
  given: { readonly projectId: string; readonly id: string; readonly author: string } & Partial<MemorySettings>,
): Promise<CareOutcome> {
  const { stores, clock } = application;
  const { projectId, id, author } = given;
  const memory = (await stores.memories.list(projectId)).find((one) => one.id === id);
  if (!memory) return { kind: "refused", code: "not-found" };
  const { priority = memory.priority, penalty = memory.penalty, readOnly = memory.readOnly, isUsed = memory.isUsed } = given;
  if (memory.isLent) {
    await stores.memories.attach({ projectId, memoryId: id, priority, penalty, author, at: clock() });
    return { kind: "done", memory: { ...memory, priority, penalty } };
  }
  const name = given.name?.trim() ?? memory.name;
  if (name !== memory.name) {
    if (isOwnMemory(memory.name)) return { kind: "refused", code: "own-memory" };
    const code = await nameProblem(application, { projectId, name, id });
    if (code) return { kind: "refused", code };
  }
  const changed = await stores.memories.change({ id, name, priority, penalty, readOnly, isUsed });
  return changed ? { kind: "done", memory: changed } : { kind: "refused", code: "not-found" };
}

/** Into the trash; a lent memory only leaves this project. */
export async function removeMemory(
  { stores, clock }: Application,
  { projectId, id }: { readonly projectId: string; readonly id: string },
): Promise<CareOutcome> {
  const memory = (await stores.memories.list(projectId)).find((one) => one.id === id);
  if (!memory) return { kind: "refused", code: "not-found" };
  if (memory.isLent) await stores.memories.detach({ projectId, memoryId: id });
  else if (isOwnMemory(memory.name)) return { kind: "refused", code: "own-memory" };
  else await stores.memories.moveToTrash(id, clock());
  return { kind: "done", memory };
}

export async function restoreMemory(
  application: Application,
  { projectId, id }: { readonly projectId: string; readonly id: string },
): Promise<CareOutcome> {
  const { stores } = application;
  const removed = (await stores.memories.listTrash(projectId)).find((one) => one.id === id);
  if (!removed) return { kind: "refused", code: "not-found" };
  const code = await nameProblem(application, { projectId, name: removed.name });
  if (code) return { kind: "refused", code };
  await stores.memories.takeFromTrash(id);
  const memory = await stores.memories.find(id);
  return memory ? { kind: "done", memory } : { kind: "refused", code: "not-found" };
}

export async function lendMemory(
  { stores, clock }: Application,
  given: {
    readonly projectId: string;
    readonly memoryId: string;
    readonly author: string;
    readonly priority?: number;
    readonly penalty?: number;
  },
): Promise<CareOutcome> {
  const { projectId, memoryId, author, priority = 1, penalty = 0 } = given;
  const isDone = await stores.memories.attach({ projectId, memoryId, priority, penalty, author, at: clock() });
  const memory = isDone ? (await stores.memories.list(projectId)).find(({ id }) => id === memoryId) : undefined;
  return memory ? { kind: "done", memory } : { kind: "refused", code: "not-found" };
}
