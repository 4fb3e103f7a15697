import { isObject, type JsonObject } from "./json.js";

const dialect = "https://json-schema.org/draft/2020-12/schema";

/** Below these there is data or JSON Schema, in which `parameters` and `examples` mean something else. */
const opaque = new Set(["value", "dataValue", "example", "schema", "itemSchema", "schemas"]);

/**
 * Copies a description and says outright, in the copy, what OpenAPI 3.1 and 3.2 imply but Prism does not know.
 * Prism changes the object it is given, so it must get a copy anyway.
 */
export function describeForPrism(description: object): object {
  const copy = structuredClone(description) as JsonObject;
  // Prism knows this dialect by its own name only; by default it reads schemas as draft 7 and skips newer keywords.
  if (!String(copy.openapi).startsWith("3.0")) copy.jsonSchemaDialect = dialect;
  visit(copy);
  return copy;
}

function visit(node: unknown): void {
  if (Array.isArray(node)) node.forEach(visit);
  if (!isObject(node)) return;
  for (const [key, child] of Object.entries(node)) {
    if (opaque.has(key)) continue;
    if (key === "parameters") for (const parameter of membersOf(child)) stateExplode(parameter);
    if (key === "examples") for (const example of membersOf(child)) stateValue(example);
    visit(child);
  }
}

function membersOf(collection: unknown): JsonObject[] {
  return Object.values(collection ?? {}).filter(isObject);
}

/** Prism takes a missing `explode` for false; for the style `form`, the default of query parameters, it means true. */
function stateExplode(parameter: JsonObject): void {
  const form = parameter.in === "query" && (parameter.style ?? "form") === "form";
  if (form && parameter.explode === undefined) parameter.explode = true;
}

/** OpenAPI 3.2 splits `value` into `dataValue` and `serializedValue`; Prism knows only `value`. */
function stateValue(example: JsonObject): void {
  if ("value" in example) return;
  const value = example.serializedValue ?? example.dataValue;
  if (value !== undefined) example.value = value;
}
