import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { packageRoot } from "../../src/package-root.js";

/** The command, running. */
export interface Running {
  process: ChildProcess;
  /** What it has printed so far. */
  readonly stdout: string;
  readonly stderr: string;
  /** Waits until stdout matches; rejects if the command ends before. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  /** Waits for the end. */
  exit: Promise<{ code: number | null; signal: string | null; stdout: string; stderr: string }>;
}

/** Starts `agent-apis` from its source, outside a terminal. */
export function start(args: string[], env: NodeJS.ProcessEnv = {}): Running {
  const child = spawn(process.execPath, ["--import", "tsx/esm", "src/cli/main.ts", ...args], {
    cwd: packageRoot,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
  const exit = once(child, "close").then(([code, signal]) => ({ code, signal, ...output }));

  const printed = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(output.stdout);
        if (match) resolve(match);
      };
      child.stdout.on("data", look);
      exit.then(() => reject(new Error(`Ended before ${pattern} was printed:\n${output.stdout}${output.stderr}`)));
      look();
    });

  return {
    process: child,
    printed,
    exit,
    get stdout() {
      return output.stdout;
    },
    get stderr() {
      return output.stderr;
    },
  };
}

/** Runs `agent-apis` to its end. */
export const run = (...args: string[]) => start(args).exit;
