/** Within this time, in milliseconds, a second signal is the same key press, handed on by npm or npx as well. */
const samePress = 500;

/**
 * Waits for Ctrl-C (SIGINT) or SIGTERM. From then on a second one ends the process at once, with exit code 130, should
 * stopping hang.
 */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    let stopped: number | undefined;
    const stop = () => {
      if (stopped === undefined) resolve();
      else if (performance.now() - stopped > samePress) process.exit(130);
      stopped ??= performance.now();
    };
    process.on("SIGINT", stop);
    process.on("SIGTERM", stop);
  });
}
