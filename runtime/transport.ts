import { countAttempts } from "./attempts.js";
import { discardBody } from "./bodies.js";
import type { CookieJar } from "./cookies.js";
import type { Authentication } from "./credentials.js";
import type { ApiDescriptor } from "./descriptors.js";
import type { ApiError } from "./errors.js";
import type { Exchange } from "./exchange.js";
import type { RequestLog } from "./logging.js";
import type { Login } from "./login.js";
import type { Notices } from "./notices.js";
import { readWait } from "./rate-limit.js";
import type { Redactor } from "./redact.js";
import { dropOwnHeaders, fetchGuarded, needsGuard } from "./redirects.js";
import { readBody } from "./requests.js";
import { isRetryableStatus, isWithoutAnswer, type RetryPolicy, retryDelay } from "./retry.js";
import type { RetryBudget } from "./retry-budget.js";
import { TimeBudget } from "./time-budget.js";
import type { TimeLimits } from "./timeouts.js";
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
  /** Gets a session when the server asks for one; absent where the call needs none. */
  readonly login: Login | undefined;
  /** Any of them ends the call. */
  readonly signals: readonly (AbortSignal | undefined)[];
  /** Whether nobody reads a successful answer but this package. Asked when it has come. */
  isReadHere(): boolean;
  readonly retry: RetryPolicy;
  readonly limits: TimeLimits;
}

/** What is the same for all requests of a client. @internal */
export interface TransportFacts {
  readonly api: ApiDescriptor;
  /** The only origin that the credential is sent to. */
  readonly origin: string;
  /** What is sent with every call to that origin, and to no other. */
  readonly headers: Readonly<Record<string, string | null>>;
  /** Keeps the cookies of that origin; absent: they are passed over. */
  readonly cookies: CookieJar | undefined;
  readonly retryBudget: RetryBudget;
  readonly notices: Notices;
  readonly log: RequestLog;
  readonly seams: Seams;
}

/** Sends requests: credential, attempts, time budgets and log. It stands below all middleware. @internal */
export class Transport {
  readonly #facts: TransportFacts;

  constructor(facts: TransportFacts) {
    this.#facts = facts;
  }

  /**
   * Sends a request as often as it takes and is allowed.
   *
   * @returns the last answer, of whatever status. Reading its body keeps to the time budgets.
   * @throws ApiConnectionError, ApiRedirectError, ApiTimeoutError, ApiAbortError, or what the credential's function or the login throws.
   */
  async send(request: Request, sending: Sending): Promise<Response> {
    const { exchange, limits, signals } = sending;
    const { seams, log, retryBudget } = this.#facts;
    exchange.url = request.url;
    const deadline = seams.now() + limits.total;
    const budget = new TimeBudget(limits, exchange, [
      ...signals,
      request === exchange.made ? undefined : request.signal,
    ]);
    const retry = exchange.replayable ? sending.retry : { ...sending.retry, attempts: 1 };
    let login = exchange.replayable ? sending.login : undefined;
    let failures = 0;
    try {
      const body = exchange.replayable ? await budget.until(readBody(request, exchange)) : undefined;
      for (;;) {
        const session = login?.count ?? 0;
        const outcome = await this.#attempt(request, body, sending, budget);
        if (login && outcome instanceof Response && outcome.status === 401 && this.#isAtHome(request)) {
          discardBody(outcome);
          exchange.response = undefined;
          await budget.until(login.renew(session));
          // A session that is refused as soon as it begins will not get better by another one.
          login = undefined;
          continue;
        }
        failures += 1;
        const delay = this.#delay(outcome, exchange, retry, failures);
        // A wait that outlasts the total budget would only replace the server's reason by a timeout.
        const again = delay !== undefined && seams.now() + delay < deadline;
        if (again && !retryBudget.take()) log.budgetSpent(exchange, outcome);
        else if (again) {
          if (outcome instanceof Response) discardBody(outcome);
          exchange.response = undefined;
          log.retry(exchange, outcome, delay);
          await seams.sleep(delay, budget.signal);
          continue;
        }
        if (!(outcome instanceof Response)) throw outcome;
        if (outcome.ok) retryBudget.giveBack();
        return countAttempts(budget.watchBody(outcome, outcome.ok && sending.isReadHere()), exchange.attempts);
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
    const { redactor } = exchange;
    const init: RequestInit = { signal: budget.startAttempt() };
    if (body) init.body = body;
    const isAtHome = this.#isAtHome(request);
    // To find out when the credential has been added would cost another copy.
    const follows = isAtHome && request.redirect === "follow";
    let isGuarded = follows && (authentication !== undefined || needsGuard(request, body, redactor));
    if (isGuarded) init.redirect = "manual";
    const copy = new Request(request, init);
    if (!isAtHome) dropOwnHeaders(copy, this.#facts.headers);
    const authenticate = async () => (isAtHome ? authentication?.(copy) : undefined) ?? copy;
    const cookies = isAtHome ? this.#facts.cookies : undefined;
    const cookie = cookies?.header(request.url, copy.headers.get("cookie"), this.#facts.seams.now());
    if (cookie !== undefined) copy.headers.set("cookie", cookie);
    const authenticated = await budget.until(authenticate());
    const { log, notices, seams } = this.#facts;
    exchange.hideLater(redactor.secretsInHeaders(authenticated.headers));
    exchange.hideLater(redactor.secretsInQuery(authenticated.url));
    if (authenticated.redirect !== "manual") isGuarded = needsGuard(authenticated, body, redactor);
    exchange.attempts += 1;
    log.request(exchange);
    const start = seams.now();
    let response: Response;
    try {
      response = await budget.awaitHeaders(() =>
        isGuarded
          ? fetchGuarded(authenticated, body, { fetch, exchange, cookies, now: seams.now })
          : fetch(authenticated),
      );
    } catch (error) {
      if (isWithoutAnswer(error)) return error;
      throw error;
    }
    if (authenticated.url !== request.url) maskUrl(response, redactor);
    const answered = response.url || request.url;
    if (this.#isAtHome({ url: answered })) cookies?.store(response, answered, seams.now());
    exchange.response = response;
    try {
      log.answer(exchange, response.status, seams.now() - start);
      if (isAtHome) notices.answer(exchange, response.headers, seams.now());
    } catch (error) {
      discardBody(response);
      throw error;
    }
    return response;
  }

  #delay(outcome: Response | ApiError, { safe }: Exchange, retry: RetryPolicy, failures: number): number | undefined {
    const { api, seams } = this.#facts;
    if (failures >= retry.attempts) return undefined;
    const answer = outcome instanceof Response ? outcome : undefined;
    const status = answer?.status;
    if (!(status ? isRetryableStatus(status, safe, api.retryRefused ?? true) : safe)) return undefined;
    const wish = answer && readWait(answer, api.rateLimit, seams.now());
    const asked = wish ?? (status === 429 ? api.retry?.refusedDelayMs : undefined);
    return retryDelay(retry, failures, asked, seams.random());
  }

  /** Middleware and per-call options can send a request elsewhere; credentials and cookies stay at home. */
  #isAtHome({ url }: { readonly url: string }): boolean {
    return url.startsWith(`${this.#facts.origin}/`);
  }
}

/** Keeps a credential that was added to the URL from middleware and from whoever prints the answer. */
function maskUrl(response: Response, redactor: Redactor): void {
  Object.defineProperty(response, "url", { value: redactor.url(response.url), configurable: true });
}
