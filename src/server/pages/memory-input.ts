/** What the memory page and its interface take: filters, selections and edits of units. */
import type { MemorySettings } from "../../workflow/memory-care.ts";
import { z } from "zod";
import type { UnitEdit, UnitFilter, UnitSelection } from "../../workflow/memory-edits.ts";

const MOST_TICKED = 10_000;
const states = z.enum(["initial", "translated", "reviewed", "final"]);
const id = z.string().max(200);
const day = z.iso.date();

export const filterFields = z
  .object({
    memory: id,
    document: z.string().max(1000),
    author: z.string().max(500),
    from: day,
    to: day,
    state: states,
    text: z.string().max(2000),
    side: z.enum(["source", "target"]),
    import: id,
  })
  .partial();
const filter = filterFields.transform((given): UnitFilter => {
  const { memory, state, import: importId, ...rest } = given;
  const lists = { ...(memory ? { memoryIds: [memory] } : {}), ...(state ? { states: [state] } : {}) };
  return { ...withoutUndefined(rest), ...lists, ...(importId ? { importId } : {}) };
});

/** The types of the workflow have no `undefined` in optional fields. */
function withoutUndefined(given: Readonly<Record<string, unknown>>): UnitFilter {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

export const filterInput = filter;
export const pageInput = z.object({ after: id.optional(), limit: z.coerce.number().int().min(1).max(500).default(100) });

export const selectionInput = z.union([
  z.object({ unitIds: z.array(id).min(1).max(MOST_TICKED) }),
  z.object({ filter }),
]) satisfies z.ZodType<UnitSelection>;

export const editInput = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("replace"),
    side: z.enum(["source", "target"]),
    find: z.string().min(1).max(2000),
    replacement: z.string().max(2000),
    matchCase: z.boolean(),
  }),
  z.object({ kind: z.literal("state"), state: states }),
  z.object({ kind: z.enum(["document", "author"]), value: z.string().trim().max(1000) }),
  z.object({ kind: z.literal("note"), note: z.string().trim().min(1).max(5000) }),
  z.object({ kind: z.literal("remove") }),
]) satisfies z.ZodType<UnitEdit>;

export const settingsInput = z
  .object({
    name: z.string().max(200),
    priority: z.int().min(-1000).max(1000),
    penalty: z.int().min(0).max(100),
    readOnly: z.boolean(),
    isUsed: z.boolean(),
  })
  .partial()
  .transform((given) => withoutUndefined(given) as Partial<MemorySettings>);

export const kindInput = z.enum(["equal", "context", "form", "targets", "similar", "numbers"]);
export const mergeInput = z.union([
  z.object({ kind: kindInput }),
  z.object({
    groups: z
      .array(z.object({ position: z.int().min(0), keep: id.optional(), leave: z.array(id).max(1000).optional() }))
      .min(1)
      .max(1000),
  }),
]);
