import type { Oas3Decorator } from "@redocly/openapi-core";
import type { Evidenced } from "../openapi.js";

/**
 * Says in the descriptions how each part is known, so that it shows wherever descriptions are shown: in the rendered
 * documentation and in the JSDoc of the types.
 */
export const evidenceNotes: Oas3Decorator = () => ({
  Operation: { leave: note },
  Parameter: { leave: note },
  Header: { leave: note },
  RequestBody: { leave: note },
  Response: { leave: note },
  Schema: { leave: note },
  SecurityScheme: { leave: note },
});

function note(node: object): void {
  const {
    "x-evidence": evidence,
    "x-source": source,
    ...rest
  } = node as Evidenced & { description?: string; "x-sensitive"?: true };
  const notes = [];
  if (rest["x-sensitive"]) notes.push("**Secret:** keep it out of logs and out of sight.");
  if (evidence) notes.push(`*Evidence: ${evidence}${source ? ` (${source})` : ""}.*`);
  if (notes.length === 0) return;
  (node as { description?: string }).description = [rest.description?.trimEnd(), ...notes].filter(Boolean).join("\n\n");
}
