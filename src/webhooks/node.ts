import { endedEarly, LimitedBody } from "./limited-body.js";
import type { Receiver } from "./receiver.js";

/** The part of Node's `IncomingMessage` that the handler needs. */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly readableDidRead?: boolean;
  readonly readableEnded?: boolean;
  readonly destroyed?: boolean;
  // biome-ignore lint/suspicious/noExplicitAny: that is how Node types the listeners of any event.
  on(event: string, listener: (...values: any[]) => void): unknown;
}

/** The part of Node's `ServerResponse` that the handler needs. */
export interface NodeResponse {
  readonly headersSent: boolean;
  statusCode: number;
  setHeader(name: string, value: string): unknown;
  end(): unknown;
}

/** A listener for `createServer` of `node:http`, `node:https` or `node:http2`. Its promise never rejects. */
export type NodeHandler = (request: NodeRequest, response: NodeResponse) => Promise<void>;

/**
 * @param find where a framework may have put the raw body; asked before the body is read.
 * @internal
 */
export function toNodeHandler(
  receive: Receiver,
  find: (request: NodeRequest) => Uint8Array | undefined = () => undefined,
): NodeHandler {
  return async (request, response) => {
    const { method, headers } = request;
    const { status, headers: answered } = await receive({
      method,
      headers,
      read: async (maxBytes) => {
        const found = find(request);
        if (!found) return readStream(request, maxBytes);
        new LimitedBody(maxBytes).checkLength(found.length);
        return found;
      },
    });
    // Something else, such as a timeout, may have answered meanwhile.
    if (response.headersSent) return;
    response.statusCode = status;
    for (const [name, value] of Object.entries(answered)) response.setHeader(name, value);
    response.end();
  };
}

async function readStream(request: NodeRequest, maxBytes: number): Promise<Uint8Array> {
  // The sender hung up before anybody listened, and no event will tell.
  if (request.destroyed && !request.readableEnded) throw endedEarly();
  if (request.readableDidRead || request.readableEnded) {
    throw new TypeError(
      "The request's body has been read before, so the bytes that were signed are gone. Put the webhook's handler " +
        "before any middleware that parses bodies, such as express.json(), or give its path " +
        "express.raw({ type: () => true }).",
    );
  }
  const body = new LimitedBody(maxBytes);
  body.checkLength(Number(request.headers["content-length"]));
  return new Promise((resolve, reject) => {
    // Listeners and no loop: leaving a loop would close the connection before the sender has read why. Node itself
    // throws away what comes after the answer.
    request.on("data", (chunk: Uint8Array | string) => {
      try {
        if (typeof chunk === "string") throw new TypeError("request.setEncoding() was called, so its bytes are gone.");
        body.add(chunk);
      } catch (error) {
        reject(error);
      }
    });
    request.on("end", () => resolve(body.bytes()));
    request.on("error", () => reject(endedEarly()));
    request.on("close", () => reject(endedEarly()));
  });
}
