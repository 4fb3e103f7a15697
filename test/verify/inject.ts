import {
  authorize,
  casesFor,
  findOperation,
  loadDescription,
  placeholderCredentials,
  requestFor,
  startProxy as startJudgingProxy,
} from "../../src/testing/index.js";
import { type VerifyFinding, verify } from "../../src/verify/index.js";
import type { CatalogueFault } from "./catalogue/fault.js";
import { mockJudgesRightly } from "./clean.js";
import { type Asked, type Forward, type Handle, startProxy } from "./proxy.js";
import { shelf } from "./shelf.js";

/**
 * Verifies a mock through a proxy that makes one mistake, and tells what was found.
 *
 * @param observe sees every exchange on its way, the mistake included.
 */
export async function inject(
  fault: CatalogueFault,
  upstream: string,
  observe: (handle: Handle) => Handle = (handle) => handle,
): Promise<readonly VerifyFinding[]> {
  const proxy = await startProxy(upstream, observe(faultyServer(fault)));
  try {
    return await (fault.client ? throughProxy(fault, proxy.origin) : verified(fault, proxy.origin));
  } finally {
    await proxy.close();
  }
}

/**
 * The server of a fault, with the mistake: the mock, and what remembers where that is needed.
 *
 * @param isMeant at which requests the mistake is made; at all of them by default.
 */
export function faultyServer(fault: CatalogueFault, isMeant: (asked: Asked) => boolean = () => true): Handle {
  const behind = fault.shelf ? shelf(fault.shelf) : undefined;
  return (asked, forward) => {
    const right: Forward = async (changed) => {
      const answer = behind ? await behind(changed, forward) : await forward(changed);
      if (typeof answer === "string") throw new Error("A shelf always answers.");
      return answer;
    };
    return isMeant(asked) ? fault.handle(asked, right) : right(asked);
  };
}

/** A fault without its mistake: where nothing is wrong. */
export function mended(fault: CatalogueFault): CatalogueFault {
  const shelved = fault.shelf ? { shelf: { ...fault.shelf, keepsDeleted: false } } : {};
  const client = fault.client ? { client: (request: Request) => request } : {};
  return { ...fault, ...shelved, ...client, handle: (asked, forward) => forward(asked) };
}

/** Faults by what is verified: where nothing is wrong, that needs to be shown once for each. */
export function byScope(faults: readonly CatalogueFault[]): CatalogueFault[] {
  return [...new Map(faults.map((fault) => [scopeOf(fault), fault])).values()];
}

/** What is verified with a fault, whatever the mistake is. */
export function scopeOf({ api, only, options, shelf: kind, client }: CatalogueFault): string {
  return JSON.stringify([api, only, options, kind?.list, client !== undefined]);
}

async function verified({ api, only, options = {} }: CatalogueFault, server: string) {
  const { report } = await verify(api, {
    server,
    write: true,
    only,
    credentials: placeholderCredentials(loadDescription(api)),
    accepts: mockJudgesRightly,
    ...options,
  });
  return report.findings;
}

/** Sends what the client of a fault sends through the proxy of this package. */
async function throughProxy({ api, only, client = (request) => request }: CatalogueFault, target: string) {
  const description = loadDescription(api);
  const proxy = await startJudgingProxy(description.document, { target });
  for (const operationId of only) {
    const operation = findOperation(description, operationId);
    const [made] = (await casesFor(description, operationId)).cases;
    if (!made) throw new Error(`${operationId} has no case.`);
    const authorization = authorize(description, operation, placeholderCredentials(description));
    await (await fetch(client(requestFor(made, proxy.origin, authorization)))).arrayBuffer();
  }
  return (await proxy.close()).findings;
}
