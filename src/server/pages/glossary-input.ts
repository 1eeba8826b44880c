/** What the pages of the glossary take as input, and how they refuse. */
import type { Request } from "express";
import { z } from "zod";
import type { Attestation } from "../../model/concept.ts";
import type { Application } from "../../workflow/application.ts";
import { KINDS, MATCHING, STATUSES, TERM_TYPES, USAGES, recordCitation } from "../../workflow/glossary.ts";
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
