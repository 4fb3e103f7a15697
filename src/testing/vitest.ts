/**
 * Importing this file adds the matchers of agent-apis to Vitest's `expect`, and their types to Vitest and Jest. With Jest,
 * call `expect.extend(matchers)` instead and import only the type of this file.
 */
import { expect } from "vitest";
import { matchers } from "./matchers.js";

interface ConformanceMatchers {
  /**
   * Passes if the response is as the description of the operation says. Has to be awaited.
   *
   * @param api the name of an API of this package, or an OpenAPI document.
   * @param operationId the operation that was called.
   */
  toConformTo(api: string | object, operationId: string): Promise<void>;
}

declare module "vitest" {
  interface Matchers<T> extends ConformanceMatchers {}
}

declare global {
  namespace jest {
    interface Matchers<R> extends ConformanceMatchers {}
  }
}

expect.extend(matchers);
