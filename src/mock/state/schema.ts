import { isObject, type JsonObject, objectOf } from "../json.js";
import { resolve } from "../resolve.js";
import { conforms } from "./conforms.js";

/** A member that a schema describes. */
export interface Member {
  schema: JsonObject;
  required: boolean;
  /** Whether it may have a value. */
  takes(value: unknown): boolean;
}

/** The members of the objects that a schema describes, through references and all its parts and alternatives. */
export function membersOf(root: JsonObject, schema: unknown): Map<string, Member> {
  const { properties, required, allOf, oneOf, anyOf } = resolve(root, schema);
  const found = new Map<string, Member>();
  const names = new Set(Array.isArray(required) ? required : []);
  for (const [name, member] of Object.entries(objectOf(properties))) {
    const takes = (value: unknown) => conforms(root, member, value);
    found.set(name, { schema: resolve(root, member), required: names.has(name), takes });
  }
  for (const part of listOf(allOf)) {
    for (const [name, member] of membersOf(root, part)) {
      const required = member.required || names.has(name) || found.get(name)?.required === true;
      found.set(name, { ...member, required });
    }
  }
  for (const alternative of [...listOf(oneOf), ...listOf(anyOf)]) {
    for (const [name, member] of membersOf(root, alternative)) {
      if (!found.has(name)) found.set(name, { ...member, required: false });
    }
  }
  return found;
}

/** The schema of a part of what a schema describes; an empty one where nothing is described. */
export function schemaAt(root: JsonObject, schema: unknown, steps: readonly string[]): JsonObject {
  return steps.reduce<JsonObject>(
    (outer, step) => membersOf(root, outer).get(step)?.schema ?? {},
    resolve(root, schema),
  );
}

/** The schema of the items of a list, also if the list has several descriptions. */
export function itemSchema(root: JsonObject, schema: JsonObject): JsonObject {
  if (isObject(schema.items)) return resolve(root, schema.items);
  const parts = [...listOf(schema.allOf), ...listOf(schema.oneOf), ...listOf(schema.anyOf)];
  return (
    parts.map((part) => itemSchema(root, resolve(root, part))).find((found) => Object.keys(found).length > 0) ?? {}
  );
}

/** Whether a member is a secret that only the answer shows which creates it. */
export function isSecret({ schema }: Member): boolean {
  return schema["x-sensitive"] === true && schema.readOnly === true;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
