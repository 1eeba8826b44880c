/**
 * The two memories that a project fills by itself: `alignments` from aligned texts, `translations` from confirmed rows.
 * Their names are slugs, put into words by the catalogues (`common:memory.<slug>`); imported memories have a person's name.
 */
import type { Memory } from "../storage/memory-store.ts";
import type { Application } from "./application.ts";

export const OWN_MEMORIES = ["translations", "alignments"] as const;
export type OwnMemory = (typeof OWN_MEMORIES)[number];

/** Confirmed rows of this project come before pairs that were only aligned. */
const PRIORITY: Readonly<Record<OwnMemory, number>> = { translations: 20, alignments: 10 };

export function openOwnMemory(application: Application, projectId: string, name: OwnMemory): Promise<Memory> {
  return application.stores.memories.open({
    projectId,
    name,
    priority: PRIORITY[name],
    penalty: 0,
    readOnly: false,
    createdAt: application.clock(),
  });
}

export function isOwnMemory(name: string): name is OwnMemory {
  return OWN_MEMORIES.some((own) => own === name);
}
