import { checkResponse } from "./check-response.js";
import { loadDescription } from "./description.js";
import { formatFindings } from "./finding.js";
import type { ReceivedResponse } from "./received.js";

/** What a matcher answers to the test runner. */
export interface MatcherResult {
  readonly pass: boolean;
  message(): string;
}

/** The matchers as assertions, for the types of a test runner. */
export interface ConformanceMatchers {
  /**
   * Passes if the response is as the description of the operation says. Has to be awaited.
   *
   * @param api the name of an API of this package, or an OpenAPI document.
   * @param operationId the operation that was called.
   */
  toConformTo(api: string | object, operationId: string): Promise<void>;
}

/**
 * Matchers for `expect.extend`, for Vitest, Jest and others with that interface.
 *
 * @example
 * expect.extend(matchers);
 * await expect(response).toConformTo("herobrain", "listMemories");
 */
export const matchers = {
  /**
   * Passes if a response is as the description of an operation says: see `checkResponse`.
   *
   * @param response a fetch `Response`, which can still be read afterwards, or its status, headers and body.
   * @param api the name of an API of this package, or an OpenAPI document.
   * @param operationId the operation that was called.
   */
  async toConformTo(
    response: Response | ReceivedResponse,
    api: string | object,
    operationId: string,
  ): Promise<MatcherResult> {
    const description = loadDescription(api);
    const findings = await checkResponse(description, operationId, response);
    const subject = `the response with status ${response.status}`;
    const operation = `${operationId} of ${description.api}`;
    return {
      pass: findings.length === 0,
      message: () =>
        findings.length === 0
          ? `expected ${subject} not to conform to ${operation}, but it does`
          : `expected ${subject} to conform to ${operation}, but:\n\n${formatFindings(findings)}`,
    };
  },
};
