import type { Case } from "./cases/case.js";
import { casesFor } from "./cases.js";
import { type Description, loadDescription } from "./description.js";
import { type Finding, formatFindings } from "./finding.js";
import type { Operation } from "./operation.js";
import { type RunOptions, runCase } from "./run.js";

/** A contract test for a runner of one's own. */
export interface ContractCase {
  /** Stable and unique within the API: the id of the case. */
  readonly name: string;
  readonly operationId: string;
  /** Whether it only reads, so that it can be sent to a server with data that matters. */
  readonly reads: boolean;
  /** What is sent, and what has to come. */
  readonly made: Case;
  /**
   * Sends the case and checks the answer.
   *
   * @throws Error that lists what contradicts the description, with the findings in `findings`; TypeError if the server
   *   cannot be reached.
   */
  run(options: RunOptions): Promise<void>;
}

/** An answer contradicts the description. */
export class ContractError extends Error {
  override readonly name = "ContractError";

  /**
   * @param made the case that was sent.
   * @param findings every contradiction.
   */
  constructor(
    made: Case,
    readonly findings: readonly Finding[],
  ) {
    super(`${made.id}\n${formatFindings(findings)}`);
  }
}

/**
 * Every case of an API, for test runners of all kinds.
 *
 * @param source the name of an API of this package, or an OpenAPI document; see `loadDescription`.
 * @returns the cases in the order of the description, the same ones every time.
 * @throws Error if an operation lacks an example, or if Ajv is not installed.
 *
 * @example
 * for (const { name, reads, run } of await contractCases("herobrain")) {
 *   test(name, { skip: !reads }, () => run({ baseUrl, credentials: { apiKey } }));
 * }
 */
export async function contractCases(source: string | object): Promise<ContractCase[]> {
  const description = loadDescription(source);
  const lists = await Promise.all(description.operations.map((operation) => casesOf(description, operation)));
  return lists.flat();
}

async function casesOf(description: Description, operation: Operation): Promise<ContractCase[]> {
  const { operationId, method } = operation;
  const stated = operation.operation["x-retry-safe"];
  const reads = typeof stated === "boolean" ? stated : method === "GET" || method === "HEAD";
  const { cases } = await casesFor(description, operationId);
  return cases.map((made) => ({
    name: made.id,
    operationId,
    reads,
    made,
    run: async (options) => {
      const { response, findings } = await runCase(description, made, options);
      await response.body?.cancel();
      if (findings.length > 0) throw new ContractError(made, findings);
    },
  }));
}
