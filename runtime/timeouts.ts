import { ApiRedirectError } from "./errors.js";
import type { Exchange } from "./exchange.js";
import { onAbort, untilAborted } from "./signals.js";
import { startTimer } from "./timers.js";

/**
 * How long a call waits for what, in milliseconds. Each limit has its own {@link ApiTimeoutError}. `Infinity` lifts it,
 * but not what `fetch` has of its own: Node's gives up after 300 seconds without headers or without a piece of the
 * body, which is an {@link ApiConnectionError}, or an {@link ApiStreamError} once events come.
 */
export interface Timeouts {
  /** From sending a request until the status line and the headers have come, for each attempt; default 30,000. */
  readonly headers?: number | undefined;
  /** Between two pieces of a body, while somebody waits for it; default 30,000. */
  readonly idle?: number | undefined;
  /** For everything: all attempts, the waits between them and the body; default: no limit. */
  readonly total?: number | undefined;
}

/** Time budgets with nothing left open. @internal */
export type TimeLimits = { readonly [K in keyof Timeouts]-?: number };

/**
 * Merges time budgets, later ones over earlier ones and the defaults.
 *
 * @throws a `TypeError` for anything but a positive number.
 */
export function timeLimits(...all: readonly (Timeouts | undefined)[]): TimeLimits {
  const limits = { headers: 30_000, idle: 30_000, total: Number.POSITIVE_INFINITY };
  for (const name of ["headers", "idle", "total"] as const) {
    for (const timeouts of all) limits[name] = timeouts?.[name] ?? limits[name];
    if (!(limits[name] > 0)) {
      throw new TypeError(
        `timeouts.${name} must be a positive number of milliseconds, or Infinity for none, but it is ${limits[name]}.`,
      );
    }
  }
  return limits;
}

/** The time and the signals of one call, from before the first attempt until the body has been read. @internal */
export class TimeBudget {
  readonly #limits: TimeLimits;
  readonly #exchange: Exchange;
  readonly #whole = new AbortController();
  #releases: (() => void)[] = [];

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

  /** Aborted with an {@link ApiError} when the call must end. */
  get signal(): AbortSignal {
    return this.#whole.signal;
  }

  /** Stops the timers and lets go of the caller's signal. */
  end(): void {
    for (const release of this.#releases) release();
    this.#releases = [];
  }

  /** The controller of one attempt, which the whole call's end ends too. */
  startAttempt(): AbortController {
    const attempt = new AbortController();
    onAbort(this.signal, () => attempt.abort(this.signal.reason));
    return attempt;
  }

  /**
   * Sends a request and waits for the headers of the answer.
   *
   * @throws ApiConnectionError, or what the attempt was aborted with.
   */
  async awaitHeaders(attempt: AbortController, send: () => Promise<Response>): Promise<Response> {
    const ms = this.#limits.headers;
    const stop = startTimer(ms, () => attempt.abort(this.#exchange.timeoutError("headers", ms)));
    const sent = (async () => send())();
    try {
      return await untilAborted(sent, attempt.signal);
    } catch (cause) {
      if (cause instanceof ApiRedirectError) throw cause;
      if (!attempt.signal.aborted) throw this.#exchange.connectionError(cause);
      // A fetch that does not heed its signal may still bring an answer, and with it a connection to give back.
      sent.then(discardBody, () => {});
      throw attempt.signal.reason;
    } finally {
      stop();
    }
  }

  /** The same answer, with a body that keeps to the budgets whoever reads it. Its end is the end of the call. */
  watchBody(response: Response): Response {
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
    return withBody(response, this.#watch(source.getReader()));
  }

  #watch(reader: ReadableStreamDefaultReader<Uint8Array>): ReadableStream<Uint8Array> {
    const ms = this.#limits.idle;
    return new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          const stop = startTimer(ms, () => this.#abort(this.#exchange.timeoutError("idle", ms)));
          try {
            const { done, value } = await untilAborted(reader.read(), this.signal);
            if (!done) return controller.enqueue(value);
            this.end();
            controller.close();
          } catch (cause) {
            this.end();
            reader.cancel(cause).catch(() => {});
            this.#exchange.broken = this.signal.aborted ? this.signal.reason : this.#exchange.connectionError(cause);
            controller.error(this.#exchange.broken);
          } finally {
            stop();
          }
        },
        cancel: (reason) => {
          this.end();
          return reader.cancel(reason);
        },
      },
      // Nothing is read ahead, so the idle time runs only while the reader waits.
      { highWaterMark: 0 },
    );
  }

  #abort(reason: Error): void {
    this.end();
    this.#exchange.failure = reason;
    this.#whole.abort(reason);
  }
}

/** Gives back the connection of an answer that nobody will read. */
export function discardBody(response: Response): void {
  response.body?.cancel().catch(() => {});
}

function withBody(response: Response, body: ReadableStream<Uint8Array> | null): Response {
  const { status, statusText, headers, url, redirected } = response;
  const copy = new Response(body as BodyInit | null, { status, statusText, headers });
  // The constructor has no way to set these two.
  return Object.defineProperties(copy, { url: { value: url }, redirected: { value: redirected } });
}
