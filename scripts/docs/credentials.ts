import type { SecuritySchemeObject } from "../../src/testing/openapi.js";
import { type OpenApiDocument, type Reference, resolve, type SecurityRequirement } from "../openapi.js";

/** A security scheme, as far as the pages show it. */
export interface SecurityScheme extends SecuritySchemeObject {
  readonly bearerFormat?: string;
}

/** The security schemes by name. */
export function schemesOf(document: OpenApiDocument): Map<string, SecurityScheme> {
  const schemes = (document.components?.securitySchemes ?? {}) as Record<string, SecurityScheme | Reference>;
  return new Map(Object.entries(schemes).map(([name, scheme]) => [name, resolve<SecurityScheme>(document, scheme)]));
}

/** How a credential travels, as inline Markdown: `` `Authorization: Bearer …` ``, or the cookie. */
export function schemeText({ type, scheme, bearerFormat, in: place, name }: SecurityScheme): string {
  if (type === "apiKey") return `${place === "query" ? "query parameter" : place} \`${name}\``;
  if (type === "http" && scheme !== "bearer") return `\`Authorization: ${scheme} …\``;
  return `\`Authorization: Bearer ${bearerFormat ?? "…"}\`${type === "oauth2" ? " from OAuth 2.0" : ""}`;
}

/**
 * What a call of the API is signed with by default, as inline Markdown: each way once, the simplest where one way holds
 * another.
 */
export function credentialsOf(document: OpenApiDocument): string[] {
  const schemes = schemesOf(document);
  const ways = (document.security ?? []).filter((way) => Object.keys(way).length > 0);
  const simplest = ways.filter((way) => !ways.some((other) => other !== way && holds(way, other)));
  const texts = simplest.map((way) =>
    Object.keys(way)
      .flatMap((name) => schemes.get(name) ?? [])
      .map(schemeText)
      .join(" and "),
  );
  return [...new Set(texts)];
}

function holds(way: SecurityRequirement, other: SecurityRequirement): boolean {
  return Object.keys(other).every((name) => name in way);
}
