import { type Carrier, carrierOf } from "../../../src/verify/carrier.js";
import type { OpenApiDocument, Operation } from "../../openapi.js";
import { schemesOf } from "../credentials.js";
import type { DocumentedApi } from "../model.js";

/** A credential that the constructor of the client takes. */
export interface CredentialOption {
  readonly option: string;
  readonly variable: string;
}

/** The schemes of the requirement that samples meet: the first that asks for something. */
export function usedSchemes(document: OpenApiDocument, { security = document.security ?? [] }: Operation): string[] {
  return Object.keys(security.find((requirement) => Object.keys(requirement).length > 0) ?? {});
}

/** How a request carries its credentials. */
export function carriersOf(api: DocumentedApi, operation: Operation): Carrier[] {
  const schemes = schemesOf(api.document);
  const options = optionsByScheme(api);
  return usedSchemes(api.document, operation).flatMap((name): Carrier[] => {
    const scheme = schemes.get(name);
    if (!scheme) return [];
    const isCookie = scheme.type === "apiKey" && scheme.in === "cookie";
    return [carrierOf(scheme, variableOf(api, isCookie ? (scheme.name ?? name) : (options.get(name) ?? name)))];
  });
}

/** What the constructor of the client is given for an operation: what it always needs, and the operation's credentials. */
export function credentialOptions(api: DocumentedApi, operation: Operation): CredentialOption[] {
  const options = optionsByScheme(api);
  const needed = usedSchemes(api.document, operation).flatMap((name) => options.get(name) ?? []);
  return [...new Set([...requiredOptions(api), ...needed])].map((option) => ({
    option,
    variable: variableOf(api, option),
  }));
}

/**
 * The constructor's option for each security scheme. Entry points are written by hand, and nothing but their text tells
 * it: `authentication: { adminKey: bearer(adminKey) }`, or `bearer(apiKey)` for all; a cookie comes from a login.
 */
export function optionsByScheme({ document, entryPoints }: DocumentedApi): Map<string, string> {
  const { client = "" } = entryPoints ?? {};
  const own = new Map(
    [...client.matchAll(/(\w+): \w+\((?:"[^"]*", )?(\w+)\)/g)].map(([, scheme = "", option = ""]) => [scheme, option]),
  );
  const [, all] = /authentication: bearer\((\w+)\)/.exec(client) ?? [];
  const [, password] = /new Login\((\w+)/.exec(client) ?? [];
  const options = new Map<string, string>();
  for (const [name, scheme] of schemesOf(document)) {
    const isBearer = scheme.type === "http" || scheme.type === "oauth2";
    const isSession = scheme.in === "cookie" && name === usedSchemes(document, { operationId: "" })[0];
    const option = own.get(name) ?? (isBearer ? all : isSession ? password : undefined);
    if (option) options.set(name, option);
  }
  return options;
}

/** The credentials without which there is no client. */
function requiredOptions({ entryPoints }: DocumentedApi): string[] {
  return [...(entryPoints?.client ?? "").matchAll(/^ {2}(\w+): Credential;$/gm)].map(([, option = ""]) => option);
}

/** `ACME_API_KEY` for the option `apiKey` of the API in the folder `acme`; `ACME_SESSION` for a cookie of that name. */
export function variableOf({ name }: DocumentedApi, option: string): string {
  const constant = (text: string) =>
    text
      .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
      .replace(/\W+/g, "_")
      .toUpperCase();
  const variable = constant(option);
  return variable.startsWith(`${constant(name)}_`) ? variable : `${constant(name)}_${variable}`;
}
