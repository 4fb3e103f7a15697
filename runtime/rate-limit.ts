import type { ApiDescriptor } from "./descriptors.js";

/** The state of a rate limit, as far as the answer tells it. */
export interface RateLimit {
  /** Requests allowed in the window. */
  readonly limit?: number;
  /** Requests left in the window. */
  readonly remaining?: number;
  /** When the window ends. */
  readonly reset?: Date;
  /** How long the server asks to wait, in milliseconds. */
  readonly retryAfterMs?: number;
}

/**
 * Reads the rate limit from the headers that the API documents; `undefined` if none of them was sent.
 *
 * @param now when the answer came, in milliseconds of Unix time.
 */
export function readRateLimit(headers: Headers, names: ApiDescriptor["rateLimit"], now: number): RateLimit | undefined {
  const limit = readCount(headers, names?.limit);
  const remaining = readCount(headers, names?.remaining);
  const retryAfterMs = readRetryAfter(headers, names?.retryAfter, now);
  const ends = readReset(headers, names, now);
  const rateLimit: RateLimit = {
    ...(limit === undefined ? {} : { limit }),
    ...(remaining === undefined ? {} : { remaining }),
    ...(ends === undefined ? {} : { reset: new Date(ends) }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
  return Object.keys(rateLimit).length > 0 ? rateLimit : undefined;
}

/**
 * How long the server asks to wait, in milliseconds: by the API's own header in seconds, else by the standard
 * `Retry-After` in seconds or as a date (RFC 9110, 10.2.3). What cannot be understood is ignored.
 *
 * @param name the API's own header, if it has one.
 * @param now Unix time in milliseconds.
 */
export function readRetryAfter(headers: Headers, name: string | undefined, now: number): number | undefined {
  const seconds = readCount(headers, name) ?? readCount(headers, "retry-after");
  if (seconds !== undefined) return seconds * 1000;
  const at = readDate(headers, "retry-after");
  // The server's date is compared with the server's clock, since the clock on this side may be wrong.
  return at === undefined ? undefined : Math.max(0, at - (readDate(headers, "date") ?? now));
}

/**
 * How long the server asks to wait before the same request: as {@link readRetryAfter} has it, or after a 429 without that
 * until the window ends.
 *
 * @param now Unix time in milliseconds.
 */
export function readWait(
  { status, headers }: Response,
  names: ApiDescriptor["rateLimit"],
  now: number,
): number | undefined {
  const asked = readRetryAfter(headers, names?.retryAfter, now);
  if (asked !== undefined || status !== 429) return asked;
  const ends = readReset(headers, names, now);
  if (ends === undefined) return undefined;
  // As above, a time of the server's is compared with its own clock.
  const since = names?.resetUnit === "delta-seconds" ? now : (readDate(headers, "date") ?? now);
  return Math.max(0, ends - since);
}

/** The last moment that a `Date` can tell, in milliseconds of Unix time. */
const latestDate = 8.64e15;

/** When the window ends, in milliseconds of Unix time. */
function readReset(headers: Headers, names: ApiDescriptor["rateLimit"], now: number): number | undefined {
  const reset = readCount(headers, names?.reset);
  const ends = reset === undefined ? undefined : (names?.resetUnit === "delta-seconds" ? now : 0) + reset * 1000;
  return ends === undefined || ends > latestDate ? undefined : ends;
}

function readCount(headers: Headers, name: string | undefined): number | undefined {
  const value = name === undefined ? null : headers.get(name);
  // More digits than that make no sense, and in the end Infinity.
  return value !== null && /^\d{1,15}(\.\d+)?$/.test(value) ? Number(value) : undefined;
}

function readDate(headers: Headers, name: string): number | undefined {
  const value = headers.get(name);
  // Date.parse takes "-5" for a day in 2001, so the form is checked first: every HTTP date begins with the weekday.
  if (value === null || !/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? /.test(value)) return undefined;
  // The oldest of the three forms names no zone; all of them are in GMT.
  const at = Date.parse(value.endsWith("GMT") ? value : `${value} GMT`);
  return Number.isNaN(at) ? undefined : at;
}
