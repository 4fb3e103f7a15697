import type { Middleware } from "openapi-fetch";
import type { Deprecation } from "./deprecation.js";
import type { HeadersInput } from "./headers.js";
import type { Logger, LogLevel } from "./logging.js";
import type { RateLimit } from "./rate-limit.js";
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
  /**
   * How many requests may be sent again before others succeed, so that a server that is down is not hammered; default 50.
   * Ten requests that succeed make up for one that was sent again.
   */
  readonly retryBudget?: number | undefined;
  /** How long to wait for what. */
  readonly timeouts?: Timeouts | undefined;
  /** openapi-fetch's middleware. It sees a call once, however often it is sent, and never the client's credential. */
  readonly middleware?: readonly Middleware[] | undefined;
  /** Hears of retries, deprecations and, by `logLevel`, of more; default: nothing is logged. `console` fits. */
  readonly logger?: Logger | undefined;
  /** How much the logger hears; default `warn`. */
  readonly logLevel?: LogLevel | undefined;
  /** Called after each answer that tells the state of the rate limit. What it throws, the call is rejected with. */
  readonly onRateLimit?: ((rateLimit: RateLimit) => void) | undefined;
  /**
   * Called once for each operation whose answer has a `Deprecation` or `Sunset` header; default: the logger is warned.
   * What it throws, the call is rejected with.
   */
  readonly onDeprecation?: ((deprecation: Deprecation) => void) | undefined;
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
