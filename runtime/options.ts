import type { Middleware } from "openapi-fetch";
import type { HeadersInput } from "./headers.js";
import type { Logger } from "./logging.js";
import type { RetryOptions } from "./retry.js";
import type { Timeouts } from "./timeouts.js";

export type { Middleware };

/** What every client's constructor takes beside its credential. */
export interface ClientOptions {
  /** The server; default: the API's own. It may have a path, below which the API's paths are then looked for. */
  readonly baseUrl?: string | URL | undefined;
  /** Sends the requests; default: the global `fetch` at the time of each call. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Headers of every request. `null` leaves a default header out. */
  readonly headers?: HeadersInput | undefined;
  /** When and how often a request is sent again; `false`: never. */
  readonly retry?: RetryOptions | false | undefined;
  /** How long to wait for what. */
  readonly timeouts?: Timeouts | undefined;
  /** openapi-fetch's middleware. It sees a call once, however often it is sent, and never the client's credential. */
  readonly middleware?: readonly Middleware[] | undefined;
  /** Hears of each request, answer and retry; default: nothing is logged. `console` fits. */
  readonly logger?: Logger | undefined;
}

/** What a single call takes. Each member stands in for the constructor's. */
export interface RequestOptions {
  /** Ends the call with an {@link ApiAbortError}, also while it waits to be sent again. */
  readonly signal?: AbortSignal | undefined;
  /** Added to the constructor's headers; `null` leaves one of them out. */
  readonly headers?: HeadersInput | undefined;
  /** Merged over the constructor's; `false`: the request is sent once. */
  readonly retry?: RetryOptions | false | undefined;
  /** Merged over the constructor's. */
  readonly timeouts?: Timeouts | undefined;
}

/** The arguments of an operation, as generated code passes them on. */
export interface CallArguments {
  /** Path parameters by name. */
  readonly path?: Readonly<Record<string, string | number | undefined>> | undefined;
  /** Fields of the query, the headers and the body. Members that are `undefined` are left out. */
  readonly params?: object | undefined;
  /** The body of an operation whose body is not made of fields: any JSON value. `undefined`: no body. */
  readonly body?: unknown;
}
