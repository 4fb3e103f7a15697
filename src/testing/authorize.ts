import type { Description } from "./description.js";
import type { SecurityRequirement, SecuritySchemeObject } from "./openapi.js";
import type { Operation } from "./operation.js";
import { below, rootOf, settled } from "./place.js";
import type { Pair } from "./serialize-parameter.js";

/** A credential: a token or key, or for the scheme `basic` a name and a password. */
export type Credential = string | { readonly username: string; readonly password: string };

/** Credentials by the name of their security scheme in the description. */
export type Credentials = Readonly<Record<string, Credential>>;

/** What a request needs to carry its credential. */
export interface Authorization {
  readonly headers: Readonly<Record<string, string>>;
  readonly query: readonly Pair[];
  readonly cookies: readonly Pair[];
}

const NOTHING: Authorization = { headers: {}, query: [], cookies: [] };

/**
 * Says what has to be added to a request to an operation so that it is authorized: what the first security requirement
 * asks for to which there is a credential (OpenAPI 3.2, Security Requirement Object).
 *
 * @returns nothing to add for an operation that needs no credential.
 * @throws Error that names the schemes, if the credentials are enough for none of the requirements.
 */
export function authorize(description: Description, operation: Operation, credentials: Credentials): Authorization {
  const { security } = operation;
  if (security.length === 0) return NOTHING;
  const usable = (requirement: SecurityRequirement) =>
    Object.keys(requirement).every((name) => Object.hasOwn(credentials, name));
  // An empty requirement is always met, but whoever gives a credential wants it used.
  const chosen = security.find((item) => Object.keys(item).length > 0 && usable(item)) ?? security.find(usable);
  if (!chosen) {
    const needed = security.map((requirement) => Object.keys(requirement).join(" and ")).join(", or ");
    throw new Error(`${operation.operationId} needs a credential: ${needed}.`);
  }
  return Object.keys(chosen)
    .map((name) => carry(schemeOf(description, name), credentials[name] ?? ""))
    .reduce(joined, NOTHING);
}

/** Credentials that look right for every scheme of a description and open nothing, for a mock. */
export function placeholderCredentials(description: Description): Credentials {
  const names = Object.keys(description.document.components?.securitySchemes ?? {});
  return Object.fromEntries(
    names.map((name) => {
      const basic = schemeOf(description, name).scheme?.toLowerCase() === "basic";
      return [name, basic ? { username: "placeholder", password: "placeholder" } : "placeholder"];
    }),
  );
}

function schemeOf({ document }: Description, name: string): SecuritySchemeObject {
  const place = below(rootOf(document), "components", "securitySchemes", name);
  if (!place) throw new Error(`The description has no security scheme '${name}'.`);
  return settled<SecuritySchemeObject>(document, place).value;
}

function carry(scheme: SecuritySchemeObject, credential: Credential): Authorization {
  const token = typeof credential === "string" ? credential : `${credential.username}:${credential.password}`;
  if (scheme.type === "apiKey") {
    const name = scheme.name ?? "";
    if (scheme.in === "header") return { ...NOTHING, headers: { [name]: token } };
    const pair = { name: encodeURIComponent(name), value: encodeURIComponent(token) };
    return scheme.in === "query" ? { ...NOTHING, query: [pair] } : { ...NOTHING, cookies: [pair] };
  }
  if (scheme.type === "mutualTLS") return NOTHING;
  const kind = scheme.type === "http" ? (scheme.scheme ?? "bearer").toLowerCase() : "bearer";
  const encoded = kind === "basic" ? Buffer.from(token, "utf8").toString("base64") : token;
  return { ...NOTHING, headers: { Authorization: `${kind[0]?.toUpperCase()}${kind.slice(1)} ${encoded}` } };
}

function joined(left: Authorization, right: Authorization): Authorization {
  return {
    headers: { ...left.headers, ...right.headers },
    query: [...left.query, ...right.query],
    cookies: [...left.cookies, ...right.cookies],
  };
}
