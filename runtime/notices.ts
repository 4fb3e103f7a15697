import { type Deprecation, readDeprecation } from "./deprecation.js";
import type { ApiDescriptor } from "./descriptors.js";
import type { Exchange } from "./exchange.js";
import type { RequestLog } from "./logging.js";
import { type RateLimit, readRateLimit } from "./rate-limit.js";

/** What a client can be told of beside its answers. @internal */
export interface Listeners {
  readonly onRateLimit?: ((rateLimit: RateLimit) => void) | undefined;
  readonly onDeprecation?: ((deprecation: Deprecation) => void) | undefined;
}

/** Passes on what the headers of all answers tell. @internal */
export class Notices {
  readonly #names: ApiDescriptor["rateLimit"];
  readonly #listeners: Listeners;
  readonly #log: RequestLog;
  readonly #told = new Set<string>();

  constructor(names: ApiDescriptor["rateLimit"], listeners: Listeners, log: RequestLog) {
    this.#names = names;
    this.#listeners = listeners;
    this.#log = log;
  }

  /** @param now Unix time in milliseconds. @throws what a listener throws. */
  answer(exchange: Exchange, headers: Headers, now: number): void {
    const { operation, method, path } = exchange;
    const { onRateLimit, onDeprecation } = this.#listeners;
    const rateLimit = onRateLimit && readRateLimit(headers, this.#names, now);
    if (rateLimit) onRateLimit(rateLimit);
    const found = readDeprecation(headers);
    const key = `${method} ${path}`;
    if (!found || this.#told.has(key)) return;
    this.#told.add(key);
    const deprecation = { operation, method, path, ...found };
    if (onDeprecation) onDeprecation(deprecation);
    else this.#log.deprecation({ ...deprecation, link: found.link && exchange.printable(found.link) });
  }
}
