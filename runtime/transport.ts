import type { Authentication } from "./credentials.js";
import type { ApiError } from "./errors.js";
import type { Exchange } from "./exchange.js";
import type { RequestLog } from "./logging.js";
import { readRetryAfter } from "./rate-limit.js";
import type { Redactor } from "./redact.js";
import { fetchGuarded, needsGuard } from "./redirects.js";
import { readBody } from "./requests.js";
import { isRetryableStatus, isWithoutAnswer, type RetryPolicy, retryDelay } from "./retry.js";
import { untilAborted } from "./signals.js";
import { discardBody, TimeBudget, type TimeLimits } from "./timeouts.js";
import { sleep } from "./timers.js";

/** Where time and chance come from, so that tests can supply them. @internal */
export interface Seams {
  /** Unix time in milliseconds. */
  now(): number;
  /** At least 0, less than 1. */
  random(): number;
  /** Waits, and rejects with the signal's reason if that comes first. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** @internal */
export const realSeams: Seams = { now: () => Date.now(), random: () => Math.random(), sleep };

/** How one call is sent. @internal */
export interface Sending {
  readonly exchange: Exchange;
  readonly fetch: typeof globalThis.fetch;
  readonly authentication: Authentication | undefined;
  /** Any of them ends the call. */
  readonly signals: readonly (AbortSignal | undefined)[];
  readonly retry: RetryPolicy;
  readonly limits: TimeLimits;
}

/** Sends requests: credential, attempts, time budgets and log. It stands below all middleware. @internal */
export class Transport {
  readonly #origin: string;
  readonly #retryAfter: string | undefined;
  readonly #log: RequestLog;
  readonly #seams: Seams;

  constructor(facts: {
    /** The only origin that the credential is sent to. */
    readonly origin: string;
    /** The API's own header that tells how long to wait. */
    readonly retryAfter: string | undefined;
    readonly log: RequestLog;
    readonly seams: Seams;
  }) {
    this.#origin = facts.origin;
    this.#retryAfter = facts.retryAfter;
    this.#log = facts.log;
    this.#seams = facts.seams;
  }

  /**
   * Sends a request as often as it takes and is allowed.
   *
   * @returns the last answer, of whatever status. Reading its body keeps to the time budgets.
   * @throws ApiConnectionError, ApiTimeoutError, ApiAbortError, or what the credential's function throws.
   */
  async send(request: Request, sending: Sending): Promise<Response> {
    const { exchange, limits, signals } = sending;
    exchange.url = request.url;
    const deadline = this.#seams.now() + limits.total;
    const budget = new TimeBudget(limits, exchange, [...signals, request.signal]);
    const retry = exchange.replayable ? sending.retry : { ...sending.retry, attempts: 1 };
    try {
      budget.signal.throwIfAborted();
      const body = exchange.replayable ? await untilAborted(readBody(request), budget.signal) : undefined;
      for (;;) {
        const outcome = await this.#attempt(request, body, sending, budget);
        const delay = this.#delay(outcome, exchange, retry);
        // A wait that outlasts the total budget would only replace the server's reason by a timeout.
        if (delay === undefined || this.#seams.now() + delay >= deadline) {
          if (outcome instanceof Response) return budget.watchBody(outcome);
          throw outcome;
        }
        if (outcome instanceof Response) discardBody(outcome);
        exchange.response = undefined;
        this.#log.retry(exchange.logged(), describe(outcome), delay);
        await this.#seams.sleep(delay, budget.signal);
      }
    } catch (error) {
      budget.end();
      throw error;
    }
  }

  async #attempt(
    request: Request,
    body: ArrayBuffer | undefined,
    { exchange, fetch, authentication }: Sending,
    budget: TimeBudget,
  ): Promise<Response | ApiError> {
    const attempt = budget.startAttempt();
    const init: RequestInit = { signal: attempt.signal };
    if (body) init.body = body;
    const copy = new Request(request, init);
    // Middleware and per-call options can send a request elsewhere; the credential stays at home.
    const isAtHome = new URL(request.url).origin === this.#origin;
    const authenticate = async () => (isAtHome ? authentication?.(copy) : undefined) ?? copy;
    const authenticated = await untilAborted(authenticate(), attempt.signal);
    const { redactor } = exchange;
    exchange.hide(redactor.secretsInHeaders(authenticated.headers));
    exchange.hide(redactor.secretsInQuery(authenticated.url));
    const guard = needsGuard(authenticated, redactor) ? { fetch, redactor } : undefined;
    exchange.attempts += 1;
    this.#log.request(exchange.logged());
    const start = this.#seams.now();
    try {
      const response = await budget.awaitHeaders(attempt, () =>
        guard ? fetchGuarded(authenticated, body, guard) : fetch(authenticated),
      );
      if (authenticated.url !== request.url) maskUrl(response, redactor);
      exchange.response = response;
      this.#log.answer(exchange.logged(), response.status, this.#seams.now() - start);
      return response;
    } catch (error) {
      if (isWithoutAnswer(error)) return error;
      throw error;
    }
  }

  #delay(outcome: Response | ApiError, exchange: Exchange, retry: RetryPolicy): number | undefined {
    if (exchange.attempts >= retry.attempts) return undefined;
    if (!(outcome instanceof Response)) {
      return exchange.safe ? retryDelay(retry, exchange.attempts, undefined, this.#seams.random()) : undefined;
    }
    if (!isRetryableStatus(outcome.status, exchange.safe)) return undefined;
    const wish = readRetryAfter(outcome.headers, this.#retryAfter, this.#seams.now());
    return retryDelay(retry, exchange.attempts, wish, this.#seams.random());
  }
}

/** Keeps a credential that was added to the URL from middleware and from whoever prints the answer. */
function maskUrl(response: Response, redactor: Redactor): void {
  Object.defineProperty(response, "url", { value: redactor.url(response.url), configurable: true });
}

function describe(outcome: Response | ApiError): string {
  if (outcome instanceof Response) return `answered ${outcome.status}`;
  return outcome.name === "ApiTimeoutError" ? "was not answered in time" : "was not answered";
}
