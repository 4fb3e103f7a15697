import { checkBody } from "./check-body.js";
import { checkHeaders } from "./check-headers.js";
import { type Description, findOperation } from "./description.js";
import { type Finding, finding } from "./finding.js";
import { describedResponse, type Operation } from "./operation.js";
import { below } from "./place.js";
import { type ReceivedResponse, received } from "./received.js";
import { validatorOf } from "./validator.js";

/**
 * Checks a response against the description of an operation: status, headers, media type and body.
 *
 * @param description from `loadDescription`.
 * @param operationId the operation that was called.
 * @param response a fetch `Response`, which is copied and can still be read afterwards, or its parts. The body is read to
 *   its end, so for a stream that stays open use `checkEvent` on its events.
 * @returns what contradicts the description; an empty list if nothing does.
 * @throws Error if there is no such operation, if the body was read before, or if Ajv is not installed.
 * @see OpenAPI 3.2, Responses Object, Media Type Object and Header Object
 */
export async function checkResponse(
  description: Description,
  operationId: string,
  response: Response | ReceivedResponse,
): Promise<Finding[]> {
  const operation = findOperation(description, operationId);
  const got = await received(response);
  const described = describedResponse(operation, got.status);
  if (!described) {
    const known = operation.responses.map(({ status }) => status).join(", ");
    const place = below(operation.place, "responses") ?? operation.place;
    const detail = { expected: known, received: String(got.status) };
    return [finding("response-status", operationId, place, `Status ${got.status} is not documented.`, detail)];
  }
  const validator = await validatorOf(description);
  return [
    ...checkHeaders({ description, validator, operation }, described, got.headers),
    ...(hasNoBody(operation, got.status) ? [] : checkBody({ description, validator, operation }, described, got)),
  ];
}

/** These never carry a body, whatever is documented (RFC 9110 section 6.4.1). */
function hasNoBody(operation: Operation, status: number): boolean {
  return operation.method === "HEAD" || status < 200 || status === 204 || status === 304;
}
