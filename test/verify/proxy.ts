import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { listen } from "../../src/server/listen.js";

/** A request on its way to the server. */
export interface Asked {
  method: string;
  /** Path and query, without the prefix of the API. */
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** An answer on its way to the client. */
export interface Answered {
  status: number;
  headers: Record<string, string | string[]>;
  body: Buffer;
  /** Send so much of the body and then break the connection. */
  breakAfter?: number;
}

/** Gets the right answer from the server behind. */
export type Forward = (asked: Asked) => Promise<Answered>;

/** What a proxy does with a request: an answer, or none at all. */
export type Handle = (asked: Asked, forward: Forward) => Promise<Answered | "reset" | "silence">;

/** Connections of the proxy's own, and what the mock adds for people who debug. */
const DROPPED = new Set([
  "connection",
  "keep-alive",
  "transfer-encoding",
  "content-length",
  "sl-violations",
  "content-encoding",
]);

/**
 * Stands between the verifier and a server.
 *
 * @param upstream the address of the server, with the prefix of the API.
 * @param handle what to do with each request.
 */
export async function startProxy(
  upstream: string,
  handle: Handle,
): Promise<{ origin: string; close(): Promise<void> }> {
  const forward: Forward = async ({ method, url, headers, body }) => {
    const { host: _host, connection: _connection, "content-length": _length, ...rest } = headers;
    const response = await fetch(`${upstream}${url}`, {
      method,
      headers: rest,
      redirect: "manual",
      ...(body === "" ? {} : { body }),
    });
    const kept: Record<string, string | string[]> = {};
    for (const [name, value] of response.headers) if (!DROPPED.has(name)) kept[name] = value;
    const cookies = response.headers.getSetCookie();
    if (cookies.length > 0) kept["set-cookie"] = cookies;
    return { status: response.status, headers: kept, body: Buffer.from(await response.arrayBuffer()) };
  };
  const server = createServer(async (request, response) => {
    const answer = await handle(await read(request), forward);
    if (answer === "reset") request.socket.destroy();
    else if (answer !== "silence") write(response, answer);
  });
  const { origin, close } = await listen(server);
  return {
    origin,
    close: () => {
      server.closeAllConnections();
      return close();
    },
  };
}

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  // Latin-1 keeps the bytes of files as they are; JSON that is sent is ASCII or UTF-8, which survives the way back.
  return {
    method: request.method ?? "GET",
    url: request.url ?? "/",
    headers,
    body: Buffer.concat(chunks).toString("utf8"),
  };
}

function write(response: ServerResponse, { status, headers, body, breakAfter }: Answered): void {
  response.writeHead(status, { ...headers, "content-length": body.length });
  if (breakAfter === undefined) return void response.end(body);
  response.write(body.subarray(0, breakAfter), () => setTimeout(() => response.destroy(), 20));
}
