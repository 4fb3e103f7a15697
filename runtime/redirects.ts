import { discardBody } from "./bodies.js";
import type { CookieJar } from "./cookies.js";
import type { Exchange } from "./exchange.js";
import type { Redactor } from "./redact.js";
import { moveRequest } from "./requests.js";

/** As many as `fetch` follows. */
const mostRedirects = 20;

/**
 * The headers that may go to another origin: they say what is wanted, and nothing about who wants it. All others stay at
 * home, since a credential can have any name.
 */
const harmless = new Set([
  "accept",
  "accept-language",
  "content-language",
  "content-type",
  "if-modified-since",
  "if-none-match",
  "if-range",
  "range",
  "user-agent",
]);

/** What following redirects needs. @internal */
export interface RedirectFacts {
  readonly fetch: typeof globalThis.fetch;
  readonly exchange: Exchange;
  /** Absent for requests that are not to the client's own origin. */
  readonly cookies: CookieJar | undefined;
  /** Unix time in milliseconds. */
  now(): number;
}

/**
 * Whether a request carries something that `fetch` itself might take along to another origin. Most drop `Authorization`;
 * Workers with a compatibility date before September 2025 do not.
 *
 * @internal
 */
export function needsGuard(request: Request, body: ArrayBuffer | undefined, redactor: Redactor): boolean {
  return (
    request.redirect === "follow" && (request.headers.has("authorization") || carriesMore(request, body, redactor))
  );
}

/** The same beside `Authorization`, which browsers do drop. */
function carriesMore(request: Request, body: ArrayBuffer | undefined, redactor: Redactor): boolean {
  if (body !== undefined || hasBody(request)) return true;
  for (const name of request.headers.keys()) if (!harmless.has(name) && name !== "authorization") return true;
  return secretParameters(request.url, redactor).size > 0;
}

/** Takes out of a request to another origin what a client sends with every call to its own. @internal */
export function dropOwnHeaders({ headers }: Request, own: Readonly<Record<string, string | null>>): void {
  dropHeaders(headers, (name) => !harmless.has(name) && headers.get(name) === own[name]);
}

/**
 * Sends a request and follows redirects as `fetch` does (Fetch, 4.4), but keeps the request's secrets from another
 * origin: headers stay behind but for a few that are harmless, of which `fetch` drops no other than `Authorization`,
 * credentials in the query too, and a body is not sent there at all. Cookies that a redirecting answer sets go with the request that follows.
 *
 * @param body the request's, as bytes; `undefined` if it has none or can be sent only once.
 * @throws ApiRedirectError if a redirect is refused, or cannot be followed, as in a browser, which does not tell where
 *   one leads.
 * @internal
 */
export async function fetchGuarded(
  request: Request,
  body: ArrayBuffer | undefined,
  { fetch, exchange, cookies, now }: RedirectFacts,
): Promise<Response> {
  const { redactor } = exchange;
  let current = request.redirect === "manual" ? request : new Request(request, { redirect: "manual" });
  for (let redirects = 0; ; redirects++) {
    const { url, method } = current;
    const response = await fetch(current);
    if (response.type === "opaqueredirect") {
      if (carriesMore(request, body, redactor)) throw exchange.redirectError("this runtime hides where to");
      return fetch(new Request(request, { redirect: "follow" }));
    }
    const location = [301, 302, 303, 307, 308].includes(response.status) ? response.headers.get("location") : null;
    if (location === null) {
      if (redirects > 0) Object.defineProperty(response, "redirected", { value: true, configurable: true });
      return response;
    }
    const secrets = secretParameters(request.url, redactor);
    const home = new URL(request.url).origin;
    if (new URL(url).origin === home) cookies?.store(response, url, now());
    const sendsBody = body !== undefined || hasBody(current);
    discardBody(response);
    if (redirects === mostRedirects) throw exchange.redirectError(`more than ${mostRedirects} times`);
    const target = resolve(location, url);
    // The location is not repeated, since it may have a secret in it.
    if (!target) throw exchange.redirectError("to what is no web address");
    const becomesGet =
      response.status === 303 ? method !== "GET" && method !== "HEAD" : response.status < 303 && method === "POST";
    const isElsewhere = target.origin !== new URL(url).origin;
    if (sendsBody && !becomesGet) {
      if (isElsewhere) throw exchange.redirectError(`a request with a body to another origin, ${target.origin}`);
      if (body === undefined) throw exchange.redirectError("a request whose body can be sent only once");
    }
    if (isElsewhere) dropParameters(target, secrets);
    const next = { method: becomesGet ? "GET" : method, body: becomesGet ? undefined : body };
    const moved = moveRequest(current, target, next);
    if (isElsewhere) dropHeaders(moved.headers, (name) => !harmless.has(name));
    if (becomesGet) dropHeaders(moved.headers, (name) => name.startsWith("content-"));
    if (target.origin === home) cookies?.renew(moved, now());
    current = moved;
    if (becomesGet) body = undefined;
  }
}

function hasBody({ method, body }: Request): boolean {
  return method !== "GET" && method !== "HEAD" && body !== null && body !== undefined;
}

function resolve(location: string, base: string): URL | undefined {
  const target = URL.canParse(location, base) ? new URL(location, base) : undefined;
  return target && /^https?:$/.test(target.protocol) ? target : undefined;
}

function secretParameters(url: string, redactor: Redactor): ReadonlySet<string> {
  if (!url.includes("?")) return new Set();
  const sensitive = [...new URL(url).searchParams].filter(([name]) => redactor.isSensitive(name));
  return new Set(sensitive.map(([, value]) => value));
}

/** Only the request's own secrets go: others, such as a signature, are meant for the other origin. */
function dropParameters(url: URL, secrets: ReadonlySet<string>): void {
  for (const [name, value] of [...url.searchParams]) if (secrets.has(value)) url.searchParams.delete(name);
}

function dropHeaders(headers: Headers, isDropped: (name: string) => boolean): void {
  for (const name of [...headers.keys()]) if (isDropped(name)) headers.delete(name);
}
