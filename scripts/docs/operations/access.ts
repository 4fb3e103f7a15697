import type { Operation } from "../../openapi.js";
import type { DocumentedApi } from "../model.js";
import { optionsByScheme, type SecurityScheme, schemesOf } from "../samples/credentials.js";

/** Which credentials an operation takes, in inline Markdown. */
export function accessText(
  api: DocumentedApi,
  { security = api.document.security ?? [] }: Operation,
  guide: string | undefined,
): string {
  if (security.every((requirement) => Object.keys(requirement).length === 0)) return "None are needed.";
  const schemes = schemesOf(api.document);
  const options = optionsByScheme(api);
  const ways = security.map((requirement) => {
    const parts = Object.entries(requirement).map(([name, scopes]) => {
      const option = options.get(name);
      const given = option ? `, the client's \`${option}\`` : "";
      const limits = scopes.length > 0 ? `, with ${scopes.map((scope) => `\`${scope}\``).join(", ")}` : "";
      return `${carried(schemes.get(name))} (\`${name}\`${given}${limits})`;
    });
    return parts.length === 0 ? "none" : parts.join(" and ");
  });
  return `${ways.join(", or ")}.${guide ? ` See [authentication](guide:${guide}).` : ""}`;
}

function carried(scheme: SecurityScheme | undefined): string {
  if (scheme?.type === "apiKey")
    return `${scheme.in === "cookie" ? "cookie" : `${scheme.in} parameter`} \`${scheme.name}\``;
  if (scheme?.type === "http" && scheme.scheme !== "bearer") return `\`Authorization: ${scheme.scheme} …\``;
  return `\`Authorization: Bearer ${scheme?.bearerFormat ?? "…"}\`${scheme?.type === "oauth2" ? " from OAuth 2.0" : ""}`;
}
