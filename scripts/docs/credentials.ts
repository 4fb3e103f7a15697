import { type OpenApiDocument, type Reference, resolve, type SecurityRequirement } from "../openapi.js";

/** A security scheme, as far as its name and place go. */
interface SecurityScheme {
  type: string;
  scheme?: string;
  bearerFormat?: string;
  in?: string;
  name?: string;
}

/**
 * What a call of the API is signed with by default, as inline Markdown: each way once, the simplest where one way holds
 * another.
 */
export function credentialsOf(document: OpenApiDocument): string[] {
  const schemes = (document.components?.securitySchemes ?? {}) as Record<string, SecurityScheme | Reference>;
  const ways = (document.security ?? []).filter((way) => Object.keys(way).length > 0);
  const simplest = ways.filter((way) => !ways.some((other) => other !== way && holds(way, other)));
  const texts = simplest.map((way) =>
    Object.keys(way)
      .flatMap((name) => schemes[name] ?? [])
      .map((scheme) => describe(resolve<SecurityScheme>(document, scheme)))
      .join(" and "),
  );
  return [...new Set(texts)];
}

function holds(way: SecurityRequirement, other: SecurityRequirement): boolean {
  return Object.keys(other).every((name) => name in way);
}

function describe({ type, scheme, bearerFormat, in: place, name }: SecurityScheme): string {
  if (type === "apiKey") return place === "cookie" ? `cookie \`${name}\`` : `${place} \`${name}\``;
  if (type !== "http") return type === "oauth2" ? "OAuth 2.0" : type;
  return scheme === "bearer" ? `\`Authorization: Bearer ${bearerFormat ?? "…"}\`` : `\`Authorization: ${scheme} …\``;
}
