import type { SecuritySchemeObject } from "../testing/openapi.js";

/** Which header, query parameter or cookie carries a credential, and the variable that stands for it. */
export interface Carrier {
  readonly in: "header" | "query" | "cookie";
  readonly name: string;
  /** What comes before the credential in a header: `Bearer `. */
  readonly before: string;
  readonly variable: string;
}

/** Where the credential of a security scheme travels. */
export function carrierOf(scheme: SecuritySchemeObject, variable: string): Carrier {
  if (scheme.type === "apiKey") return { in: scheme.in ?? "header", name: scheme.name ?? "", before: "", variable };
  const basic = scheme.scheme?.toLowerCase() === "basic";
  return { in: "header", name: "Authorization", before: basic ? "Basic " : "Bearer ", variable };
}
