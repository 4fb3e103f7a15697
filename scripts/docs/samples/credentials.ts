import { type OpenApiDocument, type Operation, resolve } from "../../openapi.js";
import type { DocumentedApi } from "../model.js";

/** A security scheme, as far as samples need it. */
export interface SecurityScheme {
  readonly type: string;
  readonly scheme?: string;
  readonly in?: "header" | "query" | "cookie";
  readonly name?: string;
  readonly bearerFormat?: string;
  readonly description?: string;
}

/** A credential of a request, and the environment variable that holds it. */
export interface Carrier {
  readonly in: "header" | "query" | "cookie";
  readonly name: string;
  /** What stands before the credential: `Bearer `. */
  readonly before: string;
  readonly variable: string;
}

/** A credential that the constructor of the client takes. */
export interface CredentialOption {
  readonly option: string;
  readonly variable: string;
}

/** The security schemes by name. */
export function schemesOf(document: OpenApiDocument): Map<string, SecurityScheme> {
  const { securitySchemes = {} } = document.components ?? {};
  return new Map(
    Object.entries(securitySchemes).map(([name, scheme]) => [
      name,
      resolve<SecurityScheme>(document, scheme as object as SecurityScheme),
    ]),
  );
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
    const { type, in: place = "header", name: carrier = "" } = scheme;
    if (type === "apiKey") {
      const variable = place === "cookie" ? variableOf(api, carrier) : variableOf(api, options.get(name) ?? name);
      return [{ in: place, name: carrier, before: "", variable }];
    }
    return [
      { in: "header", name: "Authorization", before: "Bearer ", variable: variableOf(api, options.get(name) ?? name) },
    ];
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
