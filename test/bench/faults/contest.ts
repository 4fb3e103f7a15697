import { loadDescription } from "../../../src/testing/index.js";
import { operationFinder } from "../../../src/verify/traffic/find-operation.js";
import type { CatalogueFault } from "../../verify/catalogue/index.js";
import { faultyServer, inject, mended } from "../../verify/inject.js";
import { type Asked, startProxy } from "../../verify/proxy.js";
import { prismProblems } from "./prism.js";
import type { Problem } from "./problem.js";
import { driftProblems, respectProblems } from "./redocly.js";
import { type Exchanged, writingDown } from "./traffic.js";

/** The tools that the verifier is held beside. */
export const PEERS = ["respect", "drift", "prism"] as const;
export type Peer = (typeof PEERS)[number];

/** What came of one server. */
export interface Trial {
  /** The checks that the verifier reports. */
  readonly own: readonly string[];
  readonly peers: Readonly<Record<Peer, readonly Problem[]>>;
}

const NOBODY: Trial["peers"] = { respect: [], drift: [], prism: [] };

/** Holds a server with a fault before the verifier, and the same requests before its peers. */
export async function trial(fault: CatalogueFault, upstream: string, withPeers: boolean): Promise<Trial> {
  const log: Exchanged[] = [];
  const found = await inject(fault, upstream, writingDown(log));
  const own = found.map(({ check }) => check);
  if (!withPeers) return { own, peers: NOBODY };
  const [respect, drift, prism] = await Promise.all([
    // A mistake of a client is in none of the workflows.
    fault.client ? [] : through(fault, upstream, (origin) => respectProblems(fault.api, fault.only, origin)),
    driftProblems(fault.api, log),
    through(fault, upstream, (origin) => prismProblems(fault.api, log, origin)),
  ]);
  return { own, peers: { respect, drift, prism } };
}

/** The same where nothing is wrong. */
export function cleanTrial(fault: CatalogueFault, upstream: string, withPeers: boolean): Promise<Trial> {
  return trial(mended(fault), upstream, withPeers);
}

/** A server of one's own, since one that remembers must not remember what others did. */
async function through<Result>(
  fault: CatalogueFault,
  upstream: string,
  use: (origin: string) => Promise<Result>,
): Promise<Result> {
  const find = operationFinder(loadDescription(fault.api));
  // A workflow calls other operations as well, of which a mistake in one knows nothing.
  const isMeant = ({ method, url }: Asked) => {
    const found = find(method, url.replace(/\?.*$/s, ""))?.operation.operationId;
    return found === undefined || fault.only.includes(found);
  };
  const server = await startProxy(upstream, faultyServer(fault, isMeant));
  try {
    return await use(server.origin);
  } finally {
    await server.close();
  }
}
