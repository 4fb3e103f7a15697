import { type BodyReader, discardBody, streamOf, withBody } from "./bodies.js";
import { ApiRedirectError } from "./errors.js";
import type { Exchange } from "./exchange.js";
import { onAbort } from "./signals.js";
import type { TimeLimits } from "./timeouts.js";
import { IdleTimer, startTimer } from "./timers.js";

/** The time and the signals of one call, from before the first attempt until the body has been read. @internal */
export class TimeBudget {
  readonly #limits: TimeLimits;
  readonly #exchange: Exchange;
  #releases: (() => void)[] = [];
  #reason: Error | undefined;
  #attempt: AbortController | undefined;
  #whole: AbortController | undefined;
  /** Ends the wait that is going on. */
  #interrupt = (_reason: Error) => {};

  /** @param signals any of them ends the call. None keeps a listener once the call is over. */
  constructor(limits: TimeLimits, exchange: Exchange, signals: readonly (AbortSignal | undefined)[]) {
    this.#limits = limits;
    this.#exchange = exchange;
    this.#releases.push(startTimer(limits.total, () => this.#abort(exchange.timeoutError("total", limits.total))));
    for (const signal of signals) {
      if (signal === undefined) continue;
      this.#releases.push(onAbort(signal, () => this.#abort(exchange.abortError(signal.reason))));
    }
  }

  /** Aborted with an {@link ApiError} when the call must end. Made when it is asked for, which few calls do. */
  get signal(): AbortSignal {
    this.#whole ??= new AbortController();
    if (this.#reason) this.#whole.abort(this.#reason);
    return this.#whole.signal;
  }

  /** Stops the timers and lets go of the caller's signal. */
  end(): void {
    for (const release of this.#releases) release();
    this.#releases = [];
  }

  /** The signal of one attempt, which the whole call's end ends too. @throws what has ended the call already. */
  startAttempt(): AbortSignal {
    if (this.#reason) throw this.#reason;
    this.#attempt = new AbortController();
    return this.#attempt.signal;
  }

  /** Settles as the promise does, or rejects with what ends the call or the attempt. One at a time can be waited for. */
  until<T>(promise: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#interrupt = reject;
      promise.then(resolve, reject);
      if (this.#reason) reject(this.#reason);
    });
  }

  /**
   * Sends a request and waits for the headers of the answer.
   *
   * @throws ApiConnectionError, or what the attempt was aborted with.
   */
  async awaitHeaders(send: () => Promise<Response>): Promise<Response> {
    const ms = this.#limits.headers;
    const attempt = this.#attempt;
    const stop = startTimer(ms, () => this.#giveUp(this.#exchange.timeoutError("headers", ms)));
    const sent = (async () => send())();
    try {
      return await this.until(sent);
    } catch (cause) {
      if (cause instanceof ApiRedirectError) throw cause;
      if (!attempt?.signal.aborted) throw this.#exchange.connectionError(cause);
      // A fetch that does not heed its signal may still bring an answer, and with it a connection to give back.
      sent.then(discardBody, () => {});
      throw attempt.signal.reason;
    } finally {
      stop();
    }
  }

  /**
   * The same answer, with a body that keeps to the budgets whoever reads it. Its end is the end of the call.
   *
   * @param isReadHere nobody reads it but through the exchange, so that it need not be wrapped.
   */
  watchBody(response: Response, isReadHere: boolean): Response {
    const source = response.body;
    // Chromium has an empty body for a status that can have none, and refuses to make such an answer.
    const isNull = source === null || source === undefined || [204, 205, 304].includes(response.status);
    if (isNull || response.status < 200 || response.status > 599) {
      this.end();
      return response;
    }
    if (response.headers.get("content-length") === "0") {
      this.end();
      discardBody(response);
      return withBody(response, null);
    }
    if (!isReadHere) return withBody(response, streamOf(this.#read(source)));
    this.#exchange.openBody = (body) => this.#read(body);
    return response;
  }

  #read(body: ReadableStream<Uint8Array>): BodyReader {
    const ms = this.#limits.idle;
    const reader = body.getReader();
    const idle = new IdleTimer(ms, () => this.#abort(this.#exchange.timeoutError("idle", ms)));
    let failure: Error | undefined;
    this.#releases.push(() => idle.end());
    // What waits for a piece then hears that there is none.
    this.#interrupt = (reason) => void reader.cancel(reason).catch(() => {});
    return {
      read: async () => {
        if (failure) throw failure;
        try {
          if (this.#reason) throw this.#reason;
          idle.start();
          const piece = await reader.read();
          idle.pause();
          if (this.#reason) throw this.#reason;
          if (piece.done) this.end();
          return piece;
        } catch (cause) {
          this.end();
          reader.cancel(cause).catch(() => {});
          failure = this.#reason ?? this.#exchange.connectionError(cause);
          this.#exchange.broken = failure;
          throw failure;
        }
      },
      cancel: (reason) => {
        this.end();
        return reader.cancel(reason);
      },
    };
  }

  #abort(reason: Error): void {
    this.end();
    this.#exchange.failure = reason;
    this.#reason = reason;
    this.#whole?.abort(reason);
    this.#giveUp(reason);
  }

  /** Ends the attempt, and with it what waits. */
  #giveUp(reason: Error): void {
    this.#attempt?.abort(reason);
    this.#interrupt(reason);
  }
}
