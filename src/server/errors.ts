/**
 * The one place that turns an exception into an answer: a page or JSON by Accept, words from `errors:<code>`,
 * never a stack. Routes throw a `RequestError` with a code; anything else is a bug, logged and answered with 500.
 */
import type { ErrorRequestHandler, Request, RequestHandler, Response } from "express";
import { MulterError } from "multer";
import { ZodError } from "zod";
import type { Log } from "./log.ts";

/** Codes and their HTTP status. Each has a title and a text in the catalogue `errors`. */
const STATUS = {
  "bad-request": 400,
  "bad-json": 400,
  "cross-site": 403,
  "not-found": 404,
  "project-not-found": 404,
  "document-not-found": 404,
  "preview-not-found": 404,
  "job-not-found": 404,
  "concept-not-found": 404,
  stale: 409,
  conflict: 409,
  refused: 422,
  "lookup-ambiguous": 409,
  "lookup-read-only": 405,
  "concordance-bad-pattern": 422,
  "concordance-too-short": 422,
  "body-too-large": 413,
  "file-too-large": 413,
  "too-many-files": 413,
  "upload-broken": 400,
  "no-files": 400,
  "host-refused": 421,
  "too-many-requests": 429,
  internal: 500,
} as const;

export type ErrorCode = keyof typeof STATUS;
export type ErrorValues = Readonly<Record<string, string | number>>;

/** Something a route cannot do. `details` goes into the JSON answer as it is (a stale save: mine, theirs, base). */
export class RequestError extends Error {
  readonly code: ErrorCode;
  readonly values: ErrorValues;
  readonly details: unknown;

  constructor(code: ErrorCode, values: ErrorValues = {}, details?: unknown) {
    super(code);
    this.name = "RequestError";
    this.code = code;
    this.values = values;
    this.details = details;
  }
}

/** After all routes: nothing answered. */
export const answerNotFound: RequestHandler = (_request, _response, next) => next(new RequestError("not-found"));

type ErrorParts = {
  readonly log: Log;
  readonly render: (request: Request, response: Response, page: ErrorPage) => Promise<void>;
};
type ErrorPage = {
  readonly page: "error";
  readonly title: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly status: number;
};

export function answerErrors(context: ErrorParts): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const known = toRequestError(error);
    const status = STATUS[known.code];
    if (status >= 500) context.log.error({ error: asError(error), method: request.method, path: request.path }, "request failed");
    response.status(status).set("Cache-Control", "no-store");
    if (wantsJson(request)) return answerJson(request, response, known);
    // A page would list the projects; a site that came by another name must not learn them.
    if (known.code === "host-refused") return void response.type("text").send(words(request, known));
    const title = request.t(`errors:${known.code}.title`);
    const data = { code: known.code, values: known.values };
    // An error page that fails in its turn must not come back here: Express then ends the request.
    context.render(request, response, { page: "error", title, data, status }).catch(next);
  };
}

function answerJson(request: Request, response: Response, error: RequestError): void {
  // Host and rate are refused before the language is known.
  const message = words(request, error);
  response.json({ error: { code: error.code, message, details: error.details } });
}

function words(request: Request, error: RequestError): string {
  return request.t(`errors:${error.code}.text`, { ...error.values });
}

function wantsJson(request: Request): boolean {
  return (
    request.path.startsWith("/api/") || request.path.startsWith("/tmserver/") || request.accepts(["html", "json"]) === "json"
  );
}

function toRequestError(error: unknown): RequestError {
  if (error instanceof RequestError) return error;
  if (error instanceof MulterError) return fromUpload(error);
  if (error instanceof ZodError) {
    const issue = error.issues[0];
    return new RequestError("bad-request", { place: issue?.path.join(".") ?? "" });
  }
  const type = field(error, "type");
  if (type === "entity.too.large") return new RequestError("body-too-large");
  if (type === "entity.parse.failed") return new RequestError("bad-json");
  const status = field(error, "status");
  if (typeof status === "number" && status >= 400 && status < 500) return new RequestError("bad-request", { place: "" });
  return new RequestError(knownCode(field(error, "code")) ?? "internal");
}

/** Errors of the layers below carry a code; those that mean something to the caller are in the table. */
function knownCode(code: unknown): ErrorCode | undefined {
  return typeof code === "string" && code in STATUS ? (code as ErrorCode) : undefined;
}

function fromUpload(error: MulterError): RequestError {
  if (error.code === "LIMIT_FILE_SIZE") return new RequestError("file-too-large");
  if (error.code === "LIMIT_FILE_COUNT" || error.code === "LIMIT_PART_COUNT") return new RequestError("too-many-files");
  return new RequestError("upload-broken");
}

function field(error: unknown, name: string): unknown {
  return typeof error === "object" && error !== null && name in error ? (error as Record<string, unknown>)[name] : undefined;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
