import type { Exchange } from "./exchange.js";

/**
 * The body as bytes, which unlike a stream can be sent again. `undefined` if there is none. The request keeps its own, for
 * middleware that reads it later or sends it once more.
 *
 * @param exchange may have the body at hand. To read it out of the request takes longer than all the rest of a call.
 * @internal
 */
export async function readBody(
  request: Request,
  { made, written }: Partial<Exchange> = {},
): Promise<ArrayBuffer | undefined> {
  if (request.method === "GET" || request.method === "HEAD" || request.body === null) return undefined;
  if (request !== made || written === undefined) return request.clone().arrayBuffer();
  // A copy, since the buffer may be larger than what is in it.
  return new TextEncoder().encode(written).slice().buffer;
}

/**
 * The same request to another URL.
 *
 * @param body taken apart from the request, because a browser sends a body only as a stream if it is copied.
 * @internal
 */
export function moveRequest(
  { headers, signal, redirect, mode, credentials, cache, referrer, referrerPolicy, integrity, keepalive }: Request,
  url: URL,
  { method, body }: { readonly method: string; readonly body: ArrayBuffer | undefined },
): Request {
  const place: RequestInit = { mode, credentials, cache, referrer, referrerPolicy };
  return new Request(url, { method, headers, signal, redirect, integrity, keepalive, ...place, body: body ?? null });
}

/** Whether a body can be sent a second time: a stream cannot. @internal */
export function isReplayable(body: unknown): boolean {
  if (typeof body === "string" || body instanceof URLSearchParams || body instanceof FormData) return true;
  return body instanceof Blob || body instanceof ArrayBuffer || ArrayBuffer.isView(body);
}

/** A class as openapi-fetch wants it, that notes which request was made. @internal */
export function recorder(exchange: Exchange): unknown {
  function Recorded(url: string, init: RequestInit): Request {
    exchange.made = new Request(url, init);
    return exchange.made;
  }
  // For `instanceof`, by which what middleware returns is recognised.
  Recorded.prototype = Request.prototype;
  return Recorded;
}
