import type { CatalogueFault } from "../../verify/catalogue/index.js";
import { PEERS, type Peer, type Trial } from "./contest.js";
import { isNew } from "./problem.js";

/** A tool of the comparison. */
export type Tool = "agent-apis" | Peer;

/** A mistake, and who caught it. */
export interface Row {
  readonly fault: CatalogueFault;
  /** The checks that the verifier reports. */
  readonly found: string;
  readonly caught: Readonly<Record<Tool, boolean>>;
}

/** What a tool amounts to. */
export interface Total {
  readonly tool: Tool;
  readonly caught: number;
  readonly missed: number;
  /** Different things that it says about servers with which nothing is wrong. */
  readonly falsely: number;
  /** The same about requests, of which some are wrong on purpose. */
  readonly ofRequests: number;
}

/**
 * Who caught a mistake. The verifier has to call it by its name, and nothing else; for the others it is enough to say
 * anything that they do not say where nothing is wrong.
 */
export function outcomes(fault: CatalogueFault, { own, peers }: Trial, clean: Trial): Row {
  const found = [...new Set(own)].sort().join(", ");
  const caught = Object.fromEntries(PEERS.map((peer) => [peer, isNew(peers[peer], clean.peers[peer])]));
  const named = found === [...fault.checks].sort().join(", ");
  return { fault, found, caught: { ...(caught as Record<Peer, boolean>), "agent-apis": named } };
}

/** The sums for each tool. */
export function totals(rows: readonly Row[], clean: readonly Trial[], tools: readonly Tool[]): Total[] {
  return tools.map((tool) => {
    const caught = rows.filter((row) => row.caught[tool]).length;
    const said =
      tool === "agent-apis"
        ? clean.flatMap(({ own }) => own.map((text) => ({ text, ofRequest: false })))
        : clean.flatMap(({ peers }) => peers[tool]);
    const different = (ofRequest: boolean) =>
      new Set(said.filter((one) => one.ofRequest === ofRequest).map(({ text }) => text)).size;
    return { tool, caught, missed: rows.length - caught, falsely: different(false), ofRequests: different(true) };
  });
}
