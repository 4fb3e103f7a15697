import { type NodeRequest, type NodeResponse, toNodeHandler } from "./node.js";
import type { Receiver } from "./receiver.js";

/** A request of Express: Node's own, on which a middleware may have put the body. */
export interface ExpressRequest extends NodeRequest {
  /** Bytes if `express.raw()` has read them. Anything else is of no use. */
  readonly body?: unknown;
  /** Bytes, where the option `verify` of `express.json()` or a platform such as Cloud Functions keeps them. */
  readonly rawBody?: unknown;
}

/** A handler for a route of Express 4 or 5: `app.post("/path", handler)`. Its promise never rejects. */
export type ExpressHandler = (request: ExpressRequest, response: NodeResponse) => Promise<void>;

/** @internal */
export function toExpressHandler(receive: Receiver): ExpressHandler {
  return toNodeHandler(receive, ({ rawBody, body }: ExpressRequest) => {
    if (isBytes(rawBody)) return rawBody;
    return isBytes(body) ? body : undefined;
  });
}

/** Test runners have a Uint8Array of their own, so `instanceof` is not enough. */
function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value);
}
