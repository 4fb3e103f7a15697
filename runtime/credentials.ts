import { mergeHeaders } from "./headers.js";
import { moveRequest, readBody } from "./requests.js";

/** A secret, or a function that returns it. The function is called for every attempt at a request. */
export type Credential = string | (() => string | Promise<string>);

/**
 * Adds the credential to a request. It is called for every attempt, after all middleware, and only for requests to the
 * client's own origin. It may change the request that it is given.
 */
export interface Authentication {
  (request: Request): Request | Promise<Request>;
  /**
   * The names of the headers and query parameters that it fills. They are masked wherever anything is printed, and are
   * not taken along to another origin. Names that show what they hold, such as `X-Api-Key`, need not be listed.
   */
  readonly sensitive?: readonly string[];
}

/**
 * Sends a credential as `Authorization: Bearer …` (RFC 6750, 2.1). A request that has an `Authorization` header of its
 * own keeps it.
 *
 * @throws a `TypeError` if the credential is missing, empty or has characters other than visible ASCII. The message
 *   does not have the credential in it. For a function, the call is rejected with it.
 */
export function bearer(credential: Credential): Authentication {
  if (typeof credential !== "function") checkCredential(credential);
  return async (request) => {
    if (request.headers.has("authorization")) return request;
    request.headers.set("authorization", `Bearer ${await resolveCredential(credential)}`);
    return request;
  };
}

/**
 * Sends a credential in a header of its own, such as `X-Api-Key`. A request that has such a header keeps it.
 *
 * @param name the header.
 * @throws a `TypeError` as {@link bearer} does, and for a name that HTTP does not allow.
 */
export function headerKey(name: string, credential: Credential): Authentication {
  mergeHeaders({ [name]: "" });
  if (typeof credential !== "function") checkCredential(credential);
  const authenticate = async (request: Request) => {
    if (request.headers.has(name)) return request;
    request.headers.set(name, await resolveCredential(credential));
    return request;
  };
  return Object.assign(authenticate, { sensitive: [name] });
}

/**
 * Sends a credential as a parameter of the query. A request that has such a parameter keeps it.
 *
 * A URL is written down in many places, so this is for APIs that take nothing else. Neither the client's errors and log
 * lines nor the URL of its answers have the credential in them.
 *
 * @param name the parameter.
 * @throws a `TypeError` as {@link bearer} does.
 */
export function queryKey(name: string, credential: Credential): Authentication {
  if (typeof credential !== "function") checkCredential(credential);
  const authenticate = async (request: Request) => {
    const url = new URL(request.url);
    if (url.searchParams.has(name)) return request;
    const pair = `${encodeURIComponent(name)}=${encodeURIComponent(await resolveCredential(credential))}`;
    // URLSearchParams would write the other parameters anew, not always as they were.
    url.search = url.search === "" ? pair : `${url.search}&${pair}`;
    return moveRequest(request, url, { method: request.method, body: await readBody(request) });
  };
  return Object.assign(authenticate, { sensitive: [name] });
}

async function resolveCredential(credential: Credential): Promise<string> {
  const resolved = typeof credential === "function" ? await credential() : credential;
  checkCredential(resolved);
  return resolved;
}

function checkCredential(credential: unknown): void {
  if (typeof credential !== "string") {
    throw new TypeError(
      `The credential must be a string or a function that returns one, but it is ${kind(credential)}.`,
    );
  }
  if (credential === "") throw new TypeError("The credential is empty.");
  if (!/^[\x21-\x7e]+$/.test(credential)) {
    throw new TypeError(
      "The credential has a character that none can have, such as a space or a line break at its end.",
    );
  }
}

function kind(value: unknown): string {
  return value === null || value === undefined ? String(value) : `of type ${typeof value}`;
}
