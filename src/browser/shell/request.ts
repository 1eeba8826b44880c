/** Talking to the server: JSON out, JSON in, errors as values with the server's own words. */
import { t } from "./strings.ts";
import { showProblem } from "./toast.ts";

export type Failure = {
  readonly ok: false;
  /** Code of the catalogue `errors`, or `offline`. */
  readonly code: string;
  readonly message: string;
  readonly status: number;
  /** What a stale save brings along: mine, theirs, base. */
  readonly details: unknown;
};
export type Answer<Result> = { readonly ok: true; readonly value: Result } | Failure;

export type RequestOptions = {
  /** The caller shows failures itself; otherwise they appear as a notice that stays. */
  readonly quiet?: boolean;
  readonly signal?: AbortSignal;
  /** The request goes on when the page is left; for small things only. */
  readonly keepalive?: boolean;
};

export function post<Result>(url: string, body: unknown = {}, options: RequestOptions = {}): Promise<Answer<Result>> {
  return send<Result>("POST", url, body, options);
}

export function put<Result>(url: string, body: unknown, options: RequestOptions = {}): Promise<Answer<Result>> {
  return send<Result>("PUT", url, body, options);
}

export function get<Result>(url: string, options: RequestOptions = {}): Promise<Answer<Result>> {
  return send<Result>("GET", url, undefined, options);
}

/** Sends JSON, or a form with files as it is. */
export async function send<Result>(
  method: string,
  url: string,
  body: unknown,
  options: RequestOptions = {},
): Promise<Answer<Result>> {
  const answer = await exchange<Result>(method, url, body, options);
  if (!answer.ok && options.quiet !== true && answer.code !== "aborted") showProblem(answer.message);
  return answer;
}

async function exchange<Result>(
  method: string,
  url: string,
  body: unknown,
  { signal, keepalive }: RequestOptions,
): Promise<Answer<Result>> {
  const isForm = body instanceof FormData;
  try {
    const response = await fetch(url, {
      method,
      headers: { Accept: "application/json", ...(body === undefined || isForm ? {} : { "Content-Type": "application/json" }) },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
      ...(keepalive === true ? { keepalive } : {}),
    });
    const value: unknown = response.status === 204 ? undefined : await response.json();
    if (response.ok) return { ok: true, value: value as Result };
    const error = (value as { error?: { code?: string; message?: string; details?: unknown } }).error;
    return {
      ok: false,
      code: error?.code ?? "internal",
      message: error?.message ?? t("common:problem.internal"),
      status: response.status,
      details: error?.details,
    };
  } catch (error) {
    const aborted = error instanceof DOMException && error.name === "AbortError";
    return {
      ok: false,
      code: aborted ? "aborted" : "offline",
      message: t("common:problem.offline"),
      status: 0,
      details: undefined,
    };
  }
}
