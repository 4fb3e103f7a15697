import { ApiConnectionError, ApiTimeoutError } from "./errors.js";

/**
 * When a request is sent again: `GET`, `HEAD` and operations that only read, when no answer came or its status is 408,
 * 429, 500, 502, 503 or 504; any method on 429, since a request over the limit was not acted on. The wait is the
 * server's, else random up to 500 ms, doubled with each attempt.
 */
export interface RetryOptions {
  /** How often a request is sent at most, the first time included; default 3. */
  readonly attempts?: number | undefined;
  /**
   * The longest single wait in milliseconds; default 30,000. If the server asks for more, the call does not wait but
   * fails at once.
   */
  readonly maxDelayMs?: number | undefined;
  /**
   * Up to so many milliseconds are added at random to the server's own wish, so that clients which were refused together
   * do not come back together; default 0, or what the API asks of its clients.
   */
  readonly jitterMs?: number | undefined;
}

/** Retry options with nothing left open. @internal */
export interface RetryPolicy {
  readonly attempts: number;
  readonly maxDelayMs: number;
  readonly jitterMs: number;
}

const firstDelayMs = 500;

/**
 * Merges retry options, later ones over earlier ones and the defaults.
 *
 * @throws a `TypeError` for numbers that make no sense.
 */
export function retryPolicy(...all: readonly (RetryOptions | false | undefined)[]): RetryPolicy {
  let policy: RetryPolicy = { attempts: 3, maxDelayMs: 30_000, jitterMs: 0 };
  for (const options of all) {
    if (options === false) policy = { ...policy, attempts: 1 };
    else if (options !== undefined) {
      policy = {
        attempts: options.attempts ?? policy.attempts,
        maxDelayMs: options.maxDelayMs ?? policy.maxDelayMs,
        jitterMs: options.jitterMs ?? policy.jitterMs,
      };
    }
  }
  if (!Number.isInteger(policy.attempts) || policy.attempts < 1) {
    throw new TypeError(`retry.attempts must be a whole number from 1, but it is ${policy.attempts}.`);
  }
  for (const name of ["maxDelayMs", "jitterMs"] as const) {
    if (!(policy[name] >= 0)) {
      throw new TypeError(`retry.${name} must be a number of milliseconds from 0, but it is ${policy[name]}.`);
    }
  }
  if (policy.jitterMs === Number.POSITIVE_INFINITY) throw new TypeError("retry.jitterMs must not be Infinity.");
  return policy;
}

/** Whether a request only reads, so that sending it twice does no harm. */
export function isSafe(method: string, retrySafe: boolean | undefined): boolean {
  return retrySafe ?? (method === "GET" || method === "HEAD");
}

/**
 * Whether an answer of this status may be different next time, and asking again does no harm.
 *
 * @param retryRefused whether a request over the limit may be sent again even if it is not safe.
 */
export function isRetryableStatus(status: number, safe: boolean, retryRefused: boolean): boolean {
  if (status === 429) return safe || retryRefused;
  return safe && [408, 500, 502, 503, 504].includes(status);
}

/** Whether nothing came back in time. A connection that cannot be opened shows as either of the two. */
export function isWithoutAnswer(error: unknown): error is ApiConnectionError | ApiTimeoutError {
  return error instanceof ApiConnectionError || (error instanceof ApiTimeoutError && error.budget === "headers");
}

/**
 * How long to wait before the next attempt, in milliseconds; `undefined` if the server asks for more than is allowed.
 *
 * @param attempt the attempt that failed, from 1.
 * @param retryAfterMs the server's wish.
 * @param random at least 0, less than 1. The wait is spread over its whole range, so that clients which failed
 *   together do not come back together.
 */
export function retryDelay(
  policy: RetryPolicy,
  attempt: number,
  retryAfterMs: number | undefined,
  random: number,
): number | undefined {
  if (retryAfterMs !== undefined) {
    return retryAfterMs <= policy.maxDelayMs ? retryAfterMs + random * policy.jitterMs : undefined;
  }
  return random * Math.min(policy.maxDelayMs, firstDelayMs * 2 ** (attempt - 1));
}
