/**
 * How many requests a client may send again before others succeed. A server that is down gets a burst of them at most,
 * however many calls there are.
 *
 * @internal
 */
export class RetryBudget {
  /** In tenths, since tenths of a retry do not add up to one in floating point. */
  readonly #size: number;
  #left: number;

  /**
   * @param size how many retries there are at first and at most.
   * @throws a `TypeError` for anything but a number from 0.
   */
  constructor(size = 50) {
    if (!(size >= 0)) throw new TypeError(`retryBudget must be a number from 0, but it is ${size}.`);
    this.#size = size * 10;
    this.#left = this.#size;
  }

  /** @returns whether a request may be sent again. */
  take(): boolean {
    if (this.#left < 10) return false;
    this.#left -= 10;
    return true;
  }

  /** A request has succeeded. Ten of these make up for a retry. */
  giveBack(): void {
    this.#left = Math.min(this.#size, this.#left + 1);
  }
}
