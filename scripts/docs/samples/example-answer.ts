import type { Method } from "../../clients/model.js";
import { type OpenApiDocument, type Reference, type Response, resolve, type Schema } from "../../openapi.js";
import { type Example, examplesOf } from "../operations/examples.js";

/** The successful answer that examples are taken from: the first with a body. */
export interface ExampleAnswer {
  readonly status: string;
  readonly mediaType: string;
  /** That of the body, or of an event of a stream. */
  readonly schema: Schema | Reference | undefined;
  readonly example: Example | undefined;
}

/** The documented successful answer of an operation; undefined if none has a body. */
export function exampleAnswer(document: OpenApiDocument, { placed, payload }: Method): ExampleAnswer | undefined {
  for (const [status, node] of Object.entries(placed.operation.responses ?? {})) {
    const contents = status.startsWith("2") ? Object.entries(resolve<Response>(document, node).content ?? {}) : [];
    // Where there is a choice, samples ask for JSON.
    const content = contents.find(([type]) => payload.answer.startsWith("json") && /json$/.test(type)) ?? contents[0];
    if (!content) continue;
    const [mediaType, media] = content;
    return { status, mediaType, schema: media.itemSchema ?? media.schema, example: examplesOf(document, media)[0] };
  }
  return undefined;
}
