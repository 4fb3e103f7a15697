// What every entry point for webhooks exports of the handlers' types.
export type { ExpressHandler, ExpressRequest } from "./express.js";
export type { FetchHandler } from "./fetch.js";
export type { HonoContext, HonoHandler } from "./hono.js";
export type { NodeHandler, NodeRequest, NodeResponse } from "./node.js";
