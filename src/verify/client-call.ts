import type { Case, Operation } from "../testing/index.js";
import { isJsonObject, type Json } from "../testing/json.js";
import type { OpenApiDocument, Schema } from "../testing/openapi.js";
import { settled } from "../testing/place.js";
import { readScalar } from "../testing/text-value.js";

/** A call that is longer is cut: it is for reading. */
const LONGEST = 400;

/**
 * The call of the typed client that sends a case: `heroBrain.memories.list({ limit: 101 })`.
 *
 * @param client the class of the client; the variable is called like it.
 * @returns `undefined` if the operation has no method, or the case cannot be said with it.
 */
export function clientCall(
  document: OpenApiDocument,
  operation: Operation,
  made: Case,
  client: string,
): string | undefined {
  const method = operation.operation["x-sdk"];
  if (typeof method !== "string" || made.method !== operation.method) return undefined;
  const fields: Record<string, Json> = {};
  const named = queryValues(document, operation, made);
  for (const [name, value] of named) fields[name] = value;
  for (const [name, value] of Object.entries(made.headers)) {
    // The client sends this one by itself when it goes on behind a stream that broke.
    if (!/^last-event-id$/i.test(name)) fields[camelCase(name)] = value;
  }
  const spread = hasFields(document, operation);
  if (spread && isJsonObject(made.body)) Object.assign(fields, made.body);
  const args = [
    ...pathValues(operation, made).map((value) => JSON.stringify(value)),
    ...(made.body !== undefined && !(spread && isJsonObject(made.body)) ? [JSON.stringify(made.body)] : []),
    ...(Object.keys(fields).length > 0 ? [literal(fields)] : []),
  ];
  const variable = (client[0] ?? "").toLowerCase() + client.slice(1);
  const call = `await ${variable}.${method}(${args.join(", ")})`;
  return call.length > LONGEST ? `${call.slice(0, LONGEST)}…` : call;
}

function queryValues(document: OpenApiDocument, { parameters }: Operation, { query }: Case): [string, Json][] {
  const values = new Map<string, Json[]>();
  for (const { name, value } of query) {
    const key = decodeURIComponent(name);
    const schema = parameters.find((one) => one.in === "query" && one.name === key)?.schema;
    const text = decodeURIComponent(value);
    const read = schema ? readScalar(document, schema, text) : text;
    values.set(key, [...(values.get(key) ?? []), read]);
  }
  return [...values].map(([name, all]) => [name, all.length === 1 ? (all[0] ?? null) : all]);
}

function pathValues({ path }: Operation, made: Case): string[] {
  const names = [...path.matchAll(/\{[^}]+\}/g)];
  if (names.length === 0) return [];
  const escaped = path.replace(/[\\^$.*+?()[\]|]/g, "\\$&").replace(/\{[^}]+\}/g, "([^/]*)");
  return (new RegExp(`^${escaped}$`).exec(made.path)?.slice(1) ?? []).map(decodeURIComponent);
}

/** A body that is an object with properties becomes the fields of the method (see `specs/README.md`). */
function hasFields(document: OpenApiDocument, { requestBody }: Operation): boolean {
  const [content] = requestBody?.content ?? [];
  if (!content?.schema) return false;
  const { value } = settled<Schema>(document, content.schema);
  return typeof value === "object" && value.properties !== undefined;
}

function camelCase(name: string): string {
  return name.toLowerCase().replace(/-(\w)/g, (_all, letter: string) => letter.toUpperCase());
}

function literal(fields: Record<string, Json>): string {
  const members = Object.entries(fields).map(([name, value]) => {
    const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
    return `${key}: ${JSON.stringify(value)}`;
  });
  return `{ ${members.join(", ")} }`;
}
