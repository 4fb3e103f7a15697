import { isIPv4 } from "node:net";

/** Webhooks would be sent to an address that they may not be sent to. */
export class WebhookTargetError extends Error {
  override readonly name = "WebhookTargetError";
}

/**
 * Reads the address that webhooks are sent to.
 *
 * @param allowRemote whether it may be on another machine. A slip of the hand would otherwise show examples, signed with
 *   a secret, to a stranger.
 * @throws WebhookTargetError if it is no HTTP address, or on another machine without being allowed to.
 */
export function readTarget(address: string, allowRemote: boolean): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new WebhookTargetError(`"${address}" is no address that webhooks can be sent to.`);
  }
  if (!allowRemote && !isLoopback(url.hostname)) {
    throw new WebhookTargetError(`Webhooks are sent to this machine only, and ${url.hostname} may be another one.`);
  }
  return url;
}

/** `URL` has written addresses of any form in their usual one by then. */
function isLoopback(host: string): boolean {
  if (isIPv4(host)) return host.startsWith("127.");
  return host === "[::1]" || host === "localhost" || host.endsWith(".localhost");
}
