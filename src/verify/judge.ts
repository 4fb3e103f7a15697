import type { Case, Operation } from "../testing/index.js";
import { describedResponse } from "../testing/operation.js";
import type { FaultCode, VerifyCheckId } from "./checks.js";
import type { Answer } from "./exchange.js";
import type { Observation } from "./finding.js";

/** What a case says about a server: contradictions, or why it says nothing. */
export type Verdict = { readonly seen: readonly Observation[] } | { readonly undecided: string };

/** Documented refusals of a valid request that depend on what the server holds, or on whose credential it is. */
export const STATEFUL: Readonly<Record<number, string>> = {
  402: "it asks for payment",
  403: "the credential may not do this",
  404: "what the example speaks of is not there",
  409: "it conflicts with what is there",
  410: "what the example speaks of is gone",
  416: "what the example speaks of is shorter",
  423: "what the example speaks of is locked",
  429: "the rate limit is reached",
};

/** Client errors that say nothing about whether a request was valid. */
const UNRELATED = new Set([401, 405, 407, 408]);

const NOTHING: Verdict = { seen: [] };

/** Judges whether a case was accepted or refused as it has to be. */
export function judge(operation: Operation, made: Case, { status }: Answer): Verdict {
  // A failure of the server is reported as such, whatever it was asked.
  if (status === 500 || (status > 500 && !describedResponse(operation, status))) return NOTHING;
  if (status >= 500) return { undecided: `it answered ${status}, as documented` };
  if (made.expect === "unauthorized") return judgeUnauthenticated(operation, made, status);
  return made.expect === "success" ? judgeValid(operation, made, status) : judgeInvalid(operation, made, status);
}

function judgeValid(operation: Operation, made: Case, status: number): Verdict {
  if (status < 400) return NOTHING;
  const reason = STATEFUL[status];
  // Without a parameter or a body there is nothing that could be missing.
  const fixed = made.body === undefined && made.query.length === 0 && !operation.path.includes("{");
  const excused = reason !== undefined && describedResponse(operation, status) && !(status === 404 && fixed);
  if (excused || status === 429) return { undecided: `${reason} (${status})` };
  const fault: Record<number, FaultCode> = { 401: "F305", 406: "F204" };
  return found("request-rejected", made, "2xx", status, "A valid request was rejected", fault[status]);
}

function judgeInvalid(operation: Operation, made: Case, status: number): Verdict {
  if (status === 429) return { undecided: "the rate limit is reached (429)" };
  if (status < 300) return found("request-accepted", made, "4xx", status, "An invalid request was accepted");
  if (status >= 400 && !UNRELATED.has(status)) return NOTHING;
  const known = operation.responses.map((response) => response.status).filter((one) => one.startsWith("4"));
  const message = "An invalid request was refused for another reason";
  return found("request-refused-otherwise", made, `one of ${known.join(", ")} about the request`, status, message);
}

function judgeUnauthenticated({ method }: Operation, made: Case, status: number): Verdict {
  if (status === 401) return NOTHING;
  if (status === 429) return { undecided: "the rate limit is reached (429)" };
  const fault = /^(PUT|PATCH|DELETE|POST)$/.test(method) ? "F308" : "F307";
  return found(
    "authentication-not-enforced",
    made,
    "401",
    status,
    "A request without a credential was not refused",
    fault,
  );
}

function found(
  check: VerifyCheckId,
  { operationId, id, pointer, evidence }: Case,
  expected: string,
  status: number,
  message: string,
  fault?: FaultCode,
): Verdict {
  const wording = id.slice(operationId.length + 2);
  const seen = {
    check,
    operationId,
    pointer,
    evidence,
    message: `${message}: ${wording}.`,
    expected,
    received: String(status),
  };
  return { seen: [fault === undefined ? seen : { ...seen, fault }] };
}
