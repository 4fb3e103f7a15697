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
