import {
  type Evidence,
  type Evidenced,
  listOperations,
  type MediaType,
  type OpenApiDocument,
  type PlacedOperation,
  type Reference,
  type RequestBody,
  type Response,
  resolve,
  type Schema,
} from "./openapi.js";
import { listStreamEvents } from "./streams.js";

/** What a description amounts to, for summaries. */
export interface Facts {
  readonly operations: number;
  readonly schemas: number;
  /** Webhooks, and the kinds of event in streams. */
  readonly events: number;
  /** How many statements rest on which evidence. */
  readonly evidence: Readonly<Record<Evidence, number>>;
}

/**
 * Counts a bundle. A statement is an operation, a parameter, a header, a response, or a field of a body; its evidence is
 * its own, or else that of what encloses it. What several operations share is counted in each, as each says it.
 */
export function countFacts(document: OpenApiDocument): Facts {
  const evidence: Record<Evidence, number> = { documented: 0, observed: 0, inferred: 0 };
  const operations = listOperations(document);
  const webhooks = listOperations(document, "webhooks");
  let streamed = 0;

  const state = (node: Evidenced, outer: Evidence): Evidence => {
    const own = node["x-evidence"] ?? outer;
    evidence[own]++;
    return own;
  };
  const countFields = (schema: Schema, outer: Evidence, path: readonly Schema[]): void => {
    if (path.includes(schema)) return;
    const own = schema["x-evidence"] ?? outer;
    const inner = [...path, schema];
    for (const property of Object.values(schema.properties ?? {})) {
      const field = resolve<Schema>(document, property);
      countFields(field, state(field, own), inner);
    }
    if (schema.items) countFields(resolve<Schema>(document, schema.items), own, inner);
    for (const part of [...(schema.allOf ?? []), ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])]) {
      countFields(resolve<Schema>(document, part), own, inner);
    }
  };
  const countBodies = (content: Record<string, MediaType> | undefined, outer: Evidence): void => {
    for (const mediaType of Object.values(content ?? {})) {
      const own = mediaType["x-evidence"] ?? outer;
      if (mediaType.schema) countFields(resolve<Schema>(document, mediaType.schema), own, []);
      if (mediaType.itemSchema) {
        const item = resolve<Schema>(document, mediaType.itemSchema);
        const look = (schema: Schema | Reference) => resolve<Schema>(document, schema);
        for (const { data } of listStreamEvents(item, look)) streamed += look(data).oneOf?.length ?? 1;
        countFields(item, own, []);
      }
    }
  };
  const countOperation = ({ operation, parameters }: PlacedOperation): void => {
    const own = state(operation, "inferred");
    for (const parameter of parameters) state(parameter, own);
    if (operation.requestBody) {
      const body = resolve<RequestBody>(document, operation.requestBody);
      countBodies(body.content, body["x-evidence"] ?? own);
    }
    for (const node of Object.values(operation.responses ?? {})) {
      const response = resolve<Response>(document, node);
      const known = state(response, own);
      for (const header of Object.values(response.headers ?? {})) state(resolve<Evidenced>(document, header), known);
      countBodies(response.content, known);
    }
  };

  for (const placed of [...operations, ...webhooks]) countOperation(placed);
  return {
    operations: operations.length,
    schemas: Object.keys(document.components?.schemas ?? {}).length,
    events: webhooks.length + streamed,
    evidence,
  };
}
