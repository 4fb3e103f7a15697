/** How to mend what a built-in rule finds. The rules of this project say it in their messages. */
const cures: Readonly<Record<string, string>> = {
  "no-unresolved-refs":
    "Correct the path or create the file. A file that is not valid YAML cannot be referred to either.",
  "operation-operationId-unique": "Give one of the two operations another `operationId`.",
  "no-invalid-media-type-examples": "Correct the example, or the schema if the example is right.",
  "no-invalid-schema-examples": "Correct the example, or the schema if the example is right.",
  "no-invalid-parameter-examples": "Correct the example, or the schema if the example is right.",
  "no-unused-components": "Refer to the file, or delete it.",
  "scalar-property-missing-example": "Add an `example` that the vendor's documentation shows or that is like one.",
  "operation-4xx-response": "Refer to the responses in responses/ that the operation can answer.",
  "security-defined": "Add `security`, or define the scheme under components.securitySchemes.",
  struct: "Compare with the OpenAPI 3.2 specification: a key is misspelt, misplaced, missing or of the wrong type.",
  "yaml-syntax": "Check indentation, quotes and brackets around this place.",
};

/**
 * A sentence that says how to mend a problem.
 *
 * @param rule the rule that found it.
 * @param suggestions names that are close to a misspelt one.
 */
export function cureFor(rule: string, suggestions: readonly string[] = []): string {
  if (suggestions.length > 0) return `Did you mean ${suggestions.map((name) => `\`${name}\``).join(" or ")}?`;
  if (cures[rule]) return cures[rule];
  return rule.includes("/") ? "" : `See https://redocly.com/docs/cli/rules/oas/${rule}`;
}
