import { isObject, type Json, type JsonObject } from "../json.js";
import type { ExampleObject, OpenApiDocument, Schema, SchemaObject, ValueObject } from "../openapi.js";
import type { Content, Value } from "../operation.js";
import { below, type Place, settled } from "../place.js";
import { schemasOf, typesOf } from "../schema-walk.js";

/** Stands for the bytes of a file. */
export const FILE = "the content of a file";

/** A documented value. */
export interface NamedExample {
  /** The key in `examples`; missing for the one in `example` and for those of a schema. */
  readonly name?: string;
  readonly value: Json;
  readonly place: Place;
}

/** The documented values of a parameter or a header; if it has none of its own, those of its content or its schema. */
export function valueExamples(document: OpenApiDocument, value: Value<ValueObject>): NamedExample[] {
  const own = ownExamples(document, value.place);
  if (own.length > 0) return own;
  if (value.content) return contentExamples(document, value.content);
  return value.schema ? schemaExample(document, value.schema) : [];
}

/** The documented values of a body in one media type; if there are none, that of its schema. */
export function contentExamples(document: OpenApiDocument, content: Content): NamedExample[] {
  const own = ownExamples(document, content.place);
  return own.length > 0 || !content.schema ? own : schemaExample(document, content.schema);
}

/**
 * A value made from what a schema documents: its example, default or only choice; else, for an object, of those of its
 * required properties, and for a list, of that of its items.
 */
export function exampleOf(document: OpenApiDocument, schema: Place<Schema>, depth = 0): Json | undefined {
  if (depth > 20) return undefined;
  const schemas = schemasOf(document, schema);
  for (const { value } of schemas) {
    const stated = [value.example, value.examples?.[0], value.default, value.const, value.enum?.[0]];
    const found = stated.find((one) => one !== undefined);
    if (found !== undefined) return found;
  }
  if (schemas.some(({ value }) => isFile(value))) return FILE;
  const types = schemas.flatMap(({ value }) => typesOf(value) ?? []);
  if (types.includes("object")) return objectExample(document, schemas, depth);
  if (!types.includes("array")) return undefined;
  const [items] = schemas.flatMap((part) => below<Schema>(part, "items") ?? []);
  const item = items && exampleOf(document, items, depth + 1);
  return item === undefined ? undefined : [item];
}

/** Whether a schema describes raw bytes, which no JSON can exemplify. */
export function isFile(schema: SchemaObject): boolean {
  const text = /^(text\/|application\/(.+\+)?json)/;
  return schema.format === "binary" || (schema.contentMediaType !== undefined && !text.test(schema.contentMediaType));
}

/** The documented values of a part itself: its `example`, then its `examples`. */
export function ownExamples(document: OpenApiDocument, owner: Place): NamedExample[] {
  const single = below<Json>(owner, "example");
  const map = below(owner, "examples");
  const named = Object.keys(isObject(map?.value) ? map.value : {}).flatMap((name): NamedExample[] => {
    const raw = below(owner, "examples", name);
    if (!raw) return [];
    const place = settled<ExampleObject>(document, raw);
    const { dataValue, value, serializedValue } = place.value;
    const example = dataValue ?? value ?? serializedValue;
    return example === undefined ? [] : [{ name, value: example, place }];
  });
  return single ? [{ value: single.value, place: single }, ...named] : named;
}

function schemaExample(document: OpenApiDocument, schema: Place<Schema>): NamedExample[] {
  const value = exampleOf(document, schema);
  return value === undefined ? [] : [{ value, place: schema }];
}

function objectExample(
  document: OpenApiDocument,
  schemas: readonly Place<SchemaObject>[],
  depth: number,
): Json | undefined {
  const object: JsonObject = {};
  for (const schema of schemas) {
    for (const name of schema.value.required ?? []) {
      const [property] = schemas.flatMap((part) => below<Schema>(part, "properties", name) ?? []);
      const value = property && exampleOf(document, property, depth + 1);
      if (value === undefined) return undefined;
      object[name] = value;
    }
  }
  return object;
}
