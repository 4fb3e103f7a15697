import { type OpenApiDocument, type Reference, resolve, type Schema } from "../../openapi.js";
import { isVariable } from "./variables.js";

/** A step into a value. */
export interface Access {
  readonly key: string;
  /** Whether there may be nothing at it. */
  readonly optional: boolean;
}

/** What of an answer says most in one line: a value in it, the same value of each item of a list in it, or all of it. */
export type Target =
  | { readonly kind: "value"; readonly path: readonly Access[] }
  | {
      readonly kind: "items";
      readonly path: readonly Access[];
      readonly key: string;
      readonly item: Schema | Reference;
    }
  | { readonly kind: "whole" };

const whole: Target = { kind: "whole" };

/**
 * Chooses what to print of an answer: its id, those of the items of its list, the id of what it encloses, or else the first
 * plain value that is always there. Secrets are passed over.
 *
 * @param example the documented answer, so that nothing is chosen that it does not have.
 */
export function chooseTarget(
  document: OpenApiDocument,
  node: Schema | Reference | undefined,
  example: unknown,
): Target {
  if (!node) return whole;
  const items = itemsTarget(document, node, example, []);
  if (items) return items;
  const schema = fieldsOf(document, node);
  if (!schema || !isObject(example)) return whole;
  const { members } = schema;
  const own = idOf(members, example);
  if (own) return { kind: "value", path: [own] };
  const inner = members
    .filter(({ key }) => isVariable(key))
    .filter(({ key }) => isObject(example[key]) || Array.isArray(example[key]));
  for (const member of inner) {
    const found = itemsTarget(document, member.node, example[member.key], [step(document, member)]);
    if (found) return found;
  }
  for (const member of inner) {
    const held = fieldsOf(document, member.node);
    const id = held && isObject(example[member.key]) ? idOf(held.members, example[member.key] as object) : undefined;
    if (id) return { kind: "value", path: [step(document, member), id] };
  }
  const plains = members.filter(({ key, required, schema: own }) => required && isPlain(own, example, key));
  const plain = plains.find(({ key }) => typeof example[key] !== "boolean") ?? plains[0];
  return plain ? { kind: "value", path: [step(document, plain)] } : whole;
}

interface Member {
  readonly key: string;
  readonly node: Schema | Reference;
  readonly schema: Schema;
  readonly required: boolean;
}

function itemsTarget(
  document: OpenApiDocument,
  node: Schema | Reference,
  example: unknown,
  path: readonly Access[],
): Target | undefined {
  const { items } = resolve<Schema>(document, node);
  const [first] = Array.isArray(example) ? example : [];
  const held = items && fieldsOf(document, items);
  if (!items || !held || !isObject(first)) return undefined;
  const id = idOf(held.members, first) ?? namedOf(held.members, first);
  return id && { kind: "items", path, key: id.key, item: items };
}

/** The members of an object that is no choice of several. */
function fieldsOf(document: OpenApiDocument, node: Schema | Reference): { members: Member[] } | undefined {
  const schema = resolve<Schema>(document, node);
  if (schema.oneOf || schema.anyOf) return undefined;
  const parts = (schema.allOf ?? []).map((part) => fieldsOf(document, part));
  if (parts.includes(undefined)) return undefined;
  const own = Object.entries(schema.properties ?? {}).map(([key, property]): Member => {
    const required = schema.required?.includes(key) ?? false;
    return { key, node: property, schema: resolve<Schema>(document, property), required };
  });
  const members = [...own, ...parts.flatMap((part) => part?.members ?? [])];
  return members.length > 0 ? { members } : undefined;
}

function idOf(members: readonly Member[], example: object): Access | undefined {
  const ids = members.filter(({ key, schema }) => /^_?id$|_id$|[a-z]Id$/.test(key) && isPlain(schema, example, key));
  const found = ids.find(({ key }) => /^_?id$/.test(key)) ?? ids.find(({ required }) => required);
  return found && { key: found.key, optional: !found.required || isNullable(found.schema) };
}

function namedOf(members: readonly Member[], example: object): Access | undefined {
  const found = members.find(
    ({ key, required, schema }) => required && /^(name|title|path|event)$/.test(key) && isPlain(schema, example, key),
  );
  return found && { key: found.key, optional: false };
}

function step(document: OpenApiDocument, { key, node, required }: Member): Access {
  return { key, optional: !required || isNullable(resolve<Schema>(document, node)) };
}

function isPlain(schema: Schema, example: object, key: string): boolean {
  const value = (example as Record<string, unknown>)[key];
  return (
    /^[A-Za-z_$][\w$]*$/.test(key) &&
    schema["x-sensitive"] !== true &&
    ["string", "number", "boolean"].includes(typeof value)
  );
}

function isNullable({ type }: Schema): boolean {
  return Array.isArray(type) && type.includes("null");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
