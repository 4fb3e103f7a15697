import type { Task } from "./layers/task.js";

/**
 * Runs tasks side by side, `width` at once, in their order; starts no further one as soon as `isOver` says so.
 *
 * @returns how many were not run.
 */
export async function runAll(tasks: readonly Task[], width: number, isOver: () => boolean): Promise<number> {
  const waiting = [...tasks];
  const lane = async (): Promise<void> => {
    while (!isOver()) {
      const task = waiting.shift();
      if (!task) return;
      await task.run();
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, width) }, lane));
  return waiting.length;
}
