import { type Case, casesFor, type Operation } from "../testing/index.js";
import type { Run } from "./context.js";
import { matchesAny } from "./globs.js";

/** The cases of an operation that a run sends: all but those that its options leave out. */
export async function runnableCases({ description, settings }: Run, operation: Operation): Promise<readonly Case[]> {
  const { skipCases = [], accepts = () => true, noAuth = false } = settings;
  const { cases } = await casesFor(description, operation.operationId);
  return cases.filter(
    (one) => !matchesAny(skipCases, one.id) && !(noAuth && one.kind === "unauthenticated") && accepts(one, operation),
  );
}

/** A valid case of an operation, as documented; `undefined` if its examples are not complete. */
export async function validCase({ description }: Run, operation: Operation): Promise<Case | undefined> {
  const { cases } = await casesFor(description, operation.operationId);
  return cases.find((one) => one.kind === "positive");
}
