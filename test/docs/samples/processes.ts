import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** A process that a sample runs in. */
export interface Running {
  readonly process: ChildProcess;
  readonly printed: { stdout: string; stderr: string };
  /** Resolves to the exit code when it has ended, `null` if a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Interrupts it and what it started, as Ctrl-C does. */
  stop(): Promise<void>;
}

/** Starts a process with nothing on stdin, and a channel for messages. */
export function start(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Running {
  // A group of its own, so that what a shell has started ends with it.
  const detached = process.platform !== "win32";
  const child = spawn(command, [...args], { cwd, env, detached, stdio: ["ignore", "pipe", "pipe", "ipc"] });
  const printed = { stdout: "", stderr: "" };
  child.stdout!.setEncoding("utf8").on("data", (text: string) => (printed.stdout += text));
  child.stderr!.setEncoding("utf8").on("data", (text: string) => (printed.stderr += text));
  const ended = once(child, "close").then(([code]) => code as number | null);
  const kill = (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
    process.kill(detached ? -child.pid : child.pid, signal);
  };
  return {
    process: child,
    printed,
    ended,
    async stop() {
      kill("SIGINT");
      const late = setTimeout(() => kill("SIGKILL"), 3000);
      await ended;
      clearTimeout(late);
    },
  };
}

/**
 * Waits for the end of a process, or until it is ready to serve others.
 *
 * @returns the exit code, `"ready"`, or `undefined` after `timeoutMs`.
 */
export async function settle(
  { ended }: Running,
  ready: Promise<void>,
  timeoutMs: number,
): Promise<number | null | "ready" | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), timeoutMs);
  });
  const outcome = await Promise.race([ended, ready.then(() => "ready" as const), late]);
  clearTimeout(timer);
  return outcome;
}
