const callbacks = new WeakMap<AbortSignal, Set<() => void>>();

/**
 * Calls a function once when the signal is aborted; at once if it is already.
 *
 * All calls share one listener: with one each, Node warns of a leak as soon as eleven calls with the same signal are
 * under way.
 *
 * @returns takes the function back. With the last one the listener goes too.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  if (signal.aborted) {
    callback();
    return () => {};
  }
  const waiting = callbacks.get(signal) ?? listen(signal);
  const entry = () => callback();
  waiting.add(entry);
  return () => {
    if (!waiting.delete(entry) || waiting.size > 0) return;
    signal.removeEventListener("abort", callAll);
    callbacks.delete(signal);
  };
}

function listen(signal: AbortSignal): Set<() => void> {
  const waiting = new Set<() => void>();
  callbacks.set(signal, waiting);
  signal.addEventListener("abort", callAll, { once: true });
  return waiting;
}

function callAll(this: AbortSignal): void {
  const waiting = callbacks.get(this);
  callbacks.delete(this);
  for (const callback of waiting ?? []) callback();
}

/**
 * Settles as the promise does, or rejects with the signal's reason if that comes first. The signal keeps no listener.
 */
export function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const release = onAbort(signal, () => reject(signal.reason));
    promise.then(resolve, reject).finally(release);
  });
}
