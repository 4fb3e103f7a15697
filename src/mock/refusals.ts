import type { PrismFinding, PrismOperation, PrismSecurityScheme } from "./prism-modules.js";

/** Why a request was refused, for people and for programs. */
export interface Refusals {
  /** One short sentence part each; empty if the request was accepted. Never contains a value that was sent. */
  reasons: string[];
  /** The same in the shape of Prism's `sl-violations` header. */
  violations: { location: (string | number)[]; severity: "Error"; code: string | number; message: string }[];
}

/** Sums up what Prism found in a request to an operation. */
export function refusals(findings: readonly PrismFinding[], operation: PrismOperation): Refusals {
  const errors = findings.filter(({ severity }) => severity === 0);
  const unauthorized = errors.filter(({ code }) => code === 401);
  const relevant = unauthorized.length > 0 ? unauthorized.slice(0, 1) : errors;
  const violations = relevant.map(({ path = [], code = "", message }) => ({
    location: ["request", ...path],
    severity: "Error" as const,
    code,
    message: code === 401 ? `no credential; needs ${credentialsOf(operation)}` : shorten(message),
  }));
  return { reasons: [...new Set(violations.map(({ message }) => message))], violations };
}

function shorten(message: string): string {
  return message.replace(/^Request /, "").replace(/\b(query|path|header) parameter /, "$1 ");
}

function credentialsOf({ security = [] }: PrismOperation): string {
  const alternatives = security.map((schemes) => schemes.map(credentialOf).join(" and "));
  return [...new Set(alternatives)].join(" or ") || "none";
}

function credentialOf({ type, scheme, name, in: place }: PrismSecurityScheme): string {
  if (type === "apiKey") return place === "query" ? `?${name}=…` : `${place} ${name}`;
  const given = scheme ?? "bearer";
  return `Authorization: ${given[0]?.toUpperCase()}${given.slice(1)} …`;
}
