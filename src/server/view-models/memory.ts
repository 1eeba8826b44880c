/** Units as the memory page shows them: what is read, where it is from, and where it can be opened. */
import type { StoredUnit } from "../../workflow/memory-edits.ts";

export type ShownUnit = Pick<StoredUnit, "id" | "memoryId" | "source" | "target" | "state" | "document" | "author" | "notes"> & {
  readonly changedAt?: string | undefined;
  readonly codes: number;
};

export function showUnit(unit: StoredUnit): ShownUnit {
  const { id, memoryId, source, target, state, document, author, notes } = unit;
  const changedAt = unit.changedAt ?? unit.createdAt;
  const codes = (unit.sourceCodes?.length ?? 0) + (unit.targetCodes?.length ?? 0);
  return {
    ...{ id, memoryId, source, target, state, codes, changedAt },
    ...(document === undefined ? {} : { document }),
    ...(author === undefined ? {} : { author }),
    ...(notes === undefined ? {} : { notes }),
  };
}
