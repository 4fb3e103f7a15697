import type { IncomingMessage, ServerResponse } from "node:http";

/**
 * Refuses what a relay cannot pass on: what is meant for another server, as from a client that takes the relay for a
 * forward proxy, and transfer codings that it cannot undo.
 *
 * @returns the path and the query of a request that is not refused.
 * @see RFC 9112 sections 3.2.2 and 6.1
 */
export function refuse(
  incoming: IncomingMessage,
  response: ServerResponse,
  origin: string,
  target: string,
): string | undefined {
  const { url = "/", headers } = incoming;
  const deny = (status: number, why: string): undefined => {
    incoming.resume();
    response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(`agent-apis proxy: ${why}\n`);
  };
  const coding = headers["transfer-encoding"];
  if (coding !== undefined && coding.toLowerCase() !== "chunked") return deny(501, "only chunked can be passed on.");
  if (url.startsWith("/")) return url;
  if (url.startsWith(`${origin}/`)) return url.slice(origin.length);
  return deny(421, `it passes requests to ${target} and to nothing else; send them to ${origin}.`);
}
