import { readBundle } from "../bundles.js";
import { isObject } from "./json.js";
import type { OpenApiDocument } from "./openapi.js";
import { type Operation, operationsOf } from "./operation.js";

/** An API as its OpenAPI bundle describes it. */
export interface Description {
  /** The name of the API: its folder below `generated`, or the title of a document that was given as an object. */
  readonly api: string;
  readonly document: OpenApiDocument;
  /** Every operation below `paths`, in the order of the document. */
  readonly operations: readonly Operation[];
}

const loaded = new Map<string, Description>();
const made = new WeakMap<object, Description>();

/**
 * Loads the description of an API.
 *
 * @param source the name of an API of this package (`"herobrain"`), or an OpenAPI 3.1 or 3.2 document without outside
 *   references. It is read once; a document that is changed afterwards has to be given as a copy.
 * @throws Error if the API is unknown, or the object is no OpenAPI document.
 */
export function loadDescription(source: string | object): Description {
  if (typeof source === "string") return loadByName(source);
  const known = made.get(source);
  if (known) return known;
  if (!isDocument(source))
    throw new Error("This is no OpenAPI 3.1 or 3.2 document: openapi, info or paths is missing.");
  const description = { api: source.info.title, document: source, operations: operationsOf(source) };
  made.set(source, description);
  return description;
}

/**
 * Finds an operation by its `operationId`.
 *
 * @throws Error that names the operations there are.
 */
export function findOperation(description: Description, operationId: string): Operation {
  const found = description.operations.find((operation) => operation.operationId === operationId);
  if (found) return found;
  const known = description.operations.map((operation) => operation.operationId).join(", ");
  throw new Error(`${description.api} has no operation '${operationId}'. It has: ${known}.`);
}

function loadByName(api: string): Description {
  const known = loaded.get(api);
  if (known) return known;
  const description = { ...loadDescription(readBundle(api)), api };
  loaded.set(api, description);
  return description;
}

function isDocument(source: object): source is OpenApiDocument {
  return (
    "openapi" in source &&
    typeof source.openapi === "string" &&
    /^3\.[12]\./.test(source.openapi) &&
    "info" in source &&
    isObject(source.info) &&
    "paths" in source &&
    isObject(source.paths)
  );
}
