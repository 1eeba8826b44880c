/** Units as the memory page shows them: what is read, where it is from, and where it can be opened. */
import type { StoredUnit } from "../../workflow/memory-edits.ts";
import { addressOfLink } from "./unit-address.ts";

export type ShownUnit = Pick<StoredUnit, "id" | "memoryId" | "source" | "target" | "state" | "document" | "author" | "notes"> & {
  readonly changedAt?: string | undefined;
  readonly codes: number;
  /** The row of a translation or an alignment that it comes from. */
  readonly address?: string;
};

export function showUnit(unit: StoredUnit, projectId: string): ShownUnit {
  const { id, memoryId, source, target, state, document, author, notes } = unit;
  const changedAt = unit.changedAt ?? unit.createdAt;
  const codes = (unit.sourceCodes?.length ?? 0) + (unit.targetCodes?.length ?? 0);
  const address = addressOfLink(unit.link, projectId);
  return {
    ...(address === undefined ? {} : { address }),
    ...{ id, memoryId, source, target, state, codes, changedAt },
    ...(document === undefined ? {} : { document }),
    ...(author === undefined ? {} : { author }),
    ...(notes === undefined ? {} : { notes }),
  };
}
