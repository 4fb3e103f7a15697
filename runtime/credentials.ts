/** A secret, or a function that returns it. The function is called for every attempt at a request. */
export type Credential = string | (() => string | Promise<string>);

/**
 * Adds the credential to a request. It is called for every attempt, after all middleware, and only for requests to the
 * client's own origin. It may change the request that it is given.
 */
export type Authentication = (request: Request) => Request | Promise<Request>;

/**
 * Sends a credential as `Authorization: Bearer …` (RFC 6750, 2.1). A request that has an `Authorization` header of its
 * own keeps it.
 *
 * @throws a `TypeError` if the credential is missing, empty or has characters that a header cannot carry. The message
 *   does not have the credential in it. For a function, the call is rejected with it.
 */
export function bearer(credential: Credential): Authentication {
  if (typeof credential !== "function") checkCredential(credential);
  return async (request) => {
    if (request.headers.has("authorization")) return request;
    const token = typeof credential === "function" ? await credential() : credential;
    checkCredential(token);
    request.headers.set("authorization", `Bearer ${token}`);
    return request;
  };
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
      "The credential has a character that a header cannot carry, such as a space or a line break at its end.",
    );
  }
}

function kind(value: unknown): string {
  return value === null || value === undefined ? String(value) : `of type ${typeof value}`;
}
