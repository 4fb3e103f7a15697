/**
 * The body as bytes, which unlike a stream can be sent again. `undefined` if there is none. The request keeps its own, for
 * middleware that reads it later or sends it once more.
 *
 * @internal
 */
export async function readBody(request: Request): Promise<ArrayBuffer | undefined> {
  const never = request.method === "GET" || request.method === "HEAD" || request.body === null;
  return never ? undefined : request.clone().arrayBuffer();
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
