import { untilAborted } from "./signals.js";

/** A timer keeps its delay in 32 bits, and one that overflows fires at once. */
const longestDelay = 2 ** 31 - 1;

/**
 * Calls a function once after a time of any length. An infinite time never ends.
 *
 * @param ms milliseconds.
 * @returns stops the timer.
 */
export function startTimer(ms: number, fire: () => void): () => void {
  if (ms === Number.POSITIVE_INFINITY) return () => {};
  let left = ms;
  let timer: ReturnType<typeof setTimeout>;
  const next = () => {
    const slice = Math.min(left, longestDelay);
    left -= slice;
    timer = setTimeout(left > 0 ? next : fire, slice);
  };
  next();
  return () => clearTimeout(timer);
}

/**
 * Waits.
 *
 * @param ms milliseconds.
 * @throws the signal's reason, as soon as the signal is aborted.
 */
export function sleep(ms: number, signal: AbortSignal): Promise<void> {
  let stop = () => {};
  const time = new Promise<void>((resolve) => {
    stop = startTimer(ms, resolve);
  });
  return untilAborted(time, signal).finally(() => stop());
}

/**
 * Calls a function when something is waited for too long. A wait that is over in the same turn costs nearly nothing, as
 * those for pieces that come together: the timer is only set for one that outlasts it.
 *
 * @internal
 */
export class IdleTimer {
  readonly #ms: number;
  readonly #fire: () => void;
  #stop: (() => void) | undefined;
  #isWaiting = false;
  #isSet = false;

  /** @param ms milliseconds. */
  constructor(ms: number, fire: () => void) {
    this.#ms = ms;
    this.#fire = fire;
  }

  /** A wait begins. */
  start(): void {
    this.#isWaiting = true;
    this.#stop ??= startTimer(0, () => {
      this.#stop = undefined;
      if (!this.#isWaiting) return;
      this.#isSet = true;
      this.#stop = startTimer(this.#ms, this.#fire);
    });
  }

  /** It is over. */
  pause(): void {
    this.#isWaiting = false;
    if (this.#isSet) this.end();
  }

  /** Nothing will be waited for any more. */
  end(): void {
    this.#isWaiting = false;
    this.#isSet = false;
    this.#stop?.();
    this.#stop = undefined;
  }
}
