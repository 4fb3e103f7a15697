import { type Addresses, lead } from "./addresses.js";
import type { Folder } from "./folder.js";
import { type Running, start } from "./processes.js";
import type { Sample } from "./sample.js";

/** What a server of this package prints last when it has started. */
const started = /Press Ctrl-C to stop\.\n/;

/** Runs a sample by bash, which stops at the first command that fails. As in a terminal, all that is printed is one text. */
export function startShell({ code }: Sample, folder: Folder, addresses: Addresses, env: NodeJS.ProcessEnv): Running {
  const args = ["-e", "-o", "pipefail", "-c", `exec 2>&1\n${lead(code, addresses)}`];
  return start("bash", args, folder.path, { ...folder.env, ...env });
}

/**
 * Waits until the mock that a sample starts listens.
 *
 * @returns where: the address that the sample gives it, and the one that it has.
 */
export async function mockIn({ code }: Sample, { process, printed }: Running): Promise<Addresses> {
  await new Promise<void>((resolve) => {
    process.stdout!.on("data", () => started.test(printed.stdout) && resolve());
  });
  // The lines of requests that come later have times in them.
  const greeting = printed.stdout.slice(0, started.exec(printed.stdout)!.index + "Press Ctrl-C to stop.\n".length);
  Object.defineProperty(printed, "stdout", { get: () => greeting, set: () => {} });
  const [real = ""] = /http:\/\/127\.0\.0\.1:\d+/.exec(greeting) ?? [];
  const [, port = "4010"] = /(?:--port|-p)[ =](\d+)/.exec(code) ?? [];
  return ["127.0.0.1", "localhost"].map((host) => [`http://${host}:${port}`, real] as const);
}
