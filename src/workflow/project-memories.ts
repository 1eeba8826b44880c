/**
 * The memories that a project fills by itself: `translations` from confirmed rows, `alignments` from aligned rows that a
 * person confirmed, `unconfirmed` from those that nobody has looked at: these are trusted less, and can be switched off.
 * Their names are slugs, put into words by the catalogues (`common:memory.<slug>`); imported memories have a person's name.
 */
import type { Memory } from "../storage/memory-store.ts";
import type { Application } from "./application.ts";

export const OWN_MEMORIES = ["translations", "alignments", "unconfirmed"] as const;
export type OwnMemory = (typeof OWN_MEMORIES)[number];

/** Confirmed rows of this project come before pairs that were aligned, and these before what nobody has looked at. */
const TRUST: Readonly<Record<OwnMemory, { readonly priority: number; readonly penalty: number }>> = {
  translations: { priority: 20, penalty: 0 },
  alignments: { priority: 10, penalty: 0 },
  unconfirmed: { priority: 1, penalty: 5 },
};

export function openOwnMemory(application: Application, projectId: string, name: OwnMemory): Promise<Memory> {
  return application.stores.memories.open({
    projectId,
    name,
    ...TRUST[name],
    readOnly: false,
    createdAt: application.clock(),
  });
}

export function isOwnMemory(name: string): name is OwnMemory {
  return OWN_MEMORIES.some((own) => own === name);
}
