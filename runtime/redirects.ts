import type { Redactor } from "./redact.js";
import { moveRequest } from "./requests.js";
import { discardBody } from "./timeouts.js";

/** As many as `fetch` follows. */
const mostRedirects = 20;

/** Whether a request carries a secret that `fetch` itself would take along to another origin. @internal */
export function needsGuard(request: Request, redactor: Redactor): boolean {
  if (request.redirect !== "follow") return false;
  const names = [...request.headers.keys()].filter((name) => name !== "authorization");
  return [...names, ...new URL(request.url).searchParams.keys()].some((name) => redactor.isSensitive(name));
}

/**
 * Sends a request and follows redirects as `fetch` does (Fetch, 4.4), but leaves the request's secrets behind when it
 * gets to another origin: of headers, `fetch` drops no other than `Authorization`.
 *
 * @param body the request's, as bytes; `undefined` if it has none or can be sent only once.
 * @throws an error if a redirect cannot be followed, as in a browser, which does not tell where one leads.
 * @internal
 */
export async function fetchGuarded(
  request: Request,
  body: ArrayBuffer | undefined,
  { fetch, redactor }: { readonly fetch: typeof globalThis.fetch; readonly redactor: Redactor },
): Promise<Response> {
  const secrets = secretParameters(request.url, redactor);
  let current = new Request(request, { redirect: "manual" });
  for (let redirects = 0; ; redirects++) {
    const { url, method } = current;
    const hasBody = current.body !== null && method !== "GET" && method !== "HEAD";
    const response = await fetch(current);
    if (response.type === "opaqueredirect") throw new Error("the server redirects, and this runtime hides where to");
    const location = [301, 302, 303, 307, 308].includes(response.status) ? response.headers.get("location") : null;
    if (location === null) {
      if (redirects > 0) Object.defineProperty(response, "redirected", { value: true, configurable: true });
      return response;
    }
    discardBody(response);
    if (redirects === mostRedirects) throw new Error(`the server redirected more than ${mostRedirects} times`);
    const target = resolve(location, url);
    const becomesGet =
      response.status === 303 ? method !== "GET" && method !== "HEAD" : response.status < 303 && method === "POST";
    if (hasBody && !becomesGet && body === undefined) throw new Error("a body that is a stream cannot be redirected");
    if (target.origin !== new URL(url).origin) dropParameters(target, secrets);
    const next = { method: becomesGet ? "GET" : method, body: becomesGet ? undefined : body };
    const moved = moveRequest(current, target, next);
    if (target.origin !== new URL(url).origin) dropHeaders(moved.headers, (name) => redactor.isSensitive(name));
    if (becomesGet) dropHeaders(moved.headers, (name) => name.startsWith("content-"));
    current = moved;
  }
}

function resolve(location: string, base: string): URL {
  const target = URL.canParse(location, base) ? new URL(location, base) : undefined;
  // The location is not repeated, since it may have a secret in it.
  if (!target || !/^https?:$/.test(target.protocol)) throw new Error("the server redirects to what is no web address");
  return target;
}

function secretParameters(url: string, redactor: Redactor): ReadonlySet<string> {
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
