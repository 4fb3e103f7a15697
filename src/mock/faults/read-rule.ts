import type { MockedApi } from "../mocked-api.js";
import { type Fault, FaultError } from "./fault.js";
import type { Faultable } from "./faults.js";
import { readFault } from "./read-fault.js";

/** A fault of certain operations. */
export interface Rule {
  fault: Fault;
  /** Whether a request is to one of them. */
  covers(request: Faultable): boolean;
}

/**
 * Reads a rule: operations, a colon, and a fault. `listMemories:429` is for the operations of that name,
 * `hero/listApiKeys:429` for the one of that API only, `hero/*:429` for all of an API, and `*:429` for all.
 *
 * @throws FaultError if it has another form, or there is no such API, operation or fault.
 */
export function readRule(text: string, apis: ReadonlyMap<string, MockedApi>): Rule {
  const colon = text.indexOf(":");
  if (colon < 0) {
    throw new FaultError(`"${text}" names no operation; a rule is written as in "<operation>:429" or "*:delay=100".`);
  }
  const [named, api] = text.slice(0, colon).trim().split("/").reverse();
  const [operation = "", fault] = [named, readFault(text.slice(colon + 1))];
  const known = [...apis.keys()];
  if (api !== undefined && !apis.has(api)) {
    throw new FaultError(
      `No API "${api}" is served, so no fault can be there; these are: ${known.join(", ")}.`,
      api,
      known,
    );
  }
  const operations = [...apis.values()]
    .filter(({ name }) => api === undefined || name === api)
    .flatMap(({ engine }) => engine.operations.flatMap(({ iid }) => iid ?? []));
  if (operation !== "*" && !operations.includes(operation)) {
    throw new FaultError(`There is no operation "${operation}" for a fault.`, operation, operations);
  }
  return {
    fault,
    covers: (request) =>
      (api === undefined || api === request.api) && (operation === "*" || operation === request.operationId),
  };
}
