import { isObject, type Path } from "./json.js";
import type { JsonType, OpenApiDocument, Schema, SchemaObject } from "./openapi.js";
import { below, type Place, referenced } from "./place.js";

/** Decides whether an alternative of `anyOf` or `oneOf` is meant. */
export type Chooses = (alternative: Place<Schema>) => boolean;

/**
 * Every schema that speaks about the value a schema describes: itself, what its `$ref` leads to, what `allOf` adds, and
 * the alternatives of `anyOf`, `oneOf`, `then` and `else`.
 *
 * @param chooses keeps the alternatives that it says yes to; without it all of them are kept.
 */
export function schemasOf(document: OpenApiDocument, place: Place<Schema>, chooses?: Chooses): Place<SchemaObject>[] {
  const found: Place<SchemaObject>[] = [];
  const seen = new Set<string>();
  const visit = (here: Place<Schema>): void => {
    if (seen.has(here.pointer) || !isSchemaObject(here)) return;
    seen.add(here.pointer);
    found.push(here);
    const target = referenced(document, here);
    if (target) visit(target as Place<Schema>);
    for (const part of listed(here, "allOf")) visit(part);
    const alternatives = [
      ...listed(here, "anyOf"),
      ...listed(here, "oneOf"),
      ...single(here, "then"),
      ...single(here, "else"),
    ];
    for (const alternative of alternatives) if (!chooses || chooses(alternative)) visit(alternative);
  };
  visit(place);
  return found;
}

/** What schemas that speak about one value say about one of its parts. */
export function partSchemas(schemas: readonly Place<SchemaObject>[], step: string | number): Place<Schema>[] {
  return schemas.flatMap((schema) =>
    isItem(schema.value, step) ? itemSchema(schema, step) : memberSchemas(schema, String(step)),
  );
}

/** Every schema that speaks about the part of a value that a path leads to. */
export function schemasAt(document: OpenApiDocument, place: Place<Schema>, path: Path): Place<SchemaObject>[] {
  // A text with a contentSchema is walked through, since errors in what it holds are reported below it.
  const all = (part: Place<Schema>): Place<SchemaObject>[] =>
    schemasOf(document, part).flatMap((schema) => [schema, ...single(schema, "contentSchema").flatMap(all)]);
  return path.reduce<Place<SchemaObject>[]>((schemas, step) => partSchemas(schemas, step).flatMap(all), all(place));
}

/** Whether a schema, or anything that a value of it can hold, is marked `x-sensitive`. */
export function holdsSecrets(document: OpenApiDocument, place: Place<Schema>, seen = new Set<string>()): boolean {
  return schemasOf(document, place).some((schema) => {
    if (schema.sensitive) return true;
    if (seen.has(schema.pointer)) return false;
    seen.add(schema.pointer);
    return parts(schema).some((part) => holdsSecrets(document, part, seen));
  });
}

/** The types that a schema allows by its own keyword `type`; `undefined` where it does not say. */
export function typesOf(schema: SchemaObject): readonly JsonType[] | undefined {
  if (schema.type === undefined) return undefined;
  return Array.isArray(schema.type) ? schema.type : [schema.type];
}

function isSchemaObject(place: Place<Schema>): place is Place<SchemaObject> {
  return isObject(place.value);
}

function isItem(schema: SchemaObject, step: string | number): boolean {
  return (
    typeof step === "number" || (/^\d+$/.test(step) && (schema.items !== undefined || schema.prefixItems !== undefined))
  );
}

function itemSchema(schema: Place<SchemaObject>, step: string | number): Place<Schema>[] {
  const fixed = below<Schema>(schema, "prefixItems", Number(step));
  return fixed ? [fixed] : single(schema, "items");
}

function memberSchemas(schema: Place<SchemaObject>, name: string): Place<Schema>[] {
  const named = below<Schema>(schema, "properties", name);
  const matching = Object.keys(schema.value.patternProperties ?? {})
    .filter((pattern) => new RegExp(pattern, "u").test(name))
    .flatMap((pattern) => below<Schema>(schema, "patternProperties", pattern) ?? []);
  const known = [...(named ? [named] : []), ...matching];
  if (known.length > 0) return known;
  return [...single(schema, "additionalProperties"), ...single(schema, "unevaluatedProperties")];
}

function parts(schema: Place<SchemaObject>): Place<Schema>[] {
  const maps = ["properties", "patternProperties"].flatMap((keyword) => {
    const map = below<Record<string, Schema>>(schema, keyword);
    return Object.keys(map?.value ?? {}).flatMap((name) => below<Schema>(schema, keyword, name) ?? []);
  });
  const others = ["items", "additionalProperties", "unevaluatedProperties", "contentSchema"];
  return [...maps, ...listed(schema, "prefixItems"), ...others.flatMap((keyword) => single(schema, keyword))];
}

function listed(schema: Place<SchemaObject>, keyword: "allOf" | "anyOf" | "oneOf" | "prefixItems"): Place<Schema>[] {
  return (schema.value[keyword] ?? []).flatMap((_, index) => below<Schema>(schema, keyword, index) ?? []);
}

function single(schema: Place, keyword: string): Place<Schema>[] {
  const part = below<Schema>(schema, keyword);
  return part ? [part] : [];
}
