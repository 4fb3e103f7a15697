/** Importing this file adds the matchers of agent-apis to the global `expect` of Jest, and their types. */
import { type ConformanceMatchers, matchers } from "./matchers.js";

declare global {
  namespace jest {
    interface Matchers<R> extends ConformanceMatchers {}
  }
}

// Jest has no package that could be imported here without being installed, so its global is used.
const { expect } = globalThis as { expect?: { extend(added: object): void } };
if (!expect)
  throw new Error("There is no global expect; call expect.extend(matchers) from agent-apis/testing instead.");
expect.extend(matchers);
