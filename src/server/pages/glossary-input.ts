/** What the pages of the glossary take as input, and how they refuse. */
import type { Request } from "express";
import { z } from "zod";
import type { Attestation } from "../../model/concept.ts";
import type { Application } from "../../workflow/application.ts";
import { KINDS, MATCHING, STATUSES, TERM_TYPES, USAGES, recordCitation } from "../../workflow/glossary.ts";
import { RELATION_TYPES } from "../../workflow/glossary-relations.ts";
import { RequestError } from "../errors.ts";

/** An empty field says nothing. */
export const optionalText = (longest: number) =>
  z
    .string()
    .trim()
    .max(longest)
    .optional()
    .transform((text) => (text === "" ? undefined : text));

/** A day, a month or a year, as a source gives it. */
const day = z
  .string()
  .trim()
  .regex(/^(?:\d{4}(?:-\d\d(?:-\d\d)?)?)?$/)
  .optional()
  .transform((text) => (text === "" ? undefined : text));

export const kind = z.enum(KINDS);
export const status = z.enum(STATUSES);
export const usage = z.enum(USAGES);
export const revision = z.int().min(1);

export const citation = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("source"), id: z.string().min(1).max(500) }),
  z.object({ kind: z.literal("house") }),
  z.object({ kind: z.literal("proposed") }),
  z.object({
    kind: z.literal("new"),
    body: z.string().trim().min(1).max(300),
    title: z.string().trim().min(1).max(500),
    date: day,
    locator: optionalText(1000),
  }),
]);

export const attestation = z.object({
  citation,
  place: optionalText(300),
  date: day,
  link: optionalText(2000),
  sourceQuotation: optionalText(4000),
  targetQuotation: optionalText(4000),
});

export const termFields = {
  usage: usage.optional(),
  termType: z.enum(TERM_TYPES),
  matching: z.enum(MATCHING),
  partOfSpeech: optionalText(100),
  validFrom: day,
  validUntil: day,
  note: optionalText(4000),
};

const wording = z.string().trim().min(1).max(2000);
const reason = optionalText(4000);
const grounds = { reason, citation: citation.optional() };
const person = z.string().min(1).max(200);
const id = z.string().min(1).max(200);

export const filters = z.object({
  find: z.string().max(200).optional(),
  status: z.enum(["", "unsettled", "paraphrased", "waiting", "news", "discussed", ...STATUSES]).optional(),
  kind: z.enum(["", ...KINDS]).optional(),
  /** "-" stands for entries without one. */
  class: z.string().max(100).optional(),
  domain: z.string().max(200).optional(),
  /** Id of an authority level. */
  level: z.string().max(60).optional(),
  source: z.string().max(500).optional(),
  sort: z.enum(["text", "pinyin", "created", "changed"]).optional(),
  direction: z.enum(["up", "down"]).optional(),
  offset: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
});

export const newEntryInput = z.object({
  text: wording,
  kind,
  domain: optionalText(200),
  note: optionalText(4000),
  rendering: z.object({ text: wording, status, usage: usage.optional(), attestation: attestation.optional() }).optional(),
});

/** `paraphrased`: there is no fixed rendering; saying so or taking it back needs a reason. */
export const entryInput = z.object({
  baseRevision: revision,
  kind,
  class: optionalText(100),
  domain: optionalText(200),
  note: optionalText(4000),
  paraphrased: z.boolean().optional(),
  reason,
});

export const fillQuery = z.object({ text: z.string().trim().min(1).max(2000) });

export const additionInput = z.object({
  language: z.string().regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/),
  text: wording,
  status,
  reason,
  attestation: attestation.optional(),
  ...termFields,
});

export const editInput = z.object({ baseRevision: revision, text: wording, ...termFields, ...grounds });

/** `successor`: the id of the wording that stands for a superseded one. */
export const decisionInput = z.object({ baseRevision: revision, status, successor: id.optional(), ...grounds });

export const relationInput = z.object({ type: z.enum(RELATION_TYPES), other: id, note: optionalText(1000) });
export const relationEndInput = z.object({ type: z.enum(RELATION_TYPES), other: id, reason });
export const remarkInput = z.object({ text: wording.max(8000), term: id.optional(), thread: id.optional() });
export const threadInput = z.object({ kind: z.enum(["resolve", "reopen"]), text: optionalText(4000) });
export const seenInput = z.object({ concept: id.optional() });

const names = z.array(person).max(200);
export const rulesInput = z.object({
  fourEyes: z.boolean().optional(),
  authorities: z
    .array(z.object({ id: z.string().regex(/^[\w-]{1,60}$/), name: optionalText(200), bodies: names, kinds: names }))
    .max(50)
    .refine((levels) => new Set(levels.map((level) => level.id)).size === levels.length)
    .optional(),
});

type Given<Value> = { readonly [Key in keyof Value]: Exclude<Value[Key], undefined> };

/** Without the fields that say nothing. */
export function withoutEmpty<Value extends object>(value: Value): Partial<Given<Value>> & Pick<Value, RequiredKeys<Value>> {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Partial<Given<Value>> &
    Pick<Value, RequiredKeys<Value>>;
}
type RequiredKeys<Value> = { [Key in keyof Value]-?: undefined extends Value[Key] ? never : Key }[keyof Value];

export async function toCitation(
  application: Application,
  projectId: string,
  given: z.infer<typeof citation> | undefined,
): Promise<string | undefined> {
  return given && recordCitation(application, projectId, withoutEmpty(given) as Parameters<typeof recordCitation>[2]);
}

export async function toAttestation(
  application: Application,
  projectId: string,
  given: z.infer<typeof attestation>,
): Promise<Attestation> {
  const { citation: cited, ...rest } = given;
  return { ...withoutEmpty(rest), source: (await toCitation(application, projectId, cited)) ?? "proposed" };
}

/** A refusal in words, with its code for the form that was sent. */
export function refuse(request: Request, code: string, details: object = {}): RequestError {
  if (code === "not-found") return new RequestError("concept-not-found");
  return new RequestError("refused", { reason: request.t(`refusals:${code}`) }, { code, ...details });
}
