import type { CheckContext } from "./check-headers.js";
import { type Description, findOperation } from "./description.js";
import { type Finding, finding } from "./finding.js";
import { matchMediaType } from "./media-type.js";
import { type Content, describedResponse } from "./operation.js";
import { schemaFindings } from "./schema-findings.js";
import type { SequenceItem, StreamEvent } from "./sequence.js";
import { validatorOf } from "./validator.js";

/**
 * Checks one event of a stream that may still be open.
 *
 * @param description from `loadDescription`.
 * @param operationId the operation that answers with the stream.
 * @param event the event as it was parsed: `data` is the text between `data:` and the end of the event.
 * @param status the status of the response; 200 by default.
 * @returns what contradicts the description; an empty list also where no schema of events is documented.
 * @throws Error if there is no such operation, or if Ajv is not installed.
 * @see OpenAPI 3.2, Media Type Object, "Special Considerations for Server-Sent Events"
 */
export async function checkEvent(
  description: Description,
  operationId: string,
  event: StreamEvent,
  status = 200,
): Promise<Finding[]> {
  const operation = findOperation(description, operationId);
  const content = matchMediaType(describedResponse(operation, status)?.content ?? [], "text/event-stream");
  if (!content) return [];
  return checkEventAt({ description, validator: await validatorOf(description), operation }, content, { value: event });
}

/** Checks one item of a sequence against the `itemSchema` of its media type. */
export function checkEventAt(
  { description, validator, operation }: CheckContext,
  content: Content,
  item: SequenceItem,
): Finding[] {
  const { operationId } = operation;
  if ("broken" in item) return [finding("response-body-syntax", operationId, content.place, item.broken)];
  if (!content.itemSchema) return [];
  const errors = validator.validate(content.itemSchema.pointer, item.value, "response");
  return schemaFindings(description, { check: "response-event", operationId, schema: content.itemSchema }, errors);
}
