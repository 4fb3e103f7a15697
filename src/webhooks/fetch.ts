import { endedEarly, LimitedBody } from "./limited-body.js";
import type { Receiver } from "./receiver.js";

/** Answers a request of the fetch standard: Workers, Deno, Bun, and the route handlers of many frameworks. */
export type FetchHandler = (request: Request) => Promise<Response>;

/** @internal */
export function toFetchHandler(receive: Receiver): FetchHandler {
  return async (request) => {
    const { status, headers } = await receive({
      method: request.method,
      headers: request.headers,
      read: (maxBytes) => readRequest(request, maxBytes),
    });
    return new Response(null, { status, headers });
  };
}

async function readRequest(request: Request, maxBytes: number): Promise<Uint8Array> {
  if (request.bodyUsed || request.body?.locked) {
    throw new TypeError(
      "The request's body has been read before, so the bytes that were signed are gone. " +
        "Handle the webhook before anything calls request.json() or the like, or clone the request beforehand.",
    );
  }
  const body = new LimitedBody(maxBytes);
  body.checkLength(Number(request.headers.get("content-length")));
  // Of a body that is too large the rest is left alone: cancelling it makes some servers hang up before they answer.
  const reader = request.body?.getReader();
  while (reader) {
    const { done, value } = await reader.read().catch(() => Promise.reject(endedEarly()));
    if (done) break;
    body.add(value);
  }
  return body.bytes();
}
