import type { Case, Operation } from "../../src/testing/index.js";
import { exceptionFor } from "../contract/beyond-prism.js";

/**
 * The cases that a mock can be held to. Prism takes `?name=` for a parameter that was not sent, so it accepts an empty text
 * that is too short; beyond-prism.test.ts shows that it really does.
 */
export function mockJudgesRightly(one: Case, operation: Operation): boolean {
  return exceptionFor(one, operation) === undefined;
}
