import type { Method } from "../../clients/model.js";
import { componentName } from "../../clients/names.js";
import type { OpenApiDocument, Reference } from "../../openapi.js";
import { resolve } from "../../openapi.js";

/** The names that occur in an operation: its parameters, fields, events, codes and schemas. */
export function namesIn(document: OpenApiDocument, { placed }: Method): Set<string> {
  const names = new Set<string>(placed.parameters.map(({ name }) => name));
  const seen = new Set<object>();
  const walk = (node: unknown): void => {
    if (typeof node !== "object" || node === null || seen.has(node)) return;
    seen.add(node);
    if ("$ref" in node && typeof node.$ref === "string") {
      const name = componentName(node.$ref);
      if (name) names.add(name);
      walk(resolve(document, node as Reference));
      return;
    }
    for (const [key, value] of Object.entries(node)) {
      if (/^(example|examples|default|x-.*)$/.test(key)) continue;
      if (key === "properties" && typeof value === "object") for (const name of Object.keys(value)) names.add(name);
      if (key === "const" && typeof value === "string") names.add(value);
      if (key === "enum" && Array.isArray(value)) for (const one of value) if (typeof one === "string") names.add(one);
      walk(value);
    }
  };
  walk(placed.parameters.map(({ schema }) => schema));
  walk(placed.operation.requestBody);
  walk(placed.operation.responses);
  return names;
}
