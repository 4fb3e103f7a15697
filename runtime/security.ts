import type { Authentication } from "./credentials.js";

/** How requests are authenticated: by name of the security scheme, or in one way for all. */
export type AuthenticationByScheme = Authentication | Readonly<Record<string, Authentication | undefined>>;

/** The names of the headers and query parameters that carry credentials. */
export function sensitiveNames(given: AuthenticationByScheme | undefined): readonly string[] {
  const all = typeof given === "function" ? [given] : Object.values(given ?? {});
  return all.flatMap((authentication) => authentication?.sensitive ?? []);
}

/**
 * The way to authenticate a request.
 *
 * @param security the schemes that the operation accepts, the best first. Empty: it takes no credential.
 * @returns `undefined` if the request carries no credential.
 */
export function chooseAuthentication(
  given: AuthenticationByScheme | undefined,
  security: readonly string[] | undefined,
): Authentication | undefined {
  if (given === undefined || security?.length === 0) return undefined;
  if (typeof given === "function") return given;
  const scheme = security?.find((name) => Object.hasOwn(given, name) && given[name] !== undefined);
  return scheme === undefined ? undefined : given[scheme];
}
