/** The parts of a response, for callers that have no fetch `Response`. */
export interface ReceivedResponse {
  readonly status: number;
  readonly headers: Headers | Readonly<Record<string, string | readonly string[]>>;
  /** Text or bytes as they came, or anything else as the value that JSON was parsed to; left out if there was none. */
  readonly body?: unknown;
}

/** A response that was read to its end. */
export interface ReadResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: ReadBody;
}

/** A body: bytes, text, or a value that someone parsed already. */
export type ReadBody =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "parsed"; readonly value: unknown };

/**
 * Reads a response to its end.
 *
 * @throws Error if its body was read before.
 */
export async function received(response: Response | ReceivedResponse): Promise<ReadResponse> {
  if (!(response instanceof Response)) {
    return { status: response.status, headers: headersOf(response.headers), body: bodyOf(response.body) };
  }
  if (response.bodyUsed)
    throw new Error("The body of this response was read already; give it to the check first, or a clone.");
  const bytes = new Uint8Array(await response.clone().arrayBuffer());
  return { status: response.status, headers: response.headers, body: { kind: "bytes", bytes } };
}

function headersOf(headers: ReceivedResponse["headers"]): Headers {
  if (headers instanceof Headers) return headers;
  const pairs = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === "string"
      ? [[name, value] as [string, string]]
      : value.map((item): [string, string] => [name, item]),
  );
  return new Headers(pairs);
}

function bodyOf(body: unknown): ReadBody {
  if (body === undefined) return { kind: "bytes", bytes: new Uint8Array() };
  if (typeof body === "string") return { kind: "bytes", bytes: new TextEncoder().encode(body) };
  if (body instanceof Uint8Array) return { kind: "bytes", bytes: body };
  if (body instanceof ArrayBuffer) return { kind: "bytes", bytes: new Uint8Array(body) };
  return { kind: "parsed", value: body };
}
