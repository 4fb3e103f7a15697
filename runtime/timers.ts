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
