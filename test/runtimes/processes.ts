import { type ChildProcess, spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Job, longestMs, type Outcome, writeStart } from "./job.js";
import { startServers } from "./server.js";

/** How long a program may live on that has nothing left to do; a timer that the client forgets lasts 30 seconds. */
const lingerMs = 10_000;

/** Runs the program by a command, such as `node main.mjs`. */
export async function runCommand(path: string, args: readonly string[], job: Job): Promise<Outcome> {
  const { folder } = job.project;
  const servers = await startServers({});
  try {
    await writeStart(job, servers.origins);
    const main =
      'import { start } from "./start.mjs";\nawait start((line) => console.log(line));\nconsole.log("done");\n';
    await writeFile(join(folder, "main.mjs"), main);
    const child = startProcess(path, [...args, "main.mjs"], folder);
    const output = collect(child);
    const kill = () => child.kill("SIGKILL");
    const timers = [setTimeout(kill, longestMs)];
    child.stdout?.on("data", () => {
      if (/^done$/m.test(output.stdout)) timers.push(setTimeout(kill, lingerMs));
    });
    const [code, signal] = await ended(child);
    for (const timer of timers) clearTimeout(timer);
    const troubles = output.stderr.trim() === "" ? [] : [output.stderr.trim()];
    if (signal) troubles.push("It does not end: something is left that it waits for.");
    else if (code !== 0) troubles.push(`It ended with exit code ${code}.`);
    return { lines: output.stdout.split("\n"), troubles };
  } finally {
    await servers.close();
  }
}

/** Starts a program in a folder, with a pipe of its own as file descriptor 3. */
export function startProcess(path: string, args: readonly string[], cwd: string): ChildProcess {
  // What people have set for a runtime of their own would show as this project's fault.
  const { NODE_OPTIONS: _node, BUN_OPTIONS: _bun, ...env } = process.env;
  const own = { NO_COLOR: "1", DENO_DIR: join(cwd, ".deno"), DENO_NO_UPDATE_CHECK: "1", DO_NOT_TRACK: "1" };
  return spawn(path, [...args], { cwd, env: { ...env, ...own }, stdio: ["ignore", "pipe", "pipe", "pipe"] });
}

/** What a program prints, up to now. */
export function collect({ stdout, stderr }: ChildProcess): { readonly stdout: string; readonly stderr: string } {
  const output = { stdout: "", stderr: "" };
  stdout?.setEncoding("utf8").on("data", (text: string) => {
    output.stdout += text;
  });
  stderr?.setEncoding("utf8").on("data", (text: string) => {
    output.stderr += text;
  });
  return output;
}

function ended(child: ChildProcess): Promise<[code: number | null, signal: string | null]> {
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve([code, signal]));
  });
}
