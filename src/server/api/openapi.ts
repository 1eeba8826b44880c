/** The OpenAPI 3.1 document of operations: made from the schemas that the routes read with, so that it cannot fall behind. */
import { z } from "zod";
import { errorAnswer } from "./glossary-answers.ts";
import type { Operation } from "./glossary-operations.ts";

type Words = (key: string) => string;
type Json = Readonly<Record<string, unknown>>;

/** Refusals that any operation can answer, and those of changes. */
const READ_REFUSALS = [400, 404] as const;
const CHANGE_REFUSALS = [400, 404, 409, 422] as const;

const FORM_WITH_FILE = {
  "multipart/form-data": {
    schema: {
      type: "object",
      properties: { files: { type: "array", items: { type: "string", format: "binary" }, minItems: 1, maxItems: 1 } },
      required: ["files"],
    },
  },
};

export function describeApi(
  operations: readonly Operation[],
  { t, version }: { readonly t: Words; readonly version: string },
): Json {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describe(operation, t) };
  }
  return {
    openapi: "3.1.0",
    info: { title: t("api:title"), description: t("api:description"), version },
    paths,
    components: { schemas: { Error: toSchema(errorAnswer, "output") } },
  };
}

function describe({ id, path, method, query, body, takesFile, answer }: Operation, t: Words): Json {
  const refusals = method === "get" ? READ_REFUSALS : CHANGE_REFUSALS;
  return {
    operationId: id,
    summary: t(`api:operation.${id}`),
    parameters: [...listPathParameters(path, t), ...(query ? listQueryParameters(query) : [])],
    ...(takesFile ? { requestBody: { required: true, content: FORM_WITH_FILE } } : {}),
    ...(body ? { requestBody: { required: true, content: json(toSchema(body, "input")) } } : {}),
    responses: {
      [answer.status]: describeAnswer(answer, t),
      ...Object.fromEntries(
        refusals.map((status) => [
          status,
          { description: t(`api:refusal.${status}`), content: json({ $ref: "#/components/schemas/Error" }) },
        ]),
      ),
    },
  };
}

function describeAnswer(answer: Operation["answer"], t: Words): Json {
  if ("schema" in answer) return { description: t("api:answer"), content: json(toSchema(answer.schema, "output")) };
  if ("mediaType" in answer)
    return { description: t("api:file"), content: { [answer.mediaType]: { schema: { type: "string" } } } };
  return { description: t("api:done") };
}

function json(schema: unknown): Json {
  return { "application/json": { schema } };
}

function listPathParameters(path: string, t: Words): readonly Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => ({
    name,
    in: "path",
    required: true,
    description: t(`api:parameter.${name}`),
    schema: { type: "string" },
  }));
}

function listQueryParameters(query: z.ZodObject): readonly Json[] {
  const { properties = {}, required = [] } = toSchema(query, "input") as {
    readonly properties?: Readonly<Record<string, Json>>;
    readonly required?: readonly string[];
  };
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: "query",
    required: required.includes(name),
    // What is read as a number may come from anything; in an address it is a number.
    schema: Object.keys(schema).some((key) => ["type", "enum", "anyOf"].includes(key)) ? schema : { type: "integer" },
  }));
}

/** OpenAPI 3.1 takes JSON Schema as it is; only the name of the dialect belongs to the document. */
function toSchema(type: z.ZodType, io: "input" | "output"): Json {
  const schema = z.toJSONSchema(type, { io, unrepresentable: "any" });
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== "$schema"));
}
