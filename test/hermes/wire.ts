import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";

/** The longest body of a request, in bytes. */
export const longestBody = 20_971_520;

/** A request as the server has read it. */
export interface HermesRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** As many bytes as `Content-Length` says, so none of a chunked body. */
  readonly body: Buffer;
  /** Whoever is asking, as far as the server can tell. */
  readonly address: string;
}

/** Answers a request. A {@link Refusal} that it throws becomes the answer. */
export type Route = (request: HermesRequest, response: ServerResponse) => void;

/** Routes by method and path, such as `GET /api/sessions`. */
export type Routes = Readonly<Record<string, Route>>;

/** An unsuccessful answer. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: object;

  constructor(status: number, error: string, more: object = {}) {
    super(error);
    this.status = status;
    this.body = { error, ...more };
  }
}

/** Reads a request as a server does that goes by `Content-Length` alone. */
export async function readRequest(message: IncomingMessage): Promise<HermesRequest> {
  const url = new URL(message.url ?? "/", "http://server");
  const pieces: Buffer[] = [];
  for await (const piece of message) pieces.push(piece);
  const body = message.headers["content-length"] === undefined ? Buffer.alloc(0) : Buffer.concat(pieces);
  const { method = "", headers } = message;
  const address = message.socket.remoteAddress ?? "";
  return { method, path: url.pathname, query: url.searchParams, headers, body, address };
}

/** The fields of a JSON body, whatever the `Content-Type` says. */
export function fieldsOf({ body }: HermesRequest): Record<string, unknown> {
  if (body.length > longestBody) {
    throw new Refusal(413, `Request body too large (${body.length} bytes, max ${longestBody})`);
  }
  const fields = parse(body.toString());
  if (Array.isArray(fields)) throw new Refusal(500, "Internal server error");
  return typeof fields === "object" && fields !== null ? (fields as Record<string, unknown>) : {};
}

/** The fields of a JSON body, of which these must be there and not be empty. */
export function requiredFields<Name extends string>(
  request: HermesRequest,
  ...names: Name[]
): Record<string, unknown> & Record<Name, string> {
  const fields = fieldsOf(request);
  const missing = names.filter((name) => !fields[name] && fields[name] !== 0);
  if (missing.length > 0) throw new Refusal(400, `Missing required field(s): ${missing.join(", ")}`);
  return fields as Record<string, unknown> & Record<Name, string>;
}

/** An answer as nearly all of them are: with a charset, indented, compressed if that pays. */
export function sendJson(request: HermesRequest, response: ServerResponse, status: number, value: unknown): void {
  const text = JSON.stringify(value, null, request.path === "/api/sessions" ? 0 : 2);
  const isCompressed = text.length > 1024 && /\bgzip\b/.test(String(request.headers["accept-encoding"]));
  const body = isCompressed ? gzipSync(text) : Buffer.from(text);
  response.writeHead(status, {
    "Content-Type": "application/json; charset=utf-8",
    "Content-Length": body.length,
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    ...(isCompressed ? { "Content-Encoding": "gzip" } : {}),
  });
  response.end(body);
}

/** An answer as login, logout and the gate write it: without a charset. */
export function sendByHand(response: ServerResponse, status: number, value: unknown, cookies: string[] = []): void {
  const body = JSON.stringify(value);
  response.setHeader("Content-Type", "application/json");
  response.setHeader("Content-Length", Buffer.byteLength(body));
  if (cookies.length > 0) response.setHeader("Set-Cookie", cookies);
  response.writeHead(status).end(body);
}

/** Begins an answer whose end is that of the connection. */
export function sendUntilClosed(response: ServerResponse, headers: Record<string, string>): void {
  response.useChunkedEncodingByDefault = false;
  response.writeHead(200, { ...headers, Connection: "close" });
  response.flushHeaders();
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
