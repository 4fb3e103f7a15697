import { type FetchHandler, toFetchHandler } from "./fetch.js";
import type { Receiver } from "./receiver.js";

/** The part of Hono's context that the handler needs. */
export interface HonoContext {
  readonly req: { readonly raw: Request };
}

/** A handler for a route of Hono: `app.post("/path", handler)`. */
export type HonoHandler = (context: HonoContext) => Promise<Response>;

/** @internal */
export function toHonoHandler(receive: Receiver): HonoHandler {
  const handle: FetchHandler = toFetchHandler(receive);
  return ({ req }) => handle(req.raw);
}
