import type { Json, JsonObject } from "../../testing/json.js";
import { isJson } from "../../testing/media-type.js";
import type { OpenApiDocument } from "../../testing/openapi.js";
import type { Parameter } from "../../testing/operation.js";
import { partSchemas, schemasOf, typesOf } from "../../testing/schema-walk.js";
import { readScalar, readSimple } from "../../testing/text-value.js";

/**
 * Reads a parameter as it was sent: the opposite of `serializePairs` (OpenAPI 3.2, Parameter Object, "Style Values").
 *
 * @param texts what was sent under its name, decoded.
 * @returns its value, or `undefined` for ways of writing that cannot be read back for certain.
 */
export function readParameter(
  document: OpenApiDocument,
  parameter: Parameter,
  texts: readonly string[],
): Json | undefined {
  const { schema, style, explode, content } = parameter;
  const [first = ""] = texts;
  if (!schema) return undefined;
  if (content) return isJson(content.mediaType) ? parsed(first) : first;
  if (parameter.in === "header" || (parameter.in === "path" && style === "simple")) {
    return readSimple(document, schema, first, explode);
  }
  if (style !== "form" && style !== "cookie") return undefined;
  const schemas = schemasOf(document, schema);
  const isList = schemas.some(({ value }) => typesOf(value)?.includes("array"));
  if (schemas.some(({ value }) => typesOf(value)?.includes("object"))) return undefined;
  if (!isList) return readScalar(document, schema, first);
  const [item] = partSchemas(schemas, 0);
  const pieces = explode ? texts : first.split(",");
  return pieces.map((piece) => (item ? readScalar(document, item, piece) : piece));
}

/** The fields of a form as the values that a schema describes; files are texts. */
export function readFields(
  document: OpenApiDocument,
  schema: NonNullable<Parameter["schema"]>,
  fields: Iterable<readonly [string, string]>,
): JsonObject {
  const schemas = schemasOf(document, schema);
  const all = new Map<string, string[]>();
  for (const [name, text] of fields) all.set(name, [...(all.get(name) ?? []), text]);
  const members: JsonObject = {};
  for (const [name, texts] of all) {
    const [part] = partSchemas(schemas, name);
    const [first = ""] = texts;
    if (!part) members[name] = first;
    else if (schemasOf(document, part).some(({ value }) => typesOf(value)?.includes("array"))) members[name] = texts;
    else members[name] = readScalar(document, part, first);
  }
  return members;
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
