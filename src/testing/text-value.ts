import type { Json, JsonObject } from "./json.js";
import type { JsonType, OpenApiDocument, Schema, SchemaObject } from "./openapi.js";
import type { Place } from "./place.js";
import { partSchemas, schemasOf, typesOf } from "./schema-walk.js";

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/**
 * Reads a text as the value that a schema describes: headers, parameters and form fields have no types of their own, so
 * `"20"` is a number where a number may stand, and a text elsewhere. A text that can be read as none of the allowed
 * types stays a text, for the validator to refuse.
 */
export function readScalar(document: OpenApiDocument, schema: Place<Schema>, text: string): Json {
  const schemas = schemasOf(document, schema);
  const types = new Set(schemas.flatMap(({ value }) => typesOf(value) ?? []));
  const listed = schemas.flatMap(({ value }) => value.enum ?? (value.const === undefined ? [] : [value.const]));
  const member = listed.find((item) => typeof item !== "object" && String(item) === text);
  if (member !== undefined) return member;
  const untyped = types.size === 0;
  const may = (...names: JsonType[]) => names.some((name) => types.has(name)) || (untyped && listed.length > 0);
  if (may("integer", "number") && NUMBER.test(text)) return Number(text);
  if (may("boolean") && (text === "true" || text === "false")) return text === "true";
  if (types.has("null") && text === "") return null;
  return text;
}

/**
 * Reads a header or path value of style `simple`: a list or an object is written with commas (OpenAPI 3.2, Parameter Object,
 * "Style Examples").
 *
 * @param explode whether the members of an object are written `name=value`.
 */
export function readSimple(document: OpenApiDocument, schema: Place<Schema>, text: string, explode: boolean): Json {
  const schemas = schemasOf(document, schema);
  const pieces = text === "" ? [] : text.split(",").map((piece) => piece.trim());
  if (describes(schemas, "array")) return pieces.map((piece, index) => readPart(document, schemas, index, piece));
  if (!describes(schemas, "object")) return readScalar(document, schema, text);
  const pairs = explode ? pieces.map((piece) => splitOnce(piece)) : inPairs(pieces);
  const members: JsonObject = {};
  for (const [name, value] of pairs) members[name] = readPart(document, schemas, name, value);
  return members;
}

/** The value as a receiver sees it that gets every scalar in it as text. */
export function asText(document: OpenApiDocument, schema: Place<Schema>, value: Json): Json {
  const schemas = schemasOf(document, schema);
  const part = (step: string | number, item: Json): Json => {
    const [described] = partSchemas(schemas, step);
    return described ? asText(document, described, item) : item;
  };
  if (Array.isArray(value)) return value.map((item, index) => part(index, item));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, part(name, item)]));
  }
  return readScalar(document, schema, value === null ? "" : String(value));
}

function readPart(
  document: OpenApiDocument,
  schemas: readonly Place<SchemaObject>[],
  step: string | number,
  text: string,
): Json {
  const [part] = partSchemas(schemas, step);
  return part ? readScalar(document, part, text) : text;
}

function describes(schemas: readonly Place<SchemaObject>[], type: JsonType): boolean {
  return schemas.some(({ value }) => typesOf(value)?.includes(type));
}

function splitOnce(piece: string): [string, string] {
  const at = piece.indexOf("=");
  return at < 0 ? [piece, ""] : [piece.slice(0, at), piece.slice(at + 1)];
}

function inPairs(pieces: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let index = 0; index < pieces.length; index += 2) pairs.push([pieces[index] ?? "", pieces[index + 1] ?? ""]);
  return pairs;
}
