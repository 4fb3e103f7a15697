import { authorize, type Credentials } from "./authorize.js";
import type { Case } from "./cases/case.js";
import { checkResponse } from "./check-response.js";
import { type Description, findOperation } from "./description.js";
import { type CheckId, type Finding, finding } from "./finding.js";
import { requestFor } from "./send.js";

/** How a case is sent. */
export interface RunOptions {
  /** The address before the path, such as `http://127.0.0.1:4010/herobrain`. */
  readonly baseUrl: string;
  /** Credentials by the name of their security scheme; needed unless no operation is protected. */
  readonly credentials?: Credentials;
  /** Further headers for the request; they win over those of the case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The function that sends; the global `fetch` by default. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** What came of a case. */
export interface CaseResult {
  /** As it came; its body can still be read. */
  readonly response: Response;
  readonly findings: readonly Finding[];
}

/** Client errors that say nothing about whether the request was valid. */
const UNRELATED = new Set([401, 405, 407, 408, 429]);

/**
 * Sends a case and checks the answer: its class (success for a positive case, a documented 4xx about the request for a
 * negative one, 401 without a credential), and everything that `checkResponse` checks.
 *
 * @param description from `loadDescription`; the one that the case was made from.
 * @throws TypeError if the server cannot be reached; Error if a credential is missing from the options.
 */
export async function runCase(description: Description, made: Case, options: RunOptions): Promise<CaseResult> {
  const operation = findOperation(description, made.operationId);
  const credentials = made.kind === "unauthenticated" ? undefined : (options.credentials ?? {});
  const authorization = credentials
    ? authorize(description, operation, credentials)
    : { headers: {}, query: [], cookies: [] };
  const send = options.fetch ?? ((request: Request) => fetch(request));
  const response = await send(requestFor(made, options.baseUrl, authorization, options.headers));
  const outcome = checkOutcome(made, response.status);
  return { response, findings: [...outcome, ...(await checkResponse(description, made.operationId, response))] };
}

/** Whoever says which version he has may be told that it is the newest (RFC 9110, 15.4.5). */
function isUnchanged({ headers }: Case, status: number): boolean {
  return status === 304 && Object.keys(headers).some((name) => /^if-(none-match|modified-since)$/i.test(name));
}

function checkOutcome(made: Case, status: number): Finding[] {
  const name = made.id.slice(made.operationId.length + 2);
  const report = (check: CheckId, expected: string, message: string): Finding[] => [
    finding(check, made.operationId, made, message, { expected, received: String(status) }),
  ];
  const success = status >= 200 && status < 300;
  if (made.expect === "success") {
    return success || isUnchanged(made, status)
      ? []
      : report("request-rejected", "2xx", `A valid request was rejected (${name}).`);
  }
  if (made.expect === "unauthorized") {
    return status === 401
      ? []
      : report("authentication-not-enforced", "401", `A request ${name} was not answered with 401.`);
  }
  if (success) return report("request-accepted", "4xx", `An invalid request was accepted (${name}).`);
  if (status >= 400 && status < 500 && !UNRELATED.has(status)) return [];
  return report(
    "request-refused-otherwise",
    "4xx about the request",
    `An invalid request was refused for another reason (${name}).`,
  );
}
