import type { Operation } from "../../openapi.js";
import { schemesOf, schemeText } from "../credentials.js";
import type { DocumentedApi } from "../model.js";
import { optionsByScheme } from "../samples/credentials.js";

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
      const scheme = schemes.get(name);
      return `${scheme ? schemeText(scheme) : name} (\`${name}\`${given}${limits})`;
    });
    return parts.length === 0 ? "none" : parts.join(" and ");
  });
  return `${ways.join(", or ")}.${guide ? ` See [authentication](guide:${guide}).` : ""}`;
}
