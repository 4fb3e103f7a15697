import { loadDescription, placeholderCredentials } from "../../src/testing/index.js";
import { type VerifyFinding, verify } from "../../src/verify/index.js";
import type { CatalogueFault } from "./catalogue/fault.js";
import { mockJudgesRightly } from "./clean.js";
import { type Handle, startProxy } from "./proxy.js";
import { shelf } from "./shelf.js";

/** Verifies a mock through a proxy that makes one mistake, and tells what was found. */
export async function inject(fault: CatalogueFault, upstream: string): Promise<readonly VerifyFinding[]> {
  const behind = fault.shelf ? shelf(fault.shelf) : undefined;
  const handle: Handle = behind
    ? (asked, forward) =>
        fault.handle(asked, async (changed) => {
          const answer = await behind(changed, forward);
          if (typeof answer === "string") throw new Error("A shelf always answers.");
          return answer;
        })
    : fault.handle;
  return through(handle, fault, upstream);
}

/** The same without the mistake. */
export async function withoutFault(fault: CatalogueFault, upstream: string): Promise<readonly VerifyFinding[]> {
  const shelved = fault.shelf ? { shelf: { ...fault.shelf, keepsDeleted: false } } : {};
  return inject({ ...fault, ...shelved, handle: (asked, forward) => forward(asked) }, upstream);
}

async function through(handle: Handle, { api, only, options = {} }: CatalogueFault, upstream: string) {
  const proxy = await startProxy(upstream, handle);
  try {
    const { report } = await verify(api, {
      server: proxy.origin,
      write: true,
      only,
      credentials: placeholderCredentials(loadDescription(api)),
      accepts: mockJudgesRightly,
      ...options,
    });
    return report.findings;
  } finally {
    await proxy.close();
  }
}
