/** What is called when a signal is aborted. */
interface Waiting {
  readonly callbacks: Set<() => void>;
  readonly callAll: () => void;
}

const waitingFor = new WeakMap<AbortSignal, Waiting>();

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
  const { callbacks, callAll } = waitingFor.get(signal) ?? listen(signal);
  const entry = () => callback();
  callbacks.add(entry);
  return () => {
    if (!callbacks.delete(entry) || callbacks.size > 0) return;
    signal.removeEventListener("abort", callAll);
    waitingFor.delete(signal);
  };
}

function listen(signal: AbortSignal): Waiting {
  const callbacks = new Set<() => void>();
  // Not by `this`: Workers with a compatibility date before August 2025 call a listener without it.
  const callAll = () => {
    waitingFor.delete(signal);
    for (const callback of callbacks) callback();
  };
  const waiting = { callbacks, callAll };
  waitingFor.set(signal, waiting);
  signal.addEventListener("abort", callAll, { once: true });
  return waiting;
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
