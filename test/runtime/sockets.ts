import { createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import { serverAt, signalled } from "./support.js";

/** A server that knows nothing of HTTP. */
export interface RawServer {
  readonly url: string;
  /** How many requests have come whole. */
  readonly requests: () => number;
  /** Resolves when no connection is open that has carried a request. Node's fetch may open one ahead of need. */
  readonly allClosed: () => Promise<void>;
}

/**
 * Starts a server on a free port of the local host that does as it likes once a request has come whole. It ends with the
 * test.
 *
 * @param act answers one request, or not. `request` is its text, `count` its number, from 1.
 */
export async function serveRaw(act: (socket: Socket, request: string, count: number) => void): Promise<RawServer> {
  const all = new Set<Socket>();
  const used = new Set<Socket>();
  let requests = 0;
  let closed = signalled();
  const server = createServer((socket) => {
    let request = "";
    let isAnswered = false;
    all.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => {
      all.delete(socket);
      used.delete(socket);
      closed.resolve();
      closed = signalled();
    });
    socket.on("data", (bytes) => {
      request += bytes.toString("latin1");
      if (isAnswered || !isWhole(request)) return;
      isAnswered = true;
      used.add(socket);
      act(socket, request, ++requests);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of all) socket.destroy();
    server.close();
  });
  const allClosed = async () => {
    while (used.size > 0) await closed.promise;
  };
  return { url: serverAt(server), requests: () => requests, allClosed };
}

/** A TLS handshake counts as a request, too. */
function isWhole(request: string): boolean {
  const end = request.indexOf("\r\n\r\n");
  if (end < 0) return !/^[A-Z]/.test(request);
  return request.length >= end + 4 + Number(/content-length: (\d+)/i.exec(request)?.[1] ?? 0);
}
