import { pointerSteps } from "../../testing/json.js";
import { type JsonObject, objectOf } from "../json.js";
import { resolve } from "../resolve.js";
import type { Collection } from "./collection.js";
import type { OperationDeclaration, StatefulOperation } from "./declaration.js";
import { createReader, type RequestReader } from "./request.js";
import { itemSchema, membersOf, schemaAt } from "./schema.js";
import type { View } from "./thing.js";

/** An operation on a collection, ready to be carried out. */
export interface ReadyOperation {
  operationId: string;
  declared: OperationDeclaration;
  described: StatefulOperation;
  collection: Collection;
  reader: RequestReader;
  /** Where the answer shows the thing or the things, and how; undefined if it shows none. */
  at: string[] | undefined;
  view: View;
  /** The runtime expression for the id of the thing that is meant. */
  id: string | undefined;
  /** What `x-pagination` says. */
  paging: { page: string; limit: string; hasNext: string } | undefined;
}

/** Makes an operation ready. */
export function makeReady(root: JsonObject, described: StatefulOperation, collection: Collection): ReadyOperation {
  const { state: declared, operation } = described;
  const reader = createReader(root, described);
  const pagination = objectOf(operation["x-pagination"]);
  const items = declared.items ?? (typeof pagination.items === "string" ? pagination.items : undefined);
  const pointer = declared.item ?? items;
  const at = pointer === undefined ? undefined : pointerSteps(pointer);
  const part = at === undefined ? {} : schemaAt(root, successSchema(root, operation), at);
  const members = membersOf(root, declared.item === undefined ? itemSchema(root, part) : part);
  const paging =
    pagination.style === "page"
      ? { page: String(pagination.page), limit: String(pagination.limit), hasNext: String(pagination.hasNext) }
      : undefined;
  return {
    operationId: String(operation.operationId),
    declared,
    described,
    collection,
    reader,
    at,
    view: { members, names: declared.names ?? {} },
    id: declared.id ?? impliedId(described, reader, collection.declaration.id),
    paging,
  };
}

/** The examples of an operation's success, as values. */
export function successExamples(root: JsonObject, operation: JsonObject): unknown[] {
  const { example, examples } = successContent(root, operation);
  const named = Object.values(objectOf(examples)).map((one) => resolve(root, one));
  return example === undefined ? named.map(({ value, dataValue }) => value ?? dataValue) : [example];
}

function successSchema(root: JsonObject, operation: JsonObject): unknown {
  return successContent(root, operation).schema;
}

function successContent(root: JsonObject, { responses }: JsonObject): JsonObject {
  const [, success] = Object.entries(objectOf(responses)).find(([status]) => /^2/.test(status)) ?? [];
  const { content } = resolve(root, success);
  return objectOf(objectOf(content)["application/json"]);
}

/** The last parameter in the path, or a parameter or a member of the body that is called like the id. */
function impliedId({ path }: StatefulOperation, reader: RequestReader, name: string): string | undefined {
  const inPath = [...path.matchAll(/\{([^}]+)\}/g)].at(-1)?.[1];
  if (inPath !== undefined) return `$request.path.${inPath}`;
  if (reader.query.has(name)) return `$request.query.${name}`;
  return reader.body.has(name) ? `$request.body#/${name}` : undefined;
}
