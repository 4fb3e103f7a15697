import { CHECKS } from "../testing/finding.js";

/** A kind of fault, in the words of the WebFuzzing Commons. */
export interface FaultClass {
  /** `F100` and so on. Those from `F900` are of this project: the Commons leave them to others. */
  readonly code: string;
  readonly name: string;
}

/** What the verifier looks for, and how much it matters. */
export interface Check {
  /** What a finding of it means, in a sentence. */
  readonly meaning: string;
  readonly fault: FaultClass;
  /**
   * `contract`: a contradiction of the description, so that a guess in it makes it a warning. `always`: wrong whatever the
   * description says. `warning` and `note`: never more than that, unless everything is to be an error.
   */
  readonly weight: "contract" | "always" | "warning" | "note";
}

/**
 * The classes F100 to F308 are those of `DefinedFaultCategory` in WebFuzzing/Commons
 * (https://github.com/WebFuzzing/Commons), which EvoMaster and others report as well; their names are shortened.
 */
const FAULTS = {
  F100: "HTTP status 500",
  F110: "405 without Allow",
  F113: "resource still accessible after a successful DELETE",
  F200: "response does not match its schema",
  F201: "Allow does not match the schema",
  F204: "406 to a valid request",
  F205: "501 from a described operation",
  F206: "success in answer to invalid data",
  F305: "wrongly not recognized as authenticated",
  F307: "accessible without authentication",
  F308: "anonymous modification",
  F900: "valid request refused",
  F901: "refused for an unrelated reason",
  F902: "undescribed method accepted",
  F903: "list and item disagree",
  F904: "pagination does not end",
  F905: "rate limit not readable",
  F906: "secret returned more than once",
  F907: "redirect to another server",
  F908: "no complete answer",
  F909: "too slow",
  F910: "workflow broken off",
  F911: "invalid request sent",
  F912: "limit or order not kept",
} as const;

/** The code of a fault class. */
export type FaultCode = keyof typeof FAULTS;

/** The fault class with a code. */
export function faultClass(code: FaultCode): FaultClass {
  return { code, name: FAULTS[code] };
}

const check = (code: FaultCode, weight: Check["weight"], meaning: string): Check => ({
  meaning,
  fault: faultClass(code),
  weight,
});

/** Every check by its id. The ids are stable; those of `agent-apis/testing` mean here what they mean there. */
export const VERIFY_CHECKS = {
  "server-error": check("F100", "always", "The server failed: status 500, or another 5xx that is not documented."),
  "response-status": check("F200", "contract", CHECKS["response-status"]),
  "response-media-type": check("F200", "contract", CHECKS["response-media-type"]),
  "response-header-missing": check("F200", "contract", CHECKS["response-header-missing"]),
  "response-header": check("F200", "contract", CHECKS["response-header"]),
  "response-header-undocumented": check("F200", "note", "A header came that is not documented and no standard one."),
  "response-body": check("F200", "contract", CHECKS["response-body"]),
  "response-body-missing": check("F200", "contract", CHECKS["response-body-missing"]),
  "response-body-unexpected": check("F200", "contract", CHECKS["response-body-unexpected"]),
  "response-body-syntax": check("F200", "contract", CHECKS["response-body-syntax"]),
  "error-body": check("F200", "contract", "The body of an error is not in the documented shape."),
  "response-event": check("F200", "contract", CHECKS["response-event"]),
  "response-event-undocumented": check("F200", "contract", "An event came of a kind that is not documented."),
  "stream-cut-off": check("F908", "contract", "A stream ended within an event, or without one of those that end it."),
  "request-rejected": check("F900", "contract", CHECKS["request-rejected"]),
  "request-accepted": check("F206", "contract", CHECKS["request-accepted"]),
  "request-refused-otherwise": check("F901", "contract", CHECKS["request-refused-otherwise"]),
  "authentication-not-enforced": check("F307", "contract", CHECKS["authentication-not-enforced"]),
  "request-invalid": check("F911", "warning", "A client sent what is not described; the server did not accept it."),
  "request-parameter-undocumented": check("F911", "note", "A client sent a query parameter that is not documented."),
  "method-accepted": check(
    "F902",
    "contract",
    "A method that is not documented for the path was answered with success.",
  ),
  "allow-header": check("F110", "warning", "A 405 lacks the header Allow, or that leaves a documented method out."),
  "delete-ineffective": check("F113", "always", "What was deleted can still be read, or is still listed."),
  "list-item-disagree": check(
    "F903",
    "always",
    "What a list shows, or was created, is missing or different by itself.",
  ),
  "pagination-loop": check("F904", "always", "A page repeats an earlier one and announces another."),
  "pagination-empty-page": check("F904", "always", "A page without items announces another."),
  "page-too-long": check("F912", "contract", "A page has more items than the limit that was asked for."),
  "list-order": check("F912", "contract", "A list is not in the order that was asked for."),
  "workflow-step": check("F910", "contract", "A step of a documented workflow did not do what it is documented to do."),
  "retry-after": check("F905", "contract", "The header that says when to try again cannot be read."),
  "rate-limit-header": check(
    "F905",
    "contract",
    "A header about the rate limit cannot be read, or contradicts another.",
  ),
  "secret-returned-again": check("F906", "always", "A secret that is shown once came in another answer."),
  "redirect-elsewhere": check("F907", "always", "The server leads to another server, which nobody asked to be tested."),
  "no-answer": check("F908", "always", "No answer came in time, or it broke off."),
  "too-slow": check("F909", "always", "The answer took longer than was allowed."),
} as const satisfies Record<string, Check>;

/** The stable id of a check of the verifier. */
export type VerifyCheckId = keyof typeof VERIFY_CHECKS;
