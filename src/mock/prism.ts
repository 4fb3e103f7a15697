import { describeForPrism } from "./describe-for-prism.js";
import type { Preferences } from "./preferences.js";
import type { PrismFinding, PrismHttp, PrismOperation, PrismRequest, PrismResult } from "./prism-modules.js";
import { type Answer, problem } from "./problems.js";
import { refusals } from "./refusals.js";

/** One API, ready to answer. */
export interface Engine {
  operations: PrismOperation[];
  /**
   * Answers a request to one operation with a documented example, or refuses it.
   *
   * @param preferences which of the documented answers to give; the first example of the lowest 2xx by default.
   * @param validate whether parameters and body are checked; true by default. Credentials are always checked.
   */
  answer(
    operation: PrismOperation,
    request: PrismRequest,
    preferences: Preferences,
    validate?: boolean,
  ): Promise<Answer>;
}

const silent = {
  ...Object.fromEntries(
    ["trace", "debug", "info", "success", "warn", "error", "fatal"].map((level) => [level, () => {}]),
  ),
  child: () => silent,
};

/**
 * Makes an API answer from its description, with nothing read from disk and nothing sent over the network.
 *
 * @param prism what {@link loadPrism} returned.
 * @param description the OpenAPI description, with references to itself only; it is not changed.
 */
export async function createEngine(prism: PrismHttp, description: object): Promise<Engine> {
  const operations = await prism.getHttpOperationsFromSpec(describeForPrism(description));
  // Prism would send a request to whatever address a caller writes into a callback's field.
  for (const operation of operations) delete operation.callbacks;
  const instance = prism.createInstance({}, { logger: silent });

  return {
    operations,
    async answer(operation, request, preferences, validate = true) {
      const config = {
        isProxy: false,
        errors: false,
        validateRequest: validate,
        validateResponse: false,
        // An empty alternative makes credentials optional; Prism would refuse those that are given nevertheless.
        checkSecurity: !operation.security?.some((schemes) => schemes.length === 0),
        mock: { dynamic: false, ...preferences },
      };
      const result = await instance.request(request, [operation], config)();
      return toAnswer(result, operation, preferences);
    },
  };
}

function toAnswer(result: PrismResult, operation: PrismOperation, preferences: Preferences): Answer {
  if (result._tag === "Right") {
    const { output, validations } = result.right;
    const { statusCode: status, headers = {}, body } = output;
    return { status, headers, body, ...refusals(validations.input, operation) };
  }
  const { name, message, status, detail, additional } = result.left;
  // An example that the wanted answer does not have ends in a plain error, which is the caller's and not the mock's.
  if (status === undefined && preferences.exampleKey !== undefined && message.includes("#NOT_FOUND")) {
    const { code, exampleKey } = preferences;
    const of = code === undefined ? "The answer" : `The answer with status ${code}`;
    return problem(404, `${of} has no example called "${exampleKey}".`);
  }
  if (status === undefined) throw result.left;
  const findings = findingsOf(additional?.validation, status, detail ?? message);
  const members = {
    type: name,
    title: message,
    ...(additional?.validation ? { validation: additional.validation } : {}),
  };
  const answer = problem(status, detail ?? message, members, additional?.headers as Record<string, string> | undefined);
  return { ...answer, ...refusals(findings, operation) };
}

/** A problem carries what was found in another shape, or, with most statuses, only its text. */
function findingsOf(validation: unknown, status: number, detail: string): PrismFinding[] {
  if (!Array.isArray(validation)) return [{ code: status, message: detail, severity: 0 }];
  return validation.map(({ location, code, message }) => ({ path: location, code, message, severity: 0 }));
}
