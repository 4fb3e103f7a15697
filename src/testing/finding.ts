import type { Evidence, Place } from "./place.js";

/** Every check, by the id that findings carry, with what a finding of it means. The ids are stable. */
export const CHECKS = {
  "response-status": "The status is not documented for the operation.",
  "response-media-type": "The media type is missing, or not documented for the status.",
  "response-header-missing": "A required header is missing.",
  "response-header": "A header does not fit its schema.",
  "response-body": "The body does not fit its schema.",
  "response-body-missing": "A body is documented, but none came.",
  "response-body-unexpected": "A body came, but none is documented.",
  "response-body-syntax": "The body is not what its media type says, such as JSON that breaks off.",
  "response-event": "An item of a stream does not fit its schema.",
  "request-rejected": "A valid request was not answered with success.",
  "request-accepted": "An invalid request was not refused.",
  "request-refused-otherwise": "An invalid request was refused, but with a status that is not about the request.",
  "authentication-not-enforced": "A request without a credential was not answered with 401.",
} as const;

/** The stable id of a check; {@link CHECKS} explains each. */
export type CheckId = keyof typeof CHECKS;

/** One contradiction between an API and its description. Never holds a value that is marked `x-sensitive`. */
export interface Finding {
  readonly check: CheckId;
  readonly operationId: string;
  /** What is wrong, in a sentence. */
  readonly message: string;
  /** A JSON pointer into the description, to the part that is contradicted. */
  readonly pointer: string;
  /** The name of a header, or a JSON pointer into the body. */
  readonly location?: string;
  /** How well the contradicted part is known: what contradicts an `inferred` part may well be a mistake in the description. */
  readonly evidence: Evidence;
  readonly expected?: string;
  readonly received?: string;
}

/** What a finding says besides where it belongs. */
export type Detail = Pick<Finding, "location" | "expected" | "received">;

/** Makes a finding about a part of a description. */
export function finding(
  check: CheckId,
  operationId: string,
  part: Pick<Place, "pointer" | "evidence">,
  message: string,
  detail: Detail = {},
): Finding {
  return { check, operationId, message, pointer: part.pointer, evidence: part.evidence, ...detail };
}

/** Findings as a list for people, one paragraph each. */
export function formatFindings(findings: readonly Finding[]): string {
  return findings
    .map((found) => {
      const where =
        found.location === undefined ? "" : ` at ${found.location === "" ? "the top of the body" : found.location}`;
      const lines = [
        `${found.check}${where}: ${found.message}`,
        ...(found.expected === undefined ? [] : [`  expected: ${found.expected}`]),
        ...(found.received === undefined ? [] : [`  received: ${found.received}`]),
        `  described at: ${found.pointer} (${found.evidence})`,
      ];
      return lines.join("\n");
    })
    .join("\n");
}
