/**
 * What keeps other sites out of a server that listens on a person's own computer:
 * - only known names in Host, against DNS rebinding (another site's name that resolves to this address);
 * - state changes only from our own pages (Sec-Fetch-Site, else Origin against Host);
 * - a policy that runs no script and no style but our own files.
 */
import type { RequestHandler } from "express";
import { rateLimit } from "express-rate-limit";
import helmet from "helmet";
import { RequestError } from "./errors.ts";

const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];
const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);
const OWN = ["'self'"];
const NONE = ["'none'"];

export function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: NONE,
        scriptSrc: OWN,
        styleSrc: OWN,
        connectSrc: OWN,
        fontSrc: OWN,
        formAction: OWN,
        imgSrc: OWN,
        baseUri: NONE,
        frameAncestors: NONE,
      },
    },
    // Plain HTTP on loopback: a promise of HTTPS would lock the person out of every other program on that port.
    strictTransportSecurity: false,
  });
}

/** Refuses requests for names that are not ours. `allowed` holds host names without a port. */
export function allowHosts(allowed: readonly string[]): RequestHandler {
  const names = new Set([...LOOPBACK, ...allowed.map((name) => name.toLowerCase())]);
  return (request, _response, next) => {
    const host = hostName(request.headers.host);
    next(host !== undefined && names.has(host) ? undefined : new RequestError("host-refused"));
  };
}

/**
 * Refuses a state change that another site started. Browsers since 2020 send Sec-Fetch-Site, older ones Origin;
 * a request with neither comes from a program (curl, a script), which no page can make for a person.
 */
export function sameOrigin(): RequestHandler {
  return (request, _response, next) => {
    if (SAFE_METHODS.has(request.method)) return next();
    const site = request.headers["sec-fetch-site"];
    const origin = request.headers.origin;
    const ours =
      typeof site === "string"
        ? site === "same-origin" || site === "none"
        : origin === undefined || originHost(origin) === request.headers.host?.toLowerCase();
    next(ours ? undefined : new RequestError("cross-site"));
  };
}

/** Far above what a person or a page does; it ends loops and guessing. */
export function limitRate(): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: 6_000,
    standardHeaders: "draft-8",
    legacyHeaders: false,
    handler: (_request, _response, next) => next(new RequestError("too-many-requests")),
  });
}

function hostName(header: string | undefined): string | undefined {
  return /^(\[[0-9a-f:.]+\]|[^:/?#@\s]+)(?::\d+)?$/i.exec(header ?? "")?.[1]?.toLowerCase();
}

function originHost(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    return undefined;
  }
}
