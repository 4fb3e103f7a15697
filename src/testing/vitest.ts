/** Importing this file adds the matchers of agent-apis to the `expect` of Vitest, and their types. */
import { expect } from "vitest";
import { type ConformanceMatchers, matchers } from "./matchers.js";

declare module "vitest" {
  interface Matchers<T> extends ConformanceMatchers {}
}

expect.extend(matchers);
