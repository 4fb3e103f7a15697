import { isObject, partAt, pointerSteps } from "./json.js";
import type { OpenApiDocument } from "./openapi.js";

/** Which way a body travels. */
export type Direction = "request" | "response";

/** Members whose keys are names that somebody chose, so that a key means nothing by itself. */
const MAPS = new Set([
  "properties",
  "patternProperties",
  "dependentSchemas",
  "$defs",
  "definitions",
  "schemas",
  "responses",
  "parameters",
  "headers",
  "requestBodies",
  "pathItems",
  "mediaTypes",
  "paths",
  "webhooks",
  "callbacks",
  "content",
  "encoding",
]);

/** Values, not schemas: whatever looks like a keyword in them is data. */
const DATA = new Set(["enum", "const"]);

/**
 * A copy of a document for checking bodies that travel in one direction, with the pointers unchanged: what only the
 * other direction carries (`readOnly` in requests, `writeOnly` in responses) is no longer `required`, as OpenAPI asks.
 * Examples and extensions are gone, lest a validator takes an `$id` in them for one of the description's.
 *
 * @param id the address under which the copy will be known; references are made absolute with it.
 */
export function directed(document: OpenApiDocument, direction: Direction, id: string): Record<string, unknown> {
  const flag = direction === "request" ? "readOnly" : "writeOnly";
  const copyNode = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(copyNode);
    if (!isObject(node)) return node;
    const copy: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(node)) {
      if (key === "example" || key === "examples" || key === "default" || key.startsWith("x-")) continue;
      if (DATA.has(key)) copy[key] = value;
      else if (MAPS.has(key) && isObject(value)) copy[key] = copyMap(value);
      else if (key === "$ref" && typeof value === "string" && value.startsWith("#")) copy[key] = id + value;
      else copy[key] = copyNode(value);
    }
    if (Array.isArray(node.required)) {
      const hidden = flaggedProperties(document, node, flag);
      copy.required = node.required.filter((name) => !hidden.has(name));
    }
    return copy;
  };
  const copyMap = (map: Record<string, unknown>): Record<string, unknown> =>
    Object.fromEntries(Object.entries(map).map(([name, value]) => [name, copyNode(value)]));
  return copyNode(document) as Record<string, unknown>;
}

function flaggedProperties(document: OpenApiDocument, schema: Record<string, unknown>, flag: string): Set<string> {
  const flagged = new Set<string>();
  for (const part of composed(document, schema)) {
    if (!isObject(part.properties)) continue;
    for (const [name, property] of Object.entries(part.properties)) {
      if (composed(document, property).some((side) => side[flag] === true)) flagged.add(name);
    }
  }
  return flagged;
}

function composed(document: OpenApiDocument, schema: unknown, seen = new Set<unknown>()): Record<string, unknown>[] {
  if (!isObject(schema) || seen.has(schema)) return [];
  seen.add(schema);
  const target = typeof schema.$ref === "string" && schema.$ref.startsWith("#/") ? schema.$ref.slice(1) : undefined;
  const referenced = target === undefined ? undefined : partAt(document, pointerSteps(decodeURIComponent(target)));
  const parts = [referenced, ...(Array.isArray(schema.allOf) ? schema.allOf : [])];
  return [schema, ...parts.flatMap((part) => composed(document, part, seen))];
}
